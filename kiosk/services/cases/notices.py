"""Telling a person what was reported about them, and taking down the answer (charter 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from kiosk.core.errors import ExpectedError
from kiosk.core.texts import Texts
from kiosk.models.cases import Case
from kiosk.services.access import acting
from kiosk.services.access.acting import Acting
from kiosk.services.cases import reaching, telling, third_party_names
from kiosk.services.cases.decisions import decisions_of
from kiosk.services.cases.flow import told_days
from kiosk.services.cases.flow.advance import advance
from kiosk.services.cases.flow.standing import (
    checked_words,
    load,
    name_of,
    signed_points,
    time_is_over,
)
from kiosk.services.cases.views.officer_view import MoveLine
from kiosk.services.village import Village
from kiosk.services.work import Work

Needs = Literal["accept", "reply", "read"]
REPLY_CHOICES: tuple[str, ...] = ("agree", "put_right", "not_so", "not_me", "own_words")
"""Listed replies; words at ``reports.reply_…``. ``own_words`` needs words."""
LONGEST_REPLY = 400
_WAITING = ("submitted", "noticed")


@dataclass(frozen=True, kw_only=True)
class NoticeLine:
    """One thing to be told; `points` is signed; `from_whom` is empty when it is sealed."""

    case_id: int
    reference: str
    kind: str
    title: Texts
    points: int
    happened_on: date
    part_of_day: str
    place: str
    hours: int
    reminder: bool
    """The first concern of its kind that stands takes no points."""
    words: str
    from_whom: str
    thanks: str
    """The picture of thanks, where whoever was helped said it with one."""
    needs: Needs
    reply_until: date | None
    state: str
    decisions: tuple[MoveLine, ...] = ()
    """What was decided, of a notice that is to be read."""
    outcome: str = ""
    """Of a notice that is to be read: words at ``my_record.outcome_<kind>_<outcome>``."""
    may_appeal: bool = False
    """The person can appeal until `reply_until`, once they have read it."""


def notices(village: Village, session_id: str) -> tuple[NoticeLine, ...]:
    """What is new about the signed-in person, oldest first.

    Of what was decided only what they have not acknowledged yet; a good deed that counts is no
    news here: it stands in their sum.
    """
    with acting.reading(village, session_id) as work:
        return notices_in(work)


def notices_in(work: Acting) -> tuple[NoticeLine, ...]:
    """As `notices`, in the caller's unit."""
    now, me = work.now, work.who.resident_id
    question = (
        select(Case)
        .where(Case.subject_id == me, or_(Case.kind == "concern", Case.state != "effective"))
        .where(reaching.reaches_somebody())
        .order_by(Case.submitted_at, Case.id)
        .options(joinedload(Case.rule_version), selectinload(Case.moves))
    )
    found = work.session.scalars(question)
    return tuple(_line(work.session, case, now) for case in found if _is_new(case, now))


def mark_noticed(village: Village, session_id: str, case_id: int, touch: str) -> NoticeLine:
    """The person saw the notice on screen: from now on the time to reply runs.

    Harmless when they saw it before.

    Raises:
        ExpectedError: ``unknown_case``, ``case_moved_on``.
    """
    with acting.once(village, session_id, touch, "mark_noticed", case_id) as work:
        me = work.who.resident_id
        case = _about(work.session, case_id, me, to_move=work.known is None)
        if work.known is None:
            _notice(work, case, me)
            work.remember({"reference": case.reference})
        return _line(work.session, case, work.now)


def acknowledge(village: Village, session_id: str, case_id: int, touch: str) -> str:
    """The person read on the screen what was decided: they are told; the reference.

    The days to appeal run from today. Harmless when they were told before.

    Raises:
        ExpectedError: ``unknown_case``, ``case_moved_on`` when it was too late: it lapsed.
    """
    with acting.once(village, session_id, touch, "acknowledge", case_id) as work:
        me = work.who.resident_id
        if work.known is not None:
            return str(work.known["reference"])
        case = load(work.session, case_id, to_move=True)
        if case.subject_id != me:
            raise ExpectedError("unknown_case")
        if telling.news_of(case) is not None:
            advance(work, case, "tell", "subject", actor_id=me)
        work.remember({"reference": case.reference})
        return case.reference


def accept_nomination(village: Village, session_id: str, case_id: int, touch: str) -> str:
    """The person named wants the deed to be looked at; the reference.

    Raises:
        ExpectedError: ``unknown_case``, ``case_moved_on``, ``illegal_move``.
    """
    return _answer(village, session_id, case_id, touch, "accept")


