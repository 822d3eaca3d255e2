"""The door sign: a house number first, five dimensions with their stars, and nobody's name.

It is drawn once, for A5 landscape in millimetres, and enlarged by the square root of two for A4.
The paper stays white: a tint would print as specks and stop short of the edge. The frame keeps
clear of the 5 mm that office printers cannot reach.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kiosk.core.catalogue import CHINESE, ENGLISH, ON_EVERY_PAPER
from kiosk.core.dimensions import DIMENSION_ICONS, Dimension
from kiosk.core.errors import ExpectedError
from kiosk.core.houses import plate
from kiosk.core.texts import Texts
from kiosk.documents.colours import EMPTY_STAR, INK, POMEGRANATE, SOFT_INK, TEA, WHITE
from kiosk.documents.fonts import bearing, largest_size, measure
from kiosk.documents.page_layout import Sheet
from kiosk.documents.paper_text import words
from kiosk.documents.pomegranate import draw_branch
from kiosk.documents.qr import QUIET, QrCode, fitting_code

Size = Literal["A5", "A4"]
Premises = Literal["home", "shop", "farmyard", "workshop"]

_SCALE: dict[Size, float] = {"A5": 1.0, "A4": 297 / 210}
WIDTH, HEIGHT = 210.0, 148.5
_LEFT, _RIGHT = 18.0, 194.0
_HEAD_WIDTH = 122.0
_NUMBER_BASELINE, _NUMBER_EM, _NUMBER_TRACKING = 36.2, 29.0, -0.05
_SUFFIX_SHARE, _SUFFIX_GAP = 0.46, 2.6  # 号, smaller than the number
_TEXT_LEFT, _FIRST_STAR = 29.5, 79.5
_FIRST_ROW, _PITCH = 66.4, 13.9
_STAR_RADIUS, _STAR_PITCH = 6.2, 14.4
_SIDE_WIDTH = 48.0
_QR_SIDE, _QR_BOTTOM = 52.8, 118.1  # with the quiet zone
_UNDER_CODE = 4.4  # mm from the zone to the first baseline: letters stand off, a cutter may slip
_FOOT = 137.0
_DOT = 25.4 / 300  # mm; whole dots of 300, 600 and 1200 dpi printers keep modules crisp
_MODULE_DOTS = (8, 7, 6, 5, 4)
"""Modules that are tried, widest first: 0.68 mm is read from an arm's length, 0.34 by a hand's."""


@dataclass(frozen=True)
class DimensionStars:
    """One dimension and its stars, 1 to 5; None are none to show.

    They were not given this quarter, which is not low, or the household shows none of what was
    `rated`: two different words.
    """

    key: Dimension
    stars: int | None
    rated: bool = False


@dataclass(frozen=True)
class DoorSign:
    """What a sign shows. There is no place for a personal name, and there must not be one."""

    village: Texts
    lane: str
    number: str
    year: int
    quarter: int
    premises: Premises
    dimensions: tuple[DimensionStars, ...]
    valid_until: date
    serial: str
    qr_text: str
    duplicate: bool = False
    sample: bool = False
    """A preview: it says so where the code would be, and nothing on it can be checked."""


def door_sign_pdf(sign: DoorSign, size: Size) -> bytes:
    """The sign as a one-page PDF in landscape.

    Raises:
        ExpectedError: ``unprintable`` or ``qr_too_long``.
    """
    return door_signs_pdf([sign], size)


def door_signs_pdf(signs: Sequence[DoorSign], size: Size) -> bytes:
    """One sign a page, at least one; the pages share their fonts.

    Raises:
        ExpectedError: as `door_sign_pdf`.
    """
    sheet = Sheet(
        WIDTH,
        HEIGHT,
        title=title_of(signs),
        author=signs[0].village[CHINESE],
        scale=_SCALE[size],
    )
    for place, sign in enumerate(signs):
        if place:
            sheet.next_page()
        draw_sign(sheet, sign)
    return sheet.pdf()


def title_of(signs: Sequence[DoorSign]) -> str:
    """What a file of signs is called."""
    first, last = signs[0].serial, signs[-1].serial
    return f"{words('sign_title', CHINESE)} {first if len(signs) == 1 else f'{first}–{last}'}"


def draw_sign(sheet: Sheet, sign: DoorSign) -> None:
    """Draw a sign from the sheet's top left corner, A5 in its units."""
    sheet.kept(_frame)
    _plate(sheet, sign)
    _title(sheet, sign)
    for row, dimension in enumerate(sign.dimensions):
        _row(sheet, _FIRST_ROW + row * _PITCH, dimension)
    _proof(sheet, sign)
    _foot(sheet)
    if sign.duplicate:
        _duplicate(sheet)


