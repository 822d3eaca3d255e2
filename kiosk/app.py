"""The composition root: makes the window and gives the kiosk what it stands on."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Protocol

import shiboken6
from PySide6.QtCore import QObject, QSocketNotifier, QTimer, QUrl
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine, QQmlError
from PySide6.QtQuick import QQuickWindow

from kiosk.core import event_log
from kiosk.core.catalogue import Language, catalogue
from kiosk.core.clock import Clock, SystemClock
from kiosk.core.paths import ASSETS, DataDirectory
from kiosk.core.settings import Settings, read_settings
from kiosk.core.texts import Texts
from kiosk.devices import machine_power
from kiosk.devices.watchdog import Watchdog, watchdog
from kiosk.ui.shell import remote_view
from kiosk.ui.shell.gui_thread_gc import Collector
from kiosk.ui.shell.icons import IconProvider
from kiosk.ui.shell.input_watch import InputWatch
from kiosk.ui.shell.kiosk import Kiosk
from kiosk.ui.shell.orderly_end import OrderlyEnd
from kiosk.ui.shell.pixels_per_mm import cap_height, pixels_per_mm
from kiosk.ui.shell.preparing import Preparing
from kiosk.ui.shell.reader import Voice
from kiosk.ui.shell.surroundings import Surroundings
from kiosk.ui.shell.translator import (
    ROOMS_OF_THE_START,
    CatalogueTranslator,
    compiled_catalogue,
)

if TYPE_CHECKING:
    from kiosk.services.upkeep.restoring import Preview, PutBack, Wish
    from kiosk.services.village import Village

ROOT = Path(__file__).resolve().parents[1]
_UI = ROOT / "kiosk" / "ui"
_KEYBOARD = ASSETS / "keyboard"
_FONTS = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf", "LXGWWenKai-Bold.ttf")
_DRAG_CANCELS_TAP = 30
_PAINTED_SECONDS = 2.0
"""How long the village waits at most for the first frame, so as not to delay it: importing what it
stands on takes Python's lock from the window's thread, again and again. A window that nobody sees,
as behind a screen that is switched off, is never painted."""
_ENDING = (signal.SIGINT, signal.SIGTERM)
_KNOWN_NOISE = "qt.multimedia.symbolsresolver=false;qt.qml.propertyCache.append=false"
"""What Qt says at each start about its own parts, and nobody can act on."""
_RENDER_NODES = Path("/dev/dri")
"""Where Linux has a file for each graphics processor that can draw, ``renderD128`` and on."""
_FACES = "faces"
"""The application's property that says that they are there. To ask Qt for its families instead
makes it read every font of the machine."""
RESTART = 75
"""What `run` returns when the program is to begin anew (EX_TEMPFAIL of sysexits.h: try again)."""
SWITCH_OFF = 76
"""What the loop ends with when the machine is to be switched off."""
TRIED = "tried"
"""There: how many starts came to no screen (packaging/debian/session)."""
PROCESS = "program.pid"
"""In the unit's runtime folder: which process `packaging/debian/stop` ends before all others."""
WEDGE = "wedge"
"""The setting of a scanner that types like a keyboard."""


def run(
    data: DataDirectory,
    window: tuple[int, int] | None,
    without_display: Callable[[int], None] | None = None,
) -> int:
    """Open the kiosk full screen, or in a window of that size, until it is closed.

    With `without_display` it is shown by VNC, and `without_display` hears the port on 127.0.0.1.
    """
    settings = settings_here(data)
    note_process()
    prepare_environment()
    if without_display is not None:
        show_by_vnc(window)
    app = QGuiApplication(sys.argv[:1])
    if without_display is not None:
        without_display(remote_view.serve_this_machine_alone())
    opened, painted = LazyVillage(data, SystemClock()), Event()
    around = Surroundings(
        settings=settings,
        catalogue=catalogue(),
        clock=opened.clock,
        directory=data,
        village=opened,
        sign_out=_sign_out,
        still_here=_keep_session,
        note_language=_note_language,
        backups=opened,
        restart=lambda: app.exit(RESTART),
        switch_off=lambda: app.exit(SWITCH_OFF),
        before_any_question=partial(painted.wait, _PAINTED_SECONDS),
        voice=_voice(),
    )
    stage = MainWindow(around, size=window)
    sys.excepthook = lambda _kind, trouble, _trace: stage.kiosk.apologise(trouble)
    line = watchdog()

    def drawn() -> None:
        if not painted.is_set():
            painted.set()
            note_screen()

    stage.window.frameSwapped.connect(drawn)
    stage.window.frameSwapped.connect(stage.preparing.begin)
    stage.show()
    QTimer.singleShot(0, line.ready)
    event_log.record("started")
    end = OrderlyEnd(partial(stage.kiosk.runner.close, opened.close))
    try:
        with end.even_without_a_screen(), _ends_on_signals(app, end), _heartbeat(line):
            code = app.exec()
            line.stopping()
            end.do()
    finally:
        sys.excepthook = sys.__excepthook__
        end.do()
        stage.close()
    return ended(code)


