"""The copy of one's data on A4, as a statement: headings, pairs and tables, as strings.

Nothing in them is interpreted. A heading never stands alone at the foot of a page, and a table that
goes on there has its head again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kiosk.documents.colours import INK, LINE, SOFT_INK, TEA
from kiosk.documents.fonts import Face, measure, with_geta
from kiosk.documents.line_breaking import Span, lines
from kiosk.documents.page_layout import Sheet
from kiosk.documents.paging import Row, draw_page, on_pages

_WIDTH, _HEIGHT = 210.0, 297.0
_LEFT, _TOP, _BOTTOM = 17.0, 16.0, 280.0
_ROOM = _WIDTH - 2 * _LEFT
_TITLE, _HEAD, _LEAD, _TEXT, _NAME = 8.0, 5.2, 4.3, 3.7, 3.3  # ems
_LEADING = 1.42
_GAP = 3.0  # between the columns of a table, and of pairs
_INDENT = 4.0  # of what belongs to a headline


@dataclass(frozen=True)
class Pairs:
    """Facts with their names, two beside each other where there is room."""

    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """Rows under a head; `shares` are the columns' parts of the width."""

    head: tuple[str, ...]
    shares: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Headline:
    """What the pairs and the table below it are about, and at the right where it stands."""

    text: str
    state: str = ""


Block = Pairs | Table | Headline


