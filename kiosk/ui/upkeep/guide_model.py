"""The keeper's guided tasks: a picture and a sentence a step, and something to try at the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk import __version__
from kiosk.core.errors import ExpectedError, KioskError
from kiosk.core.text import unbroken_path
from kiosk.services.upkeep import readiness, tasks
from kiosk.services.upkeep.backup import Backup
from kiosk.services.upkeep.check import moment_said
from kiosk.services.village import Village
from kiosk.ui.parts.drives import drives_thread
from kiosk.ui.parts.rows import ChoiceRow
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.upkeep"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True)
class Task:
    """A guided task: its tile's icon, how many steps it has, and what is tried at its end."""

    icon: str
    steps: int
    act: str = ""


TASKS: Mapping[str, Task] = {
    "slips": Task("receipt", 3, "test_slip"),
    "sheets": Task("file-text", 3, "test_sheet"),
    "test": Task("printer", 1, "test_both"),
    "stick": Task("copy", 4, "try_stick"),
    "touch": Task("hand-stop", 0),
    "sound": Task("volume", 1, "say"),
    "scanner": Task("scan", 1),
    "clock": Task("clock", 1, "set_clock"),
    "terminal": Task("replace", 3),
    "update": Task("arrow-big-up", 3),
}
"""In the order of their tiles; one without steps has a screen of its own."""


@QmlElement
class TasksModel(ViewModel):
    """View-model of TasksScreen: the tasks, and the readiness report."""

    shownChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choices: list[ChoiceRow] = []
        self._done: tuple[str, str] | None = None
        self._told = ""
        self._trying = False

    def worded(self) -> None:
        """Say the tiles, and what came of the report."""
        choices = [
            ChoiceRow(key=name, name=self.text(f"guide.{name}"), icon=task.icon, chosen=False)
            for name, task in TASKS.items()
        ]
        self._choices = self.renewed(self._choices, choices)
        self._told = self.text(*self._done) if self._done else ""
        self.shownChanged.emit()

    @Property(list, notify=shownChanged)
    def choices(self) -> list[ChoiceRow]:
        """A tile each."""
        return self._choices

    @Property(str, notify=shownChanged)
    def told(self) -> str:
        """What came of the report; empty before it was asked for."""
        return self._told

    @Property(bool, notify=shownChanged)
    def trying(self) -> bool:
        """Whether the report is being made."""
        return self._trying

    @Slot()
    def printReport(self) -> None:
        """Print it."""
        self._ask_report(readiness.print_report, self._printed)

    @Slot()
    def saveReport(self) -> None:
        """Write it to the stick that is in."""
        self._ask_report(readiness.save_report, self._saved)

    def _ask_report(self, function: Any, then: Any) -> None:
        if self._trying:
            return
        self.forgiveError()
        self._trying = True
        self.worded()
        asked = (function, self.session_id, self.shell.tongue)
        self.shell.ask_aside(*asked, done=then, failed=self._failed, owner=self)

    def _printed(self, reason: str) -> None:
        key = f"printing.reason_{reason}" if reason else "guide.report_printed"
        self._ended((key, ""))

    def _saved(self, name: str) -> None:
        self._ended(("guide.report_saved", name))

    def _failed(self, refusal: KioskError) -> None:
        self._trying = False
        self.worded()
        self._refuse(refusal)

    def _ended(self, told: tuple[str, str]) -> None:
        self._trying, self._done = False, told
        self.worded()


