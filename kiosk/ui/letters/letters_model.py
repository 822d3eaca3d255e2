"""Letters about oneself: chosen by ticks, seen as a picture, signed, printed, ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Final

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.catalogue import CHINESE, Language, catalogue
from kiosk.core.clock import village_day
from kiosk.core.days import said_day
from kiosk.core.ids import new_touch_id
from kiosk.services.access.offices import Signature
from kiosk.services.letters import letters
from kiosk.services.letters.facts import Fact
from kiosk.services.letters.letters import Desk, Draft, Issued, LetterLine
from kiosk.services.village import Village
from kiosk.ui.letters.rows import FactRow, LetterRow
from kiosk.ui.parts.card_asking import CardModel
from kiosk.ui.parts.pdf_preview import picture_of
from kiosk.ui.parts.rows import ChoiceRow
from kiosk.ui.parts.staged import PAGE
from kiosk.ui.shell.view_model import followed_by

QML_IMPORT_NAME = "kiosk.ui.letters"
QML_IMPORT_MAJOR_VERSION = 1

FACTS, WHOM, LANGUAGE, DAYS, SEE, CARD, DONE = (
    *("facts", "whom", "language", "days", "see", "card", "done"),
)
_BACK: Final = {WHOM: FACTS, LANGUAGE: WHOM, DAYS: LANGUAGE, SEE: DAYS, CARD: SEE}
"""The step before; the page for all others."""
_ICONS: Final = {
    "lives": "home",
    "joined": "books",
    "deed": "heart-handshake",
    "sign": "home-star",
    "office": "id",
    "number": "certificate",
}
_END = followed_by(letters.end, letters.desk)


def _preview(village: Village, session_id: str, draft: Draft) -> str:
    return picture_of(letters.preview_pdf(village, session_id, draft))


@dataclass(frozen=True)
class Chosen:
    """What was chosen so far."""

    facts: tuple[str, ...] = ()
    to: str = ""
    language: Language = CHINESE
    days: int = letters.DAYS[0]
    touch: str = field(default_factory=new_touch_id)

    def draft(self) -> Draft:
        """What the service is asked for."""
        return Draft(facts=self.facts, to=self.to, language=self.language, days=self.days)


@QmlElement
class LettersModel(CardModel):
    """View-model of LettersScreen."""

    lettersChanged = Signal()
    previewChanged = Signal()
    signed = Signal(int, arguments=["job"])

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk: Desk | None = None
        self._chosen = Chosen()
        self._touch = self._preview = self._reference = self._ended = self._count = ""
        self._said_ended = self._choosing = self._whom_detail = ""
        self._rows: list[LetterRow] = []
        self._facts: list[FactRow] = []
        self._choices: list[ChoiceRow] = []

    def started(self) -> None:
        """Ask for the letters of whoever is signed in."""
        if self.session_id:
            self.ask(letters.desk, self.session_id, then=self._show)

    def worded(self) -> None:
        """Say it in the language on the screen."""
        super().worded()
        seen = self._desk
        if seen is None:
            return
        self._rows = self.renewed(self._rows, [self._letter(each) for each in seen.letters])
        self._facts = self.renewed(self._facts, [self._fact(each) for each in seen.facts])
        self._choices = self.renewed(self._choices, self._said_choices())
        self._count = self.text("letters.chosen", len(self._chosen.facts))
        self._said_ended = self.text(f"letters.ended_{self._ended}") if self._ended else ""
        self._choosing = self.text("letters.choose_detail", letters.MOST_FACTS)
        self._whom_detail = self.text("letters.whom_detail", letters.LONGEST_TO)
        self.lettersChanged.emit()

    @Property(bool, notify=lettersChanged)
    def there(self) -> bool:
        """Whether the letters have arrived."""
        return self._desk is not None

    @Property(bool, notify=lettersChanged)
    def agreed(self) -> bool:
        """Whether whoever is signed in agreed to letters."""
        return self._desk is not None and self._desk.agreed

    @Property(list, notify=lettersChanged)
    def rows(self) -> list[LetterRow]:
        """The letters, the newest first."""
        return self._rows

    @Property(list, notify=lettersChanged)
    def facts(self) -> list[FactRow]:
        """What can be ticked."""
        return self._facts

    @Property(list, notify=lettersChanged)
    def choices(self) -> list[ChoiceRow]:
        """Languages or terms to choose from."""
        return self._choices

    @Property(str, notify=lettersChanged)
    def count(self) -> str:
        """How many facts are ticked, in words."""
        return self._count

    @Property(str, notify=lettersChanged)
    def reference(self) -> str:
        """The number of the letter that was just signed."""
        return self._reference

    @Property(str, notify=lettersChanged)
    def ended(self) -> str:
        """What became of the letter that was just ended; empty where none was."""
        return self._said_ended

    @Property(str, notify=lettersChanged)
    def choosing(self) -> str:
        """How facts are chosen, and how many there may be."""
        return self._choosing

    @Property(str, notify=lettersChanged)
    def whomDetail(self) -> str:
        """How long the line may be."""
        return self._whom_detail

    @Property(int, constant=True)
    def longest(self) -> int:
        """Characters of the line that says for whom it is."""
        return letters.LONGEST_TO

    @Property(bool, notify=lettersChanged)
    def enough(self) -> bool:
        """Whether as many facts are ticked as a letter can say."""
        return 0 < len(self._chosen.facts) <= letters.MOST_FACTS

    @Property(str, notify=previewChanged)
    def preview(self) -> str:
        """The letter as a picture's address."""
        return self._preview

    @Slot()
    def begin(self) -> None:
        """A new letter, with nothing chosen."""
        self._chosen, self._ended = Chosen(language=self.shell.tongue), ""
        self._go(FACTS)

    @Slot(str)
    def tick(self, key: str) -> None:
        """Say it, or leave it out."""
        had = self._chosen.facts
        facts = tuple(each for each in had if each != key) if key in had else (*had, key)
        self._chosen = replace(self._chosen, facts=facts)
        self.worded()

    @Slot()
    def ticksDone(self) -> None:
        """These it is to be."""
        self._go(WHOM)

    @Slot(str)
    def forWhom(self, typed: str) -> None:
        """For whom it is; empty for whoever reads it."""
        self._chosen = replace(self._chosen, to=typed)
        self._go(LANGUAGE)

    @Slot(str)
    def choose(self, key: str) -> None:
        """A language, or a term; after the term the letter is drawn."""
        if self._stage == LANGUAGE:
            self._chosen = replace(self._chosen, language=key)
            self._go(DAYS)
            return
        self._chosen = replace(self._chosen, days=int(key))
        self.ask(_preview, self.session_id, self._chosen.draft(), then=self._drawn)

    @Slot()
    def sign(self) -> None:
        """It is seen, and is to be signed."""
        self._take("", "", scanned=False)
        self._go(CARD)

    @Slot(str)
    def enterPin(self, pin: str) -> None:
        """Sign it with one's own card."""
        said = (self._chosen.draft(), Signature(self._card, pin), self._chosen.touch)
        self.ask(letters.issue, self.session_id, *said, then=self._issued, refused=self._refused)

    @Slot()
    def aboutToAnswer(self) -> None:
        """A question opens: whatever is tapped in it is one touch."""
        self._touch = new_touch_id()

    @Slot(str)
    def end(self, reference: str) -> None:
        """End a letter, or take it back while that is possible."""
        fresh = any(each.reference == reference and each.fresh for each in self._letters())
        self._ended = letters.TAKEN_BACK if fresh else letters.REVOKED
        self.ask(_END, self.session_id, reference, self._touch, then=self._show)

    @Slot(str)
    def printAgain(self, reference: str) -> None:
        """One more sheet."""
        said = (self.session_id, reference, new_touch_id())
        self.ask(letters.print_again, *said, then=self._issued)

    @Slot()
    def toList(self) -> None:
        """Back to the letters, as they stand now."""
        self.ask(letters.desk, self.session_id, then=self._show)

    @Slot()
    def back(self) -> None:
        """One step back."""
        if self._stage == DONE:
            self.toList()
        else:
            self._go(_BACK.get(self._stage, PAGE))

    def _letters(self) -> tuple[LetterLine, ...]:
        return self._desk.letters if self._desk else ()

    def _drawn(self, address: str) -> None:
        self._preview = address
        self.previewChanged.emit()
        self._go(SEE)

    def _issued(self, answer: Issued) -> None:
        self._reference = self.text("letters.number", answer.reference)
        self._take("", "", scanned=False)
        self._go(DONE)
        self.signed.emit(answer.job_id)

    def _show(self, seen: Desk) -> None:
        self._desk = seen
        self._go(PAGE)

    def _letter(self, line: LetterLine) -> LetterRow:
        to = self.text("letters.to", line.to) if line.to else self.text("letters.to_anybody")
        until = said_day(self.text, line.valid_until)
        over = "in_force" if line.in_force else line.ended_why or "over"
        state = self.text(f"letters.state_{over}", until)
        count = self.text("letters.count", len(line.facts))
        asked = "back_sure" if line.fresh else "end_sure"
        return LetterRow(
            reference=line.reference,
            to=to,
            detail=self.text("letters.line", state, line.reference, count),
            inForce=line.in_force,
            fresh=line.in_force and line.fresh,
            question=self.text(f"letters.{asked}", line.reference),
        )

    def _fact(self, fact: Fact) -> FactRow:
        return FactRow(
            key=fact.key,
            text=fact.said(self.text, self.shell.tongue),
            icon=_ICONS[fact.kind],
            ticked=fact.key in self._chosen.facts,
        )

    def _said_choices(self) -> list[ChoiceRow]:
        say: Callable[..., str] = self.text
        chosen: Any = self._chosen.language if self._stage == LANGUAGE else self._chosen.days
        if self._stage == LANGUAGE:
            words = catalogue()
            names = {each: words.text("language.name", each) for each in words.languages}
        else:
            today = village_day(self.shell.clock.now())
            names = {
                str(each): say(
                    "letters.days_choice", each, said_day(say, today + timedelta(days=each))
                )
                for each in letters.DAYS
            }
        return [
            ChoiceRow(key=key, name=name, icon="", chosen=key == str(chosen))
            for key, name in names.items()
        ]
