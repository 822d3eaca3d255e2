"""The form of a report as plain data: its answers, its steps, and what comes after each."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Final

from kiosk.services.rulebook.book import Rule

SELF, NEIGHBOUR = "self", "neighbour"
DEED, CONCERN = "deed", "concern"
WHEN, PART, HOURS = "when", "part", "hours"
PHOTO, WITNESS, CHECK, SAME, DONE = "photo", "witness", "check", "same", "done"
MOST_WITNESSES = 3
"""As many as the points above twenty ask for (design section 3)."""


@dataclass(frozen=True)
class ReportForm:
    """What was answered so far; an empty text or 0 is not answered yet.

    `touch` is made when the form opens, so that a second tap books nothing twice.
    """

    touch: str
    kind: str = ""
    kind_given: bool = False
    """The tile that opened the form had said it."""
    whom: str = ""
    subject_id: int = 0
    subject_name: str = ""
    subject_lane: str = ""
    subject_number: str = ""
    subject_given: bool = False
    rule_id: int = 0
    concerned: bool = False
    """The reporter said that they are the person concerned."""
    ladder: str = ""
    """What more hours give by the rule that was chosen; empty without a ladder."""
    hours: int = -1
    """The step of it: 0 below the first; less than 0 is not answered yet."""
    day: str = ""
    """ISO 8601."""
    part_of_day: str = ""
    place: str = ""
    words: str = ""
    photos: int = 0
    """How many photographs go with it."""
    drive: bool = False
    """A drive is in that photographs can be taken from."""
    witnesses: tuple[tuple[int, str], ...] = ()
    """Who is asked to confirm it: id and name."""

    @property
    def happened_on(self) -> date | None:
        """The day as a day."""
        return date.fromisoformat(self.day) if self.day else None

    @property
    def track(self) -> str:
        """The track of the case that this will be, as the state machine names it."""
        if self.kind == CONCERN:
            return CONCERN
        return "own_deed" if self.whom == SELF else "nomination"


@dataclass(frozen=True)
class Step:
    """One question: whether it is asked, and whether it has been answered."""

    name: str
    asked: Callable[[ReportForm], bool]
    answered: Callable[[ReportForm], bool]


STEPS: Final[tuple[Step, ...]] = (
    Step("kind", lambda form: not form.kind_given, lambda form: bool(form.kind)),
    Step("before", lambda form: form.kind == CONCERN, lambda _form: True),
    Step(
        "whom",
        lambda form: form.kind != CONCERN and not form.subject_given,
        lambda form: bool(form.whom),
    ),
    Step(
        "neighbour",
        lambda form: form.whom == NEIGHBOUR and not form.subject_given,
        lambda form: form.subject_id > 0,
    ),
    Step("rule", lambda _form: True, lambda form: form.rule_id > 0),
    Step(HOURS, lambda form: bool(form.ladder), lambda form: form.hours >= 0),
    Step(WHEN, lambda _form: True, lambda form: bool(form.day)),
    Step(PART, lambda _form: True, lambda _form: True),
    Step("where", lambda _form: True, lambda form: bool(form.place)),
    Step("words", lambda _form: True, lambda _form: True),
    Step(PHOTO, lambda form: form.drive or form.photos > 0, lambda _form: True),
    Step(WITNESS, lambda form: form.track == "own_deed", lambda _form: True),
    Step(CHECK, lambda _form: True, lambda _form: False),
)
"""The steps in their order."""


def steps_of(form: ReportForm) -> tuple[str, ...]:
    """The steps that this form goes through."""
    return tuple(step.name for step in STEPS if step.asked(form))


def step_after(form: ReportForm, step: str) -> str:
    """The step that follows `step`, which may be asked no more: its drive was taken out."""
    return (*_around(form, step)[1], CHECK)[0]


def step_before(form: ReportForm, step: str) -> str:
    """The step before `step`; empty in front of the first."""
    return ("", *_around(form, step)[0])[-1]


def _around(form: ReportForm, step: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The steps before and behind `step`."""
    place = [each.name for each in STEPS].index(step)
    asked = set(steps_of(form))
    before = tuple(each.name for each in STEPS[:place] if each.name in asked)
    return before, tuple(each.name for each in STEPS[place + 1 :] if each.name in asked)


def first_open(form: ReportForm) -> str:
    """The first step whose question is not answered; in the end the look at the whole."""
    return next(step.name for step in STEPS if step.asked(form) and not step.answered(form))


def may_use(form: ReportForm, rule: Rule, official: bool) -> bool:
    """Whether a rule is offered to this reporter; the service has the last word."""
    if rule.kind != form.kind:
        return False
    if form.kind == DEED and form.whom == SELF:
        return True
    return rule.reporters == "anyone" or (rule.reporters == "person_concerned" and not official)


def with_kind(form: ReportForm, kind: str) -> ReportForm:
    """The form about a good deed or a concern; a concern is always about a neighbour."""
    if kind == form.kind:
        return form
    whom = NEIGHBOUR if kind == CONCERN else form.whom
    return with_rule(replace(form, kind=kind, whom=whom), None)


def with_rule(form: ReportForm, rule: Rule | None, concerned: bool = False) -> ReportForm:
    """The form about that rule, or about none yet; hours are asked anew where it has a ladder."""
    if rule is None:
        return replace(form, rule_id=0, ladder="", hours=-1, concerned=False)
    hours = form.hours if rule.rule_version_id == form.rule_id else -1
    chosen = replace(form, rule_id=rule.rule_version_id, ladder=rule.ladder, hours=hours)
    return replace(chosen, concerned=concerned)


def written(form: ReportForm) -> str:
    """The form as a text, for the way back to it."""
    return json.dumps(asdict(form), ensure_ascii=False)


def read(text: str) -> ReportForm:
    """The form that `written` wrote."""
    form = ReportForm(**json.loads(text))
    return replace(form, witnesses=tuple((who, name) for who, name in form.witnesses))
