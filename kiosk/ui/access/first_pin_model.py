"""The first PIN of a card from the desk: seen by its holder alone, and tried once."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.services.access import first_pin
from kiosk.services.access.first_pin import FirstPin
from kiosk.ui.parts.staged import StagedModel

QML_IMPORT_NAME = "kiosk.ui.access"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class FirstPinModel(StagedModel):
    """View-model of FirstPinScreen: ``offer``, ``secret``, ``try``, ``done``."""

    pinChanged = Signal()
    pinMistyped = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent, "offer")
        self._drawn: FirstPin | None = None
        self._mistyped = False

    def worded(self) -> None:
        """Each step shows the PIN or does not."""
        self.pinChanged.emit()

    @Property(str, notify=pinChanged)
    def pin(self) -> str:
        """The PIN, until its holder has typed it once; the screen covers it."""
        pin = self._drawn.pin if self._drawn and self._stage == "secret" else ""
        return f"{pin[:3]} {pin[3:]}".strip()

    @Property(bool, notify=pinMistyped)
    def mistyped(self) -> bool:
        """Whether what was typed to try it was something else."""
        return self._mistyped

    @Slot(str)
    def draw(self, card: str) -> None:
        """The holder is alone and wants it."""
        self.ask(first_pin.draw, card, then=self._show)

    @Slot()
    def remembered(self) -> None:
        """They want to try it."""
        self._mistyped = False
        self.pinMistyped.emit()
        self._go("try")

    @Slot()
    def lookAgain(self) -> None:
        """They have not kept it."""
        self._go("secret")

    @Slot(str)
    def tryPin(self, pin: str) -> None:
        """Six digits were typed from memory."""
        if self._drawn is not None:
            self.ask(first_pin.try_once, self._drawn, pin, then=self._tried)

    def _show(self, drawn: FirstPin) -> None:
        self._drawn = drawn
        self._go("secret")

    def _tried(self, right: bool) -> None:
        if right:
            self._drawn = None
            self._go("done")
        else:
            self._mistyped = True
            self.pinMistyped.emit()
