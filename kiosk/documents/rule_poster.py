"""Rules on A4 or A3, for the notice board: a change with its differences, or the whole book.

Each rule is a picture, its points, and sentences; nothing in them is interpreted, and none is cut
in two by the end of a page. The code on the first page is the village's, so that anybody can hold
the poster to the log.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from kiosk.core.catalogue import Language
from kiosk.core.texts import Texts
from kiosk.documents.colours import INK, LINE, POMEGRANATE, SOFT_INK, TEA
from kiosk.documents.fonts import Face
from kiosk.documents.line_breaking import Span, lines
from kiosk.documents.page_layout import Sheet
from kiosk.documents.paper_text import words
from kiosk.documents.qr import fitting_code

Size = Literal["A3", "A4"]
_SCALE: Final[dict[Size, float]] = {"A3": 420 / 297, "A4": 1.0}
_WIDTH, _HEIGHT = 210.0, 297.0
_LEFT, _TOP, _BOTTOM = 17.0, 17.0, 280.0
_ROOM = _WIDTH - 2 * _LEFT
_QR_SIDE, _LEAST_MODULE = 34.0, 0.42
_TITLE, _SUBTITLE, _LEAD, _HEAD, _TEXT = 9.0, 6.0, 4.6, 5.2, 4.2  # ems
_LEADING = 1.42
_ICON, _INDENT = 11.0, 16.0
_POINTS = 8.0
_BETWEEN = 5.0


@dataclass(frozen=True, kw_only=True)
class RulePart:
    """One rule, or one language of a change: a picture, what it is called, and its sentences."""

    icon: str
    heading: str
    points: str
    lines: tuple[str, ...]
    """Each a paragraph; one that begins with `BEFORE` is what is not to hold any more."""


BEFORE = "– "
"""Before a sentence that a change takes away."""


@dataclass(frozen=True, kw_only=True)
class RulePoster:
    """What stands on the sheet, in words that are ready."""

    village: Texts
    language: Language
    title: str
    subtitle: str
    """The same in the other language; empty where one is enough."""
    lead: tuple[str, ...]
    parts: tuple[RulePart, ...]
    foot: str
    qr_text: str
    duplicate: bool = False


@dataclass(frozen=True)
class _Line:
    text: str
    face: Face
    size: float
    soft: bool = False


def rule_poster_pdf(poster: RulePoster, size: Size = "A4") -> bytes:
    """As many pages as it takes; on A3 everything is larger, so that it is read from afar.

    Raises:
        ExpectedError: ``unprintable`` or ``qr_too_long``.
    """
    village = poster.village.said(poster.language)
    scale = _SCALE[size]
    sheet = Sheet(_WIDTH, _HEIGHT, title=poster.title, author=village, scale=scale)
    y = _head(sheet, poster, village)
    for part in poster.parts:
        rows = list(_rows(part))
        height = max(_ICON, sum(each.size * _LEADING for each in rows)) + _BETWEEN
        if y + height > _BOTTOM:
            _foot(sheet, poster)
            sheet.next_page()
            y = _TOP
        _part(sheet, part, rows, y)
        y += height
        sheet.line(_LEFT, y - _BETWEEN / 2, _LEFT + _ROOM, y - _BETWEEN / 2, colour=LINE)
    _foot(sheet, poster)
    return sheet.pdf()


def _head(sheet: Sheet, poster: RulePoster, village: str) -> float:
    room = _ROOM - _QR_SIDE - 4
    said = [
        _Line(words("slip_head", poster.language, village), "brush", _SUBTITLE),
        *_broken(poster.title, "strong", _TITLE, room),
        *_broken(poster.subtitle, "strong", _SUBTITLE, room),
    ]
    y = _written(sheet, said, _LEFT, _TOP)
    code = fitting_code(poster.qr_text, int(_QR_SIDE / _LEAST_MODULE))
    sheet.qr(code, _WIDTH - _LEFT - _QR_SIDE, _TOP - 4, _QR_SIDE / code.side)
    lead = [each for text in poster.lead for each in _broken(text, "text", _LEAD, _ROOM)]
    y = _written(sheet, lead, _LEFT, max(y + 2, _TOP + _QR_SIDE - 4))
    sheet.line(_LEFT, y + 2, _LEFT + _ROOM, y + 2, colour=TEA, line=0.6)
    return y + 6


def _rows(part: RulePart) -> Iterator[_Line]:
    room = _ROOM - _INDENT
    yield from _broken(part.heading, "strong", _HEAD, room - 3 * _POINTS)
    for text in part.lines:
        yield from _broken(text, "text", _TEXT, room, soft=text.startswith(BEFORE))


def _broken(
    text: str, face: Face, size: float, width: float, *, soft: bool = False
) -> Iterator[_Line]:
    for line in lines((Span(text, face),), size, width) if text else ():
        yield _Line("".join(span.text for span in line), face, size, soft)


def _part(sheet: Sheet, part: RulePart, rows: list[_Line], y: float) -> None:
    sheet.icon(part.icon, _LEFT, y, _ICON, TEA)
    colour = POMEGRANATE if part.points.startswith("−") else TEA
    right = _LEFT + _ROOM
    sheet.text(right, y + _POINTS, part.points, "strong", _POINTS, align="right", colour=colour)
    _written(sheet, rows, _LEFT + _INDENT, y)


def _written(sheet: Sheet, rows: list[_Line], x: float, y: float) -> float:
    for row in rows:
        colour = SOFT_INK if row.soft else INK
        sheet.text(x, y + row.size, row.text, row.face, row.size, colour=colour)
        y += row.size * _LEADING
    return y


def _foot(sheet: Sheet, poster: RulePoster) -> None:
    baseline, right = _HEIGHT - 9, _WIDTH - _LEFT
    sheet.line(_LEFT, baseline - 5, right, baseline - 5, colour=LINE)
    again = words("duplicate", poster.language) if poster.duplicate else ""
    said = " · ".join(each for each in (again, poster.foot) if each)
    sheet.fitted(_LEFT, baseline, said, "text", 3.3, _ROOM, colour=SOFT_INK)
