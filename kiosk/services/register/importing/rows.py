"""One line of a register as a person in a house, or why it cannot be one."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kiosk.core.text import clean
from kiosk.services.register.importing import addresses
from kiosk.services.register.importing import identity_numbers as importing_identity_numbers
from kiosk.services.register.importing.blocks import Blocks, Member, RowRefusal, ToldHouse
from kiosk.services.register.importing.cells import Cell, ShownDate, is_formula
from kiosk.services.register.importing.dates import Birth, read_birth, unmistaken
from kiosk.services.register.importing.headings import HeadedTable
from kiosk.services.register.importing.nobody import (
    NoPerson,
    is_ditto,
    is_put_aside,
    no_person,
    says_nothing,
    section_named,
    section_of,
)
from kiosk.services.register.vocabulary import pattern, says

LONGEST_NAME = 60
LONGEST_LANE = 40
LONGEST_NUMBER = 20
LONGEST_CODE = 40
_LONGEST_RELATION = 20
_SHOWN = 30
_LEFT = ("status@", "left@")
_NOT_OF_PEOPLE = ("ordinal", "identity", *_LEFT)
"""Columns whose formulas say nothing that is kept."""
_PREMISES = ("farmyard", "workshop", "shop")
_HOUSE = ("code", "number", "address", "lane@", "room@")
_OFTEN_BLANK = 0.25
"""From this share of blank cells on, a column may be one that is written once for several lines."""
_UNREADABLE = {"Cc", "Cs", "Co", "Cn"}
_LOST = ("?", "\N{FULLWIDTH QUESTION MARK}", "\N{REPLACEMENT CHARACTER}", "\N{WHITE SQUARE}")
"""What is left of a rare character after a system that did not know it."""
_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
_DOT = (
    r"\u00b7\u0387\u02d9\u16eb\u2022\u2024\u2027\u2218\u2219\u22c5\u25cf\u25e6\u2981\u2e31\u2e33"
    r"\u30fb\ua78f\ufe52\uff0e\uff65"
)
_DOTS = re.compile(rf"\s*(?:[{_DOT}]|(?<={_HAN})\s*\.\s*(?={_HAN}))\s*")
"""Every dot that is written for the one between the parts of a name."""
_SPACE_BETWEEN_HAN = re.compile(rf"(?<={_HAN})\s+(?={_HAN})")
_IN_BRACKETS = re.compile(r"[(\uff08].*[)\uff09]")
_PHONE = re.compile(r"\+?\d[\d\- ]{4,17}\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """A person as one line of the register has them; empty where it says nothing."""

    line: int
    sheet: str
    name: str
    born_on: date | None
    sex: str | None
    code: str
    lane: str
    number: str
    premises: str
    is_head: bool | None
    relation: str
    phone: str
    born_day_known: bool = True
    """False where only the month is known; `born_on` is its last day."""
    section: str = ""
    """The group or hamlet that heads its lines, by a line, a title or the sheet's name."""


@dataclass(frozen=True)
class RefusedRow:
    """A line that does not go in, and why: ``residents.<reason_code>`` with `values`.

    The values never hold an identity number.
    """

    line: int
    reason_code: str
    values: tuple[object, ...] = ()
    sheet: str = ""

    @property
    def other(self) -> tuple[str, int] | None:
        """Sheet and line of the same person, where that is why."""
        if self.reason_code == "row_twice":
            return self.sheet, int(str(self.values[0]))
        if self.reason_code == "row_twice_elsewhere":
            return str(self.values[1]), int(str(self.values[0]))
        return None


