"""One rule, as it is read from close by: all that it says, and what would happen if."""

from __future__ import annotations

from itertools import chain, repeat

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.services.rule_changes import wording
from kiosk.services.rulebook import book
from kiosk.services.rulebook.book import Rule
from kiosk.services.rulebook.reading import RuleText
from kiosk.ui.rulebook.rows import RuleLineRow, RuleRow
from kiosk.ui.rulebook.said import rule_row
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.rulebook"
QML_IMPORT_MAJOR_VERSION = 1

_ICONS = ("notebook", "users", "hourglass", "list-check")
"""Before what it takes, who may report it, how it ends, and what it belongs to."""
_IF = ("message-2", "users-group", "scale", "circle-check")
"""Before each step of what would happen; words at ``rules.if_<kind>_<number>``."""


@QmlElement
class RuleModel(ViewModel):
    """View-model of RuleScreen."""

    ruleChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._key = ""
        self._rule: Rule | None = None
        self._row = RuleRow()
        self._lines: list[RuleLineRow] = []
        self._steps: list[RuleLineRow] = []

    def worded(self) -> None:
        """Say the rule in the language on the screen."""
        if self._rule is None:
            return
        self._row = self.renewed(self._row, rule_row(self.text, self._rule, self.shell.tongue))
        self._lines = self.renewed(self._lines, self._said_lines(self._rule))
        self._steps = self.renewed(self._steps, self._said_steps(self._rule))
        self.ruleChanged.emit()

    @Property(RuleRow, notify=ruleChanged)
    def rule(self) -> RuleRow:
        """What it is called, its picture and points."""
        return self._row

    @Property(list, notify=ruleChanged)
    def lines(self) -> list[RuleLineRow]:
        """What it takes, who may report it, how it ends, and what it belongs to."""
        return self._lines

    @Property(list, notify=ruleChanged)
    def steps(self) -> list[RuleLineRow]:
        """What would happen if somebody did it."""
        return self._steps

    @Slot(str)
    def open(self, key: str) -> None:
        """Look at a rule that is in force."""
        self._key = key
        self.ask(book.current, then=self._show)

    def _show(self, rules: tuple[Rule, ...]) -> None:
        self._rule = next((each for each in rules if each.rule == self._key), None)
        self.worded()

    def _said_lines(self, rule: Rule) -> list[RuleLineRow]:
        told = RuleText(
            rule=rule.rule,
            kind=rule.kind,
            area=rule.area,
            points=rule.points,
            reporters=rule.reporters,
            icon=rule.icon,
            title=rule.title,
            text=rule.text,
            remedy=rule.remedy,
            caps=rule.caps,
            ladder=rule.ladder,
            reminder=rule.reminder,
        )
        said = wording.sentences(self.text, told, self.shell.tongue)
        icons = chain(_ICONS, repeat("calendar"))
        return [RuleLineRow(text=text, icon=icon) for text, icon in zip(said, icons, strict=False)]

    def _said_steps(self, rule: Rule) -> list[RuleLineRow]:
        steps = [
            RuleLineRow(text=self.text(f"rules.if_{rule.kind}_{place}", rule.points), icon=icon)
            for place, icon in enumerate(_IF, start=1)
        ]
        more = wording.further(self.text, rule.points, rule.ladder, rule.reminder)
        steps += [RuleLineRow(text=each, icon="clock") for each in more]
        if rule.caps:
            often = self.text("rules.if_often", wording.said_caps(self.text, rule.caps))
            steps.append(RuleLineRow(text=often, icon="calendar"))
        return steps
