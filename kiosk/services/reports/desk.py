"""The officer's desk: the queue, a case on one page, decisions by two pairs of eyes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.catalogue import Language
from kiosk.core.clock import village_day
from kiosk.core.errors import ExpectedError
from kiosk.models.reports import Case, CaseMove
from kiosk.models.residents import Resident
from kiosk.services import access, rulebook
from kiosk.services.access import SignedIn
from kiosk.services.reports import due, flow, reasons, slips
from kiosk.services.reports.cases import (
    advance,
    house_of,
    load,
    name_of,
    signed_points,
    state_of,
    time_is_over,
    track_of,
)
from kiosk.services.reports.entries import add_points, credit_wallet, reverse
from kiosk.services.reports.involvement import involved, second_pair_of_eyes
from kiosk.services.reports.steps import StepView, steps_of
from kiosk.services.rights import enrolled
from kiosk.services.rulebook import Rule
from kiosk.services.village import Village

_FOR_OFFICERS = access.holders("decide_case")
_WAITING = {
    "submitted": {"nomination": "waiting_for_acceptance", "concern": "waiting_for_notice"},
    "noticed": {"nomination": "waiting_for_acceptance", "concern": "waiting_for_reply"},
    "countersigned": {"concern": "time_to_appeal"},
    "appealed": {
        "own_deed": "before_panel",
        "nomination": "before_panel",
        "concern": "before_panel",
    },
}
"""What a case waits for while it is not an officer's to decide; else it is ``closed``."""
_DECIDING: tuple[tuple[str, flow.Role], ...] = (
    ("approve", "officer"),
    ("countersign", "second_officer"),
)
_STATES_FOR_OFFICERS = tuple(
    state
    for state in flow.STATES
    if any(
        flow.allowed(state, track, move, role) for track in flow.TRACKS for move, role in _DECIDING
    )
)


@dataclass(frozen=True)
class QueueLine:
    """A case that waits for an officer; `why_not` has words at ``desk.why_<code>``.

    The name and house are empty for a concern that this officer may not handle.
    """

    case_id: int
    reference: str
    kind: str
    title_zh: str
    title_en: str
    points: int
    """Signed."""
    subject_name: str
    house: str
    state: str
    submitted_at: datetime
    due_at: datetime | None
    due_on: date | None
    lapses: bool
    """True when the case lapses after `due_on`; False when the day is only a promise."""
    overdue: bool
    mine_to_decide: bool
    why_not: str


@dataclass(frozen=True)
class MoveLine:
    """A move that was made; words at ``reports.move_<move>``; `actor_name` empty for time."""

    move: str
    actor_name: str
    at: datetime
    reason: str
    """A catalogue key, or empty."""
    sentence: str


@dataclass(frozen=True)
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
    subject_house: str
    reporter_name: str
    happened_on: date
    part_of_day: str
    place: str
    words: str
    reply_choice: str
    """``reports.reply_<choice>``, or empty."""
    reply_words: str
    replied_at: datetime | None
    confirmations: tuple[str, ...]
    """Names of those who confirmed."""
    moves: tuple[MoveLine, ...]
    may: tuple[str, ...]
    """Out of ``approve``, ``decline``, ``countersign``, ``recuse``, ``put_right``."""
    why_not: str
    """Words at ``desk.why_<code>``; empty when it is this officer's to decide."""
    due_at: datetime | None
    due_on: date | None
    days_left: int | None
    lapses: bool
    reasons_approve: tuple[str, ...]
    """Catalogue keys; `decide` and `countersign` take one of them as `reason`."""
    reasons_decline: tuple[str, ...]


@dataclass(frozen=True)
class CaseOutcome:
    """What a decision led to."""

    case_id: int
    reference: str
    state: str
    print_job_id: int | None


