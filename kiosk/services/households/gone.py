"""Who is not in the register any more, by a death or a move that was written down at the desk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select

from kiosk.core.clock import village_day
from kiosk.models.ledger import LedgerEntry, of_kind
from kiosk.models.register import Resident
from kiosk.services.households.plans import Kind
from kiosk.services.ledger import log
from kiosk.services.my_data import erasure
from kiosk.services.work import Work

WHY_GONE: Final[Mapping[Kind, str]] = {
    "death": erasure.DIED,
    "move_out": erasure.MOVED_AWAY,
    "twice": erasure.TWICE,
}
"""What the log says of why somebody is gone, by what the desk wrote down."""
_MAY_BE_WRONG: Final[Mapping[str, Kind]] = {erasure.DIED: "death", erasure.MOVED_AWAY: "move_out"}


@dataclass(frozen=True)
class Gone:
    """Somebody of whom a number alone is left, with what was written down of them, and when."""

    resident_id: int
    kind: Kind
    on: date


def gone_from(work: Work, household_id: int) -> tuple[Gone, ...]:
    """Who died or moved away from a household, the latest first; no name is left of them."""
    of_the_house = select(Resident.id).where(
        Resident.household_id == household_id, Resident.active.is_(False)
    )
    people = set(work.session.scalars(of_the_house))
    return tuple(_found(work, people)) if people else ()


def _found(work: Work, people: set[int]) -> Iterator[Gone]:
    left = select(LedgerEntry.index).where(of_kind(erasure.LEFT))
    told = log.contents_of(work.session, left)
    for index, said in sorted(told.items(), reverse=True):
        kind = _MAY_BE_WRONG.get(said.get("why", ""))
        if kind is not None and said["resident"] in people:
            people.discard(said["resident"])
            entry = work.session.get_one(LedgerEntry, index)
            yield Gone(said["resident"], kind, village_day(entry.at))
