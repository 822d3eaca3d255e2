"""The papers of this terminal: what each is, where it stands, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.days import said_short_moment
from kiosk.core.houses import house_words
from kiosk.services.check import phone_page
from kiosk.services.check.phone_page import OnStick
from kiosk.services.printing import archive, queue, reprints
from kiosk.services.printing.archive import PaperLine
from kiosk.services.printing.queue import JobView
from kiosk.ui.parts.print_progress import detail_of, heading_of, is_held
from kiosk.ui.shell.row import Row
from kiosk.ui.shell.view_model import ViewModel, followed_by

QML_IMPORT_NAME = "kiosk.ui.office"
QML_IMPORT_MAJOR_VERSION = 1

LOOK_MS = 2000
_TONES = {"done": "tea", "failed": "gold", "unknown": "gold"}
_ICONS = {"done": "circle-check", "failed": "alert-circle", "unknown": "help-circle"}
_SAID_ALREADY = ("called_off", "seen")
"""Reasons that the state beside the paper says in so many words."""
_PRINT_AGAIN = followed_by(queue.print_again, archive.archive)
_CAME_OUT = followed_by(queue.came_out, archive.archive)
_CANCEL = followed_by(queue.cancel, archive.archive)


@QmlElement
class PaperRow(Row):
    """A paper, where it stands, and what can be done about it."""

    job: int
    title: str
    state: str
    detail: str
    icon: str
    tone: str
    again: bool
    againText: str
    seen: bool
    cancel: bool


@QmlElement
class ReprintPurposeRow(Row):
    """What a paper can be printed again for."""

    key: str
    text: str


@QmlElement
class PapersModel(ViewModel):
    """View-model of PapersScreen. It looks every other second."""

    papersChanged = Signal()
    chosenChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[PaperLine, ...] = ()
        self._there = False
        self._stick: OnStick | None = None
        self._on_stick = ""
        self._papers: list[PaperRow] = []
        self._chosen: PaperLine | None = None
        self._purposes: list[ReprintPurposeRow] = []
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._ask_papers)

    def started(self) -> None:
        """Ask for the papers, and go on asking."""
        if self.shell.session and self.shell.session.roles:
            self._look.start()
            self._ask_papers()

    def worded(self) -> None:
        """Say where each paper stands in the language on the screen."""
        self._papers = self.renewed(self._papers, [self._row(each) for each in self._lines])
        purposes = [
            ReprintPurposeRow(key=each, text=self.text(f"access.purpose_{each}"))
            for each in reprints.PURPOSES
        ]
        self._purposes = self.renewed(self._purposes, purposes)
        self._on_stick = self._said_stick()
        self.papersChanged.emit()
        self.chosenChanged.emit()

    @Property(list, notify=papersChanged)
    def papers(self) -> list[PaperRow]:
        """The newest first."""
        return self._papers

    @Property(bool, notify=papersChanged)
    def there(self) -> bool:
        """Whether the queue was read."""
        return self._there

    @Property(str, notify=chosenChanged)
    def chosen(self) -> str:
        """The paper that is to be printed again, in words; empty when none is."""
        return self._title(self._chosen) if self._chosen else ""

    @Property(bool, notify=chosenChanged)
    def cameOutBefore(self) -> bool:
        """Whether it is printed as a duplicate."""
        return bool(self._chosen and self._chosen.job.phase != "failed")

    @Property(str, notify=papersChanged)
    def onStick(self) -> str:
        """What was put on the stick; empty where nothing was."""
        return self._on_stick

    @Slot()
    def putOnStick(self) -> None:
        """Put the page for phones on the stick that is in, with the log beside it."""
        self.ask(phone_page.put_on_stick, self.session_id, then=self._put)

    def _put(self, written: OnStick) -> None:
        self._stick = written
        self.worded()

    def _said_stick(self) -> str:
        written = self._stick
        if written is None:
            return ""
        files = self.text("staff.phone_files").join(written.files)
        return self.text("staff.phone_done", files)

    @Property(list, notify=chosenChanged)
    def purposes(self) -> list[ReprintPurposeRow]:
        """What it can be printed again for; none where nobody is concerned."""
        return self._purposes if self._chosen and self._chosen.asks else []

    @Slot(int)
    def choose(self, job_id: int) -> None:
        """Ask what a paper is to be printed again for; 0 leaves it."""
        self._chosen = next((each for each in self._lines if each.job.job_id == job_id), None)
        self.forgiveError()
        self.chosenChanged.emit()

    @Slot(str)
    def printAgain(self, purpose: str) -> None:
        """Try the chosen paper again, or print one more, which says DUPLICATE."""
        if self._chosen:
            job_id = self._chosen.job.job_id
            self.ask(_PRINT_AGAIN, self.session_id, job_id, purpose, then=self._asked_again)

    @Slot(int)
    def cameOut(self, job_id: int) -> None:
        """A person sees that the paper is there."""
        self.ask(_CAME_OUT, self.session_id, job_id, then=self._show)

    @Slot(int)
    def cancel(self, job_id: int) -> None:
        """Take back a paper that has not come out."""
        self.ask(_CANCEL, self.session_id, job_id, then=self._show)

    def _ask_papers(self) -> None:
        """Unlike `ask`, looking leaves the buttons alone."""
        self.shell.ask(
            archive.archive, self.session_id, done=self._show, failed=self._refuse, owner=self
        )

    def _show(self, lines: tuple[PaperLine, ...]) -> None:
        changed = not self._there or lines != self._lines
        self._there, self._lines = True, lines
        if changed:
            self.worded()

    def _asked_again(self, lines: tuple[PaperLine, ...]) -> None:
        self._chosen = None
        self._show(lines)
        self.chosenChanged.emit()

    def _row(self, line: PaperLine) -> PaperRow:
        job = line.job
        return PaperRow(
            job=job.job_id,
            title=self._title(line),
            state=self.text(heading_of(job)),
            detail=self._detail(line),
            icon=_ICONS.get(job.phase, "alert-circle" if is_held(job) else "printer"),
            tone=_TONES.get(job.phase, "gold" if is_held(job) else "voice"),
            again=line.again,
            againText=self._again(job),
            seen=job.phase == "unknown",
            cancel=not job.over,
        )

    def _again(self, job: JobView) -> str:
        return self.text("printing.try_again" if job.phase == "failed" else "printing.print_again")

    def _title(self, line: PaperLine) -> str:
        kind = self.text(f"paper.kind_{line.kind}")
        about = self._about(line)
        return self.text("printing.line", kind, about) if about else kind

    def _about(self, line: PaperLine) -> str:
        if line.about == "case":
            return self.text("printing.about_case")
        return house_words(line.lane, line.number, self.shell.tongue)

    def _detail(self, line: PaperLine) -> str:
        card = line.kind == "enrolment_card"
        known = self.text("printing.card_number" if card else "printing.number", line.job.reference)
        parts = [
            self.text(f"printing.ended_{line.ended}") if line.ended else "",
            said_short_moment(self.text, line.asked_at),
            known,
            self.text("printing.duplicate") if line.job.duplicate else "",
            self.text("printing.prints", line.prints) if line.prints > 1 else "",
            self._why(line.job),
        ]
        return self.text("printing.between").join(part for part in parts if part)

    def _why(self, job: JobView) -> str:
        if not job.reason or job.reason in _SAID_ALREADY:
            return ""
        return self.text(detail_of(job))
