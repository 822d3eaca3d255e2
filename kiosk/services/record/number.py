"""The number, with every point explained (design section 3).

    number = 50 + good deeds (0..40) + household stars (0..10) - concerns (0..50)

Whole points, nothing is rounded. Good deeds are counted in the order in which they took effect,
each for 365 days, and a line gives what the caps leave it:

- at most 12 points per rule; where a rule says how often it counts, so many deeds in a day, a month
  and a year of the calendar, by the day of the deed;
- one counted deed per confirmer and person in 30 days, measured from deed to deed: a deed that
  others confirmed counts if one of them has not carried another counted deed within 30 days;
- above 20 points only with confirmations from at least three other households;
- at most 40 points.

Where a rule gives a reminder first, a concern takes no points as long as no earlier one of its
rule stands: what is over has no after-effect, so the next one is a first one again.

A new deed stands last in that order, so it never takes anything from an earlier one; a reversal
takes its line out, and the sum is again what it was without it. Concerns count for 180 days, or
until they are put right. Every figure is computed for one person; nothing here, or anywhere,
orders or filters people by it (charter 7).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Literal

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from kiosk.core.catalogue import Catalogue
from kiosk.core.texts import NO_TEXT, Texts, in_every_language
from kiosk.models.cases import Case, CaseMove, Confirmation, PointEntry
from kiosk.models.register import Resident
from kiosk.models.rulebook import RuleVersion
from kiosk.services.consent.consents import enrolled
from kiosk.services.rulebook.caps import spans_of, table_of
from kiosk.services.stars import ratings
from kiosk.services.work import Work

BASE = 50
DEEDS_MOST = 40
STARS_MOST = 10
CONCERNS_MOST = 50
PER_RULE_MOST = 12
UNCONFIRMED_MOST = 20
HOUSEHOLDS_NEEDED = 3
CONFIRMER_DAYS = 30

LineKind = Literal["deed", "star", "concern"]
CAPS: tuple[str, ...] = (
    *("rule", "often", "confirmer", "households", "deeds", "concerns", "reminder"),
)
"""Why fewer points count than a line has; the sentence is ``numbers.cap_<code>``."""


@dataclass(frozen=True, kw_only=True)
class SumLine:
    """One line of the sum: `points` is what counts today, `full_points` what the rule gives.

    Both are signed: deeds and stars above 0, concerns below.
    """

    case_id: int | None
    kind: LineKind
    title: Texts
    points: int
    full_points: int
    happened_on: date | None
    confirmed_by: tuple[str, ...]
    """Names of those who confirmed, for “…家确认”."""
    decided_by: tuple[str, ...]
    counts_until: date | None
    """The last day on which it counts."""
    cap: str
    """One of `CAPS`, or empty when every point counts."""


@dataclass(frozen=True, kw_only=True)
class Sum:
    """``number = base + deeds + stars - concerns``; `concerns` is a magnitude."""

    number: int
    base: int
    deeds: int
    stars: int
    concerns: int
    lines: tuple[SumLine, ...]


@dataclass(frozen=True)
class Confirmer:
    """Who of another household confirmed a deed."""

    resident_id: int
    household_id: int
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A line as it stands in the book; `points` is signed."""

    entry_id: int
    case_id: int
    rule: str
    points: int
    happened_on: date
    effective_on: date
    ends_on: date
    ended_on: date | None = None
    confirmers: tuple[Confirmer, ...] = ()
    title: Texts = NO_TEXT
    decided_by: tuple[str, ...] = ()
    caps: str = ""
    """How often its rule, as it was on the day of the deed, counts (`rulebook.caps`)."""
    reminder: bool = False
    """Of a concern: its rule, as it was on that day, gives a reminder first."""

    def counts_on(self, day: date) -> bool:
        """True from the day of effect until the day before it ended or ends."""
        ended = self.ended_on is not None and self.ended_on <= day
        return self.effective_on <= day < self.ends_on and not ended


