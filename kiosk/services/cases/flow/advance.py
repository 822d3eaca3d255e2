"""A case moves: one legal step, and all that its row of the table says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, bindparam, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from kiosk.core.catalogue import CHINESE, Language
from kiosk.core.errors import ExpectedError
from kiosk.models.cases import Case, CaseMove
from kiosk.services.cases.flow import due_dates, effects, table
from kiosk.services.cases.flow.forgetting import forget
from kiosk.services.cases.flow.standing import state_of, time_is_over, track_of
from kiosk.services.cases.flow.table import Role, State
from kiosk.services.cases.slips import SLIPS
from kiosk.services.ledger import log
from kiosk.services.open_days import open_days
from kiosk.services.work import Work


@dataclass(frozen=True)
class Made:
    """A move that was made, and the print job of its slip where the table wants one."""

    move: CaseMove
    print_job_id: int | None


def advance(
    work: Work,
    case: Case,
    move: str,
    role: Role,
    *,
    actor_id: int | None,
    reason: str = "",
    sentence: str = "",
    also: dict[str, Any] | None = None,
    language: Language = CHINESE,
) -> Made:
    """Make one legal move of a case, with all that its row says, in the caller's transaction.

    `also` goes into the ledger entry beside the move itself. `language` is that of a slip for
    whoever stands before the screen; every other is in the language of who it is for.

    Raises:
        ExpectedError: ``case_moved_on`` when somebody else, or time, was faster;
            ``illegal_move``.
    """
    log.take_turn(work)  # what follows is of the moment at which it was this move's turn
    state, now = state_of(case), work.now
    row = table.require(state, track_of(case), move, role)
    if role != "time" and time_is_over(case, now):
        raise ExpectedError("case_moved_on")
    reached = row.leads_to(state)
    ends = due_dates.due_at(now, reached, row.deadline, case.due_at, open_days(work.session))
    own, *others = row.writes
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
        "due": None if ends is None else ends.isoformat(),
        **(also or {}),
    }
    _compare_and_set(work.session, case, state, reached, ends)
    made = CaseMove(
        case_id=case.id,
        move=move,
        from_state=state,
        to_state=reached,
        actor_id=actor_id,
        at=now,
        reason=reason,
        sentence=sentence,
        ledger_index=log.append(work, own, content),
    )
    case.moves.append(made)
    for kind in others:
        effects.WRITES[kind](work, case, move)
    if row.forgets:  # before the slip, which says how it ended
        forget(work, case)
    job = None
    if row.prints:
        job = SLIPS[row.prints](work, case, made.ledger_index, language)
    return Made(made, job)


_MOVED = (
    update(Case)
    .where(Case.id == bindparam("moved"), Case.state == bindparam("seen"))
    .values(state=bindparam("reached"), due_at=bindparam("ends"))
    .execution_options(synchronize_session=False)
)


def _compare_and_set(
    session: Session, case: Case, seen: State, reached: State, ends: datetime | None
) -> None:
    moved = {"moved": case.id, "seen": seen, "reached": reached, "ends": ends}
    changed = session.execute(_MOVED, moved)
    if cast("CursorResult[Any]", changed).rowcount != 1:
        raise ExpectedError("case_moved_on")
    set_committed_value(case, "state", reached)
    set_committed_value(case, "due_at", ends)
