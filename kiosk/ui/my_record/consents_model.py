"""What one consents to, and how to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.clock import village_day
from kiosk.core.days import said_day
from kiosk.core.ids import new_touch_id
from kiosk.ui.shell.view_model import ViewModel

if TYPE_CHECKING:
    from kiosk.services.rights import ConsentLine
    from kiosk.services.village import Village

QML_IMPORT_NAME = "kiosk.ui.my_record"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class ConsentsModel(ViewModel):
    """View-model of ConsentsScreen."""

    consentsChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: tuple[ConsentLine, ...] = ()
        self._consents: list[dict[str, Any]] = []
        self._withdrawn = False
        self._touch = ""

    def started(self) -> None:
        """Ask what was agreed to."""
        self.ask(_consents, self.session_id, then=self._show)

    def worded(self) -> None:
        """Say it in the language on the screen."""
        self._consents = [self._row(each) for each in self._found]
        self.consentsChanged.emit()

    @Property(list, notify=consentsChanged)
    def consents(self) -> list[dict[str, Any]]:
        """``purpose``, ``title``, ``detail``, ``given``, ``when``."""
        return self._consents

    @Property(bool, notify=consentsChanged)
    def withdrawn(self) -> bool:
        """Whether a consent was withdrawn just now."""
        return self._withdrawn

    @Slot()
    def askedToWithdraw(self) -> None:
        """The first of the two taps."""
        self._touch = new_touch_id()

    @Slot(str)
    def withdraw(self, purpose: str) -> None:
        """The second: it takes effect at once."""
        self.ask(_withdraw, self.session_id, purpose, self._touch, then=self._show_withdrawn)

    def _show(self, found: tuple[ConsentLine, ...]) -> None:
        self._found = found
        self.worded()

    def _show_withdrawn(self, found: tuple[ConsentLine, ...]) -> None:
        self._withdrawn = True
        self._show(found)

    def _row(self, line: ConsentLine) -> dict[str, Any]:
        return {
            "purpose": line.purpose,
            "title": self.text(f"rights.purpose_{line.purpose}"),
            "detail": self.text(f"rights.purpose_{line.purpose}_detail"),
            "given": line.given,
            "when": self._when(line),
        }

    def _when(self, line: ConsentLine) -> str:
        if line.withdrawn_at is not None:
            day = said_day(self.text, village_day(line.withdrawn_at))
            return self.text("rights.withdrawn_on", day)
        if line.given_at is None:
            return self.text("rights.not_given")
        if not line.given:
            return self.text("rights.text_changed")
        return self.text("rights.given_on", said_day(self.text, village_day(line.given_at)))


def _consents(village: Village, session_id: str) -> tuple[ConsentLine, ...]:
    from kiosk.services import rights

    return rights.consents(village, session_id)


def _withdraw(
    village: Village, session_id: str, purpose: Any, touch: str
) -> tuple[ConsentLine, ...]:
    from kiosk.services import rights

    rights.withdraw(village, session_id, purpose, touch)
    return rights.consents(village, session_id)