@QmlElement
class GuideModel(ViewModel):
    """View-model of GuideScreen."""

    shownChanged = Signal()
    taskChanged = Signal()
    asksWhether = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._task = ""
        self._step = 1
        self._answer: tuple[tuple[str, tuple[object, ...]], ...] = ()
        self._trying = False
        self._title = self._sentence = self._told = self._note = self._act_text = ""
        self._moment: datetime | None = None
        self._typed = ""
        self._packages: tuple[str, ...] = ()

    def started(self) -> None:
        """Look for a newer version on the sticks that are in, where that is the task."""
        if self._task == "update":
            setting = self.shell.settings.drives
            found = drives_thread(self.shell)
            found.run(tasks.packages_in, setting, done=self._found, owner=self)

    def worded(self) -> None:
        """Say the step in the language on the screen."""
        if not self._task:
            return
        act = TASKS[self._task].act
        self._title = self.text(f"guide.{self._task}")
        self._sentence = self.text(f"guide.step_{self._task}_{self._step}")
        self._act_text = self.text(f"guide.act_{act}") if act else ""
        self._told = "\n".join(self.text(key, *values) for key, values in self._answer)
        self._note = self._noted()
        self.shownChanged.emit()

    @Property(str, notify=taskChanged)
    def task(self) -> str:
        """Which of `TASKS`."""
        return self._task

    @task.setter  # type: ignore[no-redef]
    def task(self, task: str) -> None:
        self._task = task
        self.taskChanged.emit()

    @Property(str, notify=shownChanged)
    def title(self) -> str:
        """What is done."""
        return self._title

    @Property(str, notify=shownChanged)
    def sentence(self) -> str:
        """What to do in this step."""
        return self._sentence

    @Property(str, notify=shownChanged)
    def picture(self) -> str:
        """The name of its picture."""
        return f"{self._task}_{self._step}" if self._task else ""

    @Property(int, notify=shownChanged)
    def step(self) -> int:
        """The first is 1."""
        return self._step

    @Property(int, notify=shownChanged)
    def steps(self) -> int:
        """How many there are."""
        return TASKS[self._task].steps if self._task else 1

    @Property(str, notify=shownChanged)
    def actText(self) -> str:
        """What can be tried at the end; empty where there is nothing."""
        return self._act_text

    @Property(str, notify=shownChanged)
    def told(self) -> str:
        """What came of it."""
        return self._told

    @Property(str, notify=shownChanged)
    def note(self) -> str:
        """Which version is here, and where a newer one lies; empty for the other tasks."""
        return self._note

    @Property(str, notify=shownChanged)
    def moment(self) -> str:
        """To which moment the clock would be set."""
        return moment_said(self._moment, self.text) if self._moment else ""

    @Property(bool, notify=shownChanged)
    def trying(self) -> bool:
        """Whether something is being tried."""
        return self._trying

    @Slot(int)
    def turn(self, steps: int) -> None:
        """So many steps on, or back."""
        self._step = min(max(self._step + steps, 1), TASKS[self._task].steps)
        self._answer = ()
        self.forgiveError()
        self.worded()

    @Slot(str)
    def act(self, typed: str) -> None:
        """Try it: print, back up, or ask whether the typed moment is the right one."""
        act = TASKS[self._task].act
        if act == "set_clock":
            self._ask_whether(typed)
        elif act == "try_stick":
            self._try(tasks.try_stick, then=self._on_stick)
        elif act != "say":
            self._try(_test_prints, act, self.shell.tongue, then=self._printed)

    @Slot()
    def setClock(self) -> None:
        """Set it to the moment that was looked over. It signs out, whoever is signed in."""
        self.ask(tasks.set_clock, self.session_id, self._typed, then=self._clock_is_set)

    @Slot(str)
    def scanned(self, what: str) -> None:
        """Something was held to the scanner: ``card``, ``note``, ``key`` or ``nothing``."""
        if self._task == "scanner":
            self._say((f"guide.scanned_{what}", ()))

    def _ask_whether(self, typed: str) -> None:
        self.forgiveError()
        try:
            self._moment = tasks.moment_of(typed)
        except ExpectedError as refusal:
            self._refuse(refusal)
            return
        self._typed = typed
        self.worded()
        self.asksWhether.emit()

    def _clock_is_set(self, _answer: object) -> None:
        shell = self.shell
        shell.wipe()
        shell.hint_at("guide.clock_set")

    def _try(self, function: Any, *said: object, then: Any) -> None:
        if self._trying:
            return
        self.forgiveError()
        self._trying, self._answer = True, ()
        self.worded()
        asked = (function, self.session_id, *said)
        self.shell.ask_aside(*asked, done=then, failed=self._failed, owner=self)

    def _failed(self, refusal: KioskError) -> None:
        self._trying = False
        self.worded()
        self._refuse(refusal)

    def _on_stick(self, made: Backup) -> None:
        self._say(("guide.on_stick", (unbroken_path(str(made.second)),)))

    def _printed(self, reasons: tuple[tuple[str, str], ...]) -> None:
        told = []
        for tray, reason in reasons:
            told.append((f"guide.tried_{tray}", ()))
            told.append((f"printing.reason_{reason}" if reason else "guide.printed", ()))
        self._say(*told)

    def _say(self, *answer: tuple[str, tuple[object, ...]]) -> None:
        self._trying, self._answer = False, answer
        self.worded()

    def _found(self, packages: tuple[str, ...]) -> None:
        self._packages = packages
        self.worded()

    def _noted(self) -> str:
        if self._task != "update":
            return ""
        if self._packages:
            return self.text("guide.update_here", __version__, unbroken_path(self._packages[0]))
        return self.text("guide.version_here", __version__)


def _test_prints(
    village: Village, session_id: str, act: str, language: str
) -> tuple[tuple[str, str], ...]:
    """Each printer that the task is about, and why it did not print."""
    about: Mapping[str, tuple[readiness.Tray, ...]] = {
        "test_slip": ("slip",),
        "test_sheet": ("sign",),
        "test_both": ("sign", "slip"),
    }
    return tuple(
        (tray, readiness.test_print(village, session_id, tray, language)) for tray in about[act]
    )
