"""What has to be carried to whom: the result of a case, and the invitation to a panel.

A decision that the flow table prints a slip for, and a seat that the lot gave, stand on the clerk's
list until the paper was handed over or the person signed in, where they are told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.catalogue import Language
from kiosk.core.clock import village_day
from kiosk.core.errors import ExpectedError
from kiosk.core.houses import House
from kiosk.models.access import SignInSession
from kiosk.models.reports import Case, CaseMove, HandOver, PanelDraw, PanelSeat
from kiosk.models.residents import Resident
from kiosk.services.access import roles, sessions, touches, views
from kiosk.services.access.sessions import SignedIn
from kiosk.services.ledger import log
from kiosk.services.printing import addressed, marks, queue
from kiosk.services.reports import due, flow, lot, slips
from kiosk.services.reports.cases import house_of, load, time_is_over, track_of
from kiosk.services.village import Village

if TYPE_CHECKING:  # drawing is slow to import and not needed to queue a slip's words
    from kiosk.documents.slip import Said

LISTED_DAYS: int = 60
"""So long a result that nobody was told of stays on the list; a day to appeal by ends it before."""
_HEARD = ("appealed", "effective")
What = Literal["decision", "invitation"]


@dataclass(frozen=True)
class HandOverLine:
    """A paper that is to be carried to somebody.

    The invitation of a panel's member says nothing of the case: kind and titles are empty.
    """

    case_id: int
    resident_id: int
    what: What
    reference: str
    kind: str
    title_zh: str
    title_en: str
    name: str
    house: House
    deliver_by: date | None
    """The last day to appeal, or of the panel."""
    print_job_id: int | None
    printed_on: date | None


@dataclass(frozen=True)
class _Paper:
    """What is to be told to whom: since when, and the entry of the log that it is about."""

    case: Case
    resident_id: int
    what: What
    since: datetime
    covers: int
    move: CaseMove | None = None


def waiting(village: Village, session_id: str) -> tuple[HandOverLine, ...]:
    """Whom to tell what, the most urgent first; nothing about the clerk who asks.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with village.read() as session:
        clerk = _clerk(session, village, session_id)
        lines = [
            _line(session, paper)
            for paper in _papers(session, village)
            if _carried_by(clerk, paper) and not _told(session, paper)
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
    with village.write() as session:
        clerk = _clerk(session, village, session_id)
        act = ("print_result", clerk.resident_id, f"{case_id} {resident_id}")
        if (known := touches.answered(session, touch, *act)) is not None:
            return int(known["job"])
        paper = _to_tell(session, village, clerk, case_id, resident_id)
        views.record_view(session, village, clerk, resident_id, "hand_over_notice")
        job = _queue(session, village, paper)
        record(session, village, paper.case, resident_id, paper.covers, job)
        touches.remember(session, village, touch, {"job": job})
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
    with village.write() as session:
        clerk = _clerk(session, village, session_id)
        act = ("result_handed_over", clerk.resident_id, f"{case_id} {resident_id}")
        if (known := touches.answered(session, touch, *act)) is not None:
            return str(known["reference"])
        paper = _to_tell(session, village, clerk, case_id, resident_id)
        row = _row(session, paper)
        if row is None:
            raise ExpectedError("notice_not_printed")
        now = village.clock.now()
        if not village_day(row.printed_at) <= on <= village_day(now):
            raise ExpectedError("notice_day")
        row.handed_on, row.handed_by = on, clerk.resident_id
        _write_down(session, village, paper, clerk, on)
        touches.remember(session, village, touch, {"reference": paper.case.reference})
        return paper.case.reference


def queue_decision(session: Session, village: Village, case: Case, made: CaseMove) -> int:
    """Queue the slip of a decision and put it on the list of what is carried; the print job.

    It is in the language of the person whom the case is about.
    """

    def facts(language: Language) -> tuple[str, ...]:
        return (
            slips.case_fact(village, case, language),
            *slips.points_fact(village, case, language),
            village.catalogue.text(f"reports.outcome_{case.kind}_{case.state}", language),
            *_way(village, case, language),
            *_why(village, case, made, language),
        )

    steps, covers = _next_steps(case), made.ledger_index
    who = addressed.reader(session, village, case.subject_id)
    job = slips.queue_slip(session, village, case, "decision", who, facts, steps, covers)
    record(session, village, case, case.subject_id, covers, job)
    return job


def _why(village: Village, case: Case, made: CaseMove, language: Language) -> Iterator[str]:
    """What the officers say; of a panel, whose members are not named, its reason and sentence."""
    if made.move in _DECISIONS:
        yield from _deciders(village, case, language)
        return
    words = village.catalogue
    if made.reason:
        yield words.text("reports.slip_reason", language, words.text(made.reason, language))
    if made.sentence:
        yield made.sentence


_DECISIONS = frozenset({"approve", "decline", "countersign", "put_right"})


def _deciders(village: Village, case: Case, language: Language) -> Iterator[str]:
    """Who decided, for which listed reason, and the sentence of each, the first officer first.

    After an appeal that sent a deed back to the desk, only what was decided since.
    """
    words = village.catalogue
    sent_back = [place for place, each in enumerate(case.moves) if each.move == "reopen"]
    for each in case.moves[sent_back[-1] + 1 if sent_back else 0 :]:
        if each.move in _DECISIONS and each.actor_id is not None and each.reason:
            reason = words.text(each.reason, language)
            officer = marks.name_mark(each.actor_id)
            yield words.text("reports.slip_officer", language, officer, reason)
            yield each.sentence


def record(
    session: Session, village: Village, case: Case, resident_id: int, covers: int, job: int
) -> None:
    """Note that the paper about entry `covers` of the log was printed for that person."""
    row = session.get(HandOver, (case.id, resident_id, covers))
    if row is None:
        now = village.clock.now()
        row = HandOver(case_id=case.id, resident_id=resident_id, covers=covers, printed_at=now)
        session.add(row)
    row.print_job_id = job
    session.flush()


def _clerk(session: Session, village: Village, session_id: str) -> SignedIn:
    return sessions.require(session, village, session_id, *roles.holders("hand_over_notice"))


def _carried_by(clerk: SignedIn, paper: _Paper) -> bool:
    """A clerk carries nothing to themselves, nor of what they reported."""
    me = clerk.resident_id
    own = paper.what == "decision" and paper.case.reporter_id == me
    return paper.resident_id != me and not own


def _to_tell(
    session: Session, village: Village, clerk: SignedIn, case_id: int, resident_id: int
) -> _Paper:
    load(session, case_id, to_move=True)
    for paper in _papers(session, village):
        same = (paper.case.id, paper.resident_id) == (case_id, resident_id)
        if same and _carried_by(clerk, paper) and not _told(session, paper):
            return paper
    raise ExpectedError("case_moved_on")


def _papers(session: Session, village: Village) -> Iterator[_Paper]:
    yield from _decisions(session, village)
    yield from _invitations(session, village)


def _decisions(session: Session, village: Village) -> Iterator[_Paper]:
    """The newest decision of each case, while it is news or can be appealed."""
    now = village.clock.now()
    recent = CaseMove.at > now - timedelta(days=LISTED_DAYS)
    found = session.scalars(select(CaseMove).where(recent).order_by(CaseMove.id))
    newest = {move.case_id: move for move in found}
    for case_id, move in newest.items():
        case = session.get_one(Case, case_id)
        printed = flow.slip_of(track_of(case), move.from_state, move.move) == "decision"
        appeal_over = _appealable(case) and case.due_at is not None and now >= case.due_at
        if printed and case.state != "ended" and not appeal_over:
            yield _Paper(case, case.subject_id, "decision", move.at, move.ledger_index, move)


def _invitations(session: Session, village: Village) -> Iterator[_Paper]:
    """The seats of panels that are still to vote."""
    now = village.clock.now()
    found = session.execute(
        select(Case, PanelSeat, PanelDraw)
        .join(PanelSeat, PanelSeat.case_id == Case.id)
        .join(PanelDraw, PanelDraw.case_id == Case.id)
        .where(PanelSeat.left_at.is_(None), PanelSeat.uphold.is_(None), Case.state.in_(_HEARD))
        .order_by(PanelSeat.id)
    )
    for case, seat, draw in found:
        if not time_is_over(case, now):
            since = _seated_at(session, seat, draw)
            yield _Paper(case, seat.resident_id, "invitation", since, draw.ledger_index)


def _seated_at(session: Session, seat: PanelSeat, draw: PanelDraw) -> datetime:
    """When the lot gave this seat: at the draw, or when somebody before them stepped aside."""
    earlier = session.scalars(
        select(PanelSeat.left_at)
        .where(PanelSeat.case_id == seat.case_id, PanelSeat.id < seat.id)
        .order_by(PanelSeat.id)
    ).all()
    if len(earlier) < lot.SEATS:
        return draw.drawn_at
    return sorted(left for left in earlier if left)[len(earlier) - lot.SEATS]


def _told(session: Session, paper: _Paper) -> bool:
    """Handed over, or they signed in since: then the screen told them."""
    row = _row(session, paper)
    if row is not None and row.handed_on is not None:
        return True
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
    dated = case.state == "appealed" if secret else _appealable(case)
    return HandOverLine(
        case.id,
        paper.resident_id,
        paper.what,
        case.reference,
        "" if secret else case.kind,
        "" if secret else rule.title_zh,
        "" if secret else rule.title_en,
        person.name,
        house_of(person),
        due.last_day(case.due_at) if dated and case.due_at else None,
        row.print_job_id if row else None,
        village_day(row.printed_at) if row else None,
    )


def _appealable(case: Case) -> bool:
    """True where the person can appeal against what was decided."""
    return case.state in ("countersigned", "declined") and case.due_at is not None


def _write_down(
    session: Session, village: Village, paper: _Paper, clerk: SignedIn, on: date
) -> None:
    """The hand-over in the ledger; whoever can appeal has all their days from now on."""
    case, now = paper.case, village.clock.now()
    content = {
        "case": case.id,
        "reference": case.reference,
        "told": paper.resident_id,
        "what": paper.what,
        "of": paper.covers,
        "by": clerk.resident_id,
        "handed_over_on": on.isoformat(),
    }
    log.append(session, village, "notice", content)
    if paper.what == "decision" and _appealable(case):
        case.due_at = due.due_at(now, "countersigned", flow.APPEAL_DAYS, case.due_at)
    session.flush()


def _queue(session: Session, village: Village, paper: _Paper) -> int:
    if paper.move is not None:
        return queue_decision(session, village, paper.case, paper.move)
    return _queue_invitation(session, village, paper)


def _queue_invitation(session: Session, village: Village, paper: _Paper) -> int:
    """Asks a member of a panel to come; it tells whoever finds it nothing of the case."""
    words, case = village.catalogue, paper.case

    def say(language: Language) -> Said:
        from kiosk.documents.slip import Said, SlipLine

        steps = [SlipLine(words.text("notices_desk.invited_how", language))]
        if case.state == "appealed" and case.due_at is not None:
            day = slips.day_words(village, due.last_day(case.due_at), language)
            steps.insert(0, SlipLine(words.text("notices_desk.invited_by", language, day)))
        return Said(language, (words.text("notices_desk.invited", language),), tuple(steps))

    who = addressed.reader(session, village, paper.resident_id)
    slip = addressed.slip_for(village, who, "notice", case.reference, say)
    signed = (f"invitation {case.reference}",)
    return queue.enqueue_slip(session, village, slip, paper.covers, signed)


def _way(village: Village, case: Case, language: Language) -> tuple[str, ...]:
    """How the person says that they put it right, once it ended."""
    if case.state != "ended" or not case.put_right_way:
        return ()
    return (village.catalogue.text(f"reports.way_{case.put_right_way}", language),)


def _next_steps(case: Case) -> tuple[slips.Step, ...]:
    """What happens next, and how to disagree, as the state stands after the decision."""
    day = due.last_day(case.due_at) if case.due_at else None
    by_state = {
        ("deed", "effective"): (slips.Step("reports.next_counts_until", (day,)),),
        ("deed", "declined"): (
            slips.Step("reports.next_disagree", (day,), "reports.next_disagree_lead"),
        ),
        ("concern", "upheld"): (slips.Step("reports.next_put_right"),),
        ("concern", "countersigned"): (
            slips.Step("reports.next_effect_after", (day,)),
            slips.Step("reports.next_put_right"),
            slips.Step("reports.next_disagree", (day,), "reports.next_disagree_lead"),
        ),
    }
    return by_state.get((case.kind, case.state), (slips.Step("reports.next_closed"),))
