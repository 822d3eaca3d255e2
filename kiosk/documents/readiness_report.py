"""How the machine is, on one page of A4: its lights, versions and the code for whoever helps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from reportlab.lib.colors import Color, HexColor

from kiosk.documents.colours import DARK_GOLD, INK, LINE, SOFT_INK, TEA
from kiosk.documents.line_breaking import Span, lines
from kiosk.documents.page_layout import Sheet
from kiosk.documents.qr import QUIET, fitting_code

_WIDTH, _HEIGHT, _MARGIN = 210.0, 297.0, 18.0  # mm
_TOP, _LIGHT, _CODE = 44.0, 3.0, 46.0
_BOTTOM = _HEIGHT - _MARGIN - _CODE - 6
_SIZES: Final = (3.9, 3.5, 3.1, 2.7, 2.3)
_WORD = 34.0
"""From a light to its sentence: the word beside the light, for whoever sees no colour."""
_MODULE = 0.45
_COLOURS: dict[str, Color] = {"well": TEA, "attention": DARK_GOLD, "grave": HexColor("#B3372B")}


@dataclass(frozen=True)
class Light:
    """A line: ``well``, ``attention`` or ``grave``, the word for it, and the sentence."""

    light: str
    word: str
    text: str


@dataclass(frozen=True, kw_only=True)
class ReadinessReport:
    """What the page says, all of it in one language."""

    village: str
    title: str
    moment: str
    lights: tuple[Light, ...]
    code_title: str
    code_detail: str
    code: str


def readiness_report_pdf(report: ReadinessReport) -> bytes:
    """The page.

    Raises:
        ExpectedError: ``qr_too_long``.
    """
    sheet = Sheet(_WIDTH, _HEIGHT, title=report.title, author=report.village)
    room = _WIDTH - 2 * _MARGIN
    sheet.fitted(_MARGIN, 24.0, report.title, "brush", 9.0, room)
    sheet.fitted(_MARGIN, 33.0, f"{report.village}　{report.moment}", "text", 4.2, room)
    sheet.line(_MARGIN, 37.0, _WIDTH - _MARGIN, 37.0, colour=LINE)
    _lights(sheet, report.lights)
    _code(sheet, report)
    return sheet.pdf()


def _lights(sheet: Sheet, lights: tuple[Light, ...]) -> None:
    """In the largest type in which all of them stand above the code."""
    room = _WIDTH - 2 * _MARGIN - _WORD
    for size in _SIZES:
        told = [tuple(lines((Span(each.text),), size, room)) for each in lights]
        height = sum(len(each) * 1.35 * size + 0.7 * size for each in told)
        if _TOP + height <= _BOTTOM:
            break
    y = _TOP
    for each, sentence in zip(lights, told, strict=True):
        colour = _COLOURS[each.light]
        top = y + size - 0.85 * _LIGHT
        sheet.rounded(_MARGIN, top, _LIGHT, _LIGHT, _LIGHT / 2, fill=colour)
        left = _MARGIN + _LIGHT + 2
        sheet.fitted(left, y + size, each.word, "strong", size, _WORD - 7, colour=colour)
        for line in sentence:
            words = "".join(span.text for span in line)
            sheet.text(_MARGIN + _WORD, y + size, words, "text", size, colour=INK)
            y += 1.35 * size
        y += 0.7 * size


def _code(sheet: Sheet, report: ReadinessReport) -> None:
    top = _HEIGHT - _MARGIN - _CODE
    sheet.line(_MARGIN, top - 3, _WIDTH - _MARGIN, top - 3, colour=LINE)
    symbol = fitting_code(report.code, int(_CODE / _MODULE))
    module = _CODE / symbol.side
    sheet.qr(symbol, _MARGIN - QUIET * module, top, module, INK)
    left, y = _MARGIN + _CODE + 4, top + 6
    room = _WIDTH - _MARGIN - left
    sheet.fitted(left, y, report.code_title, "strong", 4.2, room)
    told = [report.code_detail, *report.code.splitlines()[1:]]
    for text, size in zip(told, (3.2, *(2.5 for _ in told)), strict=False):
        for line in lines((Span(text),), size, room):
            y += 1.4 * size
            if y < _HEIGHT - _MARGIN:
                words = "".join(span.text for span in line)
                sheet.text(left, y, words, "text", size, colour=SOFT_INK)
