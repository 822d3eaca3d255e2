"""A case as an officer sees it: as a line of the queue, and on one page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.houses import House
from kiosk.core.texts import Texts
from kiosk.models.cases import Case, CaseMove, CasePhoto
from kiosk.models.register import Resident
from kiosk.services.access.sessions import SignedIn
from kiosk.services.cases import reasons, second_review, stepping_aside
from kiosk.services.cases.conflict_of_interest import deciding_role, involved, second_pair_of_eyes
from kiosk.services.cases.flow import table, told_days
from kiosk.services.cases.flow.standing import (
    house_of,
    name_of,
    signed_points,
    state_of,
    time_is_over,
    track_of,
)
from kiosk.services.cases.views import related_cases
from kiosk.services.cases.views.progress import StepView, steps_of
from kiosk.services.cases.views.related_cases import BetweenLine, SimilarLine
from kiosk.services.rulebook import book
from kiosk.services.rulebook.book import Rule
from kiosk.services.work import Work

_WAITING = {
    "submitted": {"nomination": "waiting_for_acceptance", "concern": "waiting_for_notice"},
    "noticed": {"nomination": "waiting_for_acceptance", "concern": "waiting_for_reply"},
    "countersigned": {"concern": "waiting_to_be_told"},
    "told": {"concern": "time_to_appeal"},
    "appealed": {
        "own_deed": "before_panel",
        "nomination": "before_panel",
        "concern": "before_panel",
    },
}
"""What a case waits for while it is not an officer's to decide; else it is ``closed``."""
_REPORTERS_OWN = ("hand_in", "withdraw", "disown")
_BY_MOUTH = ("reply", "accept", "decline_nomination")
"""What a person can say to a clerk, who writes it down and reads it back."""


@dataclass(frozen=True, kw_only=True)
class QueueLine:
    """A case that waits for an officer; `why_not` has words at ``desk.why_<code>``.

    Whom it is about is not said: that is a look (charter 8), and comes with opening it. A concern
    that would tell this officer of their household or a relative is no line at all.
    """

    case_id: int
    reference: str
    kind: str
    title: Texts
    points: int
    """Signed."""
    state: str
    submitted_at: datetime
    due_at: datetime | None
    due_on: date | None
    lapses: bool
    """True when the case lapses after `due_on`; False when the day is only a promise."""
    overdue: bool
    mine_to_decide: bool
    why_not: str
    opens: bool
    """False for a concern that this officer may not handle."""
    may_return: bool
    """This officer stepped aside, and can take that back."""


@dataclass(frozen=True, kw_only=True)
class MoveLine:
    """A move that was made; words at ``reports.move_<move>``; `actor_name` empty for time."""

    move: str
    actor_name: str
    at: datetime
    reason: str
    """A catalogue key, or empty."""
    sentence: str
    taken_down: bool = False
    """What the person said, written down and read back by the actor, who is a clerk."""


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """A case on one page. `points` and the names are empty or 0 where they are sealed."""

    case_id: int
    reference: str
    kind: str
    state: str
    steps: tuple[StepView, ...]
    rule: Rule
    points: int
    """Signed."""
    subject_name: str
    subject_house: House
    reporter_name: str
    """Empty for a concern: `desk.unseal_reporter` says it, and writes down that it was asked."""
    happened_on: date
    part_of_day: str
    place: str
    hours: int
    """From so many hours on, by the rule's ladder; 0 below its first step."""
    words: str
    reply_choice: str
    """``reports.reply_<choice>``, or empty."""
    reply_words: str
    replied_at: datetime | None
    confirmations: tuple[str, ...]
    """Names of those who confirmed."""
    moves: tuple[MoveLine, ...]
    may: tuple[str, ...]
    """Out of ``approve``, ``decline``, ``countersign``, ``recuse``, ``return``, ``put_right``,
    ``merge``, ``read_again``, ``unseal``."""
    why_not: str
    """Words at ``desk.why_<code>``; empty when it is this officer's to decide."""
    due_at: datetime | None
    due_on: date | None
    days_left: int | None
    lapses: bool
    reasons_approve: tuple[str, ...]
    """Catalogue keys; `decide` and `countersign` take one of them as `reason`."""
    reasons_decline: tuple[str, ...]
    reporter_sealed: bool = False
    put_right_way: str = ""
    """``reports.way_<way>`` when the person says that they put it right, or empty."""
    put_right_words: str = ""
    photos: int = 0
    """How many photographs this officer may see; `photos.photos_of` gives them."""
    note_key: str = ""
    """A neutral note on who confirmed, or empty; the person sees the same."""
    similar: tuple[SimilarLine, ...] = ()
    """What may be the same thing; empty for an officer who is involved, as `between`."""
    between: tuple[BetweenLine, ...] = ()
    own_report: bool = False
    """The person concerned handed it in themselves, so that there are no two people."""
    reply_taken_by: str = ""
    """The clerk who wrote the reply down and read it back; empty when the person did it."""
    first_word: MoveLine | None = None
    """What the first officer decided, while a second one is waited for."""
    leaves_enough: bool = True
    """Whether the others could still decide, if this officer stepped aside."""


def _why_not(work: Work, case: Case, officer: SignedIn) -> str:
    """Why this officer cannot decide now: involved, or the case waits for something else."""
    if why := involved(work.session, case, officer):
        return why
    role = deciding_role(case)
    if role is None or time_is_over(case, work.now):
        return _WAITING.get(case.state, {}).get(track_of(case), "closed")
    return second_pair_of_eyes(work.session, case, officer) if role == "second_officer" else ""


