"""A register file, read: the people in it, and the lines that cannot go in.

Reading writes nothing and needs no village.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kiosk.core.clock import SystemClock, village_day
from kiosk.core.errors import ExpectedError
from kiosk.services.residents import identity
from kiosk.services.residents.headings import with_headings
from kiosk.services.residents.rows import RefusedRow, RegisterRow, RowReader
from kiosk.services.residents.tables import read_tables

_PLACE_DIGITS = 12
"""A household code of 15 digits begins with the 12 of the village's statistical code."""


@dataclass(frozen=True)
class Register:
    """What a register file says."""

    rows: tuple[RegisterRow, ...]
    refused: tuple[RefusedRow, ...] = ()
    identity_numbers: int = 0
    """How many identity numbers were recognised and dropped."""


def read_register(file: Path, today: date | None = None) -> Register:
    """Read a register: XLSX, XLS, ODS, or CSV in UTF-8, GB18030/GBK or UTF-16.

    `today` tells house numbers that a spreadsheet took for dates; the village's day if not given.

    Raises:
        ExpectedError: as `read_tables` and `with_headings`; ``register_empty`` if there is nobody
            below the headings.
        EnvironmentFault: ``register_unreadable``.
    """
    rows: list[RegisterRow] = []
    refused: list[RefusedRow] = []
    dropped = 0
    this_year = (today or village_day(SystemClock().now())).year
    for table in with_headings(read_tables(file)):
        reader = RowReader(table, this_year)
        for line, cells, hidden in table.lines:
            if hidden:
                continue
            read = reader.read(line, cells)
            if isinstance(read, RegisterRow):
                rows.append(read)
            elif read is not None:
                refused.append(read)
        dropped += reader.identity_numbers
    if not rows and not refused:
        raise ExpectedError("register_empty")
    return _without_old_numbers_as_codes(Register(tuple(rows), tuple(refused), dropped))


def _without_old_numbers_as_codes(register: Register) -> Register:
    """`register` without household codes that are old identity numbers of 15 digits.

    The two look alike. Codes of one village share their first 12 digits; identity numbers hold a
    day of birth there and differ. Where there is any doubt they count as identity numbers.
    """
    doubtful = {row.code for row in register.rows if identity.is_old_number(row.code)}
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
    return Register(tuple(rows), tuple(refused), dropped)