def decline_nomination(village: Village, session_id: str, case_id: int, touch: str) -> str:
    """The person named does not want it recorded: the case ends; the reference.

    Raises:
        ExpectedError: as `accept_nomination`.
    """
    return _answer(village, session_id, case_id, touch, "decline_nomination")


def reply(
    village: Village, session_id: str, case_id: int, choice: str, words: str, touch: str
) -> str:
    """The person answers a concern; the reference.

    Raises:
        ExpectedError: ``reply_missing``, ``words_refused`` (term), ``words_name_somebody`` (name),
            ``unknown_case``, ``reply_over`` when the time to reply is over, ``case_moved_on``,
            ``illegal_move``.
    """
    if choice not in REPLY_CHOICES:
        raise ExpectedError("reply_missing")
    return _answer(village, session_id, case_id, touch, "reply", choice, words)


def checked_reply(session: Session, case: Case, choice: str, words: str) -> str:
    """The words of a reply that may stand.

    Nobody but the person may be named in it: if the reporter could be, trying names would show
    who it was.

    Raises:
        ExpectedError: ``reply_missing``, ``words_refused`` (term), ``words_name_somebody`` (name).
    """
    if choice not in REPLY_CHOICES:
        raise ExpectedError("reply_missing")
    said = checked_words(words, LONGEST_REPLY)
    if choice == "own_words" and not said:
        raise ExpectedError("reply_missing")
    third_party_names.refuse(session, said, (case.subject_id,))
    return said


def write_reply(village: Village, case: Case, choice: str, words: str) -> None:
    """Keep a reply with its case."""
    case.reply_choice, case.reply_words = choice, words
    case.replied_at = village.clock.now()


def _answer(
    village: Village,
    session_id: str,
    case_id: int,
    touch: str,
    move: str,
    choice: str = "",
    words: str = "",
) -> str:
    with acting.once(village, session_id, touch, move, case_id) as work:
        me = work.who.resident_id
        if work.known is not None:
            return str(work.known["reference"])
        case = _about(work.session, case_id, me, to_move=True)
        if choice:
            _check_in_time(case, work.now)
        said = checked_reply(work.session, case, choice, words) if choice else ""
        _notice(work, case, me)
        also = {"choice": choice, "words": said} if choice else {}
        advance(work, case, move, "subject", actor_id=me, also=also)
        if choice:
            write_reply(village, case, choice, said)
        work.remember({"reference": case.reference})
        return case.reference


def _check_in_time(case: Case, now: datetime) -> None:
    waiting = case.kind == "concern" and case.state == "noticed"
    if case.state == "reply_time_over" or (waiting and time_is_over(case, now)):
        raise ExpectedError("reply_over")


def _notice(work: Work, case: Case, me: int) -> None:
    """Whoever answers has seen it: the notice goes before the answer in the ledger."""
    if case.state == "submitted":
        advance(work, case, "notice", "subject", actor_id=me)
        case.noticed_at = work.now
        work.session.flush()


def _about(session: Session, case_id: int, me: int, *, to_move: bool) -> Case:
    """A case that somebody else reported about this person; any other is unknown to them."""
    case = load(session, case_id, to_move=to_move)
    if case.subject_id != me or case.reporter_id == me:
        raise ExpectedError("unknown_case")
    reaching.check(session, case)
    return case


def _is_new(case: Case, now: datetime) -> bool:
    if case.state in _WAITING and case.subject_id != case.reporter_id:
        return True
    news = telling.news_of(case)
    if news is None or time_is_over(case, now):
        return False
    return telling.is_fresh(case, news, now)


def _line(session: Session, case: Case, now: datetime) -> NoticeLine:
    concern, own = case.kind == "concern", case.subject_id == case.reporter_id
    needs: Needs = "reply" if concern else "accept"
    news = telling.news_of(case)
    until = telling.appeal_until(case, now) if news else case.due_at
    return NoticeLine(
        case_id=case.id,
        reference=case.reference,
        kind=case.kind,
        title=case.rule_version.title,
        points=signed_points(case),
        happened_on=case.happened_on,
        part_of_day=case.part_of_day,
        place=case.place,
        hours=case.hours,
        words=case.words,
        reminder=concern and case.rule_version.reminder,
        from_whom="" if concern or own else name_of(session, case.reporter_id),
        thanks=case.thanks,
        needs="read" if news else needs,
        reply_until=told_days.told(case, until),
        state=case.state,
        decisions=tuple(decisions_of(session, case)) if case.state in _WITH_REASONS else (),
        outcome=telling.outcome_of(case) if news else "",
        may_appeal=news is not None and until is not None,
    )


_WITH_REASONS = frozenset({"countersigned", "declined", "upheld", "overturned", "effective"})
"""What ended without anybody deciding has no reason to read."""
