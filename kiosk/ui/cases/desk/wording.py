"""How days, times and cases are said at the desk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kiosk.core.days import Say, said_short_day, said_short_moment

if TYPE_CHECKING:
    from kiosk.services.cases.views.officer_view import CaseView, MoveLine, QueueLine
    from kiosk.services.cases.views.related_cases import BetweenLine, SimilarLine


def in_a_row(parts: Iterable[str]) -> str:
    """What there is of `parts`, with dots between."""
    return " · ".join(part for part in parts if part)


def said_due(say: Say, line: QueueLine) -> str:
    """By when somebody should look, or when the case lapses."""
    if line.due_on is None:
        return ""
    key = "lapses_on" if line.lapses else "overdue" if line.overdue else "due_on"
    return say(f"desk_screen.{key}", said_short_day(say, line.due_on))


_DEADLINES = {
    ("concern", "noticed"): "until_reply",
    ("concern", "countersigned"): "until_told",
    ("concern", "told"): "until_appeal",
    ("concern", "upheld"): "until_effect",
    ("concern", "effective"): "until_end",
    ("deed", "declined"): "until_appeal",
    ("deed", "effective"): "until_end",
    ("deed", "appealed"): "until_panel",
}
"""What the day is for, where it is neither an officer's promise nor the day a case lapses."""


def said_deadline(say: Say, view: CaseView) -> str:
    """What happens by when, and how many days are left; empty when nothing runs out."""
    if view.days_left is None or view.due_on is None:
        return ""
    usual = "days_left_lapses" if view.lapses else "days_left"
    key = _DEADLINES.get((view.kind, view.state), usual)
    return say(f"desk_screen.{key}", view.days_left, said_short_day(say, view.due_on))


def said_between(say: Say, line: BetweenLine) -> str:
    """How often one of the two handed in something about the other, and what came of it."""
    came = say("desk_screen.names_join").join(
        say(f"desk_screen.outcome_was_{outcome}", count) for outcome, count in line.outcomes
    )
    return say(f"desk_screen.between_{line.direction}_{line.kind}", line.total, came)


def said_similar(say: Say, line: SimilarLine) -> str:
    """When, where and in which words the other report tells of it, and where it stands."""
    part = say(f"reports.part_{line.part_of_day}") if line.part_of_day else ""
    day = " ".join(each for each in (said_short_day(say, line.happened_on), part) if each)
    place = say(f"place.{line.place}") if line.place else ""
    first = in_a_row((day, place, say(f"reports.state_{line.state}")))
    return "\n".join((first, say("desk_screen.quoted", line.words))) if line.words else first


def said_circumstances(say: Say, view: CaseView) -> str:
    """What kind of thing, when and where."""
    part = say(f"reports.part_{view.part_of_day}") if view.part_of_day else ""
    day = " ".join(each for each in (said_short_day(say, view.happened_on), part) if each)
    place = say(f"place.{view.place}") if view.place else ""
    number = say("desk_screen.reference", view.reference)
    return in_a_row((say(f"desk_screen.kind_{view.kind}"), day, place, number))


def said_reporter(say: Say, view: CaseView, unsealed: str) -> str:
    """Who handed it in, as far as this officer may know; `unsealed` is what was asked for."""
    name = view.reporter_name or unsealed
    if view.own_report:
        return say("desk_screen.reporter_self")
    if not name:
        return say("desk_screen.reporter_sealed")
    return say("desk_screen.reporter", name)


def said_taken_down(say: Say, clerk: str) -> str:
    """That a clerk wrote down what the person said, and read it back; empty without one."""
    return say("desk_screen.taken_down", clerk) if clerk else ""


def said_first(say: Say, view: CaseView) -> dict[str, str]:
    """What the first officer decided: ``first_heading`` and ``first``; nothing without one."""
    made = view.first_word
    if made is None:
        return {}
    said = say("desk_screen.quoted", made.sentence)
    return {
        "first_heading": say(
            "desk_screen.first_said", made.actor_name, said_short_moment(say, made.at)
        ),
        "first": in_a_row((say(made.reason), said)),
    }


def said_recusal(say: Say, view: CaseView) -> str:
    """What follows when this officer steps aside."""
    follows = [say("desk_screen.recuse_follows")]
    if not view.leaves_enough:
        what = "too_few_lapses" if view.lapses else "too_few"
        follows.append(say(f"desk_screen.{what}"))
    return "\n".join(follows)


def said_move(say: Say, move: MoveLine) -> dict[str, str]:
    """One line of the history: ``when``, ``what``, ``why``."""
    reason = say(move.reason) if move.reason else ""
    by = said_taken_down(say, move.actor_name) if move.taken_down else move.actor_name
    return {
        "when": said_short_moment(say, move.at),
        "what": in_a_row((say(f"reports.move_{move.move}"), by)),
        "why": in_a_row((reason, move.sentence)),
    }
