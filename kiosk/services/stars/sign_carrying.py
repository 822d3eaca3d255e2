"""Signs on their way out of the printer and to their doors: what is out, asked, and listed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final, cast

from sqlalchemy import Select, select

from kiosk.core.catalogue import Language
from kiosk.core.clock import start_of_day
from kiosk.core.errors import ExpectedError
from kiosk.core.houses import House, house_words, number_words
from kiosk.models.printing import PrintJob
from kiosk.models.register import Household
from kiosk.models.stars import DoorSign
from kiosk.services.access import acting, roles
from kiosk.services.ledger import log
from kiosk.services.printing import queue
from kiosk.services.printing.papers import payload_of
from kiosk.services.printing.queue import ACTIVE, Phase
from kiosk.services.register.search import house_place
from kiosk.services.stars.ratings import DIMENSIONS
from kiosk.services.village import Village
from kiosk.services.work import Work

if TYPE_CHECKING:  # drawing is slow to import
    from kiosk.documents.hand_over_list import HandOverList, ListedSign

_MAY: Final = roles.holders("print_sign")
_ASKED: Final = ("unknown", "failed")


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """A sign of which somebody has to say whether it is there, or which did not come out."""

    job_id: int
    serial: str
    house: House
    phase: Phase
    reason: str


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where today's signs stand at this terminal; `reason` is what the printer waits for."""

    out: int
    under_way: int
    reason: str
    doubts: tuple[Doubt, ...]


def standing(village: Village, session_id: str) -> Standing:
    """How many of the signs that were issued today are out, and of which somebody is asked.

    A sign that is not in use any more is asked about no more.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with acting.reading(village, session_id, *_MAY) as work:
        rows = work.session.execute(_of_today(work).order_by(PrintJob.id))
        last = {sign.serial: (job, sign) for job, sign in rows}
        jobs = [job for job, _ in last.values()]
        under_way = [job for job in jobs if job.phase in ACTIVE]
        doubts = [_doubt(work, *each) for each in last.values() if each[0].phase in _ASKED]
        reason = queue.view_of(village, under_way[0]).reason if under_way else ""
        out = sum(job.phase == "done" for job in jobs)
        return Standing(out=out, under_way=len(under_way), reason=reason, doubts=tuple(doubts))


def print_list(
    village: Village, session_id: str, lane: str | None, language: Language, touch: str
) -> int:
    """Print the list with which today's signs are carried round, of a lane or all; the print job.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``no_signs_today``, ``unprintable``.
    """
    about = f"{lane or ''} {language}"
    with acting.once(village, session_id, touch, "print_sign_list", about, _MAY) as work:
        if work.known is not None:
            return int(work.known["job"])
        told = _list(work, lane, language)
        if not told.lanes:
            raise ExpectedError("no_signs_today")
        job = queue.enqueue(
            work,
            paper="sign_list",
            reference=f"L{work.today:%Y%m%d}",
            media="A4",
            payload=payload_of(told),
            covers=None,
            note_lines=(),
        )
        work.remember({"job": job})
        return job


def _of_today(work: Work) -> Select[PrintJob, DoorSign]:
    """The prints of signs of today that are in use, at this terminal."""
    return (
        select(PrintJob, DoorSign)
        .join(DoorSign, PrintJob.reference == DoorSign.serial)
        .where(PrintJob.paper == "door_sign")
        .where(PrintJob.terminal == work.village.settings.terminal)
        .where(DoorSign.issued_at >= start_of_day(work.today), DoorSign.ended_at.is_(None))
    )


def _doubt(work: Work, job: PrintJob, sign: DoorSign) -> Doubt:
    home = work.session.get_one(Household, sign.household_id)
    return Doubt(
        job_id=job.id,
        serial=sign.serial,
        house=House(home.lane, home.number),
        phase=cast("Phase", job.phase),
        reason=job.reason,
    )


def _list(work: Work, lane: str | None, language: Language) -> HandOverList:
    from kiosk.documents.hand_over_list import HandOverList, ListedLane

    question = (
        select(DoorSign, Household)
        .join(Household, DoorSign.household_id == Household.id)
        .where(DoorSign.issued_at >= start_of_day(work.today), DoorSign.ended_at.is_(None))
    )
    found = [(sign, home) for sign, home in work.session.execute(question)]
    here = [each for each in found if lane is None or each[1].lane == lane]
    here.sort(key=lambda each: (*house_place(each[1].lane, each[1].number), each[1].id))
    return HandOverList(
        village=work.village.settings.name,
        language=language,
        day=work.today,
        lanes=tuple(
            ListedLane(name, tuple(_listed(work, sign, home, language) for sign, home in some))
            for name, some in groupby(here, key=lambda each: each[1].lane)
        ),
    )


def _listed(work: Work, sign: DoorSign, home: Household, language: Language) -> ListedSign:
    from kiosk.documents.hand_over_list import ListedSign

    number = number_words(home.number, language)
    return ListedSign(
        house=number or house_words(home.lane, home.number, language),
        serial=sign.serial,
        stars=tuple(int(sign.shown.get(each, 0)) for each in DIMENSIONS),
        replaces=_on_the_door(work, sign),
    )


def _on_the_door(work: Work, sign: DoorSign) -> str:
    """The sign that hung there when this one was issued, also where that was of today too."""
    told = log.content_of(work.session, sign.ledger_index) or {}
    return str(told.get("replaces") or "")
