"""What people are shown, reckoned once more from the log alone, and held against what is shown.

A person's number with its caps and windows, what is in a wallet, and a household's stars. Of the
tables only the register is read, which is not in the log: who lives in which house, and who is of
age. Whoever changes points, wallet, stars, consents, confirmations or
cases in the database, or the way from them to a screen, is found by what comes of it.

No figure is said: what somebody's number is, is theirs. Named are the person or household, by
their numbers in the register.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.ages import is_adult
from kiosk.core.clock import village_day
from kiosk.models.consent import Consent
from kiosk.models.perks import WalletMovement
from kiosk.models.register import Resident
from kiosk.models.stars import Rating
from kiosk.services.audit.fold.stars import stars_of
from kiosk.services.audit.fold.state import State
from kiosk.services.audit.log import Finding, Progress
from kiosk.services.consent.consents import CONSENT_TEXT_VERSION
from kiosk.services.ledger.contents import Entries, LoggedEntry, Told
from kiosk.services.record import number
from kiosk.services.record.number import Confirmer, Entry
from kiosk.services.stars import ratings as star_ratings
from kiosk.services.wallet.balance import wallet_of
from kiosk.services.work import Work

Figures = tuple[int, int, int, int]
"""Number, deeds, stars, concerns."""


@dataclass(frozen=True)
class _Person:
    household_id: int
    born_on: date | None
    active: bool


@dataclass(kw_only=True)
class _Projection:
    """What the log says of the present, gathered entry by entry."""

    people: dict[int, _Person]
    state: State
    consented: dict[int, date] = field(default_factory=dict)
    paused: set[int] = field(default_factory=set)
    points: dict[int, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    ended: dict[int, date] = field(default_factory=dict)
    states: dict[int, str] = field(default_factory=dict)
    confirmers: dict[int, list[Confirmer]] = field(default_factory=lambda: defaultdict(list))
    concerns: set[tuple[str, int]] = field(default_factory=set)
    """Rules, with their versions, that are about concerns."""

    def take(self, index: int, entry: LoggedEntry) -> None:
        """Take in one entry, in the order of the log."""
        told = entry.content
        if told is None:
            return
        with suppress(LookupError, TypeError, ValueError):  # which the log's own check names
            if "move" in told:
                self.states[told["case"]] = told["to"]
            if entry.kind in _TAKERS:
                _TAKERS[entry.kind](self, index, entry, told)

    # --- kinds of entries

    def rule_installed(self, _index: int, _entry: LoggedEntry, told: Told) -> None:
        if told["kind"] == "concern":
            self.concerns.add((told["rule"], told["version"]))

    def consent_given(self, _index: int, entry: LoggedEntry, told: Told) -> None:
        if (told["purpose"], told["text_version"]) == ("number", CONSENT_TEXT_VERSION):
            self.consented[told["resident"]] = village_day(entry.at)

    def consent_withdrawn(self, _index: int, _entry: LoggedEntry, told: Told) -> None:
        if told["purpose"] == "number":
            self.consented.pop(told["resident"], None)

    def pause(self, _index: int, _entry: LoggedEntry, told: Told) -> None:
        self.paused.add(told["resident"])

    def resume(self, _index: int, _entry: LoggedEntry, told: Told) -> None:
        self.paused.discard(told["resident"])

    def point(self, index: int, _entry: LoggedEntry, told: Told) -> None:
        days = (told["happened_on"], told["effective_on"], told["ends_on"])
        happened_on, effective_on, ends_on = map(date.fromisoformat, days)
        found = Entry(
            entry_id=index,
            case_id=told["case"],
            rule=told["rule"],
            points=told["points"],
            happened_on=happened_on,
            effective_on=effective_on,
            ends_on=ends_on,
        )
        self.points[told["resident"]].append(found)

    def reversal(self, _index: int, _entry: LoggedEntry, told: Told) -> None:
        self.ended[told["reverses"]] = date.fromisoformat(told["ended_on"])

    def confirmation(self, _index: int, _entry: LoggedEntry, told: Told) -> None:
        home = told.get("household") or self.people[told["by"]].household_id
        self.confirmers[told["case"]].append(Confirmer(told["by"], home))

    def report(self, index: int, entry: LoggedEntry, told: Told) -> None:
        """Who nominates a neighbour has thereby confirmed the deed."""
        is_concern = (told["rule"], told["version"]) in self.concerns
        if told["subject"] != told["by"] and not is_concern:
            self.confirmation(index, entry, told)

    # --- what comes of them

    def figures(self, today: date) -> dict[int, Figures]:
        """Who has a number today, and what it is made of."""
        return {
            who: self._figures(who, today)
            for who, since in self.consented.items()
            if who not in self.paused and self._may_have_a_number(who, since)
        }

    def _may_have_a_number(self, who: int, since: date) -> bool:
        person = self.people.get(who)
        return person is not None and person.active and is_adult(person.born_on, since)

    def _figures(self, who: int, today: date) -> Figures:
        home = self.people[who].household_id
        entries = [
            self._complete(each, home)
            for each in self.points.get(who, ())
            if self.states.get(each.case_id) == "effective"
        ]
        from_stars = sum(each.points for each in stars_of(self.state, home, today))
        found = number.add_up(entries, from_stars, today)
        return found.number, found.deeds, found.stars, found.concerns

    def _complete(self, entry: Entry, home: int) -> Entry:
        """The entry with its early end, and a deed's with who confirmed it from another house."""
        confirmers = self.confirmers.get(entry.case_id, ()) if entry.points > 0 else ()
        return replace(
            entry,
            ended_on=self.ended.get(entry.entry_id),
            confirmers=tuple(each for each in confirmers if each.household_id != home),
        )


