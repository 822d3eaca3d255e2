"""ODS, the workbooks of LibreOffice and others (OASIS OpenDocument 1.2 and later), as a stream."""

from __future__ import annotations

import re
import zipfile
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.core.errors import ExpectedError
from kiosk.services.register.importing.cells import (
    LAST_COLUMN,
    LAST_LINE,
    Cell,
    Line,
    ShownDate,
    Table,
    Unfolding,
    tidied,
)
from kiosk.services.register.importing.workbooks.merges import Merge, filled, new_merges
from kiosk.services.register.importing.workbooks.xml_parts import Attributes, elements, parse
from kiosk.services.register.vocabulary import pattern

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

_OFFICE, _TABLE, _TEXT = (
    f"urn:oasis:names:tc:opendocument:xmlns:{each}:1.0 " for each in ("office", "table", "text")
)
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_SPACES = (f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break")
_CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"
_LINE = 300
"""As what a line counts that only a repeat makes: reading it takes as long as so many blanks."""
_ZERO_DAYS = ("1899-12-30", "1904-01-01")
"""What a formula leaves that points at a blank cell."""
_NUMBERS = ("float", "currency", "percentage")
_NO_MASK = re.compile(r"[.,%E]")
_TIME_OF_DAY = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?")
_FORMULA_START = re.compile(r"^(?:[a-z]+:)?=?")


def is_ods(archive: zipfile.ZipFile) -> bool:
    """Whether this is an OpenDocument file."""
    return _CONTENT in archive.namelist()


def read_ods(archive: zipfile.ZipFile) -> list[Table]:
    """The sheets of a workbook, hidden ones too; rows are read when they are asked for.

    Raises:
        ExpectedError: ``register_encrypted``.
        ValueError, expat.ExpatError: it is no workbook, or a broken one. Reading its rows may also
            raise ``register_too_large``.
    """
    if _MANIFEST in archive.namelist() and b"encryption-data" in archive.read(_MANIFEST):
        raise ExpectedError("register_encrypted")
    tables = []
    unfolding = Unfolding()
    for place, (name, hidden) in enumerate(_sheets(archive)):
        reader = _RowReader(place, unfolding)
        lines = filled(_lines(archive, reader), reader.merges, unfolding)
        tables.append(Table(name, lines, hidden=hidden))
    if not tables:
        raise ValueError("no sheet")
    return tables


def _sheets(archive: zipfile.ZipFile) -> list[tuple[str, bool]]:
    """Name of each sheet, and whether its style hides it."""
    hiding: set[str] = set()
    style, sheets = "", []
    for name, attributes in elements(archive, _CONTENT):
        if name == "style":
            style = attributes.get("name", "")
        elif name == "table-properties" and attributes.get("display") == "false":
            hiding.add(style)
        elif name == "table" and "name" in attributes:
            sheets.append((attributes["name"], attributes.get("style-name") in hiding))
    return sheets


def _lines(archive: zipfile.ZipFile, reader: _RowReader) -> Iterator[Line]:
    for _ in parse(archive, _CONTENT, reader.listen):
        while reader.lines:
            yield reader.lines.popleft()


@dataclass
class _RowReader:
    """Hears the elements of the content and puts the rows of one sheet into `lines`."""

    sheet: int
    unfolding: Unfolding
    lines: deque[Line] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self.merges = new_merges()
        self._tables = -1
        self._depth = 0
        """How deep within the sheet; a paragraph of a cell stands right below it."""
        self._row: Attributes = {}
        self._cells: list[Cell] = []
        self._number = 0
        self._column = 0
        self._cell: Attributes | None = None
        self._cell_depth = 0
        self._text: list[str] = []
        self._in_paragraph = False

    def listen(self, parser: XMLParserType) -> None:
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._hear

    def _start(self, name: str, attributes: Attributes) -> None:
        if self._depth == 0 and name == f"{_TABLE}table":
            self._tables += 1
        if self._depth or name == f"{_TABLE}table":
            self._depth += 1
        if self._tables == self.sheet and self._depth:
            self._within_sheet(name, attributes)

    def _within_sheet(self, name: str, attributes: Attributes) -> None:
        if self._cell is not None:
            self._within_cell(name, attributes)
        elif name == f"{_TABLE}table-row":
            self._row, self._cells, self._column = attributes, [], 0
        elif name in _CELLS:
            self._cell, self._cell_depth = attributes, self._depth
            self._text = []

    def _within_cell(self, name: str, attributes: Attributes) -> None:
        if name == f"{_TEXT}p" and self._depth == self._cell_depth + 1:
            self._text += ["\n"] if self._text else []
            self._in_paragraph = True
        elif self._in_paragraph and name in _SPACES:
            blanks = _times(attributes, f"{_TEXT}c", least=0)
            self.unfolding.make(blanks)
            self._text.append(" " * blanks)

    def _hear(self, piece: str) -> None:
        if self._in_paragraph:
            self._text.append(piece)

    def _end(self, name: str) -> None:
        if not self._depth:
            return
        if self._tables == self.sheet:
            self._end_within_sheet(name)
        self._depth -= 1

    def _end_within_sheet(self, name: str) -> None:
        if self._cell is not None:
            if name == f"{_TEXT}p" and self._depth == self._cell_depth + 1:
                self._in_paragraph = False
            elif self._depth == self._cell_depth:
                self._end_cell(name)
        elif name == f"{_TABLE}table-row":
            self._end_row()

    def _end_cell(self, name: str) -> None:
        cell, self._cell = self._cell or {}, None
        value = _value(cell, "".join(self._text)) if name == f"{_TABLE}table-cell" else None
        times = _times(cell, f"{_TABLE}number-columns-repeated")
        if value is not None and value != "":
            if self._column + times > LAST_COLUMN:
                raise ValueError("no such column")
            missing = self._column - len(self._cells)
            self.unfolding.make(missing + times - 1)
            self._cells.extend([None] * missing)
            self._cells.extend([value] * times)
        rows = _times(cell, f"{_TABLE}number-rows-spanned")
        if rows > 1:
            self.merges[self._number + 1].append(Merge(self._column, self._number + rows))
        self._column += times

    def _end_row(self) -> None:
        times = _times(self._row, f"{_TABLE}number-rows-repeated")
        hidden = self._row.get(f"{_TABLE}visibility", "visible") != "visible"
        if self._number + (times if self._cells else 1) > LAST_LINE:
            raise ValueError("no such line")
        if self._cells:
            self.unfolding.make((times - 1) * (_LINE + len(self._cells)))
        for _ in range(times if self._cells else 1):
            self._number += 1
            self.lines.append(Line(self._number, tidied(self._cells), hidden))
        self._number += 0 if self._cells else times - 1


def _times(attributes: Attributes, name: str, least: int = 1) -> int:
    """How often something stands there; once where nothing is said.

    Raises:
        ValueError: less often than `least`.
    """
    times = int(attributes.get(name, 1))
    if times < least:
        raise ValueError("less often than can be")
    return times


def _value(cell: Attributes, text: str) -> Cell:
    """What a cell shows, by its type (OpenDocument 1.2 part 1, 19.385)."""
    kind = cell.get(f"{_OFFICE}value-type")
    if kind in _NUMBERS:
        return _number(cell.get(f"{_OFFICE}value", ""), text)
    if kind == "date":
        return _date(cell.get(f"{_OFFICE}date-value", ""), text)
    if kind is None and not text and f"{_TABLE}formula" in cell:
        return "=" + _FORMULA_START.sub("", cell[f"{_TABLE}formula"])
    return text or cell.get(f"{_OFFICE}string-value")


def _number(value: str, text: str) -> Cell:
    """A number, or its text if that shows leading zeros or signs between the same digits."""
    number = float(value)
    if not number.is_integer():
        return number
    digits = "".join(filter(str.isdecimal, text))
    is_shown_otherwise = text != str(int(number)) and not _NO_MASK.search(text)
    if digits and number >= 0 and int(digits) == number and is_shown_otherwise:
        return text
    return int(number)


def _date(value: str, text: str) -> Cell:
    if value.partition("T")[0] in _ZERO_DAYS:
        return None
    try:
        moment = datetime.fromisoformat(value).replace(tzinfo=None)
    except ValueError:
        return text or value
    shown = _TIME_OF_DAY.sub("", text)
    groups = re.findall(r"\d+", shown)
    if len(groups) > 2 or not text:
        return ShownDate(moment)
    if not groups:
        return ShownDate(moment, day=bool(pattern("day_sign").search(shown)))
    return _partly_shown(moment, groups, any(map(str.isalpha, shown)))


def _partly_shown(moment: datetime, groups: list[str], has_month_name: bool) -> ShownDate:
    """A date that shows one or two numbers: which of its parts these are."""
    if max(map(len, groups)) == 4:
        return ShownDate(moment, 4, has_month_name or len(groups) == 2, day=False)
    numbers = set(map(int, groups))
    if moment.day in numbers and (len(numbers) == 1 or moment.month in numbers):
        return ShownDate(moment, 0)
    return ShownDate(moment, 2, day=False)
