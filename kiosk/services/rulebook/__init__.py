"""The rule book: its versions, and the gate that keeps rules and words to conduct alone."""

from kiosk.services.rulebook.book import (
    PLACES,
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

__all__ = [
    "AREAS",
    "PLACES",
    "SHIPPED",
    "Installed",
    "Rule",
    "current",
    "install",
    "rule_on",
    "rule_version",
    "rules_on",
]
