"""What the hall's own screens show."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk.ui.shell.row import Row

QML_IMPORT_NAME = "kiosk.ui.hall"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class OwnWordRow(Row):
    """A place or a sentence; one of the settings stays as the keeper wrote it there."""

    wordId: int
    name: str
    detail: str
    keeps: bool


@QmlElement
class ClosedRow(Row):
    """Days that are written down."""

    dayId: int
    name: str
    detail: str
    icon: str
