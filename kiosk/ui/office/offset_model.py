"""Where the sheet printer prints: a test sheet, two numbers, and both are used afterwards."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.ids import new_touch_id
from kiosk.core.shift import MOST_SHIFT, Shift
from kiosk.services.printing import offset
from kiosk.services.village import Village
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.office"
QML_IMPORT_MAJOR_VERSION = 1

_STEP = 0.5
"""Millimetres."""


@QmlElement
class OffsetModel(ViewModel):
    """View-model of OffsetScreen."""

    shiftChanged = Signal()
    testPrinted = Signal(int, arguments=["job"])

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept = self._shift = Shift()
        self._saved = False

    def started(self) -> None:
        """Ask how far the printer is off."""
        self.ask(_now, then=self._show)

    @Property(str, notify=shiftChanged)
    def across(self) -> str:
        """To the right or the left, in words."""
        return self._said(self._shift.right, "right", "left") if self._kiosk else ""

    @Property(str, notify=shiftChanged)
    def along(self) -> str:
        """Down or up, in words."""
        return self._said(self._shift.down, "down", "up") if self._kiosk else ""

    @Property(bool, notify=shiftChanged)
    def altered(self) -> bool:
        """Whether the numbers are others than those in use."""
        return self._shift != self._kept

    @Property(bool, notify=shiftChanged)
    def saved(self) -> bool:
        """Whether they were saved just now."""
        return self._saved

    @Slot(int, int)
    def move(self, right: int, down: int) -> None:
        """Half a millimetre more to a side."""
        self._shift = Shift(
            _bounded(self._shift.right + _STEP * right), _bounded(self._shift.down + _STEP * down)
        )
        self._saved = False
        self.worded()

    @Slot()
    def save(self) -> None:
        """Use the numbers from now on."""
        chosen = self._shift
        self.ask(offset.set_shift, self.session_id, chosen.right, chosen.down, then=self._is_saved)

    @Slot()
    def printTest(self) -> None:
        """Print the test sheet as everything is printed now."""
        self.ask(offset.print_test, self.session_id, new_touch_id(), then=self.testPrinted.emit)

    def worded(self) -> None:
        """Say both in the language on the screen."""
        self.shiftChanged.emit()

    def _show(self, found: Shift) -> None:
        self._kept = self._shift = found
        self.worded()

    def _is_saved(self, found: Shift) -> None:
        self._saved = True
        self._show(found)

    def _said(self, value: float, more: str, less: str) -> str:
        if not value:
            return self.text("offset.none")
        return self.text(f"offset.{more if value > 0 else less}", f"{abs(value):g}")


def _now(village: Village) -> Shift:
    return offset.shift(village)


def _bounded(value: float) -> float:
    return max(-MOST_SHIFT, min(MOST_SHIFT, value))
