"""The house of a correction: what would change, for whom, and then the change itself."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.ids import new_touch_id
from kiosk.services.my_data import houses
from kiosk.services.my_data.houses import HouseChange
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.my_data"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class HouseModel(ViewModel):
    """View-model of HouseSteps: nothing is changed before its consequences were on the screen."""

    changeChanged = Signal()
    told = Signal()
    corrected = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._change: HouseChange | None = None
        self._answer: tuple[Any, ...] = ()
        self._touch = self._question = ""
        self._lines: list[str] = []

    @Property(str, notify=changeChanged)
    def question(self) -> str:
        """Whether that is right, in a few words; empty while nothing was chosen."""
        return self._question

    @Property(list, notify=changeChanged)
    def lines(self) -> list[str]:
        """What will change, and for whom: a sentence each."""
        return self._lines

    @Slot(int, int)
    def belongsTo(self, request: int, household: int) -> None:
        """Tell what it would change if the person belonged to another household."""
        self._ask_change(houses.preview_move, houses.move_person, request, household)

    @Slot(int, str)
    def hasPlate(self, request: int, written: str) -> None:
        """Tell what it would change if their household had another plate."""
        self._ask_change(houses.preview_plate, houses.change_plate, request, written)

    @Slot(str)
    def correct(self, sentence: str) -> None:
        """Change it, and say so to the person."""
        if self._answer:
            change, request, value = self._answer
            said = (request, value, sentence, self._touch)
            self.ask(change, self.session_id, *said, then=lambda _: self.corrected.emit())

    def worded(self) -> None:
        """Say what will change in the language on the screen."""
        if self._change is not None:
            self._question = self._question_of(self._change)
            self._lines = list(self._said(self._change))
        self.changeChanged.emit()

    def _ask_change(self, preview: Any, change: Any, request: int, value: Any) -> None:
        self._answer = (change, request, value)
        self.ask(preview, self.session_id, request, value, then=self._show)

    def _show(self, change: HouseChange) -> None:
        self._change, self._touch = change, new_touch_id()
        self.worded()
        self.told.emit()

    def _question_of(self, change: HouseChange) -> str:
        after = change.after.words(self.shell.tongue)
        if change.kind == "plate":
            return self.text("corrections.sure_plate", self._before(change), after)
        return self.text("corrections.sure_move", change.name, after)

    def _said(self, change: HouseChange) -> tuple[str, ...]:
        after, names = change.after.words(self.shell.tongue), self._names(change)
        if change.kind == "plate":
            told = self.text("corrections.change_plate", self._before(change), after, names)
            ends = self.text("corrections.change_old_sign") if change.ends_sign else ""
            return self._filled(told, ends, self.text("corrections.change_register"))
        return self._filled(
            self.text("corrections.change_move", change.name, self._before(change), after),
            self.text("corrections.change_others", names) if names else "",
            self.text("corrections.change_stars", change.name),
            self.text("corrections.change_sign", after) if change.ends_sign else "",
            self.text("corrections.change_asks", change.name) if change.asks_anew else "",
            self._left_empty(change),
            self.text("corrections.change_register"),
        )

    def _left_empty(self, change: HouseChange) -> str:
        before = self._before(change)
        return self.text("corrections.change_empty", before) if change.ends_sign_before else ""

    def _filled(self, *lines: str) -> tuple[str, ...]:
        return tuple(line for line in lines if line)

    def _before(self, change: HouseChange) -> str:
        return change.before.words(self.shell.tongue)

    def _names(self, change: HouseChange) -> str:
        return self.text("signs.names_join").join(change.people)
