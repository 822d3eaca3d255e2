"""How the screens speak and look to whoever stands there: language, text size, contrast, voice."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot

from kiosk.core import event_log
from kiosk.core.catalogue import Language
from kiosk.core.errors import EnvironmentFault, KioskError
from kiosk.core.settings import Settings
from kiosk.ui.shell.reader import Reader
from kiosk.ui.shell.surroundings import Surroundings

TEXT_STEPS = 4
USUAL_TEXT_STEP = 1
GOOD_BYE = "shell.good_bye"
HINT_MS = 6000


class Comfort(QObject):
    """The lowest of the three layers of `Kiosk`: it knows nothing of screens and sessions."""

    languageChanged = Signal()
    comfortChanged = Signal()
    hintChanged = Signal()

    def __init__(self, around: Surroundings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._language: Language = around.settings.language
        self._text_step = USUAL_TEXT_STEP
        self._high_contrast = False
        self._hint = ""
        self._hint_ends = QTimer(self, singleShot=True)
        self._hint_ends.timeout.connect(lambda: self.hint_at(""))
        self._reader = Reader(around.voice, lambda: self._language, self._say_trouble, self)

    @property
    def settings(self) -> Settings:
        """The village's settings."""
        return self._around.settings

    @property
    def tongue(self) -> Language:
        """The language on the screen."""
        return self._language

    @property
    def usual(self) -> bool:
        """Whether everything is as the next person expects to find it."""
        found = (self._language, self._text_step, self._high_contrast)
        return found == (self.settings.language, USUAL_TEXT_STEP, False)

    def text(self, key: str, *values: object) -> str:
        """The words of `key` in the language on the screen."""
        return self._around.catalogue.text(key, self._language, *values)

    def sentence(self, refusal: KioskError) -> str:
        """The sentence of an expected error or of trouble in the environment."""
        return refusal.sentence(self._around.catalogue, self._language)

    @property
    def next_language(self) -> Language:
        """The one that the button brings; after the last the first again."""
        there = self._around.catalogue.languages
        return there[(there.index(self._language) + 1) % len(there)]

    def _called(self, name: str, language: Language) -> str:
        return self._around.catalogue.text(f"language.{name}", language)

    @Property(str, notify=languageChanged)
    def languages(self) -> str:
        """The language on the screen and the one that comes next, as short as they go."""
        pair = (self._language, self.next_language)
        return self.text("shell.languages", *(self._called("short", each) for each in pair))

    @Property(str, notify=languageChanged)
    def nextLanguage(self) -> str:
        """What the next language calls itself."""
        return self._called("name", self.next_language)

    @Property(str, notify=languageChanged)
    def language(self) -> str:
        """``zh`` or ``en``."""
        return self._language

    @Property(str, notify=languageChanged)
    def villageName(self) -> str:
        """The village's name in the language on the screen."""
        return self.settings.name.said(self._language)

    @Property(int, notify=comfortChanged)
    def textStep(self) -> int:
        """0 to 3: the size of the text; a session starts at 1 (capitals of 4.8 mm)."""
        return self._text_step

    @Property(bool, notify=comfortChanged)
    def highContrast(self) -> bool:
        """White on black."""
        return self._high_contrast

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

    def speak(self, language: Language) -> None:
        """Say everything in `language` from here on."""
        if language != self._language:
            self._language = language
            self._reader.stop()
            self.languageChanged.emit()
            self.hintChanged.emit()

    def reset_comforts(self) -> None:
        """As the next person expects to find it."""
        self.set_comfort(USUAL_TEXT_STEP, False)
        self.speak(self.settings.language)

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
        good = self._hint == GOOD_BYE or ".done_" in self._hint
        return "tea" if good else "care"

    def hint_at(self, key: str) -> None:
        """Show the sentence `key` for a few seconds; an empty key takes it away."""
        self._hint = key
        self.hintChanged.emit()
        if key:
            self._hint_ends.start(HINT_MS)

    def _say_trouble(self, trouble: EnvironmentFault) -> None:
        event_log.record("trouble", code=trouble.code)
        self.hint_at(f"error.{trouble.code}")
