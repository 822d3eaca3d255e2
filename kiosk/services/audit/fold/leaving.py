"""What is left of a person who left: each table says it beside its columns (`models.about`)."""

from __future__ import annotations

from kiosk.models.access import RoleGrant
from kiosk.services.audit.fold import access, register
from kiosk.services.audit.fold.state import Entry, State, projected
from kiosk.services.audit.fold.stored import UNSAID
from kiosk.services.audit.fold.takers import takes
from kiosk.services.households.events import MAY
from kiosk.services.ledger.contents import Told
from kiosk.services.my_data.erasure import DIED


@takes("left")
def left(state: State, entry: Entry, told: Told) -> None:
    """Every row about the person goes; the row of the person stays as a number.

    Who leaves lays down their offices before; those of the dead end with this entry.
    """
    for table in projected():
        for column in table.about.erased:
            state.drop(table, **{column: told["resident"]})
    if told.get("why") == DIED:
        standing = {"resident_id": told["resident"], "ended_at": None}
        state.change(RoleGrant, standing, ended_at=entry.at)
        if access.held(state, told["by"]).isdisjoint(MAY):
            state.not_allowed("without the office")
    register.blank(state, told["resident"], told.get("household", UNSAID))