@dataclass(kw_only=True)
class Counting:
    """What has been counted so far, and therefore what is left."""

    limit: int
    total: int = 0
    per_rule: Counter[str] = field(default_factory=Counter)
    carried: dict[int, list[date]] = field(default_factory=dict)
    times: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """How many deeds counted, by rule, span and the name of that day, month or year."""

    def count(self, entry: Entry) -> tuple[int, str]:
        """The points of a deed that count, and the cap that held back the rest."""
        if entry.caps and self._too_often(entry):
            return 0, "often"
        confirmer = self._free_confirmer(entry)
        if entry.confirmers and confirmer is None:
            return 0, "confirmer"
        for_rule, for_all = PER_RULE_MOST - self.per_rule[entry.rule], self.limit - self.total
        counted = min(entry.points, for_rule, for_all)
        self.per_rule[entry.rule] += counted
        self.total += counted
        if counted and confirmer is not None:
            self.carried.setdefault(confirmer.resident_id, []).append(entry.happened_on)
        if counted:
            self.times.update((entry.rule, *span) for span in spans_of(entry.happened_on))
        if counted == entry.points:
            return counted, ""
        return counted, "rule" if for_rule <= for_all else self._cap_of_all

    def _too_often(self, entry: Entry) -> bool:
        most = table_of(entry.caps)
        return any(
            span in most and self.times[entry.rule, span, name] >= most[span]
            for span, name in spans_of(entry.happened_on)
        )

    @property
    def _cap_of_all(self) -> str:
        return "households" if self.limit == UNCONFIRMED_MOST else "deeds"

    def _free_confirmer(self, entry: Entry) -> Confirmer | None:
        """The first who has not carried another counted deed of this person within 30 days."""
        return next((each for each in entry.confirmers if self._is_free(each, entry)), None)

    def _is_free(self, confirmer: Confirmer, entry: Entry) -> bool:
        days = self.carried.get(confirmer.resident_id, ())
        return all(abs((entry.happened_on - day).days) >= CONFIRMER_DAYS for day in days)


def add_up(entries: Iterable[Entry], star_points: int, today: date) -> Sum:
    """The sum of one person's entries on `today`; lines newest first, deeds before concerns."""
    standing = [each for each in entries if each.counts_on(today)]
    standing.sort(key=in_order)
    deeds = _deed_lines([each for each in standing if each.points > 0])
    concerns = _concern_lines([each for each in standing if each.points < 0])
    good, bad = sum(line.points for line in deeds), -sum(line.points for line in concerns)
    return Sum(
        number=BASE + good + star_points - bad,
        base=BASE,
        deeds=good,
        stars=star_points,
        concerns=bad,
        lines=(*reversed(deeds), *_star_lines(star_points), *reversed(concerns)),
    )


def number_of(work: Work, resident_id: int, today: date) -> Sum | None:
    """One person's sum on `today`; None without a current consent (charter 1)."""
    if not enrolled(work.session, resident_id):
        return None
    person = work.session.get_one(Resident, resident_id)
    return sum_of(work, person, entries_of(work.session, person), today)


def sum_of(work: Work, person: Resident, entries: Iterable[Entry], today: date) -> Sum:
    """The sum of `entries` and of the stars of the person's household."""
    star_points = ratings.points(work, person.household_id, today)
    return _titled(add_up(entries, star_points, today), work.village.catalogue)


_ENTRIES = (
    select(
        *(PointEntry.id, PointEntry.case_id, PointEntry.points, PointEntry.happened_on),
        *(PointEntry.effective_on, PointEntry.ends_on, PointEntry.ended_on, Case.rule_version_id),
    )
    .join(Case, Case.id == PointEntry.case_id)
    .where(PointEntry.resident_id == bindparam("person"))
    # What was reversed does not come back when the clock is set back, and a row that somebody
    # wrote past the flow counts nothing: its case is not in effect.
    .where(Case.state == "effective")
    .order_by(PointEntry.effective_on, PointEntry.id)
)
"""Not the mapped objects: of a thousand deeds these alone took a third of the page's time."""
_RULES = select(
    *(RuleVersion.id, RuleVersion.rule, RuleVersion.title, RuleVersion.caps, RuleVersion.reminder)
).where(RuleVersion.id.in_(bindparam("versions", expanding=True)))
_CONFIRMERS = (
    select(
        Confirmation.case_id, Confirmation.confirmer_id, Confirmation.household_id, Resident.name
    )
    .join(Resident, Resident.id == Confirmation.confirmer_id)
    .where(Confirmation.case_id.in_(bindparam("cases", expanding=True)))
    .where(Confirmation.household_id != bindparam("home"))
    .order_by(Confirmation.id)
)
_DECIDERS = (
    select(CaseMove.case_id, Resident.name)
    .join(Resident, CaseMove.actor_id == Resident.id)
    .where(CaseMove.case_id.in_(bindparam("cases", expanding=True)))
    .where(CaseMove.move.in_(("approve", "countersign", "uphold", "overturn")))
    .order_by(CaseMove.id)
)


