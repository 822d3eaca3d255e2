"""Putting a village back: choose a backup, give the sheet's key, see what it is, say yes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.days import said_short_moment
from kiosk.core.errors import KioskError
from kiosk.services.upkeep import restoring
from kiosk.services.upkeep.opening import on_a_server
from kiosk.services.upkeep.restoring import Offered, Preview, PutBack, Wish
from kiosk.ui.parts.drives import LOOK_MS, drives_thread
from kiosk.ui.parts.staged import PAGE, StagedModel
from kiosk.ui.shell.row import Row
from kiosk.ui.shell.runner import Runner

QML_IMPORT_NAME = "kiosk.ui.upkeep"
QML_IMPORT_MAJOR_VERSION = 1

KEY, SEEN = "key", "seen"
_BACK = {KEY: PAGE, SEEN: KEY}
_LETTERS = 56
_GROUP = 4


@QmlElement
class BackupRow(Row):
    """A backup that can be put back: of when, and where it lies."""

    text: str
    detail: str
    icon: str


@QmlElement
class RestoreModel(StagedModel):
    """View-model of RestoreScreen. Sticks are looked for again and again while it asks which."""

    shownChanged = Signal()
    keyRead = Signal(str, arguments=["key"])
    putBack = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._offered: tuple[Offered, ...] | None = None
        self._chosen: Offered | None = None
        self._preview: Preview | None = None
        self._rows: list[BackupRow] = []
        self._sentences: list[str] = []
        self._typed = self._told = ""
        self._looking = False
        self._drives: Runner | None = None
        self._look_again = QTimer(self, interval=LOOK_MS)
        self._look_again.timeout.connect(self._look)

    def started(self) -> None:
        """Look for backups. Where a village is, that is its keeper's to ask for."""
        if on_a_server():
            return
        self._drives = drives_thread(self.shell)
        self._look_again.start()
        self._look()

    def worded(self) -> None:
        """Say it in the language on the screen."""
        self._rows = self.renewed(self._rows, [self._row(each) for each in self._offered or ()])
        self._told = self._counted()
        self._sentences = self._consequences(self._preview) if self._preview else []
        self.shownChanged.emit()

    @Property(list, notify=shownChanged)
    def rows(self) -> list[BackupRow]:
        """Here, in the second place, and on the sticks that are in; the newest of each first."""
        return self._rows

    @Property(bool, constant=True)
    def onServer(self) -> bool:
        """Whether the village lies on a server, where nothing is put back from a screen."""
        return on_a_server()

    @Property(bool, notify=shownChanged)
    def looked(self) -> bool:
        """Whether every place was looked at."""
        return self._offered is not None

    @Property(str, notify=shownChanged)
    def chosen(self) -> str:
        """Of when the chosen backup is."""
        return self._moment(self._chosen.made_at) if self._chosen else ""

    @Property(str, notify=shownChanged)
    def counted(self) -> str:
        """How much of the key is there."""
        return self._told

    @Property(bool, notify=shownChanged)
    def whole(self) -> bool:
        """Whether all of the key is there."""
        return len(_letters(self._typed)) == _LETTERS

    @Property(list, notify=shownChanged)
    def sentences(self) -> list[str]:
        """What it is, and what putting it back brings."""
        return self._sentences

    @Slot(int)
    def choose(self, place: int) -> None:
        """Take the backup in that row."""
        if self._offered and 0 <= place < len(self._offered):
            self._chosen = self._offered[place]
            self._look_again.stop()
            self._go(KEY)

    @Slot(str)
    def type(self, typed: str) -> None:
        """The key, as far as it is written."""
        self._typed = typed
        self._told = self._counted()
        self.shownChanged.emit()

    @Slot(str)
    def takeKey(self, key: str) -> None:
        """The key was scanned from the sheet."""
        if self._stage == KEY:
            self.keyRead.emit(key)
            self.type(key)
            self.see()

    @Slot()
    def see(self) -> None:
        """Open the backup and say what it is; nothing is changed."""
        self._wish(self.shell.backups.preview, self._show)

    @Slot()
    def putItBack(self) -> None:
        """Close the village and put the backup in its place."""
        self._wish(self.shell.backups.put_back, self._put_back)

    @Slot()
    def back(self) -> None:
        """The step before."""
        if self._stage == KEY:
            self._typed = ""
            self._look_again.start()
        self._go(_BACK[self._stage])

    def _wish(self, function: Callable[[Wish], Any], then: Callable[[Any], None]) -> None:
        """Also where no village is open, so not by `ask`."""
        if self._asked or self._chosen is None:
            return
        self.forgiveError()
        wish = Wish(self.session_id, self._chosen, self._typed)

        def done(answer: Any) -> None:
            self._set_asked([])
            then(answer)

        ticket = self.shell.runner.run(function, wish, done=done, failed=self._failed, owner=self)
        self._set_asked([ticket])

    def _show(self, preview: Preview) -> None:
        self._preview = preview
        self._go(SEEN)

    def _failed(self, refusal: KioskError) -> None:
        self._set_asked([])
        self._refuse(refusal)

    def _put_back(self, done: PutBack) -> None:
        shell = self.shell
        report = done.report
        told = {
            "entries": report.entries,
            "lost": report.lost,
            "newKeys": report.new_keys,
            "aside": str(report.kept_aside or ""),
            "cards": done.cards,
            "cardsIn": str(done.cards_in or ""),
        }
        shell.forget_session()
        shell.open("restored", told)

    def _look(self) -> None:
        if self._looking or self._drives is None:
            return
        self._looking = True
        here = (self.shell.directory, self.shell.settings)
        self._drives.run(restoring.offered, *here, done=self._looked, owner=self)

    def _looked(self, found: tuple[Offered, ...]) -> None:
        self._looking = False
        if found != self._offered and self._stage == PAGE:
            self._offered = found
            self.worded()

    def _row(self, offered: Offered) -> BackupRow:
        label = offered.drive.label or self.text("restore.stick")
        where = self.text(f"restore.on_{offered.place}", label)
        icon = "home" if offered.place == "here" else "copy"
        return BackupRow(text=self._moment(offered.made_at), detail=where, icon=icon)

    def _moment(self, moment: datetime) -> str:
        return said_short_moment(self.text, moment)

    def _counted(self) -> str:
        return self.text("restore.groups", len(_letters(self._typed)) // _GROUP, _LETTERS // _GROUP)

    def _consequences(self, seen: Preview) -> list[str]:
        name = seen.village.said(self.shell.tongue)
        told = [self.text("restore.is", name, self._moment(seen.made_at), seen.entries)]
        if seen.lost is None:
            told += [self.text("restore.new_machine"), self.text("restore.new_cards")]
            return told
        if not seen.goes_on:
            told.append(self.text("restore.other_log"))
        told.append(self.text("restore.loses" if seen.lost else "restore.loses_nothing", seen.lost))
        told.append(self.text("restore.kept"))
        return [*told, self.text("restore.signs_out")]


def _letters(typed: str) -> str:
    return "".join(typed.split()).replace("-", "")
