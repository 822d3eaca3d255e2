"""Whether a printed box is empty, ticked or filled in, from a straightened picture of it.

What is narrow and dark is a stroke: the picture is closed (its light spread over all that is
narrower than `_WIDEST` millimetres; Soille, Morphological Image Analysis, 4.5), and what became
lighter by it is ink. A shadow and its edge are wide and stay. A crease is narrow; but it goes on
through the paper on both sides of the box, as no stroke does, and is taken off by that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from PIL import Image, ImageFilter

Box = Literal["empty", "touched", "faint", "marked", "solid", "unsure"]
"""`touched`: a stroke of a neighbour's reaches in; `faint`: a stroke that may be a crease or dirt;
`solid`: filled in all over."""

_WIDEST: Final = 2.0
_INSET: Final = 0.85
"""Millimetres of the frame's inside that are left out: its line, and what blur makes of it."""
_NEAR, _FAR = 0.5, 1.15
"""Millimetres from the frame between which the paper around it is looked at."""
_SOME: Final = 0.13
"""Of the print's blackness: so much is not the paper's grain."""
_CLEAR: Final = 0.2
"""So much is ink."""
_SPECK: Final = 0.012
"""Of a box's inside; less is dirt."""
_STROKE: Final = 0.03
_FAINT: Final = 0.05
_LEAKED: Final = 0.2
"""So much may stand at the edge alone: a blurred frame, or a stroke of a neighbour."""
_DARK: Final = 0.64
"""What is darker than so much of the paper's white is filled in."""
_BRIGHT: Final = 0.76
"""What is lighter than so much of the paper's white was left out."""
_DIM: Final = 0.84
"""What is darker than so much of the paper's white all over may be filled in with a pencil."""
_SOLID, _DENSE = 0.84, 0.4
_NO_GAPS, _GAPS = 0.05, 0.14
"""Of a box's inside: dark and left out. Between filled in and thickly crossed nobody can say."""
_CREASE: Final = 0.4
"""What is darker than this, outside the box, is no crease."""


@dataclass(frozen=True)
class _Patch:
    """The levels of a picture, row by row, and where the frame lies in it, in pixels."""

    levels: bytes
    wide: int
    left: int
    top: int
    side: int
    per_mm: float

    def pixels(self, mm: float) -> int:
        return round(mm * self.per_mm)

    def row(self, y: int, first: int, last: int) -> bytes:
        """Levels of a row, from column `first` up to `last`."""
        return self.levels[y * self.wide + first : y * self.wide + last]

    def area(self, left: int, top: int, right: int, low: int) -> list[int]:
        return [each for y in range(top, low) for each in self.row(y, left, right)]


def judged(
    picture: Image.Image, start: tuple[float, float], box: float, per_mm: int, black: float
) -> Box:
    """What stands in the frame that begins at `start` in pixels and is `box` millimetres wide.

    `black` is the print's black as a share of its paper's white.
    """
    small = picture.reduce(2).filter(ImageFilter.GaussianBlur(0.7))
    closed = small
    times = round(_WIDEST * per_mm / 4)
    for wider in (*[True] * times, *[False] * times):
        closed = closed.filter(ImageFilter.MaxFilter(3) if wider else ImageFilter.MinFilter(3))
    place = (small.width, round(start[0] / 2), round(start[1] / 2), round(box * per_mm / 2))
    plain = _Patch(small.tobytes(), *place, per_mm / 2)
    paper = _Patch(closed.tobytes(), *place, per_mm / 2)
    whites = _around(plain)
    if min(whites) < 30:
        return "unsure"
    levels = plain.area(*_inside(plain))
    filled = sum(each < _DARK * min(whites) for each in levels) / len(levels)
    bright = sum(each > _BRIGHT * min(whites) for each in levels) / len(levels)
    if filled >= _DENSE and bright < _GAPS:
        return "solid" if filled >= _SOLID and bright < _NO_GAPS else "unsure"
    found = _by_its_strokes(_strokes(plain, paper, max(0.25, 1 - black)), filled)
    dim = sorted(levels)[len(levels) // 2] < _DIM * min(whites)
    return "unsure" if dim and found in ("empty", "touched", "faint") else found


def _around(of: _Patch) -> tuple[int, ...]:
    """The paper's light on the four sides of the frame."""
    near, far = of.pixels(_NEAR), of.pixels(_FAR)
    right, low = of.left + of.side, of.top + of.side
    areas = (
        of.area(of.left - far, of.top, of.left - near, low),
        of.area(right + near, of.top, right + far, low),
        of.area(of.left, of.top - far, right, of.top - near),
        of.area(of.left, low + near, right, low + far),
    )
    return tuple(sorted(each)[len(each) * 3 // 4] for each in areas)


def _inside(of: _Patch) -> tuple[int, int, int, int]:
    inset = of.pixels(_INSET)
    return (
        of.left + inset,
        of.top + inset,
        of.left + of.side - inset + 1,
        of.top + of.side - inset + 1,
    )


def _strokes(plain: _Patch, paper: _Patch, span: float) -> list[list[float]]:
    """How dark the strokes in the inside are, 1 as the print; creases taken off."""
    ink = [
        (light - level) / max(light, 1) / span
        for level, light in zip(plain.levels, paper.levels, strict=True)
    ]
    near, far = plain.pixels(_NEAR), plain.pixels(_FAR)
    wide, right, low = plain.wide, plain.left + plain.side, plain.top + plain.side

    def across(y: int) -> float:
        """What goes on through the paper on both sides of a row."""
        sides = (range(plain.left - far, plain.left - near), range(right + near, right + far))
        return _crease(min(_mean([ink[y * wide + x] for x in side]) for side in sides))

    def along(x: int) -> float:
        sides = (range(plain.top - far, plain.top - near), range(low + near, low + far))
        return _crease(min(_mean([ink[y * wide + x] for y in side]) for side in sides))

    left, top, end, bottom = _inside(plain)
    columns = [along(x) for x in range(left, end)]
    return [
        [
            ink[y * wide + x] - row - column
            for x, column in zip(range(left, end), columns, strict=True)
        ]
        for y in range(top, bottom)
        for row in [across(y)]
    ]


def _mean(some: list[float]) -> float:
    return sum(some) / len(some)


def _crease(dark: float) -> float:
    return 1.15 * dark if 0.02 < dark < _CREASE else 0.0


def _by_its_strokes(rows: list[list[float]], filled: float) -> Box:
    every = [each for row in rows for each in row]
    some = sum(each > _SOME for each in every) / len(every)
    if some < _SPECK:
        return "empty" if filled < 0.05 and max(every) < 2 * _CLEAR else "unsure"
    edge = round(len(rows) * 0.22)
    middle = [each for row in rows[edge:-edge] for each in row[edge:-edge]]
    within = sum(each > _SOME for each in middle) / len(middle)
    if within < _SPECK / 2 and some < _LEAKED:
        return "touched"
    clear = max(filled, sum(each > _CLEAR for each in every) / len(every))
    if clear >= _STROKE and within >= _STROKE:
        return "marked"
    return "faint" if within >= _FAINT else "unsure"
