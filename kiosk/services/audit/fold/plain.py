"""Tables whose rows an entry puts as it says them, by what the table says of itself."""

from __future__ import annotations

from functools import partial

from kiosk.models import Base
from kiosk.models.told_rows import parsed
from kiosk.services.audit.fold.state import Entry, State, logged_of, projected
from kiosk.services.audit.fold.takers import takes
from kiosk.services.ledger.contents import Told


def put(table: type[Base], state: State, entry: Entry, told: Told) -> None:
    """One more row of `table`."""
    logged = logged_of(table)
    said = parsed(table, {column: told[name] for name, column in logged.told.items()})
    at = {logged.at: entry.at} if logged.at else {}
    state.put(table, **said, **at, ledger_index=entry.index)


for _each in projected():
    if _each_kind := logged_of(_each).entry:
        takes(_each_kind)(partial(put, _each))
