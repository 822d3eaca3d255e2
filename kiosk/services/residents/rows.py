"""One line of a register as a person in a house, or why it cannot be one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from datetime import date

from kiosk.core.text import clean
from kiosk.services.residents import identity
from kiosk.services.residents.cells import Cell, ShownDate, is_error, is_formula
from kiosk.services.residents.dates import Birth, read_birth, unmistaken
from kiosk.services.residents.headings import HeadedTable
from kiosk.services.residents.vocabulary import meanings, pattern, plain, says

LONGEST_NAME = 60
LONGEST_LANE = 40
LONGEST_NUMBER = 20
LONGEST_CODE = 40
_LONGEST_RELATION = 20
_SHOWN = 30
_NOT_OF_PEOPLE = ("ordinal", "identity")
"""Columns that alone make nobody."""
_PREMISES = ("shop", "farmyard", "workshop", "home")
_UNREADABLE = {"Cc", "Cs", "Co", "Cn"}
_LOST = ("?", "\N{FULLWIDTH QUESTION MARK}", "\N{REPLACEMENT CHARACTER}", "\N{WHITE SQUARE}")
"""What is left of a rare character after a system that did not know it."""
_DOTS = re.compile(r"\s*[\u00b7\u2022\u2027\u30fb\uff0e\u2219\u22c5]\s*")
_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
_SPACE_BETWEEN_HAN = re.compile(rf"(?<={_HAN})\s+(?={_HAN})")
_PHONE = re.compile(r"\+?\d[\d\- ]{4,17}\d")


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True)
class RefusedRow:
    """A line that does not go in, and why: ``residents.<reason_code>`` with `values`.

    The values never hold an identity number.
    """

    line: int
    reason_code: str
    values: tuple[object, ...] = ()
    sheet: str = ""


class _Refusal(Exception):
    def __init__(self, reason_code: str, *values: object) -> None:
        super().__init__(reason_code)
        self.reason_code = reason_code
        self.values = values


@dataclass
class RowReader:
    """Reads the lines of one table, carrying the house down where only its first line has it."""

    table: HeadedTable
    this_year: int
    """A house number that was taken for a date has this year, or the one before."""
    identity_numbers: int = 0
    _last: RegisterRow | None = None
    _places: dict[str, tuple[str, str]] = field(default_factory=dict)

    def read(self, line: int, cells: list[Cell]) -> RegisterRow | RefusedRow | None:
        """The row, why it is refused, or None for a blank line, a total or a repeated heading."""
        values = {
            name: _without_error(cells[column]) if column < len(cells) else None
            for name, column in self.table.columns.items()
        }
        bearers = self._scrub(values)
        if self._is_blank(values) or self._is_no_person(values):
            return None
        try:
            row = self._in_its_house(self._row(line, values, bearers), values)
        except _Refusal as refusal:
            return RefusedRow(line, refusal.reason_code, refusal.values, self.table.sheet)
        self._last = row
        return row

    def _scrub(self, values: dict[str, Cell]) -> list[identity.Bearer]:
        """Take every identity number out of `values`; who bears them stays for this line."""
        bearers: list[identity.Bearer] = []
        for name, cell in values.items():
            if cell is None or isinstance(cell, date | ShownDate) or _may_be_code(name, cell):
                continue
            text, found = ("", [None]) if _is_rounded(cell) else identity.scrub(_text(cell))
            if found:
                values[name] = text
                self.identity_numbers += len(found)
                bearers += [each for each in found if each and _counts(each, name)]
        return bearers

    def _is_blank(self, values: dict[str, Cell]) -> bool:
        told = (cell for name, cell in values.items() if name not in _NOT_OF_PEOPLE)
        return not any(_text(cell) for cell in told)

    def _is_no_person(self, values: dict[str, Cell]) -> bool:
        name = plain(_text(values["name"]))
        return meanings("headings").get(name) == "name" or says(name, "total")

    def _row(
        self, line: int, values: dict[str, Cell], bearers: list[identity.Bearer]
    ) -> RegisterRow:
        bearer = bearers[0] if len(set(bearers)) == 1 else None
        _refuse_formulas(values)
        name = _name(_text(values["name"]))
        relation = clean(_text(values.get("relation")), _LONGEST_RELATION)
        lane, number = self._address(values)
        birth = _better(self._birth(values.get("born_on")), bearer)
        sex = _sex(_text(values.get("sex")))
        return RegisterRow(
            line=line,
            sheet=self.table.sheet,
            name=name,
            born_on=birth.day if birth else None,
            born_day_known=birth is None or birth.day_known,
            sex=sex or (bearer.sex if bearer else None),
            code=_short(self._code(values), LONGEST_CODE, "row_code_too_long"),
            lane=lane,
            number=number,
            premises=_premises(_text(values.get("premises"))),
            is_head=_is_head(name, relation, _text(values.get("head"))),
            relation=relation,
            phone=_phone(_text(values.get("phone"))),
        )

    def _birth(self, cell: Cell) -> Birth | None:
        if isinstance(cell, str) and (not cell.strip() or says(cell, "unknown")):
            return None
        try:
            return read_birth(cell, counts_from_1904=self.table.counts_from_1904)
        except (ValueError, OverflowError):
            raise _Refusal("row_date_unclear", clean(_text(cell), _SHOWN)) from None

    def _code(self, values: dict[str, Cell]) -> str:
        return _spaceless(_text(self._unmistaken(values.get("code"))))

    def _unmistaken(self, cell: Cell) -> Cell:
        """A house number that a spreadsheet took for a date, as it was."""
        try:
            return unmistaken(cell, self.this_year)
        except ValueError:
            raise _Refusal("row_house_is_date", clean(_text(cell), _SHOWN)) from None

    def _address(self, values: dict[str, Cell]) -> tuple[str, str]:
        """Lane and number from columns of their own, or out of one address."""
        number_cell, address = (
            self._unmistaken(values.get(each)) for each in ("number", "address")
        )
        told = _text(number_cell) or _text(address)
        lane, number = split_address(told)
        lane = clean(_text(values.get("lane")), LONGEST_LANE + 1) or lane
        _short(number, LONGEST_NUMBER, "row_address_too_long")
        return _short(lane, LONGEST_LANE, "row_address_too_long"), number

    def _in_its_house(self, row: RegisterRow, values: dict[str, Cell]) -> RegisterRow:
        """`row` with the house of the lines above it, where a register writes it only once."""
        if row.code and (row.lane or row.number):
            self._places.setdefault(row.code, (row.lane, row.number))
        elif row.code and row.code in self._places:
            lane, number = self._places[row.code]
            return replace(row, lane=lane, number=number)
        if row.code or row.number or row.lane:
            return row
        if self._last is None or row.is_head or not _text(values.get("relation")):
            raise _Refusal("row_no_house")
        above = self._last
        return replace(row, code=above.code, lane=above.lane, number=above.number)


def split_address(told: str) -> tuple[str, str]:
    """Lane and house number of an address as written, without the village before them.

    The number is without its sign; an annex or a flat follows a hyphen: ``12-1``.
    """
    address = "".join(unicodedata.normalize("NFKC", told).split())
    address = pattern("village").sub("", address)
    found = pattern("house_number").match(address)
    if found is None:
        return clean(address, LONGEST_LANE + 1), ""
    number = re.sub(r"[^\dA-Za-z-]", "-", found["number"])
    parts = [number.upper(), *re.findall(r"\d+", found["rest"])]
    return clean(found["lane"], LONGEST_LANE + 1), "-".join(parts)


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _is_rounded(cell: Cell) -> bool:
    """Whether a spreadsheet took 18 digits for a quantity, which it cannot hold exactly."""
    return isinstance(cell, int | float) and abs(cell) >= 10 ** (identity.LENGTH - 1)


def _may_be_code(column: str, cell: Cell) -> bool:
    """Whether only the whole register can tell a household code from an old identity number."""
    told = _spaceless(_text(cell)) if column == "code" else ""
    return len(told) == identity.OLD_LENGTH and told.isdecimal()


def _without_error(cell: Cell) -> Cell:
    """`cell`, blank where a spreadsheet could not calculate it."""
    return None if isinstance(cell, str) and is_error(cell) else cell


def _refuse_formulas(values: dict[str, Cell]) -> None:
    """What was never calculated is not known, and nothing may be read out of its formula."""
    for column, cell in values.items():
        if column not in _NOT_OF_PEOPLE and isinstance(cell, str) and is_formula(cell):
            raise _Refusal("row_formula", clean(cell, _SHOWN))


def _counts(bearer: identity.Bearer, column: str) -> bool:
    """Whether a number says something: one without check digit only where it belongs."""
    return bearer.certain or column == "identity"


def _better(told: Birth | None, bearer: identity.Bearer | None) -> Birth | None:
    """The birth that a line tells, with the day of an identity number where it has no day."""
    if bearer is None or (told and told.day_known):
        return told
    born = bearer.born_on
    if told is None or (told.day.year, told.day.month) == (born.year, born.month):
        return Birth(born)
    return told


def _name(told: str) -> str:
    if not told:
        raise _Refusal("row_no_name")
    composed = unicodedata.normalize("NFC", told)
    damaged = any(mark in composed for mark in _LOST) or any(
        unicodedata.category(ch) in _UNREADABLE for ch in composed if not ch.isspace()
    )
    name = clean(_SPACE_BETWEEN_HAN.sub("", _DOTS.sub("\u00b7", composed)), LONGEST_NAME + 1)
    if damaged or not any(ch.isalpha() for ch in name):
        raise _Refusal("row_name_damaged", clean(told, _SHOWN))
    return _short(name, LONGEST_NAME, "row_name_too_long")


def _sex(told: str) -> str | None:
    if says(told, "male"):
        return "M"
    return "F" if says(told, "female") else None


def _premises(told: str) -> str:
    return next((each for each in _PREMISES if says(told, each)), "")


def _is_head(name: str, relation: str, head: str) -> bool | None:
    """Whether this is the head of the household; None if the register says nothing of it."""
    if not relation and not head:
        return None
    if says(relation, "head"):
        return True
    return bool(head) and (says(head, "yes") or says(head, "head") or _spaceless(head) == name)


def _phone(told: str) -> str:
    found = _PHONE.search(unicodedata.normalize("NFKC", told))
    return "".join(found[0].split())[:20] if found else ""


def _spaceless(told: str) -> str:
    return clean("".join(unicodedata.normalize("NFKC", told).split()), LONGEST_CODE + 1)


def _short(text: str, longest: int, reason_code: str) -> str:
    if len(text) > longest:
        raise _Refusal(reason_code, text[:_SHOWN], longest)
    return text
