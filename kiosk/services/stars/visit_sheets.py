"""The sheets that inspectors walk with, and those that are left at the door: queued to be printed.

They bear a house and no name. In the queue each is a job of its own, in the order in which they
were asked for, so that a batch in walking order comes out in it and goes on after a jam where it
stopped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kiosk.core.catalogue import Language, catalogue
from kiosk.core.errors import ExpectedError
from kiosk.core.houses import house_words
from kiosk.models.rounds import Visit as VisitRow
from kiosk.models.rounds import VisitRound
from kiosk.services.access import acting
from kiosk.services.access.roles import holders
from kiosk.services.printing import queue
from kiosk.services.printing.papers import payload_of
from kiosk.services.stars import checklists, visits
from kiosk.services.stars.ratings import PUT_FORWARD_ONLY
from kiosk.services.stars.rubrics import Rubric
from kiosk.services.stars.visits import VisitLine
from kiosk.services.village import Village
from kiosk.services.work import Work

if TYPE_CHECKING:  # drawing is slow to import
    from kiosk.documents.visit_sheet import CheckForm, VisitSheet

FormsOnASheet = Literal[1, 2]


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A household as one of its inspectors, or it itself, is to look at it."""

    code: str
    """As `visits.code_of` gives it."""
    seat: int
    """Whose look; 0 is the household's own."""
    kind: str
    lane: str
    number: str
    year: int
    quarter: int
    rubric: Rubric
    """Of its kind, by which the round was opened."""


def enqueue(work: Work, looks: Sequence[Visit], *, on_a_sheet: FormsOnASheet) -> tuple[int, ...]:
    """Queue their sheets in the caller's transaction, one form on each or two; the print jobs.

    Raises:
        ExpectedError: ``unprintable``.
    """
    return tuple(
        queue.enqueue(
            work,
            paper="visit_sheet",
            reference=looks[start].code,
            media="A4",
            payload=payload_of(sheet(work.village, looks[start : start + on_a_sheet])),
            covers=None,
            note_lines=(),
        )
        for start in range(0, len(looks), on_a_sheet)
    )


def print_mine(
    village: Village, session_id: str, on_a_sheet: FormsOnASheet, touch: str
) -> tuple[int, ...]:
    """Print the signed-in inspector's sheets that are not in yet, in walking order; the print jobs.

    Raises:
        ExpectedError: ``session_over``; ``no_visits`` where nothing is left to look at;
            ``unprintable``.
    """
    with acting.once(village, session_id, touch, "print_visits", on_a_sheet) as work:
        if work.known is not None:
            return tuple(work.known["jobs"])
        lines = [each for each in visits.my_visits_in(work) if not each.scored]
        if not lines:
            raise ExpectedError("no_visits")
        jobs = enqueue(
            work,
            [_visit(work, each) for each in lines],
            on_a_sheet=on_a_sheet,
        )
        work.remember({"jobs": list(jobs)})
        return jobs


def print_own_looks(village: Village, session_id: str, touch: str) -> tuple[int, ...]:
    """Print what is left at the doors: a sheet for each household's own look; the print jobs.

    Two on a sheet, by lane and house; of the households that are still to be looked at and have
    not looked at themselves.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``; ``no_visits`` where there is none;
            ``unprintable``.
    """
    may = holders("enter_sheet")
    with acting.once(village, session_id, touch, "print_own_looks", "", may) as work:
        if work.known is not None:
            return tuple(work.known["jobs"])
        lines = visits.own_looks_in(work)
        if not lines:
            raise ExpectedError("no_visits")
        looks = [_visit(work, each) for each in lines]
        jobs = enqueue(work, looks, on_a_sheet=2)
        work.remember({"jobs": list(jobs)})
        return jobs


def _visit(work: Work, line: VisitLine) -> Visit:
    row = work.session.get_one(VisitRow, line.seat.visit_id)
    of = work.session.get_one(VisitRound, row.round_id)
    return Visit(
        code=line.code,
        seat=line.seat.number,
        kind=line.premises,
        lane=line.house.lane,
        number=line.house.number,
        year=of.year,
        quarter=of.quarter,
        rubric=checklists.named(work.session, of.rubric).of(line.premises),
    )


def sheet(village: Village, looks: Sequence[Visit]) -> VisitSheet:
    """One sheet with a form for each of one or two visits, in the village's language first."""
    from kiosk.documents.visit_sheet import VisitSheet

    first = village.settings.language
    return VisitSheet(
        village=village.settings.name,
        language=first,
        forms=tuple(_form(each, *catalogue().pair(first)) for each in looks),
    )


def _form(of: Visit, first: Language, second: Language) -> CheckForm:
    from kiosk.documents.visit_sheet import CheckForm, CheckItem

    return CheckForm(
        code=of.code,
        seat=of.seat,
        premises=of.kind,
        house=(house_words(of.lane, of.number, first), house_words(of.lane, of.number, second)),
        quarter=(_quarter(of, first), _quarter(of, second)),
        items=tuple(
            CheckItem(each.key, each.dimension, each.text.said(first), each.text.said(second))
            for each in of.rubric.items
        ),
        asked=tuple(sorted(PUT_FORWARD_ONLY)),
    )


def _quarter(of: Visit, language: Language) -> str:
    return catalogue().text(f"paper.sign_quarter_{of.quarter}", language, of.year)