def ended(code: int) -> int:
    """What `run` returns for what the loop ended with: all is on disk, the machine may go off."""
    if code != SWITCH_OFF:
        return code
    machine_power.switch_off()
    return 0


def settings_here(data: DataDirectory) -> Settings:
    """The village's; where there is none, those of a machine on which one can be restored.

    The log of events is a folder of the village's, and is kept only where that is.
    """
    if data.settings.exists():
        event_log.keep_journal(data.log)
        return read_settings(data.settings)
    known = catalogue()
    name = Texts({each: known.text("restore.no_name", each) for each in known.languages})
    return Settings(name, "none.example/good-deed-book")


@contextmanager
def _heartbeat(line: Watchdog) -> Iterator[None]:
    """While this thread turns, systemd hears that the screen answers."""
    beat = QTimer()
    beat.timeout.connect(line.alive)
    if line.interval:
        beat.start(round(1000 * line.interval))
    yield
    beat.stop()


def note_process() -> None:
    """Where systemd runs it, say which process of the unit is the program: it is ended first."""
    if folder := os.environ.get("RUNTIME_DIRECTORY"):
        with suppress(OSError):
            (Path(folder) / PROCESS).write_text(f"{os.getpid()}\n", "ascii")


def note_screen() -> None:
    """The first screen stands: the unit's session forgets the starts that came to none.

    Where it took less than the machine's graphics to come here, the next start begins with that.
    """
    if folder := os.environ.get("RUNTIME_DIRECTORY"):
        with suppress(OSError):
            tried = Path(folder) / TRIED
            if os.environ.get("WLR_RENDERER") == "pixman":
                tried.write_text("2\n", "ascii")
            else:
                tried.unlink(missing_ok=True)


@contextmanager
def _ends_on_signals(app: QGuiApplication, end: OrderlyEnd) -> Iterator[None]:
    """End in good order when asked to by systemd or from a terminal.

    Python runs its signal handlers only when it has the turn; a byte on a socket gives it one
    (signal.set_wakeup_fd), since Qt's loop would otherwise sleep on. `exit` ends the loop alone;
    `quit` would close the windows inside it, and in 5 of 80 endings soon after the start Qt 6.11.3
    then sent a timer event to a window whose platform part was gone (QPlatformWindow::windowEvent).
    """
    hearing, telling = socket.socketpair()
    hearing.setblocking(False)
    telling.setblocking(False)
    notifier = QSocketNotifier(hearing.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda *_: hearing.recv(64))
    before = signal.set_wakeup_fd(telling.fileno())

    def ask(*_told: object) -> None:
        end.ask()
        app.exit()

    old = {each: signal.signal(each, ask) for each in _ENDING}
    try:
        yield
    finally:
        for each, handler in old.items():
            signal.signal(each, handler)
        signal.set_wakeup_fd(before)
        notifier.setEnabled(False)
        hearing.close()
        telling.close()


def prepare_environment() -> None:
    """What Qt reads from the environment before it starts."""
    os.environ.setdefault("QT_IM_MODULE", "qtvirtualkeyboard")
    os.environ.setdefault("QT_LOGGING_RULES", _KNOWN_NOISE)
    os.environ.setdefault("QT_VIRTUALKEYBOARD_DESKTOP_DISABLE", "1")
    os.environ.setdefault("QT_VIRTUALKEYBOARD_STYLE", "village")
    os.environ.setdefault("QT_VIRTUALKEYBOARD_LAYOUT_PATH", str(_KEYBOARD / "layouts"))
    if not any(_RENDER_NODES.glob("renderD*")):
        # OpenGL without a graphics processor draws the first frame later, in more memory, and no
        # screen uses what the raster painter lacks (docs/decisions/drawing-without-opengl.md).
        os.environ.setdefault("QT_QUICK_BACKEND", "software")


def show_by_vnc(size: tuple[int, int] | None) -> None:
    """Have Qt make a screen of `size` pixels in memory; call it before there is an application."""
    os.environ["QT_QPA_PLATFORM"] = remote_view.platform(size)
    # It would name the port that is about to be replaced.
    os.environ["QT_LOGGING_RULES"] += ";default.debug=false"
    # That platform has no OpenGL.
    os.environ["QT_QUICK_BACKEND"] = "software"