def queue(village: Village, session_id: str) -> tuple[QueueLine, ...]:
    """The cases that wait for an officer, oldest first.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with village.read() as session:
        officer = access.require(session, village, session_id, *_FOR_OFFICERS)
        waiting = session.scalars(
            select(Case)
            .where(Case.state.in_(_STATES_FOR_OFFICERS))
            .order_by(Case.submitted_at, Case.id)
        )
        return tuple(
            _queue_line(session, village, case, officer)
            for case in waiting
            if _deciding_role(case) is not None
        )


def open_case(
    village: Village, session_id: str, case_id: int, purpose: str = "decide_case"
) -> CaseView:
    """Open a case; the person sees that it was opened, by whom and why.

    Who is involved in a concern does not get to see it here, nor the reporter of a deed.

    Raises:
        ExpectedError: ``not_allowed``, ``unknown_case``, ``purpose_missing``; for a concern also
            why this officer may not handle it.
    """
    with village.write() as session:
        officer = access.require(session, village, session_id, *_FOR_OFFICERS)
        case = load(session, case_id)
        why = involved(session, case, officer)
        if why and case.kind == "concern":
            raise ExpectedError(why)
        if case.subject_id != officer.resident_id:
            access.record_view(session, village, officer, case.subject_id, purpose)
        return _view(session, village, case, officer)


def decide(
    village: Village,
    session_id: str,
    case_id: int,
    approve: bool,
    reason: str,
    sentence: str,
    touch: str,
    language: Language = "zh",
) -> CaseOutcome:
    """Decide a good deed, or decide a concern as the first officer.

    Raises:
        ExpectedError: ``reason_missing``, ``sentence_missing``, ``words_refused`` (term),
            ``own_case``, ``own_household``, ``own_report``, ``relative``, ``recused``,
            ``own_confirmation``, ``case_moved_on``, ``not_allowed``, ``not_enrolled`` (name).
    """
    move = "approve" if approve else "decline"
    with village.write() as session:
        officer, case, known = _begin(session, village, session_id, case_id, touch)
        if known is not None:
            return known
        _check_may(session, village, case, officer, move, "officer")
        made = _decision(session, village, case, officer, move, "officer", reason, sentence)
        if approve and case.kind == "deed":
            add_points(session, village, case)
            credit_wallet(session, village, case)
        return _finish(session, village, case, made, touch, language)


def countersign(
    village: Village,
    session_id: str,
    case_id: int,
    approve: bool,
    reason: str,
    sentence: str,
    touch: str,
    language: Language = "zh",
) -> CaseOutcome:
    """The second officer's word on a concern.

    Raises:
        ExpectedError: as `decide`, and ``second_officer_same_person``,
            ``second_officer_same_household``.
    """
    move, role = "countersign" if approve else "decline", flow.SECOND
    with village.write() as session:
        officer, case, known = _begin(session, village, session_id, case_id, touch)
        if known is not None:
            return known
        _check_may(session, village, case, officer, move, role)
        if why := second_pair_of_eyes(session, case, officer):
            raise ExpectedError(why)
        made = _decision(session, village, case, officer, move, role, reason, sentence)
        return _finish(session, village, case, made, touch, language)


def recuse(village: Village, session_id: str, case_id: int, touch: str) -> CaseOutcome:
    """Step aside from a case; it stays for the other officers.

    Raises:
        ExpectedError: ``not_allowed``, ``unknown_case``, ``case_moved_on``, ``illegal_move``.
    """
    with village.write() as session:
        officer, case, known = _begin(session, village, session_id, case_id, touch)
        if known is not None:
            return known
        if involved(session, case, officer) != "recused":
            advance(session, village, case, "recuse", "officer", actor_id=officer.resident_id)
        return _remember(session, village, case, None, touch)


def put_right(
    village: Village,
    session_id: str,
    case_id: int,
    sentence: str,
    touch: str,
    language: Language = "zh",
) -> CaseOutcome:
    """Confirm that what a concern is about was put right: it ends at once.

    Raises:
        ExpectedError: ``sentence_missing``, ``words_refused`` (term), ``case_moved_on``,
            ``illegal_move`` for a good deed, and why this officer is involved.
    """
    with village.write() as session:
        officer, case, known = _begin(session, village, session_id, case_id, touch)
        if known is not None:
            return known
        _check_may(session, village, case, officer, "put_right", "officer")
        made = advance(
            session,
            village,
            case,
            "put_right",
            "officer",
            actor_id=officer.resident_id,
            reason=reasons.PUT_RIGHT_REASON,
            sentence=reasons.checked_sentence(sentence),
        )
        reverse(session, village, case, "put_right")
        return _finish(session, village, case, made, touch, language)


def _begin(
    session: Session, village: Village, session_id: str, case_id: int, touch: str
) -> tuple[SignedIn, Case, CaseOutcome | None]:
    """Who decides, the case with its row kept, and the answer if this touch had one."""
    officer = access.require(session, village, session_id, *_FOR_OFFICERS)
    known = access.answered(session, touch)
    case = load(session, case_id, to_move=known is None)
    return officer, case, None if known is None else CaseOutcome(**known)


def _check_may(
    session: Session,
    village: Village,
    case: Case,
    officer: SignedIn,
    move: str,
    role: flow.Role,
) -> None:
    if why := involved(session, case, officer):
        raise ExpectedError(why)
    flow.require(state_of(case), track_of(case), move, role)
    if time_is_over(case, village.clock.now()):
        raise ExpectedError("case_moved_on")
    if move in ("approve", "countersign") and not enrolled(session, case.subject_id):
        raise ExpectedError("not_enrolled", name_of(session, case.subject_id))


def _decision(
    session: Session,
    village: Village,
    case: Case,
    officer: SignedIn,
    move: str,
    role: flow.Role,
    reason: str,
    sentence: str,
) -> CaseMove:
    reasons.check_reason(case.kind, move != "decline", reason)
    said = reasons.checked_sentence(sentence)
    return advance(
        session,
        village,
        case,
        move,
        role,
        actor_id=officer.resident_id,
        reason=reason,
        sentence=said,
    )


def _finish(
    session: Session,
    village: Village,
    case: Case,
    made: CaseMove,
    touch: str,
    language: Language,
) -> CaseOutcome:
    """Queue the decision's slip where the table wants one, and keep the answer."""
    job = None
    if flow.slip_of(track_of(case), made.from_state, made.move) == "decision":
        job = _queue_slip(session, village, case, made, language)
    return _remember(session, village, case, job, touch)


