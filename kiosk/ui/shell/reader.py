"""Reading a screen aloud: its visible words, in the order in which they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable
from PySide6.QtQuick import QQuickItem

from kiosk.core.catalogue import Language
from kiosk.core.errors import EnvironmentFault

QML_IMPORT_NAME = "kiosk.ui.shell"
QML_IMPORT_MAJOR_VERSION = 1

RATES = 7
USUAL_RATE = 3
USUAL_VOLUME = 60
VOLUME_STEP = 20
_LOOK_MS = 300


class Voice(Protocol):
    """What speaks; see kiosk.devices.speech."""

    def say(self, text: str, language: Language, rate: int, volume: int) -> None:
        """Speak `text` at `rate` 0 to 6 and `volume` 0 to 100, instead of what is being said."""

    def stop(self) -> None:
        """Be silent at once."""

    @property
    def speaking(self) -> bool:
        """Whether something is being said."""


@QmlElement
@QmlUncreatable("The kiosk has it.")
class Reader(QObject):  # type: ignore[operator]
    """Reads a screen aloud. Rate and volume are the person's, until the session ends."""

    speakingChanged = Signal()
    mannerChanged = Signal()
    finished = Signal()
    """What was to be read was read to its end; nobody stopped it."""

    def __init__(
        self,
        voice: Voice | None,
        language: Callable[[], Language],
        on_trouble: Callable[[EnvironmentFault], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._voice = voice
        self._language = language
        self._on_trouble = on_trouble
        self._rate, self._volume = USUAL_RATE, USUAL_VOLUME
        self._words = ""
        self._speaking = False
        self._looking = QTimer(self, interval=_LOOK_MS)
        self._looking.timeout.connect(self._look)

    @Property(bool, constant=True)
    def there(self) -> bool:
        """Whether there is a voice."""
        return self._voice is not None

    @Property(bool, notify=speakingChanged)
    def speaking(self) -> bool:
        """Whether a screen is being read."""
        return self._speaking

    @Property(int, notify=mannerChanged)
    def rate(self) -> int:
        """0, slow, to 6, fast."""
        return self._rate

    @Property(int, notify=mannerChanged)
    def volume(self) -> int:
        """0 to 100."""
        return self._volume

    @Slot(QQuickItem)
    def read(self, screen: QQuickItem | None) -> None:
        """Read `screen` from its beginning."""
        if screen is not None:
            self._words = words_of(screen)
            self._say()

    @Slot(str)
    def announce(self, words: str) -> None:
        """Say what cannot wait, to a person who has had something read to them."""
        if self._words:
            self._words = words
            self._say()

    @Slot(int, int)
    def adjust(self, faster: int, louder: int) -> None:
        """Change rate and volume by so many steps, and begin again if something is being read."""
        self._rate = min(max(self._rate + faster, 0), RATES - 1)
        self._volume = min(max(self._volume + louder * VOLUME_STEP, VOLUME_STEP), 100)
        self.mannerChanged.emit()
        if self._speaking:
            self._say()

    @Slot()
    def stop(self) -> None:
        """Be silent."""
        if self._voice is not None and self._speaking:
            self._voice.stop()
            self._hush()

    def reset(self) -> None:
        """Be silent, and forget the person's rate and volume."""
        self.stop()
        self._words = ""
        self._rate, self._volume = USUAL_RATE, USUAL_VOLUME
        self.mannerChanged.emit()

    def _say(self) -> None:
        if self._voice is None:
            return
        try:
            self._voice.say(self._words, self._language(), self._rate, self._volume)
        except EnvironmentFault as trouble:
            self._on_trouble(trouble)
            return
        self._looking.start()
        self._look()

    def _look(self) -> None:
        if self._voice is not None and self._voice.speaking:
            self._set_speaking(True)
        elif self._speaking:
            self._hush()
            self.finished.emit()
        else:
            self._hush()

    def _hush(self) -> None:
        self._looking.stop()
        self._set_speaking(False)

    def _set_speaking(self, speaking: bool) -> None:
        if speaking != self._speaking:
            self._speaking = speaking
            self.speakingChanged.emit()


def words_of(item: QQuickItem) -> str:
    """The words of `item` and of everything visible in it, one sentence each."""
    spoken: list[str] = []
    for words in _words(item):
        if words and (not spoken or spoken[-1] != words):
            spoken.append(words)
    return "\n".join(spoken)


def _words(item: QQuickItem) -> Iterator[str]:
    """A control speaks for what is in it, so its inside is read only when it has no words."""
    if not item.isVisible() or item.opacity() == 0:
        return
    spoken = item.property("spoken")
    if isinstance(spoken, str) and spoken:
        yield spoken
        return
    if item.inherits("QQuickText"):
        yield str(item.property("text") or "").strip()
        return
    for child in item.childItems():
        yield from _words(child)
