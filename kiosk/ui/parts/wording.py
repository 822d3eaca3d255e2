"""How cases, decisions, people and points are said, on whichever screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Protocol

from kiosk.core.days import Say, said_day
from kiosk.core.texts import Texts
from kiosk.ui.parts.rows import DecisionRow

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


class Happened(Protocol):
    """What has a day, a part of it, a place, and perhaps hours."""

    @property
    def happened_on(self) -> date:
        """The day."""

    @property
    def part_of_day(self) -> str:
        """A code, or empty."""

    @property
    def place(self) -> str:
        """A code, or empty."""

    @property
    def hours(self) -> int:
        """From so many hours on, where the rule has a ladder; else 0."""


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


def said_decision(say: Say, made: Decided) -> DecisionRow:
    """One decision, in the words that were given for it."""
    return DecisionRow(
        what=in_a_row((say(f"reports.move_{made.move}"), made.actor_name)),
        why=say("reports.slip_reason", say(made.reason)) if made.reason else "",
        said=quoted(say, made.sentence),
    )


def said_circumstances(say: Say, of: Happened, day: Callable[[Say, date], str] = said_day) -> str:
    """When, where and for how many hours; `day` says the day."""
    part = say(f"reports.part_{of.part_of_day}") if of.part_of_day else ""
    place = say(f"place.{of.place}") if of.place else ""
    hours = say("rule_changes.hours_from", of.hours) if of.hours else ""
    return in_a_row((day(say, of.happened_on), part, place, hours))


def said_reply(say: Say, choice: str, words: str, taken_by: str) -> tuple[str, str, str]:
    """What the person chose, what they said, and which clerk wrote it down; each may be empty."""
    own = choice == "own_words"
    chosen = "" if own or not choice else say(f"reports.reply_{choice}")
    return chosen, quoted(say, words), said_taken_down(say, taken_by)


def said_taken_down(say: Say, clerk: str) -> str:
    """That a clerk wrote down what the person said, and read it back; empty without one."""
    return say("reports.taken_down", clerk) if clerk else ""


def quoted(say: Say, words: str) -> str:
    """Somebody's words; empty when there are none."""
    return say("reports.quoted", words) if words else ""


def in_a_row(parts: Iterable[str]) -> str:
    """What there is of `parts`, with dots between."""
    return " · ".join(part for part in parts if part)
