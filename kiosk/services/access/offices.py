"""Offices: who holds which, how one is given and ended, and which card opens it.

Two officers of two households agree, both with card and PIN: one is signed in, the other signs on
the same screen. What they do was decided by the village's assembly, whose day they name. The first
officials come with the founding (`grants.founding`). Where two officers of two households are no
longer left, a command at the machine appoints one, and the log says that it was that.

A card that a clerk handed out opens no office until an officer of another household vouched for it
with card and PIN: whoever draws cards cannot thereby become an officer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, Literal

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from kiosk.core.ages import is_adult
from kiosk.core.clock import village_day
from kiosk.core.errors import ExpectedError
from kiosk.models.access import Card, RoleGrant
from kiosk.models.consent import Leaving
from kiosk.models.register import Resident
from kiosk.services.access import acting
from kiosk.services.access.acting import Acting
from kiosk.services.access.roles import ROLES, Role, holders
from kiosk.services.access.sessions import Proven, accept, prove
from kiosk.services.ledger import log
from kiosk.services.village import Village
from kiosk.services.work import Work, reading

VOUCHED = "vouched"
"""What the entry that carries a village over calls the cards that open an office from before."""
ROLE_GRANTED, ROLE_ENDED, CARD_VOUCHED = "role_granted", "role_ended", "card_vouched"

GRANT_REASONS = ("elected", "vacant", "stand_in")
END_REASONS = ("term_over", "resigned", "gone", "replaced", "recalled")
"""Why an office is given or ended; words at ``offices.reason_<reason>``."""
AT_THE_FOUNDING, IN_AN_EMERGENCY = "founding", "emergency"
"""Why an office was given without two officers."""

ASSEMBLY_WITHIN: Final = timedelta(days=30)
"""How long ago the assembly may have been that decided it."""
LONGEST_TERM: Final = timedelta(days=6 * 366)
"""So far ahead the last day of an office may lie."""
FEWEST_HOMES: Final = 3
"""Of so many households the officers should be: two decide on a concern, and where one of them is
involved, related or away, another has to be there."""
NEVER_EMPTY: tuple[Role, ...] = ("officer", "clerk")

CardState = Literal["none", "waits", "vouched"]
"""Whether somebody has a card, and whether it opens their office; words at ``offices.card_…``."""


@dataclass(frozen=True)
class Signature:
    """A card that was held up and the PIN that was typed, by somebody who is not signed in."""

    card: str = field(repr=False)
    pin: str = field(repr=False)


@dataclass(frozen=True)
class Pause:
    """The first and the last day on which an office rests, why, and whether it does already."""

    first: date
    last: date
    reason: str
    begun: bool = False


@dataclass(frozen=True)
class Change:
    """An office of somebody that is given or ended, why, and the day of the assembly."""

    resident_id: int
    role: Role
    reason: str
    assembly: date


@dataclass(frozen=True, kw_only=True)
class OfficeLine:
    """An office of somebody, now or before; its words at ``access.role_<role>``."""

    resident_id: int
    name: str
    role: Role
    first_day: date
    last_day: date | None
    """None while it is held."""
    until: date | None = None
    """Of one that is held: the last day that was named when it was given."""
    pause: Pause | None = None
    """Of one that is held: when it rests, or will."""
    card: CardState
    household_id: int
    own: bool
    """Whether it is the office of who asks."""
    at_home: bool
    """Whether they live in one household."""


def offices(village: Village, session_id: str) -> tuple[OfficeLine, ...]:
    """Every office that is held, then those that ended, the newest first; for officers.

    Who holds an office is the village's to know: it is no look at a record.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with acting.reading(village, session_id, *holders("grant_role")) as work:
        return offices_in(work)


def offices_in(work: Acting) -> tuple[OfficeLine, ...]:
    """As `offices`, in the caller's unit."""
    rows = work.session.execute(
        select(RoleGrant, Resident)
        .join(Resident, Resident.id == RoleGrant.resident_id)
        .order_by(RoleGrant.ended_at.is_not(None), RoleGrant.id.desc())
    ).all()
    return tuple(_line(work, grant, resident) for grant, resident in rows)


