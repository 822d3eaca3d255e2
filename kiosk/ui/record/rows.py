"""What one's own record shows."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk.ui.shell.row import Row

QML_IMPORT_NAME = "kiosk.ui.record"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class LineRow(Row):
    """A line of the sum."""

    caseId: int
    kind: str
    points: int
    title: str
    detail: str
    until: str
    remark: str


@QmlElement
class EntryRow(Row):
    """A day and what of it; `begins` if it will take points away."""

    when: str
    what: str
    begins: bool = False


@QmlElement
class ViewRow(Row):
    """Who looked at one's record, when and why."""

    when: str
    who: str
    why: str


@QmlElement
class MatterRow(Row):
    """A case, and what the person may do with it."""

    caseId: int
    title: str
    detail: str
    state: str
    notes: str
    mayReply: bool
    mayWithdraw: bool
    mayAppeal: bool
    mayPutRight: bool
    mayConfirmRight: bool
    appealed: bool


@QmlElement
class ConsentRow(Row):
    """A consent, and whether it can be given here or only at the desk."""

    purpose: str
    title: str
    detail: str
    given: bool
    mayAgree: bool
    atDesk: bool
    when: str
