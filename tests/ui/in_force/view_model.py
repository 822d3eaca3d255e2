"""The names of the rules in force, for officers."""

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
class InForceRow(Row):
    """A rule in force."""

    title: str


@QmlElement
class InForceModel(ViewModel):
    """View-model of InForceScreen."""

    rowsChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rules: tuple[Rule, ...] = ()
        self._rows: list[InForceRow] = []

    def started(self) -> None:
        """Ask for the rule book."""
        self.ask(book.current, then=self._show)

    def worded(self) -> None:
        """Say the names in the language on the screen."""
        rows = [InForceRow(title=rule.title.said(self.shell.tongue)) for rule in self._rules]
        self._rows = self.renewed(self._rows, rows)
        self.rowsChanged.emit()

    @Property(list, notify=rowsChanged)
    def rows(self) -> list[InForceRow]:
        """In the order of the rule book."""
        return self._rows

    def _show(self, rules: tuple[Rule, ...]) -> None:
        self._rules = rules
        self.worded()
