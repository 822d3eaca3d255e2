"""An appeal: it suspends the effect at once, and a panel of three is drawn by lot to hear it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import select

from kiosk.core.catalogue import CHINESE, Language
from kiosk.core.errors import ExpectedError
from kiosk.core.texts import Texts
from kiosk.models.cases import Case
from kiosk.services.access import acting
from kiosk.services.cases import panel_draw, slips, telling, third_party_names
from kiosk.services.cases.decisions import DECIDED_BY_OFFICERS, decisions_of
from kiosk.services.cases.flow import due_dates, table, told_days
from kiosk.services.cases.flow.advance import advance
from kiosk.services.cases.flow.standing import (
    checked_words,
    load,
    signed_points,
    state_of,
    time_is_over,
    track_of,
)
from kiosk.services.cases.views.officer_view import MoveLine, reply_taken_by
from kiosk.services.cases.views.own_view import may_say_put_right
from kiosk.services.check import papers
from kiosk.services.check.papers import PaperCheck
from kiosk.services.village import Village
from kiosk.services.work import Work

LONGEST_APPEAL = 400
GROUNDS: dict[str, tuple[str, ...]] = {
    "concern": (
        "reports.ground_not_so",
        "reports.ground_not_me",
        "reports.ground_put_right",
        "reports.ground_unheard",
        "reports.ground_new",
        "reports.ground_other",
    ),
    "deed": (
        "reports.ground_done",
        "reports.ground_rule",
        "reports.ground_unheard",
        "reports.ground_new",
        "reports.ground_other",
    ),
}
"""Listed grounds by kind of case; the last one says no more than that one does not agree."""


@dataclass(frozen=True, kw_only=True)
class AppealPage:
    """A decision about the signed-in person, and whether it can be appealed now.

    `why_not` has words at ``my_record.no_appeal_<code>`` and is empty while an appeal is open:
    ``late``, ``heard`` (appealed before), ``under_way``, ``not_decided``, ``closed``.
    """

    case_id: int
    reference: str
    kind: str
    state: str
    title: Texts
    points: int
    """Signed."""
    happened_on: date
    part_of_day: str
    place: str
    hours: int
    words: str
    decisions: tuple[MoveLine, ...]
    """The officers' by name; of a panel only what it said."""
    why_not: str
    open_until: date | None
    """The last day to appeal; of a decision that is told now, from today on."""
    panel_by: date
    """The last day on which a panel can decide: of this appeal, or of one handed in today."""
    grounds: tuple[str, ...]
    may_put_right: bool
    """True while the person can say that they put it right."""
    reply_choice: str = ""
    """``reports.reply_<choice>``, or empty."""
    reply_words: str = ""
    reply_taken_by: str = ""
    """The clerk who wrote the reply down and read it back; empty when the person did it."""


@dataclass(frozen=True)
class AppealMade:
    """An appeal that was handed in, and the print job of its slip."""

    reference: str
    print_job_id: int | None


def appeal(
    village: Village,
    session_id: str,
    case_id: int,
    words: str,
    touch: str,
    language: Language = CHINESE,
    *,
    ground: str = "",
) -> AppealMade:
    """The person does not agree with a decision, for a listed ground or without saying why.

    A panel has 14 days. If it stays silent, a concern lapses, and a declined deed goes back to
    the desk.

    Raises:
        ExpectedError: ``unknown_case``, ``appeal_over`` (too late, or a second one),
            ``case_moved_on``, ``ground_missing`` for a ground that is not listed,
            ``words_refused`` (term), ``words_name_somebody`` (name).
    """
    said = checked_words(words, LONGEST_APPEAL)
    with acting.once(village, session_id, touch, "appeal", case_id) as work:
        me = work.who.resident_id
        if work.known is not None:
            return AppealMade(**work.known)
        case = load(work.session, case_id, to_move=True)
        if case.subject_id != me:
            raise ExpectedError("unknown_case")
        if ground and ground not in GROUNDS[case.kind]:
            raise ExpectedError("ground_missing")
        _check_open(case, work.now)
        third_party_names.refuse(work.session, said, (me,))
        if telling.news_of(case) is not None:  # whoever appeals knows what was decided
            advance(work, case, "tell", "subject", actor_id=me)
        made = advance(
            work,
            case,
            "appeal",
            "subject",
            actor_id=me,
            reason=ground,
            sentence=said,
            language=language,
        )
        panel_draw.draw(work, case)  # with too few people now, it is tried again by the timer
        answer = AppealMade(case.reference, made.print_job_id)
        work.remember(asdict(answer))
        return answer


