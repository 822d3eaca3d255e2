"""How days, cases and votes are said in this room."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Protocol

from kiosk.core.days import Say, said_day

if TYPE_CHECKING:
    from kiosk.services.cases.panel import PanelView
    from kiosk.services.cases.views.officer_view import MoveLine


class Happened(Protocol):
    """What has a day, a part of it, and a place."""

    @property
    def happened_on(self) -> date:
        """The day."""

    @property
    def part_of_day(self) -> str:
        """A code, or empty."""

    @property
    def place(self) -> str:
        """A code, or empty."""


def in_a_row(parts: Iterable[str]) -> str:
    """What there is of `parts`, with dots between."""
    return " · ".join(part for part in parts if part)


def quoted(say: Say, words: str) -> str:
    """Somebody's words; empty when there are none."""
    return say("panel.quoted", words) if words else ""


def said_circumstances(say: Say, of: Happened) -> str:
    """When and where."""
    part = say(f"reports.part_{of.part_of_day}") if of.part_of_day else ""
    place = say(f"place.{of.place}") if of.place else ""
    return in_a_row((said_day(say, of.happened_on), part, place))


def said_reply(say: Say, view: PanelView) -> str:
    """What the person answered, or that there was no answer."""
    if not view.reply_choice:
        return say("panel.no_reply") if view.kind == "concern" else ""
    own = view.reply_choice == "own_words"
    choice = "" if own else say(f"reports.reply_{view.reply_choice}")
    taken = say("panel.taken_down", view.reply_taken_by) if view.reply_taken_by else ""
    return "\n".join(part for part in (choice, quoted(say, view.reply_words), taken) if part)


def said_plea(say: Say, view: PanelView) -> str:
    """Why it is before a panel: the person's words, or the officer's who asked."""
    if view.asked_words:
        return quoted(say, view.asked_words)
    ground = say(view.appeal_ground) if view.appeal_ground else say("panel.no_ground")
    return "\n".join(part for part in (ground, quoted(say, view.appeal_words)) if part)


def said_decision(say: Say, made: MoveLine) -> dict[str, str]:
    """One decision: ``what``, ``why``, ``said``."""
    return {
        "what": in_a_row((say(f"reports.move_{made.move}"), made.actor_name)),
        "why": say("reports.slip_reason", say(made.reason)) if made.reason else "",
        "said": quoted(say, made.sentence),
    }
