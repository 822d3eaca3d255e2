"""What is carried to people: notices, results and invitations, as the log gives them."""

from __future__ import annotations

from datetime import date
from typing import Any

from kiosk.core.clock import village_day
from kiosk.models.cases import HandOver, NoticeSlip
from kiosk.services.audit.fold.known import known
from kiosk.services.audit.fold.state import Entry, State
from kiosk.services.audit.fold.stored import UNSAID
from kiosk.services.audit.fold.takers import takes
from kiosk.services.ledger.contents import Told


@takes("notice_printed")
def notice_printed(state: State, entry: Entry, told: Told) -> None:
    """A notice is printed to be handed over; the newest print counts, the first day stays."""
    job, case = told["job"], known(state, told)
    if case and not state.change(NoticeSlip, {"case_id": case.id}, print_job_id=job):
        state.put(NoticeSlip, case_id=case.id, print_job_id=job, printed_at=entry.at)


@takes("to_hand_over")
def to_hand_over(state: State, entry: Entry, told: Told) -> None:
    """A result or an invitation is printed, for that person, about entry `of`."""
    paper = {"case_id": told["case"], "resident_id": told["to"], "covers": told["of"]}
    if known(state, told) and not state.change(HandOver, paper, print_job_id=told["job"]):
        state.put(HandOver, print_job_id=told["job"], printed_at=entry.at, **paper)


@takes("invitation")
def invitation(state: State, entry: Entry, told: Told) -> None:
    """A member of a panel was given the invitation."""
    paper = {"case_id": told["case"], "resident_id": told["told"], "covers": told["of"]}
    if known(state, told):
        _given(state, entry, told, HandOver, paper)


def handed_over(state: State, entry: Entry, told: Told, case: Any) -> None:
    """A move by which a clerk says that the paper about it was given into the person's hand."""
    if "handed_over_on" not in told:
        return
    if told["move"] == "notice":
        _given(state, entry, told, NoticeSlip, {"case_id": case.id})
    else:
        paper = {"case_id": case.id, "resident_id": case.subject_id, "covers": told["of"]}
        _given(state, entry, told, HandOver, paper)


def _given(
    state: State,
    entry: Entry,
    told: Told,
    table: type[HandOver] | type[NoticeSlip],
    paper: dict[str, Any],
) -> None:
    """In version 0.1 no entry said that it was printed."""
    on = date.fromisoformat(told["handed_over_on"])
    given = {"handed_on": on, "handed_by": told["by"]}
    row = state.get(table, **paper)
    if row is None:
        state.put(table, print_job_id=UNSAID, printed_at=UNSAID, **paper, **given)
        return
    printed = row.printed_at
    if on > village_day(entry.at) or (printed is not UNSAID and on < village_day(printed)):
        state.not_allowed("handed over on another day")
    state.change(table, paper, **given)
