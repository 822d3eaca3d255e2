"""An office that rests for a while, and one that ends on the day that was named when it was given.

Two officers write a pause down, with its first and its last day; the timer begins and ends it. Who
holds an office that rests cannot act by it, is not drawn for a panel, and nobody waits for them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.errors import ExpectedError
from kiosk.models.access import RoleGrant
from kiosk.models.register import Resident
from kiosk.services.access import acting
from kiosk.services.access.acting import Acting, Once
from kiosk.services.access.offices import (
    NEVER_EMPTY,
    ROLE_ENDED,
    OfficeLine,
    Pause,
    Signature,
    check_not_at_home,
    held,
    in_office,
    second_officer,
)
from kiosk.services.access.roles import Role, holders
from kiosk.services.access.sessions import prove
from kiosk.services.ledger import log
from kiosk.services.retry import one_by_one
from kiosk.services.village import Village
from kiosk.services.work import Work, reading, writing

OFFICE_PAUSED, PAUSE_BEGAN, OFFICE_BACK = "office_paused", "office_pause_began", "office_back"
REASONS: Final = ("ill", "away", "family", "own_wish")
"""Why an office rests; words at ``offices.pause_<reason>``."""
LONGEST: Final = timedelta(days=180)
"""Whoever is away for longer lays the office down."""
AHEAD: Final = timedelta(days=90)
"""So far ahead the first day may lie."""
LAST_DAY: Final = "last_day"
"""Why an office ended that nobody ended."""
SOON: Final = timedelta(days=30)
"""So long before its last day an office is said to end."""
_OFFICERS_HOMES: Final = 2
"""Of so many households there have to be officers who do not rest: they alone can bring back."""


def pause(
    village: Village,
    session_id: str,
    resident_id: int,
    role: Role,
    wish: Pause,
    signature: Signature,
    touch: str,
) -> None:
    """Let an office rest from the first to the last day of `wish`; one's own, too.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``pause_reason``, ``pause_days``,
            ``office_not_held`` where it ended or rests already, ``own_office`` for somebody else
            of one's household, ``pause_last`` where too few would be left; as `sessions.prove`
            and `offices.second_officer`.
    """
    may, about = holders("grant_role"), f"{role} {resident_id}"
    second = prove(village, signature.card, signature.pin)
    with acting.once(village, session_id, touch, "pause_office", about, may) as work:
        if work.known is not None:
            return
        _check(work, wish)
        office = _held(work.session, resident_id, role)
        if office.pause_first is not None:
            raise ExpectedError("office_not_held")
        if resident_id != work.who.resident_id:
            check_not_at_home(work, resident_id)
        agreed = second_officer(work, second, resident_id)
        _check_others(work, resident_id, role)
        office.pause_first, office.pause_last = wish.first, wish.last
        office.pause_reason = wish.reason
        office.paused_at = work.now if wish.first <= work.today else None
        days = {"first": wish.first.isoformat(), "last": wish.last.isoformat()}
        said = {"resident": resident_id, "role": role, "by": work.who.resident_id}
        log.append(work, OFFICE_PAUSED, {**said, "second": agreed, "reason": wish.reason, **days})
        work.remember({"paused": role, "of": resident_id})


def bring_back(
    village: Village,
    session_id: str,
    resident_id: int,
    role: Role,
    signature: Signature,
    touch: str,
) -> None:
    """End a pause before its last day, or one that has not begun.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``office_not_held`` where it does not
            rest, ``own_office``; as `sessions.prove` and `offices.second_officer`.
    """
    may, about = holders("grant_role"), f"{role} {resident_id}"
    second = prove(village, signature.card, signature.pin)
    with acting.once(village, session_id, touch, "office_back", about, may) as work:
        if work.known is not None:
            return
        office = _held(work.session, resident_id, role)
        if office.pause_first is None:
            raise ExpectedError("office_not_held")
        if resident_id != work.who.resident_id:
            check_not_at_home(work, resident_id)
        agreed = second_officer(work, second, resident_id)
        _back(work, office, work.who.resident_id, agreed)
        work.remember({"back": role, "of": resident_id})


def move_due(village: Village) -> int:
    """Begin and end the pauses whose day has come, and offices whose last day is over; how many.

    Called by the timer; calling it again changes nothing. The last officer and the last clerk stay
    until somebody follows.
    """
    with reading(village) as work:
        due = [each.id for each in _open(work.session) if _is_due(work, each)]
    return sum(one_by_one(_move, village, due))


def ending_soon(lines: Iterable[OfficeLine], today: date) -> tuple[OfficeLine, ...]:
    """The offices that are held and end by themselves in the next 30 days, or should have."""
    named = [line for line in lines if line.last_day is None and line.until is not None]
    return tuple(line for line in named if line.until and line.until <= today + SOON)


def _move(village: Village, grant_id: int) -> bool:
    with writing(village) as work:
        log.take_turn(work)
        office = work.session.get_one(RoleGrant, grant_id, with_for_update=True)
        if office.ended_at is not None or not _is_due(work, office):
            return False  # somebody was faster
        said: dict[str, object] = {"resident": office.resident_id, "role": office.role}
        if _is_over(work, office):
            office.ended_at = work.now
            log.append(work, ROLE_ENDED, {**said, "by": None, "reason": LAST_DAY})
        elif office.paused_at is None:
            office.paused_at = work.now
            log.append(work, PAUSE_BEGAN, said)
        else:
            _back(work, office, None, None)
        return True


def _is_due(work: Work, office: RoleGrant) -> bool:
    first, last = office.pause_first, office.pause_last
    if _is_over(work, office):
        return True
    if first is None or last is None:
        return False
    return work.today > last if office.paused_at else work.today >= first


def _is_over(work: Work, office: RoleGrant) -> bool:
    """Whether its last day is over, and somebody else can act where somebody has to."""
    if office.last_day is None or work.today <= office.last_day:
        return False
    others = in_office(_role(office)).where(Resident.id != office.resident_id)
    free = _role(office) not in NEVER_EMPTY
    return free or work.session.scalar(others.limit(1)) is not None


def _back(work: Work, office: RoleGrant, by: int | None, second: int | None) -> None:
    office.pause_first = office.pause_last = office.paused_at = None
    office.pause_reason = ""
    said = {"resident": office.resident_id, "role": office.role}
    log.append(work, OFFICE_BACK, {**said, "by": by, "second": second})


def _check(work: Once, wish: Pause) -> None:
    if wish.reason not in REASONS:
        raise ExpectedError("pause_reason")
    begins = work.today <= wish.first <= work.today + AHEAD
    if not begins or not wish.first <= wish.last <= wish.first + LONGEST:
        raise ExpectedError("pause_days")


def _check_others(work: Acting, resident_id: int, role: Role) -> None:
    """Of officers two households stay, who can bring back; of clerks one."""
    others = work.session.scalars(in_office(role).where(Resident.id != resident_id)).all()
    homes = len({each.household_id for each in others})
    if role in NEVER_EMPTY and homes < (_OFFICERS_HOMES if role == "officer" else 1):
        raise ExpectedError("pause_last")


def _held(session: Session, resident_id: int, role: Role) -> RoleGrant:
    found = held(session, resident_id, role)
    if found is None:
        raise ExpectedError("office_not_held")
    return found


def _open(session: Session) -> Iterable[RoleGrant]:
    return session.scalars(select(RoleGrant).where(RoleGrant.ended_at.is_(None)))


def _role(office: RoleGrant) -> Role:
    return next(each for each in holders("see_what_waits") if each == office.role)
