"""What has to be carried to whom: the result of a case, and the invitation to a panel.

What a person has still to be told (`telling`) stands on the clerk's list until they acknowledged it
on the screen or the paper was handed over; a good deed that counts, until they signed in. A seat
that the lot gave stands there until its member opened the case.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, selectinload

from kiosk.core.catalogue import Language
from kiosk.core.clock import village_day
from kiosk.core.errors import ExpectedError
from kiosk.core.houses import House
from kiosk.core.texts import NO_TEXT, Texts
from kiosk.models.access import RecordView, SignInSession
from kiosk.models.cases import Case, CaseMove, HandOver, PanelDraw, PanelSeat
from kiosk.models.register import Resident
from kiosk.services.access import acting, roles, views
from kiosk.services.access.acting import Acting
from kiosk.services.access.sessions import SignedIn
from kiosk.services.cases import panel_draw, slip_parts, telling
from kiosk.services.cases.decision_slip import record
from kiosk.services.cases.flow import told_days
from kiosk.services.cases.flow.advance import advance
from kiosk.services.cases.flow.effects import print_to_hand_over
from kiosk.services.cases.flow.standing import house_of, load, time_is_over
from kiosk.services.cases.panel import HEARD, is_open
from kiosk.services.check import kinds
from kiosk.services.ledger import log
from kiosk.services.printing import addressed, queue
from kiosk.services.village import Village
from kiosk.services.work import Work

if TYPE_CHECKING:  # drawing is slow to import and not needed to queue a slip's words
    from kiosk.documents.slip import Said

What = Literal["decision", "invitation"]


@dataclass(frozen=True, kw_only=True)
class HandOverLine:
    """A paper that is to be carried to somebody.

    The invitation of a panel's member says nothing of the case: kind and titles are empty.
    """

    case_id: int
    resident_id: int
    what: What
    reference: str
    kind: str
    title: Texts
    name: str
    house: House
    since: date
    """When it was decided, or when the lot gave the seat."""
    deliver_by: date | None
    """The last day to tell of a decision, which lapses after it; or the last day of the panel."""
    print_job_id: int | None
    printed_on: date | None


@dataclass(frozen=True, kw_only=True)
class _Paper:
    """What is to be told to whom: since when, and the entry of the log that it is about."""

    case: Case
    resident_id: int
    what: What
    since: datetime
    covers: int


def waiting(village: Village, session_id: str) -> tuple[HandOverLine, ...]:
    """Whom to tell what, the most urgent first; nothing about the clerk who asks.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with acting.reading(village, session_id, *roles.holders("hand_over_notice")) as work:
        return waiting_in(work)


def waiting_in(work: Acting) -> tuple[HandOverLine, ...]:
    """As `waiting`, in the caller's unit."""
    clerk = work.who
    lines = [
        _line(work.session, paper)
        for paper in _papers(work)
        if _carried_by(clerk, paper) and not _told(work.session, paper)
    ]
    return tuple(sorted(lines, key=lambda each: (each.deliver_by or date.max, each.case_id)))


def print_paper(
    village: Village,
    session_id: str,
    case_id: int,
    resident_id: int,
    touch: str,
) -> int:
    """Print what is to be handed over; the print job. The person sees that the clerk looked.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``case_moved_on`` when there is nothing to
            tell any more.
    """
    about = f"{case_id} {resident_id}"
    with acting.once(
        village, session_id, touch, "print_result", about, roles=roles.holders("hand_over_notice")
    ) as work:
        clerk = work.who
        if work.known is not None:
            return int(work.known["job"])
        paper = _to_tell(work, clerk, case_id, resident_id)
        views.record_view(work, clerk, resident_id, "hand_over_notice")
        job = _queue(work, paper)
        work.remember({"job": job})
        return job


