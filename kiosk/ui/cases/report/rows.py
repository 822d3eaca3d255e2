"""What the report form shows; places and parts of the day are choices as anywhere."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk.ui.shell.row import Row

QML_IMPORT_NAME = "kiosk.ui.cases.report"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class RuleChoiceRow(Row):
    """A rule that may be chosen."""

    ruleId: int
    icon: str
    title: str
    text: str
    points: int
    remedy: str
    asks: bool
    """Whether only the one whom it concerns may report it."""
    chosen: bool


@QmlElement
class QuickDayRow(Row):
    """Today, yesterday, the day before."""

    iso: str
    name: str
    day: str
    chosen: bool


@QmlElement
class CheckedLineRow(Row):
    """A line of the whole form."""

    step: str
    icon: str
    name: str
    value: str
    points: int
    door: bool
    """Whether one can go back to its question."""


@QmlElement
class WitnessRow(Row):
    """Who is asked to confirm it."""

    residentId: int
    name: str
    letter: str


@QmlElement
class LoosePhotoRow(Row):
    """A photograph that was taken from a drive that is not there any more."""

    place: int
    address: str
