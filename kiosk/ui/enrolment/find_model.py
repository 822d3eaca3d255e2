"""Finding the person who stands at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.ui.shell.searching import search_neighbours
from kiosk.ui.shell.view_model import ViewModel

if TYPE_CHECKING:
    from kiosk.services.residents.search import SearchResult

QML_IMPORT_NAME = "kiosk.ui.enrolment"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class FindPersonModel(ViewModel):
    """View-model of FindPerson: at most twenty people while one types."""

    rowsChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: SearchResult | None = None
        self._rows: list[dict[str, Any]] = []

    @Property(list, notify=rowsChanged)
    def rows(self) -> list[dict[str, Any]]:
        """``id``, ``name``, ``pinyin``, ``letter``, ``house``."""
        return self._rows

    @Property(bool, notify=rowsChanged)
    def nobody(self) -> bool:
        """Whether enough was typed and nobody is called so."""
        return self._found is not None and not self._found.too_short and not self._rows

    @Slot(str)
    def find(self, typed: str) -> None:
        """Look for what was typed so far."""
        self.ask(search_neighbours, self.shell, typed, then=self._show, newest=True)

    def worded(self) -> None:
        """Say the rows in the language on the screen."""
        rows = () if self._found is None or self._found.too_short else self._found.rows
        self._rows = [
            {
                "id": each.resident_id,
                "name": each.name,
                "pinyin": each.pinyin,
                "letter": each.name[:1],
                "house": self.text("enrolment.house", each.lane, each.number),
            }
            for each in rows
        ]
        self.rowsChanged.emit()

    def _show(self, found: SearchResult) -> None:
        self._found = found
        self.worded()
