"""What waits for whoever is signed in, most urgent first; the same on paper for the day's round."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.clock import village_day
from kiosk.core.days import said_short_day
from kiosk.core.houses import house_words
from kiosk.core.ids import new_touch_id
from kiosk.services.waiting import listed, round_paper
from kiosk.services.waiting.listed import Item
from kiosk.ui.parts.wording import in_a_row, said_title
from kiosk.ui.shell.row import Row
from kiosk.ui.shell.screens import SCREENS
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.office"
QML_IMPORT_MAJOR_VERSION = 1

_WHERE = {act: entry for entry in SCREENS if entry.tile for act in entry.tile.acts}
"""Behind which tile a work is done."""


@QmlElement
class WaitingRow(Row):
    """One thing that waits, by when, and the screen on which it is done."""

    screen: str
    icon: str
    title: str
    by: str
    detail: str
    pressing: bool
    """Whether its last day is today, or was."""


@QmlElement
class TodayModel(ViewModel):
    """View-model of TodayScreen."""

    itemsChanged = Signal()
    printed = Signal(int, arguments=["job"])

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[Item, ...] = ()
        self._rows: list[WaitingRow] = []
        self._there = False
        self._touch = new_touch_id()

    def started(self) -> None:
        """Ask what waits."""
        if self.shell.session and self.shell.session.roles:
            self.ask(listed.items, self.session_id, then=self._show)

    def worded(self) -> None:
        """Say it in the language on the screen."""
        today = village_day(self.shell.clock.now())
        self._rows = self.renewed(self._rows, [self._row(each, today) for each in self._items])
        self.itemsChanged.emit()

    @Property(list, notify=itemsChanged)
    def rows(self) -> list[WaitingRow]:
        """The most urgent first."""
        return self._rows

    @Property(bool, notify=itemsChanged)
    def there(self) -> bool:
        """Whether the list was read."""
        return self._there

    @Slot()
    def printRound(self) -> None:
        """Print it for the day's round."""
        self.ask(round_paper.print_round, self.session_id, self._touch, then=self._told)

    def _told(self, job: int) -> None:
        self._touch = new_touch_id()
        self.printed.emit(job)

    def _show(self, items: tuple[Item, ...]) -> None:
        self._there, self._items = True, items
        self.worded()

    def _row(self, item: Item, today: date) -> WaitingRow:
        where = _WHERE[item.act]
        return WaitingRow(
            screen=where.name,
            icon=where.tile.icon if where.tile else "",
            title=self.text(f"waits.what_{item.what}", item.told or item.count),
            by=self._by(item, today),
            detail=self._detail(item),
            pressing=bool(item.by and item.by <= today),
        )

    def _by(self, item: Item, today: date) -> str:
        if item.by is None:
            return ""
        key = "late" if item.by < today else "lapses" if item.lapses else "by"
        return self.text(f"waits.{key}", self._day(item.by))

    def _detail(self, item: Item) -> str:
        house = house_words(item.house.lane, item.house.number, self.shell.tongue)
        parts = [said_title(self.shell.tongue, item), item.name, house]
        if item.reference:
            parts.append(self.text("waits.reference", item.reference))
        if item.printed_on:
            parts.append(self.text("waits.printed", self._day(item.printed_on)))
        elif item.since:
            parts.append(self.text("waits.since", self._day(item.since)))
        return in_a_row(parts)

    def _day(self, day: date) -> str:
        return said_short_day(self.text, day)
