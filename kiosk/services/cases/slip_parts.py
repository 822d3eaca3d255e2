"""What the slips about a case are made of: facts, what happens next, how to disagree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kiosk.core.catalogue import Language
from kiosk.core.days import plain, said_day
from kiosk.models.cases import Case
from kiosk.services.cases.flow.standing import signed_points
from kiosk.services.check import kinds
from kiosk.services.printing import addressed, queue
from kiosk.services.village import Village
from kiosk.services.work import Work

if TYPE_CHECKING:  # drawing is slow to import and not needed to queue a slip's words
    from kiosk.documents.slip import Said, SlipLine


@dataclass(frozen=True)
class Step:
    """One sentence of what comes next, by catalogue keys; `lead_key` stands before it in bold."""

    key: str
    values: tuple[object, ...] = ()
    lead_key: str = ""


def day_words(village: Village, day: date, language: Language) -> str:
    """A day as people write it, e.g. ``2026年11月30日`` or ``30 November 2026``, for paper."""
    words = village.catalogue
    return plain(said_day(lambda key, *values: words.text(key, language, *values), day))


def points_words(points: int) -> str:
    """Points with their sign; the true minus stands as wide as the plus."""
    return f"+{points}" if points > 0 else f"−{-points}"


def queue_slip(
    work: Work,
    case: Case,
    kind: str,
    who: addressed.Reader,
    facts: Callable[[Language], tuple[str, ...]],
    steps: tuple[Step, ...],
    covers: int,
    *,
    folded: bool = True,
) -> int:
    """Queue a slip in the transaction that made it necessary; the print job's id.

    `folded`: what is for the person whom the case is about is folded up, a good deed like a
    concern, so that nobody learns which of the two it is from the outside.
    """

    def say(language: Language) -> Said:
        from kiosk.documents.slip import Said

        told = tuple(_line(work.village, step, language) for step in steps)
        return Said(language, facts(language), told)

    slip = addressed.slip_for(work.village, who, kind, case.reference, say, folded=folded)
    lines = kinds.OF_A_CASE.write(
        kind=kind, reference=case.reference, entry=case.moves[-1].ledger_index
    )
    return queue.enqueue_slip(work, slip, covers, lines, case_id=case.id)


def case_fact(village: Village, case: Case, language: Language) -> str:
    """The first fact of every slip: what it is about."""
    rule = case.rule_version
    title = rule.title.said(language)
    return village.catalogue.text(f"reports.slip_{case.kind}", language, title)


def points_fact(village: Village, case: Case, language: Language) -> tuple[str, ...]:
    """Its points, unless it ended in a way that gives and takes none; for how many hours.

    Of a concern whose rule reminds first, that the first one takes none.
    """
    if case.state in _WITHOUT_POINTS[case.kind]:
        return ()
    words = village.catalogue
    said = [words.text("reports.slip_points", language, points_words(signed_points(case)))]
    if case.hours:
        said.append(words.text("rule_changes.hours_from", language, case.hours))
    if case.rule_version.reminder and case.state not in _COUNTED:
        said.append(words.text("rule_changes.reminds", language))
    return tuple(said)


_COUNTED = frozenset({"effective"})
"""When the sum on the screen says whether the first one took any."""


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
