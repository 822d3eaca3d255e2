"""The slips about a case, and what is read back from one that is held before a scanner.

A new slip is a function here and a row of `SLIPS`, its words, and the move that prints it in the
table of `flow`; its name is at ``paper.kind_<kind>``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.catalogue import Language
from kiosk.core.clock import village_day
from kiosk.core.texts import Texts, same_in_all
from kiosk.models.cases import Case
from kiosk.models.ledger import LedgerEntry
from kiosk.models.rulebook import RuleVersion
from kiosk.services.cases import decision_slip, slip_parts
from kiosk.services.cases.flow import due_dates, table, told_days
from kiosk.services.cases.flow.standing import signed_points, track_of
from kiosk.services.cases.flow.table import Track
from kiosk.services.cases.slip_parts import Step
from kiosk.services.check import kinds
from kiosk.services.ledger import log
from kiosk.services.open_days import of_village, open_days
from kiosk.services.printing import addressed
from kiosk.services.village import Village
from kiosk.services.work import Work

Queue = Callable[[Work, Case, int, Language], int]
"""Queues a slip about an entry of the log; its print job. The language is that of whoever stands
before the screen; what is for somebody else is in theirs."""

NEXT_KEYS: dict[Track, str] = {
    "own_deed": "reports.next_own_deed",
    "nomination": "reports.next_nomination",
    "concern": "reports.next_concern",
}
"""What the reporter is told happens next; its %1 is a day."""


def receipt(work: Work, case: Case, covers: int, language: Language) -> int:
    """What was handed in and what happens next, for whoever handed it in."""
    track = track_of(case)
    # Nobody's name stands on the receipt of a concern: lost, it would tell who raised it.
    named = None if track == "concern" else case.reporter_id
    return slip_parts.queue_slip(
        work,
        case,
        "receipt",
        addressed.Reader((language,), named),
        lambda tongue: (
            slip_parts.case_fact(work.village, case, tongue),
            *slip_parts.points_fact(work.village, case, tongue),
            slip_parts.submitted_fact(work.village, case, tongue),
        ),
        (Step(NEXT_KEYS[track], (told_day(case),)), *_further_steps(track)),
        covers,
        folded=False,
    )


def comes_next(village: Village, track: Track) -> tuple[str, date]:
    """What happens next to a report that is handed in now: words, and the day by which it does."""
    row = table.require("draft", track, "hand_in", "reporter")
    hall = of_village(village)
    ends = due_dates.due_at(village.clock.now(), row.leads_to("draft"), row.deadline, None, hall)
    if ends is None:
        raise ValueError("a report that was handed in has a day by which it is looked at")
    return NEXT_KEYS[track], due_dates.last_day(ends, hall)


def told_day(case: Case) -> date:
    """The day by which something happens to what was handed in."""
    day = told_days.last_day(case)
    if day is None:
        raise ValueError("a report that was handed in has a day by which it is looked at")
    return day


def _further_steps(track: Track) -> tuple[Step, ...]:
    if track == "concern":
        return (Step("reports.next_concern_private"),)
    return (Step("reports.next_result_slip"),)


def notice(work: Work, case: Case, covers: int, _language: Language) -> int:
    """What somebody is told was reported of them, and what they can do; a clerk hands it over."""

    def facts(language: Language) -> tuple[str, ...]:
        words, day = (
            work.village.catalogue,
            slip_parts.day_words(work.village, case.happened_on, language),
        )
        said = [
            slip_parts.case_fact(work.village, case, language),
            *slip_parts.points_fact(work.village, case, language),
            words.text("reports.slip_happened", language, day),
        ]
        said += [words.text("reports.slip_words", language, case.words)] if case.words else []
        return tuple(said)

    steps: tuple[Step, ...] = (Step("reports.next_accept_by", (_accept_by(case),)),)
    if case.kind == "concern":
        steps = (
            Step("reports.next_reply_by", (_reply_by(work),)),
            Step("reports.next_nothing_yet"),
            Step("reports.next_put_right"),
        )
    who = addressed.reader(work, case.subject_id)
    return slip_parts.queue_slip(work, case, "notice", who, facts, steps, covers)


def _reply_by(work: Work) -> date:
    """The day if it is handed over today; handed over later, there is more time."""
    hall = open_days(work.session)
    return hall.told(hall.next_open(work.today + timedelta(days=table.REPLY_DAYS)))


def _accept_by(case: Case) -> date:
    day = told_days.last_day(case)
    if day is None:
        raise ValueError("a nomination waits for acceptance until a day")
    return day


def appeal(work: Work, case: Case, covers: int, language: Language) -> int:
    """That an appeal was handed in, and that it suspends the effect, for whoever appealed."""
    day = told_days.last_day(case)
    return slip_parts.queue_slip(
        work,
        case,
        "appeal",
        addressed.Reader((language,), case.subject_id),
        lambda tongue: (slip_parts.case_fact(work.village, case, tongue),),
        (Step("reports.next_appeal", (day,)), Step("reports.next_suspended")),
        covers,
    )


SLIPS: Final[dict[str, Queue]] = {
    "receipt": receipt,
    "decision": decision_slip.queue,
    "notice": notice,
    "appeal": appeal,
}


@dataclass(frozen=True, kw_only=True)
class CaseSlipFacts:
    """What the signed lines of a slip about a case say; `points` is signed."""

    kind: str
    reference: str
    title: Texts
    points: int
    state: str
    on: str
    """A day, as YYYY-MM-DD."""


def told_by(village: Village, lines: tuple[str, ...]) -> CaseSlipFacts | None:
    """What a slip's signed lines say of a case.

    None for any other paper, and for a slip whose case was erased since.
    """
    kind, values = kinds.read(lines) or (None, {})
    if values.get("kind") not in SLIPS:
        return None  # no slip of a case, or one of a kind that this version does not know
    with village.read() as session:
        if kind is kinds.OF_A_CASE:
            return _told_by_entry(session, values)
        return _told_by_words(session, values) if kind is kinds.OF_A_CASE_0_1 else None


def _told_by_entry(session: Session, found: kinds.Values) -> CaseSlipFacts | None:
    """What the entry says, and only that: not how the case stands today."""
    reference, index = found["reference"], int(found["entry"])
    content = log.content_of(session, index)
    case = session.scalar(select(Case).where(Case.reference == reference))
    if content is None or case is None or content.get("reference") != reference:
        return None
    return CaseSlipFacts(
        kind=found["kind"],
        reference=reference,
        title=case.rule_version.title,
        points=signed_points(case),
        state=str(content["to"]),
        on=village_day(session.get_one(LedgerEntry, index).at).isoformat(),
    )


def _told_by_words(session: Session, found: kinds.Values) -> CaseSlipFacts:
    rule = select(RuleVersion).where(RuleVersion.rule == found["rule"])
    row = session.scalar(rule.order_by(RuleVersion.id.desc()).limit(1))
    return CaseSlipFacts(
        kind=found["kind"],
        reference=found["reference"],
        title=row.title if row else same_in_all(found["rule"]),
        points=int(found["points"]),
        state=found["state"],
        on=found["day"],
    )
