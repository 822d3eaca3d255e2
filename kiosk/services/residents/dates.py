"""Days of birth in the forms in which registers have them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta

from kiosk.services.residents.cells import Cell, ShownDate
from kiosk.services.residents.vocabulary import pattern

_SEPARATED = re.compile(r"(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})")
_SOLID = re.compile(r"((?:18|19|20)\d{2})(\d{2})(\d{2})")
_TIME = re.compile(r"(?:T|\s+)\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?Z?$")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_FIRST_DAY = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
"""Day 0 of a spreadsheet's calendar, so that 1900-03-01 is day 61; True for the 1904 system."""
_SERIALS = range(2101, 73051)
"""Below it stands what may be a year, above it are days after the year 2099."""


def read_date(cell: Cell, *, counts_from_1904: bool = False) -> date | None:
    """The day in `cell`; None if it is blank.

    1956-03-01, 1956/3/1, 1956.3.1, 19560301, year-month-day in Chinese, a spreadsheet's serial
    number, full-width digits, and any of them with a time of day.

    Raises:
        ValueError: it is not one whole, certain day: a year alone, two-digit years, 01/03/1956.
    """
    if isinstance(cell, ShownDate):
        cell = cell.moment
    if cell is None or isinstance(cell, datetime):
        return cell.date() if cell else None
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float):
        return _from_number(cell, counts_from_1904)
    text = _TIME.sub("", unicodedata.normalize("NFKC", cell).strip()).strip()
    return _from_text(text, counts_from_1904) if text else None


def _from_number(number: float, counts_from_1904: bool) -> date:
    if int(number) in _SERIALS:
        return _FIRST_DAY[counts_from_1904] + timedelta(days=int(number))
    return _from_text(str(int(number)), counts_from_1904)


def _from_text(text: str, counts_from_1904: bool) -> date:
    spaceless = "".join(text.split())
    for form in (_SEPARATED, _SOLID, pattern("date_words")):
        if found := form.fullmatch(spaceless):
            year, month, day = map(int, found.groups())
            return date(year, month, day)
    if found := _SERIAL.fullmatch(spaceless):
        return _from_number(int(found[1]), counts_from_1904)
    raise ValueError("not a day")
