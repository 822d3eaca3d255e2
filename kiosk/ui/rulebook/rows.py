"""Rows of the rule book: rules, and changes of them."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk.core.days import Say, said_day
from kiosk.services.rule_changes import wording
from kiosk.services.rule_changes.showing import ChangeLine
from kiosk.ui.shell.row import Row

QML_IMPORT_NAME = "kiosk.ui.rulebook"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class RuleRow(Row):
    """A rule with its points; of a concern it says what ends one."""

    key: str = ""
    title: str = ""
    text: str = ""
    points: int = 0
    icon: str = ""


@QmlElement
class RuleLineRow(Row):
    """A sentence about a rule, and the picture before it."""

    text: str
    icon: str


@QmlElement
class ChangeRow(Row):
    """A change on its way: what it is about, when it is decided, and what would be another."""

    changeId: int
    title: str
    what: str
    when: str
    icon: str
    lines: str
    """Each on a line of its own."""
    withdraws: bool
    adopts: bool
    undoes: bool


@QmlElement
class FieldRow(Row):
    """One answer of the form, which a tap changes."""

    key: str
    name: str
    value: str


def change_row(say: Say, line: ChangeLine, tongue: str, *, ready: bool) -> ChangeRow:
    """`ready`: the assembly may decide today."""
    rule = line.difference.after or line.difference.before
    if rule is None:
        raise AssertionError("a change is about a rule")
    said = [
        say(f"rule_changes.{name}", f"{each.name} · {value}")
        for each in wording.differences(say, line.difference, tongue)
        for name, value in (("before", each.before), ("after", each.after))
    ]
    if line.what == "new":
        said = [wording.signed(rule), *wording.sentences(say, rule, tongue)]
    return ChangeRow(
        changeId=line.change_id,
        title=line.title.said(tongue),
        what=say(f"rule_changes.about_{line.what}"),
        when=_when(say, line, ready=ready),
        icon=rule.icon,
        lines="\n".join(said),
        withdraws=line.own and line.state == "waiting",
        adopts=ready and line.state == "waiting",
        undoes=line.undone,
    )


def _when(say: Say, line: ChangeLine, *, ready: bool) -> str:
    if line.state == "waiting":
        name = "state_ready" if ready else "state_waiting"
        day = line.days.lapses if ready else line.days.decided_from
        return say(f"rule_changes.{name}", said_day(say, day))
    begins = said_day(say, line.begins) if line.begins else ""
    return say(f"rule_changes.state_{line.state}", begins)
