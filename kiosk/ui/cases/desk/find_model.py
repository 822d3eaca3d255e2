"""Which case does somebody ask about? The number of its slip leads to its page."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.services.cases import asking
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.cases.desk"
QML_IMPORT_MAJOR_VERSION = 1

_YEAR = 4


@QmlElement
class FindCaseModel(ViewModel):
    """View-model of FindCaseScreen."""

    found = Signal(int, arguments=["caseId"])
    numberRefused = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)

    @Slot(str)
    def find(self, digits: str) -> None:
        """The number of a slip: the year, and the four digits after it."""
        reference = f"{digits[:_YEAR]}-{digits[_YEAR:]}"
        self.ask(
            asking.case_asked_about,
            self.session_id,
            reference,
            then=self.found.emit,
            refused=self._refused,
        )

    def _refused(self, _refusal: object) -> None:
        self.numberRefused.emit()
