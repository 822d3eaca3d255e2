"""A letter about somebody on one sheet of A4: for whom, what they chose to have said, until when.

The code holds every word of it, signed: what somebody changes on the sheet, the code does not say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kiosk.core.catalogue import Language
from kiosk.core.texts import Texts
from kiosk.documents.colours import INK, LINE, SOFT_INK, TEA
from kiosk.documents.fonts import Face
from kiosk.documents.line_breaking import Span, lines
from kiosk.documents.page_layout import Sheet
from kiosk.documents.paper_text import words
from kiosk.documents.qr import fitting_code

_WIDTH, _HEIGHT = 210.0, 297.0
_LEFT, _TOP, _BOTTOM = 24.0, 22.0, 284.0
_ROOM = _WIDTH - 2 * _LEFT
_QR_SIDE, _LEAST_MODULE = 62.0, 0.42
_HEAD, _TITLE, _LEAD, _TEXT, _SMALL = 7.0, 9.5, 5.2, 4.9, 3.7  # ems
_LEADING = 1.5
_INDENT = 6.0


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What stands on the sheet, in words that are ready."""

    village: Texts
    language: Language
    person: str
    house: str
    to: str
    facts: tuple[str, ...]
    reference: str
    issued: str
    until: str
    qr_text: str
    duplicate: bool = False
    sample: bool = False
    code_words: tuple[str, ...] = ()
    """What a phone shows first of the code (`kiosk.services.letters.wording`)."""


class _Down:
    """Writes one line below the other."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.y = _TOP

    def write(
        self, text: str, size: float, face: Face = "text", indent: float = 0, room: float = _ROOM
    ) -> None:
        for line in lines((Span(text, face),), size, room - indent) if text else ():
            said = "".join(span.text for span in line)
            self._sheet.text(_LEFT + indent, self.y + size, said, face, size, colour=INK)
            self.y += size * _LEADING

    def mark(self, text: str, size: float) -> None:
        """What stands before a line that is indented."""
        self._sheet.text(_LEFT, self.y + size, text, "strong", size, colour=TEA)


def letter_pdf(letter: Letter) -> bytes:
    """One page.

    Raises:
        ExpectedError: ``unprintable`` or ``qr_too_long``.
    """
    village = letter.village.said(letter.language)
    title = words("letter_title", letter.language)
    sheet = Sheet(_WIDTH, _HEIGHT, title=title, author=village)
    down = _Down(sheet)
    _head(sheet, down, letter, title)
    down.write(letter.to, _LEAD, "strong")
    down.y += 3
    down.write(words("letter_states", letter.language, letter.person, letter.house), _TEXT)
    down.y += 3
    for number, fact in enumerate(letter.facts, start=1):
        down.mark(f"{number}.", _TEXT)
        down.write(fact, _TEXT, indent=_INDENT)
        down.y += 1
    down.y += 3
    down.write(words("letter_chosen", letter.language, letter.person), _TEXT)
    down.write(words("letter_until", letter.language, letter.until), _TEXT, "strong")
    _proof(sheet, letter)
    return sheet.pdf()


def _head(sheet: Sheet, down: _Down, letter: Letter, title: str) -> None:
    language = letter.language
    village = words("slip_head", language, letter.village.said(language))
    down.write(village, _HEAD, "brush")
    down.y += 2
    down.write(title, _TITLE, "strong")
    number = letter.reference or words("letter_sample", language)
    said = words("letter_number", language, number, letter.issued)
    if letter.duplicate:
        said = f"{said} · {words('duplicate', language)}"
    down.write(said, _SMALL)
    down.y += 3
    sheet.line(_LEFT, down.y, _LEFT + _ROOM, down.y, colour=TEA, line=0.6)
    down.y += 6


def _proof(sheet: Sheet, letter: Letter) -> None:
    """The code, and beside it how it is checked."""
    top = _BOTTOM - _QR_SIDE
    sheet.line(_LEFT, top - 4, _LEFT + _ROOM, top - 4, colour=LINE)
    side = _WIDTH - _LEFT - _QR_SIDE
    if letter.qr_text:
        code = fitting_code(letter.qr_text, int(_QR_SIDE / _LEAST_MODULE))
        sheet.qr(code, side, top, _QR_SIDE / code.side)
    else:
        sheet.rounded(side, top, _QR_SIDE, _QR_SIDE, 2, stroke=LINE)
        middle = (side + _QR_SIDE / 2, top + _QR_SIDE / 2)
        sample = words("letter_sample", letter.language)
        sheet.text(*middle, sample, "strong", _TEXT, align="centre", colour=SOFT_INK)
    beside = _Down(sheet)
    beside.y = top
    room = _ROOM - _QR_SIDE - 6
    signed = words("letter_signed", letter.language, letter.person, letter.issued)
    beside.write(signed, _SMALL, "strong", room=room)
    beside.y += 2
    for each in _CHECKS:
        beside.write(words(each, letter.language), _SMALL, room=room)
        beside.y += 1


_CHECKS: Final = ("letter_check_code", "letter_check_hall", "letter_check_phone")
