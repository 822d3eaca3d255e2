"""The board by touch: nobody signs in, and what stands there is in both languages."""

from __future__ import annotations

import pytest

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.services.cases import decide, notices
from kiosk.services.thanks import giving
from kiosk.services.village import Village
from tests.ui.beginnings import ME, NEIGHBOUR, a_shelf, neighbourhood
from tests.ui.neighbours import OFFICER, Neighbours
from tests.ui.touch import tap, texts, until
from tests.ui.walking import Walk
from tests.worlds.kept import grown


@pytest.fixture
def lane(sqlite_village: Village, clock: SettableClock) -> Neighbours:
    return grown(Neighbours(sqlite_village, clock), neighbourhood)


def thanked(lane: Neighbours) -> None:
    """Thanks that count, to somebody who wants to be on the wall."""
    seat, whom = lane.at_home(ME), lane.people[NEIGHBOUR]
    said = giving.say(lane.village, seat, whom, "harvest", new_touch_id())
    notices.accept_nomination(lane.village, lane.at_home(NEIGHBOUR), said.case_id, new_touch_id())
    officer = lane.at_work(OFFICER)
    decide.open_case(lane.village, officer, said.case_id)
    told = (True, "desk.reason_confirmed", "问过邻居，确实帮了。", new_touch_id())
    decide.decide(lane.village, officer, said.case_id, *told)


def says(stage: MainWindow, *words: str) -> None:
    until(lambda: all(any(each in shown for shown in texts(stage.window)) for each in words))


@pytest.mark.long
def test_anybody_reads_the_board_without_a_card(stage: MainWindow, lane: Neighbours) -> None:
    a_shelf(Walk(stage, lane))
    thanked(lane)
    tap(stage.window, "board")
    says(stage, "肥皂：1 积分，还剩 5 份", "还没有做过演练", "还没有印出过账本核对单")
    assert not any(NEIGHBOUR in shown for shown in texts(stage.window))
    lane.enrol(NEIGHBOUR, "thank_you_wall")
    stage.kiosk.home()
    tap(stage.window, "board")
    says(stage, f"{NEIGHBOUR}：帮我收茶收稻")
    stage.kiosk.switchLanguage()
    says(stage, f"{NEIGHBOUR}: Helped with the harvest", "Is it all there?")
