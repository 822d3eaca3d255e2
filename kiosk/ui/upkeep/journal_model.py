"""What happened to the machine of late, in plain words, and the code for whoever helps."""

from __future__ import annotations

import base64

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.core.days import said_short_moment
from kiosk.core.event_log import Happened
from kiosk.services.upkeep import help_code
from kiosk.services.upkeep.help_code import Journal
from kiosk.ui.shell.row import Row
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.upkeep"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class EventRow(Row):
    """Something that happened, and when; a bug with the number that was read out for it."""

    text: str
    moment: str
    number: str


@QmlElement
class JournalModel(ViewModel):
    """View-model of JournalScreen."""

    journalChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._journal: Journal | None = None
        self._rows: list[EventRow] = []
        self._picture = ""

    def started(self) -> None:
        """Ask what happened."""
        if self.shell.session and self.shell.session.roles:
            self.ask(help_code.journal, self.session_id, then=self._show)

    def worded(self) -> None:
        """Say it in the language on the screen."""
        events = self._journal.events if self._journal else ()
        self._rows = self.renewed(self._rows, [self._row(each) for each in events])
        self.journalChanged.emit()

    @Property(list, notify=journalChanged)
    def rows(self) -> list[EventRow]:
        """The newest first."""
        return self._rows

    @Property(str, notify=journalChanged)
    def picture(self) -> str:
        """The help code's picture; empty until it was made."""
        return self._picture

    @Property(str, notify=journalChanged)
    def code(self) -> str:
        """What the code says, to be read."""
        return self._journal.code if self._journal else ""

    def _show(self, journal: Journal) -> None:
        self._journal = journal
        drawn = base64.b64encode(journal.picture).decode()
        self._picture = f"data:image/svg+xml;base64,{drawn}"
        self.worded()

    def _row(self, event: Happened) -> EventRow:
        return EventRow(
            text=self.text(f"journal.{event.event}"),
            moment=said_short_moment(self.text, event.at),
            number=self.text("machine.number", event.number) if event.number else "",
        )
