"""XLSX of any writer (ECMA-376, transitional and strict), read as a stream.

Names of elements count without their prefix and namespace, parts are found by their relations and
not by their names, and each cell is read with its number format.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

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
from kiosk.services.register.importing.workbooks.formats import BUILT_IN, Format, format_of
from kiosk.services.register.importing.workbooks.merges import Merge, Merges, filled, new_merges
from kiosk.services.register.importing.workbooks.xml_parts import Attributes, elements, local, parse

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

_TRUE = ("1", "true", "on")
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_DIGITS = "0123456789"
_USUAL_WORKBOOK = "/xl/workbook.xml"


def read_xlsx(archive: zipfile.ZipFile) -> list[Table]:
    """The sheets of a workbook, hidden ones too; rows are read when they are asked for.

    Raises:
        KeyError, ValueError, expat.ExpatError: it is no workbook, or a broken one. Reading its
            rows may also raise ``register_too_large``.
    """
    book = _Book(archive=archive)
    return [
        Table(
            sheet.name,
            filled(book.lines(sheet.part), book.merges(sheet.part), book.unfolding),
            counts_from_1904=book.counts_from_1904,
            hidden=sheet.hidden,
        )
        for sheet in book.sheets
    ]


@dataclass(frozen=True)
class _Sheet:
    name: str
    part: str
    hidden: bool


@dataclass(kw_only=True)
class _Book:
    """The parts of a workbook that its sheets need."""

    archive: zipfile.ZipFile
    sheets: list[_Sheet] = field(default_factory=list)
    counts_from_1904: bool = False
    never_calculated: bool = False
    """Whether its writer left all formulas to be calculated when it is opened."""
    strings: list[str] = field(default_factory=list)
    formats: list[Format] = field(default_factory=list)
    unfolding: Unfolding = field(default_factory=Unfolding)

    def __post_init__(self) -> None:
        self._parts = {_part_name(name): name for name in self.archive.namelist()}
        workbook = next(iter(self._related("", "officeDocument").values()), _USUAL_WORKBOOK)
        sheets = self._related(workbook, "worksheet")
        for name, attributes in elements(self.archive, self._parts[_part_name(workbook)]):
            if name == "sheet" and attributes.get("id") in sheets:
                hidden = attributes.get("state", "visible") != "visible"
                part = sheets[attributes["id"]]
                self.sheets.append(_Sheet(attributes["name"], part, hidden))
            elif name == "workbookPr":
                self.counts_from_1904 = attributes.get("date1904") in _TRUE
            elif name == "calcPr":
                self.never_calculated = attributes.get("fullCalcOnLoad") in _TRUE
        for part in self._related(workbook, "sharedStrings").values():
            self.strings = _shared_strings(self.archive, self._parts[_part_name(part)])
        for part in self._related(workbook, "styles").values():
            self.formats = _cell_formats(self.archive, self._parts[_part_name(part)])

    def lines(self, part: str) -> Iterator[Line]:
        """The rows of a sheet that are in the file, in their order."""
        reader = _RowReader(self)
        for _ in parse(self.archive, self._parts[_part_name(part)], reader.listen):
            while reader.lines:
                yield reader.lines.popleft()

    def merges(self, part: str) -> Merges:
        """The merged cells of a sheet, which stand behind its rows."""
        merges = new_merges()
        for _, attributes in elements(self.archive, self._parts[_part_name(part)], "mergeCell"):
            first, last = _corners(attributes["ref"])
            merges[first[1]].append(Merge(first[0], last[1]))
        return merges

    def _related(self, part: str, kind: str) -> dict[str, str]:
        """The parts of one kind that `part` names, by the id of the relation."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        found = self._parts.get(_part_name(relations))
        if found is None:
            return {}
        return {
            each["Id"]: posixpath.normpath(posixpath.join("/", folder, _path(each["Target"])))
            for element, each in elements(self.archive, found)
            if element == "Relationship" and each["Type"].endswith(f"/{kind}")
        }


def _part_name(name: str) -> str:
    """A part's name as names are compared: no matter its case and how it begins."""
    return _path(name).lstrip("/").casefold()


def _path(name: str) -> str:
    return name.replace("\\", "/")


def _shared_strings(archive: zipfile.ZipFile, part: str) -> list[str]:
    strings: list[str] = []
    text = _Text()

    def start(name: str, _: Attributes) -> None:
        if local(name) == "si":
            text.clear()
        text.start(local(name))

    def end(name: str) -> None:
        text.end(local(name))
        if local(name) == "si":
            strings.append(str(text))

    def listen(parser: XMLParserType) -> None:
        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.CharacterDataHandler = text.hear

    for _ in parse(archive, part, listen):
        pass
    return strings


