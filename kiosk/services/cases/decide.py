"""The officer's desk: the queue, a case on one page, decisions by two pairs of eyes."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.errors import ExpectedError
from kiosk.models.reports import Case
from kiosk.services.access import answered_requests, roles, sessions, views
from kiosk.services.access.sessions import SignedIn
from kiosk.services.cases import reasons, stepping_aside
from kiosk.services.cases.conflict_of_interest import (
    STATES_FOR_OFFICERS,
    deciding_role,
    involved,
    sealed_from,
    second_pair_of_eyes,
)
from kiosk.services.cases.flow import table
from kiosk.services.cases.flow.advance import Made, advance
from kiosk.services.cases.flow.standing import load, name_of, state_of, time_is_over, track_of
from kiosk.services.cases.reasons import LONGEST_SENTENCE, SHORTEST_SENTENCE
from kiosk.services.cases.views import related_cases
from kiosk.services.cases.views.officer_view import (
    CaseView,
    MoveLine,
    QueueLine,
    case_view,
    queue_line,
)
from kiosk.services.cases.views.progress import StepView
from kiosk.services.cases.views.related_cases import BetweenLine, may_be_same
from kiosk.services.consent.consents import enrolled
from kiosk.services.ledger import log
from kiosk.services.village import Village

__all__ = [
    "LONGEST_SENTENCE",
    "SHORTEST_SENTENCE",
    "CaseOutcome",
    "CaseView",
    "MoveLine",
    "QueueLine",
    "StepView",
    "Unsealed",
    "come_back",
    "countersign",
    "decide",
    "merge",
    "open_case",
    "put_right",
    "queue",
    "recuse",
    "unseal_reporter",
]

_FOR_OFFICERS = roles.holders("decide_case")


@dataclass(frozen=True)
class CaseOutcome:
    """What a decision led to."""

    case_id: int
    reference: str
    state: str
    print_job_id: int | None


@dataclass(frozen=True)
class Unsealed:
    """Who reported a concern, and what lay between them and the person before."""

    name: str
    between: tuple[BetweenLine, ...] = ()


def queue(village: Village, session_id: str) -> tuple[QueueLine, ...]:
    """The cases that wait for an officer: one's own to decide first, the most urgent first.

    A concern that one's household or a relative is part of is no line at all: it would tell whose
    it is, or who reported it.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with village.read() as session:
        officer = sessions.require(session, village, session_id, *_FOR_OFFICERS)
        waiting = session.scalars(
            select(Case)
            .where(Case.state.in_(STATES_FOR_OFFICERS))
            .order_by(Case.due_at, Case.submitted_at, Case.id)
        )
        lines = (
            queue_line(session, village, case, officer)
            for case in waiting
            if deciding_role(case) is not None and not sealed_from(session, case, officer)
        )
        return tuple(sorted(lines, key=lambda line: not line.mine_to_decide))


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
        officer = sessions.require(session, village, session_id, *_FOR_OFFICERS)
        case = load(session, case_id)
        if case.kind == "concern" and case.state == "ended":
            raise ExpectedError("unknown_case")  # it vanished from view; its proof is left
        if sealed_from(session, case, officer):
            raise ExpectedError("unknown_case")
        why = involved(session, case, officer)
        if why and case.kind == "concern":
            raise ExpectedError(why)
        if case.subject_id != officer.resident_id:
            views.record_view(
                session, village, officer, case.subject_id, purpose, reference=case.reference
            )
        return case_view(session, village, case, officer)


def decide(
    village: Village,
    session_id: str,
    case_id: int,
    approve: bool,
    reason: str,
    sentence: str,
    touch: str,
) -> CaseOutcome:
    """Decide a good deed, or decide a concern as the first officer.

    Raises:
        ExpectedError: ``reason_missing``, ``sentence_missing``, ``words_refused`` (term),
            ``own_case``, ``own_household``, ``own_report``, ``relative``, ``recused``,
            ``own_confirmation``, ``case_moved_on``, ``not_allowed``, ``not_enrolled`` (name).
    """
    move = "approve" if approve else "decline"
    with village.write() as session:
        officer, case, known = _begin(session, village, session_id, case_id, touch, "decide")
        if known is not None:
            return known
        _check_may(session, village, case, officer, move, "officer")
        made = _decision(session, village, case, officer, move, "officer", reason, sentence)
        return _remember(session, village, case, made.print_job_id, touch)


def countersign(
    village: Village,
    session_id: str,
    case_id: int,
    approve: bool,
    reason: str,
    sentence: str,
    touch: str,
) -> CaseOutcome:
    """The second officer's word on a concern.

    Raises:
        ExpectedError: as `decide`, and ``second_officer_same_person``,
            ``second_officer_same_household``.
    """
    move, role = "countersign" if approve else "decline", table.SECOND
    with village.write() as session:
        officer, case, known = _begin(session, village, session_id, case_id, touch, "countersign")
        if known is not None:
            return known
        _check_may(session, village, case, officer, move, role)
        if why := second_pair_of_eyes(session, case, officer):
            raise ExpectedError(why)
        made = _decision(session, village, case, officer, move, role, reason, sentence)
        return _remember(session, village, case, made.print_job_id, touch)


