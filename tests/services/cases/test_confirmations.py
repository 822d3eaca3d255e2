"""Confirmations: asked for by name, by another household, one in thirty days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.services.cases import confirmations, submit
from tests.services.cases.conftest import Hamlet

Refused = Callable[..., str]


def test_who_was_asked_sees_the_deed_and_confirms_it_once(hamlet: Hamlet) -> None:
    case_id = hamlet.hand_in("A", "A", "help", witnesses="B").case_id
    (line,) = confirmations.confirmable(hamlet.village, hamlet.sign("B"))
    assert (line.case_id, line.subject_name) == (case_id, "林A")
    for _ in range(2):
        hamlet.confirm("B", case_id)
    assert [each.confirmer_id for each in hamlet.case(case_id).confirmations] == [
        hamlet.people["B"]
    ]
    assert confirmations.confirmable(hamlet.village, hamlet.sign("B")) == ()


def test_who_was_not_asked_does_not_learn_that_there_is_a_case(
    sqlite_hamlet: Hamlet, refused: Refused
) -> None:
    hamlet = sqlite_hamlet
    case_id = hamlet.hand_in("A", "A", "help").case_id
    assert refused(hamlet.confirm, "C", case_id) == "unknown_case"
    assert refused(hamlet.confirm, "C", case_id + 99) == "unknown_case"


def test_only_the_person_asks_for_a_confirmation_of_their_deed(
    sqlite_hamlet: Hamlet, refused: Refused
) -> None:
    hamlet = sqlite_hamlet
    case_id = hamlet.hand_in("B", "A", "help").case_id

    def ask(by: str, witness: str) -> object:
        return confirmations.ask_to_confirm(
            hamlet.village, hamlet.sign(by), case_id, hamlet.people[witness], new_touch_id()
        )

    assert refused(ask, "B", "C") == "unknown_case"
    assert refused(ask, "A", "a") == "confirm_own_household"
    ask("A", "C")
    hamlet.confirm("C", case_id)


def test_nobody_asks_for_witnesses_of_a_concern(sqlite_hamlet: Hamlet, refused: Refused) -> None:
    hamlet = sqlite_hamlet
    case_id = hamlet.hand_in("B", "A", "litter").case_id
    step = (hamlet.sign("A"), case_id, hamlet.people["C"], new_touch_id())
    assert refused(confirmations.ask_to_confirm, hamlet.village, *step) == "unknown_case"


def test_a_neighbour_confirms_one_deed_of_a_person_in_thirty_days(hamlet: Hamlet) -> None:
    first = hamlet.hand_in("A", "A", "help", days_ago=29, witnesses="B").case_id
    second = hamlet.hand_in("A", "A", "docks", days_ago=0, witnesses="BC").case_id
    hamlet.confirm("B", first)
    with pytest.raises(ExpectedError) as refusal:
        hamlet.confirm("B", second)
    assert refusal.value.code == "confirmed_lately"
    assert refusal.value.values == (date(2026, 10, 25),)
    hamlet.confirm("C", second)
    third = hamlet.hand_in("D", "D", "docks", witnesses="B").case_id
    hamlet.confirm("B", third)  # for somebody else


def test_a_confirmation_of_a_deed_that_came_to_nothing_does_not_hold_up_another(
    hamlet: Hamlet,
) -> None:
    first = hamlet.hand_in("A", "A", "help", witnesses="B").case_id
    second = hamlet.hand_in("A", "A", "docks", witnesses="B").case_id
    hamlet.confirm("B", first)
    submit.withdraw(hamlet.village, hamlet.sign("A"), first, new_touch_id())
    hamlet.confirm("B", second)


def test_a_decided_deed_is_not_confirmed_any_more(sqlite_hamlet: Hamlet, refused: Refused) -> None:
    hamlet = sqlite_hamlet
    case_id = hamlet.hand_in("A", "A", "help", witnesses="B").case_id
    hamlet.decide("Y", case_id)
    assert refused(hamlet.confirm, "B", case_id) == "case_moved_on"


def test_a_neighbour_who_nominates_has_thereby_confirmed(hamlet: Hamlet) -> None:
    case_id = hamlet.hand_in("B", "A", "help").case_id
    (confirmation,) = hamlet.case(case_id).confirmations
    assert confirmation.confirmer_id == hamlet.people["B"]
