"""What people are shown, reckoned once more from the state that the log gives.

A person's number with its caps and windows, what is in a wallet, and a household's stars; who
lives in which house, and who is of age, are of the state, too. The rows are held to the log by the
fold; whoever changes the way from them to a screen, in the database or in the program, is found by
what comes of it.

No figure is said: what somebody's number is, is theirs. Named are the person or household, by
their numbers in the register.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.models.cases import Case, Confirmation, PointEntry
from kiosk.models.consent import Consent
from kiosk.models.perks import WalletMovement
from kiosk.models.register import Resident
from kiosk.models.rulebook import RuleVersion
from kiosk.models.stars import Rating
from kiosk.services.audit.fold.consent import enrolled
from kiosk.services.audit.fold.stars import stars_of
from kiosk.services.audit.fold.state import State
from kiosk.services.audit.log import Finding, Progress
from kiosk.services.record import number
from kiosk.services.record.number import Confirmer, Entry
from kiosk.services.stars import ratings as star_ratings
from kiosk.services.wallet.balance import wallet_of
from kiosk.services.work import Work

Figures = tuple[int, int, int, int]
"""Number, deeds, stars, concerns."""


def check_totals(work: Work, state: State, progress: Progress) -> Iterator[Finding]:
    """Every total that the program shows and the log does not give."""
    today = work.today
    yield from _numbers(work, state, today, progress)
    yield from _wallets(work.session, state)
    yield from _stars(work, state, today)


def _numbers(work: Work, state: State, today: date, progress: Progress) -> Iterator[Finding]:
    joined = {cast("int", who) for _, who in state.stream(Consent, ("resident_id",), ("rowid",))}
    rules = {row.id: row for row in state.rows(RuleVersion)}
    people = sorted(joined | _ids(work.session, Consent.resident_id))
    for done, who in enumerate(people):
        progress(done, len(people))
        if _shown(work, who, today) != figures(state, rules, who, today):
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


# --- a number


def figures(state: State, rules: Mapping[int, Any], who: int, today: date) -> Figures | None:
    """A person's number and what it is made of; None for who has none.

    `rules` has the versions of the rules by their numbers.
    """
    person = state.get(Resident, id=who)
    if person is None or not enrolled(state, person):
        return None
    counting = _counting(state, rules, person)
    from_stars = sum(each.points for each in stars_of(state, person.household_id, today))
    found = number.add_up(list(counting), from_stars, today)
    return found.number, found.deeds, found.stars, found.concerns


def _counting(state: State, rules: Mapping[int, Any], person: Any) -> Iterator[Entry]:
    """The lines of the sum, with who confirmed a deed from another house."""
    for line in state.rows(PointEntry, resident_id=person.id):
        case = state.get(Case, id=line.case_id)
        if case.state == "effective":
            rule = rules[case.rule_version_id]
            yield Entry(
                entry_id=line.ledger_index,
                case_id=line.case_id,
                rule=rule.rule,
                caps=rule.caps,
                reminder=rule.reminder,
                points=line.points,
                happened_on=line.happened_on,
                effective_on=line.effective_on,
                ends_on=line.ends_on,
                ended_on=line.ended_on,
                confirmers=_confirmers(state, line, person.household_id),
            )


def _confirmers(state: State, line: Any, home: int) -> tuple[Confirmer, ...]:
    if line.points < 0:
        return ()
    rows = state.rows(Confirmation, case_id=line.case_id)
    found = (Confirmer(each.confirmer_id, each.household_id) for each in rows)
    return tuple(each for each in found if each.household_id != home)


# --- what is shown


def _ids(session: Session, column: object) -> set[int]:
    return set(session.scalars(select(column).distinct()))  # type: ignore[call-overload]


def _shown(work: Work, who: int, today: date) -> Figures | None:
    found = number.number_of(work, who, today)
    return None if found is None else (found.number, found.deeds, found.stars, found.concerns)
