"""QR codes as a matrix of modules, drawn as vectors or as whole pixels and never resampled.

A signed note of 400 bytes makes a dense symbol, so error correction gives way to module size:
a module that a worn camera can resolve is worth more than redundancy (ISO/IEC 18004, annex on
symbol size). ``QUIET`` modules of white belong to every symbol.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kiosk.core.errors import ExpectedError

QUIET = 4  # modules, ISO/IEC 18004
# qrcode.constants by name, strongest first: 25 %, 15 %, 7 % of the symbol may be lost
_LEVELS = {"Q": 3, "M": 0, "L": 1}
_LARGEST_VERSION = 40


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
    for side in (wished or most, most):
        for level in _LEVELS:
            code = _encoded(text.encode("utf-8"), level)
            if code and code.side <= side:
                return code
    raise ExpectedError("qr_too_long", len(text.encode("utf-8")))


@lru_cache(maxsize=32)
def _encoded(content: bytes, level: str) -> QrCode | None:
    from qrcode import QRCode
    from qrcode.exceptions import DataOverflowError

    symbol = QRCode(error_correction=_LEVELS[level], border=0)
    symbol.add_data(content, optimize=0)
    try:
        symbol.make(fit=True)
    except (DataOverflowError, ValueError):  # qrcode 8 raises either beyond version 40
        return None
    if symbol.version > _LARGEST_VERSION:
        return None
    rows = tuple(tuple(bool(module) for module in row) for row in symbol.get_matrix())
    return QrCode(rows, level)
