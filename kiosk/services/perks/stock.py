"""What is on the shelf is counted, and what differs is written down with a reason and two names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.core.clock import village_day
from kiosk.core.errors import ExpectedError
from kiosk.models.perks import Perk, Redemption, ShelfCount
from kiosk.services.access import acting, offices, roles
from kiosk.services.access.offices import Signature
from kiosk.services.access.sessions import Proven, prove
from kiosk.services.ledger import log
from kiosk.services.perks import catalogue
from kiosk.services.perks.catalogue import PerkLine, move_stock
from kiosk.services.village import Village

COUNTED: Final = "perk_counted"
REASONS: Final = ("broken", "spoiled", "missing", "turned_up", "miscounted")
"""Why something else was found; words at ``perks.count_<reason>``."""
MAY: Final = roles.holders("hand_over_perk")


@dataclass(frozen=True)
class Found:
    """How many were counted; a reason, and who agrees, where that is not what ought to be there."""

    found: int
    reason: str = ""
    signature: Signature | None = None


@dataclass(frozen=True)
class ShelfLine:
    """A perk as who keeps the shelf sees it."""

    perk: PerkLine
    kept: int
    """How many are reserved and lie there for people."""
    counted_on: date | None


def lines(village: Village, session_id: str) -> tuple[ShelfLine, ...]:
    """The shelf, for who keeps it; nobody is named.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with acting.reading(village, session_id, *MAY) as work:
        session = work.session
        counted = dict(_last_counts(session))
        return tuple(
            ShelfLine(catalogue.line_of(each), kept_of(session, each.id), counted.get(each.id))
            for each in session.scalars(catalogue.offered()).all()
        )


def count(village: Village, session_id: str, perk_id: int, found: Found, touch: str) -> PerkLine:
    """A clerk counted what lies there, what is kept for people with it.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``perk_unknown``, ``count_unclear`` for
            less than nothing or more than a shelf holds, ``count_kept`` where fewer are there than
            are kept for people, with how many; where it differs ``count_reason`` without a listed
            reason and ``count_second`` without an officer, as `sessions.prove` and
            `offices.second_officer`.
    """
    signed = found.signature
    second = prove(village, signed.card, signed.pin) if signed else None
    with acting.once(village, session_id, touch, "count_perk", perk_id, roles=MAY) as work:
        log.take_turn(work)
        perk = work.session.get(Perk, perk_id)
        if perk is None:
            raise ExpectedError("perk_unknown")
        if work.known is not None:
            return catalogue.line_of(perk)
        kept = kept_of(work.session, perk.id)
        differs = found.found - perk.stock - kept
        _check(found, kept, differs, second)
        row = ShelfCount(
            perk_id=perk.id,
            expected=perk.stock + kept,
            found=found.found,
            reason=found.reason if differs else "",
            by_id=work.who.resident_id,
            second_id=(
                offices.second_officer(work, second, work.who.resident_id)
                if differs and second
                else None
            ),
            at=work.now,
        )
        _book(work, perk, row, differs)
        work.remember({"count": row.id})
        return catalogue.line_of(perk)


def _book(work: acting.Once, perk: Perk, row: ShelfCount, differs: int) -> None:
    work.session.add(row)
    work.session.flush()
    said = {"perk": perk.id, "expected": row.expected, "found": row.found, "reason": row.reason}
    names = {"by": row.by_id, "second": row.second_id}
    log.append(work, COUNTED, {"count": row.id, **said, **names})
    if differs:
        move_stock(work, perk, differs, "counted")
        work.session.flush()


def kept_of(session: Session, perk_id: int) -> int:
    """How many of a perk are reserved."""
    reserved = (Redemption.perk_id == perk_id, Redemption.state == "reserved")
    return session.scalar(select(func.count()).where(*reserved)) or 0


def _check(found: Found, kept: int, differs: int, second: Proven | None) -> None:
    if not 0 <= found.found <= catalogue.MOST:
        raise ExpectedError("count_unclear")
    if found.found < kept:
        raise ExpectedError("count_kept", kept)
    if differs and found.reason not in REASONS:
        raise ExpectedError("count_reason")
    if differs and second is None:
        raise ExpectedError("count_second")


def _last_counts(session: Session) -> list[tuple[int, date]]:
    newest = select(ShelfCount.perk_id, func.max(ShelfCount.at)).group_by(ShelfCount.perk_id)
    return [(perk, village_day(at)) for perk, at in session.execute(newest)]
