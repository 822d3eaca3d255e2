"""What every screen is given: navigation, the session, the language, the way to the services."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import Property, QObject, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QmlElement, QmlUncreatable
from PySide6.QtQuick import QQuickItem

from kiosk.core import event_log
from kiosk.core.catalogue import Catalogue, Language
from kiosk.core.clock import Clock
from kiosk.core.errors import EnvironmentFault, Refusal
from kiosk.core.settings import Settings
from kiosk.ui.shell.idle import IdleTimes, IdleWatch
from kiosk.ui.shell.reader import Reader, Voice
from kiosk.ui.shell.runner import Runner, Ticket
from kiosk.ui.shell.screens import screen_entry

if TYPE_CHECKING:
    from kiosk.services.village import Village

QML_IMPORT_NAME = "kiosk.ui.shell"
QML_IMPORT_MAJOR_VERSION = 1

TEXT_STEPS = 4
USUAL_TEXT_STEP = 1
HOME = "home"
_PASSED_BY = frozenset({"sign_in"})
"""Screens that back never leads to: the PIN of a card that was held up is not asked for again."""
_GOOD_BYE = "shell.good_bye"
HINT_MS = 6000
TOLD_MS = 20_000
"""How often the service hears that somebody is there; its resident idle time is 120 s."""


class Session(Protocol):
    """Who is signed in, as the access service tells it."""

    @property
    def id(self) -> str:
        """What every service asks for."""

    @property
    def resident_id(self) -> int:
        """The person."""

    @property
    def name(self) -> str:
        """The person's name, for the bar."""

    @property
    def roles(self) -> frozenset[Any]:
        """Offices held; empty for a resident."""


class CardToTry(Protocol):
    """A card that anybody may try, in a demo village."""

    @property
    def number(self) -> str:
        """The card's number."""

    @property
    def pin(self) -> str:
        """Its PIN."""


@dataclass(frozen=True)
class Surroundings:
    """What the composition root gives the kiosk."""

    settings: Settings
    catalogue: Catalogue
    clock: Clock
    village: Callable[[], Village]
    """Called on the database thread alone; opens the village the first time."""
    sign_out: Callable[[Village, str], None]
    still_here: Callable[[Village, str], object] | None = None
    """Tells the access service that somebody signed in is still touching the screen."""
    note_language: Callable[..., None] | None = None
    """Tells it, after village and session, their language and whether they chose it just now."""
    voice: Voice | None = None
    """Reads aloud; None where nothing can speak."""
    idle: IdleTimes = field(default_factory=IdleTimes)


@dataclass
class _Visit:
    """One screen on the way back home, with what it was opened with."""

    name: str
    properties: dict[str, Any]


