"""Finding a neighbour while typing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.errors import Refusal
from kiosk.ui.shell.searching import search_neighbours
from kiosk.ui.shell.view_model import ViewModel

if TYPE_CHECKING:
    from kiosk.services.residents.search import Found, SearchResult

QML_IMPORT_NAME = "kiosk.ui.look_up"
QML_IMPORT_MAJOR_VERSION = 1

_PREMISES = ("shop", "farmyard", "workshop")
_SHAREABLE = ("stars",)


@QmlElement
class LookUpModel(ViewModel):
    """View-model of LookUpScreen: the newest answer counts, an older one is dropped."""

    foundChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._typed = ""
        self._found: SearchResult | None = None
        self._rows: list[dict[str, Any]] = []
        self._count = ""
        self._more = ""
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self._ask_again)

    def worded(self) -> None:
        """Say what was found in the language on the screen."""
        found = self._found
        rows = () if found is None or found.too_short else found.rows
        self._rows = [self._row(each) for each in rows]
        self._count = self.text("look_up.found", found.total) if found and rows else ""
        left = found.total - len(rows) if found and rows else 0
        self._more = self.text("look_up.more", left) if left else ""
        self.foundChanged.emit()

    @Property(list, notify=foundChanged)
    def rows(self) -> list[dict[str, Any]]:
        """``residentId``, ``name``, ``pinyin``, ``letter``, ``place``: at most twenty."""
        return self._rows

    @Property(str, notify=foundChanged)
    def count(self) -> str:
        """How many people there are in all; empty when there is none."""
        return self._count

    @Property(str, notify=foundChanged)
    def more(self) -> str:
        """How many are not listed; empty when all are."""
        return self._more

    @Property(bool, notify=foundChanged)
    def nobody(self) -> bool:
        """Whether enough was typed and nobody is called so."""
        return self._found is not None and not self._found.too_short and not self._rows

    @Slot(str)
    def find(self, typed: str) -> None:
        """Look for what was typed so far."""
        self._typed = typed
        self._again.stop()
        self.ask(
            search_neighbours,
            self.shell,
            typed,
            then=self._show,
            refused=self._wait,
            newest=True,
        )

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
        shared = [
            self.text(f"look_up.shared_{each}") for each in _SHAREABLE if each in found.shared
        ]
        premises = [self.text(f"look_up.{found.premises}")] if found.premises in _PREMISES else []
        parts = [self._house(found), *premises, *(shared or [self.text("look_up.nothing_shared")])]
        return {
            "residentId": found.resident_id,
            "name": found.name,
            "pinyin": found.pinyin,
            "letter": found.name[:1],
            "place": " · ".join(part for part in parts if part),
        }

    def _house(self, found: Found) -> str:
        both = found.lane and found.number
        return self.text("look_up.house", found.lane, found.number) if both else found.lane
