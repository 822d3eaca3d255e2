"""Which function takes in which kind of entry: exactly one for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kiosk.services.audit.fold.state import Entry, State
from kiosk.services.ledger.contents import Told

Taker = Callable[[State, Entry, Told], None]
"""Takes in what an entry says; it raises nothing on purpose, and notes what is not allowed."""

TAKERS: Final[dict[str, Taker]] = {}


def takes(*kinds: str) -> Callable[[Taker], Taker]:
    """Take in the entries of these kinds.

    Raises:
        ValueError: another function does so already.
    """

    def registered(taker: Taker) -> Taker:
        for kind in kinds:
            if kind in TAKERS:
                raise ValueError(f"two takers of {kind}")
            TAKERS[kind] = taker
        return taker

    return registered
