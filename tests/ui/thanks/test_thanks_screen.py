"""By touch: thanks in four taps, heard by whom they are for, and taken back."""

from __future__ import annotations

import pytest

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock
from kiosk.services.cases import notices
from kiosk.services.village import Village
from tests.ui.beginnings import ME, NEIGHBOUR, come, neighbourhood
from tests.ui.neighbours import Neighbours
from tests.ui.touch import see, tap, texts, until
from tests.ui.walking import Walk
from tests.worlds.kept import grown

FEW = 4
"""Taps, the one on the start screen among them (design section 3)."""


@pytest.fixture
def lane(sqlite_village: Village, clock: SettableClock) -> Neighbours:
    return grown(Neighbours(sqlite_village, clock), neighbourhood)


def steps(stage: MainWindow, *names: str) -> int:
    """Touch one after the other; how many."""
    for name in names:
        until(lambda each=name: see(stage.window, each), name)  # type: ignore[misc]
        tap(stage.window, name)
    return len(names)


def says(stage: MainWindow, *words: str) -> None:
    until(lambda: all(any(each in shown for shown in texts(stage.window)) for each in words))


@pytest.mark.long
def test_thanks_take_four_taps_and_reach_whom_they_are_for(
    stage: MainWindow, lane: Neighbours
) -> None:
    stage.kiosk.begin_session(lane.signed_in(ME))
    taps = steps(stage, "thanks", "thanks.near.0", "thanks.for.harvest")
    says(stage, "感谢交来了", "他同意以后才审核")
    assert taps <= FEW
    (told,) = notices.notices(lane.village, lane.at_home(NEIGHBOUR))
    assert (told.thanks, told.from_whom) == ("harvest", ME)
    steps(stage, "thanks.take_back")
    says(stage, "收回来了")
    assert notices.notices(lane.village, lane.at_home(NEIGHBOUR)) == ()


@pytest.mark.long
def test_whoever_is_thanked_sees_the_picture_and_is_asked(
    stage: MainWindow, lane: Neighbours
) -> None:
    stage.kiosk.begin_session(lane.signed_in(ME))
    stage.kiosk.open("thanks")
    steps(stage, "thanks.near.0", "thanks.for.home", "thanks.to_start")
    come(Walk(stage, lane), NEIGHBOUR, "notices")
    says(stage, "有邻居谢谢您", "谢谢您平安送我回家。", f"{ME}提的")
    until(lambda: see(stage.window, "notice.thanks"), "the picture")
