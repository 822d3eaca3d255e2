"""The cases that somebody was drawn to hear."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.core.days import said_day
from kiosk.services.access import acting
from kiosk.services.access import roles as access_roles
from kiosk.services.cases.views import panel_view
from kiosk.services.cases.views.panel_view import PanelLine
from kiosk.services.village import Village
from kiosk.ui.cases.panel.rows import PanelRow
from kiosk.ui.parts.wording import in_a_row, said_title
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.cases.panel"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class PanelModel(ViewModel):
    """View-model of PanelScreen."""

    rowsChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: tuple[PanelLine, ...] = ()
        self._there = self._corrects = False
        self._rows: list[PanelRow] = []

    def started(self) -> None:
        """Ask for the cases of whoever is signed in."""
        if self.session_id:
            self.ask(_panels, self.session_id, then=self._show)

    def worded(self) -> None:
        """Say the cases in the language on the screen."""
        self._rows = self.renewed(self._rows, [self._row(each) for each in self._found])
        self.rowsChanged.emit()

    @Property(bool, notify=rowsChanged)
    def there(self) -> bool:
        """Whether the answer has arrived."""
        return self._there

    @Property(bool, notify=rowsChanged)
    def corrects(self) -> bool:
        """Whether this person may ask a panel to correct what counts."""
        return self._corrects

    @Property(list, notify=rowsChanged)
    def rows(self) -> list[PanelRow]:
        """Oldest draw first."""
        return self._rows

    def _show(self, answer: tuple[tuple[PanelLine, ...], bool]) -> None:
        self._found, self._corrects = answer
        self._there = True
        self.worded()

    def _row(self, line: PanelLine) -> PanelRow:
        due = self.text("panel.due", said_day(self.text, line.due_on)) if line.due_on else ""
        return PanelRow(
            caseId=line.case_id,
            title=said_title(self.shell.tongue, line),
            aside=self.text(f"panel.purpose_{line.purpose}"),
            detail=in_a_row((self.text("panel.number", line.reference), due)),
            voted=line.voted,
        )


def _panels(village: Village, session_id: str) -> tuple[tuple[PanelLine, ...], bool]:
    with acting.reading(village, session_id) as work:
        roles = work.who.roles
    return panel_view.my_panels(village, session_id), access_roles.may("decide_case", roles)
