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

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from kiosk.models.register import Household, Resident, SearchTerm
from kiosk.services.register.name_readings import AFTER_ANY, CODE_MARK, fold, is_han, name_ranges
from kiosk.services.register.vocabulary import household_sign
from kiosk.services.village import Village

MOST_ROWS = 20
"""So many of one whole name are shown, and so many households."""
FEW = 8
"""So many people are shown who are found by a part of a name or by a house."""
_LEAST_LETTERS = 2
_LONGEST_HOUSE_NUMBER = 4


@dataclass(frozen=True, kw_only=True)
class SearchRow:
    """One row: a neighbour's name and house, and what that neighbour chose to share."""

    resident_id: int
    name: str
    pinyin: str
    lane: str
    number: str
    premises: str
    called_so: bool
    """The whole name was typed, and not a part of it."""
    shared: tuple[str, ...] = ()


@dataclass(frozen=True)
class SearchResult:
    """Who is shown, and how many people there are in all."""

    typed: str
    rows: tuple[SearchRow, ...]
    total: int
    too_short: bool


def search(village: Village, typed: str) -> SearchResult:
    """Find active residents by what was `typed` so far.

    From two letters, one Chinese character or one digit on; spaces, case, tone marks and
    full-width forms do not matter. `total` is exact; of more than `FEW` nobody is shown but those
    whose whole name it is.
    """
    sought = sought_prefix(typed)
    if sought is None:
        return SearchResult(typed, (), 0, too_short=True)
    with village.read() as session:
        total, found = _found(session, sought)
        rows = _rows(session, found, sought)
        shown = rows if total <= FEW else tuple(row for row in rows if row.called_so)
        return SearchResult(typed, shown, total, too_short=False)


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
    return (
        SearchTerm.term >= sought,
        SearchTerm.term < sought + AFTER_ANY,
        SearchTerm.shared < len(sought),
    )


def _found(session: Session, sought: str) -> tuple[int, Sequence[int]]:
    """How many match, and who of them is shown: all, if they are few; else who is called so.

    The term of a whole name is exact; there are as few of one name as there are rows, or nobody is
    shown.
    """
    found = matching(sought)
    few = session.scalars(select(SearchTerm.resident_id).where(*found).limit(FEW + 1)).all()
    if len(few) <= FEW:
        return len(few), few
    total = session.scalar(select(func.count()).select_from(SearchTerm).where(*found)) or 0
    exact = select(SearchTerm.resident_id).where(SearchTerm.term == sought).limit(MOST_ROWS + 1)
    called_so = session.scalars(exact).all()
    return total, called_so if len(called_so) <= MOST_ROWS else ()


def _place_among(ranges: tuple[range, ...], order: int) -> int:
    return next((place for place, each in enumerate(ranges) if order in each), len(ranges))


def _rows(session: Session, resident_ids: Sequence[int], sought: str) -> tuple[SearchRow, ...]:
    if not resident_ids:
        return ()
    people = session.execute(
        select(Resident, Household)
        .join(Household)
        .where(Resident.id.in_(resident_ids), Resident.active)
    ).all()
    ranges = name_ranges(sought)
    ordered = sorted(
        people,
        key=lambda row: (_place_among(ranges, row[0].name_order), *name_place(row[0], row[1])),
    )
    return tuple(
        SearchRow(
            resident_id=resident.id,
            name=resident.name,
            pinyin=resident.pinyin,
            lane=house.lane,
            number=house.number,
            premises=house.premises,
            called_so=sought in (fold(resident.name), fold(resident.pinyin)),
        )
        for resident, house in ordered
    )


def name_place(resident: Resident, house: Household) -> tuple[object, ...]:
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