@dataclass(frozen=True)
class Section:
    """A heading and what stands beneath it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class CopySheet:
    """The whole copy, with every word in one language."""

    title: str
    village: str
    subtitle: str
    sections: tuple[Section, ...]
    page: Callable[[int, int], str]
    """What stands at the foot of page 1 of 3."""


def data_copy_pdf(copy: CopySheet) -> bytes:
    """As many pages as it takes; a character that no font has is a 〓, never a missing line."""
    sheet = Sheet(_WIDTH, _HEIGHT, title=copy.title, author=copy.village)
    pages = on_pages(list(_Rows(sheet).of(copy)), _TOP, _BOTTOM)
    for number, rows in enumerate(pages, start=1):
        if number > 1:
            sheet.next_page()
        draw_page(rows, _TOP)
        _foot(sheet, copy, copy.page(number, len(pages)))
    return sheet.pdf()


def _foot(sheet: Sheet, copy: CopySheet, page: str) -> None:
    baseline, right = _HEIGHT - 9, _WIDTH - _LEFT
    sheet.line(_LEFT, baseline - 5, right, baseline - 5, colour=LINE)
    whose = with_geta(f"{copy.village} · {copy.title} · {copy.subtitle}")
    room = _ROOM - measure(page, "text", 3.2) - _GAP
    sheet.fitted(_LEFT, baseline, whose, "text", 3.2, room, colour=SOFT_INK)
    sheet.text(right, baseline, page, "text", 3.2, align="right", colour=SOFT_INK)


class _Rows:
    """Makes the rows of a copy, each of which knows how to draw itself."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._indent = 0.0

    def of(self, copy: CopySheet) -> Iterator[Row]:
        """All rows, from the title down."""
        yield self._line(copy.village, "brush", 5.6, keeps=True)
        yield self._line(copy.title, "strong", _TITLE, keeps=True)
        yield self._line(copy.subtitle, "text", _LEAD, keeps=True)
        for section in copy.sections:
            yield self._heading(section.title)
            self._indent = 0.0
            for block in section.blocks:
                yield from self._block(block)

    def _block(self, block: Block) -> Iterator[Row]:
        match block:
            case Headline():
                self._indent = _INDENT
                yield self._headline(block)
            case Pairs():
                yield from self._pairs(block)
            case Table():
                yield from self._table(block)

    def _line(self, text: str, face: Face, size: float, *, keeps: bool) -> Row:
        def draw(y: float) -> None:
            self._sheet.fitted(_LEFT, y + size, with_geta(text), face, size, _ROOM)

        return Row(size * _LEADING, draw, keeps)

    def _heading(self, text: str) -> Row:
        def draw(y: float) -> None:
            baseline = y + 6 + _HEAD
            self._sheet.fitted(_LEFT, baseline, text, "strong", _HEAD, _ROOM, colour=TEA)
            self._sheet.line(_LEFT, baseline + 2, _LEFT + _ROOM, baseline + 2, colour=TEA, line=0.4)

        return Row(6 + _HEAD + 4, draw, keeps=True)

    def _headline(self, headline: Headline) -> Row:
        room = _ROOM - measure(with_geta(headline.state), "text", _TEXT) - _GAP
        broken = _broken(headline.text, "strong", _LEAD, room)

        def draw(y: float) -> None:
            self._column(_LEFT, y + 2, broken, "strong", _LEAD)
            right, state = _LEFT + _ROOM, with_geta(headline.state)
            self._sheet.text(right, y + 2 + _LEAD, state, "text", _TEXT, align="right")

        return Row(2 + len(broken) * _LEAD * _LEADING, draw, keeps=True)

    def _pairs(self, pairs: Pairs) -> Iterator[Row]:
        """Two short facts beside each other; a long one has the whole width."""
        room = _ROOM - self._indent
        half = (room - _GAP) / 2
        waiting: list[tuple[str, str]] = []
        for fact in pairs.facts:
            is_long = measure(with_geta("".join(fact)), "text", _TEXT) > half
            if waiting and (is_long or len(waiting) == 2):
                yield self._beside(waiting, half)
                waiting = []
            if is_long:
                yield self._beside([fact], room)
            else:
                waiting.append(fact)
        if waiting:
            yield self._beside(waiting, half)

    def _beside(self, facts: list[tuple[str, str]], width: float) -> Row:
        left, facts = _LEFT + self._indent, list(facts)
        columns = [_broken("".join(fact), "text", _TEXT, width) for fact in facts]

        def draw(y: float) -> None:
            for place, column in enumerate(columns):
                self._column(left + place * (width + _GAP), y, column, "text", _TEXT)

        return Row(_height(columns, _TEXT) + 0.6, draw)

    def _table(self, table: Table) -> Iterator[Row]:
        head = self._cells(table, table.head, "text", _NAME, keeps=True)
        yield head
        for row in table.rows:
            yield self._cells(table, row, "text", _TEXT, head=head)

    def _cells(
        self,
        table: Table,
        cells: tuple[str, ...],
        face: Face,
        size: float,
        *,
        keeps: bool = False,
        head: Row | None = None,
    ) -> Row:
        left, room = _LEFT + self._indent, _ROOM - self._indent
        room -= _GAP * (len(table.shares) - 1)
        widths = [room * share / sum(table.shares) for share in table.shares]
        columns = [
            _broken(cell, face, size, width) for cell, width in zip(cells, widths, strict=True)
        ]
        height = _height(columns, size) + 1.6

        def draw(y: float) -> None:
            x = left
            for column, width in zip(columns, widths, strict=True):
                self._column(x, y + 0.8, column, face, size, soft=keeps)
                x += width + _GAP
            line = 0.35 if keeps else 0.15
            self._sheet.line(left, y + height, _LEFT + _ROOM, y + height, colour=LINE, line=line)

        return Row(height, draw, keeps, head)

    def _column(
        self, x: float, y: float, broken: list[str], face: Face, size: float, *, soft: bool = False
    ) -> None:
        for place, text in enumerate(broken):
            baseline = y + size * (0.95 + place * _LEADING)
            self._sheet.text(x, baseline, text, face, size, colour=SOFT_INK if soft else INK)


def _broken(text: str, face: Face, size: float, width: float) -> list[str]:
    spans = lines((Span(with_geta(text), face),), size, width)
    return ["".join(span.text for span in line) for line in spans]


def _height(columns: list[list[str]], size: float) -> float:
    return max(len(column) for column in columns) * size * _LEADING
