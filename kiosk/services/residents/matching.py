"""Which line of a new register is which person of the village.

Household code, name and day of birth make the same person again. Where one of them was corrected,
a line and a person still belong together if nothing else could be meant: the same name in the
same household, or the same name and day of birth in another one (a move). An identity number is
never used: it is not kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.models.residents import Household, Resident
from kiosk.services.residents.rows import RefusedRow, RegisterRow


@dataclass(frozen=True, slots=True)
class Known:
    """A resident as they stand in the database."""

    id: int
    household: str
    register_key: str
    name: str
    sex: str | None
    born_on: date | None
    relation: str
    is_head: bool
    phone: str
    active: bool


@dataclass(frozen=True, slots=True)
class KnownHouse:
    """A household as it stands in the database."""

    id: int
    code: str
    lane: str
    number: str
    premises: str


@dataclass
class House:
    """A household as it will be after the import."""

    code: str
    lane: str
    number: str
    premises: str
    known: KnownHouse | None

    @property
    def is_changed(self) -> bool:
        """Whether it is in the database and differs there."""
        was = self.known
        return was is not None and (was.code, was.lane, was.number, was.premises) != (
            self.code,
            self.lane,
            self.number,
            self.premises,
        )


@dataclass(frozen=True, slots=True)
class Match:
    """A line, the house it belongs to, and the person it is, if they are known."""

    row: RegisterRow
    house: House
    known: Known | None


@dataclass(frozen=True)
class Matched:
    """A register held against the database."""

    matches: tuple[Match, ...]
    houses: tuple[House, ...]
    absent: tuple[Known, ...]
    """Active people whom the register does not name; an import leaves them as they are."""
    refused: tuple[RefusedRow, ...]


def own_code(lane: str, number: str) -> str:
    """The code of a household to which the register gives none."""
    return f"{lane}{number}"


def register_key(code: str, name: str, born_on: date | None) -> str:
    """What makes a line the same person on the next import."""
    return f"{code}|{name}|{born_on or ''}"


def match(session: Session, rows: Iterable[RegisterRow], today: date) -> Matched:
    """Hold `rows` against the residents there are; reads, and writes nothing."""
    houses = _Houses(_known_houses(session))
    kept, refused = _distinct(rows, houses, today)
    known = _known_residents(session, houses)
    people = _pair(kept, known)
    seen = {each.id for each in people.values()}
    return Matched(
        matches=tuple(
            Match(row, house, people.get(place)) for place, (row, house) in enumerate(kept)
        ),
        houses=houses.named(),
        absent=tuple(each for each in known if each.active and each.id not in seen),
        refused=tuple(refused),
    )


Placed = tuple[RegisterRow, House]


def _distinct(
    rows: Iterable[RegisterRow], houses: _Houses, today: date
) -> tuple[list[Placed], list[RefusedRow]]:
    """The rows in their houses; the same person on a second line, or not yet born, is refused."""
    kept: list[Placed] = []
    refused: list[RefusedRow] = []
    first_lines: dict[tuple[int, str, date | None], int] = {}
    for row in rows:
        if row.born_on and not date(1900, 1, 1) <= row.born_on <= today:
            values = (row.born_on.isoformat(),)
            refused.append(RefusedRow(row.line, "row_date_impossible", values, row.sheet))
            continue
        house = houses.of(row)
        first = first_lines.setdefault((id(house), row.name, row.born_on), row.line)
        if first != row.line:
            refused.append(RefusedRow(row.line, "row_twice", (first,), row.sheet))
            continue
        kept.append((row, house))
    return kept, refused


class _Houses:
    """The houses of the database and of the register, which grow together."""

    def __init__(self, known: list[KnownHouse]) -> None:
        self._by_code = {
            each.code: House(each.code, each.lane, each.number, each.premises, each)
            for each in known
        }
        self._at: dict[tuple[str, str], list[House]] = defaultdict(list)
        for house in self._by_code.values():
            self._at[house.lane, house.number].append(house)
        self._named: dict[int, House] = {}

    def of(self, row: RegisterRow) -> House:
        """The house of `row`, brought up to what the row says of it."""
        house = self._found(row) or self._new(row)
        is_first = id(house) not in self._named
        self._named[id(house)] = house
        if row.lane or row.number:
            house.lane, house.number = row.lane, row.number
        if row.premises and (is_first or house.premises == "home"):
            house.premises = row.premises
        return house

    def named(self) -> tuple[House, ...]:
        """Every house that the register names."""
        return tuple(self._named.values())

    def renamed(self) -> dict[str, str]:
        """Codes of the database that will be others."""
        return {
            house.known.code: house.code
            for house in self._named.values()
            if house.known and house.known.code != house.code
        }

    def _found(self, row: RegisterRow) -> House | None:
        at = self._at[row.lane, row.number] if row.lane or row.number else []
        if not row.code:
            return at[0] if len(at) == 1 else self._by_code.get(own_code(row.lane, row.number))
        if row.code in self._by_code:
            return self._by_code[row.code]
        return next((self._adopted(house, row.code) for house in at if _is_own(house)), None)

    def _adopted(self, house: House, code: str) -> House:
        """`house`, which had no code of the register's until now, under that code."""
        del self._by_code[house.code]
        house.code = code
        self._by_code[code] = house
        return house

    def _new(self, row: RegisterRow) -> House:
        code = row.code or own_code(row.lane, row.number)
        house = House(code, row.lane, row.number, row.premises or "home", None)
        self._by_code[code] = house
        self._at[house.lane, house.number].append(house)
        return house


