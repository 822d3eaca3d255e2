"""What the desk and a case on it show."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk.ui.shell.row import Row

QML_IMPORT_NAME = "kiosk.ui.cases.desk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class QueueRow(Row):
    """A case of the queue: what, where it stands, and whose it is to decide."""

    caseId: int
    title: str
    reference: str
    points: int
    state: str
    mine: bool
    why: str
    """Why it is not this officer's."""
    back: bool
    """Whether they stepped aside and can take that back."""
    opens: bool


@QmlElement
class AgainRow(Row):
    """A deed that a second reader looks at."""

    caseId: int
    title: str
    reference: str
    why: str


@QmlElement
class CaseWords(Row):
    """The texts of a case's page; empty where there is nothing to say."""

    title: str = ""
    circumstances: str = ""
    rule: str = ""
    ruleText: str = ""
    remedy: str = ""
    subject: str = ""
    said: str = ""
    reporter: str = ""
    confirmed: str = ""
    deadline: str = ""
    seen: str = ""
    why: str = ""
    """Why this officer may not decide it."""
    note: str = ""
    version: str = ""
    putRight: str = ""
    photo: str = ""
    recuseFollows: str = ""
    written: str = ""
    """What was written down just now."""
    firstHeading: str = ""
    first: str = ""
    """The first officer's word."""
    replyHeading: str = ""
    reply: str = ""


@QmlElement
class MoveRow(Row):
    """What was done with a case."""

    when: str
    what: str
    why: str


@QmlElement
class SimilarRow(Row):
    """What may be the same thing; without a button while it waits for something else."""

    title: str
    detail: str
    button: str
    asked: str
    """What is asked before the two are made one."""
