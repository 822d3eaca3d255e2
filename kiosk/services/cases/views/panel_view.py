"""What a panel's members are shown: the cases they were drawn to hear, and one of them whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.texts import Texts
from kiosk.models.access import RoleGrant
from kiosk.models.cases import Case, CaseMove, CasePhoto, PanelDraw, PanelSeat
from kiosk.models.register import Resident
from kiosk.services.access import acting, roles, views
from kiosk.services.access.acting import Acting
from kiosk.services.cases import panel, reasons
from kiosk.services.cases.flow import told_days
from kiosk.services.cases.flow.standing import load, name_of, signed_points
from kiosk.services.cases.views.officer_view import MoveLine, reply_taken_by
from kiosk.services.rulebook import book
from kiosk.services.rulebook.book import Rule
from kiosk.services.village import Village
from kiosk.services.work import Work

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
    hours: int
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
    my_vote: panel.PanelVote | None
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
        .where(Case.state.in_(panel.HEARD))
        .order_by(PanelSeat.id)
    )
    return tuple(
        _line(case, seat)
        for case, seat in work.session.execute(question)
        if panel.is_open(work, case)
    )


def open_panel_case(village: Village, session_id: str, case_id: int) -> PanelView:
    """Open a case that one was drawn to hear; the person sees that it was opened.

    Raises:
        ExpectedError: ``no_seat``, ``unknown_case``.
    """
    with acting.writing(village, session_id) as work:
        member = work.who
        case = load(work.session, case_id)
        seat = panel.seat_of(work.session, case_id, member.resident_id)
        views.record_view(
            work,
            member,
            case.subject_id,
            "hear_appeal",
            reference=case.reference,
            by_lot=True,
        )
        return _view(work, case, seat)


def decisions_of(session: Session, case: Case) -> tuple[MoveLine, ...]:
    """What was decided on it so far, oldest first."""
    return tuple(_decision(session, each) for each in case.moves if each.move in _DECISIONS)


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
    return told_days.last_day(case) if case.state == "appealed" else None


def _view(work: Work, case: Case, seat: PanelSeat) -> PanelView:
    drawn = work.session.get_one(PanelDraw, case.id)
    appealed = next((each for each in case.moves if each.move == "appeal"), None)
    day, today = _due_on(case), work.today
    mine = None
    if seat.uphold is not None:
        mine = panel.PanelVote(seat.uphold, seat.reason, seat.sentence)
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
        hours=case.hours,
        words=case.words,
        reply_choice=case.reply_choice,
        reply_words=case.reply_words,
        appeal_ground=appealed.reason if appealed else "",
        appeal_words=appealed.sentence if appealed else "",
        asked_words=panel.asked_words(work.session, drawn),
        decisions=decisions_of(work.session, case),
        members=tuple(
            _member(work.session, each) for each in panel.seats_of(work.session, case.id)
        ),
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


def _decision(session: Session, made: CaseMove) -> MoveLine:
    actor = "" if made.actor_id is None else name_of(session, made.actor_id)
    return MoveLine(
        move=made.move, actor_name=actor, at=made.at, reason=made.reason, sentence=made.sentence
    )


def _member(session: Session, seat: PanelSeat) -> PanelMember:
    in_office = session.scalar(
        select(RoleGrant.id)
        .where(RoleGrant.resident_id == seat.resident_id, RoleGrant.in_office)
        .where(RoleGrant.role.in_(roles.holders("hear_appeal")))
        .limit(1)
    )
    name = session.get_one(Resident, seat.resident_id).name
    return PanelMember(name, in_office is None, seat.uphold is not None)
