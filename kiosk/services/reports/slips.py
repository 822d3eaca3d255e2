"""What the slips of this room say: reference, facts, what happens next, how to disagree."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.catalogue import Language
from kiosk.core.clock import village_day
from kiosk.core.days import plain, said_day
from kiosk.models.reports import Case
from kiosk.models.rulebook import RuleVersion
from kiosk.services import printing
from kiosk.services.reports.cases import signed_points
from kiosk.services.village import Village

if TYPE_CHECKING:  # drawing is slow to import and not needed to queue a slip's words
    from kiosk.documents.slip import SlipKind, SlipLine


@dataclass(frozen=True)
class Step:
    """One sentence of what comes next, by catalogue keys; `lead_key` stands before it in bold."""

    key: str
    values: tuple[object, ...] = ()
    lead_key: str = ""


@dataclass(frozen=True)
class NoteTold:
    """What the signed lines of a slip about a case say; `points` is signed."""

    kind: str
    reference: str
    title_zh: str
    title_en: str
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
    kind: SlipKind,
    facts: tuple[str, ...],
    steps: tuple[Step, ...],
    covers: int,
    language: Language,
) -> int:
    """Queue a slip in the transaction that made it necessary; the print job's id."""
    from kiosk.documents.slip import Slip

    slip = Slip(
        village_zh=village.settings.name_zh,
        village_en=village.settings.name_en,
        language=language,
        kind=kind,
        reference=case.reference,
        facts=facts,
        next_steps=tuple(_line(village, step, language) for step in steps),
        qr_text="",
    )
    return printing.enqueue_slip(session, village, slip, covers, _note_lines(village, case, kind))


def case_fact(village: Village, case: Case, language: Language) -> str:
    """The first fact of every slip: what it is about, and its points."""
    rule = case.rule_version
    title = rule.title_zh if language == "zh" else rule.title_en
    key = f"reports.slip_{case.kind}"
    return village.catalogue.text(key, language, title, points_words(signed_points(case)))


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


def _note_lines(village: Village, case: Case, kind: str) -> tuple[str, ...]:
    """The facts that are signed with the slip: readable by any phone, and nobody's name."""
    today = village_day(village.clock.now())
    sign = "-" if case.kind == "concern" else "+"
    return (
        f"{kind} {case.reference}",
        f"rule {case.rule_version.rule} {sign}{case.rule_version.points}",
        f"state {case.state} on {today.isoformat()}",
    )


_NOTE = re.compile(
    r"(?P<kind>receipt|decision|notice|appeal) (?P<reference>\d{4}-\d{4,})\n"
    r"rule (?P<rule>[a-z0-9_]+) (?P<points>[+-]\d+)\n"
    r"state (?P<state>[a-z_]+) on (?P<on>\d{4}-\d{2}-\d{2})",
    re.ASCII,
)
"""What `_note_lines` writes."""


def told_by(village: Village, lines: tuple[str, ...]) -> NoteTold | None:
    """What a slip's signed lines say of a case; None for any other paper."""
    found = _NOTE.fullmatch("\n".join(lines))
    if found is None:
        return None
    rule = select(RuleVersion).where(RuleVersion.rule == found["rule"])
    with village.read() as session:
        row = session.scalar(rule.order_by(RuleVersion.id.desc()).limit(1))
        titles = (row.title_zh, row.title_en) if row else (found["rule"], found["rule"])
    points, told = int(found["points"]), (found["state"], found["on"])
    return NoteTold(found["kind"], found["reference"], *titles, points, *told)
