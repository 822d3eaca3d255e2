"""The people of the demo village, the same on every machine: drawn from a fixed seed."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count, product
from pathlib import Path
from random import Random

from kiosk.services.demo.names import NameBook, name_book
from kiosk.services.demo.script import script
from kiosk.services.register.name_readings import surname_length

SEED = 20261123
_YEAR = 2026
"""The year against which ages are drawn; the village does not grow older between two makings."""
_LAST_BIRTH = 2022
"""Nobody is born after the register was handed in, a year before the village is made."""
_ENCODING = "gb18030"


@dataclass(frozen=True, kw_only=True)
class Member:
    """One person of a household; `relation` is a key of ``register.relations``."""

    name: str
    sex: str
    born_on: date
    relation: str
    phone: str = ""


@dataclass(kw_only=True)
class Door:
    """One household and where it lives."""

    code: str
    lane: str
    number: int
    premises: str = "home"
    members: list[Member] = field(default_factory=list)


def demo_people(until: date = date.max) -> list[Door]:
    """400 households with 1,200 people in all, without those who were born after `until`."""
    doors = _Founding(Random(SEED)).doors()  # noqa: S311  (nothing secret is drawn)
    for door in doors:
        door.members = [each for each in door.members if each.born_on <= until]
    return doors


def write_register(file: Path, doors: list[Door]) -> None:
    """Write the people as a village office would: a title above, house and code beside the head."""
    words = script()["register"]
    ordinal = count(1)
    with file.open("w", encoding=_ENCODING, newline="") as out:
        writer = csv.writer(out)
        writer.writerow([words["title"]])
        writer.writerow(words["headings"])
        for door in doors:
            for each in door.members:
                writer.writerow([next(ordinal), *_line(door, each)])


def _line(door: Door, member: Member) -> list[str]:
    words = script()["register"]
    is_first = member is door.members[0]
    born = member.born_on
    day = words["date"].replace("%1", str(born.year))
    return [
        door.code,
        member.name,
        words["sex"][member.sex],
        day.replace("%2", str(born.month)).replace("%3", str(born.day)),
        f"{door.lane}{door.number}{words['house']}" if is_first else "",
        words["premises"][door.premises] if is_first else "",
        words["relations"][member.relation],
        member.phone,
    ]


class _Founding:
    """Fills the doors of the village with families."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._names: NameBook = name_book(random)
        self._wives = list(script()["wives"]["names"])

    def doors(self) -> list[Door]:
        """Every door, in the order of lanes and numbers."""
        doors = self._empty_doors()
        self._settle_written(doors)
        heads = self._known_heads(doors)
        sizes = self._sizes([len(door.members) for door in doors.values() if door.members])
        for door in doors.values():
            if not door.members:
                door.members = self._family(sizes.pop(), heads.get((door.lane, door.number)))
        self._open_premises([door for door in doors.values() if door.premises == "home"])
        return list(doors.values())

    def _empty_doors(self) -> dict[tuple[str, int], Door]:
        numbers = range(1, script()["houses_in_a_lane"] + 1)
        places = product(script()["lanes"], numbers)
        return {
            (lane, number): Door(code=f"{code:04}", lane=lane, number=number)
            for code, (lane, number) in enumerate(places, start=1)
        }

    def _settle_written(self, doors: dict[tuple[str, int], Door]) -> None:
        for family in script()["family"]:
            door = doors[family["lane"], family["number"]]
            door.premises = family.get("premises", "home")
            door.members = [
                Member(
                    name=each["name"],
                    sex=each["sex"],
                    born_on=date.fromisoformat(each["born"]),
                    relation=each["relation"],
                    phone=self._phone(),
                )
                for each in family["people"]
            ]

    def _known_heads(
        self, doors: dict[tuple[str, int], Door]
    ) -> dict[tuple[str, int], tuple[str, str]]:
        """Doors whose head has a name of the script: (name, sex) by place."""
        wanted = [
            (name, sex)
            for table in ("heads", "namesakes")
            for sex in ("M", "F")
            for name in script()[table][sex]
        ]
        told_places = [(name.partition("@"), sex) for name, sex in wanted]
        fixed = {_place(told): (name, sex) for (name, _, told), sex in told_places if told}
        free = [place for place, door in doors.items() if not door.members and place not in fixed]
        others = [(name, sex) for (name, _, told), sex in told_places if not told]
        places = self._random.sample(free, len(others))
        return fixed | dict(zip(places, others, strict=True))

    def _sizes(self, settled: list[int]) -> list[int]:
        """The sizes of the households yet to settle, shuffled."""
        wanted = script()["household_sizes"]
        sizes = [size for size, households in enumerate(wanted, start=1) for _ in range(households)]
        for size in settled:
            sizes.remove(size)
        self._random.shuffle(sizes)
        return sizes

    def _open_premises(self, homes: list[Door]) -> None:
        for kind, number in script()["premises"].items():
            written = sum(family.get("premises") == kind for family in script()["family"])
            for door in self._random.sample(homes, number - written):
                door.premises = kind
                homes.remove(door)

    # --- One family -----------------------------------------------------------------------------

    def _family(self, size: int, head: tuple[str, str] | None) -> list[Member]:
        """A family of `size` people: one, a couple, with children, with grandparents."""
        if size == 1:
            return [self._head(self._year(30, 88), head)]
        with_parents = size >= 5 or (size == 4 and self._random.random() < 0.4)
        youngest, oldest = (34, 52) if with_parents else (26, 52) if size > 2 else (46, 86)
        first = self._head(self._year(youngest, oldest), head)
        members = [first, self._spouse(first)]
        parents = (2 if size >= 5 else 1) if with_parents else 0
        members += self._children(first, size - 2 - parents)
        return [*members, *self._parents(first, parents)]

    def _head(self, year: int, known: tuple[str, str] | None) -> Member:
        if known:
            return self._member(known[0], known[1], year, "head")
        sex = "M" if self._random.random() < 0.8 else "F"
        name = self._names.surname() + self._names.given(sex, year)
        return self._member(name, sex, year, "head")

    def _spouse(self, head: Member) -> Member:
        year = head.born_on.year + self._random.randint(-3, 4)
        if head.sex == "F":
            name = self._names.surname() + self._names.given("M", year)
            return self._member(name, "M", year, "husband")
        is_from_afar = bool(self._wives) and self._random.random() < 0.05
        name = self._wives.pop() if is_from_afar else self._names.surname()
        if not is_from_afar:
            name += self._names.given("F", year)
        return self._member(name, "F", year, "wife")

    def _children(self, head: Member, number: int) -> Iterator[Member]:
        """Children with the father's surname, the first when the head was 22 to 32."""
        year = head.born_on.year + self._random.randint(22, 32)
        for _ in range(number):
            sex = self._random.choice("MF")
            year = min(year, _LAST_BIRTH)
            name = surname_of(head.name) + self._names.given(sex, year)
            yield self._member(name, sex, year, "son" if sex == "M" else "daughter")
            year += self._random.randint(1, 6)

    def _parents(self, head: Member, number: int) -> Iterator[Member]:
        year = head.born_on.year - self._random.randint(21, 30)
        if number == 2:
            name = surname_of(head.name) + self._names.given("M", year)
            yield self._member(name, "M", year, "father")
        if number:
            name = self._names.surname() + self._names.given("F", year + 2)
            yield self._member(name, "F", year + 2, "mother")

    def _member(self, name: str, sex: str, year: int, relation: str) -> Member:
        born_on = date(year, 1, 1) + timedelta(days=self._random.randrange(365))
        phone = self._phone() if year < _YEAR - 14 and self._random.random() < 0.7 else ""
        return Member(name=name, sex=sex, born_on=born_on, relation=relation, phone=phone)

    def _year(self, youngest: int, oldest: int) -> int:
        return _YEAR - self._random.randint(youngest, oldest)

    def _phone(self) -> str:
        """A number of a range that no network gives out."""
        return f"10{self._random.randrange(10**9):09}"


def surname_of(name: str) -> str:
    """The surname that children take over."""
    return name[: surname_length(name)]


def _place(told: str) -> tuple[str, int]:
    lane = told.rstrip("0123456789")
    return lane, int(told[len(lane) :])
