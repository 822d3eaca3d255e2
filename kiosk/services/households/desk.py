"""A household as the desk sees it: opened for a purpose, and everybody in it sees who looked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from kiosk.core.ages import ADULT_YEARS, is_adult
from kiosk.core.errors import ExpectedError
from kiosk.core.houses import House
from kiosk.models.my_data import CorrectionRequest
from kiosk.models.perks import Redemption
from kiosk.models.register import DeclaredRelative, Household, Resident
from kiosk.models.stars import DoorSign
from kiosk.services.access import acting
from kiosk.services.access.acting import Acting
from kiosk.services.access.cards import read_card
from kiosk.services.access.offices import Signature, card_of
from kiosk.services.access.roles import holders, may
from kiosk.services.access.sessions import Proven, accept, live_card, prove
from kiosk.services.access.views import record_view
from kiosk.services.consent.agreements import adults, missing_agreements
from kiosk.services.consent.consents import enrolled_among
from kiosk.services.consent.pauses import standing_pause
from kiosk.services.households.gone import Gone, gone_from
from kiosk.services.my_data.corrections import WAITING
from kiosk.services.my_data.houses import living
from kiosk.services.register.importing.dates import shown_birth
from kiosk.services.register.people import declare_relative, end_relative, related
from kiosk.services.village import Village
from kiosk.services.work import Work

PURPOSES = ("life_event", "household_asks", "keep_in_order")
"""For what a household is opened; words at ``access.purpose_<purpose>``."""
_MAY = holders("keep_register")


@dataclass(frozen=True, kw_only=True)
class Member:
    """Somebody of the household."""

    resident_id: int
    name: str
    born_on: str
    """``1965-05-20``, ``1965-05`` where the day is not known, or empty."""
    relation: str
    """To the head, in the register's words."""
    head: bool
    adult: bool
    takes_part: bool
    away: bool
    has_card: bool
    came_of_age: bool
    """Of age for less than a year, and does not take part: may be asked."""


@dataclass(frozen=True, kw_only=True)
class Relative:
    """Somebody of another household who is declared to be related to one of this."""

    resident_id: int
    name: str
    relative_id: int
    relative_name: str
    house: House


@dataclass(frozen=True, kw_only=True)
class OpenedHousehold:
    """What the desk sees of a household; consents and what is open as counts, and no case."""

    household_id: int
    house: House
    premises: str
    members: tuple[Member, ...]
    relatives: tuple[Relative, ...]
    agreed: int
    of_age: int
    sign: str
    """The serial of the sign in force, or empty."""
    sign_until: date | None
    to_collect: int
    """Reserved things that nobody collected yet."""
    corrections: int
    """Corrections that were asked for and wait."""
    gone: tuple[Gone, ...]
    """Who died or moved away, where that may be wrong; no name is left of them."""


def open_household(
    village: Village, session_id: str, household_id: int, purpose: str
) -> OpenedHousehold:
    """Open a household for one of `PURPOSES`; everybody who lives there can see who looked.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``household_unknown``,
            ``purpose_missing``.
    """
    if purpose not in PURPOSES:
        raise ExpectedError("purpose_missing")
    with acting.writing(village, session_id, *_MAY) as work:
        home = work.session.get(Household, household_id)
        if home is None:
            raise ExpectedError("household_unknown")
        people = sorted(living(home), key=lambda each: (not each.is_head, each.id))
        for each in people:
            record_view(work, work.who, each.id, purpose)
        return _opened(work, home, people)


def household_of_card(village: Village, session_id: str, token_text: str) -> int:
    """The household of who holds a card that was scanned; no name is said before it is opened.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``card_unreadable``, ``card_of_nobody``
            for one that is none of the village's, was replaced, or whose holder left.
    """
    with acting.reading(village, session_id, *_MAY) as work:
        text = read_card(village, token_text)
        if text.token_hash is None:
            raise ExpectedError("card_unreadable")
        card = live_card(work.session, text, for_update=False)
        if card is None:
            raise ExpectedError("card_of_nobody")
        return work.session.get_one(Resident, card.resident_id).household_id


def declare(
    village: Village,
    session_id: str,
    resident_id: int,
    relative_id: int,
    touch: str,
    signature: Signature | None = None,
) -> tuple[Relative, ...]:
    """Write down that two people are related: neither decides on the other from now on.

    An officer does so alone; a clerk with the card and PIN of one of the two. The answer is who is
    related to the household of the first of them.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``resident_unknown``,
            ``relative_is_self``, ``relative_at_home`` for two people of one household; of a clerk
            as `sessions.prove`, ``relative_card`` where it is the card of neither.
    """
    about = f"{resident_id} {relative_id}"
    proven = prove(village, signature.card, signature.pin) if signature else None
    with acting.once(village, session_id, touch, "declare", about, _MAY) as work:
        if work.known is not None:
            return _relatives_at(work, resident_id)
        _check_asked_for(work, proven, {resident_id, relative_id})
        homes = {
            each.household_id
            for each in (work.session.get(Resident, i) for i in (resident_id, relative_id))
            if each is not None
        }
        if resident_id != relative_id and len(homes) == 1:
            raise ExpectedError("relative_at_home")
        declare_relative(work, resident_id, relative_id, work.who.resident_id)
        work.remember({"declared": resident_id})
        return _relatives_at(work, resident_id)


