"""Whether stars are given alike, for officers and who may sit on a panel: charts without names.

Reckoned from looks that were shown to their household: what nobody may see yet is in none of it.
Inspectors stand under a letter each, in the order of the round's lot, which says nothing of
anybody; who looked at few, and kinds of premises of which there are few, stand in no line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from statistics import fmean, pstdev
from typing import Final

from sqlalchemy import select

from kiosk.core.clock import village_day
from kiosk.core.errors import ExpectedError
from kiosk.models.rounds import Visit, VisitRound, VisitSeat
from kiosk.services.access import acting
from kiosk.services.access.acting import Acting
from kiosk.services.access.roles import may
from kiosk.services.consent.consents import standing_consent
from kiosk.services.ledger import lot
from kiosk.services.stars import checklists, outcomes, rubrics
from kiosk.services.stars.agreement import alpha
from kiosk.services.stars.ratings import DIMENSIONS
from kiosk.services.stars.terms import FIRST, GONE, MISSED, OPEN, OWN, SEATS, last_day
from kiosk.services.village import Village
from kiosk.services.work import Work

FEWEST_LOOKS: Final = 5
"""So many looks, or households of a kind, make a line of a chart."""
FEWEST_HOMES: Final = 10
"""Of so many households the whole tells something."""
SPREAD: Final = 1.96
"""Standard deviations between which 19 of 20 lie by chance alone."""
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

Stars = dict[str, int]


@dataclass(frozen=True, kw_only=True)
class Group:
    """What was given by one inspector, or to one kind of premises, beside what chance would give.

    Means are of stars, 1 to 5.
    """

    key: str
    """A letter, or a kind of premises."""
    looks: int
    mean: float
    least: float
    most: float
    """Between which 19 of 20 would lie if the lot alone had made the difference."""
    counted: tuple[int, ...]
    """How often one star, two, up to five."""

    @property
    def beyond(self) -> bool:
        """Whether it lies outside of what chance would give."""
        return not self.least <= self.mean <= self.most


@dataclass(frozen=True, kw_only=True)
class Fairness:
    """A round at a glance."""

    year: int
    quarter: int
    homes: int
    """How many households were looked at by two."""
    alpha: float | None
    """How alike the pairs scored; None where nothing can be told."""
    third: int
    """At how many a third had to look."""
    inspectors: tuple[Group, ...]
    kinds: tuple[Group, ...]
    left_out: int
    """Inspectors who looked at too few to stand in a line."""
    asked_anew: int
    """New looks and appeals of which the stars are known."""
    overturned: int
    """Of these, after how many the stars were others."""
    rounds: int
    """Rounds that are over, of all time."""
    on_time: int
    """Of these, how many ended in their time with nobody left out."""


@dataclass(frozen=True)
class _Look:
    """One look of those that are shown: whose, at which kind of premises, and what it gave."""

    inspector: int
    kind: str
    stars: Stars

    @property
    def mean(self) -> float:
        return fmean(self.stars.values())


@dataclass(frozen=True)
class Seen:
    """A visit, and what the looks gave that are shown, by look and in the order of the seats."""

    visit: Visit
    looks: Mapping[int, Sequence[_Look]]

    @property
    def pair(self) -> Sequence[_Look]:
        """The two who looked first."""
        return self.looks.get(FIRST, ())[: SEATS[FIRST]]


def fairness(village: Village, session_id: str) -> Fairness | None:
    """The newest round of which enough was shown; None where there is none yet.

    Raises:
        ExpectedError: ``session_over``; ``not_allowed`` for who is neither an officer nor agreed to
            sit on panels.
    """
    with acting.reading(village, session_id) as work:
        _check_may(work)
        rounds = work.session.scalars(select(VisitRound).order_by(VisitRound.id.desc())).all()
        for of in rounds:
            seen = seen_in(work, of)
            if len(seen) >= FEWEST_HOMES:
                return _fairness(of, seen, _over(work, rounds))
        return None


def may_see(work: Acting) -> bool:
    """Whether somebody sees it: an officer, or who agreed to sit on panels."""
    if may("inspect_household", work.who.roles):
        return True
    return standing_consent(work.session, work.who.resident_id, "panel") is not None


def by_chance(groups: Mapping[str, Sequence[_Look]]) -> tuple[Group, ...]:
    """Each group beside the spread that it would have if its looks had been drawn from all.

    The standard error of the mean of n drawn without replacement from N (W. G. Cochran, *Sampling
    Techniques*, 3rd ed. 1977, theorem 2.2), which is how the lot gives households to inspectors.
    """
    every = [look.mean for looks in groups.values() for look in looks]
    middle, spread = fmean(every), pstdev(every)
    found = []
    for key, looks in groups.items():
        few, many = len(looks), len(every)
        error = spread * sqrt((many - few) / (few * (many - 1))) if many > 1 else 0.0
        given = [stars for look in looks for stars in look.stars.values()]
        found.append(
            Group(
                key=key,
                looks=few,
                mean=fmean(look.mean for look in looks),
                least=max(1.0, middle - SPREAD * error),
                most=min(5.0, middle + SPREAD * error),
                counted=tuple(given.count(each) for each in range(1, 6)),
            )
        )
    return tuple(found)


def _check_may(work: Acting) -> None:
    if not may_see(work):
        raise ExpectedError("not_allowed")


def _fairness(of: VisitRound, seen: Sequence[Seen], over: tuple[int, int]) -> Fairness:
    looks = [look for each in seen for look in each.pair if look.stars]
    by_person = _by_person(looks)
    shown = {who: found for who, found in by_person.items() if len(found) >= FEWEST_LOOKS}
    changed = [change for each in seen for change in changes(each)]
    return Fairness(
        year=of.year,
        quarter=of.quarter,
        homes=len(seen),
        alpha=alpha(units(seen)),
        third=sum(len(each.looks[FIRST]) > SEATS[FIRST] for each in seen),
        inspectors=by_chance(_by_letter(of, shown)) if shown else (),
        kinds=_kinds(looks),
        left_out=len(by_person) - len(shown),
        asked_anew=len(changed),
        overturned=sum(changed),
        rounds=over[0],
        on_time=over[1],
    )


def units(seen: Iterable[Seen]) -> list[list[int]]:
    """What the two of a pair gave, of each household and dimension."""
    return [
        [look.stars[dimension] for look in each.pair if dimension in look.stars]
        for each in seen
        for dimension in DIMENSIONS
    ]


def _by_person(looks: Iterable[_Look]) -> dict[int, list[_Look]]:
    found: dict[int, list[_Look]] = defaultdict(list)
    for look in looks:
        found[look.inspector].append(look)
    return found


def _by_letter(of: VisitRound, by_person: Mapping[int, list[_Look]]) -> dict[str, list[_Look]]:
    order = lot.ranked(f"{of.seed}/letters", by_person)
    return {_letter(place): by_person[who] for place, who in enumerate(order)}


def _letter(place: int) -> str:
    more, at = divmod(place, len(_LETTERS))
    return _LETTERS[at] + (str(more + 1) if more else "")


def _kinds(looks: Iterable[_Look]) -> tuple[Group, ...]:
    by_kind: dict[str, list[_Look]] = {kind: [] for kind in rubrics.KINDS}
    for look in looks:
        by_kind.setdefault(look.kind, []).append(look)
    fewest = FEWEST_LOOKS * SEATS[FIRST]
    shown = {kind: found for kind, found in by_kind.items() if len(found) >= fewest}
    return by_chance(shown) if shown else ()


def changes(each: Seen) -> list[bool]:
    """Of each look after the first whose stars are known: whether these were others."""
    given = [
        outcomes.together([look.stars for look in each.looks[at]]) for at in sorted(each.looks)
    ]
    return [before != after for before, after in pairwise(given)]


def seen_in(work: Work, of: VisitRound) -> list[Seen]:
    """The visits of a round of which the first look is shown."""
    rows = work.session.execute(
        select(Visit, VisitSeat)
        .join(VisitSeat, VisitSeat.visit_id == Visit.id)
        .where(Visit.round_id == of.id, Visit.state.not_in((MISSED, GONE)))
        .where(VisitSeat.number != OWN, VisitSeat.scored_at.is_not(None))
        .order_by(Visit.id, VisitSeat.number)
    )
    visits: dict[int, Visit] = {}
    looks: dict[int, dict[int, list[_Look]]] = defaultdict(lambda: defaultdict(list))
    by = checklists.named(work.session, of.rubric)
    for visit, seat in rows:
        if visit.state == OPEN and seat.look == visit.look:
            continue  # not shown yet, to nobody
        visits[visit.id] = visit
        stars = dict(rubrics.stars_of(by.of(visit.premises), seat.answers, seat.put_forward))
        looks[visit.id][seat.look].append(_Look(seat.resident_id, visit.premises, stars))
    found = [Seen(visit, looks[number]) for number, visit in visits.items()]
    return [each for each in found if len(each.pair) == SEATS[FIRST]]


def _over(work: Work, rounds: Iterable[VisitRound]) -> tuple[int, int]:
    """How many rounds are over, and how many of these ended in their time with nobody left out."""
    missed = set(
        work.session.scalars(select(Visit.round_id).where(Visit.state == MISSED).distinct())
    )
    over = [each for each in rounds if each.closed_at is not None]
    in_time = [
        each
        for each in over
        if each.closed_at is not None
        and village_day(each.closed_at) <= last_day(each.year, each.quarter)
        and each.id not in missed
    ]
    return len(over), len(in_time)