def _remember(
    session: Session, village: Village, case: Case, job: int | None, touch: str
) -> CaseOutcome:
    outcome = CaseOutcome(case.id, case.reference, case.state, job)
    access.remember(session, village, touch, asdict(outcome))
    return outcome


def _queue_slip(
    session: Session, village: Village, case: Case, made: CaseMove, language: Language
) -> int:
    words = village.catalogue
    facts = (
        slips.case_fact(village, case, language),
        words.text(f"reports.outcome_{case.kind}_{case.state}", language),
        words.text("reports.slip_reason", language, words.text(made.reason, language)),
        made.sentence,
    )
    return slips.queue_slip(
        session,
        village,
        case,
        "decision",
        facts,
        _next_steps(case),
        made.ledger_index,
        language,
    )


def _next_steps(case: Case) -> tuple[slips.Step, ...]:
    """What happens next, and how to disagree, as the state stands after the decision."""
    day = due.last_day(case.due_at) if case.due_at else None
    by_state = {
        ("deed", "effective"): (slips.Step("reports.next_counts_until", (day,)),),
        ("deed", "declined"): (
            slips.Step("reports.next_disagree", (day,), "reports.next_disagree_lead"),
        ),
        ("concern", "countersigned"): (
            slips.Step("reports.next_effect_after", (day,)),
            slips.Step("reports.next_put_right"),
            slips.Step("reports.next_disagree", (day,), "reports.next_disagree_lead"),
        ),
    }
    return by_state.get((case.kind, case.state), (slips.Step("reports.next_closed"),))


