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
    mayLook: bool
    """Whether who is signed in may see past cases about them."""
    mayCard: bool
    """Whether who is signed in may see to their card."""


@QmlElement
class RelativeRow(Row):
    """Two people of two households who are related."""

    text: str
    detail: str


@QmlElement
class FoundRow(Row):
    """Something that cannot be right in a household."""

    householdId: int
    text: str
    detail: str


@QmlElement
class PastCaseRow(Row):
    """A case about somebody of the household."""

    caseId: int
    text: str
    detail: str


@QmlElement
class LifeRow(Row):
    """Something that was written down, and until when it can be taken back."""

    text: str
    detail: str
    waits: bool
    householdId: int
    """The household that nobody finds by a name any more, or 0."""


@QmlElement
class HouseholdPage(Row):
    """The texts of an opened household."""

    title: str = ""
    premises: str = ""
    facts: list[str] = []  # noqa: RUF012  (a field's default, never changed)
    open: str = ""
    waits: bool = False
    """Whether something is open."""
