"""The papers of this terminal, newest first: one line for each, with its reprints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.models.printing import PrintJob
from kiosk.models.register import Household
from kiosk.models.stars import DoorSign
from kiosk.services.access import acting, roles
from kiosk.services.access.sessions import SignedIn
from kiosk.services.printing import reprints
from kiosk.services.printing.in_hand import NOT_KEPT
from kiosk.services.printing.queue import ACTIVE, JobView, view_of
from kiosk.services.village import Village
from kiosk.services.work import Work

_LISTED: Final = 50
_READ: Final = 200
"""So many prints are read for the list: a paper with its reprints is one line of it."""

_RECENT: Final = timedelta(days=3)
_SETTLED: Final = ("called_off", "erased")
"""Reasons for which a paper did not come out, and is not missed."""

About = Literal["case", "house", "person", "village"]


_OF_THE_VILLAGE = frozenset(
    {"checkpoint", "rule_poster", "calendar", "round", "closing", "visit_sheet"}
    | {"sign_list", "offset_sheet"}
)


@dataclass(frozen=True, kw_only=True)
class PaperLine:
    """A paper as it stands by its newest print, `job`; `prints` counts them all.

    `kind` has its words at ``paper.kind_<kind>``, `ended` at ``printing.ended_<ended>``. A paper
    about a case says no more of whom it concerns. `again`: this official may print it again, which
    takes a purpose if `asks`.
    """

    job: JobView
    kind: str
    asked_at: datetime
    about: About
    lane: str
    number: str
    prints: int
    ended: str
    again: bool
    asks: bool


def archive(village: Village, session_id: str) -> tuple[PaperLine, ...]:
    """The last fifty papers of this terminal, newest print first.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    here = PrintJob.terminal == village.settings.terminal
    newest = select(PrintJob).where(here).order_by(PrintJob.id.desc()).limit(_READ)
    with acting.reading(village, session_id, *roles.holders("tend_printer")) as work:
        person = work.who
        papers = _papers(work.session.scalars(newest))
        return tuple(_line(work, person, prints) for prints in papers[:_LISTED])


def wanting_a_look(work: Work) -> int:
    """How many of this terminal's papers of the last days are stuck, or may not have come out."""
    since = work.now - _RECENT
    here = (PrintJob.terminal == work.village.settings.terminal) & (PrintJob.created_at >= since)
    newest = select(PrintJob).where(here).order_by(PrintJob.id.desc()).limit(_READ)
    return sum(_wants_a_look(prints[0]) for prints in _papers(work.session.scalars(newest)))


def _wants_a_look(job: PrintJob) -> bool:
    if job.phase in ACTIVE:
        return job.reason != ""
    return job.phase == "unknown" or (job.phase == "failed" and job.reason not in _SETTLED)


def _papers(jobs: Iterable[PrintJob]) -> list[list[PrintJob]]:
    """The prints of each paper, in the order of the newest."""
    found: dict[tuple[str, str, int | None], list[PrintJob]] = {}
    for job in jobs:
        found.setdefault((job.paper, job.reference, job.covers), []).append(job)
    return list(found.values())


def _line(work: Work, person: SignedIn, prints: list[PrintJob]) -> PaperLine:
    job = prints[0]
    kind, ended = reprints.kind_of(job), reprints.ended(work, job)
    about = _about(job, kind)
    lane, number = _house(work.session, job) if about == "house" else ("", "")
    return PaperLine(
        job=view_of(work.village, job),
        kind=kind,
        asked_at=job.created_at,
        about=about,
        lane=lane,
        number=number,
        prints=len(prints),
        ended=ended,
        again=not ended and _is_kept(job) and reprints.may(person, job),
        asks=about != "village",
    )


def _about(job: PrintJob, kind: str) -> About:
    if kind == "door_sign":
        return "house"
    if reprints.is_of_case(job) or kind == "slip":
        return "case"
    return "village" if kind in _OF_THE_VILLAGE else "person"


def _house(session: Session, job: PrintJob) -> tuple[str, str]:
    """Where a sign belongs: by the register, or by what the paper says."""
    sign = select(DoorSign.household_id).where(DoorSign.serial == job.reference)
    home = session.get(Household, session.scalar(sign) or 0)
    if home is not None:
        return home.lane, home.number
    return str(job.payload.get("lane", "")), str(job.payload.get("number", ""))


def _is_kept(job: PrintJob) -> bool:
    return job.phase not in ACTIVE and bool(job.payload) and job.paper not in NOT_KEPT
