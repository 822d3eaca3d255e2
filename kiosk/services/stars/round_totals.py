"""What of a round concerns everybody, as totals for the board: nobody is named, and no household.

No total is of fewer than ten households: stars of which too few were given stand together with
those beside them. A round stands here once nothing of it can change any more, so that two boards,
held beside each other, tell of no household either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select

from kiosk.core.clock import village_day
from kiosk.models.rounds import Visit, VisitRound
from kiosk.models.stars import Rating, StarRound
from kiosk.services.stars import fairness
from kiosk.services.stars.agreement import alpha
from kiosk.services.stars.ratings import DIMENSIONS, MOST_STARS
from kiosk.services.stars.terms import (
    APPEALS_WITHIN,
    FIRST,
    GONE,
    MISSED,
    SEATS,
    UNDER_WAY,
    end_of,
)
from kiosk.services.village import Village
from kiosk.services.work import Work, reading

FEWEST: Final = 10
"""Households of which a total may be told (charter 7)."""


@dataclass(frozen=True)
class Band:
    """How many households hold from `least` to `most` stars; ten of them at least."""

    least: int
    most: int
    homes: int


@dataclass(frozen=True)
class DimensionTotal:
    """A dimension: how many households were rated on it, and their stars, the fewest first."""

    dimension: str
    homes: int
    bands: tuple[Band, ...]


@dataclass(frozen=True)
class Share:
    """So many in a hundred, in whole ones, of so many; ten of them at least."""

    hundredths: int
    of: int


@dataclass(frozen=True, kw_only=True)
class RoundTotals:
    """The newest round of which everything is settled. What is of fewer than ten is None."""

    year: int
    quarter: int
    homes: int
    """How many households were given stars."""
    dimensions: tuple[DimensionTotal, ...]
    """In the order of the sign; one on which fewer than ten were rated is not among them."""
    on_time: Share | None
    """Of the visits that the round was to make, those that were made before it ended."""
    third: Share | None
    """Of the households at which two looked, those at which a third had to."""
    overturned: Share | None
    """Of the new looks and appeals, those that gave other stars."""
    alpha: float | None
    """How alike two who looked at the same household scored: 1 is the same, 0 is by chance."""


def round_totals(village: Village) -> RoundTotals | None:
    """The totals of the newest round that is settled; None where none is, or of too few."""
    with reading(village) as work:
        return round_totals_in(work)


def round_totals_in(work: Work) -> RoundTotals | None:
    """As `round_totals`, in the caller's unit."""
    newest = select(StarRound).order_by(StarRound.year.desc(), StarRound.quarter.desc())
    for given in work.session.scalars(newest).all():
        of = _visits_of(work, given)
        settled = of is None or _is_settled(work, of)
        if settled and (found := _totals(work, given, of)):
            return found
    return None


def bands(counted: Mapping[int, int]) -> tuple[Band, ...]:
    """Stars to how many hold so many, put together until each band is of ten; none if it cannot."""
    found: list[Band] = []
    first, homes = 1, 0
    for stars in range(1, MOST_STARS + 1):
        homes += counted.get(stars, 0)
        if homes >= FEWEST:
            found.append(Band(first, stars, homes))
            first, homes = stars + 1, 0
    if first <= MOST_STARS and found:
        last = found.pop()
        found.append(Band(last.least, MOST_STARS, last.homes + homes))
    return tuple(found)


def share(part: int, of: int) -> Share | None:
    """A part of a whole, rounded to the nearest hundredth; None where the whole is of too few."""
    return Share((200 * part + of) // (2 * of), of) if of >= FEWEST else None


def _visits_of(work: Work, given: StarRound) -> VisitRound | None:
    """The visits from which stars came; a demo's past has none."""
    quarter = (VisitRound.year == given.year, VisitRound.quarter == given.quarter)
    return work.session.scalar(select(VisitRound).where(*quarter))


def _is_settled(work: Work, of: VisitRound) -> bool:
    """Whether nothing is under way, and nothing that took effect can be appealed any more."""
    if of.closed_at is None:
        return False
    mine = Visit.round_id == of.id
    under_way = select(Visit.id).where(mine, Visit.state.in_(UNDER_WAY)).limit(1)
    if work.session.scalar(under_way) is not None:
        return False
    last = work.session.scalar(select(func.max(Visit.effective_at)).where(mine))
    return last is None or work.now >= end_of(village_day(last), APPEALS_WITHIN)


def _totals(work: Work, given: StarRound, of: VisitRound | None) -> RoundTotals | None:
    rows = work.session.execute(
        select(Rating.dimension, Rating.stars, Rating.household_id).where(
            Rating.round_id == given.id, Rating.contested.is_(False)
        )
    ).all()
    homes = len({home for _, _, home in rows})
    if homes < FEWEST:
        return None
    seen = fairness.seen_in(work, of) if of else []
    changed = [change for each in seen for change in fairness.changes(each)]
    third = sum(len(each.looks[FIRST]) > SEATS[FIRST] for each in seen)
    return RoundTotals(
        year=given.year,
        quarter=given.quarter,
        homes=homes,
        dimensions=tuple(_dimensions([(dimension, stars) for dimension, stars, _ in rows])),
        on_time=_on_time(work, of) if of else None,
        third=share(third, len(seen)),
        overturned=share(sum(changed), len(changed)),
        alpha=alpha(fairness.units(seen)) if len(seen) >= FEWEST else None,
    )


def _dimensions(rows: Sequence[tuple[str, int]]) -> Iterator[DimensionTotal]:
    for dimension in DIMENSIONS:
        counted = Counter(stars for name, stars in rows if name == dimension)
        if found := bands(counted):
            yield DimensionTotal(dimension, counted.total(), found)


def _on_time(work: Work, of: VisitRound) -> Share | None:
    states = Counter(work.session.scalars(select(Visit.state).where(Visit.round_id == of.id)))
    wanted = states.total() - states[GONE]
    return share(wanted - states[MISSED], wanted)
