"""What is left of a person who left: each table says it beside its columns (`models.about`)."""

from __future__ import annotations

from kiosk.services.audit.fold import register
from kiosk.services.audit.fold.state import Entry, State, projected
from kiosk.services.audit.fold.stored import UNSAID
from kiosk.services.audit.fold.takers import takes
from kiosk.services.ledger.contents import Told


@takes("left")
def left(state: State, _entry: Entry, told: Told) -> None:
    """Every row about the person goes; the row of the person stays as a number."""
    for table in projected():
        for column in table.about.erased:
            state.drop(table, **{column: told["resident"]})
    register.blank(state, told["resident"], told.get("household", UNSAID))
