"""Touches already answered: the same touch again gets the same answer and books nothing."""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from kiosk.models.access import Touch
from kiosk.services.village import Village

_LONGEST = 32


def answered(session: Session, touch: str) -> dict[str, Any] | None:
    """The answer that `touch` got before; None when it is new.

    Call it first in the writing transaction. SQLite lets one writer in at a time; on PostgreSQL
    a lock on the touch makes a second one wait here until the first has its answer on disk.
    """
    if not 0 < len(touch) <= _LONGEST:
        raise ValueError("a touch needs the id that was made when its form opened")
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _lock_key(touch)})
    row = session.get(Touch, touch)
    return None if row is None else dict(row.answer)


def remember(session: Session, village: Village, touch: str, answer: dict[str, Any]) -> None:
    """Keep `answer` (what JSON can hold) for `touch`, in the caller's transaction."""
    session.add(Touch(id=touch, at=village.clock.now(), answer=answer))
    session.flush()


def _lock_key(touch: str) -> int:
    digest = hashlib.sha256(b"touch\x00" + touch.encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
