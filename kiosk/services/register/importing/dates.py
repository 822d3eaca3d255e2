"""Days of birth in the forms in which registers have them.

Nobody's birthday has a time of day. Where one stands beside the day, a program moved midnight from
one time zone to another, or kept noon to be safe; what cannot be explained like that is refused.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

from kiosk.core.clock import VILLAGE_ZONE
from kiosk.services.register.importing.cells import Cell, ShownDate
from kiosk.services.register.importing.workbooks.formats import moment
from kiosk.services.register.vocabulary import numerals, pattern

_SEPARATOR = r"[-/.\u00b7\u3001\u2014\u2013\\_]"
_SEPARATED = re.compile(rf"(\d{{4}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{1,2}})")
_SOLID = re.compile(r"((?:18|19|20)\d{2})(\d{2})(\d{2})")
_MONTH = re.compile(rf"(\d{{4}}){_SEPARATOR}(\d{{1,2}})")
_SOLID_MONTH = re.compile(r"((?:19|20)\d{2})(\d{2})")
_LOST_ZERO = re.compile(r"\d{4}\.1")
"""January, or October after a spreadsheet took 1965.10 for a number."""
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[- ](?P<month>[A-Za-z]{3})[a-z]*[-, ]+(?P<year>\d{4})")
_MONTH_FIRST = re.compile(r"(?P<month>[A-Za-z]{3})[a-z]*\.? (?P<day>\d{1,2}),? (?P<year>\d{4})")
_MONTH_NAMES = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
_DAY_MONTH = re.compile(r"(?P<other>\d{1,2})-(?P<month>[A-Za-z]{3})")
_MONTH_YEAR = re.compile(r"(?P<month>[A-Za-z]{3})-(?P<other>\d{2})")
_WHOLE = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?: 0?0:00(?::00)?)?")
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? (?=[a-z0-9])", re.IGNORECASE)
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})?")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_SERIALS = range(2101, 73051)
"""Below it stands what may be a year, above it are days after the year 2099."""
_VILLAGE_OFFSET = timezone(timedelta(hours=8))
_MIDNIGHT = timedelta(minutes=6)
"""How far a zone's history moves midnight: Shanghai was 8 h 5 min 43 s ahead before 1901."""
_KEPT_SAFE = ((8, 0), (12, 0))
"""Midnight in Greenwich as a Chinese clock shows it, and the noon that some systems keep."""
_FIRST_SPREADSHEETS = 2000
"""A day without its year that a spreadsheet holds before this year was typed with the year."""


@dataclass(frozen=True, slots=True)
class Birth:
    """A day of birth; where only its month is known, the last day of the month."""

    day: date
    day_known: bool = True


def read_birth(cell: Cell, *, counts_from_1904: bool = False) -> Birth | None:
    """The birth that `cell` tells; None if it is blank or a system's sign for no day.

    1956-03-01, 1956/3/1, 1956.3.1, 19560301, year-month-day in Chinese with either digits, a
    spreadsheet's serial number, 1 March 1956, any of them with a midnight that a time zone moved;
    and year and month alone: 1956-03, 1956.03, 195603, a date cell that shows no day.

    Raises:
        ValueError, OverflowError: it is no certain month: a year alone, two-digit years,
            01/03/1956, a time of day that no zone explains.
    """
    if isinstance(cell, ShownDate):
        return _from_shown(cell)
    if isinstance(cell, datetime):
        return Birth(_midnight(cell, None))
    if cell is None or isinstance(cell, date):
        return Birth(cell) if cell else None
    if isinstance(cell, int | float):
        return _from_number(cell, counts_from_1904)
    text = " ".join(unicodedata.normalize("NFKC", cell).split())
    return _from_text(text, counts_from_1904) if text else None


def read_date(cell: Cell, *, counts_from_1904: bool = False) -> date | None:
    """The day in `cell`; None if it is blank.

    Raises:
        ValueError, OverflowError: it is not one whole, certain day; see `read_birth`.
    """
    birth = read_birth(cell, counts_from_1904=counts_from_1904)
    if birth is not None and not birth.day_known:
        raise ValueError("not a whole day")
    return birth.day if birth else None


def shown_birth(day: date | None, day_known: bool) -> str:
    """A day of birth as it is known: ``1965-05-20``, ``1965-05``, or nothing."""
    if day is None:
        return ""
    return day.isoformat() if day_known else f"{day:%Y-%m}"


def unmistaken(cell: Cell, this_year: int) -> Cell:
    """A house number as it was before a spreadsheet took it for a date: 3-2 for 2 March.

    A year that is shown is the spreadsheet's own if it is `this_year` or the one before; anything
    that is no date stays as it is.

    Raises:
        ValueError: it is a date, and more than one number may have been meant.
    """
    if isinstance(cell, str):
        found = _WHOLE.fullmatch(cell)
        if found is None:
            return _without_words(cell)
        cell = date(*map(int, found.groups()))
    if not isinstance(cell, ShownDate | date):
        return cell
    shown = cell if isinstance(cell, ShownDate) else ShownDate(datetime.combine(cell, time.min))
    return _number_shown_as(shown, this_year)


def _number_shown_as(cell: ShownDate, this_year: int) -> str:
    at = cell.moment
    if not cell.month or at.time() != time.min:
        raise ValueError("a time of day")
    if cell.day and (not cell.year or at.year in (this_year, this_year - 1)):
        return f"{at.month}-{at.day}"
    if not cell.day and cell.year == 2:
        return f"{at.month}-{at.year % 100}"
    raise ValueError("a date with a year")


