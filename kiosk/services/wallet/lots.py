"""What the points of a wallet are made of, and when each of them ends.

Points that were credited keep for 365 days, as the deed that they are for counts. The oldest are
spent first, so what is in a wallet are the youngest credits. Points that come back from something
that was not collected keep for thirty days at least, however old they were.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from kiosk.core.clock import start_of_day, village_day
from kiosk.models.perks import WalletMovement
from kiosk.services.ledger import log
from kiosk.services.retry import one_by_one
from kiosk.services.village import Village
from kiosk.services.wallet import balance
from kiosk.services.work import Work, writing

KEPT: Final = {"deed": timedelta(days=365), "perk_back": timedelta(days=30)}
"""How long points keep, by why they came in; through the whole of the last day."""
TOLD_BEFORE: Final = timedelta(days=30)
"""So long before they end, whoever signs in is told."""
ENDED: Final = "ended"


@dataclass(frozen=True)
class Lot:
    """Points that came in on one day and end on another."""

    points: int
    since: date
    ends: date


def lots_in(session: Session, resident_id: int, today: date) -> tuple[Lot, ...]:
    """What is in a person's wallet, the next to end first."""
    mine = select(WalletMovement).where(WalletMovement.resident_id == resident_id)
    movements = session.scalars(mine.order_by(WalletMovement.id)).all()
    return tuple(reversed(tuple(_filled(movements, today))))


def _filled(movements: Iterable[WalletMovement], today: date) -> Iterable[Lot]:
    """The youngest first, as far as the wallet reaches."""
    left = sum(each.points for each in movements)
    for lot in sorted(_credits(movements), key=lambda each: each.ends, reverse=True):
        if left <= 0 or lot.ends < today:
            return
        points = min(left, lot.points)
        left -= points
        yield Lot(points, lot.since, lot.ends)


def _credits(movements: Iterable[WalletMovement]) -> Iterable[Lot]:
    """What came in, one lot for a day."""
    by_day: Counter[tuple[date, date]] = Counter()
    for each in movements:
        if each.why in KEPT:
            since = village_day(each.at)
            by_day[since, since + KEPT[each.why]] += each.points
    return (Lot(points, since, ends) for (since, ends), points in by_day.items())


def ending_soon(lots: Iterable[Lot], today: date) -> tuple[Lot, ...]:
    """Those of which their person is told already."""
    return tuple(each for each in lots if each.ends <= today + TOLD_BEFORE)


def end_over_in(work: Work, resident_id: int) -> int:
    """End what has been kept long enough of one wallet, in the caller's transaction; how much."""
    lasting = sum(each.points for each in lots_in(work.session, resident_id, work.today))
    over = balance.wallet_of(work.session, resident_id) - lasting
    if over > 0:
        balance.move(work, {"resident": resident_id}, -over, ENDED)
        work.session.flush()
    return max(over, 0)


def end_over(village: Village) -> int:
    """End what has been kept long enough, one transaction each; in how many wallets.

    Called by the timer; calling it again changes nothing.
    """
    with village.read() as session:
        rows = session.execute(_kept_in_all(village_day(village.clock.now())))
        people = [resident for resident, kept, lasting in rows if kept > lasting]
    return sum(one_by_one(_end, village, people))


def _end(village: Village, resident_id: int) -> bool:
    with writing(village) as work:
        log.take_turn(work)
        return end_over_in(work, resident_id) > 0


def _kept_in_all(today: date) -> Select[int, int, int]:
    """What is in each wallet, and what of all that came in lasts; no wallet is chosen by either."""
    lasts = or_(
        *(
            and_(WalletMovement.why == why, WalletMovement.at >= start_of_day(today - kept))
            for why, kept in KEPT.items()
        )
    )
    lasting = func.sum(case((lasts, WalletMovement.points), else_=0))
    return (
        select(WalletMovement.resident_id, func.sum(WalletMovement.points), lasting)
        .group_by(WalletMovement.resident_id)
        .order_by(WalletMovement.resident_id)
    )
