"""Quarters and the ratings that rounds gave: five dimensions, one to five stars each.

Only a visit gives stars: two who were drawn looked, and the household had its time (`replies`).

A rating holds until its round's day is over, so that a missed inspection round never harms
anyone; not rated is not low; the points that stars give are never negative (design section 3).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, get_args

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from kiosk.core.clock import start_of_day
from kiosk.core.dimensions import Dimension
from kiosk.core.errors import ExpectedError
from kiosk.models.rounds import VisitRound
from kiosk.models.stars import Rating, StarRound
from kiosk.services.access import acting
from kiosk.services.ledger import log
from kiosk.services.village import Village
from kiosk.services.work import Work

DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)
PUT_FORWARD_ONLY = frozenset({"good_faith", "family_spirit"})
"""Rated only from what the household itself put forward."""
MOST_STARS = 5
_POINTS = {4: 1, 5: 2}
NOTHING_MORE: Final[Mapping[str, int]] = {}
_QUARTERS_VALID = 3  # the round's own quarter and the two after it


@dataclass(frozen=True, kw_only=True)
class RatingView:
    """What a household holds on one dimension today; `stars` is None when it is not rated."""

    dimension: str
    stars: int | None
    contested: bool = False
    year: int = 0
    quarter: int = 0
    valid_until: date | None = None

    @property
    def points(self) -> int:
        """What these stars add to the number of each adult: 0, 1 or 2."""
        return 0 if self.contested else _POINTS.get(self.stars or 0, 0)


@dataclass(frozen=True)
class HouseholdRating:
    """The stars that a round gave one household: dimension to 1..5, absent when not rated.

    `put_forward` names the dimensions for which the household itself brought something.
    """

    household_id: int
    stars: Mapping[str, int]
    put_forward: frozenset[str] = frozenset()


def valid_until(year: int, quarter: int) -> date:
    """The last day on which a rating of this quarter counts: the end of the second one after."""
    month = 3 * (quarter + _QUARTERS_VALID - 1)
    years, month = divmod(month, 12)
    return date(year + years, month + 1, 1) - timedelta(days=1)


_HOLDING = (
    select(Rating, StarRound)
    .join(StarRound, Rating.round_id == StarRound.id)
    .where(
        StarRound.valid_until >= bindparam("day"),
        StarRound.published_at < bindparam("ended"),
    )
    .order_by(StarRound.year.desc(), StarRound.quarter.desc())
)
_CURRENT = _HOLDING.where(Rating.household_id == bindparam("household_id"))


def current(work: Work, household_id: int, today: date | None = None) -> tuple[RatingView, ...]:
    """The five dimensions in their order, each with the newest rating that holds on `today`."""
    day = today or work.today
    newest: dict[str, RatingView] = {}
    ended = start_of_day(day + timedelta(days=1))
    asked = {"household_id": household_id, "day": day, "ended": ended}
    for rating, of in work.session.execute(_CURRENT, asked):
        newest.setdefault(rating.dimension, _view(rating, of))
    return tuple(newest.get(name, RatingView(dimension=name, stars=None)) for name in DIMENSIONS)


def current_of_all(work: Work) -> dict[int, tuple[RatingView, ...]]:
    """The same of every household that holds any stars today, by household."""
    newest: dict[int, dict[str, RatingView]] = {}
    asked = {"day": work.today, "ended": start_of_day(work.today + timedelta(days=1))}
    for rating, of in work.session.execute(_HOLDING, asked):
        newest.setdefault(rating.household_id, {}).setdefault(rating.dimension, _view(rating, of))
    return {
        household: tuple(
            held.get(name, RatingView(dimension=name, stars=None)) for name in DIMENSIONS
        )
        for household, held in newest.items()
    }


def points(work: Work, household_id: int, today: date) -> int:
    """What the household's stars add to the number on `today`: 0 to 10."""
    return sum(each.points for each in current(work, household_id, today))


def numbers(session: Session) -> list[list[int]]:
    """Year, quarter and number of every round: what entries of version 0.1 lack."""
    columns = (StarRound.year, StarRound.quarter, StarRound.id)
    return [list(row) for row in session.execute(select(*columns).order_by(StarRound.id))]


