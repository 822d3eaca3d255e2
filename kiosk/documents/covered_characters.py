"""Which characters a font can draw, read from its file alone.

Every paper is asked whether it can be printed before it is queued, in the transaction that queues
it. To read a font for drawing takes some 0.2 s, in which the log would be nobody else's; this takes
less than a thousandth.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

_CHARACTERS = (3, 10, 12)
"""Platform, encoding and format of the table that a font has for all of Unicode."""


@cache
def covered(file: Path) -> tuple[Sequence[int], Sequence[int]]:
    """The first and the last character of each range that the font draws, in ascending order.

    Read by the OpenType specification 1.9.1, `cmap` format 12.

    Raises:
        ValueError: the font has no such table.
    """
    with file.open("rb") as font:

        def read(form: str, place: int) -> tuple[Any, ...]:
            font.seek(place)
            return struct.unpack(form, font.read(struct.calcsize(form)))

        (tables,) = read(">H", 4)
        entries = (read(">4sIII", 12 + 16 * number) for number in range(tables))
        cmap = next(place for name, _, place, _ in entries if name == b"cmap")
        _, maps = read(">HH", cmap)
        for number in range(maps):
            platform, encoding, offset = read(">HHI", cmap + 4 + 8 * number)
            place = cmap + offset
            if (platform, encoding, *read(">H", place)) == _CHARACTERS:
                (ranges,) = read(">I", place + 12)
                numbers = read(f">{3 * ranges}I", place + 16)
                return numbers[::3], numbers[1::3]
    raise ValueError(f"{file.name} has no map of all characters")
