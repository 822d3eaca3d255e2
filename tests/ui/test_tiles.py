"""Every screen behind a tile of the officials: reached with a trembling hand, and then whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock
from kiosk.services.access.roles import holders
from kiosk.services.village import Village
from kiosk.ui.shell.screens import SCREENS
from tests.ui.beginnings import KEEPER, Before, a_keeper, at
from tests.ui.looks import every_look
from tests.ui.neighbours import CLERK, OFFICER, Neighbours
from tests.ui.touch import ill_placed, ill_sized
from tests.ui.walking import Flow, Walk
from tests.worlds.kept import grown

TILES = {entry.name: entry.tile for entry in SCREENS if entry.tile}
SMALL_PANEL = {"size": (1280, 800), "mm": 1280 / 217}
WORKERS = {"officer": OFFICER, "clerk": CLERK}


@pytest.fixture
def lane(sqlite_village: Village, clock: SettableClock) -> Neighbours:
    return grown(Neighbours(sqlite_village, clock), Neighbours.found)


@pytest.mark.parametrize("screen", TILES)
def test_a_tile_leads_to_its_screen_whose_texts_are_whole(
    open_stage: Callable[..., MainWindow], lane: Neighbours, screen: str
) -> None:
    stage = open_stage(**SMALL_PANEL)
    begin, steps = way_to(screen)
    Walk(stage, lane).go(Flow(f"to {screen}", begin, steps, {screen}))

    for look in every_look(stage, sizes=(3, 0)):
        assert ill_placed(stage.window) == [], look
        assert ill_sized(stage.window) == [], look


def way_to(screen: str) -> tuple[Before, tuple[str, ...]]:
    """Somebody who may, where they choose; a keeper with no other office chooses nothing."""
    role = holders(TILES[screen].acts[0])[0]
    if role == "keeper":
        return at("staff", KEEPER, a_keeper), ()
    return at("staff", WORKERS[role]), (f"staff.{screen}",)
