"""The recovery sheet: the one key that opens the village's backups, on a page that is locked away.

A5 upright, as it comes out of the printer of the door signs; on A4 it is printed as it is or
enlarged. Each letter of the key stands in a cell of the same width, in numbered groups: it is
copied by hand, by somebody who has a bad day. Everything is said in both languages, for nobody
knows who will need it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk.core.catalogue import Language, catalogue
from kiosk.core.days import plain
from kiosk.core.texts import Texts
from kiosk.documents.colours import INK, LINE, SOFT_INK
from kiosk.documents.line_breaking import Span, lines
from kiosk.documents.page_layout import Sheet
from kiosk.documents.paper_text import words
from kiosk.documents.qr import QUIET, fitting_code

_WIDTH, _HEIGHT, _MARGIN = 148.5, 210.0, 11.0  # mm
_ROOM = _WIDTH - 2 * _MARGIN
_HEAD_Y, _TITLE_Y = 17.0, 26.5
_KEY_Y, _ROW, _COLUMNS = 45.0, 12.0, 4
_PITCH, _LETTER, _NUMBER = 5.7, 6.8, 3.0  # of a letter's cell; ems
_GROUP_LEFT = 6.5  # from the group's number to its first letter
_QR_SIDE, _LEAST_MODULE = 27.0, 0.5
_QR_Y = _KEY_Y + 3 * _ROW - 3
_LETTERS_Y = _KEY_Y + 4 * _ROW - 2
_SIGN_Y, _SIGN_ROW = 178.0, 9.5
_VERIFIER_Y = 192.8
_STEPS = 4
_LABELS = ("recovery_by", "recovery_on", "recovery_where", "recovery_sign")


@dataclass(frozen=True)
class RecoverySheet:
    """What the sheet shows: the key in the groups that are typed, and as `qr_text` for a camera.

    `verifier` is what the village's papers are checked with: C2SP's ``name+id+base64``.
    """

    village: Texts
    language: Language
    groups: tuple[str, ...]
    qr_text: str
    key_id: str
    verifier: str
    made_on: date

    @property
    def languages(self) -> tuple[Language, ...]:
        """Two, the village's first."""
        return catalogue().pair(self.language)


def recovery_sheet_pdf(key: RecoverySheet) -> bytes:
    """The sheet on one page of A5.

    Raises:
        ExpectedError: ``unprintable`` or ``qr_too_long``.
    """
    village = key.village.said(key.language)
    sheet = Sheet(_WIDTH, _HEIGHT, title=words("recovery_title", key.language), author=village)
    _head(sheet, key, village)
    _key(sheet, key)
    _code(sheet, key)
    _steps(sheet, key)
    _signature(sheet, key)
    _verifier(sheet, key)
    return sheet.pdf()


def _head(sheet: Sheet, key: RecoverySheet, village: str) -> None:
    head = words("slip_head", key.language, village)
    sheet.fitted(_MARGIN, _HEAD_Y, head, "brush", 6.4, _ROOM)
    title = "　".join(words("recovery_title", language) for language in key.languages)
    sheet.fitted(_MARGIN, _TITLE_Y, title, "strong", 6.0, _ROOM)
    first, second = key.languages
    sheet.fitted(_MARGIN, 33.0, words("recovery_why", first), "text", 3.5, _ROOM)
    sheet.fitted(_MARGIN, 37.3, words("recovery_why", second), "text", 2.7, _ROOM)
    sheet.line(_MARGIN, 40.0, _WIDTH - _MARGIN, 40.0, colour=LINE)


def _key(sheet: Sheet, key: RecoverySheet) -> None:
    """The groups, numbered along the rows, each letter in the middle of a cell of its own."""
    across = _ROOM / _COLUMNS
    for place, group in enumerate(key.groups):
        row, column = divmod(place, _COLUMNS)
        left, baseline = _MARGIN + column * across, _KEY_Y + row * _ROW + _LETTER * 0.74
        number = f"{place + 1}"
        sheet.text(left + 4.8, baseline, number, "text", _NUMBER, align="right", colour=SOFT_INK)
        sheet.celled(left + _GROUP_LEFT, baseline, group, "strong", _LETTER, _PITCH)
        end = left + _GROUP_LEFT + len(group) * _PITCH
        sheet.line(left + _GROUP_LEFT, baseline + 2, end, baseline + 2, colour=LINE)


def _code(sheet: Sheet, key: RecoverySheet) -> None:
    """The same key for a camera, in the corner that the last row leaves."""
    code = fitting_code(key.qr_text, int(_QR_SIDE / _LEAST_MODULE))
    module = _QR_SIDE / code.side
    left = _WIDTH - _MARGIN - _QR_SIDE + QUIET * module
    sheet.qr(code, left, _QR_Y, module, INK)


def _steps(sheet: Sheet, key: RecoverySheet) -> None:
    """How the key is read, and what to do with it now and on the day of need."""
    y = _LETTERS_Y
    for language, size in zip(key.languages, (3.3, 2.6), strict=True):
        letters = words("recovery_letters", language)
        y = _written(sheet, y, letters, size, _MARGIN, _ROOM - _QR_SIDE) + 0.5
    y = max(y, _QR_Y + _QR_SIDE) + 1
    for language, size in zip(key.languages, (3.5, 2.7), strict=True):
        for number in range(1, _STEPS + 1):
            sheet.text(_MARGIN, y + size, f"{number}", "strong", size)
            step = words(f"recovery_step_{number}", language)
            y = _written(sheet, y, step, size, _MARGIN + 5, _ROOM - 5)
        y += 2


def _written(sheet: Sheet, y: float, text: str, size: float, left: float, room: float) -> float:
    """A paragraph from `y` down; where the next one begins."""
    for line in lines((Span(text),), size, room):
        sheet.text(left, y + size, "".join(span.text for span in line), "text", size)
        y += size * 1.4
    return y


def _signature(sheet: Sheet, key: RecoverySheet) -> None:
    """Room for who keeps it, since when and where."""
    across = _ROOM / 2
    for place, name in enumerate(_LABELS):
        row, column = divmod(place, 2)
        left, baseline = _MARGIN + column * across, _SIGN_Y + row * _SIGN_ROW
        label = " ".join(words(name, language) for language in key.languages)
        width = sheet.text(left, baseline, label, "text", 3.2)
        sheet.line(left + width + 2, baseline + 1, left + across - 3, baseline + 1, colour=INK)


def _verifier(sheet: Sheet, key: RecoverySheet) -> None:
    """The village's public key, for whoever checks papers without a kiosk; and the day."""
    told = " · ".join(words("recovery_verifier", language) for language in key.languages)
    sheet.fitted(_MARGIN, _VERIFIER_Y, told, "text", 2.8, _ROOM)
    name, key_id, encoded = key.verifier.split("+", 2)  # base64 has plus signs of its own
    for row, part in enumerate((f"{name}+{key_id}+", encoded), start=1):
        sheet.fitted(_MARGIN, _VERIFIER_Y + row * 3.6, part, "text", 2.9, _ROOM)
    made = " · ".join(_made(key, language) for language in key.languages)
    sheet.fitted(_MARGIN, 203.5, made, "text", 2.8, _ROOM, colour=SOFT_INK)


def _made(key: RecoverySheet, language: Language) -> str:
    return plain(words("recovery_made", language, key.made_on, key.key_id))