def _frame(sheet: Sheet) -> None:
    sheet.rounded(6, 6, WIDTH - 12, HEIGHT - 12, 7, stroke=TEA, line=0.9)
    sheet.rounded(7.9, 7.9, WIDTH - 15.8, HEIGHT - 15.8, 5.1, stroke=TEA, line=0.25)


def _plate(sheet: Sheet, sign: DoorSign) -> None:
    """The house number as a door plate, or what else the house is known by; beneath it where."""
    number, suffix = plate(sign.number or sign.lane or sign.village[CHINESE])
    room = _HEAD_WIDTH - _SUFFIX_GAP - (0 if sign.premises == "home" else 26)
    tracked = measure(number, "brush", 1) + _NUMBER_TRACKING * (len(number) - 1)
    em = min(_NUMBER_EM, room / (tracked + _SUFFIX_SHARE * measure(suffix, "brush", 1)))
    left = _LEFT - bearing((number or suffix)[0], "brush") * em
    width = sheet.text(
        left,
        _NUMBER_BASELINE,
        number,
        "brush",
        em,
        colour=TEA,
        tracking=_NUMBER_TRACKING * em,
    )
    after = left + width
    if suffix:
        after += _SUFFIX_GAP - 0.04 * em
        suffix_em = em * _SUFFIX_SHARE
        after += sheet.text(after, _NUMBER_BASELINE, suffix, "brush", suffix_em, colour=TEA)
    if sign.premises != "home":
        _premises(sheet, sign.premises, after + 5, _NUMBER_BASELINE)
    _place(sheet, sign)


def _premises(sheet: Sheet, premises: Premises, x: float, baseline: float) -> None:
    name, english = (words(f"sign_premises_{premises}", lang) for lang in ON_EVERY_PAPER)
    width = max(measure(name, "strong", 4.6), measure(english, "text", 3.6)) + 6
    sheet.rounded(x, baseline - 11.2, width, 11.8, 2.6, stroke=TEA, line=0.35)
    sheet.text(x + width / 2, baseline - 5.6, name, "strong", 4.6, align="centre", colour=TEA)
    sheet.text(x + width / 2, baseline - 1.6, english, "text", 3.6, align="centre", colour=TEA)


def _place(sheet: Sheet, sign: DoorSign) -> None:
    """Village and lane on one line, on two where the lane's name is long."""
    one_line = f"{sign.village[CHINESE]}　{sign.lane if sign.number else ''}".rstrip()
    em = largest_size(one_line, "brush", _HEAD_WIDTH, 9.0, 6.8)
    if measure(one_line, "brush", em) <= _HEAD_WIDTH:
        sheet.text(_LEFT, 48.6, one_line, "brush", em)
        sheet.fitted(_LEFT, 54.8, sign.village[ENGLISH], "text", 3.9, _HEAD_WIDTH, colour=SOFT_INK)
        return
    width = sheet.fitted(_LEFT, 46.4, sign.village[CHINESE], "brush", 6.8, _HEAD_WIDTH * 0.5)
    room = _HEAD_WIDTH - width - 3
    sheet.fitted(_LEFT + width + 3, 46.4, sign.village[ENGLISH], "text", 3.9, room, colour=SOFT_INK)
    sheet.fitted(_LEFT, 54.8, sign.lane, "brush", 6.8, _HEAD_WIDTH)


def _title(sheet: Sheet, sign: DoorSign) -> None:
    title = words("sign_title", CHINESE)
    sheet.text(_RIGHT, 24.8, title, "brush", 10.6, colour=POMEGRANATE, align="right", tracking=0.6)
    quarter = f"sign_quarter_{sign.quarter}"
    chinese, english = (words(quarter, lang, sign.year) for lang in ON_EVERY_PAPER)
    sheet.text(_RIGHT, 32.8, chinese, "text", 4.8, align="right")
    sheet.text(_RIGHT, 38.4, english, "text", 3.8, align="right", colour=SOFT_INK)
    sheet.kept(draw_branch, WIDTH - 7.9 - 28.5, 41.4, 28.5)


