"""A panel of three hears an appeal, or a correction: each votes with a reason, two decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.clock import start_of_day
from kiosk.core.errors import ExpectedError
from kiosk.core.texts import Texts
from kiosk.models.access import RoleGrant
from kiosk.models.cases import Case, CaseMove, CasePhoto, PanelDraw, PanelSeat, ReportingPause
from kiosk.models.register import Resident
from kiosk.services.access import acting, roles, views
from kiosk.services.access.acting import Acting
from kiosk.services.access.sessions import SignedIn
from kiosk.services.cases import panel_draw, reasons
from kiosk.services.cases.conflict_of_interest import sealed_from, why_involved
from kiosk.services.cases.flow import due_dates
from kiosk.services.cases.flow.advance import advance
from kiosk.services.cases.flow.standing import load, name_of, signed_points, time_is_over
from kiosk.services.cases.views.officer_view import MoveLine, reply_taken_by
from kiosk.services.consent.consents import enrolled
from kiosk.services.ledger import log
from kiosk.services.rulebook import book
from kiosk.services.rulebook.book import Rule
from kiosk.services.village import Village
from kiosk.services.work import Work, writing

MAJORITY = 2
PAUSE_DAYS = 90
"""How long a panel's finding of malice keeps somebody from reporting about others."""
HEARD = ("appealed", "effective")
"""The states in which a panel may be asked: an appeal, and what is in effect to be corrected."""
_DECISIONS = ("approve", "decline", "countersign", "put_right")


@dataclass(frozen=True, kw_only=True)
class PanelLine:
    """A case that waits for the signed-in member's vote, or for the others'."""

    case_id: int
    reference: str
    kind: str
    title: Texts
    purpose: str
    """``appeal`` or ``correction``."""
    due_on: date | None
    voted: bool


@dataclass(frozen=True)
class PanelMember:
    """One of the three."""

    name: str
    is_lay: bool
    voted: bool


@dataclass(frozen=True)
class PanelVote:
    """A vote as it was given."""

    uphold: bool
    reason: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class PanelView:
    """A case before its panel, on one page; the reporter's name is not part of it."""

    case_id: int
    reference: str
    kind: str
    state: str
    rule: Rule
    points: int
    subject_name: str
    happened_on: date
    part_of_day: str
    place: str
    words: str
    reply_choice: str
    reply_words: str
    appeal_ground: str
    """A catalogue key, or empty."""
    appeal_words: str
    asked_words: str
    """Why an officer asked for a correction; empty for an appeal."""
    decisions: tuple[MoveLine, ...]
    members: tuple[PanelMember, ...]
    my_vote: PanelVote | None
    seed: str
    """Hexadecimal, as it is in the ledger."""
    candidates: int
    due_on: date | None
    days_left: int | None
    reasons_uphold: tuple[str, ...]
    reasons_overturn: tuple[str, ...]
    photos: int
    reply_taken_by: str = ""
    """The clerk who wrote the reply down and read it back; empty when the person did it."""


@dataclass(frozen=True, kw_only=True)
class VoteOutcome:
    """What a vote led to."""

    case_id: int
    reference: str
    state: str
    votes: int
    decided: bool
    print_job_id: int | None


@dataclass(frozen=True, kw_only=True)
class CorrectionPage:
    """Something that counts, as an officer sees it before asking a panel to correct it."""

    case_id: int
    reference: str
    kind: str
    title: Texts
    points: int
    """Signed."""
    subject_name: str
    happened_on: date
    part_of_day: str
    place: str
    words: str
    decisions: tuple[MoveLine, ...]


def my_panels(village: Village, session_id: str) -> tuple[PanelLine, ...]:
    """The cases that the signed-in person was drawn to hear, oldest draw first."""
    with acting.reading(village, session_id) as work:
        return my_panels_in(work)


def my_panels_in(work: Acting) -> tuple[PanelLine, ...]:
    """As `my_panels`, in the caller's unit."""
    question = (
        select(Case, PanelSeat)
        .join(PanelSeat, PanelSeat.case_id == Case.id)
        .where(PanelSeat.resident_id == work.who.resident_id, PanelSeat.left_at.is_(None))
        .where(Case.state.in_(HEARD))
        .order_by(PanelSeat.id)
    )
    return tuple(
        _line(case, seat) for case, seat in work.session.execute(question) if is_open(work, case)
    )


