"""Article 5: an appeal stops the effect; a panel by lot decides; silence lapses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.services.cases import appeal
from kiosk.services.cases import panel as case_panel
from kiosk.services.cases.flow import timed_moves
from tests.services.cases.conftest import Hamlet

Code = Callable[..., str]


@pytest.fixture
def appealed(sqlite_hamlet: Hamlet) -> int:
    sqlite_hamlet.serve("CDE")
    case_id = sqlite_hamlet.decided_concern()
    sqlite_hamlet.appeal("A", case_id)
    return case_id


def test_while_a_panel_sits_nothing_counts(
    sqlite_hamlet: Hamlet, appealed: int, clock: SettableClock
) -> None:
    for _ in range(14):
        clock.advance(days=1)
        timed_moves.tick(sqlite_hamlet.village)
        assert (sqlite_hamlet.state(appealed), sqlite_hamlet.number("A")) == ("appealed", 50)
    clock.advance(days=1)
    timed_moves.tick(sqlite_hamlet.village)
    assert (sqlite_hamlet.state(appealed), sqlite_hamlet.number("A")) == ("lapsed", 50)


def test_an_appeal_on_the_last_minute_of_the_last_day_is_in_time(
    sqlite_hamlet: Hamlet, clock: SettableClock, refused: Code
) -> None:
    sqlite_hamlet.serve("CDE")
    case_id = sqlite_hamlet.decided_concern()
    clock.advance(days=20, hours=14, minutes=59)  # 23:59 in the village
    assert sqlite_hamlet.appeal("A", case_id)
    other = sqlite_hamlet.decided_concern("D", "E")
    clock.advance(days=20, minutes=1)
    late = refused(sqlite_hamlet.appeal, "D", other)
    assert late == "appeal_over"


def test_no_office_can_hear_it_that_was_not_drawn(
    sqlite_hamlet: Hamlet, appealed: int, refused: Code
) -> None:
    for letter in "ABYZ":
        assert refused(sqlite_hamlet.vote, letter, appealed, uphold=True) == "no_seat"
    assert refused(sqlite_hamlet.decide, "Y", appealed) == "case_moved_on"
    assert refused(sqlite_hamlet.countersign, "Z", appealed) == "case_moved_on"


def test_one_vote_alone_decides_nothing(sqlite_hamlet: Hamlet, appealed: int) -> None:
    panel = sqlite_hamlet.seated(appealed)
    assert not sqlite_hamlet.vote(panel[0], appealed, uphold=True).decided
    assert sqlite_hamlet.state(appealed) == "appealed"
    assert case_panel.MAJORITY == 2


def test_nobody_else_appeals_or_stops_an_appeal(
    sqlite_hamlet: Hamlet, appealed: int, refused: Code
) -> None:
    other = sqlite_hamlet.decided_concern("D", "E")
    for letter in "ABCE":
        given = (other, "不同意", new_touch_id())
        code = refused(appeal.appeal, sqlite_hamlet.village, sqlite_hamlet.sign(letter), *given)
        assert code == "unknown_case"
