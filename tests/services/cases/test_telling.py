"""A decision counts from the day on which its person was told: by the screen, or by a paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from kiosk.core.clock import start_of_day
from kiosk.core.ids import new_touch_id
from kiosk.models.ledger import LedgerEntry
from kiosk.services.cases import appeal, decide, hand_overs, notices, remedy, submit
from kiosk.services.cases.flow.timed_moves import tick
from kiosk.services.cases.notices import NoticeLine
from kiosk.services.cases.views import own_view
from kiosk.services.ledger import log
from kiosk.services.printing import marks, spooler
from kiosk.services.work import writing
from tests.services.cases.conftest import Hamlet

Refused = Callable[..., str]


def after(hamlet: Hamlet, days: int) -> None:
    """To the first moment after `days` more days are over, today not counted."""
    hamlet.clock.moment = start_of_day(hamlet.today + timedelta(days=days + 1))
    tick(hamlet.village)


def news(hamlet: Hamlet, letter: str) -> tuple[NoticeLine, ...]:
    return notices.notices(hamlet.village, hamlet.sign(letter))


def hand_over(hamlet: Hamlet, letter: str, case_id: int) -> str:
    clerk = hamlet.sign("C", "clerk")
    paper = (case_id, hamlet.people[letter])
    hand_overs.print_paper(hamlet.village, clerk, *paper, new_touch_id())
    return hand_overs.handed_over(hamlet.village, clerk, *paper, hamlet.today, new_touch_id())


def carried(hamlet: Hamlet) -> list[int]:
    lines = hand_overs.waiting(hamlet.village, hamlet.sign("C", "clerk"))
    return [line.case_id for line in lines if line.what == "decision"]


def declined_deed(hamlet: Hamlet, letter: str = "A") -> int:
    case_id = hamlet.hand_in(letter, letter, "help").case_id
    hamlet.decide("Y", case_id, approve=False)
    return case_id


def told_concern(hamlet: Hamlet) -> int:
    """A concern of which A was told, and that nobody answered yet."""
    case_id = hamlet.hand_in("B", "A", "litter").case_id
    notices.mark_noticed(hamlet.village, hamlet.sign("A"), case_id, new_touch_id())
    return case_id


# --- A concern that two officers upheld


def test_what_nobody_told_the_person_lapses_after_thirty_days_and_never_counts(
    hamlet: Hamlet,
) -> None:
    case_id = hamlet.untold_concern()
    hamlet.clock.advance(days=30)
    assert (tick(hamlet.village), hamlet.state(case_id)) == (0, "countersigned")
    after(hamlet, 0)
    assert hamlet.state(case_id) == "lapsed"
    after(hamlet, 400)
    assert (hamlet.number("A"), hamlet.entries()) == (50, [])


@pytest.mark.long
def test_to_sign_in_and_even_to_be_shown_it_is_not_to_be_told(hamlet: Hamlet) -> None:
    case_id = hamlet.untold_concern()
    for _ in range(30):
        hamlet.clock.advance(days=1)
        assert [line.needs for line in news(hamlet, "A")] == ["read"]
        own_view.my_cases(hamlet.village, hamlet.sign("A"))
        appeal.appeal_page(hamlet.village, hamlet.sign("A"), case_id)
    after(hamlet, 0)
    assert (hamlet.state(case_id), hamlet.number("A")) == ("lapsed", 50)


def test_the_twenty_days_run_from_the_acknowledgement(hamlet: Hamlet) -> None:
    case_id = hamlet.untold_concern()
    hamlet.clock.advance(days=12)
    (line,) = news(hamlet, "A")
    assert (line.outcome, line.may_appeal) == ("countersigned", True)
    assert line.reply_until == hamlet.today + timedelta(days=20)
    assert len(line.decisions) == 2
    hamlet.acknowledge("A", case_id)
    assert (news(hamlet, "A"), carried(hamlet)) == ((), [])
    page = appeal.appeal_page(hamlet.village, hamlet.sign("A"), case_id)
    assert page.open_until == hamlet.today + timedelta(days=20)
    hamlet.clock.advance(days=20)
    assert (tick(hamlet.village), hamlet.number("A")) == (0, 50)
    after(hamlet, 0)
    assert (hamlet.state(case_id), hamlet.number("A")) == ("effective", 45)


def test_a_paper_that_was_handed_over_tells_as_well(hamlet: Hamlet) -> None:
    case_id = hamlet.untold_concern()
    hamlet.clock.advance(days=12)
    hand_over(hamlet, "A", case_id)
    told = hamlet.case(case_id).moves[-1]
    assert (told.move, told.actor_id) == ("tell", hamlet.people["C"])
    assert news(hamlet, "A") == ()
    after(hamlet, 19)
    assert hamlet.state(case_id) == "told"
    after(hamlet, 0)
    assert hamlet.number("A") == 45


def test_a_second_acknowledgement_gives_no_more_days_and_changes_nothing(hamlet: Hamlet) -> None:
    case_id = hamlet.decided_concern()
    hamlet.clock.advance(days=10)
    due_at, moves = hamlet.case(case_id).due_at, len(hamlet.case(case_id).moves)
    hamlet.acknowledge("A", case_id)
    assert (hamlet.case(case_id).due_at, len(hamlet.case(case_id).moves)) == (due_at, moves)


def test_the_same_touch_tells_once(sqlite_hamlet: Hamlet) -> None:
    hamlet, touch = sqlite_hamlet, new_touch_id()
    case_id = hamlet.untold_concern()
    said = [notices.acknowledge(hamlet.village, hamlet.sign("A"), case_id, touch) for _ in range(2)]
    assert said == [hamlet.case(case_id).reference] * 2
    assert [made.move for made in hamlet.case(case_id).moves].count("tell") == 1


def test_nobody_acknowledges_for_somebody_else_or_too_late(
    sqlite_hamlet: Hamlet, refused: Refused
) -> None:
    hamlet = sqlite_hamlet
    case_id = hamlet.untold_concern()
    for letter in "BaYZC":
        assert refused(hamlet.acknowledge, letter, case_id) == "unknown_case"
    hamlet.clock.moment = start_of_day(hamlet.today + timedelta(days=31))  # no timer ran yet
    assert refused(hamlet.acknowledge, "A", case_id) == "case_moved_on"
    assert news(hamlet, "A") == ()


def test_whoever_appeals_has_been_told_and_the_log_says_so_first(hamlet: Hamlet) -> None:
    hamlet.serve("CDE")
    case_id = hamlet.untold_concern()
    hamlet.appeal("A", case_id)
    assert [made.move for made in hamlet.case(case_id).moves][-2:] == ["tell", "appeal"]
    assert news(hamlet, "A") == ()


def test_the_record_says_that_the_days_begin_with_the_telling(sqlite_hamlet: Hamlet) -> None:
    hamlet = sqlite_hamlet
    case_id = hamlet.untold_concern()
    (line,) = own_view.my_cases(hamlet.village, hamlet.sign("A"))
    assert (line.untold, "appeal" in line.may) == (True, True)
    assert hamlet.sum_of("A").number == 50
    hamlet.acknowledge("A", case_id)
    (line,) = own_view.my_cases(hamlet.village, hamlet.sign("A"))
    assert (line.untold, line.due_on) == (False, hamlet.today + timedelta(days=20))


# --- A good deed that was declined


def test_a_declined_deed_can_be_appealed_for_twenty_days_after_its_person_was_told(
    hamlet: Hamlet, refused: Refused
) -> None:
    case_id = declined_deed(hamlet)
    hamlet.clock.advance(days=90)
    assert (tick(hamlet.village), carried(hamlet)) == (0, [case_id])
    (line,) = news(hamlet, "A")
    assert (line.outcome, line.from_whom, line.may_appeal) == ("declined", "", True)
    hamlet.acknowledge("A", case_id)
    hamlet.clock.advance(days=20)
    assert appeal.appeal_page(hamlet.village, hamlet.sign("A"), case_id).why_not == ""
    after(hamlet, 0)
    assert refused(hamlet.appeal, "A", case_id) == "appeal_over"


def test_a_declined_deed_is_appealed_at_once_though_nobody_told(hamlet: Hamlet) -> None:
    hamlet.serve("CDE")
    case_id = declined_deed(hamlet)
    hamlet.appeal("A", case_id)
    assert hamlet.state(case_id) == "appealed"


def test_a_good_deed_that_counts_is_no_question_at_sign_in(sqlite_hamlet: Hamlet) -> None:
    hamlet = sqlite_hamlet
    hamlet.approved_deed("A")
    assert news(hamlet, "A") == ()
    hamlet.clock.advance(minutes=1)
    hamlet.sign("A")
    assert carried(hamlet) == []


# --- That it is over


def taken_back(hamlet: Hamlet, case_id: int) -> None:
    submit.withdraw(hamlet.village, hamlet.sign("B"), case_id, new_touch_id())


def put_right_by_the_reporter(hamlet: Hamlet, case_id: int) -> None:
    remedy.say_put_right(
        hamlet.village, hamlet.sign("A"), case_id, "cleaned_up", "", new_touch_id()
    )
    remedy.confirm_put_right(hamlet.village, hamlet.sign("B"), case_id, new_touch_id())


def put_right_by_an_officer(hamlet: Hamlet, case_id: int) -> None:
    officer = hamlet.officer("Y")
    decide.put_right(hamlet.village, officer, case_id, "看过，收拾干净了。", new_touch_id())


def left_alone(hamlet: Hamlet, _case_id: int) -> None:
    for _ in range(2):
        after(hamlet, 30)


def not_upheld(hamlet: Hamlet, case_id: int) -> None:
    hamlet.reply("A", case_id)
    hamlet.decide("Y", case_id, approve=False)


def merged(hamlet: Hamlet, case_id: int) -> None:
    again = hamlet.hand_in("D", "A", "litter").case_id
    hamlet.reply("A", case_id)
    decide.merge(hamlet.village, hamlet.officer("Y"), case_id, again, new_touch_id())


ENDINGS = {
    "withdrawn": taken_back,
    "ended": put_right_by_the_reporter,
    "ended ": put_right_by_an_officer,
    "lapsed": left_alone,
    "declined": not_upheld,
    "merged": merged,
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_who_was_told_of_a_concern_learns_that_it_is_over(
    sqlite_hamlet: Hamlet, ending: str
) -> None:
    hamlet = sqlite_hamlet
    case_id = told_concern(hamlet)
    ENDINGS[ending](hamlet, case_id)
    assert case_id in carried(hamlet)
    (line,) = (each for each in news(hamlet, "A") if each.case_id == case_id)
    assert (line.needs, line.outcome, line.may_appeal) == ("read", ending.strip(), False)
    for language in ("zh", "en"):
        for key in (f"notice_read_concern_{line.outcome}", "next_read_over"):
            assert hamlet.village.catalogue.text(f"my_record.{key}", language)
    hamlet.acknowledge("A", case_id)
    assert case_id not in [each.case_id for each in news(hamlet, "A")]
    assert case_id not in carried(hamlet)
    assert hamlet.misfits() == []


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_paper_that_it_is_over_names_nobody_who_reported(
    sqlite_hamlet: Hamlet, ending: str
) -> None:
    hamlet = sqlite_hamlet
    case_id = told_concern(hamlet)
    ENDINGS[ending](hamlet, case_id)
    hand_over(hamlet, "A", case_id)
    said = repr(hamlet.jobs()[-1].payload)
    reporters = (hamlet.people["B"], hamlet.people["D"])
    assert not [each for each in reporters if marks.name_mark(each) in said]
    assert hamlet.misfits() == []


def test_who_was_never_told_of_a_concern_is_not_told_that_it_is_over(hamlet: Hamlet) -> None:
    case_id = hamlet.hand_in("B", "A", "litter").case_id
    taken_back(hamlet, case_id)
    assert (news(hamlet, "A"), carried(hamlet)) == ((), [])


def test_being_told_of_its_end_leaves_nothing_of_what_was_said(hamlet: Hamlet) -> None:
    case_id = hamlet.hand_in("B", "A", "litter", words="倒了两袋菜叶").case_id
    notices.mark_noticed(hamlet.village, hamlet.sign("A"), case_id, new_touch_id())
    put_right_by_the_reporter(hamlet, case_id)
    hamlet.acknowledge("A", case_id)  # while the receipt still waits for the printer
    while spooler.print_next(hamlet.village):
        pass
    tick(hamlet.village)
    with hamlet.village.read() as session:
        size = log.head(session).size
        told = [log.content_of(session, index) for index in range(size)]
    assert "倒了两袋菜叶" not in repr(told)
    kept = [each["move"] for each in told if each and "move" in each]
    assert kept == ["put_right", "tell"]


# --- In the log


@pytest.mark.long
def test_every_telling_is_an_entry_and_the_books_fit_it(hamlet: Hamlet) -> None:
    hamlet.acknowledge("A", hamlet.untold_concern())
    hand_over(hamlet, "D", hamlet.untold_concern("D", "E"))
    declined = declined_deed(hamlet, "E")
    hand_over(hamlet, "E", declined)
    with hamlet.village.read() as session:
        kinds = [each.kind for each in session.query(LedgerEntry).order_by(LedgerEntry.index)]
    assert kinds.count("tell") == 3
    assert hamlet.misfits() == []


def test_a_paper_that_an_earlier_version_carried_is_no_move_that_is_missing(
    hamlet: Hamlet,
) -> None:
    with writing(hamlet.village) as work:
        content = {"case": 1, "reference": "2026-0001", "told": 1, "what": "decision", "of": 3}
        log.append(work, "notice", content)
    assert hamlet.misfits() == []
