"""A case is found by the number of its slip, by an officer who is asked how far it is."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from kiosk.core.errors import ExpectedError
from kiosk.models.access import RecordView
from kiosk.services.cases import asking, decide
from tests.services.cases.conftest import Hamlet


def refusal(hamlet: Hamlet, session_id: str, reference: str) -> str:
    with pytest.raises(ExpectedError) as refused:
        asking.case_asked_about(hamlet.village, session_id, reference)
    return refused.value.code


def test_a_case_that_is_over_is_found_and_the_look_says_what_it_was_for(
    sqlite_hamlet: Hamlet,
) -> None:
    hamlet = sqlite_hamlet
    receipt = hamlet.hand_in("A", "A", "help")
    hamlet.decide("Y", receipt.case_id)
    officer = hamlet.officer("Z")
    found = asking.case_asked_about(hamlet.village, officer, receipt.reference)
    view = decide.open_case(hamlet.village, officer, found, asking.PURPOSE)
    assert (found, view.state, view.may) == (receipt.case_id, "effective", ())
    with hamlet.village.read() as session:
        looks = session.scalars(select(RecordView.purpose)).all()
    assert looks[-1] == "answer_question"


def test_every_number_that_is_not_for_this_officer_is_answered_alike(
    sqlite_hamlet: Hamlet,
) -> None:
    hamlet = sqlite_hamlet
    over = hamlet.hand_in("B", "A", "litter")
    hamlet.reply("A", over.case_id)
    hamlet.decide("Y", over.case_id, approve=False)
    about_me = hamlet.hand_in("B", "Z", "litter")
    officer = hamlet.officer("Z")
    for number in (over.reference, about_me.reference, "2026-0999", "0000-0000", ""):
        assert refusal(hamlet, officer, number) == "no_case_for_you", number


def test_only_officers_are_led_to_a_case(sqlite_hamlet: Hamlet) -> None:
    hamlet = sqlite_hamlet
    receipt = hamlet.hand_in("A", "A", "help")
    for session_id in (hamlet.sign("A"), hamlet.sign("Z", "clerk"), hamlet.sign("Z", "keeper")):
        assert refusal(hamlet, session_id, receipt.reference) == "not_allowed"
