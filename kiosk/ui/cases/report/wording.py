"""How the form's questions, choices and answers are said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kiosk.core.catalogue import Language
from kiosk.core.days import Say, said_day_of_week
from kiosk.core.houses import house_words
from kiosk.services.cases.duplicates import PossibleDuplicate
from kiosk.services.cases.submit import OLDEST_DAYS
from kiosk.services.rule_changes.wording import further, said_hours
from kiosk.services.rulebook.book import Rule
from kiosk.services.rulebook.ladder import hours_of, points_at
from kiosk.ui.cases.report import form as flow
from kiosk.ui.cases.report.form import CONCERN, DONE, SELF, ReportForm
from kiosk.ui.cases.report.rows import (
    CheckedLineRow,
    QuickDayRow,
    RuleChoiceRow,
    WitnessRow,
)
from kiosk.ui.parts.days import day_rows
from kiosk.ui.parts.rows import ChoiceRow, DayRow
from kiosk.ui.parts.wording import in_a_row, said_points, said_title

_QUICK_DAYS = ("today", "yesterday", "day_before")
_PARTS = {"morning": "sunrise", "afternoon": "sun", "evening": "moon"}
_PHRASES = {
    "deed": ("alone", "together", "half_hour", "two_hours", "half_day", "done"),
    "concern": ("seen", "still_there", "some_days", "said_so"),
}
"""Sentences to be taken with a tap; words at ``report_screen.phrase_…``."""
_PLACES = {
    "docks_south": "ripple",
    "docks_north": "sailboat",
    "square": "fountain",
    "lanes": "road",
    "river": "ripple",
    "home": "home",
    "hall": "building-community",
    "school": "school",
    "fields": "plant-2",
}
_ELSEWHERE = "map-pin"
_LINE_ICONS = {
    "whom": "user",
    "neighbour": "user",
    "hours": "clock",
    "when": "calendar",
    "where": "map-pin",
    "words": "pencil",
    "photo": "camera",
    "witness": "users",
}
_ASKED_BY_KIND = ("neighbour", "rule", DONE)
"""Questions that are worded otherwise for a concern."""


@dataclass(frozen=True)
class FormWords:
    """Says one form in one language."""

    say: Say
    tongue: Language
    today: date
    form: ReportForm
    offered: Sequence[Rule]
    where: Sequence[str] = ()
    """The places to choose from."""
    own: Sequence[str] = ()
    """The village's own sentences for this kind of report."""

    def question(self, step: str) -> str:
        """The question of a step; the room's title before the first."""
        if not step:
            return self.say("report_screen.title")
        kind = f"_{self.form.kind}" if step in _ASKED_BY_KIND else ""
        return self.say(f"report_screen.ask_{step}{kind}")

    def steps(self) -> list[str]:
        """The names of the steps."""
        return [self.say(f"report_screen.step_{each}") for each in flow.steps_of(self.form)]

    def rules(self) -> list[RuleChoiceRow]:
        """The rules that are offered."""
        return [self._rule(rule) for rule in self.offered]

    def hours(self) -> list[ChoiceRow]:
        """The steps of the ladder of the rule that was chosen, with what each gives."""
        ladder, rule = self.form.ladder, self._chosen()
        if rule is None or not ladder:
            return []
        return [
            ChoiceRow(
                key=str(hours),
                icon="clock",
                name=self._hours(hours, said_points(points_at(rule.points, ladder, hours))),
                chosen=hours == self.form.hours,
            )
            for hours in hours_of(ladder)
        ]

    def _hours(self, hours: int, points: str = "") -> str:
        said = said_hours(self.say, hours, self.form.ladder)
        return f"{said} {points}" if points else said

    def parts(self) -> list[ChoiceRow]:
        """Parts of the day; the last, without a key, is for who does not remember."""
        known = [
            ChoiceRow(
                key=part,
                icon=icon,
                name=self.say(f"reports.part_{part}"),
                chosen=part == self.form.part_of_day,
            )
            for part, icon in _PARTS.items()
        ]
        return [*known, ChoiceRow(key="", icon="clock", name=self.say("report_screen.part_unsure"))]

    def phrases(self) -> list[str]:
        """Sentences that are ready to be taken with a tap."""
        names = _PHRASES.get(self.form.kind, ())
        usual = [self.say(f"report_screen.phrase_{each}") for each in names]
        return [*usual, *(self.say(f"own.{each}") for each in self.own)]

    def places(self) -> list[ChoiceRow]:
        """Places."""
        return [
            ChoiceRow(
                key=place,
                icon=_PLACES.get(place, _ELSEWHERE),
                name=self.say(f"place.{place}"),
                chosen=place == self.form.place,
            )
            for place in self.where
        ]

    def quick_days(self) -> list[QuickDayRow]:
        """Today, yesterday, the day before."""
        days = {name: self.today - timedelta(days=ago) for ago, name in enumerate(_QUICK_DAYS)}
        return [
            QuickDayRow(
                iso=day.isoformat(),
                name=self.say(f"report_screen.{name}"),
                day=self.day(day),
                chosen=day == self.form.happened_on,
            )
            for name, day in days.items()
        ]

    def days(self) -> list[DayRow]:
        """The calendar, whole weeks."""
        return day_rows(self.say, self.today, OLDEST_DAYS, self.form.happened_on)

    def same(self, found: PossibleDuplicate) -> str:
        """What is known of a report that may be the same thing."""
        place = self.say(f"place.{found.place}") if found.place else ""
        known = in_a_row((self.day(found.happened_on), place))
        return self.say("report_screen.same_text", found.reference, known)

    def lines(self) -> list[CheckedLineRow]:
        """The whole form, one line a step."""
        person = "whom" if self.form.whom == SELF else "neighbour"
        steps = (person, "rule", flow.HOURS, "when", "where", "words", flow.PHOTO, flow.WITNESS)
        asked = set(flow.steps_of(self.form)) | {person, flow.PHOTO}
        return [self._line(step) for step in steps if step in asked]

    def witnesses(self) -> list[WitnessRow]:
        """Who is asked to confirm it."""
        return [
            WitnessRow(residentId=who, name=name, letter=name[:1])
            for who, name in self.form.witnesses
        ]

    def day(self, day: date) -> str:
        """A day with its weekday."""
        return said_day_of_week(self.say, day)

    def _rule(self, rule: Rule) -> RuleChoiceRow:
        return RuleChoiceRow(
            ruleId=rule.rule_version_id,
            icon=rule.icon,
            title=said_title(self.tongue, rule),
            text=self._with(rule, rule.text.said(self.tongue)),
            points=self._points(rule),
            remedy=self._with(rule, rule.remedy.said(self.tongue)) if rule.kind == CONCERN else "",
            asks=rule.reporters == "person_concerned",
            chosen=rule.rule_version_id == self.form.rule_id,
        )

    def _points(self, rule: Rule) -> int:
        """What it gives or takes; for the hours that were chosen, if there is a ladder."""
        if rule.kind == CONCERN:
            return -rule.points
        chosen = rule.rule_version_id == self.form.rule_id
        return points_at(rule.points, rule.ladder, self.form.hours if chosen else 0)

    def _with(self, rule: Rule, said: str) -> str:
        """With what more hours give, and that the first time is a reminder."""
        more = further(self.say, rule.points, rule.ladder, rule.reminder)
        return "\n".join((said, *more))

    def _chosen(self) -> Rule | None:
        return next((r for r in self.offered if r.rule_version_id == self.form.rule_id), None)

    def _line(self, step: str) -> CheckedLineRow:
        rule = self._chosen() if step == "rule" else None
        return CheckedLineRow(
            step=step,
            icon=rule.icon if rule else _LINE_ICONS.get(step, ""),
            name=self.say(f"report_screen.step_{step}"),
            value=said_title(self.tongue, rule) if rule else self._value(step),
            points=self._points(rule) if rule else 0,
            door=step in flow.steps_of(self.form) or step == flow.PHOTO,
        )

    def _value(self, step: str) -> str:
        form = self.form
        if step == "whom":
            return self.say("report_screen.whom_self")
        if step == "neighbour":
            return self._neighbour()
        if step == flow.HOURS:
            return self._hours(form.hours) if form.hours >= 0 else ""
        if step == "when":
            return self._when()
        if step == "where":
            return self.say(f"place.{form.place}") if form.place else ""
        if step == flow.WITNESS:
            names = [name for _who, name in form.witnesses]
            return self.say("report_screen.names_join").join(names) or self.say(
                "report_screen.no_witnesses"
            )
        if step == flow.PHOTO:
            key = "photos" if form.photos else "no_photos"
            return self.say(f"report_screen.{key}", form.photos)
        return form.words or self.say("report_screen.no_words") if step == "words" else ""

    def _when(self) -> str:
        day, part = self.form.happened_on, self.form.part_of_day
        if day is None:
            return ""
        return f"{self.day(day)} {self.say(f'reports.part_{part}')}" if part else self.day(day)

    def about(self) -> str:
        """Which neighbour the form is about; empty when it is about the reporter."""
        named = self.form.whom != SELF and self.form.subject_name
        return self.say(f"report_screen.about_{self.form.kind}", self._neighbour()) if named else ""

    def _neighbour(self) -> str:
        lane, number = self.form.subject_lane, self.form.subject_number
        house = house_words(lane, number, self.tongue)
        return in_a_row((self.form.subject_name, house))