def handed_over(
    village: Village, session_id: str, case_id: int, resident_id: int, on: date, touch: str
) -> str:
    """The paper was given into the person's hand on that day; the reference.

    Where the person can appeal, the days for it run from today.

    Raises:
        ExpectedError: as `print_paper`; ``notice_not_printed``, ``notice_day`` for a day before it
            was printed or still to come.
    """
    act, about = "result_handed_over", f"{case_id} {resident_id}"
    with acting.once(
        village, session_id, touch, act, about, roles=roles.holders("hand_over_notice")
    ) as work:
        clerk = work.who
        if work.known is not None:
            return str(work.known["reference"])
        paper = _to_tell(work, clerk, case_id, resident_id)
        row = _row(work.session, paper)
        if row is None:
            raise ExpectedError("notice_not_printed")
        now = work.now
        if not village_day(row.printed_at) <= on <= village_day(now):
            raise ExpectedError("notice_day")
        row.handed_on, row.handed_by = on, clerk.resident_id
        _write_down(work, paper, clerk, on)
        work.remember({"reference": paper.case.reference})
        return paper.case.reference


def _carried_by(clerk: SignedIn, paper: _Paper) -> bool:
    """A clerk carries nothing to themselves, nor of what they reported."""
    me = clerk.resident_id
    own = paper.what == "decision" and paper.case.reporter_id == me
    return paper.resident_id != me and not own


def _to_tell(work: Work, clerk: SignedIn, case_id: int, resident_id: int) -> _Paper:
    load(work.session, case_id, to_move=True)
    for paper in _papers(work):
        same = (paper.case.id, paper.resident_id) == (case_id, resident_id)
        if same and _carried_by(clerk, paper) and not _told(work.session, paper):
            return paper
    raise ExpectedError("case_moved_on")


def _papers(work: Work) -> Iterator[_Paper]:
    yield from _decisions(work)
    yield from _invitations(work)


def _decisions(work: Work) -> Iterator[_Paper]:
    """What people have still to be told of the cases about them."""
    now = work.now
    fresh = CaseMove.at > now - timedelta(days=telling.FRESH_DAYS)
    untold = and_(Case.kind == "deed", Case.state == "declined", Case.due_at.is_(None))
    found = work.session.scalars(
        select(Case)
        .where(or_(untold, Case.id.in_(select(CaseMove.case_id).where(fresh))))
        .options(selectinload(Case.moves))
        .order_by(Case.id)
    )
    for case in found:
        made = telling.news_of(case)
        if made and telling.is_fresh(case, made, now) and not time_is_over(case, now):
            yield _Paper(
                case=case,
                resident_id=case.subject_id,
                what="decision",
                since=made.at,
                covers=made.ledger_index,
            )


def _invitations(work: Work) -> Iterator[_Paper]:
    """The seats of panels that are still to vote."""
    found = work.session.execute(
        select(Case, PanelSeat, PanelDraw)
        .join(PanelSeat, PanelSeat.case_id == Case.id)
        .join(PanelDraw, PanelDraw.case_id == Case.id)
        .where(PanelSeat.left_at.is_(None), PanelSeat.uphold.is_(None), Case.state.in_(HEARD))
        .order_by(PanelSeat.id)
    )
    for case, seat, draw in found:
        if is_open(work, case):
            since = _seated_at(work.session, seat, draw)
            yield _Paper(
                case=case,
                resident_id=seat.resident_id,
                what="invitation",
                since=since,
                covers=draw.ledger_index,
            )


def _seated_at(session: Session, seat: PanelSeat, draw: PanelDraw) -> datetime:
    """When the lot gave this seat: at the draw, or when somebody before them stepped aside."""
    earlier = session.scalars(
        select(PanelSeat.left_at)
        .where(PanelSeat.case_id == seat.case_id, PanelSeat.id < seat.id)
        .order_by(PanelSeat.id)
    ).all()
    if len(earlier) < panel_draw.SEATS:
        return draw.drawn_at
    return sorted(left for left in earlier if left)[len(earlier) - panel_draw.SEATS]


