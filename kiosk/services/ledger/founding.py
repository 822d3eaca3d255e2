"""Whose log it is: its first entry says so, with the village's origin and key.

In a village of version 0.1 the entry of the carry-over says it, which is written at the first
opening by a program that knows it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from kiosk import __version__
from kiosk.models.ledger import LedgerEntry
from kiosk.services.ledger import erasing, log
from kiosk.services.village import Village
from kiosk.services.work import Work

FOUNDED: Final = "founded"
CARRIED_OVER: Final = "carried_over"
DEMO: Final = "demo"
"""Said by the founding of a demo village alone: its past was invented."""


@dataclass(frozen=True)
class Foundation:
    """The entry that says whose log it is: the village's origin and its verifier key then."""

    index: int
    origin: str
    key: str


def found(work: Work) -> None:
    """Append the first entry, unless there is one already: another terminal's, on one server."""
    log.take_turn(work)
    if log.log_size(work.session) == 0:
        demo = {DEMO: True} if work.village.settings.demo else {}
        log.append(work, FOUNDED, {**told(work.village), **demo, erasing.SIGNED: []})


def told(village: Village) -> dict[str, Any]:
    """What such an entry says: the village, its key, and the version of the program."""
    key = village.keys.verifier.text()
    return {"origin": village.settings.origin, "key": key, "version": __version__}


def foundation(session: Session) -> Foundation | None:
    """What the log says of itself; None for an empty log, and for one that does not say it."""
    first = (LedgerEntry.index == 0) & (LedgerEntry.kind == FOUNDED)
    question = select(LedgerEntry.index).where(or_(first, LedgerEntry.kind == CARRIED_OVER))
    index = session.scalar(question.order_by(LedgerEntry.index).limit(1))
    content = None if index is None else log.content_of(session, index)
    if index is None or content is None:
        return None
    return Foundation(index, str(content.get("origin")), str(content.get("key")))


def tells_of_papers(session: Session) -> bool:
    """Whether the log says which papers it does not tell of, as it does since 0.1.0."""
    kinds = select(LedgerEntry.index).where(LedgerEntry.kind.in_((FOUNDED, CARRIED_OVER)))
    return any(erasing.SIGNED in told for told in log.contents_of(session, kinds).values())


def trouble(work: Work) -> str:
    """Why the log is not this village's; empty where it is, or nothing stands in it yet.

    ``log_not_founded``: nothing in it says whose it is. ``log_other_village``: its origin is
    another. ``log_other_key``: it was founded with a key that this terminal never knew.
    """
    if log.log_size(work.session) == 0:
        return ""
    found = foundation(work.session)
    if found is None:
        return "log_not_founded"
    if found.origin != work.village.settings.origin:
        return "log_other_village"
    known = {each.text() for each in work.village.keys.verifiers}
    return "" if found.key in known else "log_other_key"