def end(
    village: Village,
    session_id: str,
    resident_id: int,
    relative_id: int,
    touch: str,
    signature: Signature | None = None,
) -> tuple[Relative, ...]:
    """Write down that two people are not related any more; never of one's own family.

    As with `declare`, an officer alone, or a clerk with the card and PIN of one of the two. The
    answer is who is still related to the household of the first of them.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``life_own_family``; of a clerk as
            `declare`.
    """
    about = f"{resident_id} {relative_id}"
    proven = prove(village, signature.card, signature.pin) if signature else None
    with acting.once(village, session_id, touch, "end_relative", about, _MAY) as work:
        if work.known is not None:
            return _relatives_at(work, resident_id)
        _check_asked_for(work, proven, {resident_id, relative_id})
        by = work.who.resident_id
        if any(related(work.session, each, by) for each in (resident_id, relative_id)):
            raise ExpectedError("life_own_family")
        end_relative(work, resident_id, relative_id, by)
        work.remember({"ended": resident_id})
        return _relatives_at(work, resident_id)


def _check_asked_for(work: Acting, proven: Proven | None, pair: set[int]) -> None:
    """An officer may, and who of the two holds up their card."""
    if proven is not None:
        if accept(work, proven).resident_id not in pair:
            raise ExpectedError("relative_card")
    elif not may("grant_role", work.who.roles):
        raise ExpectedError("relative_card")


def _opened(work: Acting, home: Household, people: list[Resident]) -> OpenedHousehold:
    session, today = work.session, work.today
    ids = [each.id for each in people]
    takes_part = enrolled_among(session, ids)
    of_age = len(adults(session, home.id, today))
    sign = session.scalar(
        select(DoorSign).where(DoorSign.household_id == home.id, DoorSign.ended_at.is_(None))
    )
    return OpenedHousehold(
        household_id=home.id,
        house=House(home.lane, home.number),
        premises=home.premises,
        members=tuple(_member(work, each, each.id in takes_part) for each in people),
        relatives=tuple(_relatives(work, people)),
        agreed=of_age - len(missing_agreements(session, home.id, today)),
        of_age=of_age,
        sign=sign.serial if sign else "",
        sign_until=sign.valid_until if sign else None,
        to_collect=_count(work, Redemption.resident_id.in_(ids), Redemption.state == "reserved"),
        corrections=_count(
            work, CorrectionRequest.resident_id.in_(ids), CorrectionRequest.state.in_(WAITING)
        ),
        gone=gone_from(work, home.id),
    )


def _member(work: Work, person: Resident, takes_part: bool) -> Member:
    adult = is_adult(person.born_on, work.today)
    years = work.today.year - person.born_on.year if person.born_on else 0
    return Member(
        resident_id=person.id,
        name=person.name,
        born_on=shown_birth(person.born_on, person.born_day_known),
        relation=person.relation,
        head=person.is_head,
        adult=adult,
        takes_part=takes_part,
        away=standing_pause(work.session, person.id) is not None,
        has_card=card_of(work.session, person.id) is not None,
        came_of_age=adult and not takes_part and years <= ADULT_YEARS + 1,
    )


def _relatives_at(work: Work, resident_id: int) -> tuple[Relative, ...]:
    home = work.session.get_one(Resident, resident_id).household
    return tuple(_relatives(work, living(home)))


def _relatives(work: Work, people: list[Resident]) -> Iterable[Relative]:
    mine = {each.id: each for each in people}
    pairs = select(DeclaredRelative).where(
        DeclaredRelative.resident_id.in_(mine) | DeclaredRelative.relative_id.in_(mine)
    )
    for pair in work.session.scalars(pairs):
        one, other = pair.resident_id, pair.relative_id
        if one not in mine:
            one, other = other, one
        found = work.session.get_one(Resident, other)
        if found.active and other not in mine:
            yield Relative(
                resident_id=one,
                name=mine[one].name,
                relative_id=other,
                relative_name=found.name,
                house=House(found.household.lane, found.household.number),
            )


def _count(work: Work, *where: object) -> int:
    return int(work.session.scalar(select(func.count()).where(*where)) or 0)  # type: ignore[arg-type]