def cards_to_vouch_for(lines: Iterable[OfficeLine]) -> tuple[OfficeLine, ...]:
    """Whose card opens nothing yet, of those that the officer who asks may vouch for."""
    found = {
        line.resident_id: line
        for line in lines
        if line.last_day is None and line.card == "waits" and not line.at_home
    }
    return tuple(found.values())


def homes_of_officers(lines: Iterable[OfficeLine]) -> int:
    """From how many households the officers are who are in office."""
    held = (line for line in lines if line.role == "officer" and line.last_day is None)
    return len({line.household_id for line in held if not (line.pause and line.pause.begun)})


def may_be_appointed(village: Village, session_id: str, resident_id: int) -> tuple[Role, ...]:
    """The offices that somebody does not hold yet, and could.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``resident_unknown``,
            ``birth_date_missing``, ``office_under_age``, ``own_office`` for oneself and one's
            own household.
    """
    with acting.reading(village, session_id, *holders("grant_role")) as work:
        _check_may_serve(work, resident_id)
        check_not_at_home(work, resident_id)
        return tuple(each for each in ROLES if held(work.session, resident_id, each) is None)


def appoint(
    village: Village,
    session_id: str,
    change: Change,
    signature: Signature,
    touch: str,
    last_day: date | None = None,
) -> None:
    """Give an adult an office, which ends by itself after `last_day`; harmless done twice.

    Raises:
        ExpectedError: as `may_be_appointed` and `sessions.prove`; ``office_reason``,
            ``assembly_day``, ``office_last_day``; ``second_officer`` where the card that was held
            up is not that of another officer, ``second_household`` where they live with the first
            or the person.
    """
    may, about = holders("grant_role"), f"{change.role} {change.resident_id}"
    _check_reason(change, GRANT_REASONS)
    second = prove(village, signature.card, signature.pin)
    with acting.once(village, session_id, touch, "appoint", about, may) as work:
        if work.known is not None:
            return
        _check_assembly(work, change.assembly)
        _check_may_serve(work, change.resident_id)
        check_not_at_home(work, change.resident_id)
        agreed = second_officer(work, second, change.resident_id)
        if held(work.session, change.resident_id, change.role) is None:
            until = _checked_last_day(work, last_day)
            said = _said(work, change, agreed) | ({"last_day": until.isoformat()} if until else {})
            grant(work, change.resident_id, change.role, said, until)
        work.remember({"appointed": change.role, "to": change.resident_id})


def end(
    village: Village, session_id: str, change: Change, signature: Signature, touch: str
) -> None:
    """End an office; an officer may lay down their own, when another one agrees.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``office_reason``, ``assembly_day``,
            ``own_office`` for somebody of one's household, and for one's own where the reason is
            not that it is laid down; ``last_in_office``; as `appoint` for the second officer.
    """
    may, about = holders("grant_role"), f"{change.role} {change.resident_id}"
    _check_reason(change, END_REASONS)
    second = prove(village, signature.card, signature.pin)
    with acting.once(village, session_id, touch, "end_office", about, may) as work:
        if work.known is not None:
            return
        _check_assembly(work, change.assembly)
        own = change.resident_id == work.who.resident_id
        if not (own and change.reason == "resigned"):
            check_not_at_home(work, change.resident_id)
        agreed = second_officer(work, second, change.resident_id)
        _end(work, change, agreed)
        work.remember({"ended": change.role, "of": change.resident_id})