def queue_line(work: Work, case: Case, officer: SignedIn) -> QueueLine:
    """One line of the queue."""
    why = _why_not(work, case, officer)
    sealed = case.kind == "concern" and bool(involved(work.session, case, officer))
    now = work.now
    return QueueLine(
        case_id=case.id,
        reference=case.reference,
        kind=case.kind,
        title=case.rule_version.title,
        points=signed_points(case),
        state=case.state,
        submitted_at=case.submitted_at,
        due_at=case.due_at,
        due_on=told_days.last_day(case),
        lapses=_lapses(case),
        overdue=case.due_at is not None and now >= case.due_at,
        mine_to_decide=not why,
        why_not=why,
        opens=not sealed,
        may_return=stepping_aside.may_return(case, officer.resident_id),
    )


def _lapses(case: Case) -> bool:
    """True when the case ends without a decision once its day is over."""
    usual = table.moves_by_time(track_of(case), state_of(case))[:1]
    return any(row.to_state == "lapsed" for row in usual)


def case_view(work: Work, case: Case, officer: SignedIn) -> CaseView:
    """The whole case, with names sealed from an officer who is involved."""
    why = _why_not(work, case, officer)
    subject = work.session.get_one(Resident, case.subject_id)
    why_involved = involved(work.session, case, officer)
    known = case.reporter_id in (officer.resident_id, case.subject_id)
    sealed = bool(why_involved) and not known
    hidden = sealed or (case.kind == "concern" and case.reporter_id != officer.resident_id)
    day = told_days.last_day(case)
    today = work.today
    photos = work.session.scalars(select(CasePhoto.id).where(CasePhoto.case_id == case.id)).all()
    part_of_it = officer.resident_id in (case.subject_id, case.reporter_id)
    return CaseView(
        case_id=case.id,
        reference=case.reference,
        kind=case.kind,
        state=case.state,
        steps=steps_of(case),
        rule=book.rule_version(work.session, case.rule_version_id),
        points=signed_points(case),
        subject_name=subject.name,
        subject_house=house_of(subject),
        reporter_name="" if hidden else name_of(work.session, case.reporter_id),
        happened_on=case.happened_on,
        part_of_day=case.part_of_day,
        place=case.place,
        hours=case.hours,
        words=case.words,
        reply_choice=case.reply_choice,
        reply_words=case.reply_words,
        replied_at=case.replied_at,
        confirmations=()
        if sealed
        else tuple(name_of(work.session, c.confirmer_id) for c in case.confirmations),
        moves=tuple(_move_line(work.session, case, move, hidden) for move in case.moves),
        may=_may(work, case, officer),
        why_not=why,
        due_at=case.due_at,
        due_on=day,
        days_left=max(0, (day - today).days) if day else None,
        lapses=_lapses(case),
        reasons_approve=reasons.REASONS[case.kind, "approve"],
        reasons_decline=reasons.REASONS[case.kind, "decline"],
        reporter_sealed=hidden,
        put_right_way=case.put_right_way,
        put_right_words=case.put_right_words,
        photos=len(photos) if part_of_it or not why_involved else 0,
        note_key=second_review.note_of(work.session, case),
        similar=related_cases.similar_to(work.session, case, officer) if not why_involved else (),
        between=related_cases.between(work.session, case, officer) if not why_involved else (),
        own_report=case.subject_id == case.reporter_id,
        reply_taken_by=reply_taken_by(work.session, case),
        first_word=_first_word(work.session, case),
        leaves_enough=bool(why_involved)
        or stepping_aside.leaves_enough(work.session, case, officer),
    )


def reply_taken_by(session: Session, case: Case) -> str:
    """The name of the clerk who wrote the person's reply down; empty when they did it."""
    for move in case.moves:
        if move.move == "reply" and move.actor_id and _taken_down(case, move):
            return name_of(session, move.actor_id)
    return ""


def _taken_down(case: Case, move: CaseMove) -> bool:
    return move.move in _BY_MOUTH and move.actor_id not in (None, case.subject_id)


def _first_word(session: Session, case: Case) -> MoveLine | None:
    if case.state != "decided":
        return None
    made = [each for each in case.moves if each.move == "approve"][-1]
    return _move_line(session, case, made, sealed=True)


def _move_line(session: Session, case: Case, move: CaseMove, sealed: bool) -> MoveLine:
    hidden = move.actor_id is None or (sealed and move.move in _REPORTERS_OWN)
    actor = "" if hidden or move.actor_id is None else name_of(session, move.actor_id)
    taken = _taken_down(case, move)
    return MoveLine(
        move=move.move,
        actor_name=actor,
        at=move.at,
        reason=move.reason,
        sentence=move.sentence,
        taken_down=taken,
    )


def _may(work: Work, case: Case, officer: SignedIn) -> tuple[str, ...]:
    """The moves that this officer may make now."""
    if time_is_over(case, work.now):
        return ()
    if involved(work.session, case, officer):
        return ("return",) if stepping_aside.may_return(case, officer.resident_id) else ()
    state, track = state_of(case), track_of(case)
    roles: list[table.Role] = ["officer"]
    if state == "decided" and not second_pair_of_eyes(work.session, case, officer):
        roles.append("second_officer")
    offered = ("approve", "countersign", "decline", "recuse", "put_right", "merge")
    may = tuple(
        move for move in offered if any(table.allowed(state, track, move, role) for role in roles)
    )
    again = second_review.waits_for(work.session, case, officer)
    asked = case.kind == "concern" and deciding_role(case) is not None
    return (*may, *(("read_again",) if again else ()), *(("unseal",) if asked else ()))
