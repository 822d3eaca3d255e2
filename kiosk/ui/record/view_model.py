"""One's own record: the number, its sum, every line, and what is under way."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.days import Say, said_day, said_moment
from kiosk.core.ids import new_touch_id
from kiosk.core.texts import Texts
from kiosk.services.access import views as access_views
from kiosk.services.access.views import RecordViewLine
from kiosk.services.cases import remedy, submit
from kiosk.services.cases.views.own_view import CaseLine
from kiosk.services.consent import pauses
from kiosk.services.record import my_record
from kiosk.services.record.my_record import ComingChange, OpenedRecord
from kiosk.services.record.number import SumLine
from kiosk.services.village import Village
from kiosk.ui.parts.wording import in_a_row, said_names, said_points, said_title
from kiosk.ui.record.rows import EntryRow, LineRow, MatterRow, ViewRow
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.record"
QML_IMPORT_MAJOR_VERSION = 1

_TO_YOU = {
    ("concern", "submitted"): "to_read",
    ("concern", "noticed"): "reply",
    ("concern", "replied"): "replied",
    ("concern", "countersigned"): "to_hear",
    ("concern", "told"): "decided",
    ("deed", "submitted"): "accept",
    ("deed", "noticed"): "accept",
    ("deed", "accepted"): "accepted",
}
"""How a case about oneself stands, where the officers' words speak of somebody else."""
_DUE = {
    ("concern", "submitted"): "told",
    ("concern", "noticed"): "reply",
    ("concern", "replied"): "officer",
    ("concern", "reply_time_over"): "officer",
    ("concern", "decided"): "second",
    ("concern", "countersigned"): "tell",
    ("concern", "appealed"): "panel",
    ("deed", "submitted"): "accept",
    ("deed", "noticed"): "accept",
    ("deed", "accepted"): "officer",
    ("deed", "appealed"): "panel",
}
"""Who does something by the day of a case."""
_NOT_YET = frozenset({"effective", "told"})
"""States whose coming change has a day of its own."""
_APPEAL = "appeal"
_REPLIES = frozenset({"accept", "reply", "notice"})


