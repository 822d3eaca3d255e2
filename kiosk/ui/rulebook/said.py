"""How the steps of a change are said: what there is to choose from, and what was chosen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from kiosk.core.days import Say, said_day
from kiosk.core.texts import Texts
from kiosk.services.access.offices import ASSEMBLY_WITHIN
from kiosk.services.rule_changes import wording
from kiosk.services.rule_changes.showing import ChangeLine
from kiosk.services.rule_changes.terms import BEGINS_WITHIN
from kiosk.services.rule_changes.wording import MINUS
from kiosk.services.rulebook.book import Rule
from kiosk.services.rulebook.reading import (
    AREAS,
    FEWEST_POINTS,
    KINDS,
    MOST_POINTS,
    REPORTERS,
    RuleText,
)
from kiosk.ui.parts.days import day_rows
from kiosk.ui.parts.rows import ChoiceRow, DayRow
from kiosk.ui.rulebook.form import (
    AREA,
    CAPS,
    CHECK,
    ICON,
    ICONS,
    KIND,
    LADDER,
    NO,
    POINTS,
    REMINDER,
    UNLIMITED,
    WRITTEN,
    YES,
    Form,
)
from kiosk.ui.rulebook.form import REPORTERS as WHO
from kiosk.ui.rulebook.rows import FieldRow, RuleRow

_QUARTER = 3
_OFTEN = (UNLIMITED, "day:1", "month:1", "month:2", "month:4", "year:1", "year:2", "year:4")
"""How often a rule may count, to choose from."""
_LADDERS = (((4, 1), (8, 2)), ((2, 1), (4, 2), (8, 3)), ((4, 2), (8, 4)), ((8, 2),))
"""Hours, and how many points more than below the first step: ladders to choose from."""
_KINDS = {"deed": "thumb-up", "concern": "message-report"}


def rule_row(say: Say, rule: Rule, tongue: str) -> RuleRow:
    """A rule with its points, and of a concern how it ends."""
    remedy = rule.remedy.said(tongue) if rule.kind == "concern" else ""
    more = wording.further(say, rule.points, rule.ladder, rule.reminder)
    return RuleRow(
        key=rule.rule,
        title=rule.title.said(tongue),
        text="\n".join((remedy or rule.text.said(tongue), *more)),
        points=-rule.points if rule.kind == "concern" else rule.points,
        icon=rule.icon,
    )


def whats(say: Say) -> list[ChoiceRow]:
    """What can become of a rule that stands."""
    icons = {"changed": "pencil", "ended": "x"}
    return [
        ChoiceRow(key=key, name=say(f"rule_changes.what_{key}"), icon=icon)
        for key, icon in icons.items()
    ]


def offers(say: Say, tongue: str, rules: Iterable[RuleText]) -> list[ChoiceRow]:
    """A rule of one's own words, and those that come with the program."""
    own = ChoiceRow(key="own", name=say("rule_changes.offer_own"), icon="pencil")
    listed = [
        ChoiceRow(
            key=each.rule,
            name=f"{each.title.said(tongue)} {wording.signed(each)}",
            icon=each.icon,
        )
        for each in rules
    ]
    return [own, *listed]


def answers(say: Say, form: Form, question: str) -> list[ChoiceRow]:
    """What a question of the form can be answered with."""
    now = form.said.get(question)
    lists = {KIND: KINDS, AREA: AREAS, WHO: REPORTERS, ICON: ICONS, REMINDER: (YES, NO)}
    listed = lists.get(question, ())
    if question == POINTS:
        listed = tuple(str(each) for each in range(FEWEST_POINTS, MOST_POINTS + 1))
    if question == CAPS:
        listed = tuple(dict.fromkeys((*_OFTEN, now or UNLIMITED)))
    if question == LADDER:
        listed = tuple(dict.fromkeys((*_ladders(form), now or UNLIMITED)))
    return [
        ChoiceRow(
            key=each,
            name=_answer(say, form, question, each),
            icon=each if question == ICON else _KINDS.get(each, ""),
            chosen=each == now,
        )
        for each in listed
    ]


