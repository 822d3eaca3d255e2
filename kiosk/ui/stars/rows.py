"""What the screens of a round show of a line."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk.ui.shell.row import Row

QML_IMPORT_NAME = "kiosk.ui.stars"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class AskedItemRow(Row):
    """One thing to look at."""

    key: str
    text: str


@QmlElement
class AskedDimensionRow(Row):
    """A dimension and what is looked at in it."""

    key: str
    name: str
    icon: str
    putForward: bool
    """Whether it is looked at only where the household puts something forward."""
    items: list[AskedItemRow]


@QmlElement
class VisitRow(Row):
    """A household to be looked at."""

    place: int
    house: str
    detail: str
    scored: bool


@QmlElement
class SeenItemRow(Row):
    """One thing that was looked at, and what was said of it."""

    text: str
    said: str
    icon: str
    good: bool


@QmlElement
class HouseholdDimensionRow(Row):
    """A dimension of one's own household: its stars, until when, and why."""

    key: str
    name: str
    icon: str
    stars: int
    spoken: str
    quarter: str
    detail: str
    items: list[SeenItemRow]


@QmlElement
class CountRow(Row):
    """Something of a round, counted."""

    text: str
    count: str
    icon: str


@QmlElement
class MissingLookRow(Row):
    """A look that is not in: at which house, and whose it is."""

    place: int
    house: str
    name: str


@QmlElement
class HomeToTellRow(Row):
    """A household that has to be told what was seen."""

    place: int
    house: str
    detail: str


@QmlElement
class SpreadRow(Row):
    """What one inspector gave, or a kind of premises was given, beside what chance would give.

    Places are thousandths of the way from one star to five.
    """

    name: str
    detail: str
    mean: int
    least: int
    most: int
    beyond: bool
