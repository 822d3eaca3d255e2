"""Where everything stands on a visit sheet: what is drawn there, and looked for on a picture of it.

A form has a code in each corner. All four say the same, which form this is, and each its corner, so
that any of them finds the household again and three of them are enough to find every box. All is
in millimetres from the form's top left corner.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, get_args

Size = Literal["full", "half"]
"""A form that fills a sheet of A4, or half of one."""
Point: TypeAlias = tuple[float, float]

PREMISES: Final = ("home", "shop", "farmyard", "workshop")
_LETTERS: Final = "ABCDEFGH"
_MARK = re.compile(r"([0-3])([A-H])(V-[0-9A-Z-]{4,24})", re.ASCII)
"""Digits, capitals and hyphens alone: such a code is the smallest that there is."""


@dataclass(frozen=True)
class FormName:
    """What the codes of a form say."""

    size: Size
    premises: str
    code: str
    """What finds the visit and the seat again, e.g. ``V-26Q4-0017-1-9F3C``."""

    def mark(self, corner: int) -> str:
        """The text of the code in a corner: 0 top left, 1 top right, 2 bottom left, 3 the last."""
        letter = _LETTERS[4 * get_args(Size).index(self.size) + PREMISES.index(self.premises)]
        return f"{corner}{letter}{self.code}"


def read_mark(text: str) -> tuple[int, FormName] | None:
    """Corner and form of a code; None of a code that is on no visit sheet."""
    found = _MARK.fullmatch(text)
    if not found:
        return None
    size, premises = divmod(_LETTERS.index(found[2]), 4)
    return int(found[1]), FormName(get_args(Size)[size], PREMISES[premises], found[3])


@dataclass(frozen=True)
class Group:
    """The items of a dimension; `asked` of those for which the household puts something forward."""

    dimension: str
    items: tuple[str, ...]
    asked: bool = False


@dataclass(frozen=True)
class Line:
    """A row with boxes, by their upper left corners; the height of a form's rows is its `row`.

    Of an item they are for yes, no and does not apply; the one of a put-forward line (`item` empty)
    is to be marked where the household puts something forward.
    """

    dimension: str
    item: str
    left: float
    top: float
    boxes: tuple[Point, ...]


@dataclass(frozen=True, kw_only=True)
class Form:
    """One form."""

    width: float
    height: float
    mark: float
    """The side of a corner's code, without its quiet zone."""
    marks: tuple[Point, Point, Point, Point]
    box: float
    row: float
    head: float
    """The height of a dimension's own line."""
    column: float
    """The width of a column of rows, boxes included."""
    heads: tuple[tuple[str, Point], ...]
    lines: tuple[Line, ...]

    @property
    def fits(self) -> bool:
        """Whether its last boxes stand clear of the codes at the bottom."""
        lowest = max(y for line in self.lines for _, y in line.boxes)
        return lowest + self.box < self.marks[2][1] - _CLEAR

    @property
    def band(self) -> tuple[float, float]:
        """Where the words between the codes at the top and at the bottom begin and end."""
        return self.marks[0][0] + self.mark + 4, self.marks[1][0] - 4


@dataclass(frozen=True)
class _Measures:
    width: float
    height: float
    margin: float
    mark: float
    box: float
    pitch: float
    """From one box of a line to the next."""
    row: float
    head: float
    top: float
    columns: int


_SIZES: Final[dict[Size, _Measures]] = {
    "full": _Measures(210, 297, 10.5, 18, 6.4, 14, 8.7, 7, 43, 1),
    "half": _Measures(210, 148.5, 8, 15.5, 5.0, 9, 6.8, 5.4, 24.5, 2),
}
_CLEAR: Final = 1.0
_BETWEEN_COLUMNS: Final = 5.0


def form(size: Size, groups: Sequence[Group]) -> Form:
    """Where everything stands on a form with these items; `Form.fits` says whether they do."""
    of = _SIZES[size]
    far, low = of.width - of.margin - of.mark, of.height - of.margin - of.mark
    room = of.width - 2 * of.margin - (of.columns - 1) * _BETWEEN_COLUMNS
    heads: list[tuple[str, Point]] = []
    lines: list[Line] = []
    for place, column in enumerate(_columns(groups, of.columns)):
        left = of.margin + place * (room / of.columns + _BETWEEN_COLUMNS)
        y = of.top
        for group in column:
            heads.append((group.dimension, (left, y)))
            y += of.head
            for item in [*([""] if group.asked else []), *group.items]:
                right = left + room / of.columns
                boxes = tuple(_boxes(of, right, y, 3 if item else 1))
                lines.append(Line(group.dimension, item, left, y, boxes))
                y += of.row
    return Form(
        width=of.width,
        height=of.height,
        mark=of.mark,
        marks=((of.margin, of.margin), (far, of.margin), (of.margin, low), (far, low)),
        box=of.box,
        row=of.row,
        head=of.head,
        column=room / of.columns,
        heads=tuple(heads),
        lines=tuple(lines),
    )


def _boxes(of: _Measures, right: float, y: float, count: int) -> Iterator[Point]:
    """The one box of a put-forward line stands first, where yes stands."""
    for place in range(count):
        yield right - (3 - place) * of.pitch + (of.pitch - of.box) / 2, y + (of.row - of.box) / 2


def _columns(groups: Sequence[Group], count: int) -> list[Sequence[Group]]:
    """The groups in `count` columns, in their order, the highest as low as can be."""
    if count == 1:
        return [groups]

    def height(some: Sequence[Group]) -> int:
        return sum(len(each.items) + 1 + each.asked for each in some)

    cuts = range(len(groups) + 1)
    best = min(cuts, key=lambda cut: max(height(groups[:cut]), height(groups[cut:])))
    return [groups[:best], groups[best:]]
