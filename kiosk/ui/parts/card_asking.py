"""A card that is shown and the PIN that is typed: for a sign-in, and for an officer who agrees."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.core.errors import ExpectedError, KioskError
from kiosk.services.access import cards
from kiosk.services.access.cards import CardShown, read_card
from kiosk.services.village import Village
from kiosk.ui.parts.staged import StagedModel

QML_IMPORT_NAME = "kiosk.ui.parts"
QML_IMPORT_MAJOR_VERSION = 1

_HALF = 4
"""A card number is printed, and shown, in two halves of four digits."""
_TRY_ANOTHER_CARD = frozenset(
    {"second_officer", "second_household", "issued_it_too", "relative_card", "letter_other_card"}
)
"""Refusals that another PIN does not mend."""


@QmlElement
@QmlUncreatable("Every room has its own.")
class CardModel(StagedModel):  # type: ignore[operator]
    """Base of the view-models that ask for a card and its PIN.

    Nothing here says whether the village knows a card: a scanned or typed one is only read, and
    the services answer a wrong PIN and an unknown card alike.
    """

    cardChanged = Signal()
    cardSaid = Signal()
    waitingChanged = Signal()
    pinRefused = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._card = ""
        self._number = ""
        self._scanned = False
        self._card_label = ""
        self._waiting = 0
        self._stopped = False
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._count_down)

    def worded(self) -> None:
        """Name the card in the language on the screen."""
        name = "sign_in.scanned_card" if self._scanned else "sign_in.your_card"
        self._card_label = self.text(name, self._number) if self._card else ""
        self.cardSaid.emit()

    @Property(bool, notify=cardChanged)
    def hasCard(self) -> bool:
        """Whether a card was shown, so that its PIN is asked for."""
        return bool(self._card)

    @Property(str, notify=cardSaid)
    def cardLabel(self) -> str:
        """Which card it is, without saying whose."""
        return self._card_label

    @Property(int, notify=waitingChanged)
    def waiting(self) -> int:
        """Seconds until the next try; 0 when there is nothing to wait for."""
        return self._waiting

    @Property(bool, notify=waitingChanged)
    def stopped(self) -> bool:
        """Whether this card opens nothing any more."""
        return self._stopped

    @Slot(str)
    def takeScan(self, token: str) -> None:
        """A card was held to the scanner."""
        self.ask(cards.card_by_token, token, then=self._take_scan, newest=True)

    @Slot(str)
    def takeNumber(self, digits: str) -> None:
        """A card number was entered."""
        number = f"{digits[:_HALF]}-{digits[_HALF:]}"
        self.ask(_check_number, number, then=self._take_number, refused=self._refused)

    @Slot()
    def otherCard(self) -> None:
        """Put this card aside."""
        self._take("", "", scanned=False)

    @Slot(str)
    def enterPin(self, pin: str) -> None:
        """Six digits were entered; override."""
        raise NotImplementedError

    def _take_scan(self, shown: CardShown) -> None:
        self._take(shown.card, shown.number, scanned=True)

    def _take_number(self, number: str) -> None:
        self._take(number, number, scanned=False)

    def _take(self, card: str, number: str, *, scanned: bool) -> None:
        self._card, self._number, self._scanned = card, number, scanned
        self._wait(0, stopped=False)
        self.forgiveError()
        self.worded()
        self.cardChanged.emit()

    def _refused(self, refusal: KioskError) -> None:
        seconds = int(str(refusal.values[0])) if refusal.code == "sign_in_wait" else 0
        self._wait(seconds, stopped=refusal.code == "card_blocked")
        self.pinRefused.emit()
        if refusal.code in _TRY_ANOTHER_CARD:
            self._card = ""
            self.worded()
            self.cardChanged.emit()

    def _wait(self, seconds: int, *, stopped: bool) -> None:
        self._waiting, self._stopped = seconds, stopped
        if seconds:
            self._second.start()
        else:
            self._second.stop()
        self.waitingChanged.emit()

    @Slot()
    def _count_down(self) -> None:
        self._wait(self._waiting - 1, stopped=False)
        self._refuse(ExpectedError("sign_in_wait", self._waiting) if self._waiting else None)


def _check_number(village: Village, number: str) -> str:
    """The number as it is printed; a slip of the finger is found before a PIN is asked for."""
    return read_card(village, number).number
