"""Finding the neighbour whom a report is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.ui.shell.kiosk import Kiosk
from kiosk.ui.shell.view_model import ViewModel

if TYPE_CHECKING:
    from kiosk.services.residents.search import Found, SearchResult, Throttle
    from kiosk.services.village import Village

QML_IMPORT_NAME = "kiosk.ui.reports"
QML_IMPORT_MAJOR_VERSION = 1

_throttles: WeakKeyDictionary[Kiosk, Throttle] = WeakKeyDictionary()
"""One for each terminal: opening the form anew does not begin anew."""


@QmlElement
class FindNeighbourModel(ViewModel):
    """View-model of NeighbourStep: at most twenty people while one types."""

    foundChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: SearchResult | None = None
        self._rows: list[dict[str, Any]] = []
        self._more = ""

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
        self.ask(_search, self.shell, typed, then=self._show, newest=True)

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


def _search(village: Village, terminal: Kiosk, typed: str) -> SearchResult:
    from kiosk.services.residents.search import Throttle, search

    _throttles.setdefault(terminal, Throttle()).admit(typed)
    return search(village, typed)
