"""Notices on paper, for those who do not come: printed, handed over and recorded by a clerk.

The clerk sees whom a paper is for and what it is about, so that the right hand gets it, and never
who reported it. A reply to a concern, and the yes or no to a nomination, can be told to the clerk,
who writes it down and reads it back; never for oneself, one's household or a declared relative.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.clock import village_day
from kiosk.core.errors import ExpectedError
from kiosk.core.houses import House
from kiosk.core.texts import Texts
from kiosk.models.cases import Case, NoticeSlip
from kiosk.models.register import Resident
from kiosk.services.access import acting, roles, views
from kiosk.services.access.acting import Acting
from kiosk.services.access.sessions import SignedIn
from kiosk.services.cases import reaching
from kiosk.services.cases.flow import table, told_days
from kiosk.services.cases.flow.advance import advance
from kiosk.services.cases.flow.effects import print_to_hand_over
from kiosk.services.cases.flow.standing import house_of, load, time_is_over, track_of
from kiosk.services.cases.notices import checked_reply, write_reply
from kiosk.services.ledger import log
from kiosk.services.register.people import related
from kiosk.services.village import Village
from kiosk.services.work import Work


@dataclass(frozen=True, kw_only=True)
class NoticeSlipLine:
    """A person who is to be told, or whose reply is awaited."""

    case_id: int
    reference: str
    kind: str
    title: Texts
    subject_id: int
    subject_name: str
    house: House
    since: date
    """When it was handed in."""
    deliver_by: date | None
    """The last day: afterwards a report lapses, or the time to reply is over."""
    print_job_id: int | None
    """The newest print of the slip, if it was printed."""
    printed_on: date | None
    mine_to_write: bool
    """Whether this clerk may write an answer down: not for family."""


def waiting(village: Village, session_id: str) -> tuple[NoticeSlipLine, ...]:
    """Who has not been told yet of what somebody else reported, the most pressing first.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with acting.reading(village, session_id, *roles.holders("hand_over_notice")) as work:
        return waiting_in(work)


def waiting_in(work: Acting) -> tuple[NoticeSlipLine, ...]:
    """As `waiting`, in the caller's unit."""
    return _lines(work, "submitted")


def to_take_down(village: Village, session_id: str) -> tuple[NoticeSlipLine, ...]:
    """Of what the person was told, and their reply, or their yes or no, is awaited.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with acting.reading(village, session_id, *roles.holders("hand_over_notice")) as work:
        return to_take_down_in(work)


def to_take_down_in(work: Acting) -> tuple[NoticeSlipLine, ...]:
    """As `to_take_down`, in the caller's unit."""
    return _lines(work, "noticed")


def print_notice(village: Village, session_id: str, case_id: int, touch: str) -> int:
    """Print the slip that is to be handed over, in the person's own language; the print job.

    Raises:
        ExpectedError: ``not_allowed``, ``unknown_case``, ``case_moved_on``, ``own_notice`` when
            the clerk is the person or the reporter.
    """
    with acting.once(
        village, session_id, touch, "print_notice", case_id, roles=roles.holders("hand_over_notice")
    ) as work:
        clerk = work.who
        if work.known is not None:
            return int(work.known["job"])
        case = _case(work, clerk, case_id, "submitted")
        index = _record_look(work, clerk, case)
        job = print_to_hand_over(work, case, "notice", index)
        slip = work.session.get(NoticeSlip, case.id)
        if slip is None:
            now = work.now
            work.session.add(NoticeSlip(case_id=case.id, print_job_id=job, printed_at=now))
        else:
            slip.print_job_id = job
        content = {"case": case.id, "reference": case.reference, "job": job}
        log.append(work, "notice_printed", {**content, "by": clerk.resident_id})
        work.remember({"job": job})
        return job


def handed_over(village: Village, session_id: str, case_id: int, on: date, touch: str) -> str:
    """The slip was given into the person's hand on that day; the reference.

    The time to reply runs from today, even when the day lies back: nobody gets less than it.

    Raises:
        ExpectedError: as `print_notice`; ``notice_not_printed``, ``notice_day`` for a day before
            the slip was printed or still to come.
    """
    with acting.once(
        village, session_id, touch, "handed_over", case_id, roles=roles.holders("hand_over_notice")
    ) as work:
        clerk = work.who
        if work.known is not None:
            return str(work.known["reference"])
        case = _case(work, clerk, case_id, "submitted")
        slip = work.session.get(NoticeSlip, case.id)
        if slip is None:
            raise ExpectedError("notice_not_printed")
        now = work.now
        if not village_day(slip.printed_at) <= on <= village_day(now):
            raise ExpectedError("notice_day")
        also = {"handed_over_on": on.isoformat()}
        advance(work, case, "notice", "clerk", actor_id=clerk.resident_id, also=also)
        slip.handed_on, slip.handed_by, case.noticed_at = on, clerk.resident_id, now
        work.remember({"reference": case.reference})
        return case.reference


