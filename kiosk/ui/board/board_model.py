"""The village board, in the words of the screen."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.services.board import board
from kiosk.services.board.board import Part
from kiosk.ui.shell.row import Row
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.board"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class BoardBar(Row):
    """So many of something."""

    said: str
    share: float
    """Of the longest bar of the part."""


@QmlElement
class BoardPart(Row):
    """One matter of the board."""

    name: str
    icon: str
    heading: str
    text: str
    bars: list[BoardBar]


@QmlElement
class BoardModel(ViewModel):
    """View-model of BoardScreen."""

    boardChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._how: list[BoardPart] = []
        self._parts: list[BoardPart] = []

    def worded(self) -> None:
        """Ask what stands on it, in the language on the screen."""
        self.ask(board.said, self.shell.tongue, then=self._show, newest=True)

    @Property(list, notify=boardChanged)
    def how(self) -> list[BoardPart]:
        """How it works, in six pictures."""
        return self._how

    @Property(list, notify=boardChanged)
    def parts(self) -> list[BoardPart]:
        """From what comes next to whether everything is there."""
        return self._parts

    def _show(self, parts: tuple[Part, ...]) -> None:
        rows = [row_of(each) for each in parts]
        how = len(board.HOW)
        self._how = self.renewed(self._how, rows[:how])
        self._parts = self.renewed(self._parts, rows[how:])
        self.boardChanged.emit()


def row_of(part: Part) -> BoardPart:
    """A part as QML sees it."""
    longest = max((amount for _, amount in part.bars), default=0)
    bars = [BoardBar(said=said, share=amount / longest) for said, amount in part.bars]
    return BoardPart(
        name=part.name,
        icon=part.icon,
        heading=part.heading,
        text="\n".join(part.lines),
        bars=bars,
    )
