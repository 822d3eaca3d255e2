"""A panel of three hears an appeal, or a correction: each votes with a reason, two decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.clock import start_of_day
from kiosk.core.errors import ExpectedError
from kiosk.models.cases import Case, PanelDraw, PanelSeat, ReportingPause
from kiosk.services.access import acting
from kiosk.services.access.sessions import SignedIn
from kiosk.services.cases import panel_draw, reasons
from kiosk.services.cases.conflict_of_interest import why_involved
from kiosk.services.cases.flow.advance import advance
from kiosk.services.cases.flow.standing import load, name_of, time_is_over
from kiosk.services.consent.consents import enrolled
from kiosk.services.ledger import log
from kiosk.services.retry import one_by_one
from kiosk.services.village import Village
from kiosk.services.work import Work, writing

MAJORITY = 2
PAUSE_DAYS = 90
"""How long a panel's finding of malice keeps somebody from reporting about others."""
HEARD = ("appealed", "effective")
"""The states in which a panel may be asked: an appeal, and what is in effect to be corrected."""


@dataclass(frozen=True)
class PanelVote:
    """A vote as it was given."""

    uphold: bool
    reason: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class VoteOutcome:
    """What a vote led to."""

    case_id: int
    reference: str
    state: str
    votes: int
    decided: bool
    print_job_id: int | None


def vote(
    village: Village,
    session_id: str,
    case_id: int,
    uphold: bool,
    reason: str,
    sentence: str,
    touch: str,
    *,
    malice: bool = False,
) -> VoteOutcome:
    """Vote to uphold or to overturn a decision; the second vote of a kind decides.

    `malice` (only with an overturned concern): the report was made to harm. Two such votes pause
    its reporter's reports about others for 90 days.

    Raises:
        ExpectedError: ``no_seat``, ``voted_already``, ``reason_missing``, ``sentence_missing``,
            ``words_refused`` (term), ``case_moved_on``, ``not_enrolled`` (name).
    """
    with acting.once(village, session_id, touch, "vote", case_id) as work:
        member = work.who
        if work.known is not None:
            return VoteOutcome(**work.known)
        case = load(work.session, case_id, to_move=True)
        seat = seat_of(work.session, case_id, member.resident_id)
        _check_open(work, case, member)
        if seat.uphold is not None:
            raise ExpectedError("voted_already")
        _cast(work, case, seat, PanelVote(uphold, reason, sentence), malice)
        job = _count(work, case)
        return _outcome(work, case, decided=not is_open(work, case), print_job_id=job)


def step_aside(village: Village, session_id: str, case_id: int, touch: str) -> VoteOutcome:
    """Leave one's seat before voting; the next in the draw takes it.

    Raises:
        ExpectedError: ``no_seat``, ``voted_already``, ``case_moved_on``.
    """
    with acting.once(village, session_id, touch, "step_aside", case_id) as work:
        member = work.who
        if work.known is not None:
            return VoteOutcome(**work.known)
        case = load(work.session, case_id, to_move=True)
        seat = seat_of(work.session, case_id, member.resident_id)
        if seat.uphold is not None:
            raise ExpectedError("voted_already")
        if not is_open(work, case):
            raise ExpectedError("case_moved_on")
        replace_member(work, case, seat)
        return _outcome(work, case, decided=False, print_job_id=None)


def _outcome(
    work: acting.Once, case: Case, *, decided: bool, print_job_id: int | None
) -> VoteOutcome:
    """How it stands after this touch, which is kept as its answer."""
    outcome = VoteOutcome(
        case_id=case.id,
        reference=case.reference,
        state=case.state,
        votes=sum(each.uphold is not None for each in seats_of(work.session, case.id)),
        decided=decided,
        print_job_id=print_job_id,
    )
    work.remember(asdict(outcome))
    return outcome


def replace_member(work: Work, case: Case, seat: PanelSeat) -> None:
    """Empty a seat and give it to the next in the draw, if there is one."""
    seat.left_at = work.now
    work.session.flush()
    following = panel_draw.next_of(work.session, case.id)
    content = {
        "case": case.id,
        "reference": case.reference,
        "left": seat.resident_id,
        "follows": following,
    }
    if following is not None:
        taken = PanelSeat(case_id=case.id, resident_id=following)
        work.session.add(taken)
        work.session.flush()
        content["seat"] = taken.id
    log.append(work, "panel_seat", content)


def draw_missing(village: Village) -> int:
    """Draw the panels of appeals for which too few people could be drawn before; how many."""
    with village.read() as session:
        drawn = select(PanelDraw.case_id)
        question = select(Case.id).where(Case.state == "appealed", Case.id.not_in(drawn))
        waiting = list(session.scalars(question.order_by(Case.id)))
    return sum(one_by_one(_draw, village, waiting))


