"""What the screen of a village's signs shows of a lane, and of a sign that is asked about."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk.ui.shell.row import Row

QML_IMPORT_NAME = "kiosk.ui.stars"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class LaneRow(Row):
    """The whole village, or a lane, and how many of its signs changed."""

    place: int
    name: str
    detail: str


@QmlElement
class DoubtRow(Row):
    """A sign that may not have come out, and what can be said of it."""

    job: int
    name: str
    detail: str
    askable: bool
    """Whether somebody can say that it is there."""
