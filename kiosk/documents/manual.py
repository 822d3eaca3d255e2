"""The manual for one office, as pages of A5 or as a booklet: A4 sheets for both sides.

The sheets of a booklet are turned along the short edge, folded once in the middle and stapled
there. Then the pages are in order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeGuard

from PIL import Image
from reportlab.lib.colors import Color
from reportlab.lib.utils import ImageReader

from kiosk.documents.colours import INK, LINE, SOFT_INK, TEA
from kiosk.documents.line_breaking import Span, lines
from kiosk.documents.manual_text import Block, Heading, Item, Manual, Paragraph, Picture
from kiosk.documents.page_layout import Align, Sheet
from kiosk.documents.paging import Row, draw_page, on_pages

_WIDTH, _HEIGHT = 148.5, 210.0
_LEFT, _TOP, _BOTTOM = 14.0, 14.0, 194.0
_ROOM = _WIDTH - 2 * _LEFT
_CHAPTER, _SECTION, _TEXT, _CAPTION = 7.0, 4.8, 3.7, 3.0  # ems
_LEADING = 1.48
_INDENT = 6.0  # from a step's number to its words
_TALLEST = 92.0  # of a picture: with its steps on one page
_DOTS_PER_MM = 8.0  # 200 to the inch; more makes a larger file and no clearer page


def pages_pdf(manual: Manual, contents: str) -> bytes:
    """One page of A5 after the other, to be read on a screen; `contents` is above the chapters."""
    sheet = _sheet(manual, _WIDTH)
    for number, draw in enumerate(_pages(sheet, manual, contents)):
        if number:
            sheet.next_page()
        draw()
    return sheet.pdf()


def booklet_pdf(manual: Manual, contents: str) -> bytes:
    """The same pages two on a side of A4, in the order of a folded booklet."""
    sheet = _sheet(manual, 2 * _WIDTH)
    pages = _pages(sheet, manual, contents)
    for number, pair in enumerate(booklet_order(len(pages))):
        if number:
            sheet.next_page()
        for place, page in enumerate(pair):
            if page < len(pages):
                with sheet.moved(place * _WIDTH, 0):
                    pages[page]()
    return sheet.pdf()


def booklet_order(count: int) -> list[tuple[int, int]]:
    """Which pages, from 0, stand left and right on each side of the sheets; some may be empty.

    The outermost sheet holds the first and the last pages, so that folded together they follow.
    """
    whole = -(-count // 4) * 4
    sides = []
    for first in range(0, whole // 2, 2):
        last = whole - 1 - first
        sides += [(last, first), (first + 1, last - 1)]
    return sides


def _sheet(manual: Manual, width: float) -> Sheet:
    return Sheet(width, _HEIGHT, title=manual.title, author=manual.subtitle)


def _pages(sheet: Sheet, manual: Manual, contents: str) -> list[Callable[[], None]]:
    """Each page as what draws it: the cover with the chapters, then these."""
    setter = _Setter(sheet)
    chapters: list[tuple[str, int]] = []
    placed = [(block, setter.row(block)) for block in manual.blocks]
    inside = on_pages([row for _, row in placed], _TOP, _BOTTOM)
    for number, rows in enumerate(inside, start=2):
        begun = [block for block, row in placed if any(row is each for each in rows)]
        chapters += [(each.text, number) for each in begun if _is_chapter(each)]
    cover = partial(setter.cover, manual, contents, chapters)
    return [cover, *(partial(setter.page, rows, at) for at, rows in enumerate(inside, start=2))]


def _is_chapter(block: Block) -> TypeGuard[Heading]:
    return isinstance(block, Heading) and block.chapter


class _Setter:
    """Makes the rows of a manual, each of which knows how to draw itself."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def cover(self, manual: Manual, contents: str, chapters: Sequence[tuple[str, int]]) -> None:
        """The title, whose manual it is, and what stands where."""
        self._sheet.fitted(_LEFT, 52, manual.title, "brush", 13, _ROOM, colour=TEA)
        self._sheet.fitted(_LEFT, 63, manual.subtitle, "text", 5, _ROOM, colour=SOFT_INK)
        self._sheet.text(_LEFT, 88, contents, "strong", _SECTION)
        y = 91.0
        for title, page in chapters:
            y += 7
            self._sheet.fitted(_LEFT, y, title, "text", 4, _ROOM - 10)
            self._sheet.text(_LEFT + _ROOM, y, str(page), "text", 4, align="right")
            self._sheet.line(_LEFT, y + 2, _LEFT + _ROOM, y + 2, colour=LINE)

    def page(self, rows: Sequence[Row], number: int) -> None:
        """One page, its number at the outer edge."""
        draw_page(rows, _TOP)
        left = number % 2 == 0
        align: Align = "left" if left else "right"
        x, foot = _LEFT if left else _LEFT + _ROOM, _HEIGHT - 8
        self._sheet.text(x, foot, str(number), "text", 3.2, align=align, colour=SOFT_INK)

    def row(self, block: Block) -> Row:
        """The row of one block."""
        match block:
            case Heading(chapter=True):
                return self._heading(block.text, _CHAPTER, above=7, below=4, ruled=True)
            case Heading():
                return self._heading(block.text, _SECTION, above=4, below=1.5)
            case Paragraph():
                return self._prose(block.spans, "", 0)
            case Item():
                return self._prose(block.spans, block.mark, _INDENT)
            case Picture():
                return self._picture(block)

    def _heading(
        self, text: str, size: float, *, above: float, below: float, ruled: bool = False
    ) -> Row:
        broken = lines((Span(text, "strong"),), size, _ROOM)

        def draw(y: float) -> None:
            self._lines(_LEFT, y + above, broken, size, TEA)
            foot = y + above + len(broken) * size * _LEADING
            if ruled:
                self._sheet.line(_LEFT, foot, _LEFT + _ROOM, foot, colour=TEA, line=0.4)

        return Row(above + len(broken) * size * _LEADING + below, draw, keeps=True)

    def _prose(self, spans: tuple[Span, ...], mark: str, indent: float) -> Row:
        broken = lines(spans, _TEXT, _ROOM - indent)

        def draw(y: float) -> None:
            self._sheet.text(_LEFT + 0.5, y + _TEXT, mark, "strong", _TEXT, colour=TEA)
            self._lines(_LEFT + indent, y, broken, _TEXT, INK)

        return Row(len(broken) * _TEXT * _LEADING + 1.6, draw)

    def _lines(
        self, x: float, y: float, broken: list[tuple[Span, ...]], size: float, colour: Color
    ) -> None:
        for place, line in enumerate(broken):
            at = x
            for span in line:
                baseline = y + size * (1 + place * _LEADING)
                at += self._sheet.text(at, baseline, span.text, span.face, size, colour=colour)

    def _picture(self, picture: Picture) -> Row:
        with Image.open(picture.file) as opened:
            image = opened.convert("RGB")
        width = min(_ROOM, _TALLEST * image.width / image.height)
        height = width * image.height / image.width
        image.thumbnail(
            (int(width * _DOTS_PER_MM), int(height * _DOTS_PER_MM)), Image.Resampling.LANCZOS
        )
        reader = ImageReader(image)
        caption = lines((Span(picture.caption),), _CAPTION, _ROOM)

        def draw(y: float) -> None:
            left = (_WIDTH - width) / 2
            self._sheet.image(reader, left, y + 1, width, height)
            self._sheet.rounded(left, y + 1, width, height, 0, stroke=LINE)
            self._lines(_LEFT, y + height + 2, caption, _CAPTION, SOFT_INK)

        return Row(height + 3 + len(caption) * _CAPTION * _LEADING + 2.5, draw)
