"""The requests for a correction, oldest first; one is opened, corrected or declined."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.clock import village_day
from kiosk.core.days import said_birth, said_day
from kiosk.core.ids import new_touch_id
from kiosk.services.my_data import corrections
from kiosk.services.my_data.corrections import CorrectionLine, CorrectionPage
from kiosk.ui.shell.row import Row
from kiosk.ui.shell.view_model import ViewModel, followed_by

QML_IMPORT_NAME = "kiosk.ui.my_data"
QML_IMPORT_MAJOR_VERSION = 1

Step = Literal["list", "page", "correct", "decline", "wait", "how", "find", "plate", "note"]


@QmlElement
class RequestRow(Row):
    """A request in the list."""

    request: int
    name: str
    letter: str
    what: str
    when: str


@QmlElement
class ReasonRow(Row):
    """A listed reason for a no."""

    key: str
    text: str


@QmlElement
class RequestWords(Row):
    """The open request in words; empty while none is open."""

    name: str = ""
    house: str = ""
    what: str = ""
    held: str = ""
    asked: str = ""
    when: str = ""
    first: str = ""


@QmlElement
class CorrectionsModel(ViewModel):
    """View-model of CorrectionsScreen."""

    listChanged = Signal()
    pageChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: tuple[CorrectionLine, ...] = ()
        self._there = False
        self._page: CorrectionPage | None = None
        self._step: Step = "list"
        self._touch = self._done = self._said_done = ""
        self._rows: list[RequestRow] = []
        self._reasons: list[ReasonRow] = []
        self._words = RequestWords()

    def started(self) -> None:
        """Ask what waits."""
        if self.shell.session and self.shell.session.roles:
            self.ask(corrections.corrections_waiting, self.session_id, then=self._show)

    def worded(self) -> None:
        """Say it in the language on the screen."""
        self._rows = self.renewed(self._rows, [self._row(each) for each in self._waiting])
        reasons = [
            ReasonRow(key=each, text=self.text(f"rights.decline_{each}"))
            for each in corrections.DECLINE_REASONS
        ]
        self._reasons = self.renewed(self._reasons, reasons)
        self._said_done = self.text(f"corrections.{self._done}") if self._done else ""
        words = self._said_page(self._page) if self._page else RequestWords()
        self._words = self.renewed(self._words, words)
        self.listChanged.emit()
        self.pageChanged.emit()

    @Property(bool, notify=listChanged)
    def there(self) -> bool:
        """Whether the list was read."""
        return self._there

    @Property(list, notify=listChanged)
    def rows(self) -> list[RequestRow]:
        """The oldest first."""
        return self._rows

    @Property(list, notify=listChanged)
    def reasons(self) -> list[ReasonRow]:
        """The listed reasons for a no."""
        return self._reasons

    @Property(str, notify=listChanged)
    def done(self) -> str:
        """What was answered just now; empty when nothing was."""
        return self._said_done

    @Property(str, notify=pageChanged)
    def step(self) -> str:
        """A `Step`; those from ``how`` on are of a house."""
        return self._step

    @Property(RequestWords, notify=pageChanged)
    def page(self) -> RequestWords:
        """The open request."""
        return self._words

    @Property(str, notify=pageChanged)
    def field(self) -> str:
        """What is written anew: ``name``, ``born_on``, ``phone``; empty when nothing is here."""
        what = self._page.line.what if self._page else ""
        return what if what in corrections.PUT_HERE else ""

    @Property(str, notify=pageChanged)
    def kind(self) -> str:
        """``field`` for what is written anew here, ``house`` or ``other``."""
        what = self._page.line.what if self._page else ""
        return what if what in ("house", "other") else "field"

    @Property(int, notify=pageChanged)
    def request(self) -> int:
        """The open request; 0 when none is."""
        return self._page.line.request_id if self._page else 0

    @Slot(int)
    def open(self, request: int) -> None:
        """Open a request; the person sees that one looked."""
        self._done = ""
        self.ask(corrections.open_correction, self.session_id, request, then=self._opened)

    @Slot(str)
    def goTo(self, step: Any) -> None:
        """Go on to the correction or the no, or back."""
        self._step = step
        self._page = None if step == "list" else self._page
        self.forgiveError()
        self.worded()

    @Slot(str, str)
    def correct(self, value: str, sentence: str) -> None:
        """Write it anew, and say so."""
        if self._page is not None:
            said = (self._page.line.request_id, value, sentence, self._touch)
            done = "dealt_with" if self._page.line.what == "other" else "corrected"
            self._answer(corrections.correct, *said, done=done)

    @Slot(str, str)
    def decline(self, reason: str, sentence: str) -> None:
        """Leave it as it is, and say why."""
        if self._page is not None:
            said = (self._page.line.request_id, reason, sentence, self._touch)
            self._answer(corrections.decline_correction, *said, done="declined")

    @Slot(str)
    def passOn(self, sentence: str) -> None:
        """Leave it open, and say what it waits for."""
        if self._page is not None:
            said = (self._page.line.request_id, sentence, self._touch)
            self._answer(corrections.pass_on, *said, done="passed_on")

    @Slot()
    def houseCorrected(self) -> None:
        """The house was changed: back to the list, which says so."""
        asked = (corrections.corrections_waiting, self.session_id)
        self.ask(*asked, then=self._answered("house_corrected"))

    def _answer(self, act: Callable[..., object], *said: object, done: str) -> None:
        answer = followed_by(act, corrections.corrections_waiting)
        self.ask(answer, self.session_id, *said, then=self._answered(done))

    def _show(self, waiting: tuple[CorrectionLine, ...]) -> None:
        self._waiting, self._there = waiting, True
        self.worded()

    def _opened(self, page: CorrectionPage) -> None:
        self._page, self._touch = page, new_touch_id()
        self.goTo("page")

    def _answered(self, done: str) -> Any:
        def show(waiting: tuple[CorrectionLine, ...]) -> None:
            self._waiting, self._done = waiting, done
            self.goTo("list")

        return show

    def _row(self, line: CorrectionLine) -> RequestRow:
        return RequestRow(
            request=line.request_id,
            name=line.person_name,
            letter=line.person_name[:1],
            what=self._what(line),
            when=self.text("corrections.asked_on", said_day(self.text, village_day(line.asked_at))),
        )

    def _what(self, line: CorrectionLine) -> str:
        what = self.text(f"my_data.{line.what}")
        return self.text("corrections.waits", what) if line.state == "passed_on" else what

    def _said_page(self, page: CorrectionPage) -> RequestWords:
        line, held = page.line, page.held
        house = page.house.words(self.shell.tongue)
        held = house if line.what == "house" else held
        if line.what == "born_on" and held:
            held = said_birth(self.text, held)
        return RequestWords(
            name=line.person_name,
            house=house,
            what=self.text(f"my_data.{line.what}"),
            held=held or self.text("corrections.held_nothing"),
            asked=line.words,
            when=self.text("corrections.asked_on", said_day(self.text, village_day(line.asked_at))),
            first=self._first(line),
        )

    def _first(self, line: CorrectionLine) -> str:
        """What comes first, or what was written when it was passed on."""
        if line.state == "passed_on":
            return self.text("corrections.passed_on_before", line.sentence)
        return self.text("corrections.first_other") if line.what == "other" else ""
