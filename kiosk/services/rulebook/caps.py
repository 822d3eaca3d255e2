"""How often a rule counts for one person: so many times a day, a month, a year.

Kept as ``day:1 month:4``, the spans in this order, and empty for a rule that has none. A month and
a year are those of the calendar, by the day of the deed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Final

from kiosk.core.errors import ExpectedError

SPANS: Final = ("day", "month", "year")
MOST: Final = 99
_DIGITS: Final = {"day": 10, "month": 7, "year": 4}
"""So much of a day's ISO form names the span in which it lies."""


def kept(rule: str, table: object) -> str:
    """A file's table as it is kept.

    Raises:
        ExpectedError: ``rulebook_caps`` (rule, value) for anything but some of `SPANS` with whole
            numbers from 1 on, each span allowing at least what a shorter one does.
    """
    if not isinstance(table, dict) or not table or not set(table) <= set(SPANS):
        raise ExpectedError("rulebook_caps", rule, table)
    times = [table[span] for span in SPANS if span in table]
    whole = all(type(each) is int and 1 <= each <= MOST for each in times)
    if not whole or times != sorted(times):
        raise ExpectedError("rulebook_caps", rule, table)
    return " ".join(f"{span}:{table[span]}" for span in SPANS if span in table)


@lru_cache(maxsize=256)
def table_of(said: str) -> dict[str, int]:
    """What `kept` made, as a table again.

    Raises:
        ExpectedError: ``rulebook_caps`` where it is nothing that `kept` makes.
    """
    try:
        pairs = [each.split(":") for each in said.split()]
        table = {span: int(times) for span, times in pairs}
    except ValueError as trouble:
        raise ExpectedError("rulebook_caps", "", said) from trouble
    if table and kept("", table) != said:
        raise ExpectedError("rulebook_caps", "", said)
    return table


def spans_of(day: date) -> Iterator[tuple[str, str]]:
    """The day, the month and the year in which a deed of `day` lies."""
    for span, digits in _DIGITS.items():
        yield span, day.isoformat()[:digits]
