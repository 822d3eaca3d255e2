"""A door sign as a list of things to draw, the same for every library that draws it.

It holds what ours holds: frame, house number, village and lane, title, five rows of five stars,
a code of some 420 bytes, and the foot. Everything in millimetres from the top left corner.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

FONTS = Path(__file__).parents[3] / "assets" / "fonts"
FACES = {
    "text": ("NotoSansSC-Regular", "Noto Sans SC", 400),
    "strong": ("NotoSansSC-Bold", "Noto Sans SC", 700),
    "brush": ("LXGWWenKai-Bold", "LXGW WenKai", 700),
}
"""The file, the family and the weight of each face."""
WIDTH, HEIGHT = 210.0, 148.5
RED, TEA, INK, PALE = (0.75, 0.15, 0.2), (0.35, 0.27, 0.16), (0.13, 0.13, 0.13), (0.8, 0.8, 0.8)
QR_LEFT, QR_TOP, QR_SIDE = 145.0, 66.0, 50.0
_ROWS = (
    ("院落整洁", "Tidy courtyard", 5),
    ("遵纪守法", "Keeping the rules", 4),
    ("垃圾分类", "Recycling", 4),
    ("诚信守信", "Keeping one's word", 3),
    ("家风和睦", "Family spirit", 5),
)

Colour = tuple[float, float, float]
Maker = Callable[[list["Sign"]], bytes]


@dataclass(frozen=True)
class Words:
    """A line of text: its left end and baseline, the height of an em, a face, a colour."""

    x: float
    y: float
    em: float
    face: str
    colour: Colour
    text: str


@dataclass(frozen=True)
class Star:
    """A star with five points; an empty one is an outline."""

    points: tuple[tuple[float, float], ...]
    filled: bool


@dataclass(frozen=True)
class Sign:
    """What is drawn on one page."""

    words: tuple[Words, ...]
    stars: tuple[Star, ...]
    code: str


def sign(number: int) -> Sign:
    """The sign of one house; no two are alike."""
    serial = f"S26Q4-{number:04}"
    words = [
        Words(18, 36.2, 29, "brush", TEA, f"{number}号"),
        Words(18, 48.6, 9, "brush", INK, "杨桥村　东街"),
        Words(18, 54.8, 3.9, "text", INK, "Yangqiao"),
        Words(128, 24.8, 10.6, "brush", RED, "善行星级户"),
        Words(150, 32.8, 4.8, "text", INK, "2026年第四季度"),
        Words(150, 38.4, 3.8, "text", INK, "4th quarter of 2026"),
        Words(146, 122.5, 3.9, "text", INK, "有效期至2027年6月30日"),
        Words(146, 126.9, 3.9, "text", INK, "Valid until 30 June 2027"),
        Words(146, 131.3, 3.9, "text", INK, f"编号 {serial}"),
        Words(18, 137, 3.9, "text", INK, "扫一扫，看真假"),
        Words(120, 137, 3.8, "text", INK, "Hold it before the terminal to check it"),
    ]
    stars = []
    for row, (chinese, english, given) in enumerate(_ROWS):
        middle = 66.4 + 13.9 * row
        words.append(Words(29.5, middle + 0.7, 6.9, "strong", INK, chinese))
        words.append(Words(29.5, middle + 5.4, 3.8, "text", INK, english))
        stars += [Star(_star(79.5 + 14.4 * at, middle + 0.5), at < given) for at in range(5)]
    return Sign(tuple(words), tuple(stars), _note(serial, number))


def _star(x: float, y: float) -> tuple[tuple[float, float], ...]:
    turns = [math.pi * (step / 5 - 0.5) for step in range(10)]
    radii = [6.2 if step % 2 == 0 else 2.6 for step in range(10)]
    return tuple(
        (x + r * math.cos(t), y + r * math.sin(t)) for r, t in zip(radii, turns, strict=True)
    )


def _note(serial: str, number: int) -> str:
    """A signed note as long as ours; what is base64 there is other base64 here."""
    signature = "".join(chr(65 + (number * 7 + place * 11) % 26) for place in range(91))
    return (
        "yangqiao.example/good-deed-book\n1234\nqINS1GRFHWaScHE1xXUbEUfQi8j8C8HKgA9UhHhNIR8=\n"
        f"serial {serial}\n杨桥村 东街 {number} 号\n院落整洁 5\nvalid until 2027-06-30\n\n"
        f"— yangqiao.example/good-deed-book {signature}=\n"
    )


def bars(rows: list[list[bool]]) -> list[tuple[int, int, int]]:
    """The dark modules of a code as rows of bars: column, row, width."""
    found = []
    for row, modules in enumerate(rows):
        start = None
        for column, dark in enumerate([*modules, False]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                found.append((start, row, column - start))
                start = None
    return found


def timed(make: Maker) -> None:
    """Say as JSON what a later single sign takes, a page of a file of many, and its bytes."""
    singles, pages = int(sys.argv[1]), int(sys.argv[2])
    make([sign(0)])
    begun = perf_counter()
    for number in range(1, singles + 1):
        make([sign(number)])
    single = (perf_counter() - begun) / max(1, singles)
    begun = perf_counter()
    file = make([sign(number) for number in range(1, pages + 1)])
    page = (perf_counter() - begun) / pages
    told = {"single": single * 1000, "page": page * 1000, "bytes": len(file) / pages / 1000}
    json.dump(told, sys.stdout)
    if len(sys.argv) > 3:
        Path(sys.argv[3]).write_bytes(file)
