"""The office's day: what is counted one thing after the other, and who signs for it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.clock import VILLAGE_ZONE
from kiosk.core.days import said_day_of_week
from kiosk.core.errors import KioskError
from kiosk.core.ids import new_touch_id
from kiosk.services.access.offices import Signature
from kiosk.services.waiting import closing
from kiosk.services.waiting.closing import DayPage
from kiosk.services.workday import counting, days
from kiosk.services.workday.counting import Answer, Count, ToCount
from kiosk.services.workday.days import Day
from kiosk.ui.parts.card_asking import CardModel
from kiosk.ui.parts.rows import ChoiceRow
from kiosk.ui.parts.staged import PAGE
from kiosk.ui.shell.row import Row
from kiosk.ui.shell.view_model import followed_by

QML_IMPORT_NAME = "kiosk.ui.workday"
QML_IMPORT_MAJOR_VERSION = 1

COUNT, WHY, REVIEW, CARD = "count", "why", "review", "card"
_ICONS: Final = {
    "brought": "plus",
    "spoilt": "trash",
    "given": "gift",
    "miscounted": "pencil",
    "unknown": "help-circle",
}


@QmlElement
class CountedRow(Row):
    """One thing that was counted."""

    place: int
    name: str
    number: str
    detail: str


@QmlElement
class DayWords(Row):
    """What the page and its steps say; empty where there is nothing to say."""

    heading: str = ""
    detail: str = ""
    leftOpen: str = ""
    waits: str = ""
    question: str = ""
    step: str = ""
    before: str = ""
    asBefore: str = ""
    why: str = ""
    sign: str = ""
    done: str = ""


_OPEN = followed_by(days.open_day, closing.page)
_TAKE_BACK = followed_by(days.take_back, closing.page)


@QmlElement
class WorkdayModel(CardModel):
    """View-model of WorkdayScreen."""

    dayChanged = Signal()
    closed = Signal(int, arguments=["job"])

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page: DayPage | None = None
        self._answers: dict[str, Answer] = {}
        self._at = 0
        self._closing = self._was_closed = False
        self._touch = ""
        self._turned: KioskError | None = None
        self._words = DayWords()
        self._rows: list[CountedRow] = []
        self._why: list[ChoiceRow] = []

    def started(self) -> None:
        """Ask how the day stands."""
        if self.shell.session and {"officer", "clerk"} & set(self.shell.session.roles):
            self.ask(closing.page, self.session_id, then=self._show)

    def worded(self) -> None:
        """Say it in the language on the screen."""
        super().worded()
        self._words = self.renewed(self._words, self._said())
        self._rows = self.renewed(self._rows, self._said_rows())
        why = [
            ChoiceRow(key=each, name=self.text(f"workday.reason_{each}"), icon=_ICONS[each])
            for each in counting.REASONS
        ]
        self._why = self.renewed(self._why, why)
        self.dayChanged.emit()

    @Property(bool, notify=dayChanged)
    def there(self) -> bool:
        """Whether it is known how the day stands."""
        return self._page is not None

    @Property(DayWords, notify=dayChanged)
    def words(self) -> DayWords:
        """What the page and its steps say."""
        return self._words

    @Property(list, notify=dayChanged)
    def rows(self) -> list[CountedRow]:
        """What was counted: last time on the page, and now before one says that it is right."""
        return self._rows

    @Property(list, notify=dayChanged)
    def why(self) -> list[ChoiceRow]:
        """Why it is another number."""
        return self._why

    @Property(bool, notify=dayChanged)
    def mayOpen(self) -> bool:
        """Whether today can be opened."""
        return self._page is not None and self._page.desk.may_open

    @Property(bool, notify=dayChanged)
    def mayClose(self) -> bool:
        """Whether there is a day to close."""
        return self._page is not None and self._page.desk.may_close

    @Property(bool, notify=dayChanged)
    def mayTakeBack(self) -> bool:
        """Whether one's own signature for its end can still be taken back."""
        day = self._newest()
        return day is not None and day.may_take_back

    @Property(bool, notify=dayChanged)
    def closing(self) -> bool:
        """Whether it is counted in order to close the day."""
        return self._closing

    @Slot(bool)
    def begin(self, closing: bool) -> None:
        """Count one thing after the other."""
        self._closing, self._was_closed = closing, False
        self._answers, self._at, self._touch = {}, 0, new_touch_id()
        self._go(COUNT)

    @Slot(str)
    def count(self, digits: str) -> None:
        """So many there are."""
        self._note(int(digits) if digits.isdecimal() else 0)

    @Slot()
    def asBefore(self) -> None:
        """As many as there should be."""
        self._note(self._item().expected or 0)

    @Slot(str)
    def choose(self, reason: str) -> None:
        """Why it is another number."""
        item = self._item().item
        self._answers[item] = Answer(item, self._answers[item].counted, reason)
        self._next()

    @Slot(int)
    def countAgain(self, place: int) -> None:
        """Count one thing once more."""
        self._at = place
        self._go(COUNT)

    @Slot()
    def write(self) -> None:
        """Open the day, or ask the other official to sign."""
        if self._closing:
            self._go(CARD)
            return
        given = (self._given(), self._touch)
        self.ask(_OPEN, self.session_id, *given, then=self._opened, refused=self._turned_down)

    @Slot(str)
    def enterPin(self, pin: str) -> None:
        """The other official signs."""
        day = self._newest()
        if day is not None:
            given = (day.day, self._given(), Signature(self._card, pin), self._touch)
            asked = (self.session_id, *given)
            self.ask(closing.close_day, *asked, then=self._signed, refused=self._turned_down)

    @Slot()
    def takeBack(self) -> None:
        """The day goes on, as if nobody had closed it."""
        day = self._newest()
        if day is not None:
            self._was_closed = False
            given = (day.day, new_touch_id())
            self.ask(_TAKE_BACK, self.session_id, *given, then=self._show)

    @Slot()
    def back(self) -> None:
        """One step back; what was counted stays."""
        if self._stage == CARD and self.hasCard:
            self.otherCard()
        elif self._stage in (CARD, WHY):
            self._go(REVIEW if self._stage == CARD else COUNT)
        elif self._stage == REVIEW or self._at > 0:
            self._at = max(0, len(self._items()) - 1 if self._stage == REVIEW else self._at - 1)
            self._go(COUNT)
        else:
            self._go(PAGE)

    def _note(self, number: int) -> None:
        item = self._item()
        self._answers[item.item] = Answer(item.item, number)
        if counting.needs_reason(item.item, number, item.expected):
            self._go(WHY)
        else:
            self._next()

    def _next(self) -> None:
        """What is not counted yet; when everything is, all of it once more."""
        missing = [n for n, each in enumerate(self._items()) if each.item not in self._answers]
        self._at = missing[0] if missing else self._at
        self._go(COUNT if missing else REVIEW)

    def _turned_down(self, refusal: KioskError) -> None:
        """What is there became other: it is asked anew, and what was counted stays."""
        self._refused(refusal)
        self._turned = refusal
        if refusal.code in ("workday_recount", "workday_reason"):
            self.shell.ask(
                closing.page, self.session_id, done=self._recount, failed=self._refuse, owner=self
            )

    def _recount(self, page: DayPage) -> None:
        self._page = page
        kept = {each.item: each.expected for each in page.desk.items}
        self._answers = {
            item: each
            for item, each in self._answers.items()
            if item in kept
            and (each.reason or not counting.needs_reason(item, each.counted, kept[item]))
        }
        self._next()
        self._refuse(self._turned)

    def _opened(self, page: DayPage) -> None:
        self._show(page)
        self._go(PAGE)

    def _signed(self, job: int) -> None:
        self._take("", "", scanned=False)
        self._was_closed = True
        self.closed.emit(job)
        self.ask(closing.page, self.session_id, then=self._opened)

    def _show(self, page: DayPage) -> None:
        self._page = page
        self.worded()

    def _given(self) -> tuple[Answer, ...]:
        return tuple(self._answers.values())

    def _items(self) -> tuple[ToCount, ...]:
        return self._page.desk.items if self._page else ()

    def _item(self) -> ToCount:
        items = self._items()
        return items[min(self._at, len(items) - 1)]

    def _newest(self) -> Day | None:
        return self._page.desk.newest if self._page else None

    def _said(self) -> DayWords:
        if self._page is None:
            return DayWords()
        heading, detail = self._said_day(self._page)
        day, today = self._newest(), self._page.desk.today
        late = day is not None and self.mayClose and day.day < today
        waits = len(self._page.waits)
        item = self._item()
        return DayWords(
            heading=heading,
            detail=detail,
            leftOpen=self.text("workday.left_open", self._day(day.day)) if day and late else "",
            waits=self.text("workday.waits", waits) if waits else "",
            question=self._question(item),
            step=self.text("workday.step", self._at + 1, len(self._items())),
            before=self._before(item),
            asBefore=self._as_before(item),
            why=self._said_why(item),
            sign=self.text("workday.sign_note", self._day(day.day)) if day else "",
            done=self.text("workday.done") if self._was_closed else "",
        )

    def _said_day(self, page: DayPage) -> tuple[str, str]:
        day = page.desk.newest
        if day is None or (page.desk.may_open and not page.desk.may_close):
            return self.text("workday.not_opened"), self.text("workday.not_opened_detail")
        if day.closed_at is not None and day.closed_by is not None:
            time = _time(day.closed_at)
            signed = self.text("workday.closed_detail", time, *day.closed_by)
            return self.text("workday.closed", self._day(day.day)), signed
        opened = self.text("workday.opened_detail", _time(day.opened_at), day.opened_by)
        return self.text("workday.opened", self._day(day.day)), opened

    def _said_rows(self) -> list[CountedRow]:
        if self._page is None:
            return []
        if self._stage != PAGE:
            named = [(each, self._answers.get(each.item)) for each in self._items()]
            counts = [
                Count(each.item, given.counted, each.expected, given.reason)
                for each, given in named
                if given is not None
            ]
        else:
            day = self._newest()
            counts = list(day.counts) if day else []
        return [self._row(place, each) for place, each in enumerate(counts)]

    def _row(self, place: int, count: Count) -> CountedRow:
        changed = count.expected is not None and count.expected != count.counted
        why = self.text(f"workday.reason_{count.reason}") if count.reason else ""
        was = self.text("workday.before", count.expected) if changed else ""
        detail = f"{was} {why}".strip()
        name = self._name(count.item)
        return CountedRow(place=place, name=name, number=str(count.counted), detail=detail)

    def _name(self, item: str) -> str:
        found = next((each for each in self._items() if each.item == item), None)
        if found is None or not found.title:
            return self.text(f"workday.item_{item}") if item in counting.PAPERS else item
        return found.title.said(self.shell.tongue)

    def _question(self, item: ToCount) -> str:
        if item.item in counting.PAPERS:
            return self.text(f"workday.how_many_{item.item}")
        return self.text("workday.how_many_perk", self._name(item.item))

    def _before(self, item: ToCount) -> str:
        if item.expected is None:
            return self.text("workday.never_counted")
        key = "before" if item.item in counting.PAPERS else "by_the_books"
        return self.text(f"workday.{key}", item.expected)

    def _as_before(self, item: ToCount) -> str:
        return "" if item.expected is None else self.text("workday.as_before", item.expected)

    def _said_why(self, item: ToCount) -> str:
        given = self._answers.get(item.item)
        if given is None or item.expected is None:
            return ""
        key = "why_more" if item.item in counting.PAPERS else "why_other"
        return self.text(f"workday.{key}", given.counted, item.expected)

    def _day(self, day: date) -> str:
        return said_day_of_week(self.text, day)


def _time(moment: datetime) -> str:
    return f"{moment.astimezone(VILLAGE_ZONE):%H:%M}"
