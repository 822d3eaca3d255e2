"""Article 4: every decision carries a listed reason and a sentence; nobody decides on their own."""

from __future__ import annotations

import inspect
import threading
from collections.abc import Callable

import pytest

from kiosk.core.clock import SettableClock
from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.services.access import first_pin, grants, sessions
from kiosk.services.cases import decide as case_decide
from kiosk.services.cases.flow import table, timed_moves
from kiosk.services.enrolment import new_card
from kiosk.services.register.people import declare_relative
from kiosk.services.work import writing
from tests.services.cases.conftest import Hamlet

Code = Callable[..., str]


def replied(hamlet: Hamlet, about: str = "A", by: str = "B") -> int:
    case_id = hamlet.hand_in(by, about, "litter").case_id
    hamlet.reply(about, case_id)
    return case_id


@pytest.mark.parametrize(
    ("officer", "code"), [("A", "own_case"), ("B", "own_report"), ("a", "own_household")]
)
def test_nobody_decides_on_themselves_their_report_or_their_household(
    sqlite_hamlet: Hamlet, officer: str, code: str, refused: Code
) -> None:
    case_id = replied(sqlite_hamlet)
    for approve in (True, False):
        assert refused(sqlite_hamlet.decide, officer, case_id, approve=approve) == code
    given = (case_id, "已经收拾干净了。", new_touch_id())
    session_id = sqlite_hamlet.officer(officer)
    assert refused(case_decide.put_right, sqlite_hamlet.village, session_id, *given) == code


def test_nobody_decides_on_a_declared_relative_of_either_side(
    sqlite_hamlet: Hamlet, refused: Code
) -> None:
    hamlet = sqlite_hamlet
    case_id = replied(hamlet)
    for one, other in (("A", "Y"), ("B", "Z")):
        with writing(hamlet.village) as work:
            declare_relative(work, hamlet.people[one], hamlet.people[other])
        assert refused(hamlet.decide, other, case_id) == "relative"


def test_two_officers_of_one_household_or_one_officer_twice_are_not_two(
    sqlite_hamlet: Hamlet, refused: Code
) -> None:
    case_id = replied(sqlite_hamlet)
    sqlite_hamlet.decide("Y", case_id)
    assert refused(sqlite_hamlet.countersign, "Y", case_id) == "second_officer_same_person"
    assert refused(sqlite_hamlet.countersign, "y", case_id) == "second_officer_same_household"
    assert sqlite_hamlet.countersign("Z", case_id).state == "countersigned"


@pytest.mark.parametrize("reason", ["", "desk.reason_seen", "desk.reason_", "因为", "friends"])
def test_no_decision_without_a_reason_from_the_list(
    sqlite_hamlet: Hamlet, reason: str, refused: Code
) -> None:
    case_id = replied(sqlite_hamlet)
    given = (case_id, True, reason, "当天看过现场。", new_touch_id())
    code = refused(case_decide.decide, sqlite_hamlet.village, sqlite_hamlet.officer("Y"), *given)
    assert code == "reason_missing"


@pytest.mark.parametrize("sentence", ["", "   ", "。。。。", "嗯嗯", "\u200b\u200b\u200b\u200b"])
def test_no_decision_without_a_sentence(
    sqlite_hamlet: Hamlet, sentence: str, refused: Code
) -> None:
    case_id = replied(sqlite_hamlet)
    given = (case_id, True, "desk.reason_evidence", sentence, new_touch_id())
    code = refused(case_decide.decide, sqlite_hamlet.village, sqlite_hamlet.officer("Y"), *given)
    assert code == "sentence_missing"


def test_no_other_office_decides(sqlite_hamlet: Hamlet, refused: Code) -> None:
    case_id = replied(sqlite_hamlet)
    for role in ("clerk", "keeper"):
        session_id = sqlite_hamlet.sign("C", role)
        given = (case_id, True, "desk.reason_evidence", "当天看过现场。", new_touch_id())
        assert (
            refused(case_decide.decide, sqlite_hamlet.village, session_id, *given) == "not_allowed"
        )


def test_the_table_gives_a_concern_no_effect_without_a_second_officer() -> None:
    for row in table.MOVES:
        if "concern" in row.tracks and row.to_state == "effective":
            assert set(row.from_states) <= {"told", "upheld"}
        if row.to_state == "told":
            assert row.from_states == ("countersigned",)
        if row.to_state == "countersigned":
            assert row.who == ("second_officer",)


def test_an_officer_on_leave_who_never_countersigns_harms_nobody(
    sqlite_hamlet: Hamlet, clock: SettableClock
) -> None:
    case_id = replied(sqlite_hamlet)
    sqlite_hamlet.decide("Y", case_id)
    clock.advance(days=31)
    timed_moves.tick(sqlite_hamlet.village)
    assert (sqlite_hamlet.state(case_id), sqlite_hamlet.number("A")) == ("lapsed", 50)


def test_two_officers_at_the_same_moment_decide_once(hamlet: Hamlet) -> None:
    """Both have the case before them; one decides, the other is told that it moved on."""
    case_id = replied(hamlet)
    sessions = {letter: hamlet.officer(letter) for letter in "YZ"}
    begin, answers = threading.Barrier(2), []

    def decide(letter: str) -> None:
        begin.wait()
        given = (case_id, True, "desk.reason_evidence", "当天看过现场。", new_touch_id())
        try:
            answers.append(case_decide.decide(hamlet.village, sessions[letter], *given).state)
        except ExpectedError as told:
            answers.append(told.code)

    threads = [threading.Thread(target=decide, args=(letter,)) for letter in "YZ"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["case_moved_on", "decided"]
    assert [move.move for move in hamlet.case(case_id).moves].count("approve") == 1


def test_no_official_is_given_the_pin_of_a_card_that_they_issue(
    hamlet: Hamlet, refused: Code
) -> None:
    village, holder = hamlet.village, hamlet.people["A"]
    made = new_card.issue_and_print(village, hamlet.sign("Z", "clerk"), holder).issued
    assert made.pin == ""
    assert refused(sessions.sign_in, village, made.number, "924713") == "sign_in_refused"
    drawn = first_pin.draw(village, made.token_text)
    assert refused(first_pin.draw, village, made.token_text) == "pin_was_drawn"
    assert refused(sessions.sign_in, village, made.number, drawn.pin) == "sign_in_refused"
    assert first_pin.try_once(village, drawn, drawn.pin)
    assert sessions.sign_in(village, made.number, drawn.pin).resident_id == holder


def test_a_pin_is_drawn_in_nobodys_session() -> None:
    for door in (first_pin.awaits, first_pin.draw, first_pin.try_once):
        assert "session_id" not in inspect.signature(door).parameters


def test_a_card_that_a_clerk_draws_for_an_officer_decides_nothing(
    hamlet: Hamlet, refused: Code
) -> None:
    hamlet.officer("Y")
    made = grants.issue_card(hamlet.village, hamlet.sign("Z", "clerk"), hamlet.people["Y"])
    as_officer = (hamlet.village, made.number, made.pin)
    assert refused(sessions.sign_in, *as_officer, official=True) == "card_not_vouched"
    own_record = sessions.sign_in(*as_officer).id
    case_id = replied(hamlet)
    given = (case_id, True, "desk.reason_evidence", "当天看过现场。", new_touch_id())
    assert refused(case_decide.decide, hamlet.village, own_record, *given) == "not_allowed"