def entries_of(session: Session, person: Resident) -> tuple[Entry, ...]:
    """Every entry of one person, with who confirmed and who decided it."""
    rows = session.execute(_ENTRIES, {"person": person.id}).all()
    if not rows:
        return ()
    versions = {row.rule_version_id for row in rows}
    rules = {each.id: each for each in session.execute(_RULES, {"versions": sorted(versions)})}
    confirmers = _confirmers(session, person, [row.case_id for row in rows if row.points > 0])
    deciders = _deciders(session, [row.case_id for row in rows])
    return tuple(_entry(row, rules[row.rule_version_id], confirmers, deciders) for row in rows)


def _entry(
    row: Any,
    rule: Any,
    confirmers: Mapping[int, Sequence[Confirmer]],
    deciders: Mapping[int, Sequence[str]],
) -> Entry:
    return Entry(
        entry_id=row.id,
        case_id=row.case_id,
        rule=rule.rule,
        points=row.points,
        happened_on=row.happened_on,
        effective_on=row.effective_on,
        ends_on=row.ends_on,
        ended_on=row.ended_on,
        confirmers=tuple(confirmers.get(row.case_id, ())),
        title=rule.title,
        caps=rule.caps,
        reminder=rule.reminder,
        decided_by=tuple(dict.fromkeys(deciders.get(row.case_id, ()))),
    )


def _confirmers(
    session: Session, person: Resident, cases: Sequence[int]
) -> Mapping[int, Sequence[Confirmer]]:
    """Who of other households confirmed each of `cases`."""
    found: dict[int, list[Confirmer]] = defaultdict(list)
    if not cases:
        return found
    rows = session.execute(_CONFIRMERS, {"cases": cases, "home": person.household_id})
    for case_id, confirmer_id, household_id, name in rows:
        found[case_id].append(Confirmer(confirmer_id, household_id, name))
    return found


def _deciders(session: Session, cases: Sequence[int]) -> Mapping[int, Sequence[str]]:
    """The names of those who decided each of `cases`."""
    found: dict[int, list[str]] = defaultdict(list)
    if not cases:
        return found
    rows = session.execute(_DECIDERS, {"cases": cases})
    for case_id, name in rows:
        found[case_id].append(name)
    return found


def _deed_lines(deeds: Sequence[Entry]) -> list[SumLine]:
    households = {each.household_id for deed in deeds for each in deed.confirmers}
    caps = Counting(limit=limit_of(len(households)))
    return [_line(deed, "deed", *caps.count(deed)) for deed in deeds]


def limit_of(households: int) -> int:
    """How many points good deeds can give, confirmed from so many other households."""
    return DEEDS_MOST if households >= HOUSEHOLDS_NEEDED else UNCONFIRMED_MOST


def in_order(entry: Entry) -> tuple[date, int]:
    """By this deeds are counted: the order in which they took effect."""
    return entry.effective_on, entry.entry_id


def _concern_lines(concerns: Sequence[Entry]) -> list[SumLine]:
    lines, left = [], CONCERNS_MOST
    for concern, most in taken(concerns):
        counted = min(most, left)
        left -= counted
        cap = "reminder" if not most else "concerns" if counted < most else ""
        lines.append(_line(concern, "concern", -counted, cap))
    return lines


def taken(concerns: Iterable[Entry]) -> Iterator[tuple[Entry, int]]:
    """What each of these, in the order in which they took effect, takes before the most of all."""
    before: set[str] = set()
    for each in concerns:
        reminds = each.reminder and each.rule not in before
        before.add(each.rule)
        yield each, 0 if reminds else -each.points


def _star_lines(points: int) -> tuple[SumLine, ...]:
    if not points:
        return ()
    return (
        SumLine(
            case_id=None,
            kind="star",
            title=NO_TEXT,
            points=points,
            full_points=points,
            happened_on=None,
            confirmed_by=(),
            decided_by=(),
            counts_until=None,
            cap="",
        ),
    )


def _line(entry: Entry, kind: LineKind, points: int, cap: str) -> SumLine:
    return SumLine(
        case_id=entry.case_id,
        kind=kind,
        title=entry.title,
        points=points,
        full_points=entry.points,
        happened_on=entry.happened_on,
        confirmed_by=tuple(each.name for each in entry.confirmers),
        decided_by=entry.decided_by,
        counts_until=entry.ends_on - timedelta(days=1),
        cap=cap,
    )


def _titled(found: Sum, words: Catalogue) -> Sum:
    """The same with the words of the stars' line, which has no rule to be named after."""
    title = in_every_language(words, "numbers.line_stars")
    lines = tuple(
        replace(line, title=title) if line.kind == "star" else line for line in found.lines
    )
    return replace(found, lines=lines)
