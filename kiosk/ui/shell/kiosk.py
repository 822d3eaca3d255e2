"""What every screen is given: navigation, the session, the language, the way to the services."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Property, QObject, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QmlElement, QmlUncreatable
from PySide6.QtQuick import QQuickItem

from kiosk.core import event_log
from kiosk.core.clock import Clock
from kiosk.core.errors import KioskError
from kiosk.core.paths import DataDirectory
from kiosk.ui.shell.comfort import GOOD_BYE
from kiosk.ui.shell.idle import IdleWatch
from kiosk.ui.shell.navigation import Navigation
from kiosk.ui.shell.runner import Runner, Ticket
from kiosk.ui.shell.screens import REST, screen_entry
from kiosk.ui.shell.surroundings import Backups, CardToTry, Session, Surroundings

QML_IMPORT_NAME = "kiosk.ui.shell"
QML_IMPORT_MAJOR_VERSION = 1

ASIDE = "aside"
"""The thread of what takes long."""
TOLD_MS = 20_000
"""How often the service hears that somebody is there; its resident idle time is 120 s."""


@QmlElement
@QmlUncreatable("The composition root makes it.")
class Kiosk(Navigation):  # type: ignore[operator]
    """The kiosk as a screen sees it: comfort, navigation, and on top of them who is there.

    Whatever the layers below change, the watch over the idle time hears of it.
    """

    sessionChanged = Signal()
    remainingChanged = Signal()
    troubleChanged = Signal()
    restingChanged = Signal()
    cardScanned = Signal(str, arguments=["card"])
    noteScanned = Signal(str, arguments=["note"])
    keyScanned = Signal(str, arguments=["key"])
    nothingScanned = Signal()
    wiped = Signal()
    askingChanged = Signal()

    def __init__(self, around: Surroundings, parent: QObject | None = None) -> None:
        super().__init__(around, parent)
        self._session: Session | None = None
        self._trouble = ""
        self.demo_card: CardToTry | None = None
        self._resting = False
        self._told = QTimer(self, singleShot=True)
        self._asking = ""
        self._agreed: Callable[[], None] = self.endSession
        self.runner = Runner(self.apologise, self, first=around.before_any_question)
        self.idle = IdleWatch(around.idle, self)
        self.idle.remainingChanged.connect(self.remainingChanged)
        self.idle.expired.connect(self.wipe)
        self.idle.rested.connect(self._rest)
        for changed in (
            self.languageChanged,
            self.comfortChanged,
            self.screenChanged,
            self.sessionChanged,
        ):
            changed.connect(self._watch)

    # --- For view-models ------------------------------------------------------------------------

    @property
    def clock(self) -> Clock:
        """The village's clock."""
        return self._around.clock

    @property
    def directory(self) -> DataDirectory:
        """Where the village is, or would be."""
        return self._around.directory

    @property
    def session(self) -> Session | None:
        """Who is signed in."""
        return self._session

    def ask(
        self,
        function: Callable[..., Any],
        *arguments: object,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[KioskError], None] | None = None,
        owner: QObject | None = None,
    ) -> Ticket:
        """Call ``function(village, *arguments)`` of a service on the database thread."""
        return self.runner.run(
            self._call, function, arguments, done=done, failed=failed, owner=owner
        )

    def ask_aside(
        self,
        function: Callable[..., Any],
        *arguments: object,
        done: Callable[[Any], None],
        failed: Callable[[KioskError], None],
        owner: QObject,
    ) -> None:
        """As `ask`, on a thread of its own: what takes minutes keeps nobody's touch waiting.

        It is handed the village that the database thread has open.
        """
        aside = self.findChild(Runner, ASIDE) or Runner(self.apologise, self, ASIDE)

        def begin(village: object) -> None:
            aside.run(function, village, *arguments, done=done, failed=failed, owner=owner)

        self.ask(_itself, done=begin, failed=failed, owner=owner)

    @property
    def backups(self) -> Backups:
        """What puts a village back; its functions are for `runner`."""
        if self._around.backups is None:
            raise RuntimeError("nothing can be put back here")
        return self._around.backups

    def forget_session(self) -> None:
        """The village in which somebody signed in is no more; nobody is to be signed out of it."""
        self._session = None
        self.sessionChanged.emit()
        QGuiApplication.clipboard().clear()
        self.go_home()

    @Slot()
    def restart(self) -> None:
        """Begin anew, as after switching the machine on."""
        if self._around.restart is not None:
            self._around.restart()

    @Slot()
    def switch_off(self) -> None:
        """End, and let the machine be switched off."""
        if self._around.switch_off is not None:
            self._around.switch_off()

    def begin_session(self, session: Session) -> None:
        """Somebody signed in."""
        self._session = session
        self.sessionChanged.emit()
        self._note_language(chosen=self._language != self.settings.language)

    def apologise(self, trouble: BaseException) -> None:
        """A bug: log it, tell the person its number, go back to the start."""
        number = event_log.record_bug(trouble)
        if self._trouble:
            return  # The start screen itself may be what fails: one apology, and no loop.
        self._trouble = number
        self.troubleChanged.emit()
        self._wipe_person()

    def _call(self, function: Callable[..., Any], arguments: tuple[object, ...]) -> Any:
        return function(self._around.village(), *arguments)

    @Slot()
    def switchLanguage(self) -> None:
        """The next language; after the last the first again."""
        self.speak(self.next_language)
        self._note_language(chosen=True)

    def _note_language(self, *, chosen: bool) -> None:
        """What is printed for who is signed in will be in the language that they read.

        Whether the session is over is for `stillHere` to find out, and for what the person asks.
        """
        note = self._around.note_language
        if note is not None and self._session is not None and not self._session.roles:
            told = partial(note, chosen=chosen)
            self.ask(told, self._session.id, self._language, failed=lambda _refusal: None)

    @Slot()
    def putKeyboardAway(self) -> None:
        """What was looked for is found: the keyboard closes, and what was written stays."""
        window = QGuiApplication.focusObject()
        if isinstance(window, QQuickItem):
            window.setFocus(False)
        QGuiApplication.inputMethod().hide()

    @Slot()
    def back(self) -> None:
        """Return to the screen before; before the start screen, ask whether the person is done."""
        if len(self._visits) == 2 and self._session is not None:
            self.leave()
        else:
            self.step_back()

    @Slot()
    def home(self) -> None:
        """Return to the start screen, where nobody is signed in: it belongs to everybody."""
        if self._session is not None:
            self.endSession()
        else:
            self.go_home()

    @Slot()
    def screenIsBroken(self) -> None:
        """The screen in sight could not be loaded."""
        self.apologise(RuntimeError("screen"))

    # --- Session --------------------------------------------------------------------------------

    @Property(bool, notify=sessionChanged)
    def signedIn(self) -> bool:
        """Whether somebody is signed in."""
        return self._session is not None

    @Property(bool, notify=sessionChanged)
    def official(self) -> bool:
        """Whether that is somebody with an office."""
        return self._session is not None and bool(self._session.roles)

    @Property(str, notify=sessionChanged)
    def personName(self) -> str:
        """Who is signed in."""
        return "" if self._session is None else self._session.name

    @Slot()
    def endSession(self) -> None:
        """The person is done: sign out, wipe, and say so."""
        was_signed_in = self.signedIn
        self.wipe()
        if was_signed_in:
            self.hint_at(GOOD_BYE)

    @Slot(bool)
    def finish(self, unfinished: bool) -> None:
        """The person says they are done; with something `unfinished`, ask first."""
        if unfinished:
            self._ask_first("unfinished", self.endSession)
        else:
            self.endSession()

    @Slot()
    def leave(self) -> None:
        """The person wants to go back to the start screen, and may be done."""
        self._ask_first("leave", self.endSession)

    @Property(str, notify=askingChanged)
    def asking(self) -> str:
        """What is asked before a session ends: ``leave``, ``unfinished``, ``other_card``, or ""."""
        return self._asking

    @Slot()
    def agree(self) -> None:
        """Yes, end it."""
        self._ask_nothing()
        self._agreed()

    @Slot()
    def stay(self) -> None:
        """No, go on."""
        self._ask_nothing()

    def _ask_first(self, question: str, agreed: Callable[[], None]) -> None:
        self._agreed = agreed
        self._asking = question
        self.askingChanged.emit()

    def _ask_nothing(self) -> None:
        self._asking = ""
        self.askingChanged.emit()

    def _give_way(self, properties: dict[str, Any]) -> None:
        """Somebody else holds up a card: nothing of the first person is shown to them."""
        self.wipe()
        self.open("sign_in", properties)

    @Slot()
    def wipe(self) -> None:
        """Nothing of the person stays: screens, fields, keyboard, clipboard, session, comforts."""
        self._wipe_person()
        self.reset_comforts()

    def _wipe_person(self) -> None:
        """As `wipe`; language, text and contrast stay, so that an apology can be read."""
        ended, self._session = self._session, None
        self._ask_nothing()
        QGuiApplication.inputMethod().reset()
        QGuiApplication.inputMethod().hide()
        QGuiApplication.clipboard().clear()
        self._reader.reset()
        self.hint_at("")
        self.go_home()
        self.sessionChanged.emit()
        self.wiped.emit()
        if ended is not None:
            self.ask(self._around.sign_out, ended.id)

    @Slot()
    def forgiveTrouble(self) -> None:
        """The apology was read."""
        self.reset_comforts()
        self._trouble = ""
        self.troubleChanged.emit()

    @Property(str, notify=troubleChanged)
    def troubleNumber(self) -> str:
        """The number of a bug that just happened; empty when there is none."""
        return self._trouble

    # --- Time and input -------------------------------------------------------------------------

    @Property(int, notify=remainingChanged)
    def remaining(self) -> int:
        """Seconds until the wipe, while the countdown runs; otherwise 0."""
        return self.idle.remaining

    @Property(bool, notify=restingChanged)
    def resting(self) -> bool:
        """Whether the screen rests, since nobody has been here for long."""
        return self._resting

    @Slot()
    def touched(self) -> None:
        """A finger or a key; while the kiosk asks whether anybody is there, only the answer is."""
        if not self.idle.remaining:
            self.stillHere()

    @Slot()
    def stillHere(self) -> None:
        """Somebody is there: the idle time starts anew, here and now and then in the service."""
        self.idle.touched()
        tell = self._around.still_here
        if tell is None or self._session is None or self._told.isActive():
            return
        self._told.start(TOLD_MS)
        self.ask(tell, self._session.id, failed=self._session_is_over)

    def _session_is_over(self, refusal: KioskError) -> None:
        """The service ended the session; trouble in the environment is told where it matters."""
        if self._session is not None and refusal.code == "session_over":
            self.wipe()
            self.hint_at("error.session_over")

    @Property(QUrl, notify=restingChanged)
    def restUrl(self) -> QUrl:
        """What stands over the start screen while it rests; empty while it does not."""
        if not self._resting:
            return QUrl()
        REST.prepare()
        return QUrl.fromLocalFile(str(REST.path))

    @Slot()
    def wake(self) -> None:
        """The screen was touched while it rested."""
        self._set_resting(False)

    def card_scanned(self, card: str) -> None:
        """A card was held to the scanner: sign in with it, or let the screen in sight take it."""
        self._scanned(self.cardScanned, card, "sign_in", {"card": card})

    def note_scanned(self, note: str) -> None:
        """A slip or sign was held to the scanner."""
        self._scanned(self.noteScanned, note, "check", {"note": note})

    def key_scanned(self, key: str) -> None:
        """A recovery sheet's key was held to the scanner: only the screen that asks hears of it."""
        if screen_entry(self._visits[-1].name).takes_keys:
            self.idle.touched()
            self.keyScanned.emit(key)
        else:
            self.strange_scan()

    def strange_scan(self, card: str = "") -> None:
        """Something else was held to the scanner, or it was not read clearly.

        It may be a card that somebody had before and that was taken as theirs; whether it is, only
        the sign-in finds out, as with one of ours. Any code may be one, so that it leads there
        from the start alone: who is writing is not taken away by a barcode that lay about.
        """
        here = self._visits[-1].name
        if card and (here in ("home", "sign_in") or screen_entry(here).takes_cards):
            self.card_scanned(card)
            return
        self.nothingScanned.emit()
        if self._visits[-1].name != "check":
            self.hint_at("shell.wrong_scan")

    def _scanned(self, signal: Any, text: str, name: str, properties: dict[str, Any]) -> None:
        self.wake()
        self.idle.touched()
        here = self._visits[-1].name
        entry = screen_entry(here)
        takes = {"check": entry.takes_notes, "sign_in": entry.takes_cards}
        if here == name or takes[name]:
            signal.emit(text)
        elif name == "sign_in" and self._session is not None:
            self._ask_first("other_card", lambda: self._give_way(properties))
        else:
            self.open(name, properties)

    def _watch(self) -> None:
        watched = self._session is not None or not self.usual or len(self._visits) > 1
        self.idle.watch(watched=watched, official=bool(self._session and self._session.roles))

    def _rest(self) -> None:
        self.leading.emit()
        self._set_resting(True)

    def _set_resting(self, resting: bool) -> None:
        if resting != self._resting:
            self._resting = resting
            self.restingChanged.emit()


def _itself(village: object) -> object:
    return village