def vouch(
    village: Village, session_id: str, resident_id: int, signature: Signature, touch: str
) -> None:
    """An officer of another household vouches for the card of an official; harmless done twice.

    It may be the officer who is signed in: card and PIN are shown anew for it. Whoever issued the
    card cannot vouch for it as well.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``; as `sessions.prove`; ``no_card`` where
            the person has none; ``second_officer``, ``second_household``; ``issued_it_too``.
    """
    may = holders("grant_role")
    officer = prove(village, signature.card, signature.pin)
    with acting.once(village, session_id, touch, "vouch", resident_id, may) as work:
        if work.known is not None:
            return
        card = card_of(work.session, resident_id)
        if card is None:
            raise ExpectedError("no_card")
        by = _officer(work, officer)
        _check_other_household(work.session, by, resident_id)
        if issuer_of(work.session, card) == by.id:
            raise ExpectedError("issued_it_too")
        if card.vouched_at is None:
            card.vouched_at = work.now
            content = {"card": card.id, "resident": resident_id, "by": by.id}
            log.append(work, CARD_VOUCHED, content)
        work.remember({"vouched": card.id})


def require_emergency(village: Village) -> None:
    """Refuse where officers can appoint, before anybody is asked whether they are sure.

    Raises:
        ExpectedError: ``officers_can_appoint``.
    """
    with reading(village) as work:
        check_nobody_can_appoint(work)


def check_nobody_can_appoint(work: Work) -> None:
    """Refuse while officers of two households have cards that open their office.

    Raises:
        ExpectedError: ``officers_can_appoint``.
    """
    homes = set(
        work.session.scalars(
            in_office("officer")
            .with_only_columns(Resident.household_id)
            .join(Card, Card.resident_id == Resident.id)
            .where(Card.ended_at.is_(None), Card.vouched_at.is_not(None), Card.lost_at.is_(None))
        )
    )
    if len(homes) > 1:
        raise ExpectedError("officers_can_appoint")


def grant_in_an_emergency(work: Work, change: Change) -> None:
    """Give an office in the caller's transaction, where nobody is left to appoint.

    Raises:
        ExpectedError: ``officers_can_appoint``; as `appoint` for the person and the assembly.
    """
    check_nobody_can_appoint(work)
    _check_assembly(work, change.assembly)
    _check_may_serve(work, change.resident_id)
    if held(work.session, change.resident_id, change.role) is None:
        said = {"by": None, "reason": IN_AN_EMERGENCY, "assembly": change.assembly.isoformat()}
        grant(work, change.resident_id, change.role, said)


def grant(
    work: Work,
    resident_id: int,
    role: Role,
    said: Mapping[str, object],
    last_day: date | None = None,
) -> None:
    """Give an office in the caller's transaction; `said` is by whom, why and when decided."""
    if role not in ROLES:
        raise ValueError(f"no office {role}")
    row = RoleGrant(resident_id=resident_id, role=role, granted_at=work.now, last_day=last_day)
    work.session.add(row)
    work.session.flush()
    log.append(work, ROLE_GRANTED, {"resident": resident_id, "role": role, **said})


def held(session: Session, resident_id: int, role: Role) -> RoleGrant | None:
    """The office that somebody holds, if they do."""
    return session.scalar(
        select(RoleGrant).where(
            RoleGrant.resident_id == resident_id,
            RoleGrant.role == role,
            RoleGrant.ended_at.is_(None),
        )
    )


def card_of(session: Session, resident_id: int) -> Card | None:
    """The card that somebody has now, if any."""
    living = (Card.resident_id == resident_id, Card.ended_at.is_(None))
    return session.scalar(select(Card).where(*living).order_by(Card.id.desc()).limit(1))


def issuer_of(session: Session, card: Card) -> int | None:
    """The clerk who issued a card, as the log says; None where the machine did."""
    said = log.content_of(session, card.ledger_index) or {}
    issuer: int | None = said.get("clerk") if said.get("card") == card.id else None
    return issuer


def _end(work: Acting, change: Change, agreed: int) -> None:
    found = held(work.session, change.resident_id, change.role)
    if found is None:
        return
    others = in_office(change.role).where(Resident.id != change.resident_id)
    if change.role in NEVER_EMPTY and work.session.scalar(others.limit(1)) is None:
        raise ExpectedError("last_in_office")
    found.ended_at = work.now
    content = {"resident": change.resident_id, "role": change.role}
    log.append(work, ROLE_ENDED, content | _said(work, change, agreed))