def take_down_reply(
    village: Village,
    session_id: str,
    case_id: int,
    choice: str,
    words: str,
    read_back: bool,
    touch: str,
) -> str:
    """The person said their reply; the clerk wrote it down and read it back; the reference.

    Raises:
        ExpectedError: as `print_notice`; ``not_read_back``, ``own_household_notice``,
            ``reply_missing``, ``words_refused`` (term), ``words_name_somebody`` (name),
            ``case_moved_on`` also after the time to reply.
    """
    if not read_back:
        raise ExpectedError("not_read_back")
    with acting.once(
        village,
        session_id,
        touch,
        "take_down_reply",
        case_id,
        roles=roles.holders("hand_over_notice"),
    ) as work:
        clerk = work.who
        if work.known is not None:
            return str(work.known["reference"])
        case = _to_write_down(work, clerk, case_id, "reply")
        said = checked_reply(work.session, case, choice, words)
        _record_look(work, clerk, case)
        also = {"choice": choice, "words": said, "read_back": True}
        advance(work, case, "reply", "clerk", actor_id=clerk.resident_id, also=also)
        write_reply(village, case, choice, said)
        work.remember({"reference": case.reference})
        return case.reference


def take_down_answer(
    village: Village, session_id: str, case_id: int, accepts: bool, read_back: bool, touch: str
) -> str:
    """The person said yes or no to a nomination; the clerk wrote it down; the reference.

    Raises:
        ExpectedError: as `take_down_reply`, without those about words.
    """
    if not read_back:
        raise ExpectedError("not_read_back")
    move = "accept" if accepts else "decline_nomination"
    with acting.once(
        village,
        session_id,
        touch,
        "take_down_answer",
        case_id,
        roles=roles.holders("hand_over_notice"),
    ) as work:
        clerk = work.who
        if work.known is not None:
            return str(work.known["reference"])
        case = _to_write_down(work, clerk, case_id, move)
        _record_look(work, clerk, case)
        also = {"read_back": True}
        advance(work, case, move, "clerk", actor_id=clerk.resident_id, also=also)
        work.remember({"reference": case.reference})
        return case.reference


def _record_look(work: Work, clerk: SignedIn, case: Case) -> int:
    about, reference = case.subject_id, case.reference
    return views.record_view(work, clerk, about, "hand_over_notice", reference=reference)


def _case(work: Work, clerk: SignedIn, case_id: int, state: str) -> Case:
    case = load(work.session, case_id, to_move=True)
    if case.subject_id == case.reporter_id:
        raise ExpectedError("unknown_case")
    reaching.check(work.session, case)
    if clerk.resident_id in (case.subject_id, case.reporter_id):
        raise ExpectedError("own_notice")
    if case.state != state or time_is_over(case, work.now):
        raise ExpectedError("case_moved_on")
    return case


def _to_write_down(work: Work, clerk: SignedIn, case_id: int, move: str) -> Case:
    """A case of which the person was told, and whose answer this clerk may write down."""
    case = _case(work, clerk, case_id, "noticed")
    table.require("noticed", track_of(case), move, "clerk")
    if _too_near(work.session, clerk, case):
        raise ExpectedError("own_household_notice")
    return case


def _too_near(session: Session, clerk: SignedIn, case: Case) -> bool:
    """Whether the clerk is family of the person, or of who nominated them.

    Family of who raised a concern is not asked about: to be turned away would tell who it was.
    """
    people = [case.subject_id] if case.kind == "concern" else [case.subject_id, case.reporter_id]
    return any(related(session, each, clerk.resident_id) for each in people)


def _lines(work: Acting, state: str) -> tuple[NoticeSlipLine, ...]:
    clerk = work.who
    me, now = clerk.resident_id, work.now
    found = work.session.execute(
        select(Case, Resident, NoticeSlip)
        .join(Resident, Resident.id == Case.subject_id)
        .outerjoin(NoticeSlip, NoticeSlip.case_id == Case.id)
        .where(Case.state == state, Case.subject_id != Case.reporter_id)
        .where(Case.subject_id != me, Case.reporter_id != me, reaching.reaches_somebody())
        .order_by(Case.due_at, Case.id)
    )
    return tuple(
        _line(case, person, slip, not _too_near(work.session, clerk, case))
        for case, person, slip in found
        if not time_is_over(case, now)
    )


def _line(case: Case, person: Resident, slip: NoticeSlip | None, mine: bool) -> NoticeSlipLine:
    return NoticeSlipLine(
        case_id=case.id,
        reference=case.reference,
        kind=case.kind,
        title=case.rule_version.title,
        subject_id=person.id,
        subject_name=person.name,
        house=house_of(person),
        since=village_day(case.submitted_at),
        deliver_by=told_days.last_day(case),
        print_job_id=slip.print_job_id if slip else None,
        printed_on=village_day(slip.printed_at) if slip else None,
        mine_to_write=mine,
    )
