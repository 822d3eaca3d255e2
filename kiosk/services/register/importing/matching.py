"""Which line of a new register is which person of the village.

Household code, name and day of birth make the same person again. Where one of them was corrected,
a line and a person still belong together if nothing else could be meant: the same name in the
same household, or the same name and day of birth in another one (a move). An identity number is
never used: it is not kept.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.models.register import Household, Resident
from kiosk.services.register.importing.cells import tidy
from kiosk.services.register.importing.dates import shown_birth
from kiosk.services.register.importing.households import KnownHousehold, Place, told_apart
from kiosk.services.register.importing.rows import RefusedRow, RegisterRow, name_as_stored


@dataclass(frozen=True, slots=True, kw_only=True)
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
    lane: str
    number: str
    born_day_known: bool
    spelled: str
    """The name as a register says it now, where an earlier version stored it otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownHouse:
    """A household as it stands in the database."""

    id: int
    code: str
    lane: str
    number: str
    premises: str


@dataclass(kw_only=True)
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

    @property
    def is_at_another_door(self) -> bool:
        """Whether it is in the database with another lane or number."""
        was = self.known
        return was is not None and (was.lane, was.number) != (self.lane, self.number)


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


_EARLIEST = date(1900, 1, 1)


def own_code(lane: str, number: str) -> str:
    """The code of a household to which the register gives none."""
    return f"{lane}{number}"


def register_key(code: str, name: str, born_on: date | None, day_known: bool = True) -> str:
    """What makes a line the same person on the next import."""
    return f"{code}|{name}|{shown_birth(born_on, day_known)}"


def match(session: Session, rows: Iterable[RegisterRow], today: date) -> Matched:
    """Hold `rows` against the residents there are; reads, and writes nothing."""
    known_houses = _known_houses(session)
    told, refused = possible_rows(rows, today)
    told, unclear = told_apart(told, _known_households(session, known_houses))
    houses = _Houses(known_houses)
    kept, doubled = _distinct(told, houses)
    known = _known_residents(session, houses)
    people = _pair(kept, known)
    seen = {each.id for each in people.values()}
    return Matched(
        matches=tuple(
            Match(row, house, people.get(place)) for place, (row, house) in enumerate(kept)
        ),
        houses=houses.named(),
        absent=tuple(each for each in known if each.active and each.id not in seen),
        refused=(*refused, *unclear, *doubled),
    )


Placed = tuple[RegisterRow, House]


def possible_rows(
    rows: Iterable[RegisterRow], today: date
) -> tuple[list[RegisterRow], list[RefusedRow]]:
    """The rows of people who may be born by now, and the others."""
    possible: list[RegisterRow] = []
    refused: list[RefusedRow] = []
    for row in rows:
        if row.born_on and not _EARLIEST <= _first_possible(row) <= today:
            values = (shown_birth(row.born_on, row.born_day_known),)
            refused.append(RefusedRow(row.line, "row_date_impossible", values, row.sheet))
        else:
            possible.append(row)
    return possible, refused


def _distinct(rows: list[RegisterRow], houses: _Houses) -> tuple[list[Placed], list[RefusedRow]]:
    """The rows in their houses; the same person on a second line is refused."""
    houses.take_in(rows)
    kept: list[Placed] = []
    refused: list[RefusedRow] = []
    namesakes: dict[tuple[str, str], list[RegisterRow]] = defaultdict(list)
    for row in rows:
        house = houses.of(row)
        before = namesakes[house.code, row.name]
        first = next((each for each in before if _is_same_birth(each, row)), None)
        if first is None:
            before.append(row)
            kept.append((row, house))
        else:
            refused.append(_double(row, first))
    return kept, refused


def _double(row: RegisterRow, first: RegisterRow) -> RefusedRow:
    if first.sheet == row.sheet:
        return RefusedRow(row.line, "row_twice", (first.line,), row.sheet)
    return RefusedRow(row.line, "row_twice_elsewhere", (first.line, first.sheet), row.sheet)


