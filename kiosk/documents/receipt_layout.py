"""Composing a paper for a receipt roll once, for two back ends: a 1-bit raster and a vector PDF.

The unit is the printer's dot: 8 to the millimetre (203 dpi). A raster is what a slip printer gets,
since the Chinese code pages of such printers cannot be relied on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from PIL import Image, ImageDraw

from kiosk.documents.colours import BLACK, WHITE
from kiosk.documents.fonts import Face, advance, measure, pillow_font, runs
from kiosk.documents.line_breaking import Span, lines
from kiosk.documents.page_layout import Sheet
from kiosk.documents.qr import QUIET, QrCode, fitting_code

Paper = Literal[58, 80]  # mm

_DOTS_PER_MM = 8
_INKED = 160  # a grey darker than this becomes a dot: thermal heads burn a little wide
_LEADING = 1.5  # line height of running text, in ems
_ASCENT = 0.9  # of an em, from the top of a line to its baseline
_DASH = 6
_WISHED_SIDE = 93  # modules, white included (version 17): the code leaves room for the words
_TAIL = 40  # white below the last line, so that the cutter leaves it whole


@dataclass(frozen=True)
class RollFormat:
    """What a paper width allows, in dots; sizes are ems."""

    dots: int
    margin: int
    head: int
    kind: int
    reference: int
    name: int
    fact: int
    body: int
    small: int
    largest_module: int
    least_module: int

    @property
    def measure(self) -> int:
        """The width of the text column."""
        return self.dots - 2 * self.margin


FORMATS: dict[Paper, RollFormat] = {
    80: RollFormat(576, 20, 46, 25, 62, 48, 31, 29, 23, largest_module=5, least_module=4),
    58: RollFormat(384, 6, 36, 22, 50, 40, 28, 26, 21, largest_module=4, least_module=3),
}


@dataclass(frozen=True)
class Line:
    """One line of words on its baseline."""

    x: float
    baseline: int
    size: int
    spans: tuple[Span, ...]
    white: bool = False


@dataclass(frozen=True)
class Dashes:
    """A dashed rule across the text column."""

    y: int


@dataclass(frozen=True)
class Band:
    """A black band across the text column."""

    y: int
    height: int


@dataclass(frozen=True)
class Symbol:
    """A QR code with its quiet zone, its modules whole dots."""

    x: int
    y: int
    module: int
    code: QrCode


Mark = Line | Dashes | Band | Symbol


@dataclass
class Roll:
    """A paper under composition, from the top down."""

    paper: Paper
    marks: list[Mark] = field(default_factory=list)
    bottom: int = 16

    @property
    def format(self) -> RollFormat:
        """The paper's format."""
        return FORMATS[self.paper]

    @property
    def height(self) -> int:
        """The length of the finished paper, in dots."""
        return self.bottom + _TAIL

    def space(self, ems: float) -> None:
        """Leave white, in ems of the running text."""
        self.bottom += round(ems * self.format.body)

    def paragraph(
        self,
        spans: tuple[Span, ...],
        size: int,
        *,
        centred: bool = False,
        leading: float = _LEADING,
    ) -> None:
        """Add `spans`, broken into lines; nothing is cut off."""
        for line in lines(spans, size, self.format.measure, balanced=centred):
            self._line(line, size, centred, leading)

    def words(
        self,
        text: str,
        face: Face,
        size: int,
        *,
        centred: bool = False,
        leading: float = _LEADING,
    ) -> None:
        """Add `text` in one face, as a paragraph."""
        self.paragraph((Span(text, face),), size, centred=centred, leading=leading)

    def _line(self, line: tuple[Span, ...], size: int, centred: bool, leading: float) -> None:
        width = sum(measure(span.text, span.face, size) for span in line)
        x = (self.format.dots - width) / 2 if centred else float(self.format.margin)
        top = self.bottom + (leading - 1) * size / 2
        self.marks.append(Line(x, round(top + _ASCENT * size), size, line))
        self.bottom += round(leading * size)

    def dashes(self) -> None:
        """Add a dashed rule with white on both sides."""
        self.bottom += round(0.55 * self.format.body)
        self.marks.append(Dashes(self.bottom))
        self.bottom += round(0.6 * self.format.body)

    def band(self, text: str) -> None:
        """Add white words on a black band, which cannot be overlooked."""
        size, height = self.format.fact, round(self.format.fact * 1.7)
        self.marks.append(Band(self.bottom, height))
        x = (self.format.dots - measure(text, "strong", size)) / 2
        baseline = self.bottom + round(height / 2 + 0.37 * size)
        self.marks.append(Line(x, baseline, size, (Span(text, "strong"),), white=True))
        self.bottom += height

    def symbol(self, text: str) -> None:
        """Add a QR code, as strong as its size allows, its modules as large as the paper allows.

        Raises:
            ExpectedError: ``qr_too_long``.
        """
        width = self.format.dots
        wished = min(_WISHED_SIDE, width // self.format.largest_module)
        code = fitting_code(text, width // self.format.least_module, wished)
        module = min(self.format.largest_module, width // code.side)
        side = module * code.side
        self.marks.append(Symbol((width - side) // 2, self.bottom, module, code))
        self.bottom += side


def raster(roll: Roll) -> Image.Image:
    """The paper as black dots on white, as wide as the printer's head (mode ``1``)."""
    grey = Image.new("L", (roll.format.dots, roll.height), 255)
    for mark in roll.marks:
        _draw(ImageDraw.Draw(grey), roll.format, mark)
    dots = grey.point(lambda level: 255 if level > _INKED else 0, mode="1")
    for mark in roll.marks:
        if isinstance(mark, Symbol):
            _stamp(dots, mark)
    return dots


def _draw(pencil: ImageDraw.ImageDraw, form: RollFormat, mark: Mark) -> None:
    right = form.dots - form.margin - 1
    match mark:
        case Line():
            _draw_line(pencil, mark)
        case Dashes(y=y):
            for x in range(form.margin, right - _DASH + 2, 2 * _DASH):
                pencil.rectangle((x, y, x + _DASH - 1, y + 2), fill=0)
        case Band(y=y, height=height):
            pencil.rectangle((form.margin, y, right, y + height - 1), fill=0)
        case Symbol():
            pass  # stamped on the dots themselves, past the grey


def _draw_line(pencil: ImageDraw.ImageDraw, line: Line) -> None:
    """Each glyph stands where the layout measured it: the hinted advances of a raster drift."""
    x = line.x
    for span in line.spans:
        for run in runs(span.text, span.face):
            font = pillow_font(run.font, line.size)
            for character in run.text:
                place = (x, line.baseline)
                pencil.text(place, character, 255 if line.white else 0, font, anchor="ls")
                x += advance(character, span.face) * line.size


def _stamp(dots: Image.Image, symbol: Symbol) -> None:
    pencil, module = ImageDraw.Draw(dots), symbol.module
    left, top = symbol.x + QUIET * module, symbol.y + QUIET * module
    for column, row, width, height in symbol.code.bars():
        x, y = left + column * module, top + row * module
        pencil.rectangle((x, y, x + width * module - 1, y + height * module - 1), fill=0)


def roll_pdf(roll: Roll, *, title: str, author: str) -> bytes:
    """The paper as a one-page PDF of the paper's width, as long as what stands on it."""
    across = roll.paper * _DOTS_PER_MM
    sheet = Sheet(across, roll.height, title=title, author=author, scale=1 / _DOTS_PER_MM)
    with sheet.moved((across - roll.format.dots) / 2, 0):
        for mark in roll.marks:
            _write(sheet, roll.format, mark)
    return sheet.pdf()


def _write(sheet: Sheet, form: RollFormat, mark: Mark) -> None:
    right = form.dots - form.margin
    match mark:
        case Line():
            x = mark.x
            for span in mark.spans:
                colour = WHITE if mark.white else BLACK
                x += sheet.text(x, mark.baseline, span.text, span.face, mark.size, colour=colour)
        case Dashes(y=y):
            sheet.dashes(form.margin, right, y + 1.5, dash=_DASH, line=3)
        case Band(y=y, height=height):
            sheet.block(form.margin, y, form.measure, height, BLACK)
        case Symbol():
            sheet.qr(mark.code, mark.x, mark.y, mark.module)