def _draw(village: Village, case_id: int) -> bool:
    with writing(village) as work:
        case = load(work.session, case_id, to_move=True)
        if case.state != "appealed" or work.session.get(PanelDraw, case_id) is not None:
            return False
        return panel_draw.draw(work, case)


def seats_of(session: Session, case_id: int) -> Sequence[PanelSeat]:
    """The seats of those who sit."""
    return session.scalars(
        select(PanelSeat)
        .where(PanelSeat.case_id == case_id, PanelSeat.left_at.is_(None))
        .order_by(PanelSeat.id)
    ).all()


def seat_of(session: Session, case_id: int, resident_id: int) -> PanelSeat:
    """The seat of one who sits.

    Raises:
        ExpectedError: ``no_seat``.
    """
    seat = next((s for s in seats_of(session, case_id) if s.resident_id == resident_id), None)
    if seat is None:
        raise ExpectedError("no_seat")
    return seat


def is_open(work: Work, case: Case) -> bool:
    """True while votes are wanted: the panel has not decided, and the time is not over.

    A panel that was drawn for an appeal hears what is in effect no more, whether it decided or let
    its time run out, so that the deed was looked at anew.
    """
    if case.state not in HEARD or time_is_over(case, work.now):
        return False
    if case.state == "appealed":
        return True
    drawn = work.session.get(PanelDraw, case.id)
    to_correct = drawn is not None and asked_words(work.session, drawn) != ""
    return to_correct and not _majority(seats_of(work.session, case.id))


def _check_open(work: Work, case: Case, member: SignedIn) -> None:
    if not is_open(work, case):
        raise ExpectedError("case_moved_on")
    if why := why_involved(work.session, case, member.resident_id, member.household_id):
        raise ExpectedError(why)


def _cast(work: Work, case: Case, seat: PanelSeat, given: PanelVote, malice: bool) -> None:
    if given.reason not in reasons.panel_reasons(case.kind, given.uphold, case.state):
        raise ExpectedError("reason_missing")
    seat.uphold, seat.reason = given.uphold, given.reason
    seat.sentence = reasons.checked_sentence(given.sentence)
    seat.malice = malice and not given.uphold and case.kind == "concern"
    seat.voted_at = work.now
    content = {
        "case": case.id,
        "reference": case.reference,
        "by": seat.resident_id,
        "uphold": seat.uphold,
        "malice": seat.malice,
        "reason": seat.reason,
        "sentence": seat.sentence,
    }
    log.append(work, "panel_vote", content)
    work.session.flush()


def _majority(seats: Sequence[PanelSeat]) -> tuple[PanelSeat, ...]:
    """The votes of the side that has two, or nothing."""
    for side in (True, False):
        found = tuple(seat for seat in seats if seat.uphold is side)
        if len(found) >= MAJORITY:
            return found
    return ()


def _count(work: Work, case: Case) -> int | None:
    """Decide when two agree; the slip's print job."""
    deciding = _majority(seats_of(work.session, case.id))
    if not deciding:
        return None
    uphold = bool(deciding[0].uphold)
    if case.state == "effective" and uphold:
        return None  # nothing to correct: it goes on counting
    move = _move_of(case, uphold)
    if move == "overturn" and case.kind == "deed" and not enrolled(work.session, case.subject_id):
        raise ExpectedError("not_enrolled", name_of(work.session, case.subject_id))
    last = max(deciding, key=lambda seat: (seat.voted_at or work.now, seat.id))
    made = advance(
        work,
        case,
        move,
        "panel",
        actor_id=last.resident_id,
        reason=last.reason,
        sentence=last.sentence,
        also={"votes": [[seat.resident_id, seat.reason] for seat in deciding]},
    )
    if sum(seat.malice for seat in deciding) >= MAJORITY:
        _pause(work, case)
    return made.print_job_id


def _move_of(case: Case, uphold: bool) -> str:
    if case.state == "effective":
        return "correct"
    return "uphold" if uphold else "overturn"


def _pause(work: Work, case: Case) -> None:
    until = start_of_day(work.today + timedelta(days=PAUSE_DAYS))
    content = {
        "case": case.id,
        "reference": case.reference,
        "resident": case.reporter_id,
        "until": until.isoformat(),
    }
    index = log.append(work, "reporting_paused", content)
    work.session.add(
        ReportingPause(
            resident_id=case.reporter_id, case_id=case.id, until=until, ledger_index=index
        )
    )
    work.session.flush()


def asked_words(session: Session, drawn: PanelDraw) -> str:
    """Why an officer asked for a correction; empty for an appeal."""
    # It is asked for just before its panel is listed and drawn, in one transaction.
    content = log.content_of(session, drawn.ledger_index - 2) or {}
    asked = set(content) == {"case", "by", "sentence"} and content["case"] == drawn.case_id
    return str(content["sentence"]) if asked else ""