def _is_same_birth(one: RegisterRow, other: RegisterRow) -> bool:
    """Whether two lines may mean one birth: a day that is not known is any day of its month."""
    if one.born_day_known and other.born_day_known:
        return one.born_on == other.born_on
    return _month(one) == _month(other)


def _first_possible(row: RegisterRow) -> date:
    born_on = row.born_on or _EARLIEST
    return born_on if row.born_day_known else born_on.replace(day=1)


class _Houses:
    """The houses of the database, brought up to what a register says of them.

    First every household with a code of the register's gets the address that the register names
    first. Only then the rows without a code are looked up by their address, so that the same
    register again finds the same houses, in whatever order its rows stand.
    """

    def __init__(self, known: list[KnownHouse]) -> None:
        self._by_code = {
            each.code: House(
                code=each.code,
                lane=each.lane,
                number=each.number,
                premises=each.premises,
                known=each,
            )
            for each in known
        }
        self._without_code: dict[Place, House] = {}
        self._named: dict[str, House] = {}

    def take_in(self, rows: list[RegisterRow]) -> None:
        """Bring every house up to what `rows` say."""
        self._take_in_codes(rows)
        at = self._addresses()
        for row in rows:
            place = (row.lane, row.number)
            if not row.code and place not in self._without_code:
                self._without_code[place] = self._at_address(place, at)
        for row in rows:
            self._named[self.of(row).code] = self.of(row)
        self._take_in_premises(rows)

    def of(self, row: RegisterRow) -> House:
        """The house of a row that was taken in."""
        return self._by_code[row.code] if row.code else self._without_code[row.lane, row.number]

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

    def _take_in_codes(self, rows: list[RegisterRow]) -> None:
        addresses: dict[str, Place] = {}
        for row in rows:
            if row.code and (row.code not in addresses or not any(addresses[row.code])):
                addresses[row.code] = (row.lane, row.number)
        at = self._addresses()
        shared = self._shared(rows, addresses)
        for code, place in addresses.items():
            house = self._by_code.get(code)
            if house is None and place not in shared:
                house = self._adopted(code, place, at)
            house = house or self._new(code)
            if any(place):
                house.lane, house.number = place

    def _shared(self, rows: list[RegisterRow], addresses: dict[str, Place]) -> set[Place]:
        """Doors behind which several codes live, and somebody without one, who is none of them."""
        codes: dict[Place, set[str]] = defaultdict(set)
        for code, place in addresses.items():
            codes[place].add(code)
        for house in self._by_code.values():
            if not _is_own(house) and house.code not in addresses:
                codes[house.lane, house.number].add(house.code)
        bare = {(row.lane, row.number) for row in rows if not row.code}
        return {place for place in bare if len(codes[place]) > 1}

    def _adopted(self, code: str, place: Place, at: dict[Place, list[House]]) -> House | None:
        """The house at `place` that had no code of the register's until now, under `code`."""
        house = next((each for each in at.get(place, ()) if _is_own(each)), None)
        if house is not None:
            del self._by_code[house.code]
            house.code = code
            self._by_code[code] = house
        return house

    def _new(self, code: str, place: Place = ("", "")) -> House:
        lane, number = place
        house = House(code=code, lane=lane, number=number, premises="home", known=None)
        self._by_code[code] = house
        return house

    def _at_address(self, place: Place, at: dict[Place, list[House]]) -> House:
        """The one household behind that door; a household of its own if there are several."""
        if len(at.get(place, ())) == 1:
            return at[place][0]
        code = own_code(*place)
        for further in count(2):
            house = self._by_code.get(code) or self._new(code, place)
            if (house.lane, house.number) == place:
                break
            code = f"{own_code(*place)} ({further})"
        return house

    def _take_in_premises(self, rows: list[RegisterRow]) -> None:
        """A house is what any of its rows says, and a home only if none says otherwise."""
        told: dict[str, str] = {}
        for row in rows:
            code = self.of(row).code
            if row.premises and told.get(code, "home") == "home":
                told[code] = row.premises
        for code, premises in told.items():
            self._by_code[code].premises = premises

    def _addresses(self) -> dict[Place, list[House]]:
        at: dict[Place, list[House]] = defaultdict(list)
        for house in self._by_code.values():
            if house.lane or house.number:
                at[house.lane, house.number].append(house)
        return at


