"""A pomegranate branch: the ornament of the village's papers, drawn with a few flat shapes."""

from __future__ import annotations

from kiosk.documents.colours import GOLD_SOFT, POMEGRANATE, TEA, WHITE
from kiosk.documents.page_layout import Sheet

WIDTH, HEIGHT = 44.0, 34.0  # its box, in drawing units; the stem begins at the right edge

_STEM = "M44 3.5C37 3 30 4.5 24.5 8C21 10.2 18.6 11.5 15.5 12"
_TWIG = "M30.5 5C31.5 8.5 33 11.5 35.5 14"
_STALK = "M22.2 9.4C21.6 10.6 21.3 11.4 21.2 12.6"
_LEAVES = (  # where it grows, its direction clockwise from the right, its length
    (16.0, 11.9, 172, 12.5),
    (19.0, 10.8, 214, 9.5),
    (26.5, 6.8, 232, 9.0),
    (33.0, 10.6, 62, 11.5),
    (35.3, 13.8, 24, 9.5),
    (38.5, 3.1, 58, 10.0),
)
_FRUIT = (
    "M21.2 12.4C26.6 12 30.4 15.4 30.3 20.2C30.2 25 26.2 28.6 21.2 28.6"
    "C16.2 28.6 12.2 25 12.1 20.2C12 15.4 15.8 12 21.2 12.4Z"
)
_CROWN = (
    "M19.2 28.1C18.9 29.6 18.3 30.9 17.2 32.2C18.6 32 19.4 31.7 20 31.1"
    "C20.3 32 20.7 32.7 21.2 33.4C21.7 32.7 22.1 32 22.4 31.1C23 31.7 23.8 32 25.2 32.2"
    "C24.1 30.9 23.5 29.6 23.2 28.1Z"
)
_OPENING = "M23.2 14.6C27.2 17 28.2 21.6 25.4 26.3C22.6 23 21.4 18.8 23.2 14.6Z"
_SEEDS = ((23.7, 17.0), (25.5, 18.6), (23.7, 19.6), (25.7, 21.1), (24.2, 22.1), (25.5, 23.6))


def draw_branch(sheet: Sheet, x: float, y: float, width: float) -> None:
    """Draw the branch `width` wide, its box's top left corner at (`x`, `y`)."""
    with sheet.moved(x, y, scale=width / WIDTH):
        for stroke in (_STEM, _TWIG, _STALK):
            sheet.path(stroke, stroke=TEA, line=0.7)
        for left, top, turn, length in _LEAVES:
            _leaf(sheet, left, top, turn, length)
        _fruit(sheet)


def _leaf(sheet: Sheet, x: float, y: float, turn: float, length: float) -> None:
    wide = length * 0.24
    with sheet.moved(x, y, turn=turn):
        sheet.path(
            f"M0 0C{length * 0.22} {-wide} {length * 0.62} {-wide} {length} 0"
            f"C{length * 0.66} {wide * 0.8} {length * 0.24} {wide} 0 0Z",
            fill=TEA,
        )
        sheet.path(f"M{length * 0.14} 0L{length * 0.8} 0", stroke=WHITE, line=0.22)


def _fruit(sheet: Sheet) -> None:
    sheet.path(_CROWN, fill=POMEGRANATE, stroke=POMEGRANATE, line=0.5)
    sheet.path(_FRUIT, fill=POMEGRANATE)
    sheet.path(_OPENING, fill=GOLD_SOFT, stroke=WHITE, line=0.35)
    for x, y in _SEEDS:
        with sheet.moved(x, y, turn=24):
            sheet.path("M0 -1C.75 -.3 .75 .85 0 .85C-.75 .85 -.75 -.3 0 -1Z", fill=POMEGRANATE)
