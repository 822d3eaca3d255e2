"""Article 3: nothing about a person counts before that person was told and had time to reply."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.models.cases import Case, PointEntry
from kiosk.services.cases import hand_overs, paper_notices
from kiosk.services.cases.flow import timed_moves
from tests.services.cases.conftest import Hamlet

Code = Callable[..., str]


@pytest.fixture
def concern(sqlite_hamlet: Hamlet) -> int:
    return sqlite_hamlet.hand_in("B", "A", "litter").case_id


def test_no_officer_decides_on_what_the_person_was_not_told(
    sqlite_hamlet: Hamlet, concern: int, refused: Code
) -> None:
    assert refused(sqlite_hamlet.decide, "Y", concern) == "case_moved_on"
    assert refused(sqlite_hamlet.countersign, "Z", concern) == "case_moved_on"
    assert sqlite_hamlet.number("A") == 50


def test_no_officer_decides_before_the_reply_or_its_time(
    sqlite_hamlet: Hamlet, concern: int, clock: SettableClock, refused: Code
) -> None:
    from kiosk.services.cases import notices

    notices.mark_noticed(sqlite_hamlet.village, sqlite_hamlet.sign("A"), concern, new_touch_id())
    for _ in range(7):
        clock.advance(days=1)
        timed_moves.tick(sqlite_hamlet.village)
        assert refused(sqlite_hamlet.decide, "Y", concern) == "case_moved_on"
    clock.advance(days=1)
    timed_moves.tick(sqlite_hamlet.village)
    assert sqlite_hamlet.decide("Y", concern).state == "decided"


def test_somebody_who_is_never_told_has_nothing_that_counts(
    sqlite_hamlet: Hamlet, concern: int, clock: SettableClock
) -> None:
    clock.advance(days=400)
    timed_moves.tick(sqlite_hamlet.village)
    assert (sqlite_hamlet.state(concern), sqlite_hamlet.number("A")) == ("lapsed", 50)


@pytest.mark.long
def test_a_decision_of_which_nobody_told_the_person_never_counts(
    hamlet: Hamlet, clock: SettableClock
) -> None:
    case_id = hamlet.untold_concern()
    for _ in range(31):
        clock.advance(days=1)
        hamlet.sign("A")  # to sign in is not to be told
        timed_moves.tick(hamlet.village)
        assert hamlet.number("A") == 50
    assert (hamlet.state(case_id), hamlet.entries()) == ("lapsed", [])


def test_whoever_is_told_late_has_all_the_days_to_appeal(
    hamlet: Hamlet, clock: SettableClock
) -> None:
    case_id = hamlet.untold_concern()
    clock.advance(days=30)
    hamlet.acknowledge("A", case_id)
    clock.advance(days=20)
    timed_moves.tick(hamlet.village)
    assert hamlet.state(case_id) == "told"
    hamlet.serve("CDE")
    assert hamlet.appeal("A", case_id)
    assert (hamlet.state(case_id), hamlet.number("A")) == ("appealed", 50)


def test_a_decision_on_paper_that_was_not_handed_over_tells_nobody(
    hamlet: Hamlet, clock: SettableClock
) -> None:
    case_id = hamlet.untold_concern()
    clerk = hamlet.sign("C", "clerk")
    given = (case_id, hamlet.people["A"], new_touch_id())
    hand_overs.print_paper(hamlet.village, clerk, *given)
    clock.advance(days=31)
    timed_moves.tick(hamlet.village)
    assert (hamlet.state(case_id), hamlet.number("A")) == ("lapsed", 50)


def test_a_slip_that_was_not_handed_over_is_no_notice(
    sqlite_hamlet: Hamlet, concern: int, refused: Code
) -> None:
    clerk = sqlite_hamlet.sign("Z", "clerk")
    paper_notices.print_notice(sqlite_hamlet.village, clerk, concern, new_touch_id())
    assert sqlite_hamlet.state(concern) == "submitted"
    given = (concern, sqlite_hamlet.today + timedelta(days=1), new_touch_id())
    code = refused(paper_notices.handed_over, sqlite_hamlet.village, clerk, *given)
    assert code == "notice_day"


def test_a_nomination_without_the_persons_yes_counts_nothing(
    sqlite_hamlet: Hamlet, refused: Code
) -> None:
    case_id = sqlite_hamlet.hand_in("B", "A", "help").case_id
    assert refused(sqlite_hamlet.decide, "Y", case_id) == "case_moved_on"
    assert sqlite_hamlet.number("A") == 50


def test_a_row_written_into_the_database_counts_nothing(
    hamlet: Hamlet, clock: SettableClock
) -> None:
    case_id = hamlet.hand_in("B", "A", "litter").case_id
    with hamlet.village.write() as session:
        session.add(
            PointEntry(
                resident_id=hamlet.people["A"],
                case_id=case_id,
                points=-5,
                happened_on=hamlet.today,
                effective_on=hamlet.today,
                ends_on=hamlet.today + timedelta(days=180),
                ledger_index=0,
            )
        )
    assert hamlet.number("A") == 50


def test_a_clock_set_a_month_ahead_and_back_takes_no_time_to_reply_away(
    sqlite_hamlet: Hamlet, concern: int, clock: SettableClock, refused: Code
) -> None:
    """Ahead without a timer running nothing moved; back again the seven days are whole."""
    from kiosk.services.cases import notices

    notices.mark_noticed(sqlite_hamlet.village, sqlite_hamlet.sign("A"), concern, new_touch_id())
    clock.advance(days=31)
    assert refused(sqlite_hamlet.decide, "Y", concern) == "case_moved_on"
    clock.advance(days=-31)
    assert timed_moves.tick(sqlite_hamlet.village) == 0
    sqlite_hamlet.reply("A", concern)
    with sqlite_hamlet.village.read() as session:
        assert session.get_one(Case, concern).state == "replied"