@QmlElement
class MyRecordModel(ViewModel):
    """View-model of MyRecordScreen."""

    recordChanged = Signal()
    wordsChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._opened: OpenedRecord | None = None
        self._lines: list[LineRow] = []
        self._coming: list[EntryRow] = []
        self._views: list[EntryRow] = []
        self._cases: list[MatterRow] = []
        self._touch = self._ending = ""

    def started(self) -> None:
        """Ask for the record of whoever is signed in."""
        if self.session_id:
            self.ask(my_record.opened, self.session_id, then=self._show)

    def worded(self) -> None:
        """Say the lines in the language on the screen."""
        if self._opened is None:
            return
        record = self._opened.record
        notes = record.notes
        lines = [self._line(each, notes.get(each.case_id or 0, "")) for each in record.lines]
        ending = {(each.title, each.counts_until) for each in record.lines}
        coming = [
            *(self._change(each, ending) for each in record.coming),
            *(self._undecided(each) for each in record.cases if is_undecided(each)),
        ]
        views = [self._view(each) for each in record.views]
        self._lines = self.renewed(self._lines, lines)
        self._coming = self.renewed(self._coming, coming)
        self._views = self.renewed(self._views, views)
        self._cases = self.renewed(self._cases, [self._case(each) for each in record.cases])
        self._ending = self._said_ending(self._opened)
        self.wordsChanged.emit()

    @Property(bool, notify=recordChanged)
    def there(self) -> bool:
        """Whether the record has arrived."""
        return self._opened is not None

    @Property(bool, notify=recordChanged)
    def enrolled(self) -> bool:
        """Whether this person wants a number; without it nothing is counted."""
        return self._opened is not None and self._opened.record.number is not None

    @Property(bool, notify=recordChanged)
    def paused(self) -> bool:
        """Whether the person paused; nothing is shown or counted until they come back."""
        return self._opened is not None and self._opened.paused

    @Property(int, notify=recordChanged)
    def visits(self) -> int:
        """How many households this person is to look at."""
        return self._opened.visits if self._opened else 0

    @Property(bool, notify=recordChanged)
    def invited(self) -> bool:
        """Whether they are asked to inspect."""
        return self._opened is not None and self._opened.invited

    @Property(bool, notify=recordChanged)
    def householdTold(self) -> bool:
        """Whether their household is to be told what was seen there."""
        return self._opened is not None and self._opened.told

    @Property(str, notify=wordsChanged)
    def ending(self) -> str:
        """Which points of the wallet end soon; empty where none do."""
        return self._ending

    @Property(int, notify=recordChanged)
    def number(self) -> int:
        """0 to 100."""
        return (self._opened.record.number or 0) if self._opened else 0

    @Property(int, notify=recordChanged)
    def base(self) -> int:
        """What everybody begins with."""
        return self._opened.record.base if self._opened else 0

    @Property(int, notify=recordChanged)
    def deeds(self) -> int:
        """Points of good deeds that count."""
        return self._opened.record.deeds if self._opened else 0

    @Property(int, notify=recordChanged)
    def stars(self) -> int:
        """Points of the household's stars."""
        return self._opened.record.stars if self._opened else 0

    @Property(int, notify=recordChanged)
    def concerns(self) -> int:
        """Points that open concerns take, without a sign."""
        return self._opened.record.concerns if self._opened else 0

    @Property(int, notify=recordChanged)
    def wallet(self) -> int:
        """Points that can be spent on perks."""
        return self._opened.record.wallet if self._opened else 0

    @Property(int, notify=recordChanged)
    def news(self) -> int:
        """How many things wait for an answer."""
        return self._opened.news if self._opened else 0

    @Property(int, notify=recordChanged)
    def panels(self) -> int:
        """In how many cases this person was drawn by lot and has not voted yet."""
        return self._opened.panels if self._opened else 0

    @Property(int, notify=recordChanged)
    def asked(self) -> int:
        """About how many reports with this person's card to ask whether they were theirs."""
        return self._opened.asked if self._opened else 0

    @Property(list, notify=wordsChanged)
    def lines(self) -> list[LineRow]:
        """Newest first."""
        return self._lines

    @Property(list, notify=wordsChanged)
    def coming(self) -> list[EntryRow]:
        """What changes by itself, first to come first.

        What is not decided yet stands last; its ``when`` says where it stands.
        """
        return self._coming

    @Property(list, notify=wordsChanged)
    def views(self) -> list[EntryRow]:
        """Who looked last, newest first."""
        return self._views

    @Property(int, notify=recordChanged)
    def looks(self) -> int:
        """How many looks there were in all."""
        return self._opened.record.looks if self._opened else 0

    @Property(list, notify=wordsChanged)
    def cases(self) -> list[MatterRow]:
        """What is under way, or can be appealed."""
        return self._cases

    @Slot()
    def aboutToAnswer(self) -> None:
        """A report is about to be taken back or ended: whatever is tapped, it happens once."""
        self._touch = new_touch_id()

    @Slot(int)
    def withdraw(self, case_id: int) -> None:
        """Take a report back."""
        self.ask(_withdraw, self.session_id, case_id, self._touch, then=self._did("withdrawn"))

    @Slot(int)
    def confirmRight(self, case_id: int) -> None:
        """Whoever raised a concern saw that it was put right: it ends at once."""
        question = (self.session_id, case_id, self._touch)
        self.ask(_confirm_right, *question, then=self._did("righted"))

    @Slot()
    def resume(self) -> None:
        """One tap ends the pause."""
        self.ask(_resume, self.session_id, new_touch_id(), then=self._did("resumed"))

    def _did(self, done: str) -> Any:
        def show(opened: OpenedRecord) -> None:
            self._show(opened)
            self.shell.hint_at(f"my_record.done_{done}")

        return show

    def _show(self, opened: OpenedRecord) -> None:
        self._opened = opened
        self.recordChanged.emit()
        self.worded()

    def _line(self, line: SumLine, note: str) -> LineRow:
        cap = self._cap(line) if line.cap else ""
        until = said_day(self.text, line.counts_until) if line.counts_until else ""
        return LineRow(
            caseId=line.case_id or 0,
            kind=line.kind,
            points=line.points,
            title=said_title(self.shell.tongue, line),
            detail=self._detail(line),
            until=self.text("my_record.counts_until", until) if until else "",
            remark="\n".join(filter(None, (cap, self.text(note) if note else ""))),
        )

    def _detail(self, line: SumLine) -> str:
        if line.kind == "star":
            return self.text("my_record.stars_detail")
        confirmed, decided = line.confirmed_by, line.decided_by
        names = [said_names(self.text, each) for each in (confirmed, decided)]
        return in_a_row(
            (
                said_day(self.text, line.happened_on) if line.happened_on else "",
                self.text("my_record.confirmed_by", names[0]) if confirmed else "",
                self.text("my_record.decided_by", names[1]) if decided else "",
            )
        )

    def _cap(self, line: SumLine) -> str:
        why = self.text(f"numbers.cap_{line.cap}")
        return self.text("my_record.capped", abs(line.full_points), abs(line.points), why)

    def _said_ending(self, seen: OpenedRecord) -> str:
        if not seen.ending:
            return ""
        points = sum(each.points for each in seen.ending)
        return self.text(
            "my_record.wallet_ending", points, said_day(self.text, seen.ending[0].ends)
        )

    def _change(self, change: ComingChange, ending: set[tuple[Texts, date | None]]) -> EntryRow:
        """`ending` has the lines that count now, each with its last day."""
        ends = (change.title, change.on - timedelta(days=1)) in ending
        begins = change.points < 0 and not ends
        key = "my_record.change_begins" if begins else "my_record.change_ends"
        title = said_title(self.shell.tongue, change)
        what = self.text(key, title, said_points(change.points))
        return EntryRow(when=said_day(self.text, change.on), what=what, begins=begins)

    def _undecided(self, case: CaseLine) -> EntryRow:
        points = said_points(case.points)
        key = "my_record.undecided_untold" if case.untold else "my_record.undecided"
        what = self.text(key, said_title(self.shell.tongue, case), points)
        return EntryRow(when=self._state(case), what=what, begins=case.points < 0)

    def _view(self, look: RecordViewLine) -> EntryRow:
        who, why = said_look(self.text, look)
        return EntryRow(when=said_moment(self.text, look.at), what=in_a_row((who, why)))

    def _state(self, case: CaseLine) -> str:
        """Where it stands, said to the person whom it is about."""
        own = _TO_YOU.get((case.kind, case.state)) if case.about_me else None
        if own == "accept" and not _REPLIES.intersection(case.may):
            own = None  # a deed of one's own, which nobody has to agree to
        return self.text(f"my_record.state_{own}" if own else f"reports.state_{case.state}")

    def _due(self, case: CaseLine) -> str:
        """Who does what by when; empty when nothing runs out."""
        who = _DUE.get((case.kind, case.state))
        if case.due_on is None or who is None:
            return ""
        if who == "accept" and case.about_me:
            who = "accept_you" if _REPLIES.intersection(case.may) else "officer"
        return self.text(f"my_record.due_{who}", case.due_on, case.subject_name)

    def _case(self, case: CaseLine) -> MatterRow:
        appeal = _APPEAL in case.may
        said = self._how_to_appeal(case) if appeal else self._due(case)
        notes = (self.text("my_record.reference", case.reference), said)
        return MatterRow(
            caseId=case.case_id,
            title=said_title(self.shell.tongue, case),
            detail=in_a_row((self._whose(case), said_day(self.text, case.happened_on))),
            state=self._state(case),
            notes="\n".join(notes) if appeal else in_a_row(notes),
            mayReply=case.about_me and bool(_REPLIES.intersection(case.may)),
            mayWithdraw="withdraw" in case.may,
            mayAppeal=appeal,
            mayPutRight="say_put_right" in case.may,
            mayConfirmRight=not case.about_me and "put_right" in case.may,
            appealed=case.about_me and case.state == "appealed",
        )

    def _how_to_appeal(self, case: CaseLine) -> str:
        if not case.untold:
            return self.text("my_record.how_to_appeal", case.due_on)
        parts = (self._due(case), self.text("my_record.how_to_appeal_untold"))
        return "\n".join(filter(None, parts))

    def _whose(self, case: CaseLine) -> str:
        if not case.about_me:
            return self.text("my_record.about_other", case.subject_name)
        return self.text(f"my_record.about_me_{case.kind}")


