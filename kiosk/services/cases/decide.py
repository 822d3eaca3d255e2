"""The officer's desk: the queue, a case on one page, decisions by two pairs of eyes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from sqlalchemy import select

from kiosk.core.errors import ExpectedError
from kiosk.models.cases import Case
from kiosk.services.access import acting, roles, views
from kiosk.services.access.acting import Acting, Once
from kiosk.services.cases import reaching, reasons, stepping_aside
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
    with acting.reading(village, session_id, *_FOR_OFFICERS) as work:
        return queue_in(work)


def queue_in(work: Acting) -> tuple[QueueLine, ...]:
    """As `queue`, in the caller's unit."""
    officer = work.who
    waiting = work.session.scalars(
        select(Case)
        .where(Case.state.in_(STATES_FOR_OFFICERS))
        .order_by(Case.due_at, Case.submitted_at, Case.id)
    )
    lines = (
        queue_line(work, case, officer)
        for case in waiting
        if deciding_role(case) is not None and not sealed_from(work.session, case, officer)
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
    with acting.writing(village, session_id, *_FOR_OFFICERS) as work:
        officer = work.who
        case = load(work.session, case_id)
        if case.kind == "concern" and case.state == "ended":
            raise ExpectedError("unknown_case")  # it vanished from view; its proof is left
        if sealed_from(work.session, case, officer):
            raise ExpectedError("unknown_case")
        reaching.check(work.session, case)
        why = involved(work.session, case, officer)
        if why and case.kind == "concern":
            raise ExpectedError(why)
        if case.subject_id != officer.resident_id:
            views.record_view(work, officer, case.subject_id, purpose, reference=case.reference)
        return case_view(work, case, officer)


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
    with _deciding(village, session_id, case_id, touch, "decide") as (work, case):
        if work.known is not None:
            return CaseOutcome(**work.known)
        _check_may(work, case, move, "officer")
        made = _decision(work, case, move, "officer", reason, sentence)
        return _remember(work, case, made.print_job_id)


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
    with _deciding(village, session_id, case_id, touch, "countersign") as (work, case):
        if work.known is not None:
            return CaseOutcome(**work.known)
        _check_may(work, case, move, role)
        if why := second_pair_of_eyes(work.session, case, work.who):
            raise ExpectedError(why)
        made = _decision(work, case, move, role, reason, sentence)
        return _remember(work, case, made.print_job_id)


def recuse(village: Village, session_id: str, case_id: int, touch: str) -> CaseOutcome:
    """Step aside from a case; it stays for the other officers.

    Raises:
        ExpectedError: ``not_allowed``, ``unknown_case``, ``case_moved_on``, ``illegal_move``.
    """
    with _deciding(village, session_id, case_id, touch, "recuse") as (work, case):
        if work.known is not None:
            return CaseOutcome(**work.known)
        if involved(work.session, case, work.who) != "recused":
            advance(work, case, "recuse", "officer", actor_id=work.who.resident_id)
        return _remember(work, case, None)


def come_back(village: Village, session_id: str, case_id: int, touch: str) -> CaseOutcome:
    """Take back that one stepped aside, as long as nobody decided since.

    Raises:
        ExpectedError: ``not_allowed``, ``unknown_case``, ``case_moved_on``, ``illegal_move``, and
            why this officer is involved for another reason.
    """
    with _deciding(village, session_id, case_id, touch, "come_back") as (work, case):
        if work.known is not None:
            return CaseOutcome(**work.known)
        if not stepping_aside.may_return(case, work.who.resident_id):
            raise ExpectedError("case_moved_on")
        advance(work, case, "return", "officer", actor_id=work.who.resident_id)
        if why := involved(work.session, case, work.who):
            raise ExpectedError(why)
        return _remember(work, case, None)


def unseal_reporter(village: Village, session_id: str, case_id: int, touch: str) -> Unsealed:
    """Who reported a concern, for an officer who may decide on it.

    Each asking is an entry of the ledger and a look that the reporter sees on their own screen.

    Raises:
        ExpectedError: ``not_allowed``, ``unknown_case``, ``case_moved_on`` once it is closed, and
            why this officer is involved.
    """
    act = "unseal_reporter"
    with acting.once(village, session_id, touch, act, case_id, _FOR_OFFICERS) as work:
        case = _uninvolved(work, case_id)
        if deciding_role(case) is None:
            raise ExpectedError("case_moved_on")
        reporter, reference = case.reporter_id, case.reference
        if work.known is None:
            content = {"case": case.id, "reference": reference, "by": work.who.resident_id}
            log.append(work, "unsealing", content)
            views.record_view(work, work.who, reporter, act, reference=reference)
            work.remember({"unsealed": reference})
        between = related_cases.between(work.session, case, work.who, unsealed=True)
        return Unsealed(name_of(work.session, reporter), between)


def merge(
    village: Village, session_id: str, case_id: int, into_case_id: int, touch: str
) -> CaseOutcome:
    """Two reports are about the same deed: the later one is closed and points to the earlier.

    Raises:
        ExpectedError: ``not_allowed``, ``unknown_case``, ``not_the_same`` unless person and rule
            are the same and the days at most one apart, ``case_moved_on``, ``illegal_move``, and
            why this officer is involved.
    """
    with _deciding(village, session_id, case_id, touch, "merge") as (work, case):
        if work.known is not None:
            return CaseOutcome(**work.known)
        _check_may(work, case, "merge", "officer")
        into = load(work.session, into_case_id, to_move=True)
        if sealed_from(work.session, into, work.who) or not may_be_same(case, into):
            raise ExpectedError("not_the_same")
        advance(
            work,
            case,
            "merge",
            "officer",
            actor_id=work.who.resident_id,
            also={"into": into.reference, "into_case": into.id},
        )
        case.merged_into_id = into.id
        return _remember(work, case, None)


def _uninvolved(work: Acting, case_id: int) -> Case:
    case = load(work.session, case_id)
    if sealed_from(work.session, case, work.who):
        raise ExpectedError("unknown_case")
    if why := involved(work.session, case, work.who):
        raise ExpectedError(why)
    return case


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
    with _deciding(village, session_id, case_id, touch, "put_right") as (work, case):
        if work.known is not None:
            return CaseOutcome(**work.known)
        _check_may(work, case, "put_right", "officer")
        made = advance(
            work,
            case,
            "put_right",
            "officer",
            actor_id=work.who.resident_id,
            reason=reasons.PUT_RIGHT_REASON,
            sentence=reasons.checked_sentence(sentence),
        )
        return _remember(work, case, made.print_job_id)


@contextmanager
def _deciding(
    village: Village, session_id: str, case_id: int, touch: str, act: str
) -> Iterator[tuple[Once, Case]]:
    """An officer's touch, and the case that it is about: its row kept unless it was answered."""
    with acting.once(village, session_id, touch, act, case_id, _FOR_OFFICERS) as work:
        yield work, load(work.session, case_id, to_move=work.known is None)


def _check_may(work: Once, case: Case, move: str, role: table.Role) -> None:
    if why := involved(work.session, case, work.who):
        raise ExpectedError(why)
    table.require(state_of(case), track_of(case), move, role)
    if time_is_over(case, work.now):
        raise ExpectedError("case_moved_on")
    if move in ("approve", "countersign") and not enrolled(work.session, case.subject_id):
        raise ExpectedError("not_enrolled", name_of(work.session, case.subject_id))


def _decision(
    work: Once, case: Case, move: str, role: table.Role, reason: str, sentence: str
) -> Made:
    reasons.check_reason(case.kind, move != "decline", reason)
    said = reasons.checked_sentence(sentence)
    return advance(
        work,
        case,
        move,
        role,
        actor_id=work.who.resident_id,
        reason=reason,
        sentence=said,
    )


def _remember(work: Once, case: Case, job: int | None) -> CaseOutcome:
    outcome = CaseOutcome(case.id, case.reference, case.state, job)
    work.remember(asdict(outcome))
    return outcome
