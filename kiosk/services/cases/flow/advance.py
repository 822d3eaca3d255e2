"""A case moves: one legal step of the table, compared with the state on disk, in the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, func, select, text, update
from sqlalchemy.orm import Session

from kiosk.core.clock import village_day
from kiosk.core.errors import ExpectedError
from kiosk.core.houses import House
from kiosk.core.text import clean
from kiosk.models.reports import Case, CaseMove
from kiosk.models.residents import Resident
from kiosk.services.cases.flow import due_dates, table
from kiosk.services.cases.flow.table import Role, State, Track
from kiosk.services.ledger import log
from kiosk.services.rulebook import gate
from kiosk.services.village import Village

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
    points = case.rule_version.points
    return -points if case.kind == "concern" else points


def load(session: Session, case_id: int, *, to_move: bool = False) -> Case:
    """A case; `to_move` keeps its row for this transaction where the database can.

    Raises:
        ExpectedError: ``unknown_case``.
    """
    question = select(Case).where(Case.id == case_id)
    if to_move:
        question = question.with_for_update()
    case = session.scalar(question)
    if case is None:
        raise ExpectedError("unknown_case")
    return case


def hand_in_alone(session: Session) -> None:
    """One report is handed in at a time, so that limits and references hold.

    SQLite lets one writer in at a time anyhow; PostgreSQL is asked for a lock.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _HAND_IN_LOCK})


def next_reference(session: Session, now: datetime) -> str:
    """The year in the village and a running number, e.g. ``2026-0417``."""
    year = village_day(now).year
    last = session.scalar(
        select(Case.reference)
        .where(Case.reference.like(f"{year}-%"))
        .order_by(func.length(Case.reference).desc(), Case.reference.desc())
        .limit(1)
    )
    return f"{year}-{int(last.partition('-')[2]) + 1 if last else 1:04d}"


def advance(
    session: Session,
    village: Village,
    case: Case,
    move: str,
    role: Role,
    *,
    actor_id: int | None,
    reason: str = "",
    sentence: str = "",
    also: dict[str, Any] | None = None,
) -> CaseMove:
    """Make one legal move of a case and write it to the ledger, in the caller's transaction.

    `also` goes into the ledger entry beside the move itself.

    Raises:
        ExpectedError: ``case_moved_on`` when somebody else, or time, was faster;
            ``illegal_move``.
    """
    state, now = state_of(case), village.clock.now()
    row = table.require(state, track_of(case), move, role)
    if role != "time" and time_is_over(case, now):
        raise ExpectedError("case_moved_on")
    reached = row.leads_to(state)
    ends = due_dates.due_at(now, reached, row.deadline, case.due_at)
    content = {
        "case": case.id,
        "reference": case.reference,
        "move": move,
        "from": state,
        "to": reached,
        "role": role,
        "by": actor_id,
        "reason": reason,
        "sentence": sentence,
        **(also or {}),
    }
    _compare_and_set(session, case, state, reached, ends)
    index = log.append(session, village, row.writes[0], content)
    made = CaseMove(
        case_id=case.id,
        move=move,
        from_state=state,
        to_state=reached,
        actor_id=actor_id,
        at=now,
        reason=reason,
        sentence=sentence,
        ledger_index=index,
    )
    session.add(made)
    session.flush()
    session.expire(case, ["moves"])
    return made


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


def house_of(person: Resident) -> House:
    """Where a resident lives."""
    return House(person.household.lane, person.household.number)


def _compare_and_set(
    session: Session, case: Case, seen: State, reached: State, ends: datetime | None
) -> None:
    changed = session.execute(
        update(Case)
        .where(Case.id == case.id, Case.state == seen)
        .values(state=reached, due_at=ends)
        .execution_options(synchronize_session=False)
    )
    if cast("CursorResult[Any]", changed).rowcount != 1:
        raise ExpectedError("case_moved_on")
    session.refresh(case, ["state", "due_at"])