@QmlElement
class ViewsModel(ViewModel):
    """View-model of ViewsScreen: every look at one's record."""

    viewsChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: tuple[RecordViewLine, ...] = ()
        self._there = False
        self._views: list[ViewRow] = []

    def started(self) -> None:
        """Ask who looked."""
        self.ask(access_views.views_of, self.session_id, then=self._show)

    def worded(self) -> None:
        """Say it in the language on the screen."""
        self._views = self.renewed(self._views, [self._view(each) for each in self._found])
        self.viewsChanged.emit()

    @Property(bool, notify=viewsChanged)
    def there(self) -> bool:
        """Whether the answer has arrived."""
        return self._there

    @Property(list, notify=viewsChanged)
    def views(self) -> list[ViewRow]:
        """Newest first."""
        return self._views

    def _show(self, found: tuple[RecordViewLine, ...]) -> None:
        self._found, self._there = found, True
        self.worded()

    def _view(self, look: RecordViewLine) -> ViewRow:
        who, why = said_look(self.text, look)
        return ViewRow(when=said_moment(self.text, look.at), who=who, why=why)


def is_undecided(case: CaseLine) -> bool:
    """True for what is about this person and may still change their number."""
    return case.about_me and case.open and case.state not in _NOT_YET


def said_look(say: Say, look: RecordViewLine) -> tuple[str, str]:
    """Who looked at a record, and why."""
    role = say(f"access.role_{look.role}") if look.role else ""
    who = say("my_record.viewer", look.viewer_name, role) if role else look.viewer_name
    why = say(f"my_record.why_{look.purpose}")
    return who, say("my_record.look_case", why, look.reference) if look.reference else why


def _resume(village: Village, session_id: str, touch: str) -> OpenedRecord:
    pauses.resume(village, session_id, touch)
    return my_record.opened(village, session_id)


def _withdraw(village: Village, session_id: str, case_id: int, touch: str) -> OpenedRecord:
    submit.withdraw(village, session_id, case_id, touch)
    return my_record.opened(village, session_id)


def _confirm_right(village: Village, session_id: str, case_id: int, touch: str) -> OpenedRecord:
    remedy.confirm_put_right(village, session_id, case_id, touch)
    return my_record.opened(village, session_id)
