"""The slip: what a person takes home from every step.

Whose it is and a large reference number, the facts, what happens next and by when, how to disagree,
and a QR code that holds the signed checkpoint of the log. What concerns one person alone stands
below a line to which the slip is folded up: outside are a name, a house and a number.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from PIL.Image import Image

from kiosk.core.catalogue import CHINESE, ENGLISH, Language, catalogue
from kiosk.core.clock import VILLAGE_ZONE
from kiosk.core.texts import Texts
from kiosk.documents.fonts import largest_size, with_geta
from kiosk.documents.line_breaking import Span
from kiosk.documents.paper_text import words
from kiosk.documents.receipt_layout import Paper, Roll, raster, roll_pdf


@dataclass(frozen=True)
class SlipLine:
    """A sentence of what comes next; `strong_lead` stands before it in bold."""

    text: str
    strong_lead: str = ""


@dataclass(frozen=True)
class Said:
    """The same once more, in another language."""

    language: Language
    facts: tuple[str, ...]
    next_steps: tuple[SlipLine, ...]


@dataclass(frozen=True)
class Slip:
    """What a slip says; every sentence comes from the catalogue, in the slip's language.

    The name of its `kind` is at ``paper.kind_<kind>``. `person` and `house` say whose it is,
    `printed` when it was made, as ``2026-11-29 09:42``.
    `folded` marks the line up to which it is folded; `also` says everything in a second language.
    `code_words` is what a phone shows first of the code (`kiosk.services.printing.code_words`).
    """

    village: Texts
    language: Language
    kind: str
    reference: str
    facts: tuple[str, ...]
    next_steps: tuple[SlipLine, ...]
    qr_text: str
    keep_why: bool = True
    duplicate: bool = False
    person: str = ""
    house: str = ""
    printed: str = ""
    folded: bool = False
    also: Said | None = None
    code_words: tuple[str, ...] = ()

    @property
    def languages(self) -> tuple[Language, ...]:
        """The one or two languages in which it speaks."""
        return (self.language, self.also.language) if self.also else (self.language,)


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
    title = f"{_kind(slip, slip.language)} {slip.reference}"
    return roll_pdf(_composed(slip, paper), title=title, author=_village(slip))


def _village(slip: Slip) -> str:
    return slip.village.said(slip.language)


def _composed(slip: Slip, paper: Paper) -> Roll:
    roll = Roll(paper)
    _head(roll, slip)
    _whose(roll, slip)
    if slip.folded:
        _fold(roll, slip)
    _said(roll, Said(slip.language, slip.facts, slip.next_steps))
    if slip.also:
        _said(roll, _without_what_was_said(slip.also, slip.facts))
    roll.symbol(slip.qr_text)
    _small(roll, slip, "slip_phone")
    if slip.keep_why:
        _small(roll, slip, "slip_keep")
    return roll


def _head(roll: Roll, slip: Slip) -> None:
    head = words("slip_head", slip.language, _village(slip))
    size = int(largest_size(head, "brush", roll.format.measure, roll.format.head, 28))
    roll.words(head, "brush", size, centred=True, leading=1.35)
    kinds = [_kind(slip, each) for each in catalogue().pair(slip.language)]
    roll.words("　".join(kinds), "text", roll.format.kind, centred=True)
    if slip.duplicate:
        roll.space(0.3)
        roll.band(f"{words('duplicate', CHINESE)} {words('duplicate', ENGLISH)}")
    roll.dashes()


def _kind(slip: Slip, language: Language) -> str:
    """What the slip is, as it stands at its head."""
    return words(f"kind_{slip.kind}", language).upper()


def _whose(roll: Roll, slip: Slip) -> None:
    """Name and house, so that a slip can be handed over; the number; when it was made, and where.

    A name with a character that no font has is printed with a 〓 for it: a decision is not put off
    because of a name.
    """
    form = roll.format
    if slip.person:
        roll.words(with_geta(slip.person), "strong", form.name, leading=1.3)
    if slip.house:
        roll.words(with_geta(slip.house), "text", form.fact, leading=1.35)
    size = int(largest_size(slip.reference, "strong", form.measure, form.reference, form.fact))
    roll.words(slip.reference, "strong", size, leading=1.3)
    if slip.printed:
        for language in slip.languages:
            roll.words(_printed(slip, language), "text", form.small, leading=1.35)


def _printed(slip: Slip, language: Language) -> str:
    village = slip.village.said(language)
    moment = datetime.fromisoformat(slip.printed).replace(tzinfo=VILLAGE_ZONE)
    return words("slip_printed", language, moment, village)


def _fold(roll: Roll, slip: Slip) -> None:
    roll.dashes()
    _small(roll, slip, "slip_fold")


def _small(roll: Roll, slip: Slip, name: str) -> None:
    for language in slip.languages:
        roll.words(words(name, language), "text", roll.format.small, centred=True, leading=1.4)


def _said(roll: Roll, said: Said) -> None:
    if said.facts:
        roll.dashes()
    for fact in said.facts:
        roll.words(fact, "text", roll.format.fact)
    if said.next_steps:
        roll.dashes()
        _next_steps(roll, said)


def _next_steps(roll: Roll, said: Said) -> None:
    size = roll.format.body
    roll.words(words("slip_next", said.language), "strong", size)
    for step in said.next_steps:
        roll.paragraph((Span(step.strong_lead, "strong"), Span(step.text, "text")), size)
    roll.space(0.2)


def _without_what_was_said(said: Said, facts: tuple[str, ...]) -> Said:
    """What somebody wrote themselves stands on the slip once: it has no other language."""
    return replace(said, facts=tuple(each for each in said.facts if each not in facts))