def _ladders(form: Form) -> tuple[str, ...]:
    """Ladders that begin above the points chosen and end within the most that a rule gives."""
    points = int(form.said.get(POINTS, "0"))
    fit = (each for each in _LADDERS if points + each[-1][1] <= MOST_POINTS)
    kept = (" ".join(f"{hours}:{points + more}" for hours, more in each) for each in fit)
    return (UNLIMITED, *kept)


def fields(say: Say, form: Form, tongue: str) -> list[FieldRow]:
    """Every answer, once there are all; of an end there is nothing to change."""
    if form.what == "ended" or CHECK not in form.said:
        return []
    return [
        FieldRow(
            key=each,
            name=say(f"rule_changes.field_{each}"),
            value=_value(say, form, each, tongue),
        )
        for each in form.asked()
    ]


def beginnings(say: Say, today: date) -> list[ChoiceRow]:
    """The first day of a change: tomorrow, or of the month or quarter that comes."""
    month = _first_of_next(today, 1)
    quarter = _first_of_next(today, _QUARTER - (today.month - 1) % _QUARTER)
    days = {"tomorrow": today + timedelta(days=1), "month": month, "quarter": quarter}
    found = {day: name for name, day in reversed(days.items()) if day <= today + BEGINS_WITHIN}
    return [
        ChoiceRow(
            key=day.isoformat(),
            name=say(f"rule_changes.begins_{name}", said_day(say, day)),
            icon="calendar-event",
        )
        for day, name in sorted(found.items())
    ]


def versions(say: Say, days: Iterable[date]) -> list[ChoiceRow]:
    """The days from which a book is in force."""
    return [
        ChoiceRow(
            key=each.isoformat(),
            name=say("rule_changes.days_from", said_day(say, each)),
            icon="notebook",
        )
        for each in days
    ]


def assembly_days(say: Say, line: ChangeLine, today: date, chosen: date | None) -> list[DayRow]:
    """The days since everybody could read the change, a month back at most."""
    oldest = min((today - line.days.decided_from).days, ASSEMBLY_WITHIN.days)
    return day_rows(say, today, max(0, oldest), chosen)


def decision(
    say: Say, tongue: str, line: ChangeLine, assembly: date | None, begins: date | None
) -> str:
    """What the second officer agrees to; before the days are chosen, what it is about."""
    what, title = say(f"rule_changes.about_{line.what}"), line.title.said(tongue)
    if assembly is None or begins is None:
        return f"{what}: {title}"
    days = (said_day(say, assembly), said_day(say, begins))
    return say("rule_changes.sum_adopt", what, title, *days)


def proposed(say: Say, decided_from: date) -> str:
    """What comes next."""
    return say("rule_changes.proposed_detail", said_day(say, decided_from))


def _first_of_next(day: date, months: int) -> date:
    number = day.month - 1 + months
    return date(day.year + number // 12, number % 12 + 1, 1)


def _answer(say: Say, form: Form, question: str, key: str) -> str:
    if question == POINTS:
        return f"{MINUS if form.said.get(KIND) == 'concern' else '+'}{key}"
    if question == CAPS:
        return wording.said_caps(say, "" if key in ("", UNLIMITED) else key)
    if question == LADDER:
        points = int(form.said.get(POINTS, "0"))
        return wording.said_ladder(say, points, "" if key in ("", UNLIMITED) else key)
    if question == ICON:
        return say(f"rule_changes.icon_{key.replace('-', '_')}")
    return say(f"rule_changes.{question}_{key}")


def _value(say: Say, form: Form, question: str, tongue: str) -> str:
    if question in WRITTEN:
        return Texts(form.words.get(question, {})).said(tongue)
    return _answer(say, form, question, form.said.get(question, ""))
