"""What the notice board says of the village, on A4 or A3: pictures, short sentences, and bars.

On A3 a heading's capitals are 8.7 mm high, which is ten minutes of arc from three metres: someone
who sees half of what is usual reads them (ISO 8596). A bar is known by the words beside it, never
by a colour; no part is cut in two by the end of a page, unless it is longer than one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from kiosk.core.catalogue import Language
from kiosk.core.texts import Texts
from kiosk.documents.colours import INK, LINE, SOFT_INK, TEA
from kiosk.documents.fonts import Face
from kiosk.documents.line_breaking import Span, lines
from kiosk.documents.page_layout import Sheet
from kiosk.documents.paper_text import words

Size = Literal["A3", "A4"]
_SCALE: Final[dict[Size, float]] = {"A3": 420 / 297, "A4": 1.0}
_WIDTH, _HEIGHT = 210.0, 297.0
_LEFT, _TOP, _BOTTOM = 15.0, 15.0, 280.0
_ROOM = _WIDTH - 2 * _LEFT
_TITLE, _HEAD, _TEXT = 12.0, 8.5, 6.6  # ems
_LEADING = 1.4
_ICON, _INDENT = 15.0, 21.0
_BAR, _AFTER_BAR, _BETWEEN = 4.0, 1.5, 6.0


@dataclass(frozen=True)
class Bar:
    """So many of something, drawn as long as it is many."""

    said: str
    amount: int


@dataclass(frozen=True, kw_only=True)
class BoardPart:
    """One matter: a picture, what it is called, sentences, and bars held to one measure."""

    icon: str
    heading: str
    lines: tuple[str, ...] = ()
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True, kw_only=True)
class BoardPoster:
    """What stands on the board, in words that are ready."""

    village: Texts
    language: Language
    title: str
    parts: tuple[BoardPart, ...]
    foot: str


@dataclass(frozen=True)
class _Row:
    """A line of words, or the bar below one: `share` of the width."""

    text: str
    face: Face
    size: float
    share: float | None = None

    @property
    def height(self) -> float:
        return self.size * _LEADING + (0 if self.share is None else _AFTER_BAR)


def board_poster_pdf(poster: BoardPoster, size: Size = "A4") -> bytes:
    """As many pages as it takes; on A3 everything is larger.

    Raises:
        ExpectedError: ``unprintable``.
    """
    village = poster.village.said(poster.language)
    sheet = Sheet(_WIDTH, _HEIGHT, title=poster.title, author=village, scale=_SCALE[size])
    head = words("slip_head", poster.language, village)
    sheet.fitted(_LEFT, _TOP + _HEAD, head, "brush", _HEAD, _ROOM)
    y = _TOP + _HEAD * _LEADING
    for row in _broken(poster.title, "strong", _TITLE, _ROOM):
        sheet.text(_LEFT, y + row.size, row.text, row.face, row.size)
        y += row.height
    y += _BETWEEN
    for part in poster.parts:
        rows = list(_rows(part))
        height = max(_ICON, sum(each.height for each in rows))
        if y + height > _BOTTOM and y > _TOP:
            y = _turned(sheet, poster)
        y = _part(sheet, poster, part, rows, y)
        sheet.line(_LEFT, y, _LEFT + _ROOM, y, colour=LINE)
        y += _BETWEEN
    _foot(sheet, poster)
    return sheet.pdf()


def _rows(part: BoardPart) -> Iterator[_Row]:
    room = _ROOM - _INDENT
    yield from _broken(part.heading, "strong", _HEAD, room)
    for text in part.lines:
        yield from _broken(text, "text", _TEXT, room)
    most = max((each.amount for each in part.bars), default=0)
    for bar in part.bars:
        yield from _broken(bar.said, "text", _TEXT, room)
        yield _Row("", "text", _BAR, bar.amount / most if most else 0)


def _broken(text: str, face: Face, size: float, width: float) -> Iterator[_Row]:
    for line in lines((Span(text, face),), size, width) if text else ():
        yield _Row("".join(span.text for span in line), face, size)


def _part(sheet: Sheet, poster: BoardPoster, part: BoardPart, rows: list[_Row], y: float) -> float:
    sheet.icon(part.icon, _LEFT, y, _ICON, TEA)
    least = y + _ICON
    for row in rows:
        if y + row.height > _BOTTOM:
            y = least = _turned(sheet, poster)
        if row.share is None:
            sheet.text(_LEFT + _INDENT, y + row.size, row.text, row.face, row.size, colour=INK)
        else:
            room = _ROOM - _INDENT
            sheet.block(_LEFT + _INDENT, y + 1, room * row.share, row.size, TEA)
            sheet.rounded(_LEFT + _INDENT, y + 1, room, row.size, 0, stroke=INK)
        y += row.height
    return max(y, least) + 2


def _turned(sheet: Sheet, poster: BoardPoster) -> float:
    _foot(sheet, poster)
    sheet.next_page()
    return _TOP


def _foot(sheet: Sheet, poster: BoardPoster) -> None:
    baseline = _HEIGHT - 8
    sheet.fitted(_LEFT, baseline, poster.foot, "text", 4.2, _ROOM, colour=SOFT_INK)
