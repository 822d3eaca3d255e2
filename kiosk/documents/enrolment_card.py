"""The enrolment card: a name, a card number and the code that opens one's own record.

The size is ID-1 (ISO/IEC 7810: 85.60 by 53.98 mm, corners of 3.18 mm), to cut out and laminate.
The same facts go onto a slip where there is no other printer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PIL.Image import Image

from kiosk.core.catalogue import CHINESE, ENGLISH, ON_EVERY_PAPER
from kiosk.core.texts import Texts
from kiosk.documents.colours import DARK_GOLD, INK, LINE, SOFT_INK, TEA, TEA_SOFT
from kiosk.documents.fonts import largest_size, measure
from kiosk.documents.line_breaking import Span, lines
from kiosk.documents.page_layout import Sheet
from kiosk.documents.paper_text import words
from kiosk.documents.pomegranate import draw_branch
from kiosk.documents.qr import QUIET, fitting_code
from kiosk.documents.receipt_layout import Paper, Roll, raster

CARD_WIDTH, CARD_HEIGHT = 85.60, 53.98  # mm
_CORNER = 3.18
_A5 = (210.0, 148.5)
_A4 = (210.0, 297.0)
_INSET = 5.5
_QR_SIDE = 29.0  # with the quiet zone
_LEAST_MODULE = 0.35  # mm
_MARK_GAP, _MARK = 2.0, 5.0  # crop marks stay off the card
_NAME_WIDTH = CARD_WIDTH - _QR_SIDE - _INSET - 5
_NAME_MIDDLE, _NAME_HEIGHT = 25.2, 12.5
_PER_SHEET, _COLUMNS = 8, 2
_ROW_PITCH = CARD_HEIGHT + 11.5


@dataclass(frozen=True)
class EnrolmentCard:
    """What a card shows; `qr_text` is the card's token and nothing else.

    `enrolled_on` is when its owner joined; None for an official who has not.
    """

    village: Texts
    name: str
    card_number: str
    qr_text: str
    enrolled_on: date | None = None
    demo: bool = False
    duplicate: bool = False


def enrolment_card_pdf(card: EnrolmentCard) -> bytes:
    """The card in the middle of an A5 page, with crop marks.

    Raises:
        ExpectedError: ``unprintable`` or ``qr_too_long``.
    """
    sheet = Sheet(*_A5, title=_title(card.card_number), author=card.village[CHINESE])
    left, top = (_A5[0] - CARD_WIDTH) / 2, (_A5[1] - CARD_HEIGHT) / 2
    _crop_marks(sheet, left, top)
    _card(sheet, card, left, top)
    cut = [words("card_cut", language) for language in ON_EVERY_PAPER]
    middle = _A5[0] / 2
    sheet.text(middle, top + 68, cut[0], "text", 4.2, align="centre", colour=SOFT_INK)
    sheet.text(middle, top + 73.5, cut[1], "text", 3.4, align="centre", colour=SOFT_INK)
    fetch = [words("card_fetch", language) for language in ON_EVERY_PAPER]
    sheet.text(middle, top + 81.5, fetch[0], "text", 4.2, align="centre", colour=SOFT_INK)
    sheet.text(middle, top + 87, fetch[1], "text", 3.4, align="centre", colour=SOFT_INK)
    return sheet.pdf()


def card_sheet_pdf(cards: tuple[EnrolmentCard, ...], pins: tuple[str, ...] | None = None) -> bytes:
    """A4 sheets of eight cards each, with each card's PIN beneath it: for the demo village only.

    Raises:
        ValueError: there are not as many PINs as cards.
        ExpectedError: ``unprintable`` or ``qr_too_long``.
    """
    if pins is not None and len(pins) != len(cards):
        raise ValueError("one PIN for each card")
    author = cards[0].village[CHINESE] if cards else ""
    sheet = Sheet(*_A4, title=words("card_sheet_title", CHINESE), author=author)
    for start in range(0, max(1, len(cards)), _PER_SHEET):
        if start:
            sheet.next_page()
        _sheet_head(sheet)
        for place, card in enumerate(cards[start : start + _PER_SHEET]):
            pin = pins[start + place] if pins else None
            _placed(sheet, card, pin, place)
    return sheet.pdf()


def enrolment_card_slip(card: EnrolmentCard, paper: Paper) -> Image:
    """The card on a receipt roll, as dots for the printer (mode ``1``).

    Raises:
        ExpectedError: ``unprintable`` or ``qr_too_long``.
    """
    roll = Roll(paper)
    form = roll.format
    head = words("card_head", CHINESE, card.village[CHINESE])
    size = int(largest_size(head, "brush", form.measure, form.head, 28))
    roll.words(head, "brush", size, centred=True, leading=1.35)
    english = words("card_head", ENGLISH, card.village[ENGLISH])
    roll.words(english, "text", form.small, centred=True)
    if mark := _mark(card):
        roll.space(0.3)
        roll.band(mark)
    roll.dashes()
    name = int(largest_size(card.name, "strong", form.measure, form.reference, form.head))
    roll.words(card.name, "strong", name, centred=True, leading=1.3)
    for language in ON_EVERY_PAPER:
        number = words("card_number", language, card.card_number)
        roll.words(number, "text", form.fact, centred=True, leading=1.35)
    roll.symbol(card.qr_text)
    for name_of_words in ("card_fetch", "card_secret", "card_lost"):
        roll.words(words(name_of_words, CHINESE), "text", form.small, centred=True, leading=1.4)
        roll.words(words(name_of_words, ENGLISH), "text", form.small, centred=True, leading=1.4)
    if card.enrolled_on:
        roll.words(
            words("card_enrolled", CHINESE, card.enrolled_on),
            "text",
            form.small,
            centred=True,
            leading=1.4,
        )
    return raster(roll)


def _title(number: str) -> str:
    return words("card_number", CHINESE, number)


def _mark(card: EnrolmentCard) -> str:
    """What sets this card apart: a demo card, a second print, or neither."""
    names = [
        name for name, is_so in (("card_demo", card.demo), ("duplicate", card.duplicate)) if is_so
    ]
    return " · ".join(f"{words(name, CHINESE)} {words(name, ENGLISH)}" for name in names)


def _crop_marks(sheet: Sheet, left: float, top: float) -> None:
    right, bottom = left + CARD_WIDTH, top + CARD_HEIGHT
    for x, outward in ((left, -1), (right, 1)):
        for y in (top, bottom):
            start = x + outward * _MARK_GAP
            sheet.line(start, y, start + outward * _MARK, y, colour=INK, line=0.15)
    for y, outward in ((top, -1), (bottom, 1)):
        for x in (left, right):
            start = y + outward * _MARK_GAP
            sheet.line(x, start, x, start + outward * _MARK, colour=INK, line=0.15)


def _card(sheet: Sheet, card: EnrolmentCard, left: float, top: float) -> None:
    sheet.rounded(left, top, CARD_WIDTH, CARD_HEIGHT, _CORNER, stroke=LINE, line=0.2)
    with sheet.moved(left, top):
        _card_head(sheet, card)
        _card_name(sheet, card)
        _card_code(sheet, card)
        _card_foot(sheet)


def _card_head(sheet: Sheet, card: EnrolmentCard) -> None:
    room = CARD_WIDTH - 2 * _INSET - 16
    head = words("card_head", CHINESE, card.village[CHINESE])
    sheet.fitted(_INSET, 10.2, head, "brush", 6.2, room, colour=TEA)
    english = words("card_head", ENGLISH, card.village[ENGLISH])
    sheet.fitted(_INSET, 14.2, english, "text", 2.7, room, colour=SOFT_INK)
    draw_branch(sheet, CARD_WIDTH - 17.5, 2.2, 17.5)


def _card_name(sheet: Sheet, card: EnrolmentCard) -> None:
    """The name on one line, on more where it is long; never cut off."""
    size, broken = _fitting_name(card.name)
    baseline = _NAME_MIDDLE + 0.36 * size - (len(broken) - 1) * size * 0.62
    for place, line in enumerate(broken):
        text = "".join(span.text for span in line)
        sheet.text(_INSET, baseline + place * size * 1.24, text, "strong", size)
    number = words("card_number", CHINESE, card.card_number)
    sheet.fitted(_INSET, 37.2, number, "text", 3.8, _NAME_WIDTH)
    _card_status(sheet, card)


def _fitting_name(name: str) -> tuple[float, list[tuple[Span, ...]]]:
    """The largest size, and the lines, at which the whole name has room."""
    one_line = largest_size(name, "strong", _NAME_WIDTH, 8.4, 5.2)
    for size in (one_line, 4.4, 3.6, 3.1, 2.6):
        broken = lines((Span(name, "strong"),), size, _NAME_WIDTH)
        if len(broken) * size <= _NAME_HEIGHT:
            break
    return size, broken


def _card_status(sheet: Sheet, card: EnrolmentCard) -> None:
    """Since when, and whether it is a demo card or a second print."""
    width = 0.0
    if card.enrolled_on:
        room = _NAME_WIDTH / 2 if _mark(card) else _NAME_WIDTH
        enrolled = words("card_enrolled", CHINESE, card.enrolled_on)
        width = sheet.fitted(_INSET, 41.8, enrolled, "text", 2.9, room, colour=SOFT_INK) + 2
    left, rest = _INSET + width, _NAME_WIDTH - width
    sheet.fitted(left, 41.8, _mark(card), "strong", 2.9, rest, colour=DARK_GOLD)


def _card_code(sheet: Sheet, card: EnrolmentCard) -> None:
    code = fitting_code(card.qr_text, int(_QR_SIDE / _LEAST_MODULE))
    module = _QR_SIDE / code.side
    sheet.qr(code, CARD_WIDTH - _INSET - _QR_SIDE + QUIET * module, 15.5, module, INK)


def _card_foot(sheet: Sheet) -> None:
    room = CARD_WIDTH - 2 * _INSET
    sheet.line(_INSET, 45.2, CARD_WIDTH - _INSET, 45.2, colour=LINE, line=0.2)
    chinese, english = (
        " ".join(words(name, language) for name in ("card_secret", "card_lost"))
        for language in ON_EVERY_PAPER
    )
    sheet.fitted(_INSET, 48.4, chinese, "text", 2.6, room, colour=SOFT_INK)
    sheet.fitted(_INSET, 51.3, english, "text", 2.1, room, colour=SOFT_INK)


def _sheet_head(sheet: Sheet) -> None:
    left = (_A4[0] - _COLUMNS * CARD_WIDTH) / 2
    sheet.text(left, 14.5, words("card_sheet_title", CHINESE), "brush", 6.4, colour=TEA)
    title = measure(words("card_sheet_title", CHINESE), "brush", 6.4)
    note = f"{words('card_sheet_note', CHINESE)} {words('card_sheet_note', ENGLISH)}"
    room = _A4[0] - 2 * left - title - 4
    sheet.fitted(left + title + 4, 14.3, note, "text", 3.2, room, colour=SOFT_INK)


def _placed(sheet: Sheet, card: EnrolmentCard, pin: str | None, place: int) -> None:
    row, column = divmod(place, _COLUMNS)
    left = (_A4[0] - _COLUMNS * CARD_WIDTH) / 2 + column * CARD_WIDTH
    top = 20 + row * _ROW_PITCH
    _card(sheet, card, left, top)
    if pin is None:
        return
    words_of_pin = f"{words('card_pin', CHINESE, pin)}　{words('card_pin', ENGLISH, pin)}"
    width = measure(words_of_pin, "strong", 4.0) + 8
    sheet.rounded(left + _INSET - 1, top + CARD_HEIGHT + 1.4, width, 7, 3.5, fill=TEA_SOFT)
    sheet.text(left + _INSET + 3, top + CARD_HEIGHT + 6.3, words_of_pin, "strong", 4.0, colour=TEA)
