"""What became of every line of a register, and what kind of village it describes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.core.houses import House
from kiosk.services.register.importing.matching import Match, Matched
from kiosk.services.register.importing.register_file import Register, SheetAccount

SHOWN_HOUSEHOLDS = 3


@dataclass(frozen=True)
class HouseholdSize:
    """A household and how many people of the register live there; its number is the register's."""

    house: House
    code: str
    people: int


@dataclass(frozen=True)
class AbsentPerson:
    """Somebody of the village whom the register does not name."""

    name: str
    house: House


@dataclass(frozen=True, kw_only=True)
class RegisterAccount:
    """The account of a register: each line of the file is somebody, refused, or passed over."""

    sheets: tuple[SheetAccount, ...]
    lines: int
    passed_over: dict[str, int]
    """How many lines were no person, by what they are."""
    households: int
    sizes: dict[int, int]
    """How many households have so many people, from the smallest."""
    largest: tuple[HouseholdSize, ...]
    without_birth_date: int
    absent: tuple[AbsentPerson, ...]


def account(register: Register, matched: Matched) -> RegisterAccount:
    """The account of `register`, held against the village as `matched`."""
    passed: Counter[str] = Counter()
    for sheet in register.sheets:
        passed.update(sheet.passed_over)
    people = Counter(each.house.code for each in matched.matches)
    return RegisterAccount(
        sheets=register.sheets,
        lines=sum(sheet.lines for sheet in register.sheets),
        passed_over=dict(passed),
        households=len(people),
        sizes=dict(sorted(Counter(people.values()).items())),
        largest=tuple(_largest(people, matched.matches)),
        without_birth_date=sum(not _has_birth_date(each) for each in matched.matches),
        absent=tuple(_absent(matched)),
    )


def _largest(people: Counter[str], matches: Iterable[Match]) -> Iterable[HouseholdSize]:
    houses = {each.house.code: each.house for each in matches}
    for code, count in people.most_common(SHOWN_HOUSEHOLDS):
        house = houses[code]
        yield HouseholdSize(House(house.lane, house.number), code, count)


def _has_birth_date(match: Match) -> bool:
    return bool(match.row.born_on or (match.known and match.known.born_on))


def _absent(matched: Matched) -> Iterable[AbsentPerson]:
    for each in sorted(matched.absent, key=lambda known: (known.household, known.name)):
        yield AbsentPerson(each.name, House(each.lane, each.number))
