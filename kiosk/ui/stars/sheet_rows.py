"""What the screen of sheets shows of a file and of a line."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk.ui.shell.row import Row

QML_IMPORT_NAME = "kiosk.ui.stars"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class SheetFileRow(Row):
    """A picture or a PDF on a stick."""

    place: int
    name: str
    day: str


@QmlElement
class SheetLineRow(Row):
    """An item and what the sheet says of it, or a sheet and what became of it."""

    text: str
    said: str