@dataclass(kw_only=True)
class RowReader:
    """Reads the lines of one table, carrying the house down where only its first line has it."""

    table: HeadedTable
    this_year: int
    """A house number that was taken for a date has this year, or the one before."""
    identity_numbers: int = 0
    _blocks: Blocks = field(default_factory=Blocks)
    _once: frozenset[str] = frozenset()
    """The columns of a house that are written only where their value changes."""
    _lane: dict[str, Cell] = field(default_factory=dict)
    """What such columns of a lane said last."""
    _above: dict[str, Cell] = field(default_factory=dict)
    """What the line above said, for marks that repeat it."""
    _section: str = ""

    def __post_init__(self) -> None:
        self._section = section_of((self.table.sheet, *self.table.titles))

    def survey(self, lines: Iterable[list[Cell]]) -> None:
        """Learn from all lines which columns of a house are written once for several of them."""
        columns = [name for name in self.table.columns if name.startswith(_HOUSE)]
        last: dict[str, str] = {}
        blank, repeated, people = Counter[str](), set[str](), 0
        for cells in lines:
            told = {name: _text(cell) for name, cell in self._values(cells).items()}
            texts = list(map(_text, cells))
            if section_named(texts) or no_person(told, texts):
                last = {}
                continue
            people += 1
            blank.update(name for name in columns if not told[name])
            repeated |= {name for name in columns if told[name] and told[name] == last.get(name)}
            last |= {name: told[name] for name in columns if told[name]}
        often = {name for name in columns if people > blank[name] >= people * _OFTEN_BLANK}
        self._once = frozenset(often - repeated)

    def _values(self, cells: list[Cell]) -> dict[str, Cell]:
        return {
            name: cells[column] if column < len(cells) else None
            for name, column in self.table.columns.items()
        }

    def read(self, line: int, cells: list[Cell]) -> RegisterRow | RefusedRow | NoPerson:
        """The row, why it is refused, or what the line is if it is no person."""
        values = self._values(cells)
        bearers = self._scrub(values)
        kind = self._no_person(values, list(map(_text, cells)))
        if kind:
            self._blocks.end()
            self._above, self._lane = {}, {}
            return kind
        is_same = self._repeat(values) or self._is_written_once()
        self._go_on_in_lane(values)
        try:
            return self._read(line, values, bearers, is_same)
        except RowRefusal as refusal:
            return RefusedRow(line, refusal.reason_code, refusal.values, self.table.sheet)

    def _no_person(self, values: dict[str, Cell], texts: list[str]) -> NoPerson | None:
        if section := section_named(texts):
            self._section = section
            return "section"
        return no_person({name: _text(cell) for name, cell in values.items()}, texts)

    def _read(
        self,
        line: int,
        values: dict[str, Cell],
        bearers: list[importing_identity_numbers.Bearer],
        is_same: bool,
    ) -> RegisterRow | NoPerson:
        told = {name: _said(cell) for name, cell in values.items()}
        who = _member(line, told, is_same)
        is_aside = is_put_aside(told)
        house = None
        try:
            _refuse_formulas(values)
            house = self._house(values, told)
            row = {} if is_aside else self._row(line, values, told, bearers)
        except RowRefusal:
            self._blocks.refuse(who, house)
            raise
        house = self._blocks.settle(who, house)
        if is_aside:
            return "aside"
        lane = house.lane or (self._section if house.number else "")
        row |= {"code": house.code, "lane": lane, "number": house.number}
        return RegisterRow(**row, section=self._section)

    def _scrub(self, values: dict[str, Cell]) -> list[importing_identity_numbers.Bearer]:
        """Take every identity number out of `values`; who bears them stays for this line."""
        bearers: list[importing_identity_numbers.Bearer] = []
        for name, cell in values.items():
            if cell is None or isinstance(cell, date | ShownDate) or _may_be_code(name, cell):
                continue
            if name.startswith(_LEFT):
                continue  # read for one word, and not kept
            text, found = (
                ("", [None]) if _is_rounded(cell) else importing_identity_numbers.scrub(_text(cell))
            )
            if found:
                values[name] = text
                self.identity_numbers += len(found)
                bearers += [each for each in found if each and _counts(each, name)]
        return bearers

    def _repeat(self, values: dict[str, Cell]) -> bool:
        """Put what stands above where a mark says so; whether a house is repeated."""
        repeated = [name for name, cell in values.items() if is_ditto(_text(cell))]
        values |= {name: self._above.get(name) for name in repeated}
        self._above = dict(values)
        return any(name.startswith(_HOUSE) for name in repeated)

    def _is_written_once(self) -> bool:
        """Whether a register without relations writes a house only beside its first person."""
        houses = {name for name in ("code", "number", "address") if name in self.table.columns}
        return "relation" not in self.table.columns and bool(houses & self._once)

    def _go_on_in_lane(self, values: dict[str, Cell]) -> None:
        """Put the lane of the lines above beside a house number that stands alone."""
        lanes = [name for name in self._once if name.startswith("lane@")]
        told = [name for name in lanes if _text(values[name])]
        self._lane |= {name: values[name] for name in told}
        if not told and any(_text(values.get(name)) for name in ("number", "address", "code")):
            values |= {name: self._lane.get(name) for name in lanes}

    def _row(
        self,
        line: int,
        values: dict[str, Cell],
        told: dict[str, str],
        bearers: list[importing_identity_numbers.Bearer],
    ) -> dict[str, Any]:
        """All of a row but its house."""
        bearer = bearers[0] if len(set(bearers)) == 1 else None
        name = _name(told["name"])
        birth = _better(self._birth(values.get("born_on")), bearer)
        sex = _sex(told.get("sex", ""))
        return {
            "line": line,
            "sheet": self.table.sheet,
            "name": name,
            "born_on": birth.day if birth else None,
            "born_day_known": birth is None or birth.day_known,
            "sex": sex or (bearer.sex if bearer else None),
            "premises": _premises(told),
            "is_head": _is_head(name, _relation(told), told.get("head", "")),
            "relation": _relation(told),
            "phone": _phone(told.get("phone", "")),
        }

    def _birth(self, cell: Cell) -> Birth | None:
        if isinstance(cell, str) and says_nothing(cell):
            return None
        try:
            return read_birth(cell, counts_from_1904=self.table.counts_from_1904)
        except (ValueError, OverflowError):
            raise RowRefusal("row_date_unclear", clean(_text(cell), _SHOWN)) from None

    def _house(self, values: dict[str, Cell], told: dict[str, str]) -> ToldHouse:
        """Code, lane and number from columns of their own, or out of one address."""
        columns = [name for name in values if name.startswith(_HOUSE)]
        meant = told | {name: self._unmistaken(values[name]) for name in columns}
        lane, number = _place(meant, self.table.units)
        return ToldHouse(
            code=_short(_spaceless(meant.get("code", "")), LONGEST_CODE, "row_code_too_long"),
            lane=lane,
            number=_short(number, LONGEST_NUMBER, "row_address_too_long"),
            filled=frozenset(name for name in columns if told[name]),
            unknown=frozenset(name for name in columns if _text(values[name]) and not told[name]),
        )

    def _unmistaken(self, cell: Cell) -> str:
        """What a cell says of a house, also where a spreadsheet took it for a date."""
        try:
            return _said(unmistaken(cell, self.this_year))
        except ValueError:
            raise RowRefusal("row_house_is_date", clean(_text(cell), _SHOWN)) from None


