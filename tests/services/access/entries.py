"""What the tests of this room read from the log."""

from __future__ import annotations

from kiosk.models.ledger import LedgerEntry
from kiosk.services.ledger import log
from kiosk.services.village import Village


def ledger_of(village: Village, kind: str) -> list[dict[str, object]]:
    with village.read() as session:
        indices = session.query(LedgerEntry.index).filter_by(kind=kind).order_by(LedgerEntry.index)
        return [log.content_of(session, index) or {} for (index,) in indices.all()]
