"""The desk: what waits for an officer, and whether the printers are well."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.clock import village_day
from kiosk.core.days import said_short_day
from kiosk.core.ids import new_touch_id
from kiosk.services.cases import decide, second_review
from kiosk.services.cases.second_review import SecondReadingLine
from kiosk.services.cases.views.officer_view import QueueLine
from kiosk.services.printing import queue as printing_queue
from kiosk.services.printing.queue import JobView
from kiosk.services.village import Village
from kiosk.ui.cases.desk.rows import AgainRow, QueueRow
from kiosk.ui.cases.desk.wording import said_due
from kiosk.ui.parts.wording import in_a_row, said_title
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.cases.desk"
QML_IMPORT_MAJOR_VERSION = 1

LOOK_MS = 5000
"""How often the printers are looked at."""
_OF_THE_DESK = ("slip", "door_sign")
"""Papers that somebody at the desk waits for; how the printers are is the keeper's to see."""


@QmlElement
class DeskModel(ViewModel):
    """View-model of DeskScreen."""

    queueChanged = Signal()
    printingChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: tuple[QueueLine, ...] | None = None
        self._rows: list[QueueRow] = []
        self._mine = ""
        self._to_read: tuple[SecondReadingLine, ...] = ()
        self._again: list[AgainRow] = []
        self._papers: tuple[JobView, ...] = ()
        self._trouble = self._waiting = ""
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._look_at_papers)

    @Property(bool, notify=queueChanged)
    def there(self) -> bool:
        """Whether the queue was fetched."""
        return self._queue is not None

    @Property(list, notify=queueChanged)
    def rows(self) -> list[QueueRow]:
        """One's own first."""
        return self._rows

    @Property(str, notify=queueChanged)
    def mine(self) -> str:
        """How many of them are this officer's to decide."""
        return self._mine

    @Property(list, notify=queueChanged)
    def again(self) -> list[AgainRow]:
        """Deeds that a second reader looks at, oldest first."""
        return self._again

    @Property(bool, notify=queueChanged)
    def decides(self) -> bool:
        """Whether this official decides cases."""
        return self._holds("officer")

    @Property(bool, notify=queueChanged)
    def printsSigns(self) -> bool:
        """Whether this official prints door signs."""
        return self._holds("officer") or self._holds("clerk")

    @Property(str, notify=printingChanged)
    def printTrouble(self) -> str:
        """Why a paper does not come out, and what to do; empty when all is well."""
        return self._trouble

    @Property(str, notify=printingChanged)
    def papersWaiting(self) -> str:
        """How many papers are on their way; empty when there are none."""
        return self._waiting

    @Slot(int)
    def comeBack(self, case_id: int) -> None:
        """Take back that one stepped aside."""
        self.ask(_come_back, self.session_id, case_id, new_touch_id(), then=self._show)

    def started(self) -> None:
        """Fetch the queue; follow the printers."""
        if not self.shell.session or not self.shell.session.roles:
            return
        if self.decides:
            self.ask(decide.queue, self.session_id, then=self._show)
        self._look.start()
        self._look_at_papers()

    def worded(self) -> None:
        """Say the queue and the printers in the language on the screen."""
        queue = self._queue or ()
        self._rows = self.renewed(self._rows, [self._row(line) for line in queue])
        again = [self._again_row(line) for line in self._to_read]
        self._again = self.renewed(self._again, again)
        mine = sum(line.mine_to_decide for line in queue)
        self._mine = self.text("desk_screen.mine" if mine else "desk_screen.none_mine", mine)
        self.queueChanged.emit()
        self._word_papers()

    def _show(self, queue: tuple[QueueLine, ...]) -> None:
        self._queue = queue
        self.worded()
        given = (second_review.waiting, self.session_id)
        self.shell.ask(*given, done=self._show_to_read, failed=self._refuse, owner=self)

    def _show_to_read(self, lines: tuple[SecondReadingLine, ...]) -> None:
        self._to_read = lines
        self.worded()

    def _again_row(self, line: SecondReadingLine) -> AgainRow:
        day = said_short_day(self.text, line.happened_on)
        return AgainRow(
            caseId=line.case_id,
            title=said_title(self.shell.tongue, line),
            reference=line.reference,
            why=in_a_row((day, self.text(line.note_key))),
        )

    def _row(self, line: QueueLine) -> QueueRow:
        came = said_short_day(self.text, village_day(line.submitted_at))
        state = self.text(f"reports.state_{line.state}") if line.state != "submitted" else ""
        standing = (self.text("desk_screen.came", came), state, said_due(self.text, line))
        return QueueRow(
            caseId=line.case_id,
            title=said_title(self.shell.tongue, line),
            reference=line.reference,
            points=line.points,
            state=in_a_row(standing),
            mine=line.mine_to_decide,
            why=self.text(f"desk.why_{line.why_not}") if line.why_not else "",
            back=line.may_return,
            opens=line.opens,
        )

    def _holds(self, role: str) -> bool:
        session = self._kiosk.session if self._kiosk else None
        return session is not None and role in session.roles

    def _look_at_papers(self) -> None:
        """Unlike `ask`, this leaves the buttons alone."""
        self.shell.ask(printing_queue.jobs, done=self._show_papers, failed=self._refuse, owner=self)

    def _show_papers(self, papers: tuple[JobView, ...]) -> None:
        self._papers = papers
        self._word_papers()

    def _word_papers(self) -> None:
        mine = [job for job in self._papers if job.paper in _OF_THE_DESK]
        waiting = [job for job in mine if not job.over]
        newest = mine[:1]
        stuck = [job for job in waiting if job.reason]
        stuck += [job for job in newest if job.phase in ("failed", "unknown")]
        self._trouble = self._trouble_words(stuck[0]) if stuck else ""
        self._waiting = self.text("desk_screen.papers", len(waiting)) if waiting else ""
        self.printingChanged.emit()

    def _trouble_words(self, job: JobView) -> str:
        paper = self.text(f"printing.paper_{job.paper}", job.reference)
        said = f"printing.reason_{job.reason}" if job.reason else f"printing.phase_{job.phase}"
        return self.text("desk_screen.paper_trouble", paper, self.text(said))


def _come_back(
    village: Village, session_id: str, case_id: int, touch: str
) -> tuple[QueueLine, ...]:
    decide.come_back(village, session_id, case_id, touch)
    return decide.queue(village, session_id)
