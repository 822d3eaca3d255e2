"""Deadlines: the moves that time makes, one transaction each."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from kiosk.core.clock import village_day
from kiosk.models.cases import Case, PointEntry
from kiosk.services.cases import panel
from kiosk.services.cases.flow import table
from kiosk.services.cases.flow.advance import advance
from kiosk.services.cases.flow.forgetting import forget_ended
from kiosk.services.cases.flow.standing import load, state_of, time_is_over, track_of
from kiosk.services.consent.consents import enrolled
from kiosk.services.retry import one_by_one
from kiosk.services.village import Village
from kiosk.services.work import reading, writing

_BATCH = 200


def tick(village: Village) -> int:
    """Make every move whose time has come; how many there were.

    Called at start and by a timer; calling it again changes nothing. Each case moves in a
    transaction of its own, so that an officer's touch never waits for all of them.
    """
    *_, moved = one_by_one(_do, village, (panel.draw_missing, forget_ended, _move_due))
    return moved


def _do(village: Village, duty: Callable[[Village], int]) -> int:
    return duty(village)


def _move_due(village: Village) -> int:
    made = 0
    while due_now := _due(village):
        moved = sum(one_by_one(_move, village, due_now))
        made += moved
        if not moved:
            break
    return made


def _due(village: Village) -> list[int]:
    with reading(village) as work:
        question = (
            select(Case.id)
            .where(Case.due_at <= work.now, _moved_by_time())
            .order_by(Case.due_at, Case.id)
            .limit(_BATCH)
        )
        return list(work.session.scalars(question))


def _moved_by_time() -> ColumnElement[bool]:
    """The states that time ends, track by track, as the table has them."""
    tracks = {
        "concern": Case.kind == "concern",
        "own_deed": and_(Case.kind == "deed", Case.subject_id == Case.reporter_id),
        "nomination": and_(Case.kind == "deed", Case.subject_id != Case.reporter_id),
    }
    return or_(
        *(and_(tracks[track], Case.state.in_(_ended_by_time(track))) for track in table.TRACKS)
    )


def _ended_by_time(track: table.Track) -> list[str]:
    return [state for state in table.STATES if table.moves_by_time(track, state)]


def _move(village: Village, case_id: int) -> bool:
    with writing(village) as work:
        case = load(work.session, case_id, to_move=True)
        if not time_is_over(case, work.now):
            return False  # somebody was faster
        advance(work, case, _name(work.session, case), "time", actor_id=None)
        return True


def _name(session: Session, case: Case) -> str:
    """The one move that time makes here.

    Nothing takes effect on who is not enrolled any more. What an earlier version gave effect before
    the person was told has its day before that of its line (migration 0008), and lapses.
    """
    names = [row.name for row in table.moves_by_time(track_of(case), state_of(case))]
    if "take_effect" in names and not enrolled(session, case.subject_id):
        return "lapse"
    if names[0] != "end" or case.kind == "deed":
        return names[0]
    line = session.scalar(select(PointEntry).where(PointEntry.case_id == case.id))
    early = line is not None and case.due_at is not None and village_day(case.due_at) < line.ends_on
    return "lapse" if early else "end"
