"""What the assembly decided about a change, written down with a second officer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.core.clock import village_day
from kiosk.core.ids import new_touch_id
from kiosk.services.access.offices import Signature
from kiosk.services.rule_changes import changes, showing
from kiosk.services.rule_changes.changes import Adoption
from kiosk.services.rule_changes.showing import ChangeLine
from kiosk.services.rulebook import book
from kiosk.services.rulebook.book import Rule
from kiosk.services.village import Village
from kiosk.ui.parts.card_asking import CardModel
from kiosk.ui.parts.days import weekdays
from kiosk.ui.parts.rows import DayRow
from kiosk.ui.rulebook import said
from kiosk.ui.shell.view_model import followed_by

QML_IMPORT_NAME = "kiosk.ui.rulebook"
QML_IMPORT_MAJOR_VERSION = 1

ASSEMBLY, BEGINS, CARD, ADOPTED = "assembly", "begins", "card", "adopted"
Read = tuple[tuple[Rule, ...], tuple[ChangeLine, ...]]
"""The rules in force, and their changes."""


@dataclass
class Decision:
    """What is being written down of an assembly, so far."""

    line: ChangeLine
    assembly: date | None = None
    begins: date | None = None
    touch: str = field(default_factory=new_touch_id)


@QmlElement
@QmlUncreatable("It is the base of RuleBookModel.")
class AdoptingModel(CardModel):  # type: ignore[operator]
    """Base of the rule book's view-model: its steps from the assembly's day to the second card."""

    adoptionChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rules: tuple[Rule, ...] = ()
        self._lines: tuple[ChangeLine, ...] = ()
        self._decision: Decision | None = None
        self._days: list[DayRow] = []
        self._weekdays: list[str] = []

    def worded(self) -> None:
        """Say the days in the language on the screen."""
        super().worded()
        self._days = self.renewed(self._days, self._said_days())
        self._weekdays = weekdays(self.text)
        self.adoptionChanged.emit()

    @Property(list, notify=adoptionChanged)
    def days(self) -> list[DayRow]:
        """The days on which the assembly may have met."""
        return self._days

    @Property(list, notify=adoptionChanged)
    def weekdays(self) -> list[str]:
        """The headings of the calendar."""
        return self._weekdays

    @Slot(int)
    def adopt(self, change_id: int) -> None:
        """Write down what the assembly decided."""
        line = next(each for each in self._lines if each.change_id == change_id)
        self._decision = Decision(line)
        self._go(ASSEMBLY)

    @Slot(str)
    def chooseDay(self, iso: str) -> None:
        """The day of the assembly."""
        if self._decision is not None:
            self._decision.assembly = date.fromisoformat(iso)
            self._go(BEGINS)

    @Slot(str)
    def enterPin(self, pin: str) -> None:
        """The second officer agrees."""
        now = self._decision
        if now is None or now.assembly is None or now.begins is None:
            return
        self.ask(
            followed_by(changes.adopt, read),
            self.session_id,
            now.line.change_id,
            Adoption(now.assembly, now.begins),
            Signature(self._card, pin),
            now.touch,
            then=self._adopted,
            refused=self._refused,
        )

    @Slot(int)
    def undo(self, change_id: int) -> None:
        """Take back an adoption within its ten minutes."""
        act = followed_by(changes.take_back, read)
        self.ask(act, self.session_id, change_id, new_touch_id(), then=self._show)

    def _show(self, read: Read) -> None:
        self._rules, self._lines = read
        self.worded()

    def _begins(self, day: date) -> None:
        if self._decision is not None:
            self._decision.begins = day
            self._go(CARD)

    def _adopted(self, read: Read) -> None:
        self._rules, self._lines = read
        self._take("", "", scanned=False)
        self._go(ADOPTED)

    def _said_days(self) -> list[DayRow]:
        if self._decision is None:
            return []
        today = village_day(self.shell.clock.now())
        return said.assembly_days(self.text, self._decision.line, today, self._decision.assembly)


def read(village: Village, session_id: str) -> Read:
    """How the rules stand, for an officer."""
    return book.current(village), showing.under_way(village, session_id)
