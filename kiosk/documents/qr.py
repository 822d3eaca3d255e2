"""QR codes as a matrix of modules, drawn as vectors or as whole pixels and never resampled.

A signed note of 400 bytes makes a dense symbol, so error correction gives way to module size:
a module that a worn camera can resolve is worth more than redundancy (ISO/IEC 18004, annex on
symbol size). ``QUIET`` modules of white belong to every symbol.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import isqrt
from typing import Any

from kiosk.core.errors import ExpectedError

QUIET = 4  # modules, ISO/IEC 18004
_LEVELS = ("Q", "M", "L")
"""Strongest first: 25 %, 15 %, 7 % of the symbol may be lost."""
_MASK = 4
"""One mask for all. The standard asks an encoder to draw the symbol under each of eight and to keep
the one with the fewest lookalikes of its own marks, which was most of the time that a sign took.
What stands in our codes is mostly random, and worn pictures of them were read as often without the
search as with it (docs/decisions/one-mask-for-all-codes.md)."""
_DARK = re.compile(b"\1+")
_FROM_GREY = bytes([1, *[0] * 255])  # black is 0, white 255
_OCTETS = "Unknown"
"""The name of no character set: none is written into the symbol, as every phone takes UTF-8 for
what it is and not every phone knows the marks that would say so."""


@dataclass(frozen=True)
class QrCode:
    """The modules of a symbol, without its quiet zone; an octet each, 1 is dark and 0 light."""

    rows: tuple[bytes, ...]
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
        for row, modules in enumerate((*self.rows, b"")):
            present = {run.span() for run in _DARK.finditer(modules)}
            for bar in open_bars.keys() - present:
                top = open_bars.pop(bar)
                yield bar[0], top, bar[1] - bar[0], row - top
            for bar in present:
                open_bars.setdefault(bar, row)


def fitting_code(text: str, most: int, wished: int | None = None) -> QrCode:
    """The strongest symbol for `text` of at most `wished` modules a side, else of at most `most`.

    Both counts include the quiet zone.

    Raises:
        ExpectedError: ``qr_too_long``, when not even the weakest correction fits into `most`.
    """
    content = text.encode("utf-8")
    for side in (wished or most, most):
        for level in _LEVELS:
            code = _encoded(content, level)
            if code is not None and code.side <= side:
                return code
    raise ExpectedError("qr_too_long", len(content))


@lru_cache(maxsize=32)
def _encoded(content: bytes, level: str) -> QrCode | None:
    """The smallest symbol of this correction; None when not even the largest holds `content`."""
    import zxingcpp

    how = {"ec_level": level, "data_mask": _MASK, "eci": _OCTETS}
    try:
        symbol = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode, **how)
    except ValueError:
        return None
    picture: Any = symbol.to_image(scale=1, add_quiet_zones=False)
    modules = bytes(memoryview(picture)).translate(_FROM_GREY)
    side = isqrt(len(modules))
    rows = tuple(modules[row * side : (row + 1) * side] for row in range(side))
    return QrCode(rows, level)
