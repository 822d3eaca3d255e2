"""How it works: the rules in force, with their points."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.services.rulebook import book
from kiosk.services.rulebook.book import Rule
from kiosk.ui.shell.row import Row
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.rulebook"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class RuleRow(Row):
    """A rule with its points; of a concern it says what ends one."""

    title: str
    text: str
    points: int
    icon: str


@QmlElement
class RulesModel(ViewModel):
    """View-model of RulesScreen."""

    rulesChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rules: tuple[Rule, ...] = ()
        self._good: list[RuleRow] = []
        self._concerns: list[RuleRow] = []

    def started(self) -> None:
        """Ask for the rule book."""
        self.ask(book.current, then=self._show)

    def worded(self) -> None:
        """Say the rules in the language on the screen."""
        good = [self._row(rule, 1) for rule in self._rules if rule.kind == "deed"]
        concerns = [self._row(rule, -1) for rule in self._rules if rule.kind == "concern"]
        self._good = self.renewed(self._good, good)
        self._concerns = self.renewed(self._concerns, concerns)
        self.rulesChanged.emit()

    @Property(list, notify=rulesChanged)
    def goodDeeds(self) -> list[RuleRow]:
        """Rules for good deeds."""
        return self._good

    @Property(list, notify=rulesChanged)
    def concerns(self) -> list[RuleRow]:
        """Rules for concerns."""
        return self._concerns

    def _show(self, rules: tuple[Rule, ...]) -> None:
        self._rules = rules
        self.worded()

    def _row(self, rule: Rule, sign: int) -> RuleRow:
        tongue = self.shell.tongue
        title = rule.title.said(tongue)
        remedy = rule.remedy.said(tongue)
        text = rule.text.said(tongue)
        return RuleRow(
            title=title,
            text=remedy if sign < 0 and remedy else text,
            points=sign * rule.points,
            icon=rule.icon,
        )
