"""How it works: the rules in force, with their points."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.core.clock import village_day
from kiosk.services.rule_changes import showing
from kiosk.services.rule_changes.showing import ChangeLine
from kiosk.services.rulebook import book
from kiosk.services.rulebook.book import Rule
from kiosk.services.village import Village
from kiosk.ui.rulebook.rows import ChangeRow, RuleRow, change_row
from kiosk.ui.rulebook.said import rule_row
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.rulebook"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class RulesModel(ViewModel):
    """View-model of RulesScreen."""

    rulesChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rules: tuple[Rule, ...] = ()
        self._good: list[RuleRow] = []
        self._concerns: list[RuleRow] = []
        self._lines: tuple[ChangeLine, ...] = ()
        self._changes: list[ChangeRow] = []

    def started(self) -> None:
        """Ask for the rule book."""
        self.ask(_read, then=self._show)

    def worded(self) -> None:
        """Say the rules in the language on the screen."""
        tongue, today = self.shell.tongue, village_day(self.shell.clock.now())
        good = [rule_row(self.text, each, tongue) for each in self._rules if each.kind == "deed"]
        concerns = [
            rule_row(self.text, each, tongue) for each in self._rules if each.kind == "concern"
        ]
        changing = [
            change_row(self.text, each, tongue, ready=each.days.decided_from <= today)
            for each in self._lines
        ]
        self._good = self.renewed(self._good, good)
        self._concerns = self.renewed(self._concerns, concerns)
        self._changes = self.renewed(self._changes, changing)
        self.rulesChanged.emit()

    @Property(list, notify=rulesChanged)
    def goodDeeds(self) -> list[RuleRow]:
        """Rules for good deeds."""
        return self._good

    @Property(list, notify=rulesChanged)
    def concerns(self) -> list[RuleRow]:
        """Rules for concerns."""
        return self._concerns

    @Property(list, notify=rulesChanged)
    def changes(self) -> list[ChangeRow]:
        """What is proposed, and what was adopted and does not hold yet."""
        return self._changes

    def _show(self, read: tuple[tuple[Rule, ...], tuple[ChangeLine, ...]]) -> None:
        self._rules, self._lines = read
        self.worded()


def _read(village: Village) -> tuple[tuple[Rule, ...], tuple[ChangeLine, ...]]:
    return book.current(village), showing.shown(village)
