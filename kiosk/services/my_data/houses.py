"""Where somebody lives is written wrongly: they belong to another household, or the plate is wrong.

A correction is what was always so, not a move of today: everybody else keeps number, stars and
papers. What the register's next import would read is what is written, so that it finds the same
people (`register.importing.matching`).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.catalogue import CHINESE
from kiosk.core.clock import village_day
from kiosk.core.errors import ExpectedError
from kiosk.core.houses import House
from kiosk.core.text import clean
from kiosk.models.my_data import CorrectionRequest
from kiosk.models.register import Household, Resident
from kiosk.models.stars import DoorSign
from kiosk.services.access import acting
from kiosk.services.access.acting import Acting
from kiosk.services.consent.agreements import must_agree
from kiosk.services.consent.consents import withdraw_in
from kiosk.services.ledger import log
from kiosk.services.my_data.corrections import ANSWER, MAY_ANSWER, answer_request, rekey, to_answer
from kiosk.services.register.entries import household_changed, person_changed
from kiosk.services.register.importing.addresses import split_address
from kiosk.services.register.importing.matching import own_code
from kiosk.services.register.people import related
from kiosk.services.register.search_index import index_residents
from kiosk.services.stars import door_signs
from kiosk.services.village import Village
from kiosk.services.work import Work

Kind = Literal["move", "plate"]
_LONGEST_LANE, _LONGEST_NUMBER = 40, 20


@dataclass(frozen=True, kw_only=True)
class HouseChange:
    """What a correction of a house would change, and for whom; it is not done yet."""

    kind: Kind
    before: House
    after: House
    name: str
    """Who asked."""
    people: tuple[str, ...]
    """Who lives behind the plate, or in the household that the person comes to."""
    ends_sign_before: bool
    """The sign of the household they leave ends, because nobody lives there any more."""
    ends_sign: bool
    """The sign of the household with the new plate, or with one adult more, ends."""
    asks_anew: bool
    """The person is asked again whether their household may have a sign."""


def preview_move(
    village: Village, session_id: str, request_id: int, household_id: int
) -> HouseChange:
    """What would change if the person belonged to another household.

    Raises:
        ExpectedError: as `move_person`, without the sentence.
    """
    with acting.writing(village, session_id, *MAY_ANSWER) as work:
        request = _request(work, request_id)
        person, there = _movable(work, request, household_id)
        return _move_told(work, person, there)


def move_person(
    village: Village,
    session_id: str,
    request_id: int,
    household_id: int,
    sentence: str,
    touch: str,
) -> None:
    """Write the person who asked down in another household, and say so in a sentence.

    The sign of the new household ends if they are of age, since not every adult of it has agreed;
    their own agreement was for another door and is asked for anew. The old one's ends if nobody
    lives there any more. The stars that count for them are the new household's.

    Raises:
        ExpectedError: ``not_allowed``, ``own_correction`` (also for the clerk's own household, or
            a relative's, as the new one), ``request_unknown``, ``household_unknown``,
            ``same_house``, ``namesake_there``, ``sentence_missing``, ``words_refused``.
    """
    with acting.once(village, session_id, touch, ANSWER, request_id, MAY_ANSWER) as work:
        if work.known is not None:
            return
        request = to_answer(work, request_id)
        person, there = _movable(work, request, household_id)
        before = person.household
        settle_in(work, person, there, work.who.resident_id)
        settle_signs(work, person, before, work.who.resident_id)
        content = {
            "request": request.id,
            "resident": person.id,
            "from": before.id,
            "to": there.id,
            "by": work.who.resident_id,
        }
        log.append(work, "household_corrected", content)
        answer_request(work, request, "done", "", sentence)


def preview_plate(village: Village, session_id: str, request_id: int, written: str) -> HouseChange:
    """What would change if the household of the person had the plate that is `written`.

    Raises:
        ExpectedError: as `change_plate`, without the sentence.
    """
    with acting.writing(village, session_id, *MAY_ANSWER) as work:
        request = _request(work, request_id)
        home, plate = _plated(work, request, written)
        person = work.session.get_one(Resident, request.resident_id)
        return HouseChange(
            kind="plate",
            before=_house(home),
            after=plate,
            name=person.name,
            people=_names(home),
            ends_sign_before=False,
            ends_sign=has_sign(work.session, home),
            asks_anew=False,
        )


def change_plate(
    village: Village, session_id: str, request_id: int, written: str, sentence: str, touch: str
) -> None:
    """Give the household of the person who asked another plate, for all who live there.

    `written` is the address as people write it, such as ``东街12号乙``. The sign in force shows the
    old plate, so it ends.

    Raises:
        ExpectedError: ``not_allowed``, ``own_correction``, ``request_unknown``, ``house_unclear``,
            ``same_house``, ``house_taken`` by another household, ``sentence_missing``,
            ``words_refused``.
    """
    with acting.once(village, session_id, touch, ANSWER, request_id, MAY_ANSWER) as work:
        if work.known is not None:
            return
        request = to_answer(work, request_id)
        home, plate = _plated(work, request, written)
        put_up(work, home, plate, work.who.resident_id)
        _end_sign(work, home)
        content = {
            "request": request.id,
            "resident": request.resident_id,
            "household": home.id,
            "by": work.who.resident_id,
        }
        log.append(work, "plate_corrected", content)
        answer_request(work, request, "done", "", sentence)


def _request(work: Acting, request_id: int) -> CorrectionRequest:
    found = to_answer(work, request_id)
    if found.what != "house":
        raise ExpectedError("request_unknown")
    return found


def _movable(
    work: Acting, request: CorrectionRequest, household_id: int
) -> tuple[Resident, Household]:
    there = work.session.get(Household, household_id)
    if there is None or request.what != "house":
        raise ExpectedError("household_unknown")
    _apart(work, there)
    person = work.session.get_one(Resident, request.resident_id)
    if person.household_id == there.id:
        raise ExpectedError("same_house")
    if any(each.name == person.name and _same_birth(each, person) for each in living(there)):
        raise ExpectedError("namesake_there")
    return person, there


def _plated(work: Acting, request: CorrectionRequest, written: str) -> tuple[Household, House]:
    home = work.session.get_one(Resident, request.resident_id).household
    if request.what != "house":
        raise ExpectedError("request_unknown")
    _apart(work, home)
    lane, number = split_address(clean(written, _LONGEST_LANE + _LONGEST_NUMBER))
    if not number or len(lane) > _LONGEST_LANE or len(number) > _LONGEST_NUMBER:
        raise ExpectedError("house_unclear")
    plate = House(lane or home.lane, number)
    if plate == _house(home):
        raise ExpectedError("same_house")
    taken = select(Household.id).where(
        Household.id != home.id,
        (Household.code == own_code(plate.lane, plate.number))
        | ((Household.lane == plate.lane) & (Household.number == plate.number)),
    )
    if work.session.scalar(taken.limit(1)) is not None:
        raise ExpectedError("house_taken", plate.words(CHINESE))
    return home, plate


def _apart(work: Acting, home: Household) -> None:
    """Nobody changes their own household, or a declared relative's (charter 4)."""
    if home.id == work.who.household_id or any(
        related(work.session, each.id, work.who.resident_id) for each in living(home)
    ):
        raise ExpectedError("own_correction")


def settle_in(work: Work, person: Resident, there: Household, by: int) -> None:
    """Write a person down in another household, in the caller's transaction.

    What was said of them in the other one, head or whose child, does not hold here.

    Raises:
        ExpectedError: ``namesake_there``.
    """
    person.is_head, person.relation = not living(there), ""
    person.household = there
    work.session.flush()
    rekey(work.session, person)
    index_residents(work.session, [person.id])
    person_changed(work, person, by)


def put_up(work: Work, home: Household, plate: House, by: int) -> None:
    """A household that the register gives no code is known by its plate, and so are its people."""
    if home.code == own_code(home.lane, home.number):
        home.code = free_code(work.session, plate)
    home.lane, home.number = plate.lane, plate.number
    work.session.flush()
    for each in living(home):
        rekey(work.session, each)
    index_residents(work.session, [each.id for each in home.residents])
    household_changed(work, home, by)


def free_code(session: Session, plate: House) -> str:
    """The code of a household that the register gives none, and that has come behind this door.

    Where everybody has died or left, the household that they were is still known by its plate.
    """
    own = code = own_code(plate.lane, plate.number)
    for place in count(2):
        if session.scalar(select(Household.id).where(Household.code == code)) is None:
            break
        code = f"{own}/{place}"
    return code


def settle_signs(work: Work, person: Resident, before: Household, by: int) -> None:
    """End the sign of a household that is empty now, and of one with an adult more.

    Who is of age agreed to a sign for another door, and is asked anew.
    """
    work.session.refresh(before)
    if not living(before):
        door_signs.end_outdated(work, before.id, by)
    if _agrees_to_signs(work.village, person):
        door_signs.end_outdated(work, person.household.id, by)
        withdraw_in(work, person.id, "household_sign")


def _end_sign(work: Acting, home: Household) -> None:
    door_signs.end_outdated(work, home.id, work.who.resident_id)


def _agrees_to_signs(village: Village, person: Resident) -> bool:
    return must_agree(person.born_on, village_day(village.clock.now()))


def _move_told(work: Work, person: Resident, there: Household) -> HouseChange:
    alone = [each.id for each in living(person.household)] == [person.id]
    of_age = _agrees_to_signs(work.village, person)
    return HouseChange(
        kind="move",
        before=_house(person.household),
        after=_house(there),
        name=person.name,
        people=_names(there),
        ends_sign_before=alone and has_sign(work.session, person.household),
        ends_sign=of_age and has_sign(work.session, there),
        asks_anew=of_age,
    )


def living(home: Household) -> list[Resident]:
    """Who lives there."""
    return [each for each in home.residents if each.active]


def _names(home: Household) -> tuple[str, ...]:
    return tuple(each.name for each in sorted(living(home), key=lambda each: each.name_order))


def _house(home: Household) -> House:
    return House(home.lane, home.number)


def _same_birth(one: Resident, other: Resident) -> bool:
    return (one.born_on, one.born_day_known) == (other.born_on, other.born_day_known)


def has_sign(session: Session, home: Household) -> bool:
    """Whether a sign of the household is in force."""
    current = DoorSign.household_id == home.id, DoorSign.ended_at.is_(None)
    return session.scalar(select(DoorSign.id).where(*current)) is not None
