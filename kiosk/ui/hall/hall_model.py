"""Places and sentences of the village's own, and the days on which the hall is closed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.clock import village_day
from kiosk.core.days import said_day, said_day_of_week, said_month
from kiosk.core.ids import new_touch_id
from kiosk.core.open_days import KINDS as DAY_KINDS
from kiosk.core.open_days import Span, What
from kiosk.services import open_days
from kiosk.services.calendar import closing_days
from kiosk.services.calendar.closing_days import DayLine
from kiosk.services.hall import words
from kiosk.services.hall.words import BETWEEN, WordLine
from kiosk.services.village import Village
from kiosk.ui.hall.rows import ClosedRow, OwnWordRow
from kiosk.ui.parts.days import month_rows, weekdays
from kiosk.ui.parts.rows import ChoiceRow, DayRow
from kiosk.ui.parts.staged import PAGE, StagedModel
from kiosk.ui.shell.view_model import followed_by

QML_IMPORT_NAME = "kiosk.ui.hall"
QML_IMPORT_MAJOR_VERSION = 1

WORD, WHAT, FIRST, LAST, NAME = "word", "what", "first", "last", "name"
"""The steps after the page: words alone, or a day with its kind, its length and its name."""
_BACK: Final = {WORD: PAGE, WHAT: PAGE, FIRST: WHAT, LAST: FIRST, NAME: LAST}
_DAY_ICONS: Final[dict[What, str]] = {
    "holiday": "confetti",
    "closed": "lock",
    "weekly": "rotate",
    "open": "sun",
}


@dataclass(frozen=True)
class _Draft:
    """What is being written down."""

    kind: words.What | None = None
    word_id: int = 0
    chinese: str = ""
    english: str = ""
    what: What | None = None
    first: date | None = None
    last: date | None = None
    touch: str = ""


Standing = tuple[tuple[WordLine, ...], tuple[DayLine, ...]]


def _standing(village: Village, session_id: str) -> Standing:
    return words.words(village, session_id), closing_days.days(village, session_id)


_WRITE_WORD = followed_by(words.write_down, _standing)
_CHANGE_WORD = followed_by(words.put_otherwise, _standing)
_END_WORD = followed_by(words.end, _standing)
_END_DAY = followed_by(closing_days.end, _standing)


def _write_day(village: Village, session_id: str, span: Span, touch: str) -> tuple[int, Standing]:
    moved = closing_days.write_down(village, session_id, span, touch)
    return moved, _standing(village, session_id)


@QmlElement
class HallModel(StagedModel):
    """View-model of HallScreen."""

    hallChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._standing: Standing = ((), ())
        self._draft = _Draft()
        self._shown: date | None = None
        self._moved: int | None = None
        self._own: dict[words.What, list[OwnWordRow]] = {each: [] for each in words.KINDS}
        self._closed: list[ClosedRow] = []
        self._choices: list[ChoiceRow] = []
        self._days: list[DayRow] = []
        self._weekdays: list[str] = []
        self._month = self._summary = self._said_moved = ""

    def started(self) -> None:
        """Ask for what is written down."""
        if self.shell.session and self.shell.session.roles:
            self.ask(_standing, self.session_id, then=self._show)

    def worded(self) -> None:
        """Say it in the language on the screen."""
        for kind, rows in self._own.items():
            lines = [self._word(each) for each in self._standing[0] if each.what == kind]
            self._own[kind] = self.renewed(rows, lines)
        self._closed = self.renewed(self._closed, [self._row(each) for each in self._standing[1]])
        self._choices = self.renewed(self._choices, self._kinds())
        self._weekdays = weekdays(self.text)
        self._days = self.renewed(self._days, self._month_days())
        self._summary = self._said_draft()
        moved = self._moved
        self._said_moved = "" if moved is None else self.text("hall.moved", moved)
        self.hallChanged.emit()

    @Property(list, notify=hallChanged)
    def places(self) -> list[OwnWordRow]:
        """The village's own places."""
        return self._own["place"]

    @Property(list, notify=hallChanged)
    def deeds(self) -> list[OwnWordRow]:
        """Its sentences for good deeds."""
        return self._own["deed"]

    @Property(list, notify=hallChanged)
    def concerns(self) -> list[OwnWordRow]:
        """Its sentences for concerns."""
        return self._own["concern"]

    @Property(list, notify=hallChanged)
    def closed(self) -> list[ClosedRow]:
        """The days that are written down, the next ones first."""
        return self._closed

    @Property(list, notify=hallChanged)
    def choices(self) -> list[ChoiceRow]:
        """The kinds of days."""
        return self._choices

    @Property(list, notify=hallChanged)
    def weekdays(self) -> list[str]:
        """The headings of the calendar."""
        return self._weekdays

    @Property(list, notify=hallChanged)
    def days(self) -> list[DayRow]:
        """The days of the month that is shown."""
        return self._days

    @Property(str, notify=hallChanged)
    def month(self) -> str:
        """The month that is shown, and its year."""
        return self._month

    @Property(str, notify=hallChanged)
    def summary(self) -> str:
        """What was chosen so far."""
        return self._summary

    @Property(str, notify=hallChanged)
    def moved(self) -> str:
        """How many deadlines became later by the days that were written down last."""
        return self._said_moved

    @Property(str, notify=hallChanged)
    def inChinese(self) -> str:
        """What the words are now."""
        return self._draft.chinese

    @Property(str, notify=hallChanged)
    def inEnglish(self) -> str:
        """The same in English."""
        return self._draft.english

    @Slot(str)
    def add(self, kind: str) -> None:
        """Words of that kind are to be added."""
        self._draft = _Draft(kind=_kind(kind), touch=new_touch_id())
        self._go(WORD)

    @Slot(int)
    def rename(self, word_id: int) -> None:
        """Words are to be put otherwise."""
        line = next(each for each in self._standing[0] if each.word_id == word_id)
        chinese, _, english = line.name.partition(BETWEEN)
        self._draft = _Draft(line.what, word_id, chinese, english, touch=new_touch_id())
        self._go(WORD)

    @Slot(str, str)
    def write(self, chinese: str, english: str) -> None:
        """These are the words; of a day, its name."""
        self._draft = replace(self._draft, chinese=chinese, english=english)
        draft = self._draft
        if self._stage == NAME:
            self.ask(_write_day, self.session_id, self._span(), draft.touch, then=self._written)
        elif draft.word_id:
            said = (chinese, english, draft.touch)
            self.ask(_CHANGE_WORD, self.session_id, draft.word_id, *said, then=self._show)
        else:
            said = (chinese, english, draft.touch)
            self.ask(_WRITE_WORD, self.session_id, draft.kind, *said, then=self._show)

    @Slot(int)
    def endWord(self, word_id: int) -> None:
        """No form offers it any more."""
        self.ask(_END_WORD, self.session_id, word_id, new_touch_id(), then=self._show)

    @Slot(int)
    def endDay(self, day_id: int) -> None:
        """These days are as all others again."""
        self.ask(_END_DAY, self.session_id, day_id, new_touch_id(), then=self._show)

    @Slot()
    def addDays(self) -> None:
        """Days are to be written down."""
        self._draft, self._moved = _Draft(touch=new_touch_id()), None
        self._go(WHAT)

    @Slot(str)
    def choose(self, key: str) -> None:
        """The kind of the days."""
        self._draft = replace(self._draft, what=closing_days.kind_of(key))
        self._shown = self._today().replace(day=1)
        self._go(FIRST)

    @Slot(int)
    def turn(self, months: int) -> None:
        """Another month."""
        if self._shown is not None:
            middle = self._shown + timedelta(days=15 + 30 * months)
            self._shown = middle.replace(day=1)
            self.worded()

    @Slot(str)
    def chooseDay(self, iso: str) -> None:
        """The first day, then the last one."""
        day = date.fromisoformat(iso)
        if self._stage == FIRST:
            self._draft = replace(self._draft, first=day, last=None)
            self._go(NAME if self._draft.what == "weekly" else LAST)
        else:
            self._draft = replace(self._draft, last=day)
            self._go(NAME)

    @Slot()
    def back(self) -> None:
        """One step back."""
        skips = self._stage == NAME and self._draft.what == "weekly"
        self._go(FIRST if skips else _BACK[self._stage])

    def _today(self) -> date:
        return village_day(self.shell.clock.now())

    def _show(self, standing: Standing) -> None:
        self._standing = standing
        self._go(PAGE)

    def _written(self, answer: tuple[int, Standing]) -> None:
        self._moved, standing = answer
        self._show(standing)

    def _span(self) -> Span:
        draft = self._draft
        if draft.what is None or draft.first is None:
            raise ValueError("the days are chosen before their name")
        name = BETWEEN.join(each for each in (draft.chinese, draft.english) if each)
        return Span(what=draft.what, first=draft.first, last=draft.last, name=name)

    def _word(self, line: WordLine) -> OwnWordRow:
        here = self.text(f"place.{line.name}" if line.word_id is None else f"own.{line.name}")
        other = next((each for each in line.name.split(BETWEEN) if each != here), "")
        settings = line.word_id is None
        return OwnWordRow(
            wordId=line.word_id or 0,
            name=here,
            detail=self.text("hall.in_settings") if settings else other,
            keeps=not settings,
        )

    def _row(self, line: DayLine) -> ClosedRow:
        span = line.span
        name = self.text(f"own.{span.name}") if span.name else self.text(f"hall.what_{span.what}")
        by_law = "" if line.ours else self.text("hall.by_law")
        said = self._said_span(span)
        return ClosedRow(
            dayId=line.day_id,
            name=name,
            detail=self.text("hall.detail_by_law", said, by_law) if by_law else said,
            icon=_DAY_ICONS[span.what],
        )

    def _said_span(self, span: Span) -> str:
        if span.what == "weekly":
            weekday = self.text(f"days.weekday_{span.first.isoweekday()}")
            return self.text("hall.every", weekday, said_day(self.text, span.first))
        if span.last is None or span.last == span.first:
            return said_day_of_week(self.text, span.first)
        days = (said_day(self.text, span.first), said_day(self.text, span.last))
        return self.text("hall.from_to", *days)

    def _kinds(self) -> list[ChoiceRow]:
        return [
            ChoiceRow(key=each, name=self.text(f"hall.what_{each}"), icon=_DAY_ICONS[each])
            for each in DAY_KINDS
        ]

    def _month_days(self) -> list[DayRow]:
        if self._shown is None:
            return []
        self._month = self.text("hall.month", self._shown.year, said_month(self.text, self._shown))
        first, today = self._draft.first, self._today()
        least, most = today, today + closing_days.AHEAD
        if self._stage == LAST and first is not None:
            least, most = first, first + open_days.LONGEST
        return month_rows(self.text, self._shown, least, most, first)

    def _said_draft(self) -> str:
        draft = self._draft
        if draft.what is None:
            return ""
        what = self.text(f"hall.what_{draft.what}")
        if draft.first is None:
            return what
        span = Span(what=draft.what, first=draft.first, last=draft.last)
        return self.text("hall.draft", what, self._said_span(span))


def _kind(kind: str) -> words.What:
    return next(each for each in words.KINDS if each == kind)
