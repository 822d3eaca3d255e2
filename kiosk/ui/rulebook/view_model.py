"""How it works: the rules in force, with their points."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.services.rulebook import book
from kiosk.services.rulebook.book import Rule
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
        self._good: list[dict[str, object]] = []
        self._concerns: list[dict[str, object]] = []

    def started(self) -> None:
        """Ask for the rule book."""
        self.ask(book.current, then=self._show)

    def worded(self) -> None:
        """Say the rules in the language on the screen."""
        self._good = [self._row(rule, 1) for rule in self._rules if rule.kind == "deed"]
        self._concerns = [self._row(rule, -1) for rule in self._rules if rule.kind == "concern"]
        self.rulesChanged.emit()

    @Property(list, notify=rulesChanged)
    def goodDeeds(self) -> list[dict[str, object]]:
        """Rules for good deeds: ``title``, ``text``, ``points``, ``icon``."""
        return self._good

    @Property(list, notify=rulesChanged)
    def concerns(self) -> list[dict[str, object]]:
        """Rules for concerns, the same, with what ends one instead of the text."""
        return self._concerns

    def _show(self, rules: tuple[Rule, ...]) -> None:
        self._rules = rules
        self.worded()

    def _row(self, rule: Rule, sign: int) -> dict[str, object]:
        tongue = self.shell.tongue
        title = rule.title.said(tongue)
        remedy = rule.remedy.said(tongue)
        text = rule.text.said(tongue)
        return {
            "title": title,
            "text": remedy if sign < 0 and remedy else text,
            "points": sign * rule.points,
            "icon": rule.icon,
        }
