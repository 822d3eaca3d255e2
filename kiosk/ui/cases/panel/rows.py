"""What a panel's screens show."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk.ui.shell.row import Row

QML_IMPORT_NAME = "kiosk.ui.cases.panel"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class PanelRow(Row):
    """A case; its rule, what the panel is to do, and until when."""

    caseId: int
    title: str
    aside: str
    detail: str
    voted: bool


@QmlElement
class MemberRow(Row):
    """One of the three, and whether they gave their vote."""

    name: str
    voted: bool
    state: str


@QmlElement
class PanelWords(Row):
    """The texts of a case's page; empty where there is nothing to say."""

    circumstances: str = ""
    subject: str = ""
    rule: str = ""
    ruleText: str = ""
    said: str = ""
    reply: str = ""
    pleaHeading: str = ""
    plea: str = ""
    deadline: str = ""
    draw: str = ""
    seen: str = ""
    overturn: str = ""
    uphold: str = ""


@QmlElement
class EntryWords(Row):
    """What counts, and what a panel is asked about it."""

    title: str = ""
    rule: str = ""
    subject: str = ""
    circumstances: str = ""
    said: str = ""
    asked: str = ""
