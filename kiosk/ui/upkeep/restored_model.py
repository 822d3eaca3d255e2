"""What came of putting a village back, until the program begins anew."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.text import unbroken_path
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.upkeep"
QML_IMPORT_MAJOR_VERSION = 1

READ_MS = 100_000
"""After so long the program begins anew by itself, before the idle time takes the screen away."""


@QmlElement
class RestoredModel(ViewModel):
    """View-model of RestoredScreen."""

    saidChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._told: tuple[tuple[str, tuple[object, ...]], ...] = ()
        self._sentences: list[str] = []
        self._until = QTimer(self, interval=READ_MS, singleShot=True)

    def started(self) -> None:
        """Begin anew when it was read, or left lying."""
        self._until.timeout.connect(self.shell.restart)
        self._until.start()

    def worded(self) -> None:
        """Say it in the language on the screen."""
        self._sentences = [self.text(key, *values) for key, values in self._told]
        self.saidChanged.emit()

    @Property(list, notify=saidChanged)
    def sentences(self) -> list[str]:
        """What was put back, what is missing, and what comes next."""
        return self._sentences

    @Slot(int, int, str, bool)
    def tell(self, entries: int, lost: int, aside: str, new_keys: bool) -> None:
        """What was put back, and what the replaced village had beyond it."""
        told: list[tuple[str, tuple[object, ...]]] = [("restore.done", (entries,))]
        if lost:
            told.append(("restore.lost", (lost,)))
        if aside:
            told.append(("restore.aside", (unbroken_path(aside),)))
        if new_keys:
            told.append(("restore.new_keys", ()))
        self._told = tuple(told)
        self.worded()

    @Slot(int, str)
    def tellCards(self, cards: int, folder: str) -> None:
        """How many officials got new cards, and where the sheets lie unless they are printed."""
        if cards:
            where = ("restore.cards_in", (cards, unbroken_path(folder)))
            self._told += (where if folder else ("restore.cards_printed", (cards,)),)
            self._told += (("restore.cards_next", ()),)
            self.worded()
