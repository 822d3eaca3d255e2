"""What cannot be right in the register, by house, and the paper with what to ask."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.ids import new_touch_id
from kiosk.services.households import doctor
from kiosk.services.households.doctor import Found
from kiosk.ui.register.rows import FoundRow
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.register"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class DoctorModel(ViewModel):
    """View-model of DoctorScreen."""

    foundChanged = Signal()
    printed = Signal(int, arguments=["job"])

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: tuple[Found, ...] = ()
        self._rows: list[FoundRow] = []
        self._there = False
        self._touch = new_touch_id()

    def started(self) -> None:
        """Look the register over."""
        if self.shell.session and self.shell.session.roles:
            self.ask(doctor.examine, self.session_id, then=self._show)

    def worded(self) -> None:
        """Say what was found in the language on the screen."""
        self._rows = self.renewed(self._rows, [self._said(each) for each in self._found])
        self.foundChanged.emit()

    @Property(list, notify=foundChanged)
    def rows(self) -> list[FoundRow]:
        """By house."""
        return self._rows

    @Property(bool, notify=foundChanged)
    def there(self) -> bool:
        """Whether the register was looked over."""
        return self._there

    @Slot()
    def printQuestions(self) -> None:
        """Print what to ask in which house."""
        self.ask(doctor.print_questions, self.session_id, self._touch, then=self.printed.emit)

    def _show(self, found: tuple[Found, ...]) -> None:
        self._found, self._there = found, True
        self.worded()

    def _said(self, found: Found) -> FoundRow:
        other = [found.other.words(self.shell.tongue)] if found.other else []
        return FoundRow(
            householdId=found.household_id,
            text=found.house.words(self.shell.tongue),
            detail=self.text(f"register.find_{found.code}", *other),
        )
