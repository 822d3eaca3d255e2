"""How days, people and points are said in this room."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from kiosk.core.days import Say
from kiosk.core.texts import Texts

_MINUS = "\u2212"
"""As wide as the plus sign."""


class Decided(Protocol):
    """A decision."""

    @property
    def move(self) -> str:
        """A move of the flow."""

    @property
    def actor_name(self) -> str:
        """Empty for a panel."""

    @property
    def reason(self) -> str:
        """A catalogue key, or empty."""

    @property
    def sentence(self) -> str:
        """May be empty."""


class Titled(Protocol):
    """What is named after its rule."""

    @property
    def title(self) -> Texts:
        """The rule's title."""


def said_title(tongue: str, of: Titled) -> str:
    """The rule's title in the language on the screen."""
    return of.title.said(tongue)


def said_points(points: int) -> str:
    """Points with their sign."""
    return f"{_MINUS}{-points}" if points < 0 else f"+{points}"


def said_names(say: Say, names: Iterable[str]) -> str:
    """Names in a row."""
    return say("my_record.between_names").join(names)


def said_decision(say: Say, made: Decided) -> dict[str, str]:
    """One decision: ``what`` and by whom, ``why``, and the sentence ``said``."""
    return {
        "what": in_a_row((say(f"reports.move_{made.move}"), made.actor_name)),
        "why": say("reports.slip_reason", say(made.reason)) if made.reason else "",
        "said": say("my_record.quoted", made.sentence) if made.sentence else "",
    }


def in_a_row(parts: Iterable[str]) -> str:
    """What there is of `parts`, with dots between."""
    return " · ".join(part for part in parts if part)