def recuse(village: Village, session_id: str, case_id: int, touch: str) -> CaseOutcome:
    """Step aside from a case; it stays for the other officers.

    Raises:
        ExpectedError: ``not_allowed``, ``unknown_case``, ``case_moved_on``, ``illegal_move``.
    """
    with village.write() as session:
        officer, case, known = _begin(session, village, session_id, case_id, touch, "recuse")
        if known is not None:
            return known
        if involved(session, case, officer) != "recused":
            advance(session, village, case, "recuse", "officer", actor_id=officer.resident_id)
        return _remember(session, village, case, None, touch)


def come_back(village: Village, session_id: str, case_id: int, touch: str) -> CaseOutcome:
    """Take back that one stepped aside, as long as nobody decided since.

    Raises:
        ExpectedError: ``not_allowed``, ``unknown_case``, ``case_moved_on``, ``illegal_move``, and
            why this officer is involved for another reason.
    """
    with village.write() as session:
        officer, case, known = _begin(session, village, session_id, case_id, touch, "come_back")
        if known is not None:
            return known
        if not stepping_aside.may_return(case, officer.resident_id):
            raise ExpectedError("case_moved_on")
        advance(session, village, case, "return", "officer", actor_id=officer.resident_id)
        if why := involved(session, case, officer):
            raise ExpectedError(why)
        return _remember(session, village, case, None, touch)


def unseal_reporter(village: Village, session_id: str, case_id: int, touch: str) -> Unsealed:
    """Who reported a concern, for an officer who may decide on it.

    Each asking is an entry of the ledger and a look that the reporter sees on their own screen.

    Raises:
        ExpectedError: ``not_allowed``, ``unknown_case``, ``case_moved_on`` once it is closed, and
            why this officer is involved.
    """
    with village.write() as session:
        officer, case = _uninvolved(session, village, session_id, case_id)
        if deciding_role(case) is None:
            raise ExpectedError("case_moved_on")
        if (
            answered_requests.answered(
                session, touch, "unseal_reporter", officer.resident_id, case_id
            )
            is None
        ):
            content = {"case": case.id, "reference": case.reference, "by": officer.resident_id}
            log.append(session, village, "unsealing", content)
            views.record_view(
                session,
                village,
                officer,
                case.reporter_id,
                "unseal_reporter",
                reference=case.reference,
            )
            answered_requests.remember(session, village, touch, {"unsealed": case.reference})
        between = related_cases.between(session, case, officer, unsealed=True)
        return Unsealed(name_of(session, case.reporter_id), between)


def merge(
    village: Village, session_id: str, case_id: int, into_case_id: int, touch: str
) -> CaseOutcome:
    """Two reports are about the same deed: the later one is closed and points to the earlier.

    Raises:
        ExpectedError: ``not_allowed``, ``unknown_case``, ``not_the_same`` unless person and rule
            are the same and the days at most one apart, ``case_moved_on``, ``illegal_move``, and
            why this officer is involved.
    """
    with village.write() as session:
        officer, case, known = _begin(session, village, session_id, case_id, touch, "merge")
        if known is not None:
            return known
        _check_may(session, village, case, officer, "merge", "officer")
        into = load(session, into_case_id, to_move=True)
        if sealed_from(session, into, officer) or not may_be_same(case, into):
            raise ExpectedError("not_the_same")
        advance(
            session,
            village,
            case,
            "merge",
            "officer",
            actor_id=officer.resident_id,
            also={"into": into.reference},
        )
        case.merged_into_id = into.id
        return _remember(session, village, case, None, touch)


def _uninvolved(
    session: Session, village: Village, session_id: str, case_id: int
) -> tuple[SignedIn, Case]:
    officer = sessions.require(session, village, session_id, *_FOR_OFFICERS)
    case = load(session, case_id)
    if sealed_from(session, case, officer):
        raise ExpectedError("unknown_case")
    if why := involved(session, case, officer):
        raise ExpectedError(why)
    return officer, case


def put_right(
    village: Village,
    session_id: str,
    case_id: int,
    sentence: str,
    touch: str,
) -> CaseOutcome:
    """Confirm that what a concern is about was put right: it ends at once.

    Raises:
        ExpectedError: ``sentence_missing``, ``words_refused`` (term), ``case_moved_on``,
            ``illegal_move`` for a good deed, and why this officer is involved.
    """
    with village.write() as session:
        officer, case, known = _begin(session, village, session_id, case_id, touch, "put_right")
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
        return _remember(session, village, case, made.print_job_id, touch)


def _begin(
    session: Session, village: Village, session_id: str, case_id: int, touch: str, act: str
) -> tuple[SignedIn, Case, CaseOutcome | None]:
    """Who decides, the case with its row kept, and the answer if this touch had one."""
    officer = sessions.require(session, village, session_id, *_FOR_OFFICERS)
    known = answered_requests.answered(session, touch, act, officer.resident_id, case_id)
    case = load(session, case_id, to_move=known is None)
    return officer, case, None if known is None else CaseOutcome(**known)


def _check_may(
    session: Session,
    village: Village,
    case: Case,
    officer: SignedIn,
    move: str,
    role: table.Role,
) -> None:
    if why := involved(session, case, officer):
        raise ExpectedError(why)
    table.require(state_of(case), track_of(case), move, role)
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
    role: table.Role,
    reason: str,
    sentence: str,
) -> Made:
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


def _remember(
    session: Session, village: Village, case: Case, job: int | None, touch: str
) -> CaseOutcome:
    outcome = CaseOutcome(case.id, case.reference, case.state, job)
    answered_requests.remember(session, village, touch, asdict(outcome))
    return outcome
