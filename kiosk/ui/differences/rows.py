"""What the comparison shows: kinds with their counts, files, names, and both sides of one."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk.ui.shell.row import Row

QML_IMPORT_NAME = "kiosk.ui.differences"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class DifferingRow(Row):
    """A kind of difference and how many wait, a file on a stick, or somebody in a list."""

    key: str
    text: str
    detail: str
    aside: str = ""
    icon: str = ""


@QmlElement
class SideRow(Row):
    """What both sides say of one thing."""

    field: str
    here: str
    there: str
    differs: bool
