"""Giving out cards and offices: by a clerk, by an officer, and once at the founding."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.core.errors import ExpectedError
from kiosk.models.access import Card, RoleGrant
from kiosk.models.register import Resident
from kiosk.services.access import acting
from kiosk.services.access.acting import Acting
from kiosk.services.access.cards import DrawnCard, IssuedCard, draw_card, write_card
from kiosk.services.access.peppers import in_office, require_locked_out
from kiosk.services.access.roles import ROLES, Role, holders
from kiosk.services.access.sessions import SignedIn, require
from kiosk.services.access.views import record_view
from kiosk.services.ledger import log
from kiosk.services.village import Village
from kiosk.services.work import Work, reading, writing


def issue_card(village: Village, session_id: str, resident_id: int) -> IssuedCard:
    """Draw a new card and PIN for a resident; the card they had before ends.

    It has no touch: the PIN is kept nowhere, so a second try draws another card and ends the
    first. The person sees on their own screen who issued it.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``resident_unknown``, ``own_card``.
    """
    with acting.reading(village, session_id, *holders("issue_card")) as work:
        _check_not_own(work, resident_id)
    drawn = draw_card(village, resident_id)
    with acting.writing(village, session_id, *holders("issue_card")) as work:
        _check_not_own(work, resident_id)
        write_card(work, drawn, work.who.resident_id)
        record_view(work, work.who, resident_id, "print_card")
    return drawn.issued


def had_card(village: Village, session_id: str, resident_id: int) -> bool:
    """Whether this person was ever given a card, which another one can replace; for clerks.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with acting.reading(village, session_id, *holders("issue_card")) as work:
        question = select(Card.id).where(Card.resident_id == resident_id).limit(1)
        return work.session.scalar(question) is not None


def founding(village: Village, founders: Mapping[int, frozenset[Role]]) -> tuple[IssuedCard, ...]:
    """Give the first officials (resident id to roles) their offices and cards, once in a village.

    Raises:
        ExpectedError: ``already_founded``, ``founders_incomplete`` without an officer and a clerk,
            ``resident_unknown``.
    """
    if not {"officer", "clerk"} <= frozenset[str]().union(*founders.values()):
        raise ExpectedError("founders_incomplete")
    drawn = [draw_card(village, resident_id) for resident_id in founders]
    with writing(village) as work:
        _write_founders(work, founders, drawn)
    return tuple(each.issued for each in drawn)


def reissue(
    village: Village, keep: Callable[[tuple[IssuedCard, ...]], object]
) -> tuple[IssuedCard, ...]:
    """Give everybody in office a new card and PIN where none of them can sign in any more.

    `keep` puts the papers in safety before the cards count: whatever is interrupted, either the
    papers are there or it can be done again. All of it is one transaction, an entry a card.

    Raises:
        ExpectedError: ``officials_can_sign_in``, ``pepper_not_noted``.
    """
    with reading(village) as work:
        require_locked_out(work)
        officials = in_office(work.session)
    drawn = [draw_card(village, resident_id) for resident_id in officials]
    issued = tuple(each.issued for each in drawn)
    keep(issued)
    with writing(village) as work:
        log.take_turn(work)
        require_locked_out(work)
        for card in drawn:
            write_card(work, card, None)
    return issued


def roles_of(session: Session, resident_id: int) -> tuple[Role, ...]:
    """The offices that somebody holds, in a fixed order."""
    return tuple(role for role in ROLES if _held(session, resident_id, role) is not None)


def grant_role(village: Village, session_id: str, resident_id: int, role: Role, touch: str) -> None:
    """Give `resident_id` an office; harmless if they hold it already.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``own_office`` for oneself or one's own
            household, ``resident_unknown``.
    """
    about, may = f"{role} {resident_id}", holders("grant_role")
    with acting.once(village, session_id, touch, "grant_role", about, may) as work:
        if work.known is not None:
            return
        _not_at_home(work.session, work.who, resident_id)
        if _held(work.session, resident_id, role) is None:
            _grant(work, resident_id, role, work.who.resident_id)
        work.remember({"granted": role, "to": resident_id})


def end_role(village: Village, session_id: str, resident_id: int, role: Role, touch: str) -> None:
    """End an office. Anybody may lay down their own; the last officer and clerk stay.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``own_office``, ``last_in_office``.
    """
    with acting.once(village, session_id, touch, "end_role", f"{role} {resident_id}") as work:
        own = work.who.resident_id == resident_id
        if not own:
            require(work, session_id, *holders("grant_role"))
        if work.known is not None:
            return
        if not own:
            _not_at_home(work.session, work.who, resident_id)
        _end_office(work, resident_id, role, work.who.resident_id)
        work.remember({"ended": role, "of": resident_id})


def _check_not_own(work: Acting, resident_id: int) -> None:
    if work.who.resident_id == resident_id:
        raise ExpectedError("own_card")


def _write_founders(
    work: Work,
    founders: Mapping[int, frozenset[Role]],
    drawn: list[DrawnCard],
) -> None:
    if work.session.scalar(select(func.count()).select_from(RoleGrant)):
        raise ExpectedError("already_founded")
    for card in drawn:
        write_card(work, card, None)
        for role in sorted(founders[card.issued.resident_id]):
            _grant(work, card.issued.resident_id, role, None)


def _grant(work: Work, resident_id: int, role: Role, by: int | None) -> None:
    if role not in ROLES:
        raise ValueError(f"no office {role}")
    grant = RoleGrant(resident_id=resident_id, role=role, granted_at=work.now)
    work.session.add(grant)
    work.session.flush()
    content = {"resident": resident_id, "role": role, "by": by}
    log.append(work, "role_granted", content)


def _end_office(work: Work, resident_id: int, role: Role, by: int) -> None:
    grant = _held(work.session, resident_id, role)
    if grant is None:
        return
    if role != "keeper" and _number_in_office(work.session, role) == 1:
        raise ExpectedError("last_in_office")
    grant.ended_at = work.now
    content = {"resident": resident_id, "role": role, "by": by}
    log.append(work, "role_ended", content)


def _held(session: Session, resident_id: int, role: Role) -> RoleGrant | None:
    return session.scalar(
        select(RoleGrant).where(
            RoleGrant.resident_id == resident_id,
            RoleGrant.role == role,
            RoleGrant.ended_at.is_(None),
        )
    )


def _number_in_office(session: Session, role: Role) -> int:
    living = (RoleGrant.role == role, RoleGrant.ended_at.is_(None))
    return session.scalar(select(func.count()).where(*living)) or 0


def _not_at_home(session: Session, officer: SignedIn, resident_id: int) -> None:
    """Offices are not handed out within a household."""
    resident = session.get(Resident, resident_id)
    if resident is None or not resident.active:
        raise ExpectedError("resident_unknown")
    if resident.household_id == officer.household_id:
        raise ExpectedError("own_office")
