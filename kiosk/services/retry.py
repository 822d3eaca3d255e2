"""Several terminals at once: a call that met another one halfway is made again.

On SQLite one writer goes in at a time and nothing here is ever needed. On PostgreSQL two calls can
wait for each other's rows (40P01), be ordered differently by two transactions (40001), or draw the
same running number (23505). The database has then undone the whole transaction, so the whole call
is made again; what an earlier transaction of the same call had booked is answered, not booked
again, because every touch that writes carries its id.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable
from typing import ParamSpec, TypeVar

from sqlalchemy.exc import DBAPIError

from kiosk.core import event_log
from kiosk.core.errors import EnvironmentFault
from kiosk.models.database import sqlstate

TRIES = 6
CONFLICTS = frozenset({"40001", "40P01", "23505"})
"""PostgreSQL's serialization_failure, deadlock_detected, unique_violation."""
_PAUSE_SECONDS = 0.05

P = ParamSpec("P")
R = TypeVar("R")
W = TypeVar("W")
T = TypeVar("T")


def retry_on_conflict(function: Callable[P, R], *arguments: P.args, **named: P.kwargs) -> R:
    """Call a service function, up to six times while it meets others on the same rows.

    Raises:
        EnvironmentFault: ``database_locked`` when it never got through.
    """
    for attempt in range(1, TRIES + 1):
        try:
            return function(*arguments, **named)
        except DBAPIError as trouble:
            state = sqlstate(trouble)
            if state not in CONFLICTS:
                raise
            event_log.record("call_repeated", state=state, attempt=attempt)
            if attempt == TRIES:
                if state == "23505":  # not a race: the same number is drawn each time
                    raise
                raise EnvironmentFault("database_locked") from trouble
        time.sleep(random.uniform(0, _PAUSE_SECONDS * attempt))  # noqa: S311
    raise AssertionError("the last try returns or raises")


def one_by_one(do: Callable[[W, T], R], where: W, things: Iterable[T]) -> list[R]:
    """Do something with each of many, in a transaction of its own; what came of each.

    One that cannot be done keeps none of those after it back: time goes on for everybody else.

    Raises:
        EnvironmentFault: at once, since the others would meet the same.
        Exception: what the first met that could not be done, once all were tried.
    """
    made: list[R] = []
    first: Exception | None = None
    for thing in things:
        try:
            made.append(retry_on_conflict(do, where, thing))
        except EnvironmentFault:
            raise
        except Exception as bug:
            first = first or bug
    if first is not None:
        raise first
    return made
