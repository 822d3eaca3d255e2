"""Walks a flow with a steady hand and looks at each page: cut texts, and texts from nowhere.

The kiosk speaks a made-up language (`scripts.made_up_language`), in which every word has accents
and every text stands in brackets. What has none was not said by the catalogue: it is what the
village wrote, a name, a number or a day, or else a text in the code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from PySide6.QtQuick import QQuickItem

from kiosk.core.days import plain
from scripts import made_up_language
from tests.ui.panels import PANELS
from tests.ui.touch import (
    ill_placed,
    ill_sized,
    items,
    read_and_tap,
    set_theme,
    settle,
    tap,
    theme,
)
from tests.ui.walking import Walk

_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_ACCENT = re.compile(r"[^\x00-\x7f]")
NO_WORDS = re.compile(
    r"[A-Z]{1,2}\d{4}-\d{4,6}"  # the number of a paper
    r"|good-deed-book-[\d-]+\.(pdf|json)"
    r"|check-a-paper[\w-]*\.html|village-log[\w-]*\.txt"  # the page for phones, and the log
    r"|\bEnglish\b"  # a language says its own name
    r"|STICK|OFFICE"  # what a drive of these tests calls itself
    r"|\b(\d{4}|(register|not-taken)-[\d-]+)\.(csv|xlsx)\b"  # a file on it
    r"|SQLite|Python|Qt"
    r"|KIOSK-HELP 1(\n.*)*"  # the code for whoever helps: for a telephone, and the same everywhere
    r"|\b[0-9a-f]{8}\b"  # the beginning of a digest
    r"|\b[0-9a-f]{16}\.pdf\b"  # a paper in the spool
    r"|xincun\.example/log"  # the name of a log, as it was typed
    r"|(/[\w.-]+)+"  # where something lies
)
"""What has letters in every language."""


@dataclass
class Looking(Walk):
    """The walk; a page that was looked at once is not looked at again."""

    views: tuple[tuple[str, int], ...] = ()
    """The panels and sizes of text at which each page is looked at; it is walked at its own."""
    looked: set[object] = field(default_factory=set)

    def quiet(self) -> None:
        """And then the page is looked at."""
        super().quiet()
        self._look()

    def _lead_on(self, name: str) -> None:
        self._note_screen()
        if self.find(name).isEnabled():
            tap(self.stage.window, name)
        else:  # what is longer has to be read to its end first
            read_and_tap(self.stage.window, name)
        self.quiet()

    def _look(self) -> None:
        said = {_said(item) for item in self._shown()}
        screen = str(self.stage.kiosk.property("screenName"))
        page = (screen, *sorted(re.sub(r"\d", "", each) for each in said if "[" in each))
        if page in self.looked or self.stage.kiosk.tongue != made_up_language.NAME:
            return
        self.looked.add(page)
        for each in sorted(said):
            self._expect(not unsaid(each), f"{screen}: {each!r} is not from the catalogue")
        usual = (self.stage.window.size().toTuple(), theme(self.stage.window, "mm"))
        step = self.stage.kiosk.property("textStep")
        for panel, larger in self.views:
            self._see_on(*PANELS[panel], larger)
            for each in ill_placed(self.stage.window) + ill_sized(self.stage.window):
                self._expect(False, f"{screen}, {panel}, size of text {larger}: {each}")
        self._see_on(*usual, step)

    def _see_on(self, size: tuple[int, int], mm: float, step: int) -> None:
        set_theme(self.stage.window, "mm", mm)
        self.stage.window.resize(*size)
        self.stage.kiosk.set_comfort(step, False)
        self.stage.window.grabWindow()
        settle()

    def _expect(self, holds: bool, fault: str) -> None:
        if not holds and fault not in self.faults:
            self.faults.append(fault)

    def _shown(self) -> list[QQuickItem]:
        return [each for each in items(self.stage.window) if each.inherits("QQuickText")]


def _said(item: QQuickItem) -> str:
    return plain(str(item.property("text") or ""))


def unsaid(text: str) -> list[str]:
    """The words of `text` that are not of the made-up language, nor in Chinese characters."""
    words = re.findall(r"[^\W\d_]+", NO_WORDS.sub("", text.replace("\u200b", "")))
    return [each for each in words if _LATIN_WORD.fullmatch(each) and not _ACCENT.search(each)]