def read_house(lane: str, number: str, village: str = "") -> tuple[str, str]:
    """Lane and number as an import reads them from two columns of their names.

    Raises:
        RowRefusal: ``row_address_too_long``.
    """
    read_lane, read_number = _place({"lane@0": lane, "number": number}, {"lane@0": ""})
    named = addresses.without_village([read_lane], village)[read_lane] or read_lane
    _short(named, LONGEST_LANE, "row_address_too_long")
    return named, _short(read_number, LONGEST_NUMBER, "row_address_too_long")


def _member(line: int, told: dict[str, str], is_same: bool) -> Member:
    name = name_as_stored(told["name"])
    relation, head = _relation(told), told.get("head", "")
    is_head = _is_head(name, relation, head)
    answers_only = says(head, "yes") or says(head, "no") or says(head, "head")
    names_head = "" if answers_only or _is_marked(head) else name_as_stored(head)
    belongs = is_same or (bool(relation or names_head) and not is_head)
    return Member(
        name=clean(name, _SHOWN), line=line, is_head=is_head, belongs=belongs, head=names_head
    )


def _place(told: dict[str, str], units: dict[str, str]) -> tuple[str, str]:
    parts = {name: addresses.with_unit(told[name], unit) for name, unit in units.items()}
    lanes = [text for name, text in parts.items() if name.startswith("lane@")]
    rooms = "".join(text for name, text in parts.items() if name.startswith("room@"))
    lane, number = addresses.number_alone(told.get("number", ""))
    in_address = addresses.split_address(told.get("address", ""))
    if lane and not number and (in_address[0] or any(lanes)):
        lane, number = "", lane  # the number's own column, with something that is none
    if in_address[1].startswith(number):
        number = in_address[1]
    number = addresses.behind(number if number.strip("0-") else "", rooms)
    return addresses.parted([*lanes, lane or in_address[0]]), number


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _said(cell: Cell) -> str:
    """What a cell says; empty if it is filled only to say that there is nothing."""
    text = _text(cell)
    return "" if says_nothing(text) else text


