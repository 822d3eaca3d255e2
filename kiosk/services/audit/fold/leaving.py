"""Who wants to leave, and what is left of who did: tables say it of themselves (`models.about`)."""

from __future__ import annotations

from kiosk.models.access import RoleGrant
from kiosk.models.consent import Consent, Leaving
from kiosk.models.households import LifeEvent
from kiosk.services.audit.fold import access, register
from kiosk.services.audit.fold.state import Entry, State, projected
from kiosk.services.audit.fold.stored import UNSAID
from kiosk.services.audit.fold.takers import takes
from kiosk.services.consent.leaving import LEAVING_ASKED, LEAVING_TAKEN_BACK, takes_effect
from kiosk.services.households.events import WAITING
from kiosk.services.households.gone import WHY_GONE
from kiosk.services.ledger.contents import Told
from kiosk.services.my_data.erasure import GONE, LEFT, MOVED_AWAY


@takes(LEAVING_ASKED)
def leaving_asked(state: State, entry: Entry, told: Told) -> None:
    """A wish to leave, from which on nothing is agreed to any more."""
    person = told["resident"]
    if state.rows(Leaving, resident_id=person, ended_at=None):
        state.not_allowed("was asked")
    if access.keeps(state, person):
        state.not_allowed("holds an office")
    if state.rows(Consent, resident_id=person, withdrawn_at=None):
        state.not_allowed("a consent stands")
    state.put(
        Leaving,
        resident_id=person,
        asked_at=entry.at,
        issued_by=told["issued_by"],
        ledger_index=entry.index,
    )


@takes(LEAVING_TAKEN_BACK)
def leaving_taken_back(state: State, entry: Entry, told: Told) -> None:
    """The wish stands no longer."""
    standing = {"resident_id": told["resident"], "ended_at": None}
    if not state.change(Leaving, standing, ended_at=entry.at):
        state.not_allowed("nothing was asked")


@takes(LEFT)
def left(state: State, entry: Entry, told: Told) -> None:
    """Every row about the person goes; the row of the person stays as a number.

    Who leaves lays down their offices before, and had seven days to take it back; the offices of
    who is gone end with this entry.
    """
    state.gone(told["resident"])
    gone = told.get("why") in GONE
    if gone:
        _check_written_down(state, told)
    else:
        _check_wish(state, entry, told)
    for table in projected():
        for column in table.about.erased:
            state.drop(table, **{column: told["resident"]})
    if gone:
        standing = {"resident_id": told["resident"], "ended_at": None}
        state.change(RoleGrant, standing, ended_at=entry.at)
    register.blank(state, told["resident"], told.get("household", UNSAID))


def _check_written_down(state: State, told: Told) -> None:
    """An official wrote down that they died or moved away, and it took effect just now.

    In their office, as the entry of that was held to: ten minutes later they may have laid it down.
    """
    kinds = [kind for kind, why in WHY_GONE.items() if why == told["why"]]
    waits = {"state": WAITING, "by_id": told["by"]}
    if not any(state.rows(LifeEvent, kind=each, **waits) for each in kinds):
        state.not_allowed("was not written down")
    if told["why"] == MOVED_AWAY and access.keeps(state, told["resident"]):
        state.not_allowed("holds an office")


def _check_wish(state: State, entry: Entry, told: Told) -> None:
    asked = state.get(Leaving, resident_id=told["resident"], ended_at=None)
    if asked is None or entry.at < takes_effect(asked.asked_at):
        state.not_allowed("before its day")
    elif asked.issued_by != told["issued_by"]:
        state.not_allowed("by another card")
