"""How a rule, and what would be another about it, is said: on the screen and on the poster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kiosk.core.catalogue import Language
from kiosk.core.days import Say
from kiosk.services.rule_changes.checklist import ChecklistDifference, ItemDifference
from kiosk.services.rule_changes.drafts import Difference
from kiosk.services.rulebook.caps import table_of
from kiosk.services.rulebook.ladder import steps_of
from kiosk.services.rulebook.reading import RuleText
from kiosk.services.stars.rubrics import PUT_FORWARD, Rubrics

_WORDS = ("title", "text", "remedy")
MINUS = "\u2212"
"""As wide as the plus sign."""


LIST_ICONS: Final = {
    "home": "home",
    "shop": "building-community",
    "farmyard": "plant-2",
    "workshop": "tools",
    PUT_FORWARD: "heart-handshake",
}
"""A picture for each list of what inspectors look at."""


@dataclass(frozen=True)
class SaidDifference:
    """One thing that would be another: what it is, as it is, and as it would be."""

    name: str
    before: str
    after: str


def signed(rule: RuleText) -> str:
    """The points as they count: ``+3``, ``−5``."""
    return f"{MINUS if rule.kind == 'concern' else '+'}{rule.points}"


def sentences(say: Say, rule: RuleText, language: Language) -> tuple[str, ...]:
    """All that a rule says: what it is, who may report it, how it ends, and what it belongs to.

    Where there is a limit, how often it counts, too; where there is a ladder, what more hours give;
    and that the first time is a reminder.
    """
    ends = rule.remedy.said(language) or say("rule_changes.ends_deed")
    often = (say("rule_changes.counts_often", said_caps(say, rule.caps)),) if rule.caps else ()
    return (
        rule.text.said(language),
        say(f"rule_changes.reporters_{rule.reporters}"),
        ends,
        say("rule_changes.belongs_to", say(f"rule_changes.area_{rule.area}")),
        *often,
        *further(say, rule.points, rule.ladder, rule.reminder),
    )


def further(say: Say, points: int, ladder: str, reminder: bool) -> tuple[str, ...]:
    """What more hours give, and that the first time takes nothing."""
    steps = (say("rule_changes.by_hours", said_ladder(say, points, ladder)),) if ladder else ()
    return (*steps, say("rule_changes.reminds")) if reminder else steps


def said_ladder(say: Say, points: int, ladder: str) -> str:
    """What so many hours give, one step after the other; or that hours make no difference."""
    if not ladder:
        return say("rule_changes.ladder_none")
    steps = (say("rule_changes.ladder_step", hours, given) for hours, given in steps_of(ladder))
    first = say("rule_changes.ladder_first", points)
    return say("rule_changes.ladder_between").join((first, *steps))


def said_hours(say: Say, hours: int, ladder: str) -> str:
    """The step of a ladder on which a report stands; empty for a rule that has none."""
    if hours:
        return say("rule_changes.hours_from", hours)
    steps = steps_of(ladder)
    return say("rule_changes.hours_below", steps[0][0]) if steps else ""


def said_caps(say: Say, caps: str) -> str:
    """How often a rule counts: once a day, four times a month; or as often as it is done."""
    if not caps:
        return say("rule_changes.caps_none")
    times = (say(f"rule_changes.caps_{span}", most) for span, most in table_of(caps).items())
    return say("rule_changes.caps_between").join(times)


def differences(say: Say, difference: Difference, language: Language) -> tuple[SaidDifference, ...]:
    """What would be another; nothing for a rule that is new or ends."""
    before, after = difference.before, difference.after
    if before is None or after is None:
        return ()
    return tuple(
        SaidDifference(
            say(f"rule_changes.field_{name}"),
            _value(say, before, name, language),
            _value(say, after, name, language),
        )
        for name in difference.fields
        if name != "icon"
    )


def list_lines(say: Say, lists: Rubrics, name: str, language: Language) -> tuple[str, ...]:
    """A list, dimension by dimension, each with its items."""
    found: list[str] = []
    for dimension in dict.fromkeys(each.dimension for each in lists.lists[name]):
        items = (each.text for each in lists.lists[name] if each.dimension == dimension)
        said = say("rule_changes.list_between").join(each.said(language) for each in items)
        found.append(say("rule_changes.list_line", say(f"stars.{dimension}"), said))
    return tuple(found)


def list_differences(
    say: Say, found: ChecklistDifference, language: Language
) -> tuple[SaidDifference, ...]:
    """What inspectors would look at otherwise; what is new has no before, what goes no after."""
    return tuple(
        SaidDifference(
            say("rule_changes.list_where", say(f"rule_changes.list_{each.name}"), _of(say, each)),
            each.before.text.said(language) if each.before else "",
            each.after.text.said(language) if each.after else "",
        )
        for each in found.items
    )


def _of(say: Say, of: ItemDifference) -> str:
    return say(f"stars.{of.dimension}")


def _value(say: Say, rule: RuleText, name: str, language: Language) -> str:
    if name in _WORDS:
        return str(getattr(rule, name).said(language))
    if name == "points":
        return signed(rule)
    if name == "caps":
        return said_caps(say, rule.caps)
    if name == "ladder":
        return said_ladder(say, rule.points, rule.ladder)
    if name == "reminder":
        return say(f"rule_changes.reminder_{'yes' if rule.reminder else 'no'}")
    return say(f"rule_changes.{name}_{getattr(rule, name)}")
