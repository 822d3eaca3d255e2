"""A photograph of a door from a stick: found, read, and shown beside what was signed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.clock import village_day
from kiosk.core.days import said_short_day
from kiosk.core.errors import KioskError
from kiosk.services.cases import photos
from kiosk.services.check import photographs
from kiosk.services.check.photographs import Codes, DoorPhotograph
from kiosk.services.on_stick import OnStick
from kiosk.ui.parts.drives import LOOK_MS, drives_thread
from kiosk.ui.parts.photographs import address_of
from kiosk.ui.shell.row import Row
from kiosk.ui.shell.runner import Runner
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.check"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class PhotographRow(Row):
    """A photograph on a stick."""

    place: int
    name: str
    day: str


@QmlElement
class PhotographModel(ViewModel):
    """The photographs on the sticks that are in, and what the chosen one shows."""

    filesChanged = Signal()
    pictureChanged = Signal()
    found = Signal(str, arguments=["note"])

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files: tuple[OnStick, ...] = ()
        self._rows: list[PhotographRow] = []
        self._seen: tuple[Any, ...] | None = None
        self._looking = False
        self._picture = self._told = ""
        self._several = 0
        self._reader: Runner | None = None
        self._sticks = QTimer(self, interval=LOOK_MS)
        self._sticks.timeout.connect(self._look)

    def worded(self) -> None:
        """Say the days, and how many codes there are, in the language on the screen."""
        rows = [self._said(place, each) for place, each in enumerate(self._files)]
        self._rows = self.renewed(self._rows, rows)
        several = self._several > 1
        self._told = self.text("check.photo_several", self._several) if several else ""
        self.filesChanged.emit()
        self.pictureChanged.emit()

    @Property(list, notify=filesChanged)
    def files(self) -> list[PhotographRow]:
        """The newest first."""
        return self._rows

    @Property(str, notify=pictureChanged)
    def picture(self) -> str:
        """The sign as it was photographed; empty where no photograph was read."""
        return self._picture

    @Property(str, notify=pictureChanged)
    def several(self) -> str:
        """That there are several codes on it; empty where there is one."""
        return self._told

    @Slot()
    def look(self) -> None:
        """Look for sticks, again and again, until a photograph is read."""
        self.forget()
        self._reader, self._seen = drives_thread(self.shell), None
        self._look()
        self._sticks.start()

    @Slot()
    def forget(self) -> None:
        """Nothing of a photograph stays in sight."""
        self._sticks.stop()
        self._picture, self._several = "", 0
        self.forgiveError()
        self.worded()

    @Slot(int)
    def read(self, place: int) -> None:
        """Read a photograph's codes."""
        if self._reader is not None and not self.busy:
            chosen = self._files[place]
            ticket = self._reader.run(
                photographs.read, chosen, done=self._choose, failed=self._not_read, owner=self
            )
            self.forgiveError()
            self._set_asked([ticket])

    def _choose(self, found: Codes) -> None:
        self._set_asked([])
        self.ask(photographs.chosen_of, found, then=self._show)

    def _show(self, chosen: DoorPhotograph) -> None:
        self._sticks.stop()
        self._picture, self._several = address_of(chosen.picture), chosen.codes
        self.worded()
        self.found.emit(chosen.text)

    def _not_read(self, refusal: KioskError) -> None:
        self._looking = False
        self._set_asked([])
        self._refuse(refusal)

    def _look(self) -> None:
        if not self._looking and not self.busy:
            self._looking = True
            self._on_drives(photos.drives_in, self._looked)

    def _looked(self, seen: tuple[Any, ...]) -> None:
        self._looking = False
        if seen != self._seen:
            self._seen = seen
            self._on_drives(photographs.on_sticks, self._show_files)

    def _on_drives(self, function: Callable[..., Any], done: Callable[[Any], None]) -> None:
        if self._reader is not None:
            setting = self.shell.settings.drives
            self._reader.run(function, setting, done=done, failed=self._not_read, owner=self)

    def _show_files(self, found: tuple[OnStick, ...]) -> None:
        self._files = found
        self.worded()

    def _said(self, place: int, of: OnStick) -> PhotographRow:
        day = village_day(datetime.fromtimestamp(of.file.at, UTC))
        return PhotographRow(place=place, name=of.name, day=said_short_day(self.text, day))