_TAKERS: dict[str, Callable[[_Projection, int, LoggedEntry, Told], None]] = {
    "rule_installed": _Projection.rule_installed,
    "consent_given": _Projection.consent_given,
    "consent_withdrawn": _Projection.consent_withdrawn,
    "paused": _Projection.pause,
    "resumed": _Projection.resume,
    "points": _Projection.point,
    "reversal": _Projection.reversal,
    "confirmation": _Projection.confirmation,
    "report": _Projection.report,
}


def check_totals(
    work: Work, entries: Entries, state: State, progress: Progress
) -> Iterator[Finding]:
    """Every total that the program shows and the log does not give."""
    book = _Projection(people=_people(work.session), state=state)
    for index, entry in entries.items():
        book.take(index, entry)
    today = work.today
    yield from _numbers(work, book, today, progress)
    yield from _wallets(work.session, state)
    yield from _stars(work, state, today)


def _numbers(work: Work, book: _Projection, today: date, progress: Progress) -> Iterator[Finding]:
    by_log = book.figures(today)
    people = sorted({*by_log, *_ids(work.session, Consent.resident_id)})
    for done, who in enumerate(people):
        progress(done, len(people))
        if _shown(work, who, today) != by_log.get(who):
            yield Finding("total_number", who, who)


def _wallets(session: Session, state: State) -> Iterator[Finding]:
    wallets: Counter[Any] = Counter()
    for _, who, points in state.stream(WalletMovement, ("resident_id", "points"), ("rowid",)):
        wallets[who] += cast("int", points)
    for who in sorted({*wallets, *_ids(session, WalletMovement.resident_id)}):
        if wallet_of(session, who) != wallets[who]:
            yield Finding("total_wallet", who, who)


def _stars(work: Work, state: State, today: date) -> Iterator[Finding]:
    rated: set[Any] = {house for _, house in state.stream(Rating, ("household_id",), ("rowid",))}
    for house in sorted({*rated, *_ids(work.session, Rating.household_id)}):
        if star_ratings.current(work, house, today) != stars_of(state, house, today):
            yield Finding("total_stars", house, house)


def _people(session: Session) -> dict[int, _Person]:
    rows = session.execute(
        select(Resident.id, Resident.household_id, Resident.born_on, Resident.active)
    )
    return {who: _Person(home, born_on, active) for who, home, born_on, active in rows}


def _ids(session: Session, column: object) -> set[int]:
    return set(session.scalars(select(column).distinct()))  # type: ignore[call-overload]


def _shown(work: Work, who: int, today: date) -> Figures | None:
    found = number.number_of(work, who, today)
    return None if found is None else (found.number, found.deeds, found.stars, found.concerns)
