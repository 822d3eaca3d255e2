"""What somebody sees who opens their own record: one state of everything that the page says."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from heapq import heapify, heappop, heappush

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from kiosk.core.clock import village_day
from kiosk.core.texts import Texts
from kiosk.models.cases import Case
from kiosk.models.register import Resident
from kiosk.services.access import acting
from kiosk.services.access import views as access_views
from kiosk.services.access.acting import Acting
from kiosk.services.access.views import RecordViewLine
from kiosk.services.cases import second_review
from kiosk.services.cases.confirmations import confirmable_in
from kiosk.services.cases.disowned import asked_in
from kiosk.services.cases.flow.table import CONCERN_DAYS
from kiosk.services.cases.notices import notices_in
from kiosk.services.cases.views import own_view
from kiosk.services.cases.views.own_view import CaseLine
from kiosk.services.cases.views.panel_view import my_panels_in
from kiosk.services.consent.consents import enrolled
from kiosk.services.consent.pauses import standing_pause
from kiosk.services.record.number import (
    BASE,
    CONCERNS_MOST,
    PER_RULE_MOST,
    Counting,
    Entry,
    Sum,
    SumLine,
    entries_of,
    in_order,
    limit_of,
    sum_of,
    taken,
)
from kiosk.services.stars.my_part import my_part_in
from kiosk.services.village import Village
from kiosk.services.wallet import lots
from kiosk.services.wallet.balance import wallet_of
from kiosk.services.wallet.lots import Lot

_TO_ANSWER = frozenset({"accept", "reply", "read"})
NEWEST = 3
"""So many looks stand on the page itself; the others have a page of their own."""


@dataclass(frozen=True)
class ComingChange:
    """What will change by itself: `points` is what the number gains or loses on that day."""

    on: date
    title: Texts
    points: int


@dataclass(frozen=True, kw_only=True)
class Record:
    """What “my record” shows; `number` is None without a current consent."""

    number: int | None
    base: int
    deeds: int
    stars: int
    concerns: int
    lines: tuple[SumLine, ...]
    notes: Mapping[int, str]
    """The neutral notes on deeds, each by its case: the key of its words."""
    coming: tuple[ComingChange, ...]
    wallet: int
    views: tuple[RecordViewLine, ...]
    """The newest looks, at most `NEWEST`."""
    looks: int
    """How many looks there were."""
    cases: tuple[CaseLine, ...]
    """What is open, or may be appealed."""
    pending: int
    """How many of the cases are still open."""


@dataclass(frozen=True, kw_only=True)
class OpenedRecord:
    """The record, whether it pauses, and how many things wait for this person's answer or vote."""

    record: Record
    paused: bool
    news: int
    panels: int
    asked: int
    """How many reports were handed in with their card at an earlier visit."""
    visits: int
    """How many households this person is to look at in the round of stars."""
    invited: bool
    """Whether they are asked to inspect in it."""
    told: bool
    """Whether their household is to be told what was seen there."""
    ending: tuple[Lot, ...]
    """Points of the wallet that end within thirty days, the next first."""


def opened(village: Village, session_id: str) -> OpenedRecord:
    """The signed-in person's record, and what waits for them.

    Raises:
        ExpectedError: ``session_over``.
    """
    with acting.reading(village, session_id) as work:
        told = sum(each.needs in _TO_ANSWER for each in notices_in(work))
        part = my_part_in(work)
        return OpenedRecord(
            record=record_in(work),
            paused=standing_pause(work.session, work.who.resident_id) is not None,
            news=told + len(confirmable_in(work)),
            panels=sum(not each.voted for each in my_panels_in(work)),
            asked=len(asked_in(work)),
            visits=part.to_make,
            invited=part.invited > 0,
            told=part.told,
            ending=lots.ending_soon(
                lots.lots_in(work.session, work.who.resident_id, work.today), work.today
            ),
        )


