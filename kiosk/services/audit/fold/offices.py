"""Offices that rest for a while, as the log gives them."""

from __future__ import annotations

from datetime import date

from kiosk.core.clock import village_day
from kiosk.models.access import RoleGrant
from kiosk.services.access import office_pauses
from kiosk.services.audit.fold.access import two_officers
from kiosk.services.audit.fold.state import Entry, State
from kiosk.services.audit.fold.takers import takes
from kiosk.services.ledger.contents import Told

_NO_PAUSE = {"pause_first": None, "pause_last": None, "paused_at": None, "pause_reason": ""}


@takes(office_pauses.OFFICE_PAUSED)
def paused(state: State, entry: Entry, told: Told) -> None:
    """Two officers let an office rest, from a day that is not over to one within half a year."""
    first, last = (date.fromisoformat(told[name]) for name in ("first", "last"))
    two_officers(state, told, may_be=True)
    today = village_day(entry.at)
    if not today <= first <= last <= first + office_pauses.LONGEST:
        state.not_allowed("no days")
    if told["reason"] not in office_pauses.REASONS:
        state.not_allowed("no listed reason")
    days = {"pause_first": first, "pause_last": last, "pause_reason": told["reason"]}
    since = entry.at if first <= today else None
    standing = {**_of(told), "pause_first": None}
    if not state.change(RoleGrant, standing, paused_at=since, **days):
        state.not_allowed("no office stood")


@takes(office_pauses.PAUSE_BEGAN)
def pause_began(state: State, entry: Entry, told: Told) -> None:
    """Its first day has come."""
    office = state.get(RoleGrant, **_of(told))
    if office.paused_at is not None or village_day(entry.at) < office.pause_first:
        state.not_allowed("before its day")
    state.change(RoleGrant, _of(told), paused_at=entry.at)


@takes(office_pauses.OFFICE_BACK)
def back(state: State, entry: Entry, told: Told) -> None:
    """Its last day is over, or two officers brought it back before."""
    office = state.get(RoleGrant, **_of(told))
    if told["by"] is not None:
        two_officers(state, told, may_be=True)
    elif village_day(entry.at) <= office.pause_last:
        state.not_allowed("before its day")
    if office.pause_first is None:
        state.not_allowed("no office rested")
    state.change(RoleGrant, _of(told), **_NO_PAUSE)


def _of(told: Told) -> dict[str, object]:
    return {"resident_id": told["resident"], "role": told["role"], "ended_at": None}
