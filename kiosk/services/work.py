"""The unit of work: one transaction of a village, and what every step in it is given."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from kiosk.core.clock import village_day
from kiosk.services.village import Village


@dataclass(frozen=True)
class Work:
    """An open transaction and the village that it is about."""

    session: Session
    village: Village

    @property
    def now(self) -> datetime:
        """The clock's moment, asked anew each time.

        A unit can wait for another one, for the log's turn above all: what it books afterwards
        carries the moment at which it got in, or the log would go back in time.
        """
        return self.village.clock.now()

    @property
    def today(self) -> date:
        """The village's day at `now`."""
        return village_day(self.now)


@contextmanager
def reading(village: Village) -> Iterator[Work]:
    """A unit that sees one state of the database and writes nothing."""
    with village.read() as session:
        yield Work(session, village)


@contextmanager
def writing(village: Village) -> Iterator[Work]:
    """A unit that is on disk when its block ends, and nothing of it on an error."""
    with village.write() as session:
        yield Work(session, village)
