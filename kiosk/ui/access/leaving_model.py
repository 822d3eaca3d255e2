"""Who asked to leave is told so at each sign-in, and can take it back."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.days import said_day
from kiosk.core.ids import new_touch_id
from kiosk.services.my_data import erasure
from kiosk.services.my_data.erasure import Wish
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.access"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class LeavingModel(ViewModel):
    """View-model of LeavingScreen."""

    wishChanged = Signal()
    finished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wish: Wish | None = None
        self._stays = False
        self._touch = new_touch_id()
        self._until = self._with_card = ""

    def started(self) -> None:
        """Ask when it was said, and with whose card."""
        if self.shell.session:
            self.ask(erasure.wish, self.session_id, then=self._show)

    def worded(self) -> None:
        """Say the wish in the language on the screen."""
        if self._wish is not None:
            last_day = said_day(self.text, self._wish.last_day)
            self._until = self.text("sign_in.leaving_until", last_day)
            self._with_card = self._said_card(self._wish)
        self.wishChanged.emit()

    @Property(str, notify=wishChanged)
    def until(self) -> str:
        """Until when it can be taken back; empty before the wish is known."""
        return self._until

    @Property(str, notify=wishChanged)
    def asked(self) -> str:
        """When it was said, and who issued the card it was said with."""
        return self._with_card

    @Property(bool, notify=wishChanged)
    def stays(self) -> bool:
        """Whether the person just took it back."""
        return self._stays

    @Slot()
    def stay(self) -> None:
        """Take it back."""
        self.ask(erasure.stay, self.session_id, self._touch, then=self._stayed)

    def _show(self, wish: Wish | None) -> None:
        self._wish = wish
        self.worded()
        if wish is None:
            self.finished.emit()

    def _stayed(self, _answer: object) -> None:
        self._stays = True
        self.worded()

    def _said_card(self, wish: Wish) -> str:
        asked_on = said_day(self.text, wish.asked_on)
        if wish.issued_by:
            return self.text("sign_in.leaving_card", asked_on, wish.issued_by)
        card = "machine" if wish.issued_by is None else "gone"
        return self.text(f"sign_in.leaving_card_{card}", asked_on)
