"""The list with which signs are carried round: lane by lane, in the order of the walk.

Of each house what stands on its new sign, which one comes off the door, and a box. It says no more
than the signs themselves: what a household was given and does not show is on no list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, get_args

from kiosk.core.catalogue import Language
from kiosk.core.dimensions import DIMENSION_ICONS, Dimension
from kiosk.core.texts import Texts
from kiosk.documents.colours import INK, LINE, POMEGRANATE, SOFT_INK, TEA
from kiosk.documents.page_layout import Sheet
from kiosk.documents.paper_text import words

_WIDTH, _HEIGHT = 210.0, 297.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 15.0, 195.0, 17.0, 280.0
_ROW, _LANE = 9.0, 13.0
_BOX = 5.2
_HOUSE, _SERIAL, _FIRST_STAR, _STAR_PITCH, _OLD = 26.0, 62.0, 100.0, 12.0, 160.0
_ORDER: Final[tuple[Dimension, ...]] = get_args(Dimension)


@dataclass(frozen=True, kw_only=True)
class ListedSign:
    """A sign that is to be carried to its door."""

    house: str
    serial: str
    stars: tuple[int, ...]
    """As on the sign, in the order of the dimensions; 0 where it shows none."""
    replaces: str
    """The serial of the sign that comes off the door; empty where none hangs there."""


@dataclass(frozen=True)
class ListedLane:
    """The signs of one lane, in the order of the walk."""

    lane: str
    signs: tuple[ListedSign, ...]


@dataclass(frozen=True, kw_only=True)
class HandOverList:
    """What stands on the list."""

    village: Texts
    language: Language
    day: date
    lanes: tuple[ListedLane, ...]
    duplicate: bool = False
    qr_text: str = ""


def hand_over_list_pdf(told: HandOverList) -> bytes:
    """As many pages as it takes; each begins with its lane.

    Raises:
        ExpectedError: ``unprintable``.
    """
    title = words("hand_over_title", told.language)
    sheet = Sheet(_WIDTH, _HEIGHT, title=title, author=told.village.said(told.language))
    y = _head(sheet, told)
    for lane in told.lanes:
        for number, sign in enumerate(lane.signs):
            begins = number == 0
            if y + _ROW + (2 * _LANE if begins else 0) > _BOTTOM:
                sheet.next_page()
                y, begins = _TOP, True
            if begins:
                y = _lane(sheet, told, lane, y)
            y = _row(sheet, sign, y)
    return sheet.pdf()


def _head(sheet: Sheet, told: HandOverList) -> float:
    count = sum(len(each.signs) for each in told.lanes)
    sheet.fitted(_LEFT, 24, words("hand_over_title", told.language), "strong", 8, _RIGHT - _LEFT)
    told_of = words("hand_over_of", told.language, told.day, count)
    sheet.fitted(_LEFT, 32, told_of, "text", 4.6, 120)
    village = told.village.said(told.language)
    sheet.fitted(_RIGHT, 32, village, "text", 4.6, 55, align="right", colour=SOFT_INK)
    for number, key in enumerate(("hand_over_how", "hand_over_ask")):
        line = words(key, told.language)
        sheet.fitted(_LEFT, 39.5 + 6 * number, line, "text", 4.2, _RIGHT - _LEFT, colour=SOFT_INK)
    return 50.0


def _lane(sheet: Sheet, told: HandOverList, lane: ListedLane, y: float) -> float:
    """The lane's name, how many signs it has, and what the columns are."""
    base = y + 7.5
    width = sheet.fitted(_LEFT, base, lane.lane, "strong", 5.4, _FIRST_STAR - _LEFT - 24)
    count = words("hand_over_signs", told.language, len(lane.signs))
    sheet.text(_LEFT + width + 4, base, count, "text", 4.2, colour=SOFT_INK)
    for place, dimension in enumerate(_ORDER):
        left = _FIRST_STAR + place * _STAR_PITCH
        sheet.icon(DIMENSION_ICONS[dimension], left - 3.4, base - 5.4, 6.8, TEA)
    old = words("hand_over_old", told.language)
    sheet.fitted(_OLD, base, old, "text", 3.8, _RIGHT - _OLD, colour=SOFT_INK)
    sheet.line(_LEFT, y + _LANE - 2.5, _RIGHT, y + _LANE - 2.5, colour=TEA, line=0.5)
    return y + _LANE - 2


def _row(sheet: Sheet, sign: ListedSign, y: float) -> float:
    base = y + 6.4
    sheet.rounded(_LEFT, y + 1.9, _BOX, _BOX, 0.6, stroke=INK, line=0.4)
    sheet.fitted(_HOUSE, base, sign.house, "strong", 5.0, _SERIAL - _HOUSE - 2)
    sheet.fitted(_SERIAL, base, sign.serial, "text", 4.4, _FIRST_STAR - _SERIAL - 6)
    for left, stars in zip(_columns(), sign.stars, strict=True):
        if stars:
            sheet.text(left - 3.2, base, str(stars), "strong", 5.0)
            sheet.star(left + 2.4, base - 1.7, 2.0, colour=POMEGRANATE, filled=True, line=0.3)
        else:
            sheet.text(left, base, "–", "text", 4.4, align="centre", colour=SOFT_INK)
    sheet.fitted(_OLD, base, sign.replaces or "–", "text", 4.4, _RIGHT - _OLD, colour=SOFT_INK)
    sheet.line(_LEFT, y + _ROW, _RIGHT, y + _ROW, colour=LINE)
    return y + _ROW


def _columns() -> Iterator[float]:
    return (_FIRST_STAR + place * _STAR_PITCH for place in range(len(_ORDER)))