def _row(sheet: Sheet, centre: float, dimension: DimensionStars) -> None:
    key = f"sign_{dimension.key}"
    sheet.icon(DIMENSION_ICONS[dimension.key], _LEFT - 0.9, centre - 4.2, 8.4, TEA)
    sheet.text(_TEXT_LEFT, centre + 0.7, words(key, CHINESE), "strong", 6.9)
    sheet.text(_TEXT_LEFT, centre + 5.4, words(key, ENGLISH), "text", 3.8, colour=SOFT_INK)
    if dimension.stars is None:
        _no_stars(sheet, centre, "sign_not_shown" if dimension.rated else "sign_unrated")
        return
    sheet.kept(_stars, dimension.stars, centre)


def _stars(sheet: Sheet, stars: int, centre: float) -> None:
    for place in range(5):
        filled = place < stars
        sheet.star(
            _FIRST_STAR + place * _STAR_PITCH,
            centre + 0.5,
            _STAR_RADIUS,
            colour=POMEGRANATE if filled else EMPTY_STAR,
            filled=filled,
            line=1.0 if filled else 0.75,
        )


def _no_stars(sheet: Sheet, centre: float, why: str) -> None:
    left = _FIRST_STAR - _STAR_RADIUS + 0.6
    width = sheet.text(left, centre + 2, words(why, CHINESE), "text", 5.2, colour=SOFT_INK)
    sheet.text(left + width + 3, centre + 2, words(why, ENGLISH), "text", 4.4, colour=SOFT_INK)


def _proof(sheet: Sheet, sign: DoorSign) -> None:
    """The QR code, until when the sign holds in both languages, and its serial."""
    if sign.sample:
        _sample(sheet)
        return
    dot = _DOT / sheet.scale
    code = _code(sign.qr_text)
    module = int(_QR_SIDE / code.side / dot) * dot
    left = _RIGHT - (code.side - QUIET) * module  # the dark corner ends where the title ends
    sheet.qr(code, left, _QR_BOTTOM - code.side * module, module, INK)
    centre = left + code.side * module / 2
    lines = (
        *(words("sign_valid_until", language, sign.valid_until) for language in ON_EVERY_PAPER),
        words("sign_serial", CHINESE, sign.serial),
    )
    for place, line in enumerate(lines):
        baseline = _QR_BOTTOM + _UNDER_CODE + 4.4 * place
        sheet.fitted(
            centre, baseline, line, "text", 3.9, _SIDE_WIDTH, align="centre", colour=SOFT_INK
        )


def _code(text: str) -> QrCode:
    """The symbol with the widest modules that there is room for, and the strongest of these.

    Raises:
        ExpectedError: ``qr_too_long``.
    """
    for dots in _MODULE_DOTS[:-1]:
        with suppress(ExpectedError):
            return fitting_code(text, int(_QR_SIDE / (dots * _DOT)))
    return fitting_code(text, int(_QR_SIDE / (_MODULE_DOTS[-1] * _DOT)))


def _sample(sheet: Sheet) -> None:
    side = 44.0
    left, top = _RIGHT - side, _QR_BOTTOM - side - 3
    centre = left + side / 2
    sheet.rounded(left, top, side, side, 3, stroke=POMEGRANATE, line=0.5)
    chinese, english = (words("sample", language) for language in ON_EVERY_PAPER)
    sheet.text(centre, top + 23, chinese, "strong", 9.0, align="centre", colour=POMEGRANATE)
    sheet.text(centre, top + 31, english, "strong", 4.6, align="centre", colour=POMEGRANATE)


def _foot(sheet: Sheet) -> None:
    chinese, english = (words("sign_foot", lang) for lang in ON_EVERY_PAPER)
    sheet.text(_LEFT, _FOOT, chinese, "text", 3.9, colour=SOFT_INK)
    sheet.text(_RIGHT, _FOOT, english, "text", 3.8, colour=SOFT_INK, align="right")


def _duplicate(sheet: Sheet) -> None:
    """A second print says so in a gap of the frame, where no sign has anything else."""
    mark = f"{words('duplicate', CHINESE)} {words('duplicate', ENGLISH)}"
    half = measure(mark, "strong", 4.2) / 2 + 3
    sheet.block(WIDTH / 2 - half, 5, 2 * half, 4, WHITE)
    sheet.text(WIDTH / 2, 8.5, mark, "strong", 4.2, align="centre", colour=POMEGRANATE)