@dataclass
class LazyVillage:
    """Opens the village when the database thread first needs it, off the way to the first frame.

    With it begins what goes on behind the screen: the print queue, deadlines and backups.
    """

    directory: DataDirectory
    clock: Clock
    village: Village | None = None
    behind: tuple[BackgroundJob, ...] = ()

    def __call__(self) -> Village:
        """The village; call it on the database thread."""
        if self.village is None:
            from kiosk.services.upkeep.opening import open_village

            self.village = open_village(self.directory, self.clock)
            self.behind = _background_jobs(self.village)
            for each in self.behind:
                each.start()
            # What is loaded by now stays: no later collection on the GUI thread goes through it.
            gc.freeze()
        return self.village

    def preview(self, wish: Wish) -> Preview:
        """What a backup is, beside the village if one is here; call it on the database thread."""
        from kiosk.services.upkeep import restoring

        return restoring.preview(restoring.village_here(self), self.directory, wish)

    def put_back(self, wish: Wish) -> PutBack:
        """Put a backup in the village's place; the next question opens what is there then."""
        from kiosk.services.upkeep import restoring

        here = restoring.village_here(self)
        return restoring.put_back(here, self.directory, wish, self.clock, self._let_go)

    def _let_go(self) -> None:
        self.close()
        self.village, self.behind = None, ()

    def close(self) -> None:
        """End what goes on behind the screen and close the database, if it was opened."""
        for each in self.behind:
            each.stop()
        if self.village is not None:
            self.village.database.close()


class BackgroundJob(Protocol):
    """Something with a thread of its own."""

    def start(self) -> None:
        """Begin."""

    def stop(self) -> None:
        """End, and wait for the end."""


def _background_jobs(village: Village) -> tuple[BackgroundJob, ...]:
    from kiosk.services.printing.spooler import Spooler
    from kiosk.services.upkeep.scheduler import Caretaker

    return Spooler(village), Caretaker(village)


class MainWindow(QObject):
    """The window with everything in it; what the program, the tests and the screenshots share."""

    def __init__(
        self,
        around: Surroundings,
        size: tuple[int, int] | None = None,
        mm: float | None = None,
        motion: bool = True,
    ) -> None:
        """`mm` is pixels to a millimetre, measured on the screen when it is None."""
        super().__init__()
        self._collector = Collector(self)
        app = _application()
        app.styleHints().setStartDragDistance(_DRAG_CANCELS_TAP)
        load_fonts()
        self.kiosk = Kiosk(around, self)
        self._catalogue = around.catalogue
        self._translators: dict[Language, CatalogueTranslator] = {}
        self._words = self._words_of_the_start()
        app.installTranslator(self._words)
        self.complaints: list[str] = []
        self.engine = QQmlApplicationEngine(self)
        self.engine.warnings.connect(self._complain)
        self.engine.addImportPath(str(ROOT))
        self.engine.addImportPath(str(_KEYBOARD / "style"))
        self.engine.addImageProvider("icon", IconProvider())
        self.engine.addImageProvider("picture", IconProvider(ASSETS / "pictures"))
        self._theme = self._load_theme()
        scale = mm or pixels_per_mm(app.primaryScreen(), around.settings.screen_width_mm)
        self._set_theme({"mm": scale, "capHeight": cap_height(), "motion": motion})
        self.kiosk.languageChanged.connect(self._change_language)
        self.kiosk.leading.connect(self._have_all_words)
        self.window = self._window(size)
        words = [partial(compiled_catalogue, self._catalogue, each) for each in self._languages()]
        self.preparing = Preparing(self.kiosk.runner, words, self)
        self.input = _watch_input(self.window, self.kiosk, self._show_keys)
        self._size = size

    def show(self) -> None:
        """Put the window on the screen."""
        if self._size is None:
            self.window.setPosition(self.window.screen().geometry().topLeft())
            self.window.showFullScreen()
        else:
            self.window.show()

    def close(self, last: Callable[[], None] | None = None) -> None:
        """Take the window away; `last` is called on the database thread when all else is done."""
        self.kiosk.runner.close(last)
        _application().removeTranslator(self._words)
        self.window.close()
        shiboken6.delete(self.engine)
        self._collector.close()

    def _load_theme(self) -> QObject:
        theme = self.engine.singletonInstance("kiosk.ui.controls", "Theme")
        if not isinstance(theme, QObject):
            raise TypeError("the theme's QML does not load")
        return theme

    def _set_theme(self, values: dict[str, float | bool]) -> None:
        for name, value in values.items():
            self._theme.setProperty(name, value)

    def _show_keys(self, keys: bool) -> None:
        self._set_theme({"keys": keys})

    def _window(self, size: tuple[int, int] | None) -> QQuickWindow:
        wanted = os.environ.get("QT_IM_MODULE") == "qtvirtualkeyboard"
        url = QUrl.fromLocalFile(str(_UI / "shell" / "Keyboard.qml")) if wanted else QUrl()
        # The size is known before the first layout, so that nothing is laid out twice. An X server
        # without a window manager grants nobody's wish to fill the screen, but it does keep a size.
        screen = _application().primaryScreen().geometry()
        width, height = size or (screen.width(), screen.height())
        given = {"kiosk": self.kiosk, "keyboardUrl": url, "width": width, "height": height}
        self.engine.setInitialProperties(given)
        self.engine.load(QUrl.fromLocalFile(str(_UI / "shell" / "Main.qml")))
        if not self.engine.rootObjects():
            raise RuntimeError("the window's QML does not load")
        window = self.engine.rootObjects()[0]
        if not isinstance(window, QQuickWindow):
            raise TypeError("the window's QML is no window")
        return window

    def _complain(self, warnings: list[QQmlError]) -> None:
        """Keep what QML says is wrong: tests and screenshots want none of it."""
        self.complaints += [warning.toString() for warning in warnings][: 50 - len(self.complaints)]

    def _change_language(self) -> None:
        self._have_all_words()
        self.engine.retranslate()

    def _have_all_words(self) -> None:
        """All words of the language in use, instead of the start screen's or another's."""
        words = self._translator(self.kiosk.tongue)
        if words is not self._words:
            app = _application()
            app.removeTranslator(self._words)
            self._words = words
            app.installTranslator(words)

    def _languages(self) -> list[Language]:
        """The language in use first."""
        spoken = self.kiosk.tongue
        return [spoken, *[each for each in self._catalogue.languages if each != spoken]]

    def _words_of_the_start(self) -> CatalogueTranslator:
        return CatalogueTranslator(self._catalogue, self.kiosk.tongue, self, ROOMS_OF_THE_START)

    def _translator(self, language: Language) -> CatalogueTranslator:
        if language not in self._translators:
            self._translators[language] = CatalogueTranslator(self._catalogue, language, self)
        return self._translators[language]


