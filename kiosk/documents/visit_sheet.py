"""What inspectors walk with: A4 with one household's checklist, or two of them to be cut apart.

The same checklist is left at the door for the household's own look. It bears a house and no name.
What is drawn where is `kiosk.core.sheet_layout`, by which a picture of it is read again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kiosk.core.catalogue import Language, catalogue
from kiosk.core.dimensions import DIMENSION_ICONS
from kiosk.core.sheet_layout import Form, FormName, Group, Line, Size, form
from kiosk.core.texts import Texts
from kiosk.documents.colours import BLACK, INK, LINE, SOFT_INK
from kiosk.documents.page_layout import Sheet
from kiosk.documents.paper_text import words
from kiosk.documents.qr import QUIET, fitting_code

_WIDTH, _HEIGHT = 210.0, 297.0
_MOST_MODULES, _WISHED_MODULES = 33 + 2 * QUIET, 21 + 2 * QUIET
"""A code of the usual length makes the smallest symbol, of 21 modules a side."""
_FRAME: Final = 0.4
"""How wide the line around a box is; its middle runs along the box's edge."""


@dataclass(frozen=True)
class CheckItem:
    """One thing to look at, in the sheet's two languages."""

    key: str
    dimension: str
    first: str
    second: str


@dataclass(frozen=True, kw_only=True)
class CheckForm:
    """One household's checklist; `house` as people write it, `quarter` ready, in two languages."""

    code: str
    seat: int
    """Whose look: the first, the second …; 0 is the household's own."""
    premises: str
    house: tuple[str, str]
    quarter: tuple[str, str]
    items: tuple[CheckItem, ...]
    asked: tuple[str, ...]
    """The dimensions that are looked at only where the household puts something forward."""

    def name(self, size: Size) -> FormName:
        """What its codes say."""
        return FormName(size, self.premises, self.code)

    def groups(self) -> tuple[Group, ...]:
        """Its items by dimension."""
        found: dict[str, list[str]] = {}
        for each in self.items:
            found.setdefault(each.dimension, []).append(each.key)
        return tuple(Group(name, tuple(keys), name in self.asked) for name, keys in found.items())


@dataclass(frozen=True, kw_only=True)
class VisitSheet:
    """A sheet of A4 with one form or two; its words in `language` first, then in a second one."""

    village: Texts
    language: Language
    forms: tuple[CheckForm, ...]
    qr_text: str = ""
    duplicate: bool = False


@dataclass(frozen=True)
class _Sizes:
    """Ems."""

    title: float
    house: float
    small: float
    first: float
    second: float
    head: float


_SIZES: dict[Size, _Sizes] = {
    "full": _Sizes(5.2, 7.0, 3.5, 4.2, 2.9, 4.4),
    "half": _Sizes(3.8, 5.4, 2.7, 3.3, 2.2, 3.4),
}


def visit_sheet_pdf(sheet: VisitSheet) -> bytes:
    """One page.

    Raises:
        ExpectedError: ``unprintable`` or ``qr_too_long``.
    """
    return visit_sheets_pdf((sheet,))


def visit_sheets_pdf(sheets: tuple[VisitSheet, ...]) -> bytes:
    """A page for each sheet, in one file.

    Raises:
        ExpectedError: as `visit_sheet_pdf`.
    """
    first = sheets[0]
    title = words("visit_title", first.language)
    page = Sheet(_WIDTH, _HEIGHT, title=title, author=first.village.said(first.language))
    for place, sheet in enumerate(sheets):
        if place:
            page.next_page()
        _page(page, sheet)
    return page.pdf()


def _page(page: Sheet, sheet: VisitSheet) -> None:
    size: Size = "full" if len(sheet.forms) == 1 else "half"
    for place, each in enumerate(sheet.forms):
        with page.moved(0, place * _HEIGHT / 2):
            _Drawing(page, sheet, each, size).draw()
    if size == "half":
        page.dashes(0, _WIDTH, _HEIGHT / 2, dash=2, line=0.15)


