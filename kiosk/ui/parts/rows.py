"""Rows that several rooms show."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk.ui.shell.row import Row

QML_IMPORT_NAME = "kiosk.ui.parts"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class ChoiceRow(Row):
    """One of several things to choose from; an icon where they have one."""

    key: str
    name: str
    icon: str = ""
    chosen: bool = False


@QmlElement
class DecisionRow(Row):
    """A decision: what and by whom, why, and the sentence said."""

    what: str
    why: str
    said: str


@QmlElement
class DayRow(Row):
    """A field of the calendar."""

    iso: str
    number: str
    month: str
    free: bool
    chosen: bool
    spoken: str