def _is_own(house: House) -> bool:
    return house.code == own_code(house.lane, house.number)


def _known_houses(session: Session) -> list[KnownHouse]:
    columns = (Household.id, Household.code, Household.lane, Household.number, Household.premises)
    rows = session.execute(select(*columns)).mappings()
    return [KnownHouse(**{str(name): each for name, each in row.items()}) for row in rows]


def _known_households(session: Session, houses: Iterable[KnownHouse]) -> dict[str, KnownHousehold]:
    names: dict[int, set[str]] = defaultdict(set)
    for house_id, name in session.execute(select(Resident.household_id, Resident.name)):
        names[house_id].add(name)
    return {
        each.code: KnownHousehold((each.lane, each.number), frozenset(names[each.id]))
        for each in houses
    }


def _known_residents(session: Session, houses: _Houses) -> list[Known]:
    columns = (
        *(Resident.id, Household.code.label("household"), Resident.register_key),
        *(Resident.name, Resident.sex),
        *(Resident.born_on, Resident.relation, Resident.is_head, Resident.phone, Resident.active),
        *(Resident.born_day_known, Household.lane, Household.number),
    )
    rows = session.execute(select(*columns).join(Household)).mappings()
    renamed = houses.renamed()
    return [
        Known(
            **{**row, "household": renamed.get(row["household"], row["household"])},
            spelled=name_as_stored(tidy(row["name"])),
        )
        for row in rows
    ]


def _pair(rows: list[Placed], known: list[Known]) -> dict[int, Known]:
    """Places in `rows` to the people they are: first the certain ones, then the only possible."""
    found: dict[int, Known] = {}
    for of_row, of_known in _SAMENESS:
        # Among all lines, those found already too: else the same register would know more the next
        # time, when whom it brought is found, and decide what the desk was asked.
        named = Counter(of_row(row, house) for row, house in rows)
        left = _by_key(
            (of_row(row, house), place)
            for place, (row, house) in enumerate(rows)
            if place not in found
        )
        taken = {each.id for each in found.values()}
        right = _by_key((of_known(each), each) for each in known if each.id not in taken)
        for key, places in left.items():
            if key is not None and named[key] == 1 and len(right.get(key, ())) == 1:
                found[places[0]] = right[key][0]
    return found


def _birth(of: RegisterRow | Known) -> str:
    return shown_birth(of.born_on, of.born_day_known)


def _month(of: RegisterRow | Known) -> str:
    return shown_birth(of.born_on, day_known=False)


_SAMENESS: tuple[
    tuple[Callable[[RegisterRow, House], Hashable], Callable[[Known], Hashable]], ...
] = (
    (
        lambda row, house: (house.code, row.name, _birth(row)),
        lambda known: (known.household, known.spelled, _birth(known)),
    ),
    (
        lambda row, house: (house.code, row.name, _month(row)),
        lambda known: (known.household, known.spelled, _month(known)),
    ),
    (
        lambda row, house: (house.code, row.name),
        lambda known: (known.household, known.spelled),
    ),
    (
        lambda row, _: (row.name, _birth(row)) if row.born_on else None,
        lambda known: (known.spelled, _birth(known)) if known.born_on else None,
    ),
    (
        lambda row, _: (row.name, _month(row)) if row.born_on and not row.born_day_known else None,
        lambda known: (known.spelled, _month(known)) if known.born_on else None,
    ),
    (
        lambda row, _: (row.name, _month(row)) if row.born_on else None,
        lambda known: (known.spelled, _birth(known)) if not known.born_day_known else None,
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
