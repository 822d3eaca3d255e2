"""Finding a household."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.houses import house_words
from kiosk.services.register.people import HouseholdView, households
from kiosk.ui.shell.row import Row
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.parts"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class HouseholdRow(Row):
    """A household in which somebody was found."""

    householdId: int
    house: str
    premises: str
    names: str


@QmlElement
class HouseholdSearch(ViewModel):
    """View-model of a field in which one looks for a household: at most twenty rows."""

    rowsChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: tuple[HouseholdView, ...] = ()
        self._searched = False
        self._count = ""
        self._rows: list[HouseholdRow] = []

    @Property(list, notify=rowsChanged)
    def rows(self) -> list[HouseholdRow]:
        """At most twenty."""
        return self._rows

    @Property(str, notify=rowsChanged)
    def count(self) -> str:
        """How many households are listed; empty when there is none."""
        return self._count

    @Property(bool, notify=rowsChanged)
    def searched(self) -> bool:
        """Whether there was something to look for."""
        return self._searched

    @Slot(str)
    def find(self, typed: str) -> None:
        """Look for households in which somebody is found by `typed`."""
        wanted = typed.strip()
        self.ask(households, wanted, then=lambda found: self._show(wanted, found), newest=True)

    def worded(self) -> None:
        """Say the rows in the language on the screen."""
        self._rows = self.renewed(self._rows, [self._row(each) for each in self._found])
        self._count = self.text("searching.houses", len(self._rows)) if self._rows else ""
        self.rowsChanged.emit()

    def _show(self, wanted: str, found: tuple[HouseholdView, ...]) -> None:
        self._searched, self._found = bool(wanted), found
        self.worded()

    def _row(self, each: HouseholdView) -> HouseholdRow:
        return HouseholdRow(
            householdId=each.household_id,
            house=house_words(each.lane, each.number, self.shell.tongue),
            premises=self.text(f"signs.premises_{each.premises}"),
            names=self.text("signs.names_join").join(one.name for one in each.residents),
        )
