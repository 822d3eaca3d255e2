"""Offices: two officers of two households give and end them, and vouch for the cards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.models.access import Card, RoleGrant
from kiosk.models.register import Resident
from kiosk.services.access import grants, offices, roles, sessions
from kiosk.services.access.cards import IssuedCard
from kiosk.services.access.offices import Change, Signature
from kiosk.services.village import Village
from kiosk.services.work import reading, writing
from tests.services.access.entries import ledger_of
from tests.services.conftest import Street


@dataclass
class Council:
    """Two officers and a clerk, each of a house of their own, and a newcomer."""

    village: Village
    street: Street
    first: IssuedCard
    second: IssuedCard
    clerk: IssuedCard
    newcomer: int

    def at_work(self, card: IssuedCard) -> str:
        return sessions.sign_in(self.village, card.number, card.pin, official=True).id

    def change(self, role: roles.Role = "clerk", reason: str = "elected") -> Change:
        return Change(self.newcomer, role, reason, self.today)

    @property
    def today(self) -> date:
        return self.street.today

    def appoint(self, change: Change, by: IssuedCard | None = None) -> None:
        officer = self.at_work(self.first)
        offices.appoint(self.village, officer, change, signed(by or self.second), new_touch_id())

    def end(self, change: Change, by: IssuedCard | None = None) -> None:
        officer = self.at_work(self.first)
        offices.end(self.village, officer, change, signed(by or self.second), new_touch_id())

    def card_for(self, resident_id: int) -> IssuedCard:
        return grants.issue_card(self.village, self.at_work(self.clerk), resident_id)


def signed(card: IssuedCard) -> Signature:
    return Signature(card.number, card.pin)


def refusal(act: Callable[[], object]) -> str:
    """The code with which an act is refused."""
    with pytest.raises(ExpectedError) as refused:
        act()
    return refused.value.code


@pytest.fixture
def council(village: Village, street: Street) -> Council:
    first, second, clerk, newcomer = (street.house(date(1970, 5, 6)).people[0] for _ in range(4))
    officer = frozenset[roles.Role]({"officer"})
    issued = grants.founding(
        village, {first: officer, second: officer, clerk: frozenset({"clerk"})}
    )
    return Council(village, street, issued[0], issued[1], issued[2], newcomer)


# --- Giving an office


def test_two_officers_give_an_office_and_the_log_says_all_of_it_once(council: Council) -> None:
    officer, touch = council.at_work(council.first), new_touch_id()
    for _ in range(2):
        offices.appoint(council.village, officer, council.change(), signed(council.second), touch)
    assert ledger_of(council.village, "role_granted")[3:] == [
        {
            "resident": council.newcomer,
            "role": "clerk",
            "by": council.first.resident_id,
            "second": council.second.resident_id,
            "reason": "elected",
            "assembly": council.today.isoformat(),
        }
    ]
    (newest, *_) = offices.offices(council.village, officer)
    assert (newest.resident_id, newest.role) == (council.newcomer, "clerk")
    assert (newest.first_day, newest.last_day, newest.card) == (council.today, None, "none")


def test_too_few_households_among_the_officers_are_said_until_there_is_a_third(
    council: Council,
) -> None:
    def homes() -> int:
        lines = offices.offices(council.village, council.at_work(council.first))
        return offices.homes_of_officers(lines)

    assert homes() == 2 < offices.FEWEST_HOMES
    council.appoint(council.change("officer"))
    assert homes() == offices.FEWEST_HOMES
    moved(council, council.newcomer, council.second.resident_id)
    assert homes() == 2


def test_a_card_is_to_be_vouched_for_by_officers_of_other_households(council: Council) -> None:
    council.appoint(council.change())
    council.card_for(council.newcomer)

    def to_vouch() -> list[int]:
        lines = offices.offices(council.village, council.at_work(council.first))
        return [line.resident_id for line in offices.cards_to_vouch_for(lines)]

    assert to_vouch() == [council.newcomer]
    moved(council, council.newcomer, council.first.resident_id)
    assert to_vouch() == []


def test_the_founding_says_that_it_was_one(council: Council) -> None:
    assert {entry["reason"] for entry in ledger_of(council.village, "role_granted")} == {"founding"}


def test_one_officer_alone_gives_no_office(council: Council) -> None:
    assert refusal(lambda: council.appoint(council.change(), council.first)) == "second_officer"
    assert refusal(lambda: council.appoint(council.change(), council.clerk)) == "second_officer"
    assert len(ledger_of(council.village, "role_granted")) == 3


def test_a_wrong_pin_of_the_second_officer_is_counted_as_at_a_sign_in(council: Council) -> None:
    wrong = f"{(int(council.second.pin) + 1) % 10**6:06}"
    for _ in range(4):
        code = refusal(
            lambda: council.appoint(council.change(), replace(council.second, pin=wrong))
        )
        assert code == "sign_in_refused"
    code = refusal(lambda: council.appoint(council.change(), replace(council.second, pin=wrong)))
    assert code == "sign_in_wait"
    assert refusal(lambda: council.appoint(council.change())) == "sign_in_wait"


def test_the_second_officer_is_of_another_house_than_the_first_and_the_person(
    council: Council,
) -> None:
    moved(council, council.second.resident_id, council.newcomer)
    assert refusal(lambda: council.appoint(council.change())) == "second_household"
    moved(council, council.second.resident_id, council.first.resident_id)
    assert refusal(lambda: council.appoint(council.change())) == "second_household"


def moved(council: Council, resident_id: int, to: int) -> None:
    """Somebody moves into the house of another."""
    with writing(council.village) as work:
        there = work.session.get_one(Resident, to).household_id
        work.session.get_one(Resident, resident_id).household_id = there


def test_nobody_gives_an_office_to_themselves_or_to_their_household(council: Council) -> None:
    own = replace(council.change(), resident_id=council.first.resident_id)
    assert refusal(lambda: council.appoint(own)) == "own_office"
    moved(council, council.newcomer, council.first.resident_id)
    assert refusal(lambda: council.appoint(council.change())) == "own_office"


@pytest.mark.parametrize(
    ("born_on", "active", "code"),
    [
        (date(2012, 1, 1), True, "office_under_age"),
        (None, True, "birth_date_missing"),
        (date(1970, 1, 1), False, "resident_unknown"),
    ],
)
def test_an_office_takes_an_adult_of_the_register(
    council: Council, born_on: date | None, active: bool, code: str
) -> None:
    with writing(council.village) as work:
        person = work.session.get_one(Resident, council.newcomer)
        person.born_on, person.active = born_on, active
    assert refusal(lambda: council.appoint(council.change())) == code
    officer = council.at_work(council.first)
    asked = (council.village, officer, council.newcomer)
    assert refusal(lambda: offices.may_be_appointed(*asked)) == code


@pytest.mark.parametrize("days", [-1, 31])
def test_the_assembly_was_within_the_last_thirty_days(council: Council, days: int) -> None:
    change = replace(council.change(), assembly=council.today - timedelta(days=days))
    assert refusal(lambda: council.appoint(change)) == "assembly_day"
    council.appoint(replace(change, assembly=council.today - timedelta(days=30)))


def test_the_reason_is_one_of_the_list(council: Council) -> None:
    assert refusal(lambda: council.appoint(council.change(reason="friend"))) == "office_reason"


@pytest.mark.parametrize("role", ["clerk", "keeper"])
def test_no_other_office_gives_offices(council: Council, role: roles.Role) -> None:
    official = council.street.sign_in(council.street.house().people[0], role)
    given = (council.village, official, council.change(), signed(council.second), new_touch_id())
    assert refusal(lambda: offices.appoint(*given)) == "not_allowed"
    assert (
        refusal(
            lambda: offices.end(*given[:2], replace(council.change(), reason="gone"), *given[3:])
        )
        == "not_allowed"
    )
    assert refusal(lambda: offices.offices(council.village, official)) == "not_allowed"


# --- Ending one


def test_an_office_that_ended_is_gone_in_the_session_that_is_open(council: Council) -> None:
    session_id = council.street.sign_in(council.newcomer, "clerk")
    council.end(council.change(reason="term_over"))
    with reading(council.village) as work:
        assert sessions.require(work, session_id).roles == frozenset()
    said = ledger_of(council.village, "role_ended")[-1]
    assert (said["second"], said["reason"]) == (council.second.resident_id, "term_over")


def test_the_last_officer_and_clerk_stay_until_there_is_another(council: Council) -> None:
    clerk = Change(council.clerk.resident_id, "clerk", "recalled", council.today)
    assert refusal(lambda: council.end(clerk)) == "last_in_office"
    council.appoint(council.change())
    council.end(clerk)
    lines = offices.offices(council.village, council.at_work(council.first))
    assert lines[-1].resident_id == council.clerk.resident_id
    assert lines[-1].last_day == council.today


def test_an_officer_lays_down_their_own_office_when_another_one_agrees(council: Council) -> None:
    own = Change(council.first.resident_id, "officer", "resigned", council.today)
    assert refusal(lambda: council.end(replace(own, reason="recalled"))) == "own_office"
    assert refusal(lambda: council.end(own, council.first)) == "second_officer"
    council.end(own)
    assert ledger_of(council.village, "role_ended")[-1]["resident"] == council.first.resident_id


def test_who_left_the_village_is_taken_out_of_office(council: Council) -> None:
    council.appoint(council.change("keeper"))
    with writing(council.village) as work:
        work.session.get_one(Resident, council.newcomer).active = False
    council.end(council.change("keeper", "gone"))
    assert len(ledger_of(council.village, "role_ended")) == 1


# --- The card that opens it


def test_a_clerk_who_draws_an_officers_card_is_no_officer(council: Council) -> None:
    stolen = council.card_for(council.second.resident_id)
    asked = (council.village, stolen.number, stolen.pin)
    assert refusal(lambda: sessions.sign_in(*asked, official=True)) == "card_not_vouched"
    assert sessions.sign_in(*asked).roles == frozenset()
    assert refusal(lambda: council.appoint(council.change(), stolen)) == "second_officer"


def test_an_officer_of_another_household_vouches_for_a_card_and_it_opens_the_office(
    council: Council,
) -> None:
    anew = council.card_for(council.second.resident_id)
    officer, touch = council.at_work(council.first), new_touch_id()
    for _ in range(2):
        given = (council.second.resident_id, signed(council.first), touch)
        offices.vouch(council.village, officer, *given)
    with council.village.read() as session:
        card = session.query(Card).filter_by(number=anew.number).one()
        (said,) = ledger_of(council.village, "card_vouched")
        assert said == {
            "card": card.id,
            "resident": council.second.resident_id,
            "by": council.first.resident_id,
        }
    assert council.at_work(anew)


def test_nobody_vouches_for_their_own_card_their_households_or_one_they_issued(
    council: Council,
) -> None:
    anew = council.card_for(council.second.resident_id)
    officer = council.at_work(council.first)
    given = (council.village, officer, council.second.resident_id)

    def vouch(by: IssuedCard) -> None:
        offices.vouch(*given, signed(by), new_touch_id())

    assert refusal(lambda: vouch(anew)) == "second_officer"
    assert refusal(lambda: vouch(council.clerk)) == "second_officer"
    with writing(council.village) as work:
        issuer = council.clerk.resident_id
        work.session.add(RoleGrant(resident_id=issuer, role="officer", granted_at=work.now))
    assert refusal(lambda: vouch(council.clerk)) == "issued_it_too"
    moved(council, council.first.resident_id, council.second.resident_id)
    assert refusal(lambda: vouch(council.first)) == "second_household"
    nobody = (council.village, officer, council.newcomer, signed(council.first), new_touch_id())
    assert refusal(lambda: offices.vouch(*nobody)) == "no_card"


def test_a_newly_appointed_official_needs_a_card_that_was_vouched_for(council: Council) -> None:
    card = council.card_for(council.newcomer)
    council.appoint(council.change())
    asked = (council.village, card.number, card.pin)
    assert refusal(lambda: sessions.sign_in(*asked, official=True)) == "card_not_vouched"
    officer = council.at_work(council.first)
    assert offices.offices(council.village, officer)[0].card == "waits"
    given = (council.newcomer, signed(council.first), new_touch_id())
    offices.vouch(council.village, officer, *given)
    assert sessions.sign_in(*asked, official=True).roles == {"clerk"}
    assert offices.offices(council.village, officer)[0].card == "vouched"


# --- When nobody is left to appoint


def test_the_machine_appoints_only_where_two_officers_are_no_longer_left(council: Council) -> None:
    change = council.change("officer", "emergency")
    kept: list[IssuedCard] = []
    given = (council.village, change, kept.extend)
    assert refusal(lambda: grants.appoint_in_an_emergency(*given)) == "officers_can_appoint"
    assert kept == []
    with writing(council.village) as work:
        for grant in work.session.query(RoleGrant).filter_by(role="officer"):
            grant.ended_at = work.now
    grants.appoint_in_an_emergency(*given)
    assert ledger_of(council.village, "role_granted")[-1] == {
        "resident": council.newcomer,
        "role": "officer",
        "by": None,
        "reason": "emergency",
        "assembly": council.today.isoformat(),
    }
    assert council.at_work(kept[0])
