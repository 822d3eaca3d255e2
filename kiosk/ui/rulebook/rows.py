"""Rows of the rule book: rules, and changes of them."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk.core.days import Say, said_day
from kiosk.services.rule_changes import checklist, wording
from kiosk.services.rule_changes.checklist import ChecklistDifference
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


@QmlElement
class ItemRow(Row):
    """A line of a list, and the part of the stars that it is for."""

    place: int
    text: str
    dimension: str


def change_row(say: Say, line: ChangeLine, tongue: str, *, ready: bool) -> ChangeRow:
    """`ready`: the assembly may decide today."""
    icon, said = _said(say, line, tongue)
    return ChangeRow(
        changeId=line.change_id,
        title=line.title.said(tongue),
        what=say(f"rule_changes.about_{line.what}"),
        when=_when(say, line, ready=ready),
        icon=icon,
        lines="\n".join(said),
        withdraws=line.own and line.state == "waiting",
        adopts=ready and line.state == "waiting",
        undoes=line.undone,
    )


def _said(say: Say, line: ChangeLine, tongue: str) -> tuple[str, list[str]]:
    """The picture of a change, and what would be another."""
    if isinstance(line.difference, ChecklistDifference):
        return checklist.ICON, said_lists(say, line.difference, tongue)
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
    return rule.icon, said


def said_lists(say: Say, found: ChecklistDifference, tongue: str) -> list[str]:
    """What inspectors would look at otherwise: what is new, what is left out, other words."""
    lines = []
    for each in wording.list_differences(say, found, tongue):
        if each.before and each.after:
            lines.append(say("rule_changes.before", f"{each.name} · {each.before}"))
            lines.append(say("rule_changes.after", f"{each.name} · {each.after}"))
        else:
            key = "list_added" if each.after else "list_dropped"
            lines.append(say(f"rule_changes.{key}", f"{each.name} · {each.before or each.after}"))
    return lines


def _when(say: Say, line: ChangeLine, *, ready: bool) -> str:
    if line.state == "waiting":
        name = "state_ready" if ready else "state_waiting"
        day = line.days.lapses if ready else line.days.decided_from
        return say(f"rule_changes.{name}", said_day(say, day))
    begins = said_day(say, line.begins) if line.begins else ""
    return say(f"rule_changes.state_{line.state}", begins)
