"""What a cell of a register may hold, and its text without what other programs put around it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from kiosk.core.errors import ExpectedError
from kiosk.services.register.vocabulary import unified_radicals

LAST_COLUMN = 16_384
"""As many as a spreadsheet can have."""
LAST_LINE = 1_048_576
"""As many as a sheet can have."""
MOST_UNFOLDED = 32_000_000
"""So many blank cells, repeats and blanks a file may imply; they take some seconds, and 0.3 GB."""


@dataclass(frozen=True, slots=True)
class ShownDate:
    """A spreadsheet's date cell: the moment in it, and which parts of it the sheet shows."""

    moment: datetime
    year: int = 4
    """How many digits of it are shown: 0, 2 or 4."""
    month: bool = True
    day: bool = True

    def __str__(self) -> str:
        """The parts that are shown: ``1965-05-20``, ``1965-05``, ``5-20``; a time for none."""
        at = self.moment
        if not (self.year or self.month or self.day):
            return f"{at:%H:%M}"
        parts = ((self.year, f"{at.year:04}"), (self.month, f"{at:%m}"), (self.day, f"{at:%d}"))
        shown = "-".join(part for is_shown, part in parts if is_shown)
        return f"{shown} {at:%H:%M:%S}" if self.day and (at.hour or at.minute) else shown


Cell = str | int | float | datetime | date | ShownDate | None
"""A formula that nobody has calculated is its text, from the ``=`` on; an error is ``#N/A``."""


class Line(NamedTuple):
    """A line of a sheet, numbered as the office sees it, from 1."""

    number: int
    cells: list[Cell]
    hidden: bool = False
    """Whether the office filtered it away or hid it."""


@dataclass(frozen=True)
class Table:
    """The lines of one sheet."""

    sheet: str
    lines: Iterator[Line]
    counts_from_1904: bool = False
    hidden: bool = False
    """Whether the office hid the whole sheet."""


class Unfolding:
    """How much of what a file only implies may still be made: blank cells, repeated ones, blanks.

    A few bytes can imply a million lines of sixteen thousand cells. So whoever makes such cells
    asks here before they are made.
    """

    def __init__(self) -> None:
        self._left = MOST_UNFOLDED

    def make(self, count: int) -> None:
        """Make `count` cells more.

        Raises:
            ExpectedError: ``register_too_large``.
        """
        self._left -= max(0, count)
        if self._left < 0:
            raise ExpectedError("register_too_large")


_ERRORS = re.compile(r"#{3,}|#(?:N/A|NV|GETTING_DATA)|#[A-Z0/]+[!?]|Err:\d{3}", re.IGNORECASE)
_ESCAPED = re.compile(r"(?:_x[0-9A-Fa-f]{4}_)+")
_CODE_UNIT = re.compile(r"_x([0-9A-Fa-f]{4})_")
_QUOTED_FORMULA = re.compile(r'=\s*"((?:[^"]|"")*)"')
_PLAIN_FORMULA = re.compile(r"=\s*(\d+(?:\.0+)?)")
_TEXT_MARK = re.compile(r"^['\u2019\uff07](?=[\d\u2e80-\u9fff])")
_POINT_ZERO = re.compile(r"([+-]?\d+)\.0+")
_BLANK_LETTERS = "\u115f\u1160\u2800\u3164\uffa0"
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def is_error(text: str) -> bool:
    """Whether a spreadsheet says here that it could not calculate: #N/A, #REF!, Err:502, ####."""
    return bool(_ERRORS.fullmatch(text.strip()))


def is_formula(text: str) -> bool:
    """Whether this is a formula that no program has calculated."""
    return len(text) > 1 and text[0] == "="


def tidy(text: str) -> str:
    """`text` as a person reads it, without what programs put around and into it.

    ``="0012"`` and ``'0012`` are 0012, ``12.0`` is 12, ``_x000D_`` is the line end it stands for,
    full-width letters and digits are plain, radicals are the characters they look like, and what
    cannot be seen (variation selectors, zero-width spaces, blank letters) goes.
    """
    if "_x" in text:
        text = _ESCAPED.sub(_unescaped, text)
    if _NOT_ASCII.search(text):
        text = text.translate(_plain_characters())
    text = _TEXT_MARK.sub("", text.strip())
    if text[:1] == "=":
        text = _unwrapped(text)
    return found[1] if (found := _POINT_ZERO.fullmatch(text)) else text


def _unwrapped(text: str) -> str:
    """What a formula of one text or one number says; any other formula as it is."""
    if found := _QUOTED_FORMULA.fullmatch(text):
        return found[1].replace('""', '"').strip()
    found = _PLAIN_FORMULA.fullmatch(text)
    return found[1] if found else text


def tidied(cells: Sequence[Cell]) -> list[Cell]:
    """`cells` with every text in them tidied; an empty text is no value."""
    return [(tidy(cell) or None) if isinstance(cell, str) else cell for cell in cells]


def _unescaped(found: re.Match[str]) -> str:
    """The characters of ``_xHHHH_`` (ECMA-376 part 1, 22.9.2.19), which are UTF-16 code units."""
    units = "".join(map(str, _CODE_UNIT.findall(found[0])))
    return bytes.fromhex(units).decode("utf-16-be", errors="replace")


@cache
def _plain_characters() -> dict[int, str]:
    """What stands for each character that only looks like another one, or like none."""
    plain = {code: chr(code - 0xFEE0) for code in _full_width()}
    plain |= {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    plain |= {ord(radical): whole for radical, whole in unified_radicals().items()}
    unseen = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0), *range(0x180B, 0x1810), 0x034F)
    zero_width = (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF)
    plain |= dict.fromkeys((*unseen, *zero_width, 0x00AD), "")
    return plain | dict.fromkeys(map(ord, _BLANK_LETTERS), " ")


def _full_width() -> Iterator[int]:
    """The full-width letters and digits; punctuation stays as people write it."""
    return (code for code in range(0xFF10, 0xFF5B) if chr(code).isalnum())
