"""How a case stands: its track and state, its points, its place in the database."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import cast

from sqlalchemy import bindparam, select, text
from sqlalchemy.orm import Session, joinedload

from kiosk.core.clock import village_day
from kiosk.core.errors import ExpectedError
from kiosk.core.houses import House
from kiosk.core.text import clean
from kiosk.models.cases import Case
from kiosk.models.register import Resident
from kiosk.services.cases.flow import table
from kiosk.services.cases.flow.table import State, Track
from kiosk.services.rulebook import gate
from kiosk.services.rulebook.ladder import points_at

_HAND_IN_LOCK = 0x6361736573  # "cases"


def track_of(case: Case) -> Track:
    """Which of the three tracks a case is on."""
    if case.kind == "concern":
        return "concern"
    return "own_deed" if case.subject_id == case.reporter_id else "nomination"


def state_of(case: Case) -> State:
    """The state, as the type that the table knows."""
    return cast(State, case.state)


def signed_points(case: Case) -> int:
    """What the case gives or takes: the points of the rule version it stands under."""
    rule = case.rule_version
    return (
        -rule.points if case.kind == "concern" else points_at(rule.points, rule.ladder, case.hours)
    )


_CASE = (
    select(Case)
    .where(Case.id == bindparam("case_id"))
    .options(joinedload(Case.rule_version, innerjoin=True))
)
_TO_MOVE = _CASE.with_for_update(of=Case)


def load(session: Session, case_id: int, *, to_move: bool = False) -> Case:
    """A case; `to_move` keeps its row for this transaction where the database can.

    Raises:
        ExpectedError: ``unknown_case``.
    """
    case = session.scalar(_TO_MOVE if to_move else _CASE, {"case_id": case_id})
    if case is None:
        raise ExpectedError("unknown_case")
    return case


def hand_in_alone(session: Session) -> None:
    """One report is handed in at a time, so that limits and references hold.

    SQLite lets one writer in at a time anyhow; PostgreSQL is asked for a lock.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _HAND_IN_LOCK})


_LAST_REFERENCE = (
    select(Case.reference)
    .where(Case.reference.like(bindparam("of_year")))
    .order_by(Case.id.desc())  # numbers are given in the order of the ids
    .limit(1)
)


def next_reference(session: Session, now: datetime) -> str:
    """The year in the village and a running number, e.g. ``2026-0417``."""
    year = village_day(now).year
    last = session.scalar(_LAST_REFERENCE, {"of_year": f"{year}-%"})
    return f"{year}-{int(last.partition('-')[2]) + 1 if last else 1:04d}"


def time_is_over(case: Case, now: datetime) -> bool:
    """True when time will move the case as soon as the clock is next looked at."""
    if case.due_at is None or now < case.due_at:
        return False
    return bool(table.moves_by_time(track_of(case), state_of(case)))


def checked_words(typed: str, longest: int, names: Iterable[str] = ()) -> str:
    """What somebody typed, cleaned and let through the gate of charter 2.

    `names` are of those whom the words are about.

    Raises:
        ExpectedError: ``words_refused`` with the term that was found.
    """
    words = clean(typed, longest)
    found = gate.check_words(words, names)
    if found:
        raise ExpectedError("words_refused", found[0].term)
    return words


def name_of(session: Session, resident_id: int) -> str:
    """A resident's name."""
    return session.get_one(Resident, resident_id).name


def names_of(session: Session, resident_ids: Collection[int]) -> dict[int, str]:
    """The names of these residents by their ids, in one statement."""
    rows = session.execute(select(Resident.id, Resident.name).where(Resident.id.in_(resident_ids)))
    return {row.id: row.name for row in rows}


def house_of(person: Resident) -> House:
    """Where a resident lives."""
    return House(person.household.lane, person.household.number)
