"""The letter that gives an official a PIN: an A5 page for one person, apart from the card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk.core.catalogue import CHINESE, ENGLISH, ON_EVERY_PAPER, catalogue
from kiosk.core.days import plain
from kiosk.core.texts import Texts
from kiosk.documents.colours import DARK_GOLD, INK, LINE, SOFT_INK, TEA, TEA_SOFT
from kiosk.documents.line_breaking import Span, lines
from kiosk.documents.page_layout import Sheet

_WIDTH, _HEIGHT = 210.0, 148.5  # mm, A5 landscape
_MARGIN = 18.0
_ROOM = _WIDTH - 2 * _MARGIN


@dataclass(frozen=True)
class PinLetter:
    """Whose PIN it is; `offices` are ready words, Chinese and English."""

    village: Texts
    name: str
    offices: Texts
    card_number: str
    pin: str
    printed_on: date


def pin_letter_pdf(letter: PinLetter) -> bytes:
    """The letter as a PDF.

    Raises:
        ExpectedError: ``unprintable``.
    """
    sheet = Sheet(_WIDTH, _HEIGHT, title=letter.card_number, author=letter.village[CHINESE])
    _head(sheet, letter)
    _pin(sheet, letter)
    _what_to_do(sheet)
    return sheet.pdf()


def _head(sheet: Sheet, letter: PinLetter) -> None:
    title = _said("title", CHINESE, letter.village[CHINESE])
    sheet.fitted(_MARGIN, 21, title, "brush", 8.0, _ROOM, colour=TEA)
    english = _said("title", ENGLISH, letter.village[ENGLISH])
    sheet.fitted(_MARGIN, 27.5, english, "text", 3.6, _ROOM, colour=SOFT_INK)
    sheet.line(_MARGIN, 32, _WIDTH - _MARGIN, 32, colour=LINE, line=0.3)
    sheet.fitted(_MARGIN, 44, letter.name, "strong", 8.0, _ROOM / 2)
    offices = " · ".join(letter.offices.values())
    sheet.fitted(_MARGIN, 51, offices, "text", 4.2, _ROOM / 2)
    number = _said("card", CHINESE, letter.card_number)
    sheet.fitted(_WIDTH - _MARGIN, 44, number, "text", 4.6, _ROOM / 2 - 4, align="right")
    day = _said("printed_on", CHINESE, letter.printed_on)
    sheet.fitted(
        _WIDTH - _MARGIN, 51, plain(day), "text", 3.4, _ROOM / 2, align="right", colour=SOFT_INK
    )


def _pin(sheet: Sheet, letter: PinLetter) -> None:
    sheet.rounded(_MARGIN, 58, _ROOM, 34, 4, fill=TEA_SOFT)
    label = " · ".join(_said("pin", language) for language in ON_EVERY_PAPER)
    sheet.text(_WIDTH / 2, 66, label, "text", 4.2, align="centre", colour=SOFT_INK)
    sheet.text(_WIDTH / 2, 86, letter.pin, "strong", 18, align="centre", colour=INK, tracking=3)


def _what_to_do(sheet: Sheet) -> None:
    baseline = 103.0
    for language, size in zip(ON_EVERY_PAPER, (4.6, 3.6), strict=True):
        for name, colour in (("learn", INK), ("tell", DARK_GOLD)):
            span = Span(_said(name, language), "text")
            for line in lines((span,), size, _ROOM):
                text = "".join(each.text for each in line)
                sheet.text(_MARGIN, baseline, text, "text", size, colour=colour)
                baseline += size * 1.5
        baseline += 2


def _said(name: str, language: str, *values: object) -> str:
    return catalogue().text(f"pin_letter.{name}", language, *values)