def _told(session: Session, paper: _Paper) -> bool:
    """Whether nobody has to carry this any more; a decision that was told is no paper at all."""
    row = _row(session, paper)
    handed_over = row is not None and row.handed_on is not None
    if paper.what == "invitation":
        return handed_over or _opened(session, paper)
    if telling.is_good_news(paper.case):
        return handed_over or _signed_in(session, paper)
    return handed_over and not telling.waits_to_be_told(paper.case)


def _opened(session: Session, paper: _Paper) -> bool:
    """A member of a panel looked at its case."""
    look = select(RecordView.id).where(
        RecordView.viewer_id == paper.resident_id,
        RecordView.subject_id == paper.case.subject_id,
        RecordView.purpose == "hear_appeal",
        RecordView.at >= paper.since,
    )
    return session.scalar(look.limit(1)) is not None


def _signed_in(session: Session, paper: _Paper) -> bool:
    since = select(SignInSession.id).where(
        SignInSession.resident_id == paper.resident_id, SignInSession.opened_at > paper.since
    )
    return session.scalar(since.limit(1)) is not None


def _row(session: Session, paper: _Paper) -> HandOver | None:
    return session.get(HandOver, (paper.case.id, paper.resident_id, paper.covers))


def _line(session: Session, paper: _Paper) -> HandOverLine:
    case, person = paper.case, session.get_one(Resident, paper.resident_id)
    row, rule = _row(session, paper), case.rule_version
    secret = paper.what == "invitation"
    dated = case.state == ("appealed" if secret else "countersigned")
    return HandOverLine(
        case_id=case.id,
        resident_id=paper.resident_id,
        what=paper.what,
        reference=case.reference,
        kind="" if secret else case.kind,
        title=NO_TEXT if secret else rule.title,
        name=person.name,
        house=house_of(person),
        since=village_day(paper.since),
        deliver_by=told_days.last_day(case) if dated else None,
        print_job_id=row.print_job_id if row else None,
        printed_on=village_day(row.printed_at) if row else None,
    )


def _write_down(work: Work, paper: _Paper, clerk: SignedIn, on: date) -> None:
    """The person was told; whoever can appeal has all their days from today on."""
    case, day = paper.case, on.isoformat()
    if paper.what == "decision":
        also = {"of": paper.covers, "handed_over_on": day}
        advance(work, case, "tell", "clerk", actor_id=clerk.resident_id, also=also)
        return
    content = {
        "case": case.id,
        "reference": case.reference,
        "told": paper.resident_id,
        "of": paper.covers,
        "by": clerk.resident_id,
        "handed_over_on": day,
    }
    log.append(work, "invitation", content)
    work.session.flush()


def _queue(work: Work, paper: _Paper) -> int:
    if paper.what == "decision":
        return print_to_hand_over(work, paper.case, "tell", paper.covers)
    return _queue_invitation(work, paper)


def _queue_invitation(work: Work, paper: _Paper) -> int:
    """Asks a member of a panel to come; it tells whoever finds it nothing of the case."""
    words, case = work.village.catalogue, paper.case

    def say(language: Language) -> Said:
        from kiosk.documents.slip import Said, SlipLine

        steps = [SlipLine(words.text("notices_desk.invited_how", language))]
        last = told_days.last_day(case)
        if case.state == "appealed" and last is not None:
            day = slip_parts.day_words(work.village, last, language)
            steps.insert(0, SlipLine(words.text("notices_desk.invited_by", language, day)))
        return Said(language, (words.text("notices_desk.invited", language),), tuple(steps))

    who = addressed.reader(work, paper.resident_id)
    slip = addressed.slip_for(work.village, who, "notice", case.reference, say)
    signed = kinds.INVITATION.write(reference=case.reference)
    job = queue.enqueue_slip(work, slip, paper.covers, signed, case_id=case.id)
    record(work, case, paper.resident_id, paper.covers, job)
    return job