def _is_own(house: House) -> bool:
    return house.code == own_code(house.lane, house.number)


def _known_houses(session: Session) -> list[KnownHouse]:
    columns = (Household.id, Household.code, Household.lane, Household.number, Household.premises)
    return [KnownHouse(*row) for row in session.execute(select(*columns))]


def _known_residents(session: Session, houses: _Houses) -> list[Known]:
    columns = (
        *(Resident.id, Household.code.label("household"), Resident.register_key),
        *(Resident.name, Resident.sex),
        *(Resident.born_on, Resident.relation, Resident.is_head, Resident.phone, Resident.active),
    )
    rows = session.execute(select(*columns).join(Household)).mappings()
    renamed = houses.renamed()
    return [
        Known(**{**row, "household": renamed.get(row["household"], row["household"])})
        for row in rows
    ]


def _pair(rows: list[Placed], known: list[Known]) -> dict[int, Known]:
    """Places in `rows` to the people they are: first the certain ones, then the only possible."""
    found: dict[int, Known] = {}
    for of_row, of_known in _SAMENESS:
        left = _by_key(
            (of_row(row, house), place)
            for place, (row, house) in enumerate(rows)
            if place not in found
        )
        taken = {each.id for each in found.values()}
        right = _by_key((of_known(each), each) for each in known if each.id not in taken)
        for key, places in left.items():
            if key is not None and len(places) == 1 and len(right.get(key, ())) == 1:
                found[places[0]] = right[key][0]
    return found


_SAMENESS: tuple[
    tuple[Callable[[RegisterRow, House], Hashable], Callable[[Known], Hashable]], ...
] = (
    (
        lambda row, house: (house.code, row.name, row.born_on),
        lambda known: (known.household, known.name, known.born_on),
    ),
    (
        lambda row, house: (house.code, row.name),
        lambda known: (known.household, known.name),
    ),
    (
        lambda row, _: (row.name, row.born_on) if row.born_on else None,
        lambda known: (known.name, known.born_on) if known.born_on else None,
    ),
)
"""What a line and a person must have in common, in the order in which it is tried."""


_K = TypeVar("_K")
_T = TypeVar("_T")


def _by_key(pairs: Iterable[tuple[_K, _T]]) -> dict[_K, list[_T]]:
    found: dict[_K, list[_T]] = defaultdict(list)
    for key, thing in pairs:
        found[key].append(thing)
    return found
