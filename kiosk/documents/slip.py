"""The slip: what a person takes home from every step.

A large reference number, the facts, what happens next and by when, how to disagree, and a QR code
that holds the signed checkpoint of the log.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PIL.Image import Image

from kiosk.core.catalogue import Language
from kiosk.documents.fonts import largest_size
from kiosk.documents.line_breaking import Span
from kiosk.documents.roll import Paper, Roll, raster, roll_pdf
from kiosk.documents.words import words

SlipKind = Literal[
    "receipt",
    "decision",
    "notice",
    "voucher",
    "enrolment",
    "sign_check",
    "appeal",
    "checkpoint",
    "recovery",
    "copy",
]


@dataclass(frozen=True)
class SlipLine:
    """A sentence of what comes next; `strong_lead` stands before it in bold."""

    text: str
    strong_lead: str = ""


@dataclass(frozen=True)
class Slip:
    """What a slip says; every sentence comes from the catalogue, in the slip's language."""

    village_zh: str
    village_en: str
    language: Language
    kind: SlipKind
    reference: str
    facts: tuple[str, ...]
    next_steps: tuple[SlipLine, ...]
    qr_text: str
    keep_why: bool = True
    duplicate: bool = False


def slip_raster(slip: Slip, paper: Paper) -> Image:
    """The slip as dots for the printer: 384 wide on 58 mm paper, 576 on 80 mm (mode ``1``).

    Raises:
        ExpectedError: ``unprintable`` or ``qr_too_long``.
    """
    return raster(_composed(slip, paper))


def slip_pdf(slip: Slip, paper: Paper) -> bytes:
    """The slip as a PDF of the paper's width, as long as the slip.

    Raises:
        ExpectedError: ``unprintable`` or ``qr_too_long``.
    """
    title = f"{words(f'slip_{slip.kind}', slip.language)} {slip.reference}"
    return roll_pdf(_composed(slip, paper), title=title, author=_village(slip))


def _village(slip: Slip) -> str:
    return slip.village_zh if slip.language == "zh" else slip.village_en


def _composed(slip: Slip, paper: Paper) -> Roll:
    roll = Roll(paper)
    _head(roll, slip)
    _facts(roll, slip)
    if slip.next_steps:
        _next_steps(roll, slip)
    roll.symbol(slip.qr_text)
    if slip.keep_why:
        keep = words("slip_keep", slip.language)
        roll.words(keep, "text", roll.format.small, centred=True, leading=1.4)
    return roll


def _head(roll: Roll, slip: Slip) -> None:
    head = words("slip_head", slip.language, _village(slip))
    size = int(largest_size(head, "brush", roll.format.measure, roll.format.head, 28))
    roll.words(head, "brush", size, centred=True, leading=1.35)
    kinds = [words(f"slip_{slip.kind}", language) for language in ("zh", "en")]
    ordered = kinds if slip.language == "zh" else kinds[::-1]
    roll.words("　".join(ordered), "text", roll.format.kind, centred=True)
    if slip.duplicate:
        roll.space(0.3)
        roll.band(f"{words('duplicate', 'zh')} {words('duplicate', 'en')}")
    roll.dashes()


def _facts(roll: Roll, slip: Slip) -> None:
    form = roll.format
    size = int(largest_size(slip.reference, "strong", form.measure, form.reference, form.fact))
    roll.words(slip.reference, "strong", size, leading=1.3)
    for fact in slip.facts:
        roll.words(fact, "text", form.fact)
    roll.dashes()


def _next_steps(roll: Roll, slip: Slip) -> None:
    size = roll.format.body
    roll.words(words("slip_next", slip.language), "strong", size)
    for step in slip.next_steps:
        roll.paragraph((Span(step.strong_lead, "strong"), Span(step.text, "text")), size)
    roll.space(0.2)