def load_fonts() -> None:
    """Add the shipped faces; Noto also stands in for characters that the written face lacks."""
    app = _application()
    if app.property(_FACES):
        return
    app.setProperty(_FACES, True)
    for name in _FONTS:
        QFontDatabase.addApplicationFont(str(ASSETS / "fonts" / name))
    QGuiApplication.setFont("Noto Sans SC")


def _application() -> QGuiApplication:
    app = QGuiApplication.instance()
    if not isinstance(app, QGuiApplication):
        raise TypeError("there is no application")
    return app


def _watch_input(
    window: QQuickWindow, kiosk: Kiosk, show_keys: Callable[[bool], None]
) -> InputWatch:
    from kiosk.core.card_token import format_card_token
    from kiosk.devices.scanner import (
        CardScan,
        KeyScan,
        NoteScan,
        SerialScanner,
        Typed,
        Unrecognised,
        WedgeDecoder,
    )

    def scanned(scan: object) -> None:
        if isinstance(scan, CardScan):
            kiosk.card_scanned(format_card_token(scan.token))
        elif isinstance(scan, NoteScan):
            kiosk.note_scanned(scan.text)
        elif isinstance(scan, KeyScan):
            kiosk.key_scanned(scan.text)
        elif isinstance(scan, Unrecognised):
            kiosk.strange_scan(scan.foreign)

    watch = InputWatch(window, WedgeDecoder(), lambda outcome: isinstance(outcome, Typed))
    watch.touched.connect(kiosk.touched)
    watch.keyed.connect(show_keys)
    watch.woken.connect(kiosk.wake)
    watch.scanned.connect(scanned)
    if kiosk.settings.scanner != WEDGE:
        scanner = SerialScanner(Path(kiosk.settings.scanner), watch.arrived)
        scanner.start()
        watch.destroyed.connect(scanner.stop)
    kiosk.idle.rested.connect(watch.rest)
    kiosk.wiped.connect(watch.clear)
    return watch


def _keep_session(village: Village, session_id: str) -> object:
    from kiosk.services.access import sessions

    return sessions.still_here(village, session_id)


def _note_language(village: Village, session_id: str, language: Language, *, chosen: bool) -> None:
    from kiosk.services.access import languages

    languages.note_language(village, session_id, language, chosen=chosen)


def _voice() -> Voice | None:
    """The voice, where there is one for both languages' program at all."""
    from kiosk.devices.speech import EspeakVoice

    return EspeakVoice() if shutil.which("espeak-ng") else None


def _sign_out(village: Village, session_id: str) -> None:
    from kiosk.services.access import sessions

    sessions.sign_out(village, session_id)
