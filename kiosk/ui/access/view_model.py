"""Signing in: first the card, then its PIN."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.errors import ExpectedError, KioskError
from kiosk.services.access import cards, sessions
from kiosk.services.access.cards import CardShown, read_card
from kiosk.services.access.sessions import SignedIn
from kiosk.services.cases import confirmations, disowned, notices
from kiosk.services.demo.cards import demo_cards
from kiosk.services.village import Village
from kiosk.ui.shell.surroundings import CardToTry
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.access"
QML_IMPORT_MAJOR_VERSION = 1

_HALF = 4
"""A card number is printed, and shown, in two halves of four digits."""


@dataclass(frozen=True)
class Opened:
    """A session; how many reports to ask about, and how many things to tell this person."""

    signed_in: SignedIn
    asked: int
    news: int


@QmlElement
class SignInModel(ViewModel):
    """View-model of SignInScreen.

    Nothing here says whether the village knows a card: a scanned or typed one is only read, and
    the services answer a wrong PIN and an unknown card alike.
    """

    cardChanged = Signal()
    waitingChanged = Signal()
    wordsChanged = Signal()
    signedIn = Signal()
    pinRefused = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._card = ""
        self._number = ""
        self._scanned = False
        self._card_label = ""
        self._demo = ""
        self._demo_pin = ""
        self._to_try: CardToTry | None = None
        self._official = False
        self._asked_about = self._news = 0
        self._waiting = 0
        self._stopped = False
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._count_down)

    def started(self) -> None:
        """The start screen has found the card to try, if this is a demo village."""
        self._to_try = self.shell.demo_card

    def worded(self) -> None:
        """Name the card, and the card to try, in the language on the screen."""
        name = "sign_in.scanned_card" if self._scanned else "sign_in.your_card"
        self._card_label = self.text(name, self._number) if self._card else ""
        demo = self._to_try
        self._demo = self.text("sign_in.demo", demo.number, demo.pin) if demo else ""
        own = demo if demo is not None and demo.number == self._number else None
        self._demo_pin = self.text("sign_in.demo_pin", own.number, own.pin) if own else ""
        self.wordsChanged.emit()

    @Property(bool, notify=cardChanged)
    def hasCard(self) -> bool:
        """Whether a card was shown, so that its PIN is asked for."""
        return bool(self._card)

    @Property(str, notify=wordsChanged)
    def cardLabel(self) -> str:
        """Which card it is, without saying whose."""
        return self._card_label

    @Property(str, notify=wordsChanged)
    def demo(self) -> str:
        """A card to try, in a demo village; empty elsewhere."""
        return self._demo

    @Property(str, notify=wordsChanged)
    def demoPin(self) -> str:
        """The PIN of that card."""
        return self._demo_pin

    @Property(int, notify=waitingChanged)
    def waiting(self) -> int:
        """Seconds until the next try; 0 when there is nothing to wait for."""
        return self._waiting

    @Property(bool, notify=waitingChanged)
    def stopped(self) -> bool:
        """Whether this card opens nothing any more."""
        return self._stopped

    @Property(int, notify=cardChanged)
    def asked(self) -> int:
        """How many reports to ask an official about, who comes to no book of their own."""
        return self._asked_about

    @Property(int, notify=cardChanged)
    def news(self) -> int:
        """How many things are to be told to the person who just signed in."""
        return self._news

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
    def takeDemo(self) -> None:
        """Use the card to try."""
        if self._to_try is not None:
            self._take_number(self._to_try.number)

    @Slot()
    def otherCard(self) -> None:
        """Put this card aside."""
        self._take("", "", scanned=False)

    @Slot(str)
    def enterPin(self, pin: str) -> None:
        """Six digits were entered."""
        question = (self._card, pin, self._official, self.session_id)
        self.ask(_open, *question, then=self._opened, refused=self._refused)

    @Slot()
    def comeToWork(self) -> None:
        """Somebody comes to work: the session shall hold their office."""
        self._official = True
        if self.shell.settings.demo:
            self.shell.ask(_officer_to_try, done=self._show_card_to_try, owner=self)

    def _show_card_to_try(self, card: CardToTry | None) -> None:
        self._to_try = card
        self.worded()

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

    def _opened(self, opened: Opened) -> None:
        self._asked_about, self._news = opened.asked, opened.news
        self._card = ""
        self.shell.begin_session(opened.signed_in)
        self.signedIn.emit()

    def _refused(self, refusal: KioskError) -> None:
        seconds = int(str(refusal.values[0])) if refusal.code == "sign_in_wait" else 0
        self._wait(seconds, stopped=refusal.code == "card_blocked")
        self.pinRefused.emit()

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


def _officer_to_try(village: Village) -> CardToTry | None:
    return next((card for card in demo_cards(village) if card.story == "officer"), None)


def _check_number(_village: Village, number: str) -> str:
    """The number as it is printed; a slip of the finger is found before a PIN is asked for."""
    return read_card(number).number


def _open(village: Village, card: str, pin: str, official: bool, before: str) -> Opened:
    """Open a session; one that somebody forgot to end gives way to it."""
    signed_in = sessions.sign_in(village, card, pin, official=official)
    if before:
        sessions.sign_out(village, before)
    if official:
        return Opened(signed_in, len(disowned.asked(village, signed_in.id)), 0)
    told = notices.notices(village, signed_in.id)
    to_confirm = confirmations.confirmable(village, signed_in.id)
    return Opened(signed_in, 0, len(told) + len(to_confirm))
