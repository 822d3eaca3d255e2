"""The village stands: cards, the recovery sheet, a backup, the register, and then the doors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.clock import VILLAGE_ZONE
from kiosk.core.days import said_short_moment
from kiosk.core.errors import KioskError
from kiosk.services.differences import reading, refused
from kiosk.services.on_stick import OnStick
from kiosk.services.upkeep import founding_left
from kiosk.services.upkeep.founding_left import FirstBackup, Found, Left, Saved
from kiosk.ui.parts.drives import LOOK_MS, drives_thread
from kiosk.ui.parts.staged import StagedModel
from kiosk.ui.shell.runner import Runner, Ticket
from kiosk.ui.upkeep.founding_rows import StickRow

QML_IMPORT_NAME = "kiosk.ui.upkeep"
QML_IMPORT_MAJOR_VERSION = 1

WAIT, CARDS, SHEET, BACKUP, REGISTER = "wait", "cards", "sheet", "backup", "register"
SEEN, OVER = "seen", "over"
_PLACES = {WAIT: 0, CARDS: 0, SHEET: 1, BACKUP: 2, REGISTER: 3, SEEN: 3, OVER: 4}
_SHOWN = 8
"""Refused lines that are shown; the desk has all of them when it reads the file."""


@QmlElement
class FoundedModel(StagedModel):
    """View-model of FoundedScreen: one step after the other, none of which can be undone."""

    shownChanged = Signal()
    keyRead = Signal(str, arguments=["key"])

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent, WAIT)
        self._left: Left | None = None
        self._told: tuple[tuple[str, tuple[object, ...]], ...] = ()
        self._warned = False
        self._files: tuple[OnStick, ...] = ()
        self._found: Found | None = None
        self._rows: list[StickRow] = []
        self._sentences: list[str] = []
        self._typed = ""
        self._looking = False
        self._drives: Runner | None = None
        self._sticks = QTimer(self, interval=LOOK_MS)
        self._sticks.timeout.connect(self._look)

    def started(self) -> None:
        """Ask how far it is."""
        self._drives = drives_thread(self.shell)
        self.ask(founding_left.left, then=self._show)

    def worded(self) -> None:
        """Say everything in the language on the screen."""
        self._rows = self.renewed(self._rows, [self._row(each) for each in self._files])
        said = [self.text(key, *values) for key, values in self._told]
        if self._stage == SEEN and self._found is not None:
            said = self._said_register(self._found)
        self._sentences = said
        self.shownChanged.emit()

    # --- What is shown

    @Property(int, notify=shownChanged)
    def place(self) -> int:
        """Which of the five steps it is."""
        return _PLACES[self._stage]

    @Property(str, notify=shownChanged)
    def village(self) -> str:
        """The village's name."""
        return self._left.village.said(self.shell.tongue) if self._left else ""

    @Property(bool, notify=shownChanged)
    def prints(self) -> bool:
        """Whether there is a printer for sheets."""
        return bool(self._left and self._left.printer)

    @Property(bool, notify=shownChanged)
    def out(self) -> bool:
        """Whether the officials' sheets left this machine."""
        return bool(self._left and self._left.out)

    @Property(bool, notify=shownChanged)
    def warned(self) -> bool:
        """Whether what is told went wrong."""
        return self._warned

    @Property(list, notify=shownChanged)
    def rows(self) -> list[StickRow]:
        """The registers on the sticks that are in."""
        return self._rows

    @Property(list, notify=shownChanged)
    def sentences(self) -> list[str]:
        """What came of the last touch; what a register says."""
        return self._sentences

    # --- What is done

    @Slot()
    def print(self) -> None:
        """Print what the step is about, on the thread of what takes long."""
        if self._stage == CARDS:
            self._aside(founding_left.print_cards, then=self._printed)
        else:
            self._aside(founding_left.print_recovery, self.shell.tongue, then=self._printed)

    @Slot()
    def save(self) -> None:
        """Write it onto the stick that is in, to be printed elsewhere."""
        if self._stage == CARDS:
            self.ask(founding_left.save_cards, then=self._saved)
        else:
            self.ask(founding_left.save_recovery, self.shell.tongue, then=self._saved)

    @Slot()
    def handedOver(self) -> None:
        """Every official holds their card and their letter."""
        self.ask(founding_left.cards_are_handed_over, then=self._show)

    @Slot(str)
    def type(self, typed: str) -> None:
        """The key, as far as it is written."""
        self._typed = typed

    @Slot(str)
    def takeKey(self, key: str) -> None:
        """The key was scanned from the sheet."""
        if self._stage == SHEET:
            self.keyRead.emit(key)
            self._typed = key
            self.confirm()

    @Slot()
    def confirm(self) -> None:
        """The key on the sheet is the village's."""
        self.ask(founding_left.confirm_key, self._typed, then=self._show)

    @Slot()
    def backUp(self) -> None:
        """The first backup, here and on the stick."""
        self._aside(founding_left.first_backup, then=self._backed_up)

    @Slot(int)
    def choose(self, place: int) -> None:
        """Read that register; nothing is written yet."""
        if 0 <= place < len(self._files):
            self._sticks.stop()
            chosen = self._files[place]
            self._aside(founding_left.look_at_register, chosen, then=self._seen)

    @Slot()
    def takeIn(self) -> None:
        """Take the register in."""
        if self._found is not None:
            self._aside(founding_left.take_register, self._found, then=self._taken)

    @Slot()
    def putOff(self) -> None:
        """The register another day, at the desk."""
        self.ask(founding_left.put_off, REGISTER, then=self._show)

    @Slot()
    def openDoors(self) -> None:
        """The founding is over; the program begins anew with what it was told."""
        self.ask(founding_left.open_the_doors, then=lambda _none: self.shell.restart())

    @Slot()
    def back(self) -> None:
        """Another file."""
        if self._stage == SEEN:
            self._found = None
            self._enter(REGISTER)

    def _show(self, left: Left) -> None:
        self._left = left
        self._tell()
        self._enter(left.step or OVER)

    def _enter(self, stage: str) -> None:
        if stage == REGISTER:
            self._sticks.start()
            self._look()
        else:
            self._sticks.stop()
        self._go(stage)

    def _printed(self, reason: str) -> None:
        if reason:
            self._tell(("founding.not_printed", ()), (f"printing.reason_{reason}", ()), warned=True)
        else:
            self._tell(("founding.printed", ()))
        self._ask_again()

    def _saved(self, saved: Saved) -> None:
        label = saved.label or self.text("restore.stick")
        self._tell(("founding.saved", (saved.sheets, label)), ("founding.saved_next", ()))
        self._ask_again()

    def _ask_again(self) -> None:
        def still(left: Left) -> None:
            self._left = left
            self.worded()

        self.ask(founding_left.left, then=still)

    def _backed_up(self, done: FirstBackup) -> None:
        where = ("founding.backup_copy", (done.label or self.text("restore.stick"),))
        here = ("founding.backup_here", ())
        self._tell(("founding.backup_made", (done.made.entries,)), where if done.copied else here)

        def on(left: Left) -> None:
            self._left = left
            self._enter(left.step or OVER)

        self.ask(founding_left.left, then=on)

    def _seen(self, found: Found) -> None:
        self._found = found
        self._tell()
        self._enter(SEEN)

    def _taken(self, added: int) -> None:
        self._tell(("founding.register_taken", (added,)))

        def on(left: Left) -> None:
            self._left = left
            self._enter(left.step or OVER)

        self.ask(founding_left.left, then=on)

    def _tell(self, *told: tuple[str, tuple[object, ...]], warned: bool = False) -> None:
        self._told, self._warned = told, warned

    def _look(self) -> None:
        if self._looking or self._drives is None or self._stage != REGISTER:
            return
        self._looking = True
        setting = self.shell.settings.drives
        self._drives.run(
            reading.on_sticks, setting, done=self._looked, failed=self._not_looked, owner=self
        )

    def _looked(self, files: tuple[OnStick, ...]) -> None:
        self._looking = False
        if files != self._files:
            self._files = files
            self.worded()

    def _not_looked(self, _refusal: KioskError) -> None:
        """A stick that is being pulled out; the next look finds what is there then."""
        self._looking = False

    def _aside(
        self, function: Callable[..., Any], *told: object, then: Callable[[Any], None]
    ) -> None:
        """As `ask`, on the thread of what takes long: the screen goes on answering."""
        if self._asked:
            return
        self.forgiveError()
        self._set_asked([Ticket(None, None, self)])

        def done(answer: Any) -> None:
            self._set_asked([])
            then(answer)

        def failed(refusal: KioskError) -> None:
            self._set_asked([])
            self._refuse(refusal)
            if self._stage == REGISTER:
                self._sticks.start()

        self.shell.ask_aside(function, *told, done=done, failed=failed, owner=self)

    def _row(self, found: OnStick) -> StickRow:
        label = found.drive.label or self.text("restore.stick")
        at = said_short_moment(self.text, datetime.fromtimestamp(found.file.at, VILLAGE_ZONE))
        return StickRow(text=found.name, detail=self.text("founding.file_detail", label, at))

    def _said_register(self, found: Found) -> list[str]:
        said = [self.text("founding.register_new", found.added)]
        if found.known:
            said.append(self.text("founding.register_known", found.known))
        if found.waiting:
            said.append(self.text("founding.register_waiting", found.waiting))
        if found.identity_numbers:
            said.append(self.text("founding.register_dropped", found.identity_numbers))
        if found.refused:
            said.append(self.text("founding.register_refused", len(found.refused)))
            said += [refused.line(self.text, each) for each in found.refused[:_SHOWN]]
        if len(found.refused) > _SHOWN:
            said.append(self.text("differences.refused_more", len(found.refused) - _SHOWN))
        return said
