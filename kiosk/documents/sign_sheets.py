"""Several door signs on a sheet of A4: two to be cut apart, or four labels; and its test sheet.

A printer draws a little beside where it is told to. A sign alone on its sheet does not mind; what
is cut, or lies on a label, is moved by the printer's `Shift`. The test sheet tells it without a
ruler: it is folded in halves, and the creases cross its scales where the middle of the paper is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.core.catalogue import ON_EVERY_PAPER
from kiosk.core.shift import STRAIGHT, Shift
from kiosk.core.texts import Texts
from kiosk.documents.colours import INK, SOFT_INK
from kiosk.documents.door_sign import HEIGHT, WIDTH, DoorSign, draw_sign, title_of
from kiosk.documents.page_layout import Sheet
from kiosk.documents.paper_text import words

A4_WIDTH, A4_HEIGHT = 210.0, 297.0
_TICK = 5.0
_FRAME_BEGINS = 6.0  # what is nearer to the edge no office printer reaches
_SCALE = 10
"""Millimetres of each scale on the test sheet, to each side of the middle."""


@dataclass(frozen=True)
class OffsetSheet:
    """The sheet that tells how far a printer is off, with the shift by which it is printed."""

    village: Texts
    right: float
    down: float
    duplicate: bool = False
    qr_text: str = ""


def two_up_pdf(signs: Sequence[DoorSign], shift: Shift = STRAIGHT) -> bytes:
    """Two signs on a sheet, of A5 each, with marks where it is cut.

    Raises:
        ExpectedError: ``unprintable`` or ``qr_too_long``.
    """
    sheet = _sheet(title_of(signs), signs[0].village)
    for number, sign in enumerate(signs):
        half = number % 2
        if number and not half:
            sheet.next_page()
        with sheet.moved(shift.right, shift.down + half * HEIGHT):
            draw_sign(sheet, sign)
        if not half:
            _cut_marks(sheet, shift)
    return sheet.pdf()


def labels_pdf(signs: Sequence[DoorSign], places: Sequence[int], shift: Shift = STRAIGHT) -> bytes:
    """Signs on sheets of four labels of 105 by 148.5 mm, each at its place, from 1, turned by 90°.

    A place that is not behind the one before is on the next sheet.

    Raises:
        ExpectedError: ``unprintable`` or ``qr_too_long``.
    """
    sheet = _sheet(title_of(signs), signs[0].village)
    before = 0
    for sign, place in zip(signs, places, strict=True):
        if before and place <= before:
            sheet.next_page()
        before = place
        row, column = divmod(place - 1, 2)
        left, top = column * A4_WIDTH / 2, row * A4_HEIGHT / 2
        # Turned clockwise, its top left corner is above right.
        right = left + A4_WIDTH / 2 + shift.right
        with sheet.moved(right, top + shift.down, scale=A4_HEIGHT / 2 / WIDTH, turn=90):
            draw_sign(sheet, sign)
    return sheet.pdf()


def offset_sheet_pdf(test: OffsetSheet) -> bytes:
    """The test sheet: scales through the middle, the corners of four labels, and what to do."""
    sheet = _sheet(words("offset_title", ON_EVERY_PAPER[0]), test.village)
    with sheet.moved(test.right, test.down):
        _corners(sheet)
        _scales(sheet)
    y = 30.0
    for language in ON_EVERY_PAPER:
        sheet.text(20, y, words("offset_title", language), "strong", 7)
        for step in (1, 2, 3, 4):
            y += 8
            sheet.fitted(20, y, words(f"offset_step_{step}", language), "text", 4.6, 170)
        y = 208.0
    said = (words("offset_now", each, _mm(test.right), _mm(test.down)) for each in ON_EVERY_PAPER)
    for number, line in enumerate(said):
        sheet.fitted(20, 264 + 7 * number, line, "text", 4.2, 170, colour=SOFT_INK)
    return sheet.pdf()


def _sheet(title: str, village: Texts) -> Sheet:
    return Sheet(A4_WIDTH, A4_HEIGHT, title=title, author=village[ON_EVERY_PAPER[0]])


def _mm(value: float) -> str:
    return f"{value:+.1f}" if value else "0"


def _cut_marks(sheet: Sheet, shift: Shift) -> None:
    """Short lines at both edges and in the middle, where no sign has anything."""
    y = A4_HEIGHT / 2 + shift.down
    for left in (_FRAME_BEGINS, (A4_WIDTH - _TICK) / 2, A4_WIDTH - _FRAME_BEGINS - _TICK):
        sheet.line(left + shift.right, y, left + shift.right + _TICK, y, colour=INK)


def _corners(sheet: Sheet) -> None:
    """Where four labels meet the edges: held against the light before a sheet of them."""
    middle_x, middle_y = A4_WIDTH / 2, A4_HEIGHT / 2
    for y in (_FRAME_BEGINS, A4_HEIGHT - _FRAME_BEGINS - 2 * _TICK):
        sheet.line(middle_x, y, middle_x, y + 2 * _TICK, colour=INK)
    for x in (_FRAME_BEGINS, A4_WIDTH - _FRAME_BEGINS - 2 * _TICK):
        sheet.line(x, middle_y, x + 2 * _TICK, middle_y, colour=INK)


def _scales(sheet: Sheet) -> None:
    """Millimetres to all four sides of the middle; the crease shows how far to move."""
    x, y = A4_WIDTH / 2, A4_HEIGHT / 2
    for tick in range(-_SCALE, _SCALE + 1):
        length = 6.0 if tick % 5 == 0 else 3.0
        for at in (x - 45, x + 45):  # the upright crease would lie on an upright scale
            sheet.line(at - length / 2, y + tick, at + length / 2, y + tick, colour=INK)
        for at in (y - 28, y + 28):
            sheet.line(x + tick, at - length / 2, x + tick, at + length / 2, colour=INK)
        if tick % 5 == 0:
            said = f"{tick:+}" if tick else "0"
            sheet.text(x - 39, y + tick + 1.2, said, "text", 3.6)
            sheet.text(x + tick, y + 36, said, "text", 3.6, align="centre")
    sheet.line(x - 45, y - _SCALE, x - 45, y + _SCALE, colour=INK)
    sheet.line(x + 45, y - _SCALE, x + 45, y + _SCALE, colour=INK)
    sheet.line(x - _SCALE, y - 28, x + _SCALE, y - 28, colour=INK)
    sheet.line(x - _SCALE, y + 28, x + _SCALE, y + 28, colour=INK)
