"""One's data: a copy, a correction, a pause, and leaving."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.clock import village_day
from kiosk.core.days import said_birth, said_day
from kiosk.core.errors import KioskError
from kiosk.core.ids import new_touch_id
from kiosk.services.consent import pauses
from kiosk.services.my_data import copies, erasure
from kiosk.services.my_data import corrections as right_corrections
from kiosk.services.my_data.copies import OnDrive
from kiosk.services.my_data.corrections import CorrectionLine, OwnEntry
from kiosk.services.my_data.erasure import Wish
from kiosk.services.village import Village
from kiosk.ui.parts.wording import in_a_row
from kiosk.ui.shell.row import Row
from kiosk.ui.shell.view_model import ViewModel, followed_by

QML_IMPORT_NAME = "kiosk.ui.my_data"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True)
class OwnStanding:
    """A pause or a wish to leave, what the register holds, and what they asked to correct."""

    paused: datetime | None = None
    wish: Wish | None = None
    entry: OwnEntry | None = None
    corrections: tuple[CorrectionLine, ...] = ()


@QmlElement
class WhatRow(Row):
    """What can be written down wrongly, and what is held now."""

    key: str
    text: str
    held: str


@QmlElement
class AskedRow(Row):
    """A correction that was asked for."""

    text: str
    state: str
    words: str
    detail: str


@QmlElement
class MyDataModel(ViewModel):
    """View-model of MyDataScreen."""

    standingChanged = Signal()
    doneChanged = Signal()
    copyChanged = Signal()
    asked = Signal()
    left = Signal()
    queued = Signal(int, arguments=["job"])

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._standing = OwnStanding()
        self._corrections: list[AskedRow] = []
        self._whats: list[WhatRow] = []
        self._done = self._slip = self._slip_until = self._said_written = self._leaving_until = ""
        self._until: date | None = None
        self._written: OnDrive | None = None
        self._touches: dict[str, str] = {}

    def started(self) -> None:
        """Ask where things stand."""
        if self.shell.session:
            self.ask(_standing, self.session_id, then=self._show)

    def worded(self) -> None:
        """Say it in the language on the screen."""
        entry = self._standing.entry
        whats = [
            WhatRow(
                key=each,
                text=self.text(f"my_data.{each}"),
                held=self._held(entry, each) if entry else "",
            )
            for each in right_corrections.CORRECTABLE
        ]
        self._whats = self.renewed(self._whats, whats)
        asked = [self._row(each) for each in self._standing.corrections]
        self._corrections = self.renewed(self._corrections, asked)
        wish, until, written = self._standing.wish, self._until, self._written
        self._leaving_until = said_day(self.text, wish.last_day) if wish else ""
        self._slip_until = (
            self.text("my_data.slip_until", said_day(self.text, until)) if until else ""
        )
        self._said_written = self._said_drive(written) if written else ""
        self.standingChanged.emit()
        self.doneChanged.emit()
        self.copyChanged.emit()

    @Property(bool, notify=standingChanged)
    def paused(self) -> bool:
        """Whether the person takes a rest."""
        return self._standing.paused is not None

    @Property(str, notify=standingChanged)
    def leavingUntil(self) -> str:
        """Until when a wish to leave can be taken back; empty where none stands."""
        return self._leaving_until

    @Property(list, notify=standingChanged)
    def corrections(self) -> list[AskedRow]:
        """What was asked for."""
        return self._corrections

    @Property(list, notify=standingChanged)
    def whats(self) -> list[WhatRow]:
        """What can be written down wrongly."""
        return self._whats

    @Property(str, notify=doneChanged)
    def done(self) -> str:
        """What was done just now; empty when nothing was."""
        return self.text(f"my_data.{self._done}") if self._done else ""

    @Property(str, notify=copyChanged)
    def slipUntil(self) -> str:
        """How long the slip that was held to the scanner is good; empty before."""
        return self._slip_until

    @Property(str, notify=copyChanged)
    def written(self) -> str:
        """What is on the drive now; empty before."""
        return self._said_written

    @Slot()
    def printCopy(self) -> None:
        """Everything about the person, on paper."""
        chosen = (self._touch("print_copy"), self.shell.tongue)
        self.ask(copies.print_copy, self.session_id, *chosen, then=self._on_its_way("print_copy"))

    @Slot()
    def printSlip(self) -> None:
        """The slip that fetches the copy onto a drive."""
        chosen = (self._touch("print_slip"), self.shell.tongue)
        self.ask(copies.print_slip, self.session_id, *chosen, then=self._on_its_way("print_slip"))

    @Slot(str)
    def takeSlip(self, note: str) -> None:
        """A slip was held to the scanner, maybe before this screen was there."""
        self._slip = note
        self._ask_slip()

    @Slot()
    def writeToDrive(self) -> None:
        """Two files, to read and for other programs."""
        question = (self.session_id, self._slip, self.shell.tongue)
        self.ask(copies.copy_onto_drive, *question, then=self._on_the_drive)

    @Slot()
    def leaveCopy(self) -> None:
        """The slip is put aside, and so is the sentence of what went wrong."""
        self._slip, self._until, self._written = "", None, None
        self.forgiveError()
        self.worded()

    @Slot()
    def pause(self) -> None:
        """Take a rest."""
        self._do(pauses.pause, done="paused", act="pause")

    @Slot()
    def resume(self) -> None:
        """Come back."""
        self._do(pauses.resume, done="resumed", act="resume")

    @Slot(str, str)
    def correct(self, what: str, words: str) -> None:
        """Something is written down wrongly."""
        said = (what, words, self._touch("correct"))
        correct = followed_by(right_corrections.ask_correction, _standing)
        self.ask(correct, self.session_id, *said, then=self._corrected)

    @Slot()
    def leave(self) -> None:
        """Ask to leave for good."""
        leave = followed_by(erasure.ask, _standing)
        self.ask(leave, self.session_id, self._touch("leave"), then=self._leaving)

    def _do(self, function: Callable[..., object], *, done: str, act: str) -> None:
        asked = (followed_by(function, _standing), self.session_id, self._touch(act))
        self.ask(*asked, then=self._say(done, act))

    def _touch(self, act: str) -> str:
        """The id of this act, kept until it was answered, so that a retry books it once."""
        return self._touches.setdefault(act, new_touch_id())

    def _show(self, standing: OwnStanding) -> None:
        self._standing = standing
        self.worded()
        if self._slip and self._until is None:
            self._ask_slip()

    def _ask_slip(self) -> None:
        self.ask(
            copies.check_slip,
            self.session_id,
            self._slip,
            then=self._taken,
            refused=self._not_taken,
        )

    def _not_taken(self, _refusal: KioskError) -> None:
        self._slip = ""

    def _say(self, done: str, act: str) -> Any:
        def show(standing: OwnStanding) -> None:
            self._touches.pop(act, None)
            self._done = done
            self._show(standing)

        return show

    def _on_its_way(self, act: str) -> Any:
        def follow(job: int) -> None:
            self._touches.pop(act, None)
            self.queued.emit(job)

        return follow

    def _taken(self, until: date) -> None:
        self._until, self._written = until, None
        self.worded()

    def _on_the_drive(self, written: OnDrive) -> None:
        self._written = written
        self.worded()

    def _corrected(self, standing: OwnStanding) -> None:
        self._say("corrected", "correct")(standing)
        self.asked.emit()

    def _leaving(self, standing: OwnStanding) -> None:
        self._say("", "leave")(standing)
        self.left.emit()

    def _row(self, line: CorrectionLine) -> AskedRow:
        asked = said_day(self.text, village_day(line.asked_at))
        reason = self.text(f"rights.decline_{line.reason}") if line.reason else ""
        return AskedRow(
            text=self.text(f"my_data.{line.what}"),
            state=self.text(f"my_data.correction_{line.state}"),
            words=self.text("my_data.asked_words", line.words),
            detail=in_a_row((asked, reason, line.sentence)),
        )

    def _held(self, entry: OwnEntry, what: str) -> str:
        """What stands there now, in words; that nothing does, if so."""
        if what == "other":
            return self.text("my_data.other_detail")
        if what == "house":
            return self._said_house(entry)
        if what == "born_on" and entry.born_on:
            return said_birth(self.text, entry.born_on)
        held = {"name": entry.name, "phone": entry.phone}.get(what, "")
        return held or self.text("my_data.held_nothing")

    def _said_house(self, entry: OwnEntry) -> str:
        house = entry.house.words(self.shell.tongue)
        premises = self.text(f"signs.premises_{entry.premises}")
        relation = self.text("my_data.relation", entry.relation) if entry.relation else ""
        return in_a_row((house, premises, relation))

    def _said_drive(self, written: OnDrive) -> str:
        files = self.text("my_data.files", *written.files)
        return self.text("my_data.on_drive", written.label, files) if written.label else files


def _standing(village: Village, session_id: str) -> OwnStanding:
    return OwnStanding(
        pauses.paused(village, session_id),
        erasure.wish(village, session_id),
        right_corrections.own_entry(village, session_id),
        right_corrections.my_corrections(village, session_id),
    )
