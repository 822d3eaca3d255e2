"""Finding the neighbour whom a report is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.errors import Refusal
from kiosk.ui.shell.searching import search_neighbours
from kiosk.ui.shell.view_model import ViewModel

if TYPE_CHECKING:
    from kiosk.services.residents.search import Found, SearchResult

QML_IMPORT_NAME = "kiosk.ui.reports"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class FindNeighbourModel(ViewModel):
    """View-model of NeighbourStep: at most twenty people while one types."""

    foundChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._typed = ""
        self._found: SearchResult | None = None
        self._rows: list[dict[str, Any]] = []
        self._more = ""
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self._ask_again)

    @Property(list, notify=foundChanged)
    def rows(self) -> list[dict[str, Any]]:
        """``id``, ``name``, ``pinyin``, ``letter``, ``house``."""
        return self._rows

    @Property(str, notify=foundChanged)
    def more(self) -> str:
        """How many people are not listed; empty when all are."""
        return self._more

    @Property(bool, notify=foundChanged)
    def nobody(self) -> bool:
        """Whether enough was typed and nobody is called so."""
        return bool(self._found and not self._found.too_short and not self._rows)

    @Slot(str)
    def find(self, typed: str) -> None:
        """Look for what was typed so far."""
        self._typed = typed
        self._again.stop()
        asked = (search_neighbours, self.shell, typed)
        self.ask(*asked, then=self._show, refused=self._wait, newest=True)

    def worded(self) -> None:
        """Say what was found in the language on the screen."""
        found = self._found
        self._rows = [self._row(each) for each in found.rows] if found else []
        left = found.total - len(self._rows) if found else 0
        self._more = self.text("look_up.more", left) if left else ""
        self.foundChanged.emit()

    def _show(self, found: SearchResult) -> None:
        self._found = found
        self.worded()

    def _wait(self, refusal: Refusal) -> None:
        """Too many searches: what stood there belongs to other words; search by itself later."""
        self._found = None
        self.worded()
        if refusal.code == "search_throttled":
            self._again.start(1000 * int(str(refusal.values[0])))

    def _ask_again(self) -> None:
        self.find(self._typed)

    def _row(self, found: Found) -> dict[str, Any]:
        both = found.lane and found.number
        house = self.text("look_up.house", found.lane, found.number) if both else found.lane
        return {
            "id": found.resident_id,
            "name": found.name,
            "pinyin": found.pinyin,
            "letter": found.name[:1],
            "house": house,
        }
