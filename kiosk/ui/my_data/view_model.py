"""One's data: a copy, a correction, a pause, and leaving."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.clock import village_day
from kiosk.core.ids import new_touch_id
from kiosk.ui.shell.view_model import ViewModel

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.services.rights import CorrectionLine
    from kiosk.services.village import Village

QML_IMPORT_NAME = "kiosk.ui.my_data"
QML_IMPORT_MAJOR_VERSION = 1

CORRECTABLE = ("name", "born_on", "phone", "house", "other")


@dataclass(frozen=True)
class Standing:
    """Since when the person pauses, if they do, and what they asked to have corrected."""

    paused: datetime | None
    corrections: tuple[CorrectionLine, ...]


@QmlElement
class MyDataModel(ViewModel):
    """View-model of MyDataScreen."""

    standingChanged = Signal()
    doneChanged = Signal()
    asked = Signal()
    left = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._standing = Standing(None, ())
        self._corrections: list[dict[str, str]] = []
        self._whats: list[dict[str, str]] = []
        self._done = self._place = ""
        self._touch = new_touch_id()

    def started(self) -> None:
        """Ask where things stand."""
        if self.shell.session:
            self.ask(_standing, self.session_id, then=self._show)

    def worded(self) -> None:
        """Say it in the language on the screen."""
        self._whats = [{"key": each, "text": self.text(f"my_data.{each}")} for each in CORRECTABLE]
        self._corrections = [self._row(each) for each in self._standing.corrections]
        self.standingChanged.emit()
        self.doneChanged.emit()

    @Property(bool, notify=standingChanged)
    def paused(self) -> bool:
        """Whether the person takes a rest."""
        return self._standing.paused is not None

    @Property(list, notify=standingChanged)
    def corrections(self) -> list[dict[str, str]]:
        """What was asked for: ``text``, ``state``, ``detail``."""
        return self._corrections

    @Property(list, notify=standingChanged)
    def whats(self) -> list[dict[str, str]]:
        """What can be written down wrongly: ``key``, ``text``."""
        return self._whats

    @Property(str, notify=doneChanged)
    def done(self) -> str:
        """What was done just now; empty when nothing was."""
        return self.text(f"my_data.{self._done}", self._place) if self._done else ""

    @Slot()
    def copy(self) -> None:
        """Write everything about the person into two files: to read, and for other programs."""
        self.ask(_copy, self.session_id, then=self._copied)

    @Slot()
    def pause(self) -> None:
        """Take a rest."""
        self.ask(_pause, self.session_id, self._next(), then=self._say("paused"))

    @Slot()
    def resume(self) -> None:
        """Come back."""
        self.ask(_resume, self.session_id, self._next(), then=self._say("resumed"))

    @Slot(str, str)
    def correct(self, what: str, words: str) -> None:
        """Something is written down wrongly."""
        self.ask(_correct, self.session_id, what, words, self._touch, then=self._corrected)

    @Slot()
    def leave(self) -> None:
        """Leave for good."""
        self.ask(_leave, self.session_id, self._touch, then=self._gone)

    def _next(self) -> str:
        self._touch = new_touch_id()
        return self._touch

    def _show(self, standing: Standing) -> None:
        self._standing = standing
        self.worded()

    def _say(self, done: str) -> Any:
        def show(standing: Standing) -> None:
            self._done = done
            self._show(standing)

        return show

    def _copied(self, place: str) -> None:
        self._done, self._place = "copied", place
        self.worded()

    def _corrected(self, standing: Standing) -> None:
        self._next()
        self._say("corrected")(standing)
        self.asked.emit()

    def _gone(self, _left: object) -> None:
        self.left.emit()

    def _row(self, line: CorrectionLine) -> dict[str, str]:
        day = village_day(line.asked_at)
        month = self.text(f"reports.month_{day.month}")
        asked = self.text("reports.day", day.year, month, day.day)
        reason = self.text(f"rights.decline_{line.reason}") if line.reason else ""
        return {
            "text": self.text(f"my_data.{line.what}"),
            "state": self.text(f"my_data.correction_{line.state}"),
            "detail": " · ".join(part for part in (asked, reason, line.sentence) if part),
        }


def _standing(village: Village, session_id: str) -> Standing:
    from kiosk.services import rights

    return Standing(rights.paused(village, session_id), rights.my_corrections(village, session_id))


def _copy(village: Village, session_id: str) -> str:
    from kiosk.services import rights

    return str(rights.write_copy(village, session_id, village.directory.spool)[0].parent)


def _pause(village: Village, session_id: str, touch: str) -> Standing:
    from kiosk.services import rights

    rights.pause(village, session_id, touch)
    return _standing(village, session_id)


def _resume(village: Village, session_id: str, touch: str) -> Standing:
    from kiosk.services import rights

    rights.resume(village, session_id, touch)
    return _standing(village, session_id)


def _correct(village: Village, session_id: str, what: Any, words: str, touch: str) -> Standing:
    from kiosk.services import rights

    rights.ask_correction(village, session_id, what, words, touch)
    return _standing(village, session_id)


def _leave(village: Village, session_id: str, touch: str) -> object:
    from kiosk.services import rights

    return rights.leave(village, session_id, touch)