def record_in(work: Acting) -> Record:
    """The record of whoever acts in the caller's unit, and nobody else's."""
    me, today = work.who.resident_id, work.today
    person = work.session.get_one(Resident, me)
    entries = entries_of(work.session, person) if enrolled(work.session, me) else None
    found = None if entries is None else sum_of(work, person, entries, today)
    shown = found or Sum(number=BASE, base=BASE, deeds=0, stars=0, concerns=0, lines=())
    cases = own_view.under_way(work, me)
    return Record(
        number=found.number if found else None,
        base=shown.base,
        deeds=shown.deeds,
        stars=shown.stars,
        concerns=shown.concerns,
        lines=shown.lines,
        notes=second_review.notes_on(work.session, me) if entries else {},
        coming=() if entries is None else _coming(work.session, person, entries, today),
        wallet=wallet_of(work.session, me),
        views=access_views.views_on(work.session, me, NEWEST),
        looks=access_views.looks_at(work.session, me),
        cases=cases,
        pending=sum(case.open for case in cases),
    )


def _coming(
    session: Session, person: Resident, entries: Sequence[Entry], today: date
) -> tuple[ComingChange, ...]:
    """What will change by itself, day by day, and by how much the number then really moves."""
    return coming_changes((*entries, *_about_to_count(session, person)), today)


def coming_changes(entries: Iterable[Entry], today: date) -> tuple[ComingChange, ...]:
    """The changes after `today`, first to come first; one that moves nothing is left out."""
    open_ended = [each for each in entries if each.ended_on is None and each.ends_on > today]
    events = [(each.effective_on, 1, each) for each in open_ended if each.effective_on > today]
    events += [(each.ends_on, 0, each) for each in open_ended]
    events.sort(key=lambda event: (event[0], event[1], event[2].entry_id))
    standing = _Standing()
    for each in open_ended:
        if each.effective_on <= today:
            standing.put(each)
    changes, number = [], standing.number()
    for day, begins, entry in events:
        if begins:
            standing.put(entry)
        else:
            standing.take(entry)
        after = standing.number()
        if after != number:
            changes.append(ComingChange(day, entry.title, after - number))
        number = after
    return tuple(changes)


@dataclass
class _Standing:
    """The entries that count on a day; one more or one less does not add all of them up anew.

    The number is what `add_up` gives, stars left out. Deeds stand in one row for each rule, in
    their order: a row whose rule has given its most is left, and all of them once the most of all
    is reached, since what follows counts nothing.
    """

    concerns: list[Entry] = field(default_factory=list)
    rows: dict[str, list[Entry]] = field(default_factory=dict)
    households: Counter[int] = field(default_factory=Counter)

    def put(self, entry: Entry) -> None:
        """`entry` begins to count."""
        if entry.points < 0:
            insort(self.concerns, entry, key=in_order)
            return
        insort(self.rows.setdefault(entry.rule, []), entry, key=in_order)
        self.households.update(each.household_id for each in entry.confirmers)

    def take(self, entry: Entry) -> None:
        """`entry`, which was put in, counts no more."""
        if entry.points < 0:
            self.concerns.remove(entry)
            return
        row = self.rows[entry.rule]
        del row[bisect_left(row, in_order(entry), key=in_order)]
        self.households.subtract(each.household_id for each in entry.confirmers)

    def number(self) -> int:
        """The number that these entries give."""
        caps = Counting(limit=limit_of(sum(times > 0 for times in self.households.values())))
        heads = [(*in_order(row[0]), rule, 0) for rule, row in self.rows.items() if row]
        heapify(heads)
        while heads and caps.total < caps.limit:
            _, _, rule, place = heappop(heads)
            row = self.rows[rule]
            caps.count(row[place])
            if caps.per_rule[rule] < PER_RULE_MOST and place + 1 < len(row):
                heappush(heads, (*in_order(row[place + 1]), rule, place + 1))
        concerns = sum(points for _, points in taken(self.concerns))
        return BASE + caps.total - min(concerns, CONCERNS_MOST)


_TOLD = (
    select(Case)
    .where(Case.subject_id == bindparam("person"), Case.state == "told")
    .options(joinedload(Case.rule_version, innerjoin=True))
)


def _about_to_count(session: Session, person: Resident) -> list[Entry]:
    """Concerns whose person was told of the decision: the days to appeal run."""
    decided = session.scalars(_TOLD, {"person": person.id})
    return [_foreseen(case, village_day(case.due_at)) for case in decided if case.due_at]


def _foreseen(case: Case, day: date) -> Entry:
    rule = case.rule_version
    return Entry(
        entry_id=1 << 62,
        case_id=case.id,
        rule=rule.rule,
        points=-rule.points,
        happened_on=case.happened_on,
        effective_on=day,
        ends_on=day + timedelta(days=CONCERN_DAYS),
        title=rule.title,
        reminder=rule.reminder,
    )
