"""A month of the village: its days, and what is on them."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.clock import village_day
from kiosk.core.days import said_day_of_week, said_month
from kiosk.core.ids import new_touch_id
from kiosk.services.waiting import living_calendar
from kiosk.services.waiting.living_calendar import Mark, Month
from kiosk.ui.parts.days import weekdays
from kiosk.ui.shell.row import Row
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.calendar"
QML_IMPORT_MAJOR_VERSION = 1
_MOST_MONTHS = 14
"""So far ahead one can turn; as far as days can be written down."""


@QmlElement
class MonthFieldRow(Row):
    """A field of the month; without a number where it belongs to another one."""

    number: str
    closed: bool
    marked: bool
    today: bool
    spoken: str


@QmlElement
class MarkRow(Row):
    """What is on a day."""

    icon: str
    days: str
    words: str
    closed: bool


@QmlElement
class CalendarModel(ViewModel):
    """View-model of CalendarScreen."""

    monthChanged = Signal()
    printed = Signal(int, arguments=["job"])

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seen: Month | None = None
        self._first: date | None = None
        self._fields: list[MonthFieldRow] = []
        self._marks: list[MarkRow] = []
        self._weekdays: list[str] = []
        self._month = ""
        self._touch = new_touch_id()

    def started(self) -> None:
        """Ask for the month of today."""
        self._read(self._today().replace(day=1))

    def worded(self) -> None:
        """Say it in the language on the screen."""
        self._weekdays = weekdays(self.text)
        first = self._first or self._today().replace(day=1)
        self._month = self.text("hall.month", first.year, said_month(self.text, first))
        seen = self._seen
        if seen is not None:
            self._fields = self.renewed(self._fields, self._said_fields(seen))
            self._marks = self.renewed(self._marks, [self._row(each) for each in seen.marks])
        self.monthChanged.emit()

    @Property(str, notify=monthChanged)
    def month(self) -> str:
        """The month that is shown, and its year."""
        return self._month

    @Property(list, notify=monthChanged)
    def weekdays(self) -> list[str]:
        """The headings of the month."""
        return self._weekdays

    @Property(list, notify=monthChanged)
    def fields(self) -> list[MonthFieldRow]:
        """Whole weeks."""
        return self._fields

    @Property(list, notify=monthChanged)
    def marks(self) -> list[MarkRow]:
        """What is on the days of the month, in their order."""
        return self._marks

    @Property(bool, notify=monthChanged)
    def there(self) -> bool:
        """Whether the month was read."""
        return self._seen is not None

    @Property(bool, notify=monthChanged)
    def official(self) -> bool:
        """Whether who is signed in is in office, and can print it."""
        return self._official()

    @Slot(int)
    def turn(self, months: int) -> None:
        """Another month, this one or later."""
        shown = self._first or self._today()
        first = (shown.replace(day=15) + timedelta(days=30 * months)).replace(day=1)
        this = self._today().replace(day=1)
        if this <= first <= this + timedelta(days=31 * _MOST_MONTHS):
            self._read(first)

    @Slot(bool)
    def printPoster(self, large: bool) -> None:
        """Print the month for the notice board, in the language on the screen, on A3 if `large`."""
        size = "A3" if large else "A4"
        said = (self._first, self._touch, self.shell.tongue, size)
        self.ask(living_calendar.print_poster, self.session_id, *said, then=self._told)

    def _told(self, job: int) -> None:
        self._touch = new_touch_id()
        self.printed.emit(job)

    def _read(self, first: date) -> None:
        self._first = first
        if self._official():
            asked = (self.session_id, first)
            self.ask(living_calendar.for_officials, *asked, then=self._show, newest=True)
        else:
            self.ask(living_calendar.for_everybody, first, then=self._show, newest=True)

    def _official(self) -> bool:
        return bool(self.shell.session and self.shell.session.roles)

    def _today(self) -> date:
        return village_day(self.shell.clock.now())

    def _show(self, seen: Month) -> None:
        self._seen = seen
        self.worded()

    def _said_fields(self, seen: Month) -> list[MonthFieldRow]:
        days = living_calendar.days_of(seen.first)
        marked = {each.day for each in seen.marks}
        before, after = days[0].isoweekday() - 1, 7 - days[-1].isoweekday()
        rows = [self._field(each, seen, each in marked) for each in days]
        return [*(_empty() for _ in range(before)), *rows, *(_empty() for _ in range(after))]

    def _field(self, day: date, seen: Month, marked: bool) -> MonthFieldRow:
        return MonthFieldRow(
            number=str(day.day),
            closed=day in seen.closed,
            marked=marked,
            today=day == seen.today,
            spoken=said_day_of_week(self.text, day),
        )

    def _row(self, mark: Mark) -> MarkRow:
        return MarkRow(
            icon=living_calendar.ICONS[mark.what],
            days=living_calendar.said_days(self.text, mark),
            words=living_calendar.said(self.text, mark, self.shell.tongue),
            closed=mark.what in ("holiday", "closed", "weekly"),
        )


def _empty() -> MonthFieldRow:
    return MonthFieldRow(number="", closed=False, marked=False, today=False, spoken="")
