"""What the entries of the log say, read at once for whoever holds something against them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.encoding import decoded
from kiosk.models.ledger import LedgerContent, LedgerEntry

_BATCH = 1_000

Told = dict[str, Any]


@dataclass(frozen=True)
class LoggedEntry:
    """An entry of the log; its content is None once it was erased."""

    kind: str
    at: datetime
    content: Told | None


Entries = Mapping[int, LoggedEntry]
"""By index, in the order of the log."""


def entries_of(session: Session) -> Entries:
    """Every entry of the log."""
    question = (
        select(LedgerEntry.index, LedgerEntry.kind, LedgerEntry.at, LedgerContent.content)
        .outerjoin(LedgerContent, LedgerContent.index == LedgerEntry.index)
        .order_by(LedgerEntry.index)
        .execution_options(yield_per=_BATCH)
    )
    return {
        index: LoggedEntry(kind, at, told_in(content))
        for index, kind, at, content in session.execute(question)
    }


NAMED_AS = ("resident", "subject", "relative")
"""What the content of an entry calls the person whom it is about."""


def is_about(content: Told, resident_id: int, cases: Collection[int]) -> bool:
    """Whether an entry is about a person, or about one of `cases`, which are those about them."""
    named = any(content.get(key) == resident_id for key in NAMED_AS)
    return named or content.get("case") in cases


def told_in(encoded: bytes | None) -> Told | None:
    """The content; bytes that are none any more say nothing, and the log's own check names them."""
    if encoded is None:
        return None
    try:
        found = decoded(encoded)
    except Exception:
        return {}
    return found if isinstance(found, dict) else {}


def is_of_an_office(content: Told) -> bool:
    """Whether an entry gives somebody an office, or ends it.

    It stays when that person leaves: what they did for others then rests on it.
    """
    return "role" in content and "case" not in content
