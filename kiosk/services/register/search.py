"""Finding a neighbour while typing: by name, pinyin, initials or house number.

Where many match, how many is said and nobody is shown: there are no pages to turn, and one more
letter is a smaller matter than a village that can be copied off a screen (`throttle`).

Rows come in the order of a dictionary: first the surnames that were typed (li: 李, 黎), then
the names that begin with it (梁, 林), then those that have it further on; each by name and house,
never by anything else (charter 7).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, func, select

from kiosk.models.register import Household, Resident, SearchTerm
from kiosk.services.register.name_readings import AFTER_ANY, CODE_MARK, fold, is_han, name_ranges
from kiosk.services.register.vocabulary import household_sign
from kiosk.services.village import Village

MOST_ROWS = 20
"""So many of one whole name are shown, and so many households."""
FEW = 8
"""So many people are shown who are found by a part of a name or by a house."""
MOST_COUNTED = 10_000
"""So many people are counted exactly: more than any village has, and a city does not wait for it.
"""
_LEAST_LETTERS = 2
_LONGEST_HOUSE_NUMBER = 4


@dataclass(frozen=True, kw_only=True)
class SearchRow:
    """One row: a neighbour's name and house, and nothing else of them."""

    resident_id: int
    name: str
    pinyin: str
    lane: str
    number: str
    premises: str
    called_so: bool
    """The whole name was typed, and not a part of it."""


@dataclass(frozen=True, kw_only=True)
class SearchResult:
    """Who is shown, and how many people there are in all."""

    typed: str
    rows: tuple[SearchRow, ...]
    total: int
    too_short: bool
    uncounted: bool = False
    """There are more than `total`, which is `MOST_COUNTED` then."""


def search(village: Village, typed: str) -> SearchResult:
    """Find active residents by what was `typed` so far.

    From two letters, one Chinese character or one digit on; spaces, case, tone marks and
    full-width forms do not matter. `total` is exact up to `MOST_COUNTED`; of more than `FEW` nobody
    is shown but those whose whole name it is.
    """
    sought = sought_prefix(typed)
    if sought is None:
        return SearchResult(typed=typed, rows=(), total=0, too_short=True)
    prefix = _prefix(sought)
    with village.read() as session:
        database = session.connection()
        people = database.execute(_FIRST, prefix).all()
        if len(people) <= FEW:
            rows = _rows(people, sought)
            return SearchResult(typed=typed, rows=rows, total=len(rows), too_short=False)
        people = database.execute(_CALLED_SO, {"sought": sought}).all()
        total = database.execute(_COUNT, prefix).scalar_one()
    rows = _rows(people, sought) if len(people) <= MOST_ROWS else ()
    shown = tuple(row for row in rows if row.called_so)
    over = total > MOST_COUNTED
    counted = min(total, MOST_COUNTED)
    return SearchResult(typed=typed, rows=shown, total=counted, too_short=False, uncounted=over)


def sought_prefix(typed: str) -> str | None:
    """The prefix of terms that `typed` asks for; None if it is too short."""
    folded = fold(typed)
    if not folded:
        return None
    if folded[0] == household_sign() and folded[1:2].isdigit():
        return CODE_MARK + folded[1:]
    if folded.isdecimal():
        is_code = folded[0] == "0" or len(folded) > _LONGEST_HOUSE_NUMBER
        return CODE_MARK + folded if is_code else folded
    if len(folded) < _LEAST_LETTERS and not is_han(folded[0]):
        return None
    return folded


def matching(sought: str) -> tuple[ColumnElement[bool], ...]:
    """The conditions on `SearchTerm` that hold for one row of each resident behind a prefix."""
    return _matching(**_prefix(sought))


def _prefix(sought: str) -> dict[str, Any]:
    return {"first": sought, "after": sought + AFTER_ANY, "length": len(sought)}


def _matching(first: Any, after: Any, length: Any) -> tuple[ColumnElement[bool], ...]:
    return SearchTerm.term >= first, SearchTerm.term < after, SearchTerm.shared < length


# What is asked with each key is put together once.
_BEHIND = _matching(*map(bindparam, ("first", "after", "length")))
_PEOPLE = (
    select(
        Resident.id,
        Resident.name,
        Resident.pinyin,
        Resident.name_order,
        Household.lane,
        Household.number,
        Household.premises,
    )
    .select_from(SearchTerm)
    .join(Resident, Resident.id == SearchTerm.resident_id)
    .join(Household, Household.id == Resident.household_id)
    .where(Resident.active)
)
_FIRST = _PEOPLE.where(*_BEHIND).limit(FEW + 1)
_COUNT = select(func.count()).select_from(
    select(SearchTerm.resident_id).where(*_BEHIND).limit(MOST_COUNTED + 1).subquery()
)
_CALLED_SO = _PEOPLE.where(SearchTerm.term == bindparam("sought")).limit(MOST_ROWS + 1)
"""The term of a whole name is exact; there are as few of one name as there are rows, or nobody is
shown."""


def _rows(people: Sequence[Any], sought: str) -> tuple[SearchRow, ...]:
    if len(people) > 1:
        ranges = name_ranges(sought)
        people = sorted(
            people,
            key=lambda each: (_place_among(ranges, each.name_order), *name_place(each, each)),
        )
    return tuple(
        SearchRow(
            resident_id=each.id,
            name=each.name,
            pinyin=each.pinyin,
            lane=each.lane,
            number=each.number,
            premises=each.premises,
            called_so=sought in (fold(each.name), fold(each.pinyin)),
        )
        for each in people
    )


def _place_among(ranges: tuple[range, ...], order: int) -> int:
    return next((place for place, each in enumerate(ranges) if order in each), len(ranges))


def name_place(resident: Resident | Row[Any], house: Household | Row[Any]) -> tuple[object, ...]:
    """Where a row stands in a list of people: by name, then by house."""
    return (
        resident.name_order,
        resident.pinyin,
        resident.name,
        *house_place(house.lane, house.number),
        resident.id,
    )


def house_place(lane: str, number: str) -> tuple[object, ...]:
    """Where a house stands in its village: by lane, then number 2 before number 10."""
    digits = "".join(ch if ch.isdecimal() else " " for ch in number).split()
    return lane, [int(each) for each in digits], number
