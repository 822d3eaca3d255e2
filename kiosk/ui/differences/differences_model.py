"""The yearly register: read from a stick, and decided on beside what the village has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.catalogue import CHINESE
from kiosk.core.clock import village_day
from kiosk.core.errors import KioskError
from kiosk.core.ids import new_touch_id
from kiosk.services.differences import deciding, pages, reading
from kiosk.services.differences.deciding import Decision, Outcome
from kiosk.services.differences.pages import DifferenceLine, DifferencePage, Overview
from kiosk.services.differences.reading import Read
from kiosk.services.on_stick import OnStick
from kiosk.services.register import exporting
from kiosk.services.register.exporting import Exported
from kiosk.services.register.importing.differences import KINDS, Kind
from kiosk.ui.differences.rows import DifferingRow, SideRow
from kiosk.ui.differences.said import Said
from kiosk.ui.parts.drives import LOOK_MS, drives_thread
from kiosk.ui.parts.rows import ChoiceRow
from kiosk.ui.parts.staged import PAGE, StagedModel
from kiosk.ui.shell.runner import Runner

QML_IMPORT_NAME = "kiosk.ui.differences"
QML_IMPORT_MAJOR_VERSION = 1

FILES, PURPOSE, LIST, ONE, SURE, DONE = "files", "purpose", "list", "one", "sure", "done"
TAKE, FORM, TAKEN = "take", "form", "taken"
_BACK = {PURPOSE: FILES, ONE: LIST, SURE: LIST, FORM: TAKE}
_TOLD_MS = 250


@dataclass
class Progress:
    """How far the work is: written by the thread that works, and looked at by the screen."""

    done: int = 0
    of: int = 0

    def __call__(self, done: int, of: int) -> None:
        """So many are done; `of` is 0 where nobody knows how many there are."""
        self.done, self.of = done, of


@QmlElement
class DifferencesModel(StagedModel):
    """View-model of DifferencesScreen: nothing is carried out before it was told."""

    shownChanged = Signal()
    progressChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._overview: Overview | None = None
        self._found: tuple[OnStick, ...] = ()
        self._seen: tuple[Any, ...] | None = None
        self._looking = False
        self._chosen: OnStick | None = None
        self._kind: Kind = KINDS[0]
        self._lines: list[DifferenceLine] = []
        self._more = False
        self._page: DifferencePage | None = None
        self._deciding: tuple[tuple[int, ...], Decision] = ((), "accept")
        self._outcome: Outcome | None = None
        self._purpose = self._touch = ""
        self._exported: Exported | None = None
        self._rows: list[DifferingRow] = []
        self._sides: list[SideRow] = []
        self._choices: list[ChoiceRow] = []
        self._sentences: list[str] = []
        self._summary = ""
        self._progress = Progress()
        self._reader: Runner | None = None
        self._clock = QTimer(self, interval=_TOLD_MS)
        self._clock.timeout.connect(self.progressChanged)
        self._sticks = QTimer(self, interval=LOOK_MS)
        self._sticks.timeout.connect(self._look)
        self.busyChanged.connect(self._working)

    def started(self) -> None:
        """Ask what waits."""
        self._reader = drives_thread(self.shell)
        if self.shell.session and self.shell.session.roles:
            self.ask(pages.overview, self.session_id, then=self._show_overview)

    def worded(self) -> None:
        """Say everything in the language on the screen."""
        said = Said(self.text, self.shell.tongue, self.shell)
        self._rows = self.renewed(self._rows, self._said_rows(said))
        sides = [said.side(each) for each in self._page.sides] if self._page else []
        self._sides = self.renewed(self._sides, sides)
        self._choices = self.renewed(self._choices, self._said_choices())
        self._summary = self._said_summary(said)
        self._sentences = []
        if self._outcome is not None and self._stage in (SURE, DONE):
            self._sentences = list(said.outcome(self._outcome, done=self._stage == DONE))
        self.shownChanged.emit()

    # --- What is shown

    @Property(list, notify=shownChanged)
    def rows(self) -> list[DifferingRow]:
        """Kinds with their counts, files on a stick, or people of a kind."""
        return self._rows

    @Property(list, notify=shownChanged)
    def sides(self) -> list[SideRow]:
        """Both sides of one difference."""
        return self._sides

    @Property(int, notify=shownChanged)
    def householdId(self) -> int:
        """The household of whom it is about, to be opened at the desk; 0 where there is none."""
        return self._page.household if self._page else 0

    @Property(list, notify=shownChanged)
    def choices(self) -> list[ChoiceRow]:
        """What there is to choose from in this step."""
        return self._choices

    @Property(list, notify=shownChanged)
    def sentences(self) -> list[str]:
        """What would come of it, or came of it."""
        return self._sentences

    @Property(str, notify=shownChanged)
    def summary(self) -> str:
        """Which file it is; who it is about; what was written."""
        return self._summary

    @Property(str, notify=shownChanged)
    def kind(self) -> str:
        """What the list is of, in a few words."""
        return self.text(f"differences.kind_{self._kind}") if self._kiosk else ""

    @Property(str, notify=shownChanged)
    def kindKey(self) -> str:
        """The kind of what is shown."""
        return self._kind

    @Property(str, notify=shownChanged)
    def notTaken(self) -> str:
        """How many lines of the register were not taken; empty for none."""
        count = self._overview.refused if self._overview else 0
        return self.text("differences.refused_open", count) if count else ""

    @Property(bool, notify=shownChanged)
    def waits(self) -> bool:
        """Whether a register was read, and not put aside."""
        return self._overview is not None

    @Property(bool, notify=shownChanged)
    def inBlocks(self) -> bool:
        """Whether all of this kind can be accepted at once."""
        return self._kind in deciding.IN_BLOCKS and len(self._lines) > 1

    @Property(bool, notify=shownChanged)
    def more(self) -> bool:
        """Whether there are more than are shown."""
        return self._more

    @Property(bool, notify=shownChanged)
    def possible(self) -> bool:
        """Whether anything of what would come of it can be done."""
        told = self._outcome
        return told is not None and any(
            count for name, count in vars(told).items() if name != "not_done"
        )

    @Property(bool, notify=shownChanged)
    def hasPerson(self) -> bool:
        """Whether somebody of the village is on the other side."""
        return self._page is not None and any(each.here for each in self._page.sides)

    @Property(str, notify=progressChanged)
    def progress(self) -> str:
        """How far the work is."""
        far = self._progress
        if far.done == 0 or self._kiosk is None:
            return self.text("shell.wait") if self._kiosk else ""
        if far.of:
            return self.text("differences.far_of", far.done, far.of)
        return self.text("differences.far", far.done)

    # --- What is done

    @Slot(str)
    def choose(self, key: str) -> None:
        """A kind, a file, somebody, a purpose, or a form, as the step has them."""
        if self._stage == PAGE:
            self._kind = next(each for each in KINDS if each == key)
            self._ask_list()
        elif self._stage == FILES:
            self._chosen = self._found[int(key)]
            self._go(PURPOSE)
        elif self._stage == PURPOSE:
            self._read(key)
        elif self._stage == LIST:
            self.ask(pages.open_one, self.session_id, int(key), then=self._show_one)
        elif self._stage == TAKE:
            self._purpose = key
            self._go(FORM)
        elif self._stage == FORM:
            self._take(key)

    @Slot()
    def findFile(self) -> None:
        """Which files there are on a stick."""
        self._seen, self._found = None, ()
        self._go(FILES)
        self._look()
        self._sticks.start()

    @Slot()
    def takeAlong(self) -> None:
        """A register for the office, onto a stick."""
        self._touch = new_touch_id()
        self._go(TAKE)

    @Slot()
    def showMore(self) -> None:
        """The next of a kind."""
        after = self._lines[-1].difference_id
        asked = (self.session_id, self._kind, after)
        self.ask(pages.page, *asked, then=lambda found: self._show_list(found, behind=True))

    @Slot()
    def acceptAll(self) -> None:
        """All of a kind: what would come of it is told first."""
        asked = (self.session_id, self._kind)
        self.ask(deciding.all_of, *asked, then=lambda found: self._rehearse(found, "accept"))

    @Slot(str)
    def decide(self, decision: str) -> None:
        """On the one that is open: what would come of it is told first."""
        if self._page is not None:
            chosen = (self._page.line.difference_id,)
            wanted: Decision = "leave" if decision == "leave" else "accept"
            self._rehearse(chosen, "other" if decision == "other" else wanted)

    @Slot()
    def carryOut(self) -> None:
        """As it was told."""
        asked = (self.session_id, *self._deciding, self._touch, self._fresh())
        self.ask(deciding.decide, *asked, then=self._show_done)

    @Slot()
    def putAside(self) -> None:
        """The comparison is over."""
        asked = (self.session_id, new_touch_id())
        self.ask(reading.put_aside, *asked, then=lambda _: self.started())

    @Slot()
    def back(self) -> None:
        """One step back; from what is done to what still waits."""
        self._sticks.stop()
        self._outcome = None
        if self._stage == SURE and self._page is not None:
            self._go(ONE)
            return
        self._page = None
        if self._stage == DONE and self._lines and self._deciding[0]:
            self._ask_list()
            return
        self._go(_BACK.get(self._stage, PAGE))
        if self._stage == PAGE:
            self.started()
        elif self._stage == FILES:
            self.findFile()

    # --- How it goes on

    def _working(self) -> None:
        if self.busy:
            self._clock.start()
        else:
            self._clock.stop()
            self._progress = Progress()
            self.progressChanged.emit()

    def _fresh(self) -> Progress:
        self._progress = Progress()
        return self._progress

    def _look(self) -> None:
        if self._looking or self._reader is None or self._stage != FILES:
            return
        self._looking = True
        setting = self.shell.settings.drives
        self._on_drives(reading.sticks_in, setting, done=self._looked)

    def _looked(self, seen: tuple[Any, ...]) -> None:
        self._looking = False
        if seen != self._seen:
            self._seen = seen
            self._on_drives(reading.on_sticks, self.shell.settings.drives, done=self._show_files)

    def _on_drives(
        self, function: Callable[..., Any], *said: object, done: Callable[[Any], None]
    ) -> None:
        if self._reader is not None:
            self._reader.run(function, *said, done=done, failed=self._no_drive, owner=self)

    def _no_drive(self, refusal: KioskError) -> None:
        self._looking = False
        self._set_asked([])
        self._refuse(refusal)

    def _show_files(self, found: tuple[OnStick, ...]) -> None:
        self._found = found
        self.worded()

    def _read(self, purpose: str) -> None:
        if self._reader is None or self._chosen is None or self.busy:
            return
        self._sticks.stop()
        self.forgiveError()
        self._purpose = purpose
        today, name = village_day(self.shell.clock.now()), self.shell.settings.name[CHINESE]
        said = (self._chosen, today, name, self._fresh())
        ticket = self._reader.run(
            reading.read, *said, done=self._keep, failed=self._no_drive, owner=self
        )
        self._set_asked([ticket])

    def _keep(self, found: Read) -> None:
        self._set_asked([])
        asked = (self.session_id, found, self._purpose, new_touch_id(), self._fresh())
        self.ask(reading.keep, *asked, then=self._kept)

    def _kept(self, _count: int) -> None:
        self._go(PAGE)
        self.started()

    def _show_overview(self, found: Overview | None) -> None:
        self._overview = found
        self.worded()

    def _ask_list(self) -> None:
        asked = (self.session_id, self._kind)
        self.ask(pages.page, *asked, then=lambda found: self._show_list(found, behind=False))

    def _show_list(self, found: tuple[DifferenceLine, ...], *, behind: bool) -> None:
        self._lines = [*(self._lines if behind else ()), *found]
        self._more = len(found) == pages.PAGE
        self._page = None
        if not self._lines:
            self._go(PAGE)
            self.started()
        elif behind:
            self.worded()
        else:
            self._go(LIST)

    def _show_one(self, page: DifferencePage) -> None:
        self._page = page
        self._go(ONE)

    def _rehearse(self, chosen: tuple[int, ...], decision: Decision) -> None:
        self._deciding, self._touch = (chosen, decision), new_touch_id()
        asked = (self.session_id, chosen, decision)
        self.ask(deciding.rehearse, *asked, then=self._show_sure)

    def _show_sure(self, outcome: Outcome) -> None:
        self._outcome = outcome
        self._go(SURE)

    def _show_done(self, outcome: Outcome) -> None:
        self._outcome, self._page = outcome, None
        self._go(DONE)

    def _take(self, form: str) -> None:
        asked = (self.session_id, self._purpose, form, self._touch, self._fresh())
        self.ask(exporting.export, *asked, then=self._show_taken)

    def _show_taken(self, exported: Exported) -> None:
        self._exported = exported
        self._go(TAKEN)

    # --- How it is said

    def _said_rows(self, said: Said) -> list[DifferingRow]:
        if self._stage == PAGE and self._overview is not None:
            return [said.kind(kind, count) for kind, count in self._overview.counts]
        if self._stage == FILES:
            return [said.file(place, each) for place, each in enumerate(self._found)]
        return [said.line(each) for each in self._lines] if self._stage == LIST else []

    def _said_choices(self) -> list[ChoiceRow]:
        purposes = {PURPOSE: reading.PURPOSES, TAKE: exporting.PURPOSES}.get(self._stage, ())
        if self._stage == FORM:
            return [
                ChoiceRow(key=each, name=self.text(f"differences.form_{each}"))
                for each in exporting.FORMS
            ]
        return [ChoiceRow(key=each, name=self.text(f"access.purpose_{each}")) for each in purposes]

    def _said_summary(self, said: Said) -> str:
        if self._stage == TAKEN and self._exported is not None:
            told = self._exported
            return self.text("differences.taken", told.people, told.file)
        if self._stage == ONE and self._page is not None:
            return said.line(self._page.line).text
        return said.summary(self._overview) if self._overview is not None else ""
