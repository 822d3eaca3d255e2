"""The rows of the founding's screens."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk.ui.shell.row import Row

QML_IMPORT_NAME = "kiosk.ui.upkeep"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class TickRow(Row):
    """A rule that comes with the program; a village begins with it where it is ticked."""

    key: str
    name: str
    detail: str
    icon: str


@QmlElement
class ListedRow(Row):
    """A person or a place on a list; what it is, and more about it."""

    text: str
    detail: str


@QmlElement
class StickRow(Row):
    """A register on a stick."""

    text: str
    detail: str
