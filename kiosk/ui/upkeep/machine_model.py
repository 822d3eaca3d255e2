"""How the machine is: a light and a sentence a line, each with the one thing to do about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.errors import EnvironmentFault, KioskError
from kiosk.core.text import unbroken_path
from kiosk.services.access import sessions
from kiosk.services.upkeep import (
    backup,
    clock_check,
    doctor,
    fire_drill,
    last_verify,
    switching_off,
)
from kiosk.services.upkeep.backup import Backup
from kiosk.services.upkeep.check import Action, Check
from kiosk.services.upkeep.switching_off import Farewell
from kiosk.services.village import Village
from kiosk.ui.shell.row import Row
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.upkeep"
QML_IMPORT_MAJOR_VERSION = 1

_ICONS: Mapping[Action, str] = {
    "look_again": "rotate",
    "back_up": "copy",
    "try_backup": "shield-check",
    "verify": "list-check",
    "restore": "rotate-2",
    "confirm_clock": "clock",
    "try_sound": "volume",
    "try_scanner": "scan",
    "slips": "receipt",
    "sheets": "file-text",
    "stick": "copy",
    "set_clock": "clock",
    "update": "arrow-big-up",
    "papers": "printer",
    "journal": "notebook",
}
_URGENCY = ("grave", "attention", "well")


@QmlElement
class CheckRow(Row):
    """One thing that was looked at: its light, its sentence, and what can be done about it."""

    code: str
    light: str
    """``well``, ``attention`` or ``grave``."""
    word: str
    text: str
    action: str
    actionText: str
    icon: str


@QmlElement
class MachineModel(ViewModel):
    """View-model of MachineScreen. Printers are asked last: one that is off answers late."""

    checksChanged = Signal()
    backupFailed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._at_hand: tuple[Check, ...] | None = None
        self._printers: tuple[Check, ...] | None = None
        self._made: Backup | None = None
        self._rows: list[CheckRow] = []
        self._heading = self._done = self._farewell = ""
        self._well = self._only_keeps = self._trying = False

    @Property(list, notify=checksChanged)
    def rows(self) -> list[CheckRow]:
        """What needs somebody first."""
        return self._rows

    @Property(str, notify=checksChanged)
    def heading(self) -> str:
        """How many things need the keeper, or that all is well."""
        return self._heading

    @Property(bool, notify=checksChanged)
    def well(self) -> bool:
        """Whether nothing needs the keeper."""
        return self._well

    @Property(bool, notify=checksChanged)
    def looking(self) -> bool:
        """Whether the printers have not answered yet."""
        return self._printers is None

    @Property(str, notify=checksChanged)
    def done(self) -> str:
        """Where the backup lies that was just made; empty before that."""
        return self._done

    @Property(str, notify=checksChanged)
    def farewell(self) -> str:
        """What to do to switch off, where the machine does not do it by itself."""
        return self._farewell

    @Property(bool, notify=checksChanged)
    def onlyKeeps(self) -> bool:
        """Whether this is a keeper with no other office, who begins here."""
        return self._only_keeps

    @Property(bool, notify=checksChanged)
    def trying(self) -> bool:
        """Whether something that takes long is under way; the screen can be used meanwhile."""
        return self._trying

    def started(self) -> None:
        """Look at what is at hand, then ask the printers."""
        session = self.shell.session
        self._only_keeps = session is not None and session.roles == {"keeper"}
        self.lookAgain()

    @Slot()
    def lookAgain(self) -> None:
        """Look everything over once more."""
        self._printers = None
        self.ask(_at_hand, self.session_id, then=self._show_at_hand)

    @Slot()
    def backUp(self) -> None:
        """Make a backup now."""
        self.ask(backup.back_up_by, self.session_id, then=self._show_backup)

    @Slot(bool)
    def switchOff(self, withoutBackup: bool) -> None:
        """Back up, and switch the machine off."""
        prepare = partial(switching_off.prepare, without_backup=withoutBackup)
        asked = (prepare, self.session_id)
        self.ask(*asked, then=self._off, refused=self._not_off)

    @Slot()
    def holdDrill(self) -> None:
        """Restore the newest backup beside the village, to try it out."""
        self._try(fire_drill.hold_by)

    @Slot()
    def verify(self) -> None:
        """Hold everything against the log."""
        self._try(last_verify.verify_by)

    @Slot()
    def confirmClock(self) -> None:
        """The keeper has looked: the clock is right."""
        self.ask(clock_check.confirm_by, self.session_id, then=self._changed)

    def _try(self, long: Callable[..., object]) -> None:
        if self._trying:
            return
        self.forgiveError()
        self._trying = True
        self.checksChanged.emit()
        asked = (long, self.session_id)
        self.shell.ask_aside(*asked, done=self._tried, failed=self._not_tried, owner=self)

    def _tried(self, _answer: object) -> None:
        self._trying = False
        self.lookAgain()

    def _not_tried(self, refusal: KioskError) -> None:
        self._tried(None)
        self._refuse(refusal)

    def worded(self) -> None:
        """Say the lines in the language on the screen."""
        checks = (*(self._printers or ()), *(self._at_hand or ()))
        shown = [each for each in checks if not (each.well and each.technical)]
        rows = [self._row(each) for each in sorted(shown, key=_urgency)]
        self._rows = self.renewed(self._rows, rows)
        self._well = all(each.well for each in checks)
        self._heading = self._summary(sum(not each.well for each in checks))
        self._done = self._where(self._made) if self._made else ""
        self.checksChanged.emit()

    def _row(self, check: Check) -> CheckRow:
        light = check.light
        return CheckRow(
            code=check.code,
            light=light,
            word=self.text(f"machine.{light}"),
            text=check.phrase.said(self.text),
            action=check.action,
            actionText=self.text(f"machine.do_{check.action}"),
            icon=_ICONS[check.action],
        )

    def _summary(self, troubles: int) -> str:
        if self._at_hand is None or (self._printers is None and not troubles):
            return self.text("machine.looking")
        if troubles:
            return self.text("machine.things", troubles)
        return self.text("machine.all_well")

    def _where(self, made: Backup) -> str:
        if made.second is None:
            return self.text("machine.backed_up", unbroken_path(str(made.file)))
        files = (unbroken_path(str(made.file)), unbroken_path(str(made.second)))
        return self.text("machine.backed_up_twice", *files)

    def _show_at_hand(self, checks: tuple[Check, ...]) -> None:
        self._at_hand = checks
        self.worded()
        asked = (_printers, self.session_id)
        self.shell.ask(*asked, done=self._show_printers, failed=self._refuse, owner=self)

    def _show_printers(self, checks: tuple[Check, ...]) -> None:
        self._printers = checks
        self.worded()

    def _off(self, farewell: Farewell) -> None:
        self._made = farewell.backup
        if farewell.by_itself:
            self.shell.switch_off()
            return
        self._farewell = self.text("machine.off_by_button")
        self.worded()

    def _not_off(self, refusal: KioskError) -> None:
        if isinstance(refusal, EnvironmentFault):
            self.backupFailed.emit()

    def _changed(self, _answer: object) -> None:
        self.lookAgain()

    def _show_backup(self, made: Backup) -> None:
        self._made = made
        self.lookAgain()


def _urgency(check: Check) -> int:
    return _URGENCY.index(check.light)


def _at_hand(village: Village, session_id: str) -> tuple[Check, ...]:
    sessions.holding(village, session_id, "back_up")
    return doctor.at_hand(village)


def _printers(village: Village, session_id: str) -> tuple[Check, ...]:
    sessions.holding(village, session_id, "back_up")
    return doctor.printers(village)
