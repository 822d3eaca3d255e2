"""Time moves a case: reply time, appeal time, lapses, ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from kiosk.core.clock import start_of_day
from kiosk.core.ids import new_touch_id
from kiosk.models.ledger import LedgerEntry
from kiosk.services.cases import appeal as case_appeal
from kiosk.services.cases.flow.timed_moves import tick
from kiosk.services.cases.notices import mark_noticed
from kiosk.services.cases.views import own_view
from tests.services.cases.conftest import Hamlet

Refused = Callable[..., str]


def midnight_after(hamlet: Hamlet, days: int) -> None:
    """To the first moment after `days` more days are over, today not counted."""
    hamlet.clock.moment = start_of_day(hamlet.today + timedelta(days=days + 1))


def test_silence_to_a_notice_is_no_harm_and_no_standstill(hamlet: Hamlet) -> None:
    case_id = hamlet.hand_in("B", "A", "litter").case_id
    mark_noticed(hamlet.village, hamlet.sign("A"), case_id, new_touch_id())
    hamlet.clock.advance(days=7)
    assert tick(hamlet.village) == 0
    hamlet.clock.advance(hours=15)
    assert tick(hamlet.village) == 1
    assert tick(hamlet.village) == 0
    assert hamlet.state(case_id) == "reply_time_over"
    hamlet.decide("Y", case_id)


def test_a_decided_concern_counts_only_when_the_time_to_appeal_is_over(hamlet: Hamlet) -> None:
    case_id = hamlet.decided_concern()
    hamlet.clock.advance(days=20)
    assert (tick(hamlet.village), hamlet.number("A")) == (0, 50)
    hamlet.clock.advance(hours=15)
    assert hamlet.number("A") == 50
    assert (tick(hamlet.village), hamlet.number("A")) == (1, 45)
    assert hamlet.state(case_id) == "effective"
    (entry,) = hamlet.entries()
    assert entry.points == -5
    assert entry.ends_on == hamlet.today + timedelta(days=180)
    assert hamlet.credits() == []


def test_a_concern_ends_by_itself_after_a_hundred_and_eighty_days(hamlet: Hamlet) -> None:
    case_id = hamlet.decided_concern()
    midnight_after(hamlet, 20)
    tick(hamlet.village)
    hamlet.clock.advance(days=179)
    assert (tick(hamlet.village), hamlet.number("A")) == (0, 45)
    hamlet.clock.advance(days=1)
    assert hamlet.number("A") == 50
    assert tick(hamlet.village) == 1
    assert hamlet.state(case_id) == "ended"
    assert own_view.my_cases(hamlet.village, hamlet.sign("A")) == ()


@pytest.mark.long
def test_a_good_deed_counts_for_exactly_three_hundred_and_sixty_five_days(
    sqlite_hamlet: Hamlet,
) -> None:
    hamlet = sqlite_hamlet
    case_id = hamlet.approved_deed("A")
    counted = 0
    for _ in range(367):
        counted += hamlet.number("A") == 53
        hamlet.clock.advance(days=1)
        tick(hamlet.village)
    assert counted == 365
    assert hamlet.state(case_id) == "ended"
    assert hamlet.credits() == [3]


@pytest.mark.parametrize("stage", ["submitted", "replied", "reply_time_over", "decided"])
def test_a_concern_that_the_village_leaves_undecided_lapses_in_the_persons_favour(
    sqlite_hamlet: Hamlet, refused: Refused, stage: str
) -> None:
    hamlet = sqlite_hamlet
    case_id = hamlet.hand_in("B", "A", "litter").case_id
    if stage == "reply_time_over":
        mark_noticed(hamlet.village, hamlet.sign("A"), case_id, new_touch_id())
        midnight_after(hamlet, 7)
        tick(hamlet.village)
    elif stage != "submitted":
        hamlet.reply("A", case_id)
    if stage == "decided":
        hamlet.clock.advance(days=10)
        hamlet.decide("Y", case_id)
        hamlet.clock.advance(days=-10)
    assert hamlet.state(case_id) == stage
    until = start_of_day(hamlet.today + timedelta(days=31))
    hamlet.clock.moment = until - timedelta(seconds=1)
    assert tick(hamlet.village) == 0
    hamlet.clock.moment = until
    assert refused(hamlet.countersign, "Z", case_id) == "case_moved_on"
    assert tick(hamlet.village) == 1
    assert hamlet.state(case_id) == "lapsed"
    assert (hamlet.number("A"), hamlet.entries()) == (50, [])


def test_a_good_deed_never_lapses_because_the_office_is_late(sqlite_hamlet: Hamlet) -> None:
    hamlet = sqlite_hamlet
    case_id = hamlet.hand_in("A", "A", "help").case_id
    hamlet.clock.advance(days=90)
    assert tick(hamlet.village) == 0
    hamlet.decide("Y", case_id)
    assert hamlet.number("A") == 53


def test_a_nomination_that_nobody_accepts_lapses_after_sixty_days(sqlite_hamlet: Hamlet) -> None:
    hamlet = sqlite_hamlet
    case_id = hamlet.hand_in("B", "A", "help").case_id
    midnight_after(hamlet, 60)
    assert tick(hamlet.village) == 1
    assert hamlet.state(case_id) == "lapsed"


def test_nothing_takes_effect_on_somebody_who_left_meanwhile(hamlet: Hamlet) -> None:
    case_id = hamlet.decided_concern()
    hamlet.leave("A")
    midnight_after(hamlet, 20)
    assert tick(hamlet.village) == 1
    assert hamlet.state(case_id) == "lapsed"
    assert hamlet.entries() == []


def test_a_terminal_that_was_off_for_a_year_catches_up_and_still_notices_before_effect(
    hamlet: Hamlet,
) -> None:
    untold = hamlet.hand_in("B", "A", "litter").case_id
    told = hamlet.hand_in("C", "D", "litter").case_id
    mark_noticed(hamlet.village, hamlet.sign("D"), told, new_touch_id())
    hamlet.clock.advance(days=365)
    assert tick(hamlet.village) == 2
    assert (hamlet.state(untold), hamlet.state(told)) == ("lapsed", "reply_time_over")
    assert hamlet.case(told).due_at is not None
    hamlet.decide("Y", told)  # the office has its thirty days from now


def test_an_appeal_suspends_and_a_silent_panel_means_that_it_lapses(hamlet: Hamlet) -> None:
    case_id = hamlet.decided_concern()
    hamlet.clock.advance(days=20)  # the last day
    case_appeal.appeal(
        hamlet.village, hamlet.sign("A"), case_id, "那天我不在村里。", new_touch_id()
    )
    assert hamlet.state(case_id) == "appealed"
    assert hamlet.jobs()[-1].payload["kind"] == "appeal"
    hamlet.clock.advance(days=14)
    assert (tick(hamlet.village), hamlet.number("A")) == (0, 50)
    hamlet.clock.advance(hours=15)
    assert (tick(hamlet.village), hamlet.number("A")) == (1, 50)
    assert hamlet.state(case_id) == "lapsed"


def test_an_appeal_is_the_persons_own_once_and_in_time(
    sqlite_hamlet: Hamlet, refused: Refused
) -> None:
    hamlet = sqlite_hamlet

    def appeal(letter: str, case_id: int) -> str:
        by = hamlet.sign(letter)
        return refused(lambda: case_appeal.appeal(hamlet.village, by, case_id, "", new_touch_id()))

    case_id = hamlet.hand_in("A", "A", "help").case_id
    assert appeal("A", case_id) == "case_moved_on"
    hamlet.decide("Y", case_id, approve=False)
    assert appeal("B", case_id) == "unknown_case"
    case_appeal.appeal(hamlet.village, hamlet.sign("A"), case_id, "", new_touch_id())
    midnight_after(hamlet, 14)
    tick(hamlet.village)
    assert hamlet.state(case_id) == "submitted"  # back to the desk, for another officer's eyes
    assert refused(hamlet.decide, "Y", case_id) == "decided_before"
    hamlet.decide("Z", case_id, approve=False)
    assert appeal("A", case_id) == "appeal_over"
    other = hamlet.hand_in("C", "C", "help").case_id
    hamlet.decide("Y", other, approve=False)
    hamlet.acknowledge("C", other)
    midnight_after(hamlet, 20)
    assert appeal("C", other) == "appeal_over"


def test_every_move_that_time_makes_stands_in_the_ledger(hamlet: Hamlet) -> None:
    hamlet.decided_concern()
    midnight_after(hamlet, 20)
    tick(hamlet.village)
    with hamlet.village.read() as session:
        kinds = [each.kind for each in session.query(LedgerEntry).order_by(LedgerEntry.index)]
    assert kinds[-2:] == ["effect", "points"]
