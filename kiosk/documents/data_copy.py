"""The copy of one's data on A4: headings and lines, as strings; nothing in them is interpreted."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.documents.colours import INK, SOFT_INK
from kiosk.documents.fonts import Face, with_geta
from kiosk.documents.line_breaking import Span, lines
from kiosk.documents.sheet import Sheet

_WIDTH, _HEIGHT, _MARGIN = 210.0, 297.0, 20.0
_TITLE, _HEAD, _TEXT = 8.0, 5.4, 4.2
_LEADING = 1.5


@dataclass(frozen=True)
class Section:
    """A heading and what stands beneath it."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class CopySheet:
    """The whole copy, with every word in one language."""

    title: str
    village: str
    subtitle: str
    sections: tuple[Section, ...]


def data_copy_pdf(copy: CopySheet) -> bytes:
    """As many pages as it takes; a character that no font has is a 〓, never a missing line."""
    page = _Pages(copy)
    page.line(copy.title, _TITLE, strong=True)
    page.line(copy.subtitle, _TEXT)
    for section in copy.sections:
        page.gap()
        page.line(section.title, _HEAD, strong=True)
        for each in section.lines:
            page.line(each, _TEXT)
    return page.pdf()


class _Pages:
    def __init__(self, copy: CopySheet) -> None:
        self._sheet = Sheet(_WIDTH, _HEIGHT, title=copy.title, author=copy.village)
        self._foot, self._y, self._number = copy.village, _MARGIN, 1
        self._draw_foot()

    def line(self, words: str, size: float, *, strong: bool = False) -> None:
        """A line, broken where it is too long, on the next page where this one is full."""
        face: Face = "strong" if strong else "text"
        indent = (len(words) - len(words.lstrip(" "))) * size / 4
        room = _WIDTH - 2 * _MARGIN - indent
        spans = (Span(with_geta(words.strip()), face),)
        for broken in lines(spans, size, room):
            self._advance(size * _LEADING)
            left = _MARGIN + indent
            for span in broken:
                left += self._sheet.text(left, self._y, span.text, span.face, size, colour=INK)

    def gap(self) -> None:
        """The space before a heading."""
        self._y += _HEAD

    def pdf(self) -> bytes:
        """The finished file."""
        return self._sheet.pdf()

    def _advance(self, height: float) -> None:
        self._y += height
        if self._y > _HEIGHT - _MARGIN:
            self._sheet.next_page()
            self._number += 1
            self._y = _MARGIN + height
            self._draw_foot()

    def _draw_foot(self) -> None:
        foot = f"{self._foot} · {self._number}"
        middle, low = _WIDTH / 2, _HEIGHT - _MARGIN / 2
        self._sheet.text(middle, low, with_geta(foot), "text", 3.4, align="centre", colour=SOFT_INK)