class _Text:
    """The text of a string's runs, without the reading that may stand above it."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._within = False
        self._in_reading = False

    def clear(self) -> None:
        self._pieces.clear()

    def start(self, name: str) -> None:
        if name == "t":
            self._within = not self._in_reading
        elif name == "rPh":
            self._in_reading = True

    def end(self, name: str) -> None:
        if name == "t":
            self._within = False
        elif name == "rPh":
            self._in_reading = False

    def hear(self, piece: str) -> None:
        if self._within:
            self._pieces.append(piece)

    def __str__(self) -> str:
        return "".join(self._pieces)


def _cell_formats(archive: zipfile.ZipFile, part: str) -> list[Format]:
    """The format of each cell style, by its number."""
    codes = dict(BUILT_IN)
    formats: list[Format] = []
    within = ""
    for name, attributes in elements(archive, part):
        if name == "numFmt":
            codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif name in ("cellXfs", "cellStyleXfs", "dxfs", "cellStyles"):
            within = name
        elif name == "xf" and within == "cellXfs":
            formats.append(format_of(codes.get(int(attributes.get("numFmtId", 0)), "")))
    return formats


@dataclass
class _RowReader:
    """Hears the elements of a sheet and puts its finished rows into `lines`."""

    book: _Book
    lines: deque[Line] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self._number = 0
        self._hidden = False
        self._row: list[Cell] = []
        self._column = -1
        self._cell: Attributes | None = None
        self._element = ""
        self._value: list[str] = []
        self._formula: str | None = None
        self._has_value = False
        self._text = _Text()
        self._styles: dict[str | None, Format] = {
            str(number): each for number, each in enumerate(self.book.formats)
        }

    def listen(self, parser: XMLParserType) -> None:
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._hear

    def _start(self, name: str, attributes: Attributes) -> None:
        name = local(name)
        if name == "c":
            self._begin_cell(attributes)
        elif name == "row":
            self._number = int(attributes.get("r", self._number + 1))
            if not 0 < self._number <= LAST_LINE:
                raise ValueError("no such line")
            self._hidden = attributes.get("hidden") in _TRUE
            self._row, self._column = [], -1
        elif self._cell is not None:
            self._within_cell(name)

    def _begin_cell(self, attributes: Attributes) -> None:
        self._cell = attributes
        reference = attributes.get("r")
        self._column = _column(reference.rstrip(_DIGITS)) if reference else self._column + 1
        if self._column >= LAST_COLUMN:
            raise ValueError("no such column")
        self._value, self._formula, self._has_value = [], None, False
        self._text.clear()

    def _within_cell(self, name: str) -> None:
        self._element = name
        if name == "v":
            self._has_value = True
        elif name == "f":
            self._formula = ""
        else:
            self._text.start(name)

    def _hear(self, piece: str) -> None:
        if self._element == "v":
            self._value.append(piece)
        elif self._element == "f":
            self._formula = (self._formula or "") + piece
        else:
            self._text.hear(piece)

    def _end(self, name: str) -> None:
        name = local(name)
        if name == "c":
            self._end_cell()
        elif name == "row":
            self.lines.append(Line(self._number, tidied(self._row), self._hidden))
        elif self._cell is not None:
            self._element = ""
            self._text.end(name)

    def _end_cell(self) -> None:
        cell, self._cell = self._cell or {}, None
        value = self._content(cell, "".join(self._value))
        if value is not None and value != "":
            missing = self._column - len(self._row)
            self.book.unfolding.make(missing)
            self._row.extend([None] * missing)
            self._row.append(value)

    def _content(self, cell: Attributes, value: str) -> Cell:
        kind = cell.get("t", "n")
        if self._formula is not None and self._is_uncalculated(kind, value):
            return f"={self._formula or '?'}"
        if kind == "n":
            return self._number_shown(cell, value) if value.strip() else None
        return _TEXT_CELLS.get(kind, _as_written)(self, value)

    def _is_uncalculated(self, kind: str, value: str) -> bool:
        """Whether a formula's value is missing, or the 0 that some writers put there."""
        if value:
            return self.book.never_calculated and kind == "n" and value == "0"
        return not (kind == "str" and self._has_value)

    def _number_shown(self, cell: Attributes, value: str) -> Cell:
        number = _number(value)
        style = self._styles.get(cell.get("s", "0"))
        if style is None:
            return number
        return style.shown(number, counts_from_1904=self.book.counts_from_1904)

    def _iso_date(self, value: str) -> Cell:
        try:
            return ShownDate(datetime.fromisoformat(value.strip()))
        except ValueError:
            return value

    def _shared(self, value: str) -> Cell:
        return self.book.strings[int(value)] if value.strip() else None

    def _inline(self, value: str) -> Cell:
        return str(self._text) or value


def _as_written(_: _RowReader, value: str) -> Cell:
    return value


_TEXT_CELLS: dict[str, Callable[[_RowReader, str], Cell]] = {
    "s": _RowReader._shared,
    "inlineStr": _RowReader._inline,
    "b": lambda _, value: str(value.strip() in _TRUE) if value else None,
    "d": _RowReader._iso_date,
}


def _number(value: str) -> float:
    number = float(value)
    exact = value.strip().lstrip("+-").isdecimal()
    return int(value) if exact else int(number) if number.is_integer() else number


def _corners(reference: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Column and line of the first and the last of some cells, ``A2:B5``."""
    corners = [_REFERENCE.fullmatch(corner) for corner in reference.split(":")]
    places = [(_column(found[1]), int(found[2])) for found in corners if found]
    return places[0], places[-1]


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    """The place of a column by its letters: 0 for A, 26 for AA.

    Raises:
        ValueError: these are none.
    """
    index = 0
    for letter in letters.replace("$", "").upper():
        if not "A" <= letter <= "Z":
            raise ValueError("no such column")
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
