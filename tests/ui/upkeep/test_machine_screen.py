"""How the machine is, on the smallest panel."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF

from kiosk.app import MainWindow
from kiosk.core.catalogue import Language
from kiosk.core.clock import SettableClock
from kiosk.services.village import Village
from tests.ui.beginnings import KEEPER, a_keeper, come
from tests.ui.neighbours import Neighbours
from tests.ui.panels import PANELS
from tests.ui.touch import see, until
from tests.ui.walking import Walk
from tests.worlds.kept import grown


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_done_most_stays_in_one_row_below(
    open_stage: Callable[..., MainWindow],
    sqlite_village: Village,
    clock: SettableClock,
    language: Language,
) -> None:
    size, mm = PANELS["10.1 inches"]
    lane = grown(Neighbours(sqlite_village, clock), Neighbours.found)
    stage = open_stage(size=size, mm=mm, language=language)
    walk = Walk(stage, lane)
    a_keeper(walk)
    come(walk, KEEPER, "machine")
    until(lambda: see(stage.window, "machine.look_again"), "the foot")
    found = (see(stage.window, name) for name in ("machine.back_up", "machine.look_again"))
    buttons = [each for each in found if each is not None]
    assert len(buttons) == 2
    middles = {round(each.mapToScene(QPointF(0, each.height() / 2)).y()) for each in buttons}
    assert len(middles) == 1
    assert max(each.height() for each in buttons) < 0.15 * size[1]