def invent(
    village: Village, year: int, quarter: int, ratings: Iterable[HouseholdRating], touch: str
) -> None:
    """The stars of a quarter of a demo village's past, before the first round of visits in it.

    The founding of a demo says in the log that it is one; in any other log stars without a visit
    are found by `kiosk verify`.

    Raises:
        ExpectedError: ``not_allowed`` in any other village, and once a round was opened;
            ``quarter_to_come``, ``stars_out_of_range``, ``not_put_forward``.
    """
    about = f"{year} {quarter}"
    with acting.once_for(village, touch, "invent_stars", 0, about) as work:
        if work.known is not None:
            return
        if not village.settings.demo or work.session.scalar(select(VisitRound.id).limit(1)):
            raise ExpectedError("not_allowed")
        star_round = _round(work, year, quarter)
        for each in ratings:
            _check(each)
            _publish(work, star_round, each)
        work.remember({"invented": star_round.id})


def publish_visit(
    work: Work, year: int, quarter: int, given: HouseholdRating, visit_id: int
) -> None:
    """Publish what a visit gave, in the caller's transaction; a later look takes its place."""
    _check(given)
    star_round = _round(work, year, quarter)
    for row in _rows(work.session, year, quarter, given.household_id):
        work.session.delete(row)
    work.session.flush()
    _publish(work, star_round, given, {"visit": visit_id})


def contest(work: Work, year: int, quarter: int, household_id: int) -> None:
    """Stars of a quarter count for nothing until an appeal is heard; the visit's entry says it."""
    for row in _rows(work.session, year, quarter, household_id):
        row.contested = True


def forget_visit(work: Work, year: int, quarter: int, household_id: int) -> None:
    """Stars of a quarter that lapsed: what the household had before counts as long as it holds."""
    for row in _rows(work.session, year, quarter, household_id):
        work.session.delete(row)
    work.session.flush()


def _rows(session: Session, year: int, quarter: int, household_id: int) -> Iterable[Rating]:
    question = (
        select(Rating)
        .join(StarRound, Rating.round_id == StarRound.id)
        .where(StarRound.year == year, StarRound.quarter == quarter)
        .where(Rating.household_id == household_id)
    )
    return session.scalars(question).all()


def _view(rating: Rating, of: StarRound) -> RatingView:
    return RatingView(
        dimension=rating.dimension,
        stars=rating.stars,
        contested=rating.contested,
        year=of.year,
        quarter=of.quarter,
        valid_until=of.valid_until,
    )


def _round(work: Work, year: int, quarter: int) -> StarRound:
    if quarter not in (1, 2, 3, 4) or first_day(year, quarter) > work.today:
        raise ExpectedError("quarter_to_come", year, quarter)
    found = work.session.scalar(
        select(StarRound).where(StarRound.year == year, StarRound.quarter == quarter)
    )
    if found is None:
        now, until = work.now, valid_until(year, quarter)
        found = StarRound(
            year=year, quarter=quarter, opened_at=now, published_at=now, valid_until=until
        )
        work.session.add(found)
        work.session.flush()
        log.append(work, "round_published", _told(found))
    return found


def _told(of: StarRound) -> dict[str, Any]:
    """What the log says of a round."""
    return {
        "round": of.id,
        "year": of.year,
        "quarter": of.quarter,
        "valid_until": of.valid_until.isoformat(),
    }


def first_day(year: int, quarter: int) -> date:
    """The day on which a quarter begins."""
    return date(year, 3 * quarter - 2, 1)


def _check(given: HouseholdRating) -> None:
    for dimension, stars in given.stars.items():
        if dimension not in DIMENSIONS or stars not in range(1, MOST_STARS + 1):
            raise ExpectedError("stars_out_of_range")
    if PUT_FORWARD_ONLY & (given.stars.keys() - given.put_forward):
        raise ExpectedError("not_put_forward")


def _publish(
    work: Work,
    star_round: StarRound,
    given: HouseholdRating,
    more: Mapping[str, int] = NOTHING_MORE,
) -> None:
    index = log.append(
        work,
        "rating",
        {
            **_told(star_round),
            "household": given.household_id,
            "stars": dict(given.stars),
            "put_forward": sorted(given.put_forward),
            "by": None,
            **more,
        },
    )
    for dimension, stars in given.stars.items():
        work.session.add(
            Rating(
                round_id=star_round.id,
                household_id=given.household_id,
                dimension=dimension,
                stars=stars,
                ledger_index=index,
            )
        )