def _is_rounded(cell: Cell) -> bool:
    """Whether a spreadsheet took 18 digits for a quantity, which it cannot hold exactly."""
    return isinstance(cell, int | float) and abs(cell) >= 10 ** (
        importing_identity_numbers.LENGTH - 1
    )


def _may_be_code(column: str, cell: Cell) -> bool:
    """Whether only the whole register can tell a household code from an old identity number."""
    told = _spaceless(_text(cell)) if column == "code" else ""
    return len(told) == importing_identity_numbers.OLD_LENGTH and told.isdecimal()


def _refuse_formulas(values: dict[str, Cell]) -> None:
    """What was never calculated is not known, and nothing may be read out of its formula."""
    for column, cell in values.items():
        if not column.startswith(_NOT_OF_PEOPLE) and isinstance(cell, str) and is_formula(cell):
            raise RowRefusal("row_formula", clean(cell, _SHOWN))


def _counts(bearer: importing_identity_numbers.Bearer, column: str) -> bool:
    """Whether a number says something: one without check digit only where it belongs."""
    return bearer.certain or column == "identity"


def _better(told: Birth | None, bearer: importing_identity_numbers.Bearer | None) -> Birth | None:
    """The birth that a line tells, with the day of an identity number where it has no day."""
    if bearer is None or (told and told.day_known):
        return told
    born = bearer.born_on
    if told is None or (told.day.year, told.day.month) == (born.year, born.month):
        return Birth(born)
    return told


def name_as_stored(told: str) -> str:
    """A name with its spacing and its dots as they are stored."""
    return _SPACE_BETWEEN_HAN.sub("", _DOTS.sub("\u00b7", unicodedata.normalize("NFC", told)))


def _name(told: str) -> str:
    if not told:
        raise RowRefusal("row_no_name")
    composed = unicodedata.normalize("NFC", told)
    damaged = any(mark in composed for mark in _LOST) or any(
        unicodedata.category(ch) in _UNREADABLE for ch in composed if not ch.isspace()
    )
    name = clean(name_as_stored(told), LONGEST_NAME + 1)
    if damaged or not any(ch.isalpha() for ch in name):
        raise RowRefusal("row_name_damaged", clean(told, _SHOWN))
    return _short(name, LONGEST_NAME, "row_name_too_long")


def _sex(told: str) -> str | None:
    if says(told, "male"):
        return "M"
    return "F" if says(told, "female") else None


def _premises(told: dict[str, str]) -> str:
    """The kind of premises, from its own column or from what stands behind the house number."""
    text = told.get("premises", "")
    if says(text, "home"):
        return "home"
    lane, number = addresses.split_address(told.get("number") or told.get("address", ""))
    said = text or number or addresses.last_words(lane)
    return next((each for each in _PREMISES if pattern(each).search(said)), "")


def _relation(told: dict[str, str]) -> str:
    return clean(told.get("relation", ""), _LONGEST_RELATION)


def _is_head(name: str, relation: str, head: str) -> bool | None:
    """Whether this is the head of the household; None if the register says nothing of it."""
    if not relation and not head:
        return None
    if says(_IN_BRACKETS.sub("", relation), "head"):
        return True
    if says(head, "yes") or says(head, "head") or _is_marked(head):
        return True
    return bool(head) and _spaceless(head) == _spaceless(name)


def _is_marked(cell: str) -> bool:
    return bool(pattern("yes_marks").fullmatch(cell))


def _phone(told: str) -> str:
    found = _PHONE.search(unicodedata.normalize("NFKC", told))
    return "".join(found[0].split())[:20] if found else ""


def _spaceless(told: str) -> str:
    return clean("".join(unicodedata.normalize("NFKC", told).split()), LONGEST_CODE + 1)


def _short(text: str, longest: int, reason_code: str) -> str:
    if len(text) > longest:
        raise RowRefusal(reason_code, text[:_SHOWN], longest)
    return text
