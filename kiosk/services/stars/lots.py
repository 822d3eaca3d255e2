"""Who looks at which household: what the seed, the pool and the register say, and nobody chooses.

Everything here is reckoned from what the log says, so that anybody can do it again.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from kiosk.services.ledger import lot
from kiosk.services.register.search import house_place

Candidate = tuple[int, int]
"""Resident and household."""
_SIDES: tuple[int, ...] = (-2, 2)
"""Odd numbers stand on one side of many a lane: the house next door is two numbers away."""


@dataclass(frozen=True)
class Door:
    """Where a household lives."""

    household_id: int
    lane: str
    number: str


def next_door(home: Door, lane: Iterable[Door]) -> list[int]:
    """The households behind the same door, and behind the doors beside it.

    Beside it is the next plate on either side as the lane has them, and the next number of its
    own side where odd and even numbers face one another.
    """
    doors = list(lane)
    plates = sorted({home.number, *(each.number for each in doors)}, key=_place)
    at = plates.index(home.number)
    near = set(plates[max(0, at - 1) : at + 2])
    near |= {each for each in plates if _first(each) - _first(home.number) in _SIDES}
    beside = {each.household_id for each in doors if each.number in near}
    return sorted(beside - {home.household_id})


def _place(number: str) -> tuple[object, ...]:
    return house_place("", number)


def _first(number: str) -> int:
    """The number that a plate begins with; a plate without one is beside none."""
    found = re.search(r"\d+", number)
    return int(found.group()) if found else -10


def barred(
    household_id: int, doors: Collection[int], kin: Collection[int], pool: Iterable[Candidate]
) -> list[int]:
    """Who of the pool may not look at a household: their own, next door's, or a relative's.

    `doors` are the households next door, `kin` the relatives of who lives there.
    """
    return sorted(
        who for who, house in pool if house == household_id or house in doors or who in kin
    )


def seats(
    seed: str,
    code: str,
    free: Sequence[Candidate],
    sitting: Iterable[Candidate],
    wanted: int,
    before: Collection[int] = (),
) -> list[int]:
    """Whom the lot seats beside who sits, at most `wanted` and each of another household.

    `before` are the two who looked at it in the round before: the same two do not do it again.
    """
    homes, pair = dict(free), list(sitting)
    taken, order = {house for _, house in pair}, list[int]()
    for who in lot.ranked(f"{seed}/{code}", homes):
        those = {each for each, _ in pair} | {*order, who}
        if len(order) == wanted:
            break
        if homes[who] in taken or (before and those == set(before)):
            continue
        taken.add(homes[who])
        order.append(who)
    return order


def wanted(seats_of_look: int, sitting: int, one_more: bool) -> int:
    """How many are to be seated: whoever lacks, and one for a third look or in another's place."""
    return max(seats_of_look - sitting, int(one_more))


def candidates(listed: Iterable[Sequence[int]]) -> list[Candidate]:
    """A list of residents and their households, as it is kept."""
    return [(each[0], each[1]) for each in listed]
