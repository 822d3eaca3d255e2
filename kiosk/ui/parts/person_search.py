"""Looking for a neighbour while typing, on whichever screen: one throttle for each terminal."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.errors import KioskError
from kiosk.core.houses import house_words
from kiosk.services.register import search
from kiosk.services.register.search import SearchResult, SearchRow
from kiosk.services.register.throttle import Throttle
from kiosk.services.village import Village
from kiosk.ui.shell.kiosk import Kiosk
from kiosk.ui.shell.row import Row
from kiosk.ui.shell.surroundings import Session
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.parts"
QML_IMPORT_MAJOR_VERSION = 1

_throttles: WeakKeyDictionary[Kiosk, Throttle] = WeakKeyDictionary()
"""Leaving a screen and coming back does not begin anew."""


@QmlElement
class PersonRow(Row):
    """Somebody whom the typing fits."""

    residentId: int
    name: str
    pinyin: str
    letter: str
    house: str
    """With what a screen adds."""


@QmlElement
class NeighbourSearch(ViewModel):
    """A few people while one types: the newest answer counts, an older one is dropped."""

    foundChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._typed = ""
        self._found: SearchResult | None = None
        self._rows: list[PersonRow] = []
        self._count = self._more = self._wanted = ""
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(lambda: self.find(self._typed))

    @Property(list, notify=foundChanged)
    def rows(self) -> list[PersonRow]:
        """Who was found."""
        return self._rows

    @Property(str, notify=foundChanged)
    def count(self) -> str:
        """How many people there are in all; empty when there is none."""
        return self._count

    @Property(str, notify=foundChanged)
    def more(self) -> str:
        """What to write further, as more people are found than are listed; empty when all are."""
        return self._more

    @Property(str, notify=foundChanged)
    def wanted(self) -> str:
        """What has to be written for anybody to be found; empty when that is enough, or nothing."""
        return self._wanted

    @Property(bool, notify=foundChanged)
    def nobody(self) -> bool:
        """Whether enough was typed and nobody is called so."""
        return self._found is not None and not self._found.too_short and not self._found.total

    @Slot(str)
    def find(self, typed: str) -> None:
        """Look for what was typed so far."""
        self._typed = typed
        self._again.stop()
        asked = (_search, self.shell, self.shell.session, typed)
        self.ask(*asked, then=self._show, refused=self._wait, newest=True)

    def worded(self) -> None:
        """Say what was found in the language on the screen."""
        found = self._found
        rows = [self._row(each) for each in found.rows] if found else []
        self._rows = self.renewed(self._rows, rows)
        total = found.total if found else 0
        left = total - len(rows)
        over = "+" if found and found.uncounted else ""
        self._count = self.text("searching.found", f"{total}{over}") if total else ""
        by_house = self._typed.strip()[:1].isdigit()
        many = "searching.many_houses" if by_house else "searching.many"
        self._more = self.text("searching.more" if rows else many, f"{left}{over}") if left else ""
        too_short = bool(found and found.too_short and self._typed.strip())
        self._wanted = self.text("searching.one_more_letter") if too_short else ""
        self.foundChanged.emit()

    def house(self, found: SearchRow) -> str:
        """Where they live; a screen may add what else it says of them."""
        return house_words(found.lane, found.number, self.shell.tongue)

    def _row(self, found: SearchRow) -> PersonRow:
        return PersonRow(
            residentId=found.resident_id,
            name=found.name,
            pinyin=found.pinyin,
            letter=found.name[:1],
            house=self.house(found),
        )

    def _show(self, found: SearchResult) -> None:
        self._found = found
        self.worded()

    def _wait(self, refusal: KioskError) -> None:
        """Too many searches: what stood there belongs to other words; search by itself later."""
        self._found = None
        self.worded()
        if refusal.code == "search_throttled":
            self._again.start(1000 * int(str(refusal.values[0])))


def _search(village: Village, terminal: Kiosk, who: Session | None, typed: str) -> SearchResult:
    if terminal not in _throttles:
        _throttles[terminal] = Throttle(file=village.directory.searches)
    throttle = _throttles[terminal]
    throttle.admit(typed)
    found = search.search(village, typed)
    if who is None:
        return throttle.shown(found)
    return throttle.shown(found, who.resident_id, official=bool(who.roles))
