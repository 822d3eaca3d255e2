"""What one can say thanks for: eight pictures, and the rule that each of them stands for.

A picture has no points of its own. It stands for a rule of the village's book, the first of its
list that is in force, so that a deed counts the same however it was told, and under one rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from kiosk.services.rulebook import book
from kiosk.services.rulebook.book import Rule

RULES: Final[Mapping[str, tuple[str, ...]]] = {
    "harvest": ("help_neighbour",),
    "carried": ("help_neighbour",),
    "children": ("help_neighbour",),
    "mended": ("help_neighbour",),
    "machine": ("lent_machine", "help_neighbour"),
    "taught": ("taught", "help_neighbour"),
    "found": ("lost_property",),
    "home": ("brought_home", "help_neighbour"),
}
"""Pictures in the order of the screen; words at ``thanks.for_…``, what is written down at
``thanks.said_…``, the drawing ``assets/pictures/thanks_….svg``."""


def rules_of(session: Session, day: date) -> dict[str, Rule]:
    """The rule under which each picture is taken on that day; one without a rule is not offered.

    A rule that only the doer may report is none, and neither is one that asks for hours: a tap
    says nothing of them.
    """
    there = {each.rule: each for each in book.rules_on(session, day) if _fits(each)}
    found = {picture: _first(rules, there) for picture, rules in RULES.items()}
    return {picture: rule for picture, rule in found.items() if rule is not None}


def _fits(rule: Rule) -> bool:
    return rule.kind == "deed" and rule.reporters == "anyone"


def _first(rules: tuple[str, ...], there: Mapping[str, Rule]) -> Rule | None:
    return next((there[each] for each in rules if each in there), None)
