"""Rounds, ratings and signs, as the log gives them.

What a household wants shown at most is in no entry: it is what its last sign left out of what it
had earned by then.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kiosk.models.rounds import VisitRound
from kiosk.models.stars import DoorSign, Rating, SignChoice, StarRound
from kiosk.services.audit.fold import visits
from kiosk.services.audit.fold.days import days_of
from kiosk.services.audit.fold.state import Entry, State
from kiosk.services.audit.fold.takers import takes
from kiosk.services.ledger.contents import Told
from kiosk.services.stars import ratings
from kiosk.services.stars.ratings import RatingView

_ROUNDS_A_YEAR = 4


@takes("round_published")
def round_published(state: State, entry: Entry, told: Told) -> None:
    """A quarter that has begun has its round, once."""
    year, quarter = told["year"], told["quarter"]
    if state.get(StarRound, year=year, quarter=quarter) is not None:
        state.not_allowed("was published")
    if date.fromisoformat(told["valid_until"]) != ratings.valid_until(year, quarter):
        state.not_allowed("not valid as long as each is")
    if ratings.first_day(year, quarter) > max(days_of(entry)):
        state.not_allowed("a quarter to come")
    _publish(state, entry, told, told["round"])


@takes("rating")
def rating(state: State, entry: Entry, told: Told) -> None:
    """A household's stars of a round, of each dimension once.

    Only a visit gives stars; a demo village's past was invented, until its first round of visits.
    In version 0.1 the first of them was all that the log said of a round.
    """
    year, quarter = told["year"], told["quarter"]
    if "round" not in told and state.get(StarRound, year=year, quarter=quarter) is None:
        _publish(state, entry, told, stand_in(year, quarter))
    of = state.get(StarRound, year=year, quarter=quarter)
    if "visit" in told:
        visits.take_effect(state, entry, told)
    elif not state.is_demo or state.rows(VisitRound):
        state.not_allowed("without those who were drawn")
    for dimension, stars in told["stars"].items():
        if dimension not in ratings.DIMENSIONS or stars not in range(1, ratings.MOST_STARS + 1):
            state.not_allowed("no such stars")
        if dimension in ratings.PUT_FORWARD_ONLY - set(told["put_forward"]):
            state.not_allowed("not put forward")
        about = {"household_id": told["household"], "round_id": of.id, "dimension": dimension}
        if state.rows(Rating, **about):
            state.not_allowed("was rated")
        state.put(Rating, stars=stars, ledger_index=entry.index, **about)


def stand_in(year: int, quarter: int) -> int:
    """What a round is called whose number no entry says; never the number of one."""
    return -(_ROUNDS_A_YEAR * year + quarter)


def _publish(state: State, entry: Entry, told: Told, number: int) -> None:
    state.put(
        StarRound,
        id=number,
        year=told["year"],
        quarter=told["quarter"],
        opened_at=entry.at,
        published_at=entry.at,
        valid_until=date.fromisoformat(told["valid_until"]),
    )


def stars_of(state: State, household_id: int, day: date) -> tuple[RatingView, ...]:
    """The five dimensions, each with the newest rating that holds on `day`."""
    rounds = {each.id: each for each in state.rows(StarRound)}
    views = [
        RatingView(
            dimension=row.dimension,
            stars=row.stars,
            contested=bool(row.contested),
            year=rounds[row.round_id].year,
            quarter=rounds[row.round_id].quarter,
            valid_until=rounds[row.round_id].valid_until,
        )
        for row in state.rows(Rating, household_id=household_id)
        if rounds[row.round_id].valid_until >= day
    ]
    newest = {each.dimension: each for each in sorted(views, key=_quarter)}
    return tuple(
        newest.get(name, RatingView(dimension=name, stars=None)) for name in ratings.DIMENSIONS
    )


def _quarter(view: RatingView) -> tuple[int, int]:
    return view.year, view.quarter


@takes("door_sign")
def door_sign(state: State, entry: Entry, told: Told) -> None:
    """A sign takes the place of the one before it, and shows at most what was earned."""
    house, shown, until = told["household"], told["shown"], date.fromisoformat(told["valid_until"])
    by_day = [_earned(state, house, day) for day in days_of(entry)]
    earned = next((each for each in by_day if _is_earned(shown, until, each)), by_day[0])
    if not _is_earned(shown, until, earned):
        state.not_allowed("not what was earned")
    old = state.get(DoorSign, household_id=house, ended_at=None)
    if told["replaces"] != (old.serial if old else None):
        state.not_allowed("another sign was in force")
    if old:
        state.change(DoorSign, {"serial": old.serial}, ended_at=entry.at, ended_why="replaced")
    year, quarter = max(map(_quarter, earned.values()))
    state.put(
        DoorSign,
        serial=told["serial"],
        household_id=house,
        round_id=state.get(StarRound, year=year, quarter=quarter).id,
        shown=shown,
        issued_at=entry.at,
        valid_until=until,
        ledger_index=entry.index,
    )
    _choose(state, house, earned, shown)


@takes("sign_taken_down", "sign_outdated")
def sign_ended(state: State, entry: Entry, told: Told) -> None:
    """A sign that was in force is so no longer."""
    in_force = {
        "serial": told["serial"],
        "household_id": told["household"],
        "ended_at": None,
    }
    why = entry.kind.removeprefix("sign_")
    if not state.change(DoorSign, in_force, ended_at=entry.at, ended_why=why):
        state.not_allowed("was not in force")


def _earned(state: State, household_id: int, day: date) -> dict[str, RatingView]:
    """What a household holds, by dimension; what is not rated is left out."""
    views = stars_of(state, household_id, day)
    return {each.dimension: each for each in views if each.stars is not None and not each.contested}


def _is_earned(shown: Mapping[str, int], until: date, earned: Mapping[str, RatingView]) -> bool:
    """Whether a sign may show this, so long."""
    most = {each: view.stars or 0 for each, view in earned.items()}
    at_most = all(1 <= stars <= most.get(each, 0) for each, stars in shown.items())
    return bool(earned) and at_most and until == _holds_until(shown, earned)


def _holds_until(shown: Mapping[str, int], earned: Mapping[str, RatingView]) -> date | None:
    """As long as everything on the sign does, or, where nothing is on it, all that could be."""
    return min(each.valid_until or date.min for each in map(earned.__getitem__, shown or earned))


def _choose(
    state: State, household_id: int, earned: Mapping[str, RatingView], shown: Mapping[str, int]
) -> None:
    """Fewer stars than were earned stay chosen; what is not rated stays as it was."""
    for dimension, view in earned.items():
        chosen: dict[str, Any] = {"household_id": household_id, "dimension": dimension}
        state.drop(SignChoice, **chosen)
        if (most := shown.get(dimension, 0)) < (view.stars or 0):
            state.put(SignChoice, most=most, **chosen)
