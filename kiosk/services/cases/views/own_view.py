"""What became of the reports that a person made, and of those about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Integer, Select, bindparam, or_, select
from sqlalchemy.orm import joinedload, selectinload

from kiosk.core.texts import Texts
from kiosk.models.cases import Case
from kiosk.services.access import acting
from kiosk.services.cases import reaching, second_review, telling
from kiosk.services.cases.flow import table, told_days
from kiosk.services.cases.flow.standing import (
    names_of,
    signed_points,
    state_of,
    time_is_over,
    track_of,
)
from kiosk.services.village import Village
from kiosk.services.work import Work

CLOSED = frozenset({"ended", "declined", "withdrawn", "upheld", "overturned", "lapsed"})
"""States after which nothing is waited for; an effective case is settled, too."""
_SETTLED = CLOSED | {"effective"}
_NOTHING_TO_DO = sorted(_SETTLED - {"declined"})
"""States in which nothing is waited for and nobody appeals; what was declined may be appealed."""
_OFFERED: tuple[table.Role, ...] = ("reporter", "subject")
_ASKED_ELSEWHERE = frozenset({"disown", "tell", "appeal"})
"""At the next sign-in; and an appeal, which `telling` knows to be open."""


@dataclass(frozen=True, kw_only=True)
class CaseLine:
    """A case as the signed-in person may see it.

    `state` has words at ``reports.state_<state>``. Somebody who reported a concern about another
    sees only ``in_hand`` or ``closed``: what came of it is private to the person concerned.
    """

    case_id: int
    reference: str
    kind: str
    about_me: bool
    title: Texts
    points: int
    """Signed."""
    subject_name: str
    happened_on: date
    submitted_at: datetime
    state: str
    due_on: date | None
    """The last day of the present state, when it ends by itself or somebody answers by then."""
    open: bool
    may: tuple[str, ...]
    """Moves that the person may make now, e.g. ``withdraw``, ``reply``, ``appeal``; `put_right`
    is what the person says and the reporter confirms (`putting_right`)."""
    note_key: str = ""
    """A neutral note that a second reader of the deed sees as well, or empty."""
    untold: bool = False
    """The person has still to be told what was decided; the days to appeal begin then."""


def my_cases(village: Village, session_id: str) -> tuple[CaseLine, ...]:
    """The cases about the signed-in person and those they handed in, newest first.

    A concern that ended has vanished from here; only its proof is left in the ledger.
    """
    with acting.reading(village, session_id) as work:
        me = work.who.resident_id
        return lines_of(work, me)


_ME = bindparam("me", type_=Integer)
_OWN = (
    select(Case)
    .where(or_(Case.reporter_id == _ME, (Case.subject_id == _ME) & reaching.reaches_somebody()))
    .where(or_(Case.kind == "deed", Case.state != "ended"))
    .order_by(Case.submitted_at.desc(), Case.id.desc())
    .options(joinedload(Case.rule_version, innerjoin=True), selectinload(Case.confirmations))
)
_UNDER_WAY = _OWN.where(Case.state.not_in(_NOTHING_TO_DO))
_MOVES = (
    select(Case)
    .where(Case.id.in_(bindparam("cases", expanding=True)))
    .options(selectinload(Case.moves))
)
"""What of most cases nobody asks: whether there was an appeal."""


def lines_of(work: Work, me: int) -> tuple[CaseLine, ...]:
    """The same in the caller's transaction."""
    return _lines(work, me, _OWN)


def under_way(work: Work, me: int) -> tuple[CaseLine, ...]:
    """Those of them that are open, or that the person may appeal."""
    found = _lines(work, me, _UNDER_WAY)
    return tuple(each for each in found if each.open or "appeal" in each.may)


def _lines(work: Work, me: int, wanted: Select[Case]) -> tuple[CaseLine, ...]:
    found = work.session.scalars(wanted, {"me": me}).all()
    about_me = [case for case in found if case.subject_id == me]
    now = work.now
    if to_appeal := [case.id for case in about_me if telling.in_days_to_appeal(case, now)]:
        work.session.scalars(_MOVES, {"cases": to_appeal}).all()
    notes = second_review.notes_of(work.session, about_me)
    names = names_of(work.session, {case.subject_id for case in found}) if found else {}
    return tuple(
        _line(work, case, names[case.subject_id], notes.get(case.id, ""), me) for case in found
    )


def _line(work: Work, case: Case, subject_name: str, note_key: str, me: int) -> CaseLine:
    about_me = case.subject_id == me
    is_open = case.state not in _SETTLED
    sealed = case.kind == "concern" and not about_me
    state = case.state
    if sealed:
        state = "in_hand" if is_open else "closed"
    return CaseLine(
        case_id=case.id,
        reference=case.reference,
        kind=case.kind,
        about_me=about_me,
        title=case.rule_version.title,
        points=signed_points(case),
        subject_name=subject_name,
        happened_on=case.happened_on,
        submitted_at=case.submitted_at,
        state=state,
        due_on=None if sealed else told_days.last_day(case),
        open=is_open,
        may=_moves(work.village, case, me),
        note_key=note_key,
        untold=about_me and telling.waits_to_be_told(case),
    )


def _moves(village: Village, case: Case, me: int) -> tuple[str, ...]:
    """What this person may do now, in the order of the table."""
    if time_is_over(case, village.clock.now()):
        return ()
    mine = {"reporter": case.reporter_id == me, "subject": case.subject_id == me}
    roles = [role for role in _OFFERED if mine[role]]
    return tuple(
        move
        for move in table.open_to(state_of(case), track_of(case), roles)
        if move not in _ASKED_ELSEWHERE and (move != "put_right" or case.put_right_way)
    ) + _of_the_person(village, case, me)


def _of_the_person(village: Village, case: Case, me: int) -> tuple[str, ...]:
    """What the person concerned can do: appeal while it is open, and say that it was put right."""
    if case.subject_id != me:
        return ()
    appeal = ("appeal",) if telling.may_appeal(case, village.clock.now()) else ()
    return (*appeal, *(("say_put_right",) if may_say_put_right(case) else ()))


def may_say_put_right(case: Case) -> bool:
    """True for a concern that can still be put right, until its person said so."""
    if case.kind != "concern" or case.put_right_way:
        return False
    return table.allowed(state_of(case), "concern", "put_right", "officer")
