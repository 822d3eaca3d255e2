"""Signing in: first the card, then its PIN."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.services.access import first_pin, sessions
from kiosk.services.access.sessions import SignedIn
from kiosk.services.cases import confirmations, disowned, notices
from kiosk.services.demo.cards import demo_cards
from kiosk.services.my_data import erasure
from kiosk.services.village import Village
from kiosk.ui.parts.card_asking import CardModel
from kiosk.ui.shell.surroundings import CardToTry

QML_IMPORT_NAME = "kiosk.ui.access"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True)
class OpenedSession:
    """A session; how many reports to ask about, how many things to tell, and a wish to leave."""

    signed_in: SignedIn
    asked: int = 0
    news: int = 0
    leaving: bool = False


@QmlElement
class SignInModel(CardModel):
    """View-model of SignInScreen."""

    wordsChanged = Signal()
    signedIn = Signal()
    firstPinAwaited = Signal(str, arguments=["card"])
    newsChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._demo = ""
        self._demo_pin = ""
        self._to_try: CardToTry | None = None
        self._official = False
        self._asked_about = self._news = 0
        self._leaving = False

    def started(self) -> None:
        """The start screen has found the card to try, if this is a demo village."""
        self._to_try = self.shell.demo_card

    def worded(self) -> None:
        """Name the card, and the card to try, in the language on the screen."""
        super().worded()
        demo = self._to_try
        self._demo = self.text("sign_in.demo", demo.number, demo.pin) if demo else ""
        own = demo if demo is not None and demo.number == self._number else None
        self._demo_pin = self.text("sign_in.demo_pin", own.number, own.pin) if own else ""
        self.wordsChanged.emit()

    @Property(str, notify=wordsChanged)
    def demo(self) -> str:
        """A card to try, in a demo village; empty elsewhere."""
        return self._demo

    @Property(str, notify=wordsChanged)
    def demoPin(self) -> str:
        """The PIN of that card."""
        return self._demo_pin

    @Property(int, notify=newsChanged)
    def asked(self) -> int:
        """How many reports to ask an official about, who comes to no book of their own."""
        return self._asked_about

    @Property(int, notify=newsChanged)
    def news(self) -> int:
        """How many things are to be told to the person who just signed in."""
        return self._news

    @Property(bool, notify=newsChanged)
    def leaving(self) -> bool:
        """Whether this person asked to leave, and has not taken it back."""
        return self._leaving

    @Slot()
    def takeDemo(self) -> None:
        """Use the card to try."""
        if self._to_try is not None:
            self._take_number(self._to_try.number)

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

    def _take(self, card: str, number: str, *, scanned: bool) -> None:
        super()._take(card, number, scanned=scanned)
        if card and self.shell.session is None:
            self.ask(first_pin.awaits, card, then=self._offer_first_pin, newest=True)

    def _offer_first_pin(self, awaited: bool) -> None:
        if awaited and self._card:
            self.firstPinAwaited.emit(self._card)

    def _show_card_to_try(self, card: CardToTry | None) -> None:
        self._to_try = card
        self.worded()

    def _opened(self, opened: OpenedSession) -> None:
        self._asked_about, self._news = opened.asked, opened.news
        self._leaving = opened.leaving
        self._card = ""
        self.newsChanged.emit()
        self.shell.begin_session(opened.signed_in)
        self.signedIn.emit()


def _officer_to_try(village: Village) -> CardToTry | None:
    return next((card for card in demo_cards(village) if card.story == "officer"), None)


def _open(village: Village, card: str, pin: str, official: bool, before: str) -> OpenedSession:
    """Open a session; one that somebody forgot to end gives way to it."""
    signed_in = sessions.sign_in(village, card, pin, official=official)
    if before:
        sessions.sign_out(village, before)
    if official:
        return OpenedSession(signed_in, asked=len(disowned.asked(village, signed_in.id)))
    told = notices.notices(village, signed_in.id)
    to_confirm = confirmations.confirmable(village, signed_in.id)
    leaving = erasure.wish(village, signed_in.id) is not None
    return OpenedSession(signed_in, news=len(told) + len(to_confirm), leaving=leaving)
