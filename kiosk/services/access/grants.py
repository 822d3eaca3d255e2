"""Giving out cards: by a clerk, and once at the founding, with the first offices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.core.errors import ExpectedError
from kiosk.models.access import Card, RoleGrant
from kiosk.services.access import acting, offices
from kiosk.services.access.acting import Acting
from kiosk.services.access.cards import (
    DrawnCard,
    IssuedCard,
    draw_card,
    foreign_hash,
    write_card,
)
from kiosk.services.access.peppers import in_office, require_locked_out
from kiosk.services.access.roles import ROLES, Role, holders
from kiosk.services.access.views import record_view
from kiosk.services.ledger import log
from kiosk.services.village import Village
from kiosk.services.work import Work, reading, writing


def issue_card(
    village: Village,
    session_id: str,
    resident_id: int,
    *,
    with_pin: bool = True,
    foreign: bytes | None = None,
) -> IssuedCard:
    """Draw a new card and PIN for a resident; the card they had before ends.

    Without a PIN, which is how the desk does it, the holder draws one alone (`first_pin`).
    `foreign` is what stands on a card of something else that is to be theirs instead.

    It has no touch: the PIN is kept nowhere, so a second try draws another card and ends the
    first. The person sees on their own screen who issued it.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``resident_unknown``, ``own_card``,
            ``foreign_card_taken`` for one that is or was somebody's.
    """
    with acting.reading(village, session_id, *holders("issue_card")) as work:
        _check_not_own(work, resident_id)
    drawn = draw_card(village, resident_id, with_pin=with_pin)
    if foreign is not None:
        drawn = replace(drawn, foreign=foreign_hash(village, foreign))
    with acting.writing(village, session_id, *holders("issue_card")) as work:
        _check_not_own(work, resident_id)
        _check_free(work, drawn)
        write_card(work, drawn, work.who.resident_id)
        record_view(work, work.who, resident_id, "foreign_card" if foreign else "print_card")
    return drawn.issued


def had_card(village: Village, session_id: str, resident_id: int) -> bool:
    """Whether this person was ever given a card, which another one can replace; for clerks.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with acting.reading(village, session_id, *holders("issue_card")) as work:
        question = select(Card.id).where(Card.resident_id == resident_id).limit(1)
        return work.session.scalar(question) is not None


def founding(
    village: Village,
    founders: Mapping[int, frozenset[Role]],
    assembly: date | None = None,
) -> tuple[IssuedCard, ...]:
    """Give the first officials (resident id to roles) their offices and cards, once in a village.

    `assembly` is the day on which it chose them, of which the log is told.

    Raises:
        ExpectedError: ``already_founded``, ``founders_incomplete`` without an officer and a clerk,
            ``resident_unknown``.
    """
    if not {"officer", "clerk"} <= frozenset[str]().union(*founders.values()):
        raise ExpectedError("founders_incomplete")
    drawn = [draw_card(village, resident_id) for resident_id in founders]
    with writing(village) as work:
        _write_founders(work, founders, drawn, assembly)
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


def appoint_in_an_emergency(
    village: Village, change: offices.Change, keep: Callable[[tuple[IssuedCard, ...]], object]
) -> IssuedCard:
    """Give an office and the card that opens it, where two officers are no longer left.

    `keep` as in `reissue`. The card opens the office at once, since nobody may be left to vouch.

    Raises:
        ExpectedError: as `offices.grant_in_an_emergency`.
    """
    offices.require_emergency(village)
    drawn = draw_card(village, change.resident_id)
    keep((drawn.issued,))
    with writing(village) as work:
        offices.grant_in_an_emergency(work, change)
        write_card(work, drawn, None)
    return drawn.issued


def roles_of(session: Session, resident_id: int) -> tuple[Role, ...]:
    """The offices that somebody holds, in a fixed order."""
    return tuple(role for role in ROLES if offices.held(session, resident_id, role) is not None)


def _check_not_own(work: Acting, resident_id: int) -> None:
    if work.who.resident_id == resident_id:
        raise ExpectedError("own_card")


def _check_free(work: Acting, drawn: DrawnCard) -> None:
    """Refuse a foreign card that opens or opened somebody's record, without saying whose."""
    if drawn.foreign is not None:
        taken = select(Card.id).where(Card.token_hash == drawn.foreign)
        if work.session.scalar(taken) is not None:
            raise ExpectedError("foreign_card_taken")


def _write_founders(
    work: Work,
    founders: Mapping[int, frozenset[Role]],
    drawn: list[DrawnCard],
    assembly: date | None,
) -> None:
    if work.session.scalar(select(func.count()).select_from(RoleGrant)):
        raise ExpectedError("already_founded")
    for card in drawn:
        write_card(work, card, None)
        for role in sorted(founders[card.issued.resident_id]):
            given: dict[str, object] = {"by": None, "reason": offices.AT_THE_FOUNDING}
            if assembly is not None:
                given["assembly"] = assembly.isoformat()
            offices.grant(work, card.issued.resident_id, role, given)