class _Drawing:
    """One form on its sheet."""

    def __init__(self, page: Sheet, sheet: VisitSheet, of: CheckForm, size: Size) -> None:
        self._page, self._sheet, self._of, self._size = page, sheet, of, size
        self._ems = _SIZES[size]
        self._form: Form = form(size, of.groups())
        self._said = {each.key: each for each in of.items}
        self._languages = catalogue().pair(sheet.language)

    def draw(self) -> None:
        self._marks()
        self._top()
        for dimension, (x, y) in self._form.heads:
            self._head(dimension, x, y)
        for line in self._form.lines:
            self._line(line)
        if self._size == "full":
            self._full_bands()
        else:
            self._half_band()

    def _both(self, name: str, *values: object) -> tuple[str, ...]:
        return tuple(words(name, each, *values) for each in self._languages)

    def _in_one(self, name: str, *values: object) -> str:
        return " · ".join(self._both(name, *values))

    def _marks(self) -> None:
        name = self._of.name(self._size)
        for corner, (x, y) in enumerate(self._form.marks):
            code = fitting_code(name.mark(corner), _MOST_MODULES, _WISHED_MODULES)
            module = self._form.mark / code.modules
            self._page.qr(code, x - QUIET * module, y - QUIET * module, module)

    def _top(self) -> None:
        left, right = self._form.band
        y, ems, width = self._form.marks[0][1], self._ems, right - left
        own = not self._of.seat
        title = self._in_one("visit_self_title" if own else "visit_title")
        self._page.fitted(left, y + ems.title * 0.9, title, "strong", ems.title, width * 0.6)
        quarter = " · ".join(self._of.quarter)
        self._page.fitted(
            right, y + ems.title * 0.9, quarter, "text", ems.small, width * 0.38, align="right"
        )
        y += ems.title * 0.9 + ems.house * 1.15
        house = " · ".join(dict.fromkeys(each for each in self._of.house if each))
        self._page.fitted(left, y, house, "strong", ems.house, width * 0.6)
        kind = self._in_one_catalogue(f"signs.premises_{self._of.premises}")
        seat = "" if own else " · " + self._in_one("visit_seat", self._of.seat)
        self._page.fitted(
            right, y, kind + seat, "text", ems.small, width * 0.38, align="right", colour=SOFT_INK
        )
        y += ems.small * 1.5
        code = f"{self._of.code}  {words('duplicate', self._languages[0])}"
        said = code if self._sheet.duplicate else self._of.code
        self._page.text(left, y, said, "text", ems.small, colour=SOFT_INK, tracking=0.3)

    def _in_one_catalogue(self, key: str) -> str:
        return " · ".join(catalogue().text(key, each) for each in self._languages)

    def _head(self, dimension: str, x: float, y: float) -> None:
        form, ems = self._form, self._ems
        side = ems.head * 1.15
        self._page.line(x, y + 0.6, x + form.column, y + 0.6, colour=INK, line=0.35)
        top = y + (form.head - side) / 2 + 0.4
        self._page.icon(DIMENSION_ICONS[dimension], x, top, side, INK)
        base = y + form.head * 0.5 + ems.head * 0.45
        first, second = (words(f"sign_{dimension}", each) for each in self._languages[:2])
        after = x + side + 1.5
        after += self._page.text(after, base, first, "strong", ems.head) + 2
        boxes = next(each.boxes for each in form.lines if each.dimension == dimension and each.item)
        room = boxes[0][0] - form.box - after
        self._page.fitted(after, base, second, "text", ems.small, room, colour=SOFT_INK)
        for name, (left, _) in zip(("yes", "no", "na"), boxes, strict=True):
            self._answer_head(f"visit_{name}", left + form.box / 2, y)

    def _answer_head(self, name: str, middle: float, y: float) -> None:
        """Over a column of boxes, both languages one above the other."""
        form, ems = self._form, self._ems
        pitch = form.lines[-1].boxes[1][0] - form.lines[-1].boxes[0][0] - 0.6
        first, second = self._both(name)
        base = y + form.head * 0.55
        self._page.fitted(middle, base, first, "strong", ems.small * 0.9, pitch, align="centre")
        self._page.fitted(
            middle, y + form.head - 0.5, second, "text", ems.second * 0.85, pitch, align="centre"
        )

    def _line(self, line: Line) -> None:
        form, ems = self._form, self._ems
        for x, y in line.boxes:
            self._box(x, y)
        room = line.boxes[0][0] - line.left - 2.5
        if line.item:
            said = self._said[line.item]
            first, second = said.first, said.second
        else:
            first, second = self._both("visit_asked")
        middle = line.top + form.row / 2
        wide = self._page.fitted(
            line.left, middle + ems.first * 0.15, first, "text", ems.first, room
        )
        below = middle + ems.first * 0.2 + ems.second
        under = self._page.fitted(
            line.left, below, second, "text", ems.second, room, colour=SOFT_INK
        )
        if not line.item:
            self._to_write_on(line, line.left + max(wide, under) + 2)

    def _to_write_on(self, line: Line, start: float) -> None:
        """What the household puts forward, in a few words: before its box, and behind."""
        (box, _), y = line.boxes[0], line.top + self._form.row - 1.4
        ends = line.left + self._form.column
        for left, right in ((start, box - 2.5), (box + self._form.box + 2.5, ends)):
            self._page.line(left, y, right, y, colour=SOFT_INK)

    def _box(self, x: float, y: float) -> None:
        side = self._form.box
        self._page.path(f"M{x} {y}h{side}v{side}h-{side}z", stroke=BLACK, line=_FRAME)

    def _how(self) -> tuple[str, str]:
        """What is to be done with the boxes, in each language."""
        end = "visit_flat" if self._of.seat else "visit_self_foot"
        first, second = (words("visit_how", e) + words(end, e) for e in self._languages[:2])
        return first, second

    def _full_bands(self) -> None:
        form, ems = self._form, self._ems
        left, right = form.marks[0][0], form.marks[1][0] + form.mark
        y = form.marks[0][1] + form.mark + 6.4
        for said, em in zip(self._how(), (ems.small, ems.second), strict=True):
            self._page.fitted(left, y, said, "text", em, right - left)
            y += em * 1.35
        band_left, band_right = form.band
        self._signing(band_left, band_right, form.marks[2][1] + form.mark - 3)

    def _half_band(self) -> None:
        form, ems = self._form, self._ems
        left, right = form.band
        y = form.marks[2][1] + 1.4
        for said, em in zip(self._how(), (ems.small, ems.second), strict=True):
            self._page.fitted(left, y, said, "text", em, right - left)
            y += em * 1.3
        self._signing(left, right, form.marks[2][1] + form.mark - 0.8)

    def _signing(self, left: float, right: float, y: float) -> None:
        """A line for the name and one for the day; a household's own look needs neither."""
        if not self._of.seat:
            return
        ems, cut = self._ems, left + (right - left) * 0.62
        for name, start, end in (("visit_sign", left, cut), ("visit_day", cut + 4, right)):
            width = self._page.text(start, y, self._in_one(name), "text", ems.small)
            self._page.line(start + width + 1.5, y + 0.6, end, y + 0.6, colour=LINE, line=0.3)