@QmlElement
@QmlUncreatable("The composition root makes it.")
class Kiosk(QObject):  # type: ignore[operator]
    """The kiosk as a screen sees it."""

    languageChanged = Signal()
    comfortChanged = Signal()
    sessionChanged = Signal()
    screenChanged = Signal()
    remainingChanged = Signal()
    troubleChanged = Signal()
    restingChanged = Signal()
    cardScanned = Signal(str, arguments=["card"])
    noteScanned = Signal(str, arguments=["note"])
    nothingScanned = Signal()
    wiped = Signal()
    hintChanged = Signal()
    askingChanged = Signal()

    def __init__(self, around: Surroundings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._language: Language = around.settings.language
        self._text_step = USUAL_TEXT_STEP
        self._high_contrast = False
        self._session: Session | None = None
        self._visits = [_Visit(HOME, {})]
        self._trouble = ""
        self.demo_card: CardToTry | None = None
        self._resting = False
        self._told = QTimer(self, singleShot=True)
        self._hint = ""
        self._asking = ""
        self._agreed: Callable[[], None] = self.endSession
        self._hint_ends = QTimer(self, singleShot=True)
        self._hint_ends.timeout.connect(lambda: self.hint_at(""))
        self._reader = Reader(around.voice, lambda: self._language, self._say_trouble, self)
        self.screenChanged.connect(self._reader.stop)
        self.runner = Runner(self.apologise, self)
        self.idle = IdleWatch(around.idle, self)
        self.idle.remainingChanged.connect(self.remainingChanged)
        self.idle.expired.connect(self.wipe)
        self.idle.rested.connect(self._rest)

    # --- For view-models ------------------------------------------------------------------------

    @property
    def clock(self) -> Clock:
        """The village's clock."""
        return self._around.clock

    @property
    def settings(self) -> Settings:
        """The village's settings."""
        return self._around.settings

    @property
    def tongue(self) -> Language:
        """The language on the screen."""
        return self._language

    @property
    def session(self) -> Session | None:
        """Who is signed in."""
        return self._session

    def text(self, key: str, *values: object) -> str:
        """The words of `key` in the language on the screen."""
        return self._around.catalogue.text(key, self._language, *values)

    def sentence(self, refusal: Refusal) -> str:
        """The sentence of an expected error or of trouble in the environment."""
        return refusal.sentence(self._around.catalogue, self._language)

    def ask(
        self,
        function: Callable[..., Any],
        *arguments: object,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Refusal], None] | None = None,
        owner: QObject | None = None,
    ) -> Ticket:
        """Call ``function(village, *arguments)`` of a service on the database thread."""
        return self.runner.run(
            self._call, function, arguments, done=done, failed=failed, owner=owner
        )

    def begin_session(self, session: Session) -> None:
        """Somebody signed in."""
        self._session = session
        self._session_is_new()
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

    # --- Texts and comfort ----------------------------------------------------------------------

    @Property(str, notify=languageChanged)
    def languages(self) -> str:
        """The language on the screen and the one that comes next, as short as they go."""
        pair = (self._language, self._next_language())
        return self.text("shell.languages", *(self._called("short", each) for each in pair))

    @Property(str, notify=languageChanged)
    def nextLanguage(self) -> str:
        """What the next language calls itself."""
        return self._called("name", self._next_language())

    def _next_language(self) -> Language:
        there = self._around.catalogue.languages
        return there[(there.index(self._language) + 1) % len(there)]

    def _called(self, name: str, language: Language) -> str:
        return self._around.catalogue.text(f"language.{name}", language)

    @Property(str, notify=languageChanged)
    def language(self) -> str:
        """``zh`` or ``en``."""
        return self._language

    @Property(str, notify=languageChanged)
    def villageName(self) -> str:
        """The village's name in the language on the screen."""
        settings = self.settings
        return settings.name.said(self._language)

    @Property(int, notify=comfortChanged)
    def textStep(self) -> int:
        """0 to 3: the size of the text; a session starts at 1 (capitals of 4.8 mm)."""
        return self._text_step

    @Property(bool, notify=comfortChanged)
    def highContrast(self) -> bool:
        """White on black."""
        return self._high_contrast

    @Slot()
    def switchLanguage(self) -> None:
        """The next language; after the last the first again."""
        self._speak_language(self._next_language())
        self._note_language(chosen=True)

    @Slot()
    def nextTextStep(self) -> None:
        """The next larger text; after the largest the smallest again."""
        self.set_comfort((self._text_step + 1) % TEXT_STEPS, self._high_contrast)

    @Slot()
    def switchContrast(self) -> None:
        """High contrast, or back."""
        self.set_comfort(self._text_step, not self._high_contrast)

    def set_comfort(self, text_step: int, high_contrast: bool) -> None:
        """Set text size and contrast at once."""
        self._text_step, self._high_contrast = text_step, high_contrast
        self.comfortChanged.emit()
        self._watch()

    def _speak_language(self, language: Language) -> None:
        if language != self._language:
            self._language = language
            self._reader.stop()
            self.languageChanged.emit()
            self.hintChanged.emit()
            self._watch()

    def _note_language(self, *, chosen: bool) -> None:
        """What is printed for who is signed in will be in the language that they read.

        Whether the session is over is for `stillHere` to find out, and for what the person asks.
        """
        note = self._around.note_language
        if note is not None and self._session is not None and not self._session.roles:
            told = partial(note, chosen=chosen)
            self.ask(told, self._session.id, self._language, failed=lambda _refusal: None)

    @Property(Reader, constant=True)
    def reader(self) -> Reader:
        """Reads screens aloud."""
        return self._reader

    @Property(str, notify=hintChanged)
    def hint(self) -> str:
        """A sentence that stands for a few seconds; empty when there is none."""
        return self.text(self._hint) if self._hint else ""

    @Property(str, notify=hintChanged)
    def hintTone(self) -> str:
        """How it looks: good news, or something to mind."""
        good = self._hint == _GOOD_BYE or ".done_" in self._hint
        return "tea" if good else "care"

    def hint_at(self, key: str) -> None:
        """Show the sentence `key` for a few seconds; an empty key takes it away."""
        self._hint = key
        self.hintChanged.emit()
        if key:
            self._hint_ends.start(HINT_MS)

    @Slot()
    def putKeyboardAway(self) -> None:
        """What was looked for is found: the keyboard closes, and what was written stays."""
        window = QGuiApplication.focusObject()
        if isinstance(window, QQuickItem):
            window.setFocus(False)
        QGuiApplication.inputMethod().hide()

    # --- Navigation -----------------------------------------------------------------------------

    @Property(str, notify=screenChanged)
    def screenName(self) -> str:
        """The screen in sight."""
        return self._visits[-1].name

    @Property(QUrl, notify=screenChanged)
    def screenUrl(self) -> QUrl:
        """The QML file of the screen in sight."""
        entry = screen_entry(self._visits[-1].name)
        entry.prepare()
        return QUrl.fromLocalFile(str(entry.path))

    @Property("QVariantMap", notify=screenChanged)  # type: ignore[arg-type]
    def screenProperties(self) -> dict[str, Any]:
        """What the screen in sight is opened with."""
        return self._visits[-1].properties

    @Property(bool, notify=screenChanged)
    def atHome(self) -> bool:
        """Whether the start screen is in sight."""
        return len(self._visits) == 1

    @Slot(str)
    @Slot(str, "QVariantMap")
    def open(self, name: str, properties: dict[str, Any] | None = None) -> None:
        """Go on to the screen `name`, setting `properties` on it."""
        if self._visits[-1].name in _PASSED_BY:
            self._visits.pop()
        if self._hint == _GOOD_BYE:
            self.hint_at("")
        self._visits.append(_Visit(name, dict(properties or {})))
        self._moved()

    @Slot(str)
    @Slot(str, "QVariantMap")
    def replace(self, name: str, properties: dict[str, Any] | None = None) -> None:
        """Go to the screen `name` in place of this one, so that back does not return here."""
        if len(self._visits) > 1:
            self._visits.pop()
        self._visits.append(_Visit(name, dict(properties or {})))
        self._moved()

    @Slot()
    def back(self) -> None:
        """Return to the screen before; before the start screen, ask whether the person is done."""
        if len(self._visits) == 2 and self._session is not None:
            self.leave()
        elif len(self._visits) > 1:
            self._visits.pop()
            self._moved()

    @Slot()
    def home(self) -> None:
        """Return to the start screen, where nobody is signed in: it belongs to everybody."""
        if self._session is not None:
            self.endSession()
            return
        self._visits = [_Visit(HOME, {})]
        self._moved()

    @Slot(str, "QVariant")
    def remember(self, name: str, value: Any) -> None:
        """Open the screen in sight with this property when one comes back to it."""
        self._visits[-1].properties[name] = value

    @Slot()
    def screenIsBroken(self) -> None:
        """The screen in sight could not be loaded."""
        self.apologise(RuntimeError("screen"))

    def _moved(self) -> None:
        self.screenChanged.emit()
        self._watch()

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
            self.hint_at(_GOOD_BYE)

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
        self._reset_comforts()

    def _reset_comforts(self) -> None:
        self.set_comfort(USUAL_TEXT_STEP, False)
        self._speak_language(self.settings.language)

    def _wipe_person(self) -> None:
        """As `wipe`; language, text and contrast stay, so that an apology can be read."""
        ended, self._session = self._session, None
        self._ask_nothing()
        QGuiApplication.inputMethod().reset()
        QGuiApplication.inputMethod().hide()
        QGuiApplication.clipboard().clear()
        self._reader.reset()
        self.hint_at("")
        self.home()
        self._session_is_new()
        self.wiped.emit()
        if ended is not None:
            self.ask(self._around.sign_out, ended.id)

    @Slot()
    def forgiveTrouble(self) -> None:
        """The apology was read."""
        self._reset_comforts()
        self._trouble = ""
        self.troubleChanged.emit()

    @Property(str, notify=troubleChanged)
    def troubleNumber(self) -> str:
        """The number of a bug that just happened; empty when there is none."""
        return self._trouble

    def _session_is_new(self) -> None:
        self.sessionChanged.emit()
        self._watch()

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

    def _session_is_over(self, refusal: Refusal) -> None:
        """The service ended the session; trouble in the environment is told where it matters."""
        if self._session is not None and refusal.code == "session_over":
            self.wipe()
            self.hint_at("error.session_over")

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

    def strange_scan(self) -> None:
        """Something else was held to the scanner, or it was not read clearly."""
        self.nothingScanned.emit()
        if self._visits[-1].name != "check":
            self.hint_at("shell.wrong_scan")

    def _say_trouble(self, trouble: EnvironmentFault) -> None:
        event_log.record("trouble", code=trouble.code)
        self.hint_at(f"error.{trouble.code}")

    def _scanned(self, signal: Any, text: str, name: str, properties: dict[str, Any]) -> None:
        self.wake()
        self.idle.touched()
        here = self._visits[-1].name
        if here == name or (name == "check" and screen_entry(here).takes_notes):
            signal.emit(text)
        elif name == "sign_in" and self._session is not None:
            self._ask_first("other_card", lambda: self._give_way(properties))
        else:
            self.open(name, properties)

    def _watch(self) -> None:
        settings = self.settings
        changed = self._text_step != USUAL_TEXT_STEP or self._high_contrast
        changed = changed or self._language != settings.language
        watched = bool(self._session or changed) or len(self._visits) > 1
        self.idle.watch(watched=watched, official=bool(self._session and self._session.roles))

    def _rest(self) -> None:
        self._set_resting(True)

    def _set_resting(self, resting: bool) -> None:
        if resting != self._resting:
            self._resting = resting
            self.restingChanged.emit()
