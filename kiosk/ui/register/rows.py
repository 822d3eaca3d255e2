"""What the register desk shows: people of a household, relatives, and what waits."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk.ui.shell.row import Row

QML_IMPORT_NAME = "kiosk.ui.register"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class AtHomeRow(Row):
    """Somebody of the household."""

    residentId: int
    name: str
    letter: str
    aside: str
    detail: str
    mayAsk: bool
    """Came of age and may be asked whether to take part."""


@QmlElement
class RelativeRow(Row):
    """Two people of two households who are related."""

    text: str
    detail: str


@QmlElement
class LifeRow(Row):
    """Something that was written down, and until when it can be taken back."""

    text: str
    detail: str
    waits: bool


@QmlElement
class HouseholdPage(Row):
    """The texts of an opened household."""

    title: str = ""
    premises: str = ""
    facts: list[str] = []  # noqa: RUF012  (a field's default, never changed)
    open: str = ""
