"""The papers of this terminal: where each stands, and one more try."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.ui.shell.view_model import ViewModel

if TYPE_CHECKING:
    from kiosk.services.printing import JobView
    from kiosk.services.village import Village

QML_IMPORT_NAME = "kiosk.ui.staff"
QML_IMPORT_MAJOR_VERSION = 1

LOOK_MS = 2000
_TONES = {"done": "tea", "failed": "care", "unknown": "care"}
_ICONS = {"done": "circle-check", "failed": "alert-circle", "unknown": "help-circle"}


@QmlElement
class PapersModel(ViewModel):
    """View-model of PapersScreen. It looks every other second."""

    papersChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: tuple[JobView, ...] = ()
        self._there = False
        self._papers: list[dict[str, Any]] = []
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._ask_jobs)

    def started(self) -> None:
        """Ask for the papers, and go on asking."""
        if self.shell.session and self.shell.session.roles:
            self._look.start()
            self._ask_jobs()

    def worded(self) -> None:
        """Say where each paper stands in the language on the screen."""
        self._papers = [self._row(each) for each in self._jobs]
        self.papersChanged.emit()

    @Property(list, notify=papersChanged)
    def papers(self) -> list[dict[str, Any]]:
        """``job``, ``title``, ``state``, ``reason``, ``icon``, ``tone``, ``again``, ``seen``."""
        return self._papers

    @Property(bool, notify=papersChanged)
    def there(self) -> bool:
        """Whether the queue was read."""
        return self._there

    @Slot(int)
    def printAgain(self, job_id: int) -> None:
        """Try a paper again, or print one more, which says DUPLICATE."""
        self.ask(_print_again, self.session_id, job_id, then=self._show)

    @Slot(int)
    def cameOut(self, job_id: int) -> None:
        """A person sees that the paper is there."""
        self.ask(_came_out, self.session_id, job_id, then=self._show)

    def _ask_jobs(self) -> None:
        """Unlike `ask`, looking leaves the buttons alone."""
        self.shell.ask(_jobs, done=self._show, failed=self._refuse, owner=self)

    def _show(self, jobs: tuple[JobView, ...]) -> None:
        changed = not self._there or jobs != self._jobs
        self._there, self._jobs = True, jobs
        if changed:
            self.worded()

    def _row(self, job: JobView) -> dict[str, Any]:
        return {
            "job": job.job_id,
            "title": self.text(f"printing.paper_{job.paper}", job.reference),
            "state": self._state(job),
            "reason": self.text(f"printing.reason_{job.reason}") if job.reason else "",
            "icon": _ICONS.get(job.phase, "printer"),
            "tone": _TONES.get(job.phase, "voice"),
            "again": job.over
            and job.paper != "data_copy"
            and job.reason not in ("erased", "card_not_kept"),
            "seen": job.phase == "unknown",
        }

    def _state(self, job: JobView) -> str:
        saved = job.file and job.phase == "done"
        return self.text("printing.saved" if saved else f"printing.phase_{job.phase}")


def _jobs(village: Village) -> tuple[JobView, ...]:
    from kiosk.services import printing

    return printing.jobs(village)


def _print_again(village: Village, session_id: str, job_id: int) -> tuple[JobView, ...]:
    from kiosk.services import printing

    printing.print_again(village, session_id, job_id)
    return printing.jobs(village)


def _came_out(village: Village, session_id: str, job_id: int) -> tuple[JobView, ...]:
    from kiosk.services import printing

    printing.came_out(village, session_id, job_id)
    return printing.jobs(village)
