"""The rule book: its versions, and the gate that keeps rules and words to conduct alone."""

from kiosk.services.rulebook.book import (
    SHIPPED,
    Installed,
    Rule,
    current,
    install,
    rule_on,
    rule_version,
    rules_on,
)
from kiosk.services.rulebook.reading import AREAS
from kiosk.services.rulebook.whereabouts import places

__all__ = [
    "AREAS",
    "SHIPPED",
    "Installed",
    "Rule",
    "current",
    "install",
    "places",
    "rule_on",
    "rule_version",
    "rules_on",
]
