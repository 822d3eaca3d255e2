"""The rule book: read from a TOML file through the gate, every version kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from kiosk.core.places import ASSETS
from kiosk.services.village import Village

SHIPPED = ASSETS / "rulebook.toml"
AREAS: tuple[str, ...] = (
    "care_for_shared_places",
    "helping_others",
    "support_of_older_people",
    "work_done_well",
    "safety",
    "keeping_ones_word",
)
"""The closed list of charter 2: what a rule may be about."""
PLACES: tuple[str, ...] = (
    "docks_south",
    "docks_north",
    "square",
    "lanes",
    "hall",
    "school",
    "fields",
    "elsewhere",
)
"""Where something happened; words at ``rulebook.place_…``."""


@dataclass(frozen=True)
class Rule:
    """One version of one rule; `points` is a magnitude, which a concern takes away."""

    rule_version_id: int
    rule: str
    version: int
    kind: str
    area: str
    points: int
    reporters: str
    icon: str
    title_zh: str
    title_en: str
    text_zh: str
    text_en: str
    remedy_zh: str
    remedy_en: str


@dataclass(frozen=True)
class Installed:
    """What installing a rule book changed: rule keys, in the order of the file."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    ended: tuple[str, ...]
    unchanged: tuple[str, ...]


def install(village: Village, file: Path = SHIPPED) -> Installed:
    """Put the rules of `file` in force from today."""
    raise NotImplementedError


def current(village: Village) -> tuple[Rule, ...]:
    """The rules in force today, in the order of the rule book."""
    raise NotImplementedError


def rule_on(session: Session, rule: str, day: date) -> Rule | None:
    """The version of `rule` in force on `day`; None if there was none."""
    raise NotImplementedError


def rule_version(session: Session, rule_version_id: int) -> Rule:
    """One version, by its id."""
    raise NotImplementedError