def _deciding_role(case: Case) -> flow.Role | None:
    """Whose word the case waits for: an officer's, a second officer's, or neither's."""
    state, track = state_of(case), track_of(case)
    return next((role for move, role in _DECIDING if flow.allowed(state, track, move, role)), None)


def _why_not(session: Session, village: Village, case: Case, officer: SignedIn) -> str:
    """Why this officer cannot decide now: involved, or the case waits for something else."""
    if why := involved(session, case, officer):
        return why
    role = _deciding_role(case)
    if role is None or time_is_over(case, village.clock.now()):
        return _WAITING.get(case.state, {}).get(track_of(case), "closed")
    return second_pair_of_eyes(session, case, officer) if role == "second_officer" else ""


def _queue_line(session: Session, village: Village, case: Case, officer: SignedIn) -> QueueLine:
    why = _why_not(session, village, case, officer)
    sealed = case.kind == "concern" and bool(involved(session, case, officer))
    subject = session.get_one(Resident, case.subject_id)
    now = village.clock.now()
    return QueueLine(
        case.id,
        case.reference,
        case.kind,
        case.rule_version.title_zh,
        case.rule_version.title_en,
        signed_points(case),
        "" if sealed else subject.name,
        "" if sealed else house_of(subject),
        case.state,
        case.submitted_at,
        case.due_at,
        _due_on(case),
        _lapses(case),
        case.due_at is not None and now >= case.due_at,
        not why,
        why,
    )


def _due_on(case: Case) -> date | None:
    return due.last_day(case.due_at) if case.due_at else None


def _lapses(case: Case) -> bool:
    """True when the case ends without a decision once its day is over."""
    return any(
        row.to_state == "lapsed" for row in flow.moves_by_time(track_of(case), state_of(case))
    )


def _view(session: Session, village: Village, case: Case, officer: SignedIn) -> CaseView:
    why = _why_not(session, village, case, officer)
    subject = session.get_one(Resident, case.subject_id)
    sealed = bool(involved(session, case, officer)) and case.reporter_id != officer.resident_id
    day = _due_on(case)
    today = village_day(village.clock.now())
    return CaseView(
        case.id,
        case.reference,
        case.kind,
        case.state,
        steps_of(case),
        rulebook.rule_version(session, case.rule_version_id),
        signed_points(case),
        subject.name,
        house_of(subject),
        "" if sealed else name_of(session, case.reporter_id),
        case.happened_on,
        case.part_of_day,
        case.place,
        case.words,
        case.reply_choice,
        case.reply_words,
        case.replied_at,
        () if sealed else tuple(name_of(session, c.confirmer_id) for c in case.confirmations),
        tuple(_move_line(session, move, sealed) for move in case.moves),
        _may(session, village, case, officer),
        why,
        case.due_at,
        day,
        max(0, (day - today).days) if day else None,
        _lapses(case),
        reasons.REASONS[case.kind, "approve"],
        reasons.REASONS[case.kind, "decline"],
    )


def _move_line(session: Session, move: CaseMove, sealed: bool) -> MoveLine:
    hidden = move.actor_id is None or (sealed and move.move == "hand_in")
    actor = "" if hidden or move.actor_id is None else name_of(session, move.actor_id)
    return MoveLine(move.move, actor, move.at, move.reason, move.sentence)


def _may(session: Session, village: Village, case: Case, officer: SignedIn) -> tuple[str, ...]:
    """The moves that this officer may make now."""
    if involved(session, case, officer) or time_is_over(case, village.clock.now()):
        return ()
    state, track = state_of(case), track_of(case)
    roles: list[flow.Role] = ["officer"]
    if state == "decided" and not second_pair_of_eyes(session, case, officer):
        roles.append("second_officer")
    offered = ("approve", "countersign", "decline", "recuse", "put_right")
    return tuple(
        move for move in offered if any(flow.allowed(state, track, move, role) for role in roles)
    )
