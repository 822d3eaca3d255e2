"""A paper once more: which office may have which kind again, and that it is a look (charter 8)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.clock import village_day
from kiosk.core.errors import ExpectedError
from kiosk.models.access import Card
from kiosk.models.cases import Case
from kiosk.models.perks import Redemption
from kiosk.models.printing import PrintJob
from kiosk.models.register import Household
from kiosk.models.stars import DoorSign
from kiosk.services.access import views
from kiosk.services.access.roles import Role
from kiosk.services.access.sessions import SignedIn
from kiosk.services.register.people import related
from kiosk.services.village import Village
from kiosk.services.work import Work

_OF_CASE: Final = "slip of a case"
_CASE_NUMBER: Final = re.compile(r"\d{4}-\d{4,}", re.ASCII)
REPRINTS: Final[Mapping[str, frozenset[Role]]] = MappingProxyType(
    {
        _OF_CASE: frozenset({"officer", "clerk"}),
        "door_sign": frozenset({"officer", "clerk"}),
        "voucher": frozenset({"clerk"}),
        "checkpoint": frozenset({"officer", "clerk", "keeper"}),
        "rule_poster": frozenset({"officer", "clerk", "keeper"}),
        "calendar": frozenset({"officer", "clerk", "keeper"}),
        "visit_sheet": frozenset({"officer", "clerk"}),
        "sign_list": frozenset({"officer", "clerk"}),
        "offset_sheet": frozenset({"clerk", "keeper"}),
    }
)
"""Which offices may print a paper of a kind again. The keeper, who has no look into cases, has
none of what is about somebody. A kind that is not here is not printed again by anybody: a new card
is issued, and a copy of one's data is asked for anew by its owner."""

PURPOSES: Final = ("reprint_lost", "reprint_unreadable", "reprint_not_received")
"""What a paper is printed again for; words at ``access.purpose_…``."""
_SIGN_PURPOSE: Final = "print_sign"


def kind_of(job: PrintJob) -> str:
    """A slip's own kind (``receipt``, ``voucher`` …; ``slip`` once erased), else the paper."""
    return str(job.payload.get("kind", "slip")) if job.paper == "slip" else job.paper


def is_of_case(job: PrintJob) -> bool:
    """Whether a paper is a slip under a case's number, of whatever kind; not once it was erased."""
    numbered = _CASE_NUMBER.fullmatch(job.reference) is not None
    return numbered and job.paper == "slip" and kind_of(job) != "slip"


def allow(work: Work, person: SignedIn, job: PrintJob, purpose: str) -> None:
    """Let `person` have a paper again, or refuse; who is concerned sees that they did.

    Raises:
        ExpectedError: ``not_allowed``, ``own_paper`` for a case of the official's own family,
            ``purpose_missing``, ``paper_ended``.
    """
    waited_for = job.phase != "done" and asked_for_by(work.village, person, job)
    if waited_for or job.paper == "data_copy":  # whose owner alone comes this far
        return
    if not may(person, job):
        raise ExpectedError("not_allowed")
    if ended(work, job):
        raise ExpectedError("paper_ended")
    _look(work, person, job, purpose)


def asked_for_by(village: Village, person: SignedIn, job: PrintJob) -> bool:
    """Whether a paper was asked for at this terminal since this person signed in."""
    return job.terminal == village.settings.terminal and job.created_at >= person.opened_at


def may(person: SignedIn, job: PrintJob) -> bool:
    """Whether the offices of a person let them have this kind of paper again."""
    kind = _OF_CASE if is_of_case(job) else kind_of(job)
    return not person.roles.isdisjoint(REPRINTS.get(kind, frozenset()))


def ended(work: Work, job: PrintJob) -> str:
    """Why a paper is not in use (``printing.ended_…``); empty while it is."""
    if job.paper == "door_sign":
        sign = work.session.scalar(select(DoorSign).where(DoorSign.serial == job.reference))
        return _sign_ended(work.village, sign) if sign else ""
    if job.paper == "enrolment_card":
        card = work.session.scalar(select(Card).where(Card.number == job.reference))
        return "replaced" if card and card.ended_at else ""
    if kind_of(job) == "voucher":
        kept = select(Redemption.state).where(Redemption.reference == job.reference)
        return _VOUCHER_ENDED.get(work.session.scalar(kept) or "", "")
    return ""


_VOUCHER_ENDED: Final = {"collected": "used", "refunded": "expired", "cancelled": "expired"}


def _sign_ended(village: Village, sign: DoorSign) -> str:
    if sign.ended_at is not None:
        return sign.ended_why
    return "expired" if sign.valid_until < village_day(village.clock.now()) else ""


def _look(work: Work, person: SignedIn, job: PrintJob, purpose: str) -> None:
    about = sorted(set(_concerned(work.session, job)))
    if not about:
        return
    if purpose not in (*PURPOSES, *([_SIGN_PURPOSE] if job.paper == "door_sign" else [])):
        raise ExpectedError("purpose_missing")
    if job.paper == "slip" and any(
        related(work.session, person.resident_id, each) for each in about
    ):
        raise ExpectedError("own_paper")
    for each in about:
        views.record_view(work, person, each, purpose)


def _concerned(session: Session, job: PrintJob) -> Iterator[int]:
    """Whom a paper is about, or whose it is."""
    if job.paper == "door_sign":
        sign = session.scalar(select(DoorSign).where(DoorSign.serial == job.reference))
        home = session.get(Household, sign.household_id) if sign else None
        yield from (each.id for each in home.residents if each.active) if home else ()
    elif is_of_case(job):
        yield from _of_case(session, job)
    elif kind_of(job) == "voucher":
        holder = select(Redemption.resident_id).where(Redemption.reference == job.reference)
        yield from session.scalars(holder)


def _of_case(session: Session, job: PrintJob) -> Iterator[int]:
    """The person that the case is about; a receipt is its reporter's, who sees the look as well."""
    case = session.scalar(select(Case).where(Case.reference == job.reference))
    if case is not None:
        yield case.subject_id
        if kind_of(job) == "receipt":
            yield case.reporter_id
