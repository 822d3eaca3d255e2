"""Life events, as the log gives them: by an official, and in force after their ten minutes."""

from __future__ import annotations

from kiosk.models.households import LifeEvent
from kiosk.services.audit.fold import access, apart
from kiosk.services.audit.fold.compare import SLACK
from kiosk.services.audit.fold.state import Entry, State
from kiosk.services.audit.fold.takers import takes
from kiosk.services.households.doctor import PAPER
from kiosk.services.households.events import (
    DONE,
    DROPPED,
    LIFE_EVENT,
    LIFE_EVENT_OVER,
    MAY,
    TAKEN_BACK_WITHIN,
    WAITING,
    WITHDRAWN,
)
from kiosk.services.households.plans import KINDS, NEEDS_TWO
from kiosk.services.ledger.contents import Told


@takes(LIFE_EVENT)
def life_event(state: State, entry: Entry, told: Told) -> None:
    """Something is written down; what cannot be undone, with a second officer."""
    if told["kind"] not in KINDS:
        state.not_allowed("nothing that happens in a family")
    if access.held(state, told["by"]).isdisjoint(MAY):
        state.not_allowed("without the office")
    second = told.get("second")
    if told["kind"] in NEEDS_TWO and (
        apart.of_one_household(state, second, told["by"])
        or "officer" not in access.held(state, second or 0)
    ):
        state.not_allowed("without a second officer")
    state.put(
        LifeEvent,
        id=told["event"],
        kind=told["kind"],
        household_id=told["household"],
        by_id=told["by"],
        at=entry.at,
        plan=told["plan"],
        state=WAITING,
    )


@takes(LIFE_EVENT_OVER)
def life_event_over(state: State, entry: Entry, told: Told) -> None:
    """It takes effect after ten minutes, and is taken back before; nothing stays of the plan."""
    event, ends_as = state.get(LifeEvent, id=told["event"]), told["state"]
    if event.state != WAITING or ends_as not in (DONE, DROPPED, WITHDRAWN):
        state.not_allowed("was over")
    late = entry.at + SLACK >= event.at + TAKEN_BACK_WITHIN
    if ends_as == WITHDRAWN:
        late = entry.at - SLACK < event.at + TAKEN_BACK_WITHIN
    if not late:
        state.not_allowed("not in its time")
    state.change(LifeEvent, {"id": event.id}, state=ends_as, plan="", ended_at=entry.at)


@takes(PAPER)
def questions(state: State, _entry: Entry, told: Told) -> None:
    """A paper with what to ask; whoever keeps the register prints it, and no row follows."""
    if access.held(state, told["by"]).isdisjoint(MAY):
        state.not_allowed("without the office")
