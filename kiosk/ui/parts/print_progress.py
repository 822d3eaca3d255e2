"""Following a paper to its end: success is said only when the printer says so."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.text import unbroken_path
from kiosk.services.printing import queue
from kiosk.services.printing.queue import JobView
from kiosk.services.village import Village
from kiosk.ui.parts.pdf_preview import picture_of
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.parts"
QML_IMPORT_MAJOR_VERSION = 1

POLL_MS = 500
_ON_ITS_WAY = ("waiting", "sending", "printing")
_HELD = (
    *("out_of_paper", "cover_open", "paper_jam", "ink_empty"),
    *("stopped", "offline", "password", "certificate"),
)
"""What somebody at the printer puts right: the headline says it while a paper waits for that."""
_GONE = ("erased", "card_not_kept", "copy_not_kept")
SLIP_WIDTH = 700
"""Pixels: a slip is read from a strip of the screen."""


@QmlElement
class PaperModel(ViewModel):
    """View-model of PaperProgress. It asks every half second until nothing more will happen."""

    jobChanged = Signal()
    acrossChanged = Signal()
    purposeChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job_id = 0
        self._job: JobView | None = None
        self._heading = self._reason = self._place = self._picture = ""
        self._across = SLIP_WIDTH
        self._purpose = ""
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self._ask_state)

    @Property(int, notify=acrossChanged)
    def across(self) -> int:
        """How many pixels wide the picture is drawn; a slip's strip unless the screen says more."""
        return self._across

    @across.setter  # type: ignore[no-redef]
    def across(self, pixels: int) -> None:
        self._across = pixels
        self.acrossChanged.emit()

    @Property(str, notify=purposeChanged)
    def purpose(self) -> str:
        """What an official looks at the paper for, where one more print is a look."""
        return self._purpose

    @purpose.setter  # type: ignore[no-redef]
    def purpose(self, purpose: str) -> None:
        self._purpose = purpose
        self.purposeChanged.emit()

    @Property(str, notify=jobChanged)
    def reference(self) -> str:
        """The paper's reference number, a sign's serial; empty before the first answer."""
        return self._job.reference if self._job else ""

    @Property(bool, notify=jobChanged)
    def following(self) -> bool:
        """Whether there is a paper to follow."""
        return self._job_id > 0

    @Property(bool, notify=jobChanged)
    def printed(self) -> bool:
        """Whether the printer said that it is out."""
        return bool(self._job and self._job.phase == "done")

    @Property(bool, notify=jobChanged)
    def over(self) -> bool:
        """Whether nothing more will happen by itself."""
        return bool(self._job and self._job.over)

    @Property(bool, notify=jobChanged)
    def held(self) -> bool:
        """Whether it waits for somebody to see to the printer."""
        return bool(self._job and is_held(self._job))

    @Property(bool, notify=jobChanged)
    def mayTryAgain(self) -> bool:
        """Whether its content is still there to be printed."""
        return bool(self._job and self._job.over and self._job.reason not in _GONE)

    @Property(bool, notify=jobChanged)
    def uncertain(self) -> bool:
        """Whether nobody can tell if it came out."""
        return bool(self._job and self._job.phase == "unknown")

    @Property(str, notify=jobChanged)
    def heading(self) -> str:
        """Where the paper stands."""
        return self._heading

    @Property(str, notify=jobChanged)
    def reason(self) -> str:
        """Why it does not go on, and what to do; empty when all is well."""
        return self._reason

    @Property(str, notify=jobChanged)
    def place(self) -> str:
        """Where the file printer put the paper; empty for a real printer."""
        return self._place

    @Property(str, notify=jobChanged)
    def picture(self) -> str:
        """The paper that the file printer made, as a picture's address."""
        return self._picture

    @Slot(int)
    def follow(self, job_id: int) -> None:
        """Follow a job from here on; 0 follows none any more."""
        self._job_id, self._job, self._picture = job_id, None, ""
        self.worded()
        if not job_id:
            self._poll.stop()
            return
        self._poll.start()
        self._ask_state()

    @Slot()
    def printAgain(self) -> None:
        """Print it once more: a duplicate, or another try if it never came out."""
        asked = (self.session_id, self._job_id, self._purpose)
        self.ask(queue.print_again, *asked, then=self.follow)

    @Slot()
    def cancel(self) -> None:
        """Take it back, if it has not come out yet."""
        self.ask(_cancel, self.session_id, self._job_id, then=self._told)

    @Slot()
    def cameOut(self) -> None:
        """A person sees that a paper of which nobody knew is there."""
        self.ask(_came_out, self.session_id, self._job_id, then=self._told)

    def worded(self) -> None:
        """Say where it stands in the language on the screen."""
        job = self._job
        self._heading = self.text(heading_of(job) if job else "printing.phase_waiting")
        self._reason = self.text(detail_of(job)) if job and job.reason else ""
        self._place = self._file_place(job.file) if job and job.file else ""
        self.jobChanged.emit()

    def _file_place(self, file: str) -> str:
        """The file's name; the folder stands on the keeper's screen and in what `doctor` says."""
        return self.text("printing.file_place", unbroken_path(Path(file).name))

    def _ask_state(self) -> None:
        """Unlike `ask`, polling leaves the buttons alone."""
        self.shell.ask(queue.state, self._job_id, done=self._told, failed=self._refuse, owner=self)

    def _told(self, job: JobView) -> None:
        if job.job_id != self._job_id:
            return
        self._job = job
        if job.over:
            self._poll.stop()
        self.worded()
        if job.file and not self._picture:
            self.shell.ask(_picture, job.file, self._across, done=self._seen, owner=self)

    def _seen(self, address: str) -> None:
        self._picture = address
        self.jobChanged.emit()


def is_held(job: JobView) -> bool:
    """Whether a paper waits for somebody to see to the printer."""
    return job.phase in _ON_ITS_WAY and job.reason in _HELD


def heading_of(job: JobView) -> str:
    """The key of where a paper stands: what the printer says of itself goes first."""
    if is_held(job):
        return f"printing.held_{job.reason}"
    if job.saved:
        return "printing.saved"
    if job.reason == "called_off":
        return "printing.called_off"
    return f"printing.phase_{job.phase}"


def detail_of(job: JobView) -> str:
    """The key of why it stands there, or of what to do under a heading that says why."""
    return f"printing.then_{job.reason}" if is_held(job) else f"printing.reason_{job.reason}"


def _cancel(village: Village, session_id: str, job_id: int) -> JobView:
    queue.cancel(village, session_id, job_id)
    return queue.state(village, job_id)


def _came_out(village: Village, session_id: str, job_id: int) -> JobView:
    queue.came_out(village, session_id, job_id)
    return queue.state(village, job_id)


def _picture(_village: Village, file: str, across: int) -> str:
    """The paper's picture; empty when somebody took the file away."""
    try:
        return picture_of(Path(file).read_bytes(), across)
    except OSError:
        return ""