def _without_words(text: str) -> str:
    """``3-2`` for 2-Mar and for the same in Chinese, ``3-32`` for Mar-32; others as they are."""
    if found := pattern("month_and_day").fullmatch("".join(text.split())):
        return f"{int(found[1])}-{int(found[2])}"
    found = _DAY_MONTH.fullmatch(text) or _MONTH_YEAR.fullmatch(text)
    if found is None or found["month"].casefold() not in _MONTH_NAMES:
        return text
    return f"{_month_number(found['month'])}-{int(found['other'])}"


def _from_shown(cell: ShownDate) -> Birth:
    at = cell.moment
    if not cell.month or (not cell.year and at.year >= _FIRST_SPREADSHEETS):
        raise ValueError("a time, a year or a day of no certain year")
    day = _midnight(at, None)
    return Birth(day) if cell.day or day.day > 1 else _month(day.year, day.month)


def _from_number(number: float, counts_from_1904: bool) -> Birth | None:
    if number == 0:
        return None
    if int(number) in _SERIALS:
        return Birth(_midnight(moment(number, counts_from_1904), None))
    return _from_text(f"{number:.10g}", counts_from_1904)


def _from_text(text: str, counts_from_1904: bool) -> Birth | None:
    if found := pattern("time_of_day").search(text):
        birth = _from_day(text[: found.start()].strip())
        return _at_time(birth, found) if birth else None
    if _SERIAL.fullmatch(text):
        return _from_number(float(text), counts_from_1904)
    return _from_day(text)


def _from_day(text: str) -> Birth | None:
    spaceless = "".join(text.split())
    if pattern("no_day").fullmatch(re.sub(_SEPARATOR, "-", spaceless)):
        return None
    for form in (_SEPARATED, _SOLID, pattern("date_words")):
        if found := form.fullmatch(spaceless):
            return _birth(*map(int, found.groups()))
    for form in (_MONTH, _SOLID_MONTH, pattern("month_words")):
        if (found := form.fullmatch(spaceless)) and not _LOST_ZERO.fullmatch(spaceless):
            return _month(*map(int, found.groups()))
    return _from_words(text, spaceless)


def _from_words(text: str, spaceless: str) -> Birth:
    """A day with the name of its month, or in Chinese numerals."""
    if found := pattern("numeral_date").fullmatch(spaceless):
        year, month, day = (found[part] or "" for part in ("year", "month", "day"))
        return _birth(int(year.translate(numerals())), _numeral(month), _numeral(day))
    bare = _WEEKDAY.sub("", text)
    found = _DAY_FIRST.fullmatch(bare) or _MONTH_FIRST.fullmatch(bare)
    if found is None:
        raise ValueError("not a day")
    return Birth(date(int(found["year"]), _month_number(found["month"]), int(found["day"])))


def _month_number(name: str) -> int:
    return _MONTH_NAMES.index(name.casefold()) + 1


def _numeral(signs: str) -> int:
    """A number below 40 in Chinese numerals, whose tens are signs of their own; 0 for none."""
    plain = signs.translate(numerals())
    tens, is_ten, ones = plain.partition("X")
    return 10 * int(tens or "1") + int(ones or "0") if is_ten else int(plain or "0")


def _birth(year: int, month: int, day: int) -> Birth:
    return Birth(date(year, month, day)) if day else _month(year, month)


def _month(year: int, month: int) -> Birth:
    if not 1 <= month <= 12:
        raise ValueError("no such month")
    return Birth(date(year, month, monthrange(year, month)[1]), day_known=False)


def _at_time(birth: Birth, found: re.Match[str]) -> Birth:
    """`birth` as the village had that day when the clock showed this time somewhere."""
    half = found["before"] or found["after"]
    hour = int(found["hour"])
    if half:
        hour = hour % 12 + (12 if pattern("after_noon").fullmatch(half) else 0)
    clock = time(hour, int(found["minute"]), int(found["second"] or 0))
    at = datetime.combine(birth.day, clock)
    if birth.day_known:
        return Birth(_midnight(at, _offset(found["zone"] or "")))
    raise ValueError("a time of no certain day")


def _offset(zone: str) -> timedelta | None:
    """How far a zone is ahead of Greenwich; None if none is named."""
    if not zone:
        return None
    found = _OFFSET.search(zone)
    if found is None:
        return timedelta(0)
    ahead = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return -ahead if found[1] == "-" else ahead


def _midnight(at: datetime, offset: timedelta | None) -> date:
    """The day that begins, within a few minutes, at this time: here, as written, or in the village.

    Raises:
        ValueError: no day begins then.
    """
    if (day := _beginning(at)) is not None:
        return day
    if (at.hour, at.minute) in _KEPT_SAFE:
        return at.date()
    if offset is not None:
        moment = (at - offset).replace(tzinfo=UTC)
        for zone in (VILLAGE_ZONE, _VILLAGE_OFFSET):
            if (day := _beginning(moment.astimezone(zone).replace(tzinfo=None))) is not None:
                return day
    raise ValueError("no day begins at this time")


def _beginning(at: datetime) -> date | None:
    after = at + _MIDNIGHT
    since = timedelta(hours=after.hour, minutes=after.minute, seconds=after.second)
    return after.date() if since <= 2 * _MIDNIGHT else None
