"""What the slips of this room say: reference, facts, what happens next, how to disagree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.catalogue import Language
from kiosk.core.clock import village_day
from kiosk.core.days import plain, said_day
from kiosk.core.texts import Texts, same_in_all
from kiosk.models.ledger import LedgerEntry
from kiosk.models.reports import Case
from kiosk.models.rulebook import RuleVersion
from kiosk.services.cases.flow.standing import signed_points
from kiosk.services.check import kinds
from kiosk.services.ledger import log
from kiosk.services.printing import addressed, queue
from kiosk.services.village import Village

if TYPE_CHECKING:  # drawing is slow to import and not needed to queue a slip's words
    from kiosk.documents.slip import Said, SlipLine


@dataclass(frozen=True)
class Step:
    """One sentence of what comes next, by catalogue keys; `lead_key` stands before it in bold."""

    key: str
    values: tuple[object, ...] = ()
    lead_key: str = ""


@dataclass(frozen=True)
class CaseSlipFacts:
    """What the signed lines of a slip about a case say; `points` is signed."""

    kind: str
    reference: str
    title: Texts
    points: int
    state: str
    on: str
    """A day, as YYYY-MM-DD."""


def day_words(village: Village, day: date, language: Language) -> str:
    """A day as people write it, e.g. ``2026年11月30日`` or ``30 November 2026``, for paper."""
    words = village.catalogue
    return plain(said_day(lambda key, *values: words.text(key, language, *values), day))


def points_words(points: int) -> str:
    """Points with their sign; the true minus stands as wide as the plus."""
    return f"+{points}" if points > 0 else f"−{-points}"


def queue_slip(
    session: Session,
    village: Village,
    case: Case,
    kind: str,
    who: addressed.Reader,
    facts: Callable[[Language], tuple[str, ...]],
    steps: tuple[Step, ...],
    covers: int,
) -> int:
    """Queue a slip in the transaction that made it necessary; the print job's id.

    What is for the person whom the case is about is folded up, a good deed like a concern, so that
    nobody learns which of the two it is from the outside.
    """

    def say(language: Language) -> Said:
        from kiosk.documents.slip import Said

        told = tuple(_line(village, step, language) for step in steps)
        return Said(language, facts(language), told)

    folded = kind != "receipt"
    slip = addressed.slip_for(village, who, kind, case.reference, say, folded=folded)
    lines = kinds.OF_A_CASE.write(
        kind=kind, reference=case.reference, entry=case.moves[-1].ledger_index
    )
    return queue.enqueue_slip(session, village, slip, covers, lines)


def case_fact(village: Village, case: Case, language: Language) -> str:
    """The first fact of every slip: what it is about."""
    rule = case.rule_version
    title = rule.title.said(language)
    return village.catalogue.text(f"reports.slip_{case.kind}", language, title)


def points_fact(village: Village, case: Case, language: Language) -> tuple[str, ...]:
    """Its points, unless it ended in a way that gives and takes none."""
    if case.state in _WITHOUT_POINTS[case.kind]:
        return ()
    points = points_words(signed_points(case))
    return (village.catalogue.text("reports.slip_points", language, points),)


_WITHOUT_POINTS = {
    "deed": frozenset({"declined", "upheld", "overturned", "lapsed"}),
    "concern": frozenset({"declined", "withdrawn", "overturned", "lapsed", "ended"}),
}
"""The states in which a case counts for nothing and never will."""


def submitted_fact(village: Village, case: Case, language: Language) -> str:
    """When the report was handed in."""
    return plain(village.catalogue.text("reports.slip_submitted", language, case.submitted_at))


def _line(village: Village, step: Step, language: Language) -> SlipLine:
    from kiosk.documents.slip import SlipLine

    values = tuple(
        day_words(village, each, language) if isinstance(each, date) else each
        for each in step.values
    )
    lead = village.catalogue.text(step.lead_key, language) if step.lead_key else ""
    return SlipLine(village.catalogue.text(step.key, language, *values), lead)


_KINDS = frozenset({"receipt", "decision", "notice", "appeal"})


def told_by(village: Village, lines: tuple[str, ...]) -> CaseSlipFacts | None:
    """What a slip's signed lines say of a case.

    None for any other paper, and for a slip whose case was erased since.
    """
    kind, values = kinds.read(lines) or (None, {})
    if values.get("kind") not in _KINDS:
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
