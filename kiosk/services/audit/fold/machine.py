"""Entries about the machine, which no row of a table comes of."""

from __future__ import annotations

from kiosk.services.audit.fold.state import Entry, State
from kiosk.services.audit.fold.takers import takes
from kiosk.services.ledger.contents import Told
from kiosk.services.ledger.founding import FOUNDED
from kiosk.services.ledger.log import KEY_REPLACED, RESTORED
from kiosk.services.printing.recorded import PAPER


@takes(FOUNDED, KEY_REPLACED, RESTORED, PAPER, "clock_confirmed", "fire_drill")
def no_row(_state: State, _entry: Entry, _told: Told) -> None:
    """The log's own proofs, and whoever signs, read it."""
