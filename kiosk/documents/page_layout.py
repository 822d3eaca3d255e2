"""One PDF sheet: millimetres from the top left corner, text as strings, icons and QR as vectors.

Every file is reproducible: no date, no random identifier, so a second rendering is byte-identical.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from io import BytesIO
from typing import Literal
from xml.etree import ElementTree

from fontTools.pens.basePen import BasePen
from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path import parse_path
from reportlab import rl_config
from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from kiosk.core.paths import ASSETS
from kiosk.documents.colours import BLACK, INK
from kiosk.documents.embedded_font import loaded
from kiosk.documents.fonts import Face, largest_size, measure, runs
from kiosk.documents.qr import QUIET, QrCode

# Streams as they are, not in ASCII85: smaller, and nothing that we print to needs letters.
rl_config.useA85 = 0

Align = Literal["left", "centre", "right"]
_ROUND = 1  # reportlab's code for round caps and joins
_NONZERO = 1  # its fill mode in which touching rectangles cannot cancel each other
_ICON_BOX = 24  # Tabler draws on 24 units with a stroke of 2


class _PathPen(BasePen):  # type: ignore[misc]
    """Draws fontTools outlines into a reportlab path."""

    def __init__(self, path: PDFPathObject) -> None:
        super().__init__(None)
        self._path = path

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802 - named by fontTools
        self._path.moveTo(*pt)

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self._path.lineTo(*pt)

    def _curveToOne(  # noqa: N802
        self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]
    ) -> None:
        self._path.curveTo(*pt1, *pt2, *pt3)

    def _closePath(self) -> None:  # noqa: N802
        self._path.close()


def _operators(outline: RecordingPen) -> str:
    path = PDFPathObject()
    outline.replay(_PathPen(path))
    return path.getCode()


@lru_cache(maxsize=512)
def _path(svg: str) -> str:
    """An SVG path as the operators of PDF: the same shapes stand on every paper of a kind."""
    outline = RecordingPen()
    parse_path(svg, outline)
    return _operators(outline)


@cache
def _icon(name: str) -> str:
    """The outline of a Tabler icon, without the invisible square that each file begins with."""
    outline = RecordingPen()
    drawing = ElementTree.parse(ASSETS / "icons" / f"{name}.svg")  # noqa: S314 - a shipped file
    for path in drawing.iter("{http://www.w3.org/2000/svg}path"):
        if path.get("stroke") != "none":
            parse_path(path.attrib["d"], outline)
    return _operators(outline)


_kept: dict[tuple[object, ...], list[str]] = {}
"""What `Sheet.kept` drew: the few ornaments of the papers."""


class Sheet:
    """A PDF of one or more pages of the same size, in millimetres, y downward."""

    def __init__(
        self, width: float, height: float, *, title: str, author: str, scale: float = 1.0
    ) -> None:
        """`width` and `height` are drawing units; with `scale` 1 they are millimetres."""
        self.width, self.height, self.scale = width, height, scale
        self._bytes = BytesIO()
        page = (width * scale * mm, height * scale * mm)
        self._canvas = Canvas(
            self._bytes,
            pagesize=page,
            invariant=1,
            lang="zh-CN",
            # reportlab would name Helvetica, which is not embedded
            initialFontName=loaded("NotoSansSC-Regular").fontName,  # type: ignore[arg-type]
        )
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setCreator("village-kiosk")
        self._begin()

    def _begin(self) -> None:
        self._canvas.scale(self.scale * mm, self.scale * mm)
        self._canvas.setLineCap(_ROUND)
        self._canvas.setLineJoin(_ROUND)

    def next_page(self) -> None:
        """Finish this page and begin another."""
        self._canvas.showPage()
        self._begin()

    def pdf(self) -> bytes:
        """The finished file."""
        self._canvas.save()
        return self._bytes.getvalue()

    def kept(self, draw: Callable[..., None], *told: Hashable) -> None:
        """What ``draw(sheet, *told)`` draws, in fact drawn once and for every later paper.

        `draw` writes no text, whose fonts have other names in each file.
        """
        code: list[str] = self._canvas._code  # type: ignore[attr-defined]
        key = (draw, told, self.height)
        if key not in _kept:
            start = len(code)
            draw(self, *told)
            _kept[key] = code[start:]
        else:
            code.extend(_kept[key])

    @contextmanager
    def moved(self, x: float, y: float, *, scale: float = 1.0, turn: float = 0) -> Iterator[None]:
        """Draw with (`x`, `y`) as the new top left corner, turned clockwise by `turn` degrees."""
        before, self.scale = self.scale, self.scale * scale
        self._canvas.saveState()
        self._canvas.translate(x, self.height - y)
        self._canvas.rotate(-turn)
        self._canvas.scale(scale, scale)
        self._canvas.translate(0, -self.height)
        yield
        self._canvas.restoreState()
        self.scale = before

    def text(
        self,
        x: float,
        baseline: float,
        words: str,
        face: Face,
        size: float,
        *,
        colour: Color = INK,
        align: Align = "left",
        tracking: float = 0,
    ) -> float:
        """Draw `words` with an em of `size` and return their width; nothing is interpreted."""
        width = measure(words, face, size) + tracking * max(0, len(words) - 1)
        left = x - {"left": 0.0, "centre": width / 2, "right": width}[align]
        drawn = self._canvas.beginText(left, self.height - baseline)
        drawn.setFillColor(colour)
        drawn.setCharSpace(tracking)
        for run in runs(words, face):
            drawn.setFont(loaded(run.font).fontName, size)
            drawn.textOut(run.text)
        self._canvas.drawText(drawn)
        return width

    def celled(
        self, x: float, baseline: float, words: str, face: Face, size: float, pitch: float
    ) -> None:
        """Draw each character in the middle of a cell `pitch` wide, still as one string."""
        widths = [measure(each, face, size) for each in words]
        drawn = self._canvas.beginText(x + (pitch - widths[0]) / 2, self.height - baseline)
        drawn.setFillColor(INK)
        for each, width, following in zip(words, widths, [*widths[1:], 0.0], strict=True):
            (run,) = runs(each, face)
            drawn.setFont(loaded(run.font).fontName, size)
            drawn.setCharSpace(pitch - (width + following) / 2)
            drawn.textOut(run.text)
        self._canvas.drawText(drawn)

    def fitted(
        self,
        x: float,
        baseline: float,
        words: str,
        face: Face,
        size: float,
        width: float,
        *,
        smallest: float = 0.0,
        colour: Color = INK,
        align: Align = "left",
    ) -> float:
        """Draw `words` on one line, smaller where they would be wider than `width`."""
        fitting = largest_size(words, face, width, size, smallest)
        return self.text(x, baseline, words, face, fitting, colour=colour, align=align)

    def rounded(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        radius: float,
        *,
        stroke: Color | None = None,
        line: float = 0.25,
        fill: Color | None = None,
    ) -> None:
        """A rectangle with round corners."""
        self._pen(stroke, line)
        if fill is not None:
            self._canvas.setFillColor(fill)
        bottom = self.height - y - height
        self._canvas.roundRect(
            x, bottom, width, height, radius, stroke=int(stroke is not None), fill=int(bool(fill))
        )

    def line(
        self, x0: float, y0: float, x1: float, y1: float, *, colour: Color, line: float = 0.25
    ) -> None:
        """A straight line."""
        self._pen(colour, line)
        self._canvas.line(x0, self.height - y0, x1, self.height - y1)

    def dashes(self, x0: float, x1: float, y: float, *, dash: float, line: float) -> None:
        """A black dashed line with flat ends, as on a slip."""
        self._canvas.saveState()
        self._pen(BLACK, line)
        self._canvas.setLineCap(0)
        self._canvas.setDash([dash, dash])
        self._canvas.line(x0, self.height - y, x1, self.height - y)
        self._canvas.restoreState()

    def block(self, x: float, y: float, width: float, height: float, colour: Color) -> None:
        """A filled rectangle."""
        self._canvas.setFillColor(colour)
        self._canvas.rect(x, self.height - y - height, width, height, stroke=0, fill=1)

    def image(self, image: ImageReader, x: float, y: float, width: float, height: float) -> None:
        """A picture, stretched into a rectangle."""
        self._canvas.drawImage(image, x, self.height - y - height, width, height)

    def path(
        self,
        svg: str,
        *,
        fill: Color | None = None,
        stroke: Color | None = None,
        line: float = 0.25,
    ) -> None:
        """An SVG path in the sheet's own coordinates (y downward)."""
        self._outline(_path(svg), fill=fill, stroke=stroke, line=line)

    def _outline(
        self,
        operators: str,
        x: float = 0,
        y: float = 0,
        *,
        fill: Color | None,
        stroke: Color | None,
        line: float,
    ) -> None:
        self._canvas.saveState()
        self._canvas.transform(1, 0, 0, -1, x, self.height - y)
        self._pen(stroke, line)
        if fill is not None:
            self._canvas.setFillColor(fill)
        drawn = PDFPathObject([operators])
        self._canvas.drawPath(drawn, stroke=int(stroke is not None), fill=int(fill is not None))
        self._canvas.restoreState()

    def _pen(self, stroke: Color | None, line: float) -> None:
        if stroke is not None:
            self._canvas.setStrokeColor(stroke)
            self._canvas.setLineWidth(line)

    def icon(self, name: str, x: float, y: float, size: float, colour: Color) -> None:
        """A Tabler outline icon in a square of `size`, its stroke in proportion."""
        with self.moved(x, y, scale=size / _ICON_BOX):
            self._outline(_icon(name), fill=None, stroke=colour, line=2)

    def star(
        self, x: float, y: float, radius: float, *, colour: Color, filled: bool, line: float
    ) -> None:
        """A five-pointed star around (`x`, `y`) that ends at `radius`, stroke included."""
        fill = colour if filled else None
        self._outline(_star(radius - line / 2), x, y, fill=fill, stroke=colour, line=line)

    def qr(self, code: QrCode, x: float, y: float, module: float, colour: Color = BLACK) -> None:
        """The symbol with its quiet zone; (`x`, `y`) is the outer corner of the zone.

        One path filled at once, so that no viewer leaves a hair of white between modules.
        """
        bars = (
            f"{column} {-row - height} {width} {height} re"
            for column, row, width, height in code.bars()
        )
        self._canvas.saveState()
        self._canvas.translate(x + QUIET * module, self.height - y - QUIET * module)
        self._canvas.scale(module, module)
        self._canvas.setFillColor(colour)
        # Whole modules need none of reportlab's writing of decimals, half of the time of a symbol.
        symbol = PDFPathObject(list(bars))
        self._canvas.drawPath(symbol, stroke=0, fill=1, fillMode=_NONZERO)
        self._canvas.restoreState()


_INNER_RADIUS = 0.46  # of the outer; plumper than a geometric pentagram (0.382), to read from afar


@cache
def _star(radius: float) -> str:
    points = [
        (reach * math.sin(math.pi * corner / 5), -reach * math.cos(math.pi * corner / 5))
        for corner in range(10)
        for reach in [radius if corner % 2 == 0 else radius * _INNER_RADIUS]
    ]
    return _path("M" + "L".join(f"{x:.4f} {y:.4f}" for x, y in points) + "Z")
