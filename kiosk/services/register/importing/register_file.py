"""A register file, read: the people in it, and the lines that cannot go in.

Reading writes nothing and needs no village.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from kiosk.core.clock import SystemClock, village_day
from kiosk.core.errors import ExpectedError
from kiosk.core.text import clean
from kiosk.services.register.importing import addresses
from kiosk.services.register.importing import identity_numbers as importing_identity_numbers
from kiosk.services.register.importing.headings import HeadedTable, UnreadSheet, with_headings
from kiosk.services.register.importing.rows import LONGEST_LANE, RefusedRow, RegisterRow, RowReader
from kiosk.services.register.importing.tables import read_tables

_LONGEST_HEADING = 40
_SHOWN = 30
_TOLD_EVERY = 1_000
_PLACE_DIGITS = 12
"""A household code of 15 digits begins with the 12 of the village's statistical code."""


@dataclass(frozen=True)
class ReadColumn:
    """A column with a heading, as the office sees it: its letters, and what it was taken for."""

    letters: str
    heading: str
    field: str
    """``name``, ``born_on``, ``lane`` and so on; empty if the column was not read."""


@dataclass(frozen=True)
class SheetAccount:
    """What became of the lines of a sheet, but for those that are somebody."""

    sheet: str
    lines: int
    passed_over: dict[str, int]
    """How many were no person, by what they are; ``hidden`` for those that the office hid."""
    columns: tuple[ReadColumn, ...] = ()


@dataclass(frozen=True)
class Register:
    """What a register file says."""

    rows: tuple[RegisterRow, ...]
    refused: tuple[RefusedRow, ...] = ()
    identity_numbers: int = 0
    """How many identity numbers were recognised and dropped."""
    sheets: tuple[SheetAccount, ...] = ()
    """Every line of the file is in `rows`, in `refused`, or passed over in one of these."""


def read_register(
    file: Path,
    today: date | None = None,
    village: str = "",
    progress: Callable[[int], None] = lambda _lines: None,
) -> Register:
    """Read a register: XLSX, XLS, ODS, or CSV in UTF-8, GB18030/GBK or UTF-16.

    `today` tells house numbers that a spreadsheet took for dates; the village's day if not given.
    `village` is the village's name, which says nothing before an address within it; `progress`
    gets the number of lines read, now and then.

    Raises:
        ExpectedError: as `read_tables` and `with_headings`; ``register_empty`` if there is nobody
            below the headings.
        EnvironmentFault: ``register_unreadable``.
    """
    headed, unread = with_headings(read_tables(file))
    reading = _Reading(
        this_year=(today or village_day(SystemClock().now())).year, progress=progress
    )
    for table in headed:
        reading.read(table)
    reading.sheets += [_unread(each) for each in unread]
    if not reading.rows and not reading.refused:
        raise ExpectedError("register_empty")
    rows, too_long = _in_the_village(reading.rows, village)
    refused = (*reading.refused, *too_long)
    register = Register(rows, refused, reading.identity_numbers, tuple(reading.sheets))
    return _without_old_numbers_as_codes(register)


@dataclass(kw_only=True)
class _Reading:
    """The lines of all sheets, read one after another."""

    this_year: int
    progress: Callable[[int], None]
    rows: list[RegisterRow] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    sheets: list[SheetAccount] = field(default_factory=list)
    identity_numbers: int = 0
    _lines: int = 0

    def read(self, table: HeadedTable) -> None:
        """Read every line of a sheet."""
        reader, passed = (
            RowReader(table=table, this_year=self.this_year),
            Counter({"heading": table.above}),
        )
        before = self._lines - table.above
        lines = list(table.lines)
        reader.survey(each.cells for each in lines if not each.hidden)
        for line, cells, hidden in lines:
            self._count()
            read = reader.read(line, cells)  # a hidden head has a house for the family below
            if hidden:
                passed["hidden"] += 1
            elif isinstance(read, RegisterRow):
                self.rows.append(read)
            elif isinstance(read, RefusedRow):
                self.refused.append(read)
            else:
                passed[read] += 1
        self.identity_numbers += reader.identity_numbers
        count = self._lines - before
        self.sheets.append(SheetAccount(table.sheet, count, dict(passed), tuple(_columns(table))))

    def _count(self) -> None:
        self._lines += 1
        if self._lines % _TOLD_EVERY == 0:
            self.progress(self._lines)


def _unread(sheet: UnreadSheet) -> SheetAccount:
    return SheetAccount(sheet.sheet, sheet.lines, {sheet.reason: sheet.lines})


def _columns(table: HeadedTable) -> Iterator[ReadColumn]:
    fields = {column: name.partition("@")[0] for name, column in table.columns.items()}
    for column, heading in enumerate(table.headings):
        if heading.strip():
            told = importing_identity_numbers.scrub(clean(heading, _LONGEST_HEADING))[0]
            yield ReadColumn(_letters(column), told, fields.get(column, ""))


def _letters(column: int) -> str:
    """How a spreadsheet names a column: A for 0, AA for 26."""
    letters = ""
    column += 1
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def _in_the_village(
    rows: list[RegisterRow], village: str
) -> tuple[tuple[RegisterRow, ...], list[RefusedRow]]:
    """The rows with their lanes as they are called within the village."""
    lanes = addresses.without_village({row.lane for row in rows}, village)
    kept: list[RegisterRow] = []
    refused: list[RefusedRow] = []
    for row in rows:
        lane = lanes[row.lane] or ("" if row.number or row.code else row.lane)
        if len(lane) > LONGEST_LANE:
            values = (lane[:_SHOWN], LONGEST_LANE)
            refused.append(RefusedRow(row.line, "row_address_too_long", values, row.sheet))
        else:
            kept.append(row if lane == row.lane else replace(row, lane=lane))
    return tuple(kept), refused


def _without_old_numbers_as_codes(register: Register) -> Register:
    """`register` without household codes that are old identity numbers of 15 digits.

    The two look alike. Codes of one village share their first 12 digits; identity numbers hold a
    day of birth there and differ. Where there is any doubt they count as identity numbers.
    """
    doubtful = {
        row.code for row in register.rows if importing_identity_numbers.is_old_number(row.code)
    }
    if len(doubtful) > 2 * len({code[:_PLACE_DIGITS] for code in doubtful}):
        return register
    rows: list[RegisterRow] = []
    refused = list(register.refused)
    for row in register.rows:
        if row.code not in doubtful:
            rows.append(row)
        elif row.lane or row.number:
            rows.append(replace(row, code=""))
        else:
            refused.append(RefusedRow(row.line, "row_no_house", (), row.sheet))
    dropped = register.identity_numbers + len(doubtful)
    return replace(register, rows=tuple(rows), refused=tuple(refused), identity_numbers=dropped)