def _check_open(case: Case, now: datetime) -> None:
    """Once there was a decision to appeal against, what is over is said to be over."""
    if telling.may_appeal(case, now):
        return
    if any(move.to_state in _DECIDED for move in case.moves):
        raise ExpectedError("appeal_over")
    table.require(state_of(case), track_of(case), "appeal", "subject")


_DECIDED = frozenset({"countersigned"}) | {
    state for row in table.MOVES if row.name == "appeal" for state in row.from_states
}


def appeal_page(village: Village, session_id: str, case_id: int) -> AppealPage:
    """The decisions on a case of one's own, and whether they can be appealed.

    Raises:
        ExpectedError: ``unknown_case`` for any case that is not about the signed-in person.
    """
    with acting.reading(village, session_id) as work:
        me = work.who.resident_id
        case = load(work.session, case_id)
        if case.subject_id != me or case.forgotten_at is not None:
            raise ExpectedError("unknown_case")
        return _page(work, case)


def opens_appeal(found: PaperCheck, told: slips.CaseSlipFacts | None) -> bool:
    """True for a genuine slip of a decision that could be appealed when it was printed.

    Read from the slip's own lines alone, so that holding it tells nobody how the case stands now.
    """
    if found.verdict != "genuine" or told is None or told.kind != "decision":
        return False
    return told.state == "countersigned" or (told.state == "declined" and told.points > 0)


def case_of_slip(village: Village, session_id: str, scanned: str) -> int:
    """The case of one's own slip, by its QR: where an appeal from paper begins.

    Raises:
        ExpectedError: ``slip_not_yours`` for any text that is not a genuine slip about the
            signed-in person.
    """
    found = papers.check_paper(village, scanned)
    with acting.reading(village, session_id) as work:
        me = work.who.resident_id
        mine = select(Case.id).where(Case.reference == found.reference, Case.subject_id == me)
        case_id = work.session.scalar(mine)
    if case_id is None or found.verdict != "genuine":
        raise ExpectedError("slip_not_yours")
    return case_id


def _page(work: Work, case: Case) -> AppealPage:
    now = work.now
    why_not = _why_not(case, now)
    until = telling.appeal_until(case, now)
    appealed = case.due_at if case.state == "appealed" else None
    hall = told_days.hall_of(case)
    panel_due = appealed or due_dates.due_at(now, "appealed", table.PANEL_DAYS, None, hall) or now
    return AppealPage(
        case_id=case.id,
        reference=case.reference,
        kind=case.kind,
        state=case.state,
        title=case.rule_version.title,
        points=signed_points(case),
        happened_on=case.happened_on,
        part_of_day=case.part_of_day,
        place=case.place,
        hours=case.hours,
        words=case.words,
        decisions=tuple(decisions_of(work.session, case)),
        why_not=why_not,
        open_until=told_days.told(case, until),
        panel_by=due_dates.last_day(panel_due, hall),
        grounds=GROUNDS[case.kind],
        may_put_right=may_say_put_right(case),
        reply_choice=case.reply_choice,
        reply_words=case.reply_words,
        reply_taken_by=reply_taken_by(work.session, case),
    )


def _why_not(case: Case, now: datetime) -> str:
    state, track = state_of(case), track_of(case)
    if state == "appealed" and not time_is_over(case, now):
        return "under_way"
    if telling.appealed_before(case):
        return "heard"
    if telling.may_appeal(case, now):
        return ""
    if table.allowed(state, track, "appeal", "subject"):
        return "late"
    if case.kind == "concern" and state == "effective":
        return "late"
    decided = any(made.move in DECIDED_BY_OFFICERS for made in case.moves)
    return "closed" if decided and state != "decided" else "not_decided"
