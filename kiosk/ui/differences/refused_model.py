"""The lines of a register that were not taken: on the screen, on paper, and onto the stick."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.ids import new_touch_id
from kiosk.services.differences import refused
from kiosk.services.differences.refused import Saved
from kiosk.services.households.doctor import MOST_ON_PAPER
from kiosk.services.register.importing.rows import RefusedRow
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.differences"
QML_IMPORT_MAJOR_VERSION = 1

LINES, SAVED = "refused", "refused_saved"


@QmlElement
class RefusedModel(ViewModel):
    """View-model of the lines beside DifferencesScreen's own; `stage` is empty while it is shut."""

    shownChanged = Signal()
    printed = Signal(int, arguments=["job"])

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stage = self._touch = self._summary = ""
        self._rows: tuple[RefusedRow, ...] = ()
        self._saved: Saved | None = None
        self._sentences: list[str] = []

    def worded(self) -> None:
        """Say the lines in the language on the screen."""
        shown = self._rows[:MOST_ON_PAPER]
        self._sentences = [refused.line(self.text, each) for each in shown]
        if len(self._rows) > len(shown):
            more = len(self._rows) - len(shown)
            self._sentences.append(self.text("differences.refused_more", more))
        saved = self._saved
        self._summary = (
            self.text("differences.refused_saved", saved.lines, saved.file) if saved else ""
        )
        self.shownChanged.emit()

    @Property(str, notify=shownChanged)
    def stage(self) -> str:
        """``refused``, ``refused_saved``, or empty."""
        return self._stage

    @Property(list, notify=shownChanged)
    def sentences(self) -> list[str]:
        """A line each: where it stands, and why it was not taken."""
        return self._sentences

    @Property(str, notify=shownChanged)
    def summary(self) -> str:
        """What was written onto the stick."""
        return self._summary

    @Slot()
    def open(self) -> None:
        """Which lines there are."""
        self._touch = new_touch_id()
        self.ask(refused.refused, self.session_id, then=self._show)

    @Slot()
    def printLines(self) -> None:
        """Those lines on paper."""
        self.ask(refused.print_out, self.session_id, self._touch, then=self.printed.emit)

    @Slot()
    def saveLines(self) -> None:
        """Those lines onto the stick that is in."""
        self.ask(refused.save, self.session_id, then=self._show_saved)

    @Slot()
    def back(self) -> None:
        """One step back; from the lines to what waits."""
        self._stage = LINES if self._stage == SAVED else ""
        self.forgiveError()
        self.worded()

    def _show(self, rows: tuple[RefusedRow, ...]) -> None:
        self._rows, self._stage = rows, LINES
        self.worded()

    def _show_saved(self, saved: Saved) -> None:
        self._saved, self._stage = saved, SAVED
        self.worded()
