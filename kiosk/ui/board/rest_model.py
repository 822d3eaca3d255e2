"""What the screen shows while nobody is there: the board, one matter after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.clock import VILLAGE_ZONE
from kiosk.services.board import board
from kiosk.services.board.board import Part
from kiosk.ui.board.board_model import BoardPart, row_of
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.board"
QML_IMPORT_MAJOR_VERSION = 1

DAY: Final = range(6, 22)
"""The hours in which the screen shows anything; at night it is dark."""
MOST_LINES: Final = 5
"""On one page: they are read from three metres."""


@QmlElement
class RestModel(ViewModel):
    """View-model of RestBoard: after the last page it asks anew what stands on the board."""

    pageChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pages: tuple[Part, ...] = ()
        self._at = 0
        self._page: BoardPart | None = None

    def started(self) -> None:
        """Ask what stands on the board."""
        self.ask(board.said, self.shell.tongue, then=self._show, refused=lambda _refusal: None)

    @Property(BoardPart, notify=pageChanged)
    def page(self) -> BoardPart | None:
        """The matter that is shown; none before it is known, and at night."""
        return self._page

    @Slot()
    def turn(self) -> None:
        """Show the next page."""
        self._at += 1
        if self._at < len(self._pages):
            self._turned()
        else:
            self.started()

    def _show(self, parts: tuple[Part, ...]) -> None:
        self._pages, self._at = tuple(page for part in parts for page in pages_of(part)), 0
        self._turned()

    def _turned(self) -> None:
        hour = self.shell.clock.now().astimezone(VILLAGE_ZONE).hour
        shown = [] if self._page is None else [self._page]
        now = [row_of(self._pages[self._at])] if hour in DAY else []
        self.renewed(shown, now)
        self._page = now[0] if now else None
        self.pageChanged.emit()


def pages_of(part: Part) -> Iterator[Part]:
    """The same matter on as many pages as its lines need."""
    if not part.lines and not part.bars:
        yield part
    for first in range(0, len(part.lines), MOST_LINES):
        yield replace(part, lines=part.lines[first : first + MOST_LINES], bars=())
    for first in range(0, len(part.bars), MOST_LINES):
        yield replace(part, lines=(), bars=part.bars[first : first + MOST_LINES])
