"""Whether what was handed in with a card was handed in by its owner, one report after the other."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.ids import new_touch_id
from kiosk.services.cases import disowned as case_disowned
from kiosk.services.cases.disowned import AskedLine
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.access"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class AskedModel(ViewModel):
    """View-model of AskedScreen."""

    reportChanged = Signal()
    finished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: tuple[AskedLine, ...] = ()
        self._all = 0
        self._disowned = False
        self._touch = ""
        self._place = self._subject = self._whom = self._when = ""

    def started(self) -> None:
        """Ask what there is to ask about."""
        if self.shell.session:
            self.ask(case_disowned.asked, self.session_id, then=self._begin)

    def worded(self) -> None:
        """Say the report in the language on the screen."""
        self._place = self._subject = self._whom = self._when = ""
        if self._waiting:
            self._say(self._waiting[0])
        self.reportChanged.emit()

    @Property(str, notify=reportChanged)
    def place(self) -> str:
        """Which one it is of how many; empty for a single one."""
        return self._place

    @Property(str, notify=reportChanged)
    def subject(self) -> str:
        """The rule's title; empty while there is nothing to ask about."""
        return self._subject

    @Property(str, notify=reportChanged)
    def whom(self) -> str:
        """Whom it is about, and whether it is a good deed or a concern."""
        return self._whom

    @Property(str, notify=reportChanged)
    def when(self) -> str:
        """When it was handed in, and its number."""
        return self._when

    @Property(bool, notify=reportChanged)
    def disowned(self) -> bool:
        """Whether the person just said that it was not them."""
        return self._disowned

    @Slot()
    def mine(self) -> None:
        """It was them."""
        self._answer(True)

    @Slot()
    def notMine(self) -> None:
        """Somebody else used the card."""
        self._answer(False)

    @Slot()
    def goOn(self) -> None:
        """The next one, or on to where the person was going."""
        self._waiting, self._disowned = self._waiting[1:], False
        self._show()

    def _answer(self, mine: bool) -> None:
        if self._waiting:
            question = (self.session_id, self._waiting[0].case_id, mine, self._touch)
            then = self._taken if mine else self._withdrawn
            self.ask(case_disowned.answer, *question, then=then)

    def _taken(self, _reference: str) -> None:
        self.goOn()

    def _withdrawn(self, _reference: str) -> None:
        self._disowned = True
        self.worded()

    def _begin(self, asked: tuple[AskedLine, ...]) -> None:
        self._waiting, self._all = asked, len(asked)
        self._show()

    def _show(self) -> None:
        self._touch = new_touch_id()
        self.worded()
        if not self._waiting:
            self.finished.emit()

    def _say(self, line: AskedLine) -> None:
        number = self._all - len(self._waiting) + 1
        self._place = self.text("sign_in.asked_of", number, self._all) if self._all > 1 else ""
        self._subject = line.title.said(self.shell.tongue)
        self._whom = self.text(f"sign_in.asked_{line.kind}", line.subject_name)
        self._when = self.text("sign_in.asked_when", line.submitted_at, line.reference)
