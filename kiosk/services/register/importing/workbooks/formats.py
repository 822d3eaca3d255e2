"""Number formats of spreadsheets: what of a date they show, and how they write a number.

Codes as in ECMA-376 part 1, 18.8.30 and 18.8.31; the numbers 27 to 36 and 50 to 58 as its table
for Chinese has them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from kiosk.services.register.importing.cells import Cell, ShownDate
from kiosk.services.register.vocabulary import pattern

_DAY, _YEAR_MONTH, _MONTH_DAY, _CLOCK = "yyyy/m/d", "yyyy/m", "m/d", "h:mm"
BUILT_IN = {
    14: _DAY,
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    22: "yyyy/m/d h:mm",
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56), _CLOCK),
    **dict.fromkeys((27, 36, 50, 52, 57), _YEAR_MONTH),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), _MONTH_DAY),
    **dict.fromkeys((30, 31), _DAY),
}
"""Formats that a workbook names by number alone and that show a date or a time."""

_LITERAL = re.compile(r'"([^"]*)"|\\(.)|[_*].')
_BRACKETED = re.compile(r"\[(?![hms]+\])[^\]]*\]", re.IGNORECASE)
_FRACTION = re.compile(r"(s+\]?)\.0+", re.IGNORECASE)
_PARTS = re.compile(r"([yegb])\1*|m+|d+|h+|s+", re.IGNORECASE)
_DECIMALS = re.compile(r"[#0]*0\.(0+)")
_PLACES = "0#?"
_NO_MASK = re.compile(r"[.,%/@]|e[+-]", re.IGNORECASE)
_SECTION = re.compile(r'((?:"[^"]*"|\\.|[^;])*)')
_LAST_SERIAL = 2_958_465
"""31 December 9999."""
_SECONDS = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """How a cell shows its number."""

    is_date: bool = False
    year: int = 0
    """How many digits of it: 0, 2 or 4."""
    month: bool = False
    day: bool = False
    mask: str = ""
    """Digits and signs in their order, private characters for places; empty if plain."""
    decimals: int = 0
    """How many are always shown."""

    def shown(self, number: float, *, counts_from_1904: bool = False) -> Cell:
        """`number` as the cell shows it, if that says more than the number."""
        if self.is_date:
            return self._moment(number, counts_from_1904)
        if self.mask and number >= 0 and number == int(number):
            return _masked(self.mask, int(number))
        if number == int(number):
            return int(number)
        return f"{number:.{self.decimals}f}" if self.decimals else number

    def _moment(self, number: float, counts_from_1904: bool) -> Cell:
        if number == 0:
            return None  # what a formula leaves that points at a blank cell
        if number < 0 or number > _LAST_SERIAL:
            return number
        return ShownDate(moment(number, counts_from_1904), self.year, self.month, self.day)


def moment(serial: float, counts_from_1904: bool = False) -> datetime:
    """The moment of a spreadsheet's day number, to the second.

    In the 1900 system a day is counted that never was (29 February 1900, day 60); it is given as
    28 February.
    """
    seconds = timedelta(seconds=round(serial * _SECONDS))
    if counts_from_1904:
        return datetime.fromisoformat("1904-01-01") + seconds
    first = "1899-12-31" if serial < 60 else "1899-12-30"
    return datetime.fromisoformat(first) + seconds


@cache
def format_of(code: str) -> Format:
    """What the format `code` says of positive numbers; its first section holds for them."""
    found = _SECTION.match(code)
    section = _BRACKETED.sub("", found[1] if found else "")
    if pattern("general_format").search(section):
        return Format()
    bare = _FRACTION.sub(r"\1", pattern("half_day").sub("h", _LITERAL.sub("", section)))
    if any(place in bare for place in _PLACES):
        found = _DECIMALS.fullmatch(bare)
        return Format(mask=_mask(section), decimals=len(found[1]) if found else 0)
    parts = [part[0].casefold() for part in _PARTS.finditer(bare)]
    if not parts:
        return Format()
    return Format(
        is_date=True,
        year=max((_year_digits(part) for part in parts), default=0),
        month=any(_is_month(parts, at) for at in range(len(parts))),
        day=any(part in ("d", "dd") for part in parts),
    )


def _year_digits(part: str) -> int:
    """How many digits of the year a part shows; ``e`` is the whole year in Chinese formats."""
    if part[0] not in "yeb":
        return 0
    return 2 if part in ("y", "yy", "b", "bb") else 4


def _is_month(parts: list[str], at: int) -> bool:
    """Whether a part is a month and no minutes, which stand behind hours or before seconds."""
    if parts[at][0] != "m":
        return False
    beside = parts[at - 1][:1] == "h" if at else False
    before = parts[at + 1][:1] == "s" if at + 1 < len(parts) else False
    return len(parts[at]) > 2 or not (beside or before)


def _mask(section: str) -> str:
    """`section` with a private character for each place; empty if it is no row of places."""
    if _NO_MASK.search(_LITERAL.sub("", section)):
        return ""
    mask = ""
    for piece in re.split(r'("[^"]*"|\\.|[_*].)', section):
        if found := _LITERAL.fullmatch(piece):
            mask += found[1] or found[2] or ""
        else:
            mask += "".join(_PRIVATE.get(sign, sign) for sign in piece)
    return "" if mask in _PRIVATE.values() else mask


_PRIVATE = {"0": "\ue000", "#": "\ue001", "?": "\ue001"}
_ALWAYS, _WHERE_NEEDED = "\ue000", "\ue001"


def _masked(mask: str, number: int) -> str:
    """`number` with its digits in the places of `mask`, filled from the right."""
    digits = list(str(number)) if number else []
    first = min(at for at, sign in enumerate(mask) if sign in (_ALWAYS, _WHERE_NEEDED))
    shown = []
    for at in range(len(mask) - 1, -1, -1):
        sign = mask[at]
        if sign not in (_ALWAYS, _WHERE_NEEDED):
            shown.append(sign)
            continue
        shown.append(digits.pop() if digits else "0" if sign == _ALWAYS else "")
        if at == first:
            shown += reversed(digits)
    return "".join(reversed(shown)).strip()
