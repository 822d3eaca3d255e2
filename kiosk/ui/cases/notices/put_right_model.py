"""Somebody says how they put a concern right."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.days import said_day
from kiosk.core.ids import new_touch_id
from kiosk.services.cases import appeal, remedy
from kiosk.services.cases.appeal import AppealPage
from kiosk.ui.parts.rows import ChoiceRow
from kiosk.ui.parts.wording import in_a_row, said_title
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.cases.notices"
QML_IMPORT_MAJOR_VERSION = 1

_WAYS = ("cleaned_up", "made_good", "apologised")


@QmlElement
class PutRightModel(ViewModel):
    """View-model of PutRightScreen."""

    matterChanged = Signal()
    saidChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page: AppealPage | None = None
        self._way = self._touch = self._subject = self._circumstances = ""
        self._ways: list[ChoiceRow] = []
        self._said = False

    @Property(bool, notify=matterChanged)
    def there(self) -> bool:
        """Whether the matter has arrived."""
        return self._page is not None

    @Property(str, notify=matterChanged)
    def subject(self) -> str:
        """The rule's title."""
        return self._subject

    @Property(str, notify=matterChanged)
    def circumstances(self) -> str:
        """The day, and the number."""
        return self._circumstances

    @Property(list, notify=matterChanged)
    def ways(self) -> list[ChoiceRow]:
        """How."""
        return self._ways

    @Property(bool, notify=matterChanged)
    def ready(self) -> bool:
        """Whether a way was chosen."""
        return bool(self._way)

    @Property(bool, notify=saidChanged)
    def said(self) -> bool:
        """Whether it was handed in."""
        return self._said

    @Slot(int)
    def open(self, case_id: int) -> None:
        """Open the matter."""
        self._touch = new_touch_id()
        self.ask(appeal.appeal_page, self.session_id, case_id, then=self._show)

    @Slot(str)
    def choose(self, way: str) -> None:
        """One of the ways."""
        self._way = way
        self.worded()

    @Slot(str)
    def handIn(self, words: str) -> None:
        """Say it; what was typed stays when it is refused."""
        if self._page is not None:
            told = (self._page.case_id, self._way, words, self._touch)
            self.ask(remedy.say_put_right, self.session_id, *told, then=self._told)

    def worded(self) -> None:
        """Say it in the language on the screen."""
        page = self._page
        if page is not None:
            number = self.text("my_record.reference", page.reference)
            self._subject = said_title(self.shell.tongue, page)
            self._circumstances = in_a_row((said_day(self.text, page.happened_on), number))
        self._ways = self.renewed(self._ways, [self._choice(way) for way in _WAYS])
        self.matterChanged.emit()

    def _choice(self, way: str) -> ChoiceRow:
        name = self.text(f"reports.way_{way}")
        return ChoiceRow(key=way, name=name, chosen=way == self._way)

    def _show(self, page: AppealPage) -> None:
        self._page = page
        self.worded()

    def _told(self, _reference: str) -> None:
        self._said = True
        self.saidChanged.emit()
