"""Touches already answered: the same touch again gets the same answer and books nothing.

A touch belongs to one act of one person. An id that comes back for another act is a bug of the
screen that sent it: answering it from memory would tell somebody that something was done which was
not. Services do not come here: `acting` does it for them, in the one order that is right.
"""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import bindparam, select, text
from sqlalchemy.orm import Session

from kiosk.models.access import AnsweredRequest
from kiosk.services.work import Work

_ANSWER = select(AnsweredRequest.answer).where(AnsweredRequest.id == bindparam("touch"))


class TouchOfAnotherAct(Exception):
    """A touch id came back for another act, or from another person, than it was made for."""

    def __init__(self, made_for: str, came_for: str) -> None:
        super().__init__(f"made for: {made_for}; came for: {came_for}")


def answered(session: Session, touch: str, came_for: str) -> dict[str, Any] | None:
    """The answer that the touch of the id `touch` got before; None when it is new.

    SQLite lets one writer in at a time; on PostgreSQL a lock on the touch makes a second one wait
    here until the first has its answer on disk.

    Raises:
        TouchOfAnotherAct: the id was made for another act, or for another person's.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _lock_key(touch)})
    answer = session.scalar(_ANSWER, {"touch": touch})
    return None if answer is None else _kept(answer, came_for)


def remember(work: Work, touch: str, came_for: str, answer: dict[str, Any]) -> None:
    """Keep `answer` (what JSON can hold) for `touch`, in the unit that asked `answered`."""
    kept = {"act": came_for, "answer": answer}
    work.session.add(AnsweredRequest(id=touch, at=work.now, answer=kept))


def _kept(kept: dict[str, Any], came_for: str) -> dict[str, Any]:
    if "act" not in kept:
        return dict(kept)  # of a version that did not write down whose it was
    if kept["act"] != came_for:
        raise TouchOfAnotherAct(kept["act"], came_for)
    return dict(kept["answer"])


def _lock_key(touch: str) -> int:
    digest = hashlib.sha256(b"touch\x00" + touch.encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
