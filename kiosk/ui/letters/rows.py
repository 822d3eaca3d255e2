"""What the page of letters shows."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk.ui.shell.row import Row

QML_IMPORT_NAME = "kiosk.ui.letters"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class LetterRow(Row):
    """One of one's own letters."""

    reference: str
    to: str
    detail: str
    inForce: bool
    fresh: bool
    """Whether it can be taken back as if it had not been."""
    question: str


@QmlElement
class FactRow(Row):
    """Something that a letter can say."""

    key: str
    text: str
    icon: str
    ticked: bool