def _said(work: Acting, change: Change, second: int) -> dict[str, object]:
    return {
        "by": work.who.resident_id,
        "second": second,
        "reason": change.reason,
        "assembly": change.assembly.isoformat(),
    }


def _line(work: Acting, grant: RoleGrant, resident: Resident) -> OfficeLine:
    card = card_of(work.session, resident.id)
    return OfficeLine(
        resident_id=resident.id,
        name=resident.name,
        role=next(each for each in ROLES if each == grant.role),
        first_day=village_day(grant.granted_at),
        last_day=village_day(grant.ended_at) if grant.ended_at else None,
        until=grant.last_day if grant.ended_at is None else None,
        pause=_pause_of(grant),
        card="none" if card is None else "vouched" if card.vouched_at else "waits",
        household_id=resident.household_id,
        own=resident.id == work.who.resident_id,
        at_home=resident.household_id == work.who.household_id,
    )


def _pause_of(grant: RoleGrant) -> Pause | None:
    if grant.pause_first is None or grant.pause_last is None or grant.ended_at is not None:
        return None
    begun = grant.paused_at is not None
    return Pause(grant.pause_first, grant.pause_last, grant.pause_reason, begun)


def in_office(role: Role) -> Select[Resident]:
    """Everybody of the register who holds `role` now."""
    return (
        select(Resident)
        .join(RoleGrant, RoleGrant.resident_id == Resident.id)
        .where(RoleGrant.role == role, RoleGrant.in_office, Resident.active)
    )


def _checked_last_day(work: Work, day: date | None) -> date | None:
    if day is not None and not work.today < day <= work.today + LONGEST_TERM:
        raise ExpectedError("office_last_day")
    return day


def _check_reason(change: Change, listed: tuple[str, ...]) -> None:
    if change.reason not in listed:
        raise ExpectedError("office_reason")


def _check_assembly(work: Work, day: date) -> None:
    if not work.today - ASSEMBLY_WITHIN <= day <= work.today:
        raise ExpectedError("assembly_day")


def _check_may_serve(work: Work, resident_id: int) -> None:
    """An office takes an adult of the register who does not want to leave."""
    resident = work.session.get(Resident, resident_id)
    if resident is None or not resident.active:
        raise ExpectedError("resident_unknown")
    if resident.born_on is None:
        raise ExpectedError("birth_date_missing")
    if not is_adult(resident.born_on, work.today):
        raise ExpectedError("office_under_age")
    leaving = (Leaving.resident_id == resident_id, Leaving.ended_at.is_(None))
    if work.session.scalar(select(Leaving.id).where(*leaving)):
        raise ExpectedError("office_leaving")


def check_not_at_home(work: Acting, resident_id: int) -> None:
    """Offices are not handed out, nor taken, within a household."""
    resident = work.session.get(Resident, resident_id)
    if resident is None:
        raise ExpectedError("resident_unknown")
    if resident.household_id == work.who.household_id:
        raise ExpectedError("own_office")


def _officer(work: Work, proven: Proven) -> Resident:
    """Who held up the card, an officer whose card opens the office."""
    card = accept(work, proven)
    office = held(work.session, card.resident_id, "officer")
    if card.vouched_at is None or office is None or not office.in_office:
        raise ExpectedError("second_officer")
    return work.session.get_one(Resident, card.resident_id)


def second_officer(work: Acting, proven: Proven, resident_id: int) -> int:
    """The other officer: of another house than the first, and than who it is about.

    Raises:
        ExpectedError: as `sessions.accept`; ``second_officer``, ``second_household``.
    """
    second = _officer(work, proven)
    if second.id == work.who.resident_id:
        raise ExpectedError("second_officer")
    if second.household_id == work.who.household_id:
        raise ExpectedError("second_household")
    _check_other_household(work.session, second, resident_id)
    return second.id


def _check_other_household(session: Session, officer: Resident, resident_id: int) -> None:
    if session.get_one(Resident, resident_id).household_id == officer.household_id:
        raise ExpectedError("second_household")
