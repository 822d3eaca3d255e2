"""QR codes as a matrix of modules, drawn as vectors or as whole pixels and never resampled.

A signed note of 400 bytes makes a dense symbol, so error correction gives way to module size:
a module that a worn camera can resolve is worth more than redundancy (ISO/IEC 18004, annex on
symbol size). ``QUIET`` modules of white belong to every symbol.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kiosk.core.errors import ExpectedError

QUIET = 4  # modules, ISO/IEC 18004
# qrcode.constants by name, strongest first: 25 %, 15 %, 7 % of the symbol may be lost
_LEVELS = {"Q": 3, "M": 0, "L": 1}
_LARGEST_VERSION = 40
_MASK = 4
"""One mask for all. The standard asks an encoder to draw the symbol under each of eight and to keep
the one with the fewest lookalikes of its own marks, which was most of the time that a sign took.
What stands in our codes is mostly random, and worn pictures of them were read as often without the
search as with it (docs/decisions/one-mask-for-all-codes.md)."""


@dataclass(frozen=True)
class QrCode:
    """The modules of a symbol, without its quiet zone; True is dark."""

    rows: tuple[tuple[bool, ...], ...]
    level: str

    @property
    def modules(self) -> int:
        """How many modules one side has."""
        return len(self.rows)

    @property
    def side(self) -> int:
        """How many modules one side has with the quiet zone on both ends."""
        return self.modules + 2 * QUIET

    def bars(self) -> Iterator[tuple[int, int, int, int]]:
        """The dark modules as few rectangles (column, row, width, height), in modules."""
        open_bars: dict[tuple[int, int], int] = {}
        for row, modules in enumerate((*self.rows, ())):
            present = set(_dark_runs(modules))
            for bar in [bar for bar in open_bars if bar not in present]:
                top = open_bars.pop(bar)
                yield bar[0], top, bar[1], row - top
            for bar in present:
                open_bars.setdefault(bar, row)


def _dark_runs(modules: tuple[bool, ...]) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for column, dark in enumerate((*modules, False)):
        if dark and start is None:
            start = column
        elif not dark and start is not None:
            yield start, column - start
            start = None


def fitting_code(text: str, most: int, wished: int | None = None) -> QrCode:
    """The strongest symbol for `text` of at most `wished` modules a side, else of at most `most`.

    Both counts include the quiet zone.

    Raises:
        ExpectedError: ``qr_too_long``, when not even the weakest correction fits into `most`.
    """
    content = text.encode("utf-8")
    for side in (wished or most, most):
        for level in _LEVELS:
            version = _version(len(content), level)
            if version and _modules(version) + 2 * QUIET <= side:
                return _encoded(content, level, version)
    raise ExpectedError("qr_too_long", len(content))


def _modules(version: int) -> int:
    return 17 + 4 * version


def _version(octets: int, level: str) -> int | None:
    """The smallest version that holds so many octets; None when there is none.

    A symbol in byte mode has 4 bits of mode, 8 or from version 10 on 16 bits of length, then the
    octets (ISO/IEC 18004, tables 3 and 7).
    """
    from qrcode.util import BIT_LIMIT_TABLE

    room = BIT_LIMIT_TABLE[_LEVELS[level]]
    for first, last, bits_of_length in ((1, 9, 8), (10, _LARGEST_VERSION, 16)):
        found = bisect_left(room, 4 + bits_of_length + 8 * octets, first, last + 1)
        if found <= last:
            return found
    return None


@lru_cache(maxsize=32)
def _encoded(content: bytes, level: str, version: int) -> QrCode:
    from qrcode import QRCode

    symbol = QRCode(version, _LEVELS[level], border=0, mask_pattern=_MASK)
    symbol.add_data(content, optimize=0)
    symbol.make(fit=False)
    rows = tuple(tuple(bool(module) for module in row) for row in symbol.get_matrix())
    return QrCode(rows, level)
