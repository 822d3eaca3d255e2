"""The rule book for officers: changes under way, a change put together, adopted, and printed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.catalogue import CHINESE, ENGLISH
from kiosk.core.clock import village_day
from kiosk.core.ids import new_touch_id
from kiosk.services.rule_changes import changes, poster
from kiosk.services.rule_changes.changes import Proposed
from kiosk.services.rule_changes.offered import offered
from kiosk.services.rule_changes.terms import SHOWN_FOR
from kiosk.services.rulebook.reading import RuleText
from kiosk.ui.parts.rows import ChoiceRow
from kiosk.ui.parts.staged import PAGE
from kiosk.ui.rulebook import form as asked
from kiosk.ui.rulebook import said
from kiosk.ui.rulebook.adopting import ADOPTED, ASSEMBLY, BEGINS, CARD, AdoptingModel, read
from kiosk.ui.rulebook.form import CHECK, KIND, WRITTEN, Form, form_of
from kiosk.ui.rulebook.rows import ChangeRow, FieldRow, RuleRow, change_row
from kiosk.ui.shell.view_model import followed_by

QML_IMPORT_NAME = "kiosk.ui.rulebook"
QML_IMPORT_MAJOR_VERSION = 1

OFFER, RULE, PROPOSED, DAYS, PRINTED = "offer", "rule", "proposed", "days", "printed"
"""The steps beside the questions of the form."""
BACK = {
    **dict.fromkeys((OFFER, RULE, PROPOSED, DAYS, ASSEMBLY, ADOPTED), PAGE),
    BEGINS: ASSEMBLY,
    CARD: BEGINS,
    PRINTED: DAYS,
}


@QmlElement
class RuleBookModel(AdoptingModel):
    """View-model of RuleBookScreen."""

    bookChanged = Signal()
    printing = Signal(int, arguments=["job"])

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._versions: tuple[date, ...] = ()
        self._offers: tuple[RuleText, ...] = ()
        self._form = Form()
        self._touch = ""
        self._rows: list[RuleRow] = []
        self._changes: list[ChangeRow] = []
        self._choices: list[ChoiceRow] = []
        self._fields: list[FieldRow] = []
        self._summary = ""

    def started(self) -> None:
        """Ask for the rules and their changes."""
        if self.shell.session and self.shell.session.roles:
            self.ask(read, self.session_id, then=self._show)

    def worded(self) -> None:
        """Say everything in the language on the screen."""
        super().worded()
        today = village_day(self.shell.clock.now())
        rows = [said.rule_row(self.text, each, self.shell.tongue) for each in self._rules]
        self._rows = self.renewed(self._rows, rows)
        self._changes = self.renewed(
            self._changes,
            [
                change_row(
                    self.text, each, self.shell.tongue, ready=each.days.decided_from <= today
                )
                for each in self._lines
            ],
        )
        self._choices = self.renewed(self._choices, self._said_choices(today))
        self._fields = self.renewed(
            self._fields, said.fields(self.text, self._form, self.shell.tongue)
        )
        self._summary = self._said_summary()
        self.bookChanged.emit()

    # --- What QML sees ---------------------------------------------------------------------------

    @Property(list, notify=bookChanged)
    def rules(self) -> list[RuleRow]:
        """The rules in force."""
        return self._rows

    @Property(list, notify=bookChanged)
    def changes(self) -> list[ChangeRow]:
        """Changes that are under way."""
        return self._changes

    @Property(list, notify=bookChanged)
    def choices(self) -> list[ChoiceRow]:
        """What there is to choose from at this step."""
        return self._choices

    @Property(list, notify=bookChanged)
    def fields(self) -> list[FieldRow]:
        """The whole change, before it is proposed."""
        return self._fields

    @Property(str, notify=bookChanged)
    def summary(self) -> str:
        """What it is about; before the second officer all that they agree to."""
        return self._summary

    @Property(bool, notify=bookChanged)
    def writing(self) -> bool:
        """Whether this step is answered with the keyboard."""
        return self._stage in WRITTEN

    @Property(str, notify=bookChanged)
    def inChinese(self) -> str:
        """What was written so far, at this step."""
        return self._form.text(self._stage, CHINESE)

    @Property(str, notify=bookChanged)
    def inEnglish(self) -> str:
        """The same in English."""
        return self._form.text(self._stage, ENGLISH)

    # --- A change --------------------------------------------------------------------------------

    @Slot()
    def begin(self) -> None:
        """A new rule: one of those that come with the program, or one's own."""
        self._form, self._touch = Form(), new_touch_id()
        self.ask(offered, self.session_id, then=self._show_offers)

    @Slot(str)
    def open(self, key: str) -> None:
        """A rule that stands is to be changed, or ended."""
        self._form = form_of(next(each for each in self._rules if each.rule == key))
        self._touch = new_touch_id()
        self._go(RULE)

    @Slot(str)
    def choose(self, key: str) -> None:
        """An answer among those that there are."""
        if self._stage == RULE:
            self._form.what = "ended" if key == "ended" else "changed"
            self._go(CHECK)
        elif self._stage == OFFER:
            self._take_up(key)
        elif self._stage == BEGINS:
            self._begins(date.fromisoformat(key))
        elif self._stage == DAYS:
            self._print(date.fromisoformat(key))
        else:
            self._form.answer(self._stage, key)
            self._go_on()

    @Slot(str)
    def askAgain(self, question: str) -> None:
        """Another answer to one question; then back to the whole."""
        self._go(question)

    @Slot(str, str)
    def write(self, chinese: str, english: str) -> None:
        """What was typed at this step."""
        self._form.words[self._stage] = {CHINESE: chinese, ENGLISH: english}
        self._go_on()

    @Slot()
    def propose(self) -> None:
        """Show it to everybody, and print its poster."""
        draft = self._form.draft()
        self.ask(changes.propose, self.session_id, draft, self._touch, then=self._proposed)

    @Slot(int)
    def withdraw(self, change_id: int) -> None:
        """Take back what one proposed."""
        act = followed_by(changes.withdraw, read)
        self.ask(act, self.session_id, change_id, new_touch_id(), then=self._show)

    # --- The printed book ------------------------------------------------------------------------

    @Slot()
    def chooseBook(self) -> None:
        """Which version of the book is to be printed."""
        self.ask(poster.days, self.session_id, then=self._show_versions)

    @Slot()
    def toPage(self) -> None:
        """All is done; the rule book again."""
        self._go(PAGE)

    @Slot()
    def back(self) -> None:
        """One step back; what was answered stays."""
        if self._stage == CARD and self.hasCard:
            self.otherCard()
            return
        if self._stage in BACK:
            self._go(BACK[self._stage])
            return
        self._go(self._before_question())

    # --- Answers and words -----------------------------------------------------------------------

    def _before_question(self) -> str:
        if self._stage == CHECK and self._form.rule:
            return RULE
        return self._form.before(self._stage) or OFFER

    def _go_on(self) -> None:
        following = self._form.next_after(self._stage)
        if following == CHECK:
            self._form.said[CHECK] = "begun"
        self._go(following)

    def _proposed(self, proposed: Proposed) -> None:
        self.printing.emit(proposed.print_job_id)
        self._go(PROPOSED)
        self.ask(read, self.session_id, then=self._show)

    def _show_offers(self, offers: tuple[RuleText, ...]) -> None:
        self._offers = offers
        self._go(OFFER)

    def _take_up(self, key: str) -> None:
        offer = next((each for each in self._offers if each.rule == key), None)
        self._form = Form() if offer is None else form_of(offer)
        self._go(KIND if offer is None else CHECK)

    def _show_versions(self, versions: tuple[date, ...]) -> None:
        self._versions = versions
        self._go(DAYS)

    def _print(self, day: date) -> None:
        asked_for = (day, new_touch_id(), self.shell.tongue)
        self.ask(poster.print_book, self.session_id, *asked_for, then=self._printed)

    def _printed(self, job: int) -> None:
        self.printing.emit(job)
        self._go(PRINTED)

    def _said_choices(self, today: date) -> list[ChoiceRow]:
        makers: dict[str, Callable[[], list[ChoiceRow]]] = {
            OFFER: lambda: said.offers(self.text, self.shell.tongue, self._offers),
            RULE: lambda: said.whats(self.text),
            BEGINS: lambda: said.beginnings(self.text, today),
            DAYS: lambda: said.versions(self.text, self._versions),
        }
        if self._stage in makers:
            return makers[self._stage]()
        return said.answers(self.text, self._form, self._stage)

    def _said_summary(self) -> str:
        if self._stage in (ASSEMBLY, BEGINS, CARD, ADOPTED) and self._decision is not None:
            now = self._decision
            return said.decision(self.text, self.shell.tongue, now.line, now.assembly, now.begins)
        if self._stage == PROPOSED:
            today = village_day(self.shell.clock.now())
            return said.proposed(self.text, today + SHOWN_FOR)
        return self._form.text(asked.TITLE, self.shell.tongue) if self._form.rule else ""
