"""Who died or moved away is behind no door: not found, not asked, not drawn, not awaited."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kiosk.core.ids import new_touch_id
from kiosk.core.texts import Texts
from kiosk.services.access import grants, offices, sessions
from kiosk.services.access.offices import Change
from kiosk.services.cases import confirmations, hand_overs, paper_notices, submit
from kiosk.services.households import desk, events, past_cases
from kiosk.services.households.plans import Kind
from kiosk.services.my_data import corrections
from kiosk.services.perks import catalogue, redemptions
from kiosk.services.register import people
from tests.services.cases.conftest import Hamlet
from tests.services.households.family import (
    clerk,
    findable,
    found,
    happens,
    home_of,
    misfits,
    plan,
    shown,
)

Code = Callable[..., str]
GONE = "A"


def goes(hamlet: Hamlet, kind: Kind) -> None:
    happens(hamlet, plan(hamlet, kind, GONE, GONE), hamlet.signature("Z"))


@pytest.mark.parametrize("kind", ["death", "move_out"])
def test_nobody_finds_or_asks_or_appoints_who_is_gone(
    hamlet: Hamlet, refused: Code, kind: Kind
) -> None:
    findable(hamlet, GONE)
    who, home = hamlet.people[GONE], home_of(hamlet, GONE)
    card = grants.issue_card(hamlet.village, clerk(hamlet), who)
    witnessed = hamlet.hand_in("C", "C", "help", witnesses=GONE).case_id
    goes(hamlet, kind)
    village, seat = hamlet.village, clerk(hamlet)
    assert found(hamlet, "林A") == []
    living = people.household(village, home).residents
    assert [each.name for each in living] == ["林a"]
    assert refused(people.resident, village, who) == "resident_unknown"
    assert refused(sessions.sign_in, village, card.number, card.pin) == "sign_in_refused"
    by_card = (desk.household_of_card, village, seat, card.token_text)
    assert refused(*by_card) == "card_of_nobody"
    about = hamlet.form("C", GONE, "help")
    assert refused(submit.hand_in, village, about) == "resident_unknown"
    asked = (village, hamlet.sign("C"), witnessed, who, new_touch_id())
    assert refused(confirmations.ask_to_confirm, *asked) == "resident_unknown"
    office = (village, hamlet.officer("Y"), who)
    assert refused(offices.may_be_appointed, *office) == "resident_unknown"
    change = Change(who, "clerk", "vacant", hamlet.today)
    given = (change, hamlet.signature("Z"), new_touch_id())
    assert refused(offices.appoint, village, hamlet.officer("Y"), *given) == "resident_unknown"
    assert refused(past_cases.past_cases, *office) == "resident_unknown"
    again = plan(hamlet, kind, "a", GONE)
    assert refused(events.preview, village, clerk(hamlet), again) == "resident_unknown"
    kin = (desk.declare, village, hamlet.officer("Y"), who, hamlet.people["B"], new_touch_id())
    assert refused(*kin) == "resident_unknown"
    assert misfits(hamlet) == []


@pytest.mark.parametrize("kind", ["death", "move_out"])
def test_nobody_waits_for_who_is_gone_and_no_lot_falls_on_them(hamlet: Hamlet, kind: Kind) -> None:
    for letter in "MN":
        hamlet.add(letter)
    hamlet.serve("ACDEMN")
    corrections.ask_correction(
        hamlet.village, hamlet.sign(GONE), "name", "写错了。", new_touch_id()
    )
    hamlet.hand_in("B", GONE, "litter")
    goes(hamlet, kind)
    seat = clerk(hamlet)
    name = "林A"
    assert name not in {
        each.person_name for each in corrections.corrections_waiting(hamlet.village, seat)
    }
    assert name not in {each.subject_name for each in paper_notices.waiting(hamlet.village, seat)}
    assert name not in {each.name for each in hand_overs.waiting(hamlet.village, seat)}
    case = hamlet.decided_concern("B", "C")
    assert GONE not in hamlet.appeal("B", case)
    assert misfits(hamlet) == []


def test_two_become_one_with_a_reservation_and_a_case_open(hamlet: Hamlet) -> None:
    """Everything goes along with its person; nothing of it is lost, and no number moves."""
    soap = Texts({"zh": "肥皂", "en": "Soap"})
    desk_of = hamlet.sign("D", "clerk")
    perk = catalogue.offer(hamlet.village, desk_of, soap, 1, 3, new_touch_id()).perk_id
    hamlet.approved_deed("A")
    mine = hamlet.sign("A")
    kept = redemptions.reserve(hamlet.village, mine, perk, new_touch_id()).reference
    case = hamlet.hand_in("B", "A", "litter").case_id
    hamlet.reply("A", case)
    hamlet.decide("Y", case)
    was = {letter: hamlet.number(letter) for letter in "AaBCD"}
    there, head = home_of(hamlet, "E"), hamlet.people["E"]
    happens(hamlet, plan(hamlet, "merge", "A", "Aa", to=there, head=head))
    assert hamlet.state(case) == "decided"
    hamlet.countersign("Z", case)
    redemptions.collect(hamlet.village, hamlet.sign("D", "clerk"), kept, new_touch_id())
    assert {letter: hamlet.number(letter) for letter in "AaBCD"} == was
    assert misfits(hamlet) == []


def test_a_move_into_the_house_of_who_decides_takes_the_decision_from_them(
    hamlet: Hamlet, refused: Code
) -> None:
    case = hamlet.hand_in("B", "A", "litter").case_id
    hamlet.reply("A", case)
    to_z = plan(hamlet, "move", "A", "A", to=home_of(hamlet, "Z"))
    assert "will_not_decide" in {each.code for each in shown(hamlet, to_z).consequences.changes}
    happens(hamlet, to_z)
    assert refused(hamlet.decide, "Z", case) == "own_household"
    hamlet.decide("Y", case)
    assert misfits(hamlet) == []


def test_two_terminals_write_two_things_of_one_family_and_the_second_is_told(
    hamlet: Hamlet, refused: Code
) -> None:
    """Also where the two were begun from the pages of two households that both change."""
    one = shown(hamlet, plan(hamlet, "move", "A", "A", to=home_of(hamlet, "B")))
    born = date(2026, 11, 20).isoformat()
    other = shown(hamlet, plan(hamlet, "birth", "B", name="林小满", born_on=born))
    seat = clerk(hamlet)
    events.write_down(hamlet.village, seat, one.plan, new_touch_id())
    late = (hamlet.village, seat, other.plan, new_touch_id())
    assert refused(events.write_down, *late) == "life_waits"
    hamlet.clock.advance(minutes=10)
    assert events.carry_out_due(hamlet.village) == 1
    late = (hamlet.village, clerk(hamlet), other.plan, new_touch_id())
    assert refused(events.write_down, *late) == "life_changed"
    happens(hamlet, plan(hamlet, "birth", "B", name="林小满", born_on=born))
    assert misfits(hamlet) == []
