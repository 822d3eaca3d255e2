"""The frame of every service: a unit of work of somebody who may, and a touch that acts once.

The order is always the same, and no service sees to it by hand: whether the session lasts and its
office may; whether the touch was answered before; then the service's own work, and its answer kept
in the same transaction. A block that books something for a touch that was answered, or that does
not keep the answer of what it booked, is a bug: it raises, and nothing of it is on disk.

Whoever writes has the log's turn from the beginning, so that what a touch reads stays so until it
ends, on PostgreSQL as on SQLite. A service that took it only when it appended, after it had
changed what it had read, once left somebody with two cards, where the log knew of one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from kiosk.core.ids import Touch, touch_id
from kiosk.models.database import APPENDED, Gathering
from kiosk.models.register import Resident
from kiosk.models.rulebook import RuleVersion
from kiosk.services.access.answered_requests import answered, remember
from kiosk.services.access.roles import Role
from kiosk.services.access.sessions import SignedIn, require
from kiosk.services.ledger import log
from kiosk.services.village import Village
from kiosk.services.work import Work
from kiosk.services.work import reading as read_unit
from kiosk.services.work import writing as write_unit

_HELD = "held"
"""What a session's `info` holds under this: people and rules that it is not to read twice."""


@dataclass(frozen=True)
class Acting(Work):
    """A unit of work of somebody who is signed in."""

    who: SignedIn


@dataclass(frozen=True, kw_only=True)
class Request(Work):
    """A unit of work that one touch asks for; `known` is what it was answered before, or None."""

    touch: str
    came_for: str
    """Act, person's id and what the act is about, parted by blanks."""
    known: dict[str, Any] | None
    _kept: list[dict[str, Any]] = field(default_factory=list, kw_only=True)

    def remember(self, answer: dict[str, Any]) -> None:
        """Keep what this touch is answered (what JSON can hold), in the same transaction."""
        if self.known is not None or self._kept:
            raise AssertionError("a touch is answered once")
        remember(self, self.touch, self.came_for, answer)
        self._kept.append(answer)

    def check_booked(self) -> None:
        """Refuse what was booked twice, or without an answer that would keep it from being so."""
        if APPENDED in self.session.info and not self._kept:
            why = "was answered before" if self.known is not None else "has no answer kept"
            raise AssertionError(f"booked something for a touch that {why}: {self.came_for}")


@dataclass(frozen=True)
class Once(Request, Acting):
    """A unit of work that a touch of somebody who is signed in asks for."""


@contextmanager
def reading(village: Village, session_id: str, *roles: Role) -> Iterator[Acting]:
    """Read for somebody who is signed in, holding one of `roles` if any are named.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with read_unit(village) as work:
        yield Acting(work.session, village, require(work, session_id, *roles))


@contextmanager
def writing(village: Village, session_id: str, *roles: Role) -> Iterator[Acting]:
    """Write for somebody who is signed in, holding one of `roles` if any are named.

    For what may be done twice; what books something takes a touch, see `once`.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with write_unit(village) as work:
        log.take_turn(work)
        yield Acting(work.session, village, require(work, session_id, *roles))


@contextmanager
def once(
    village: Village,
    session_id: str,
    touch: Touch,
    act: str,
    about: int | str = "",
    roles: tuple[Role, ...] = (),
) -> Iterator[Once]:
    """Do what a touch asks for, once: `act` is what the person does to `about` (a case, a house).

    Where `known` is not None the touch was answered: the block gives that answer and books nothing.
    Else it works, and ends with `remember`.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
        TouchOfAnotherAct: the id was made for another act, or for another person's.
    """
    with write_unit(village) as work, _read_once(work):
        log.take_turn(work)
        who = require(work, session_id, *roles)
        came_for = _came_for(act, who.resident_id, about)
        key = touch_id(touch)
        known = answered(work.session, key, came_for)
        request = Once(
            session=work.session,
            village=village,
            who=who,
            touch=key,
            came_for=came_for,
            known=known,
        )
        yield request
        request.check_booked()


@contextmanager
def _read_once(work: Work) -> Iterator[None]:
    """Hold the people and rules that a touch reads until it ends, so that each is read once.

    A session asks the database again for a row that nobody holds. SQLite has one writer, so that
    no other can have changed it meanwhile; on PostgreSQL, where one may, it is asked again.
    """
    if work.village.database.is_sqlite:
        work.session.info[_HELD] = []
    yield


@event.listens_for(Gathering, "loaded_as_persistent")
def _hold(session: Session, row: object) -> None:
    held = session.info.get(_HELD)
    if held is not None and isinstance(row, Resident | RuleVersion):
        held.append(row)


@contextmanager
def once_for(
    village: Village, touch: Touch, act: str, person: int | str = "", about: int | str = ""
) -> Iterator[Request]:
    """As `once`, where nobody need be signed in: the timer's, or whose session ended with it.

    Raises:
        TouchOfAnotherAct: the id was made for another act, or for another person's.
    """
    with write_unit(village) as work:
        log.take_turn(work)
        came_for = _came_for(act, person, about)
        key = touch_id(touch)
        known = answered(work.session, key, came_for)
        request = Request(
            session=work.session, village=village, touch=key, came_for=came_for, known=known
        )
        yield request
        request.check_booked()


def is_answered(work: Acting, touch: Touch, act: str, about: int | str = "") -> bool:
    """Whether this person's `touch` was answered, before anything is done for it."""
    return (
        answered(work.session, touch_id(touch), _came_for(act, work.who.resident_id, about))
        is not None
    )


def _came_for(act: str, person: int | str, about: int | str) -> str:
    return f"{act} {person} {about}".rstrip()
