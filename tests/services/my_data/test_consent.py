"""Consent: adults only, beside a clerk, per purpose, to the current text, withdrawn at no cost."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk.core.catalogue import catalogue
from kiosk.core.clock import SettableClock
from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.models.ledger import LedgerEntry
from kiosk.models.register import Resident
from kiosk.services.access import roles, views
from kiosk.services.consent import agreements, pauses
from kiosk.services.consent import consents as room
from kiosk.services.enrolment import explanation, joining
from kiosk.services.ledger import log
from kiosk.services.my_data import consent_choices
from kiosk.services.register import people
from kiosk.services.village import Village
from tests.services.conftest import Street

TODAY = date(2026, 11, 23)
EIGHTEEN_TODAY, EIGHTEEN_TOMORROW = date(2008, 11, 23), date(2008, 11, 24)


@pytest.fixture
def clerk(street: Street) -> str:
    return street.sign_in(street.house(date(1980, 2, 3)).people[0], "clerk")


def enrol(
    village: Village, clerk: str, person: int, *purposes: room.Purpose, touch: str = ""
) -> joining.Enrolment:
    chosen = purposes or ("number",)
    return joining.enrol(
        village,
        clerk,
        person,
        chosen,
        touch or new_touch_id(),
        read_aloud=True,
        answers=explanation.UNDERSTOOD,
    )


def is_enrolled(village: Village, person: int) -> bool:
    with village.read() as session:
        return room.enrolled(session, person)


def head(village: Village) -> int:
    with village.read() as session:
        return log.head(session).size


def test_nobody_is_enrolled_who_did_not_consent(village: Village, street: Street) -> None:
    assert not is_enrolled(village, street.house().people[0])


def test_an_adult_who_consents_to_a_number_is_enrolled(
    village: Village, street: Street, clerk: str
) -> None:
    person = street.house(EIGHTEEN_TODAY).people[0]
    assert enrol(village, clerk, person) == joining.Enrolment(person, ("number",), 1)
    assert is_enrolled(village, person)


def test_the_day_before_the_eighteenth_birthday_is_too_early(
    village: Village, street: Street, clerk: str, clock: SettableClock
) -> None:
    person = street.house(EIGHTEEN_TOMORROW).people[0]
    with pytest.raises(ExpectedError) as refused:
        enrol(village, clerk, person)
    assert refused.value.code == "under_age"
    clock.advance(hours=24)
    enrol(village, street.sign_in(street.house().people[0], "clerk"), person)
    assert is_enrolled(village, person)


def test_without_a_birth_date_nobody_can_be_enrolled(
    village: Village, street: Street, clerk: str
) -> None:
    with pytest.raises(ExpectedError) as refused:
        enrol(village, clerk, street.house(None).people[0])
    assert refused.value.code == "birth_date_missing"


def test_each_purpose_stands_for_itself(village: Village, street: Street, clerk: str) -> None:
    person = street.house().people[0]
    enrol(village, clerk, person, "household_sign", "letter")
    assert not is_enrolled(village, person)
    lines = room.consents(village, street.sign_in(person))
    assert {line.purpose: line.given for line in lines} == {
        "number": False, "household_sign": True, "thank_you_wall": False, "letter": True,
        "panel": False,
    }  # fmt: skip


def test_nothing_is_agreed_to_unasked(village: Village, street: Street, clerk: str) -> None:
    person = street.house().people[0]
    with pytest.raises(ExpectedError) as refused:
        joining.enrol(
            village,
            clerk,
            person,
            (),
            new_touch_id(),
            read_aloud=True,
            answers=explanation.UNDERSTOOD,
        )
    assert refused.value.code == "consent_missing"


def test_a_clerk_enrols_others_but_not_themselves(village: Village, street: Street) -> None:
    person = street.house().people[0]
    with pytest.raises(ExpectedError) as refused:
        enrol(village, street.sign_in(person, "clerk"), person)
    assert refused.value.code == "own_enrolment"


@pytest.mark.parametrize("held", ["officer", "keeper", ""])
def test_only_a_clerk_enrols(village: Village, street: Street, held: roles.Role | str) -> None:
    session_id = street.sign_in(street.house().people[0], *([held] if held else []))
    with pytest.raises(ExpectedError) as refused:
        enrol(village, session_id, street.house().people[0])
    assert refused.value.code == "not_allowed"


def test_the_same_touch_enrols_once(village: Village, street: Street, clerk: str) -> None:
    person, touch = street.house().people[0], new_touch_id()
    first = enrol(village, clerk, person, touch=touch)
    size = head(village)
    assert enrol(village, clerk, person, touch=touch) == first
    assert head(village) == size


def test_a_consent_that_stands_is_not_given_twice(
    village: Village, street: Street, clerk: str
) -> None:
    person = street.house().people[0]
    enrol(village, clerk, person)
    again = enrol(village, clerk, person, "number", "letter")
    assert again.purposes == ("number", "letter")
    assert kinds(village).count("consent_given") == 2


def test_withdrawing_takes_effect_at_once_and_leaves_the_other_consents(
    village: Village, street: Street, clerk: str, clock: SettableClock
) -> None:
    person = street.house().people[0]
    enrol(village, clerk, person, "number", "letter")
    line = consent_choices.withdraw(village, street.sign_in(person), "number", new_touch_id())
    assert (line.given, line.withdrawn_at) == (False, clock.now())
    assert not is_enrolled(village, person)
    lines = room.consents(village, street.sign_in(person))
    assert [each.purpose for each in lines if each.given] == ["letter"]


def test_withdrawing_twice_or_what_was_never_given_is_harmless(
    village: Village, street: Street, clerk: str
) -> None:
    person, touch = street.house().people[0], new_touch_id()
    enrol(village, clerk, person)
    session_id = street.sign_in(person)
    for each in (touch, touch, new_touch_id()):
        consent_choices.withdraw(village, session_id, "number", each)
    consent_choices.withdraw(village, session_id, "letter", new_touch_id())
    assert kinds(village).count("consent_withdrawn") == 1


def test_who_withdrew_can_join_again(village: Village, street: Street, clerk: str) -> None:
    person = street.house().people[0]
    enrol(village, clerk, person)
    consent_choices.withdraw(village, street.sign_in(person), "number", new_touch_id())
    enrol(village, clerk, person)
    assert is_enrolled(village, person)


def test_a_consent_to_an_older_text_counts_no_longer(
    village: Village, street: Street, clerk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = street.house().people[0]
    enrol(village, clerk, person)
    monkeypatch.setattr(room, "CONSENT_TEXT_VERSION", 2)
    assert not is_enrolled(village, person)
    assert not any(line.given for line in room.consents(village, street.sign_in(person)))
    assert enrol(village, clerk, person).text_version == 2
    assert is_enrolled(village, person)


def test_who_left_the_register_is_not_enrolled(
    village: Village, street: Street, clerk: str
) -> None:
    person = street.house().people[0]
    enrol(village, clerk, person)
    with village.write() as session:
        session.get_one(Resident, person).active = False
    assert not is_enrolled(village, person)


def test_the_register_shows_as_enrolled_who_is_enrolled_and_nobody_else(
    village: Village, street: Street, clerk: str
) -> None:
    house = street.house(*[date(1980, 1, 1)] * 4)
    stays, rests, unborn, _without = house.people
    for person in (stays, rests, unborn):
        enrol(village, clerk, person)
    pauses.pause(village, street.sign_in(rests), new_touch_id())
    with village.write() as session:
        session.get_one(Resident, unborn).born_on = None
    shown = people.household(village, house.id).residents
    assert {each.resident_id for each in shown if each.enrolled} == {stays}
    for person in house.people:
        assert is_enrolled(village, person) == (person == stays)


def test_the_ledger_has_the_consent_with_ids_alone_and_the_person_sees_the_clerk(
    village: Village, street: Street
) -> None:
    clerk_id, person = street.house().people[0], street.house().people[0]
    enrol(village, street.sign_in(clerk_id, "clerk"), person)
    with village.read() as session:
        index = log.head(session).size - 1
        assert log.content_of(session, index) == {
            "resident": person, "purpose": "number", "text_version": 1, "clerk": clerk_id,
        }  # fmt: skip
    (look,) = views.views_of(village, street.sign_in(person))
    assert look.purpose == "enrol"


def test_a_household_agrees_when_every_adult_of_it_did(
    village: Village, street: Street, clerk: str
) -> None:
    home = street.house(date(1950, 1, 1), date(1975, 1, 1), date(2015, 1, 1))
    enrol(village, clerk, home.people[0], "household_sign")
    assert agreement(village, home.id) == (False, (home.people[1],))
    enrol(village, clerk, home.people[1], "household_sign")
    assert agreement(village, home.id) == (True, ())
    consent_choices.withdraw(
        village, street.sign_in(home.people[0]), "household_sign", new_touch_id()
    )
    assert agreement(village, home.id) == (False, (home.people[0],))


def test_somebody_whose_age_is_not_known_has_to_agree_too(village: Village, street: Street) -> None:
    home = street.house(None)
    assert agreement(village, home.id) == (False, home.people)


def test_an_empty_house_agrees_to_nothing(village: Village, street: Street) -> None:
    home = street.house()
    with village.write() as session:
        session.get_one(Resident, home.people[0]).active = False
    assert agreement(village, home.id) == (False, ())


def test_the_consent_text_and_every_purpose_stand_in_both_languages() -> None:
    for name in [*(f"consent_{n}" for n in range(1, 9)), *(f"purpose_{p}" for p in room.PURPOSES)]:
        assert catalogue().text(f"rights.{name}", "zh")
        assert catalogue().text(f"rights.{name}", "en")


def agreement(village: Village, household_id: int) -> tuple[bool, tuple[int, ...]]:
    with village.read() as session:
        agrees = agreements.household_agrees(session, household_id, TODAY)
        return agrees, agreements.missing_agreements(session, household_id, TODAY)


def kinds(village: Village) -> list[str]:
    with village.read() as session:
        return [kind for (kind,) in session.query(LedgerEntry.kind).order_by(LedgerEntry.index)]


def test_who_had_the_talk_agrees_to_a_purpose_alone_and_once(
    village: Village, street: Street, clerk: str
) -> None:
    person = street.house(date(1950, 1, 1)).people[0]
    enrol(village, clerk, person)
    me, touch = street.sign_in(person), new_touch_id()
    before = head(village)
    for _ in range(2):
        assert consent_choices.agree(village, me, "thank_you_wall", 1, touch).given
    assert consent_choices.agree(village, me, "thank_you_wall", 1, new_touch_id()).given
    assert head(village) == before + 1
    consent_choices.withdraw(village, me, "thank_you_wall", new_touch_id())
    assert consent_choices.agree(village, me, "thank_you_wall", 1, new_touch_id()).given


@pytest.mark.parametrize(
    ("purpose", "version", "talked", "refusal"),
    [
        ("number", 1, True, "consent_at_desk"),
        ("letter", 1, False, "consent_at_desk"),
        ("letter", 0, True, "consent_text_changed"),
        ("letter", 2, True, "consent_text_changed"),
    ],
)
def test_agreeing_alone_needs_the_talk_and_the_current_text_and_never_begins_a_number(
    village: Village,
    street: Street,
    clerk: str,
    purpose: room.Purpose,
    version: int,
    talked: bool,
    refusal: str,
) -> None:
    person = street.house(date(1950, 1, 1)).people[0]
    if talked:
        enrol(village, clerk, person, "panel")
    with pytest.raises(ExpectedError) as refused:
        consent_choices.agree(village, street.sign_in(person), purpose, version, new_touch_id())
    assert refused.value.code == refusal


def test_who_is_not_of_age_cannot_agree_alone(village: Village, street: Street) -> None:
    person = street.house(EIGHTEEN_TOMORROW).people[0]
    with pytest.raises(ExpectedError) as refused:
        consent_choices.agree(village, street.sign_in(person), "letter", 1, new_touch_id())
    assert refused.value.code == "under_age"
