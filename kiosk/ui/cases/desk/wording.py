"""How days, times and cases are said at the desk."""

from __future__ import annotations

from kiosk.core.days import Say, said_short_day, said_short_moment
from kiosk.services.cases.views.officer_view import CaseView, MoveLine, QueueLine
from kiosk.services.cases.views.related_cases import BetweenLine, SimilarLine
from kiosk.ui.cases.desk.rows import MoveRow
from kiosk.ui.parts.wording import in_a_row, quoted, said_circumstances, said_taken_down


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
    known = said_circumstances(say, line, said_short_day)
    first = in_a_row((known, say(f"reports.state_{line.state}")))
    return "\n".join(filter(None, (first, quoted(say, line.words))))


def said_case(say: Say, view: CaseView) -> str:
    """What kind of thing, when and where, and its number."""
    known = said_circumstances(say, view, said_short_day)
    number = say("desk_screen.reference", view.reference)
    row = in_a_row((say(f"desk_screen.kind_{view.kind}"), known, number))
    return "\n".join((row, say("rule_changes.reminds"))) if view.rule.reminder else row


def said_reporter(say: Say, view: CaseView, unsealed: str) -> str:
    """Who handed it in, as far as this officer may know; `unsealed` is what was asked for."""
    name = view.reporter_name or unsealed
    if view.own_report:
        return say("desk_screen.reporter_self")
    if not name:
        return say("desk_screen.reporter_sealed")
    return say("desk_screen.reporter", name)


def said_first(say: Say, view: CaseView) -> tuple[str, str]:
    """Who the first officer was and when, and what they decided; empty without one."""
    made = view.first_word
    if made is None:
        return "", ""
    heading = say("desk_screen.first_said", made.actor_name, said_short_moment(say, made.at))
    return heading, in_a_row((say(made.reason), quoted(say, made.sentence)))


def said_recusal(say: Say, view: CaseView) -> str:
    """What follows when this officer steps aside."""
    follows = [say("desk_screen.recuse_follows")]
    if not view.leaves_enough:
        what = "too_few_lapses" if view.lapses else "too_few"
        follows.append(say(f"desk_screen.{what}"))
    return "\n".join(follows)


def said_move(say: Say, move: MoveLine) -> MoveRow:
    """One line of the history."""
    reason = say(move.reason) if move.reason else ""
    by = said_taken_down(say, move.actor_name) if move.taken_down else move.actor_name
    return MoveRow(
        when=said_short_moment(say, move.at),
        what=in_a_row((say(f"reports.move_{move.move}"), by)),
        why=in_a_row((reason, move.sentence)),
    )