def open_panel_case(village: Village, session_id: str, case_id: int) -> PanelView:
    """Open a case that one was drawn to hear; the person sees that it was opened.

    Raises:
        ExpectedError: ``no_seat``, ``unknown_case``.
    """
    with acting.writing(village, session_id) as work:
        member = work.who
        case = load(work.session, case_id)
        seat = _seat(work.session, case_id, member.resident_id)
        views.record_view(
            work,
            member,
            case.subject_id,
            "hear_appeal",
            reference=case.reference,
            by_lot=True,
        )
        return _view(work, case, seat)


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
        seat = _seat(work.session, case_id, member.resident_id)
        _check_open(work, case, member)
        if seat.uphold is not None:
            raise ExpectedError("voted_already")
        _cast(work, case, seat, PanelVote(uphold, reason, sentence), malice)
        job = _count(work, case)
        votes = sum(each.uphold is not None for each in seats_of(work.session, case_id))
        decided = not is_open(work, case)
        outcome = VoteOutcome(
            case_id=case.id,
            reference=case.reference,
            state=case.state,
            votes=votes,
            decided=decided,
            print_job_id=job,
        )
        work.remember(asdict(outcome))
        return outcome


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
        seat = _seat(work.session, case_id, member.resident_id)
        if seat.uphold is not None:
            raise ExpectedError("voted_already")
        if not is_open(work, case):
            raise ExpectedError("case_moved_on")
        replace_member(work, case, seat)
        votes = sum(each.uphold is not None for each in seats_of(work.session, case_id))
        outcome = VoteOutcome(
            case_id=case.id,
            reference=case.reference,
            state=case.state,
            votes=votes,
            decided=False,
            print_job_id=None,
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


def case_to_correct(village: Village, session_id: str, reference: str) -> CorrectionPage:
    """What counts under the number of a slip; the person sees that it was opened.

    Raises:
        ExpectedError: ``not_allowed``, ``no_such_entry``, ``panel_drawn``, and why this officer
            is involved.
    """
    with acting.writing(village, session_id, *roles.holders("decide_case")) as work:
        officer = work.who
        counting = select(Case).where(Case.reference == reference, Case.state == "effective")
        case = work.session.scalar(counting)
        if case is None or sealed_from(work.session, case, officer):
            raise ExpectedError("no_such_entry")
        if why := why_involved(work.session, case, officer.resident_id, officer.household_id):
            raise ExpectedError(why)
        if work.session.get(PanelDraw, case.id) is not None:
            raise ExpectedError("panel_drawn")
        views.record_view(work, officer, case.subject_id, "decide_case")
        return CorrectionPage(
            case_id=case.id,
            reference=case.reference,
            kind=case.kind,
            title=case.rule_version.title,
            points=signed_points(case),
            subject_name=name_of(work.session, case.subject_id),
            happened_on=case.happened_on,
            part_of_day=case.part_of_day,
            place=case.place,
            words=case.words,
            decisions=tuple(
                _decision(work.session, each) for each in case.moves if each.move in _DECISIONS
            ),
        )


def ask_to_correct(
    village: Village, session_id: str, case_id: int, sentence: str, touch: str
) -> str:
    """An officer thinks that something counts wrongly: a panel decides; the reference.

    Raises:
        ExpectedError: ``not_allowed``, ``sentence_missing``, ``case_moved_on`` unless it counts,
            ``panel_drawn`` if a panel hears it or heard it, ``panel_too_small``, and why this
            officer is involved.
    """
    with acting.once(
        village, session_id, touch, "ask_to_correct", case_id, roles=roles.holders("decide_case")
    ) as work:
        officer = work.who
        if work.known is not None:
            return str(work.known["reference"])
        case = load(work.session, case_id, to_move=True)
        if why := why_involved(work.session, case, officer.resident_id, officer.household_id):
            raise ExpectedError(why)
        if case.state != "effective" or time_is_over(case, work.now):
            raise ExpectedError("case_moved_on")
        if work.session.get(PanelDraw, case.id) is not None:
            raise ExpectedError("panel_drawn")
        said = reasons.checked_sentence(sentence)
        content = {"case": case.id, "by": officer.resident_id, "sentence": said}
        log.append(work, "correction_asked", content)
        if not panel_draw.draw(work, case):
            raise ExpectedError("panel_too_small")
        work.remember({"reference": case.reference})
        return case.reference


def draw_missing(village: Village) -> int:
    """Draw the panels of appeals for which too few people could be drawn before; how many."""
    with village.read() as session:
        drawn = select(PanelDraw.case_id)
        question = select(Case.id).where(Case.state == "appealed", Case.id.not_in(drawn))
        waiting = list(session.scalars(question.order_by(Case.id)))
    return sum(_draw(village, case_id) for case_id in waiting)


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


def _seat(session: Session, case_id: int, resident_id: int) -> PanelSeat:
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
    to_correct = drawn is not None and _asked(work.session, drawn) != ""
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


def _line(case: Case, seat: PanelSeat) -> PanelLine:
    return PanelLine(
        case_id=case.id,
        reference=case.reference,
        kind=case.kind,
        title=case.rule_version.title,
        purpose="appeal" if case.state == "appealed" else "correction",
        due_on=_due_on(case),
        voted=seat.uphold is not None,
    )


def _due_on(case: Case) -> date | None:
    """A correction has no day of its own: the line it is about ends by itself."""
    return due_dates.last_day(case.due_at) if case.due_at and case.state == "appealed" else None


def _view(work: Work, case: Case, seat: PanelSeat) -> PanelView:
    drawn = work.session.get_one(PanelDraw, case.id)
    appealed = next((each for each in case.moves if each.move == "appeal"), None)
    day, today = _due_on(case), work.today
    mine = None
    if seat.uphold is not None:
        mine = PanelVote(seat.uphold, seat.reason, seat.sentence)
    photos = work.session.scalars(select(CasePhoto.id).where(CasePhoto.case_id == case.id)).all()
    return PanelView(
        case_id=case.id,
        reference=case.reference,
        kind=case.kind,
        state=case.state,
        rule=book.rule_version(work.session, case.rule_version_id),
        points=signed_points(case),
        subject_name=name_of(work.session, case.subject_id),
        happened_on=case.happened_on,
        part_of_day=case.part_of_day,
        place=case.place,
        words=case.words,
        reply_choice=case.reply_choice,
        reply_words=case.reply_words,
        appeal_ground=appealed.reason if appealed else "",
        appeal_words=appealed.sentence if appealed else "",
        asked_words=_asked(work.session, drawn),
        decisions=tuple(
            _decision(work.session, each) for each in case.moves if each.move in _DECISIONS
        ),
        members=tuple(_member(work.session, each) for each in seats_of(work.session, case.id)),
        my_vote=mine,
        seed=drawn.seed,
        candidates=len(drawn.candidates),
        due_on=day,
        days_left=max(0, (day - today).days) if day else None,
        reasons_uphold=reasons.panel_reasons(case.kind, True, case.state),
        reasons_overturn=reasons.panel_reasons(case.kind, False, case.state),
        photos=len(photos),
        reply_taken_by=reply_taken_by(work.session, case),
    )


def _asked(session: Session, drawn: PanelDraw) -> str:
    """A correction is asked for just before its panel is listed and drawn, in one transaction."""
    content = log.content_of(session, drawn.ledger_index - 2) or {}
    asked = set(content) == {"case", "by", "sentence"} and content["case"] == drawn.case_id
    return str(content["sentence"]) if asked else ""


def _decision(session: Session, made: CaseMove) -> MoveLine:
    actor = "" if made.actor_id is None else name_of(session, made.actor_id)
    return MoveLine(
        move=made.move, actor_name=actor, at=made.at, reason=made.reason, sentence=made.sentence
    )


def _member(session: Session, seat: PanelSeat) -> PanelMember:
    in_office = session.scalar(
        select(RoleGrant.id)
        .where(RoleGrant.resident_id == seat.resident_id, RoleGrant.ended_at.is_(None))
        .where(RoleGrant.role.in_(roles.holders("hear_appeal")))
        .limit(1)
    )
    name = session.get_one(Resident, seat.resident_id).name
    return PanelMember(name, in_office is None, seat.uphold is not None)
