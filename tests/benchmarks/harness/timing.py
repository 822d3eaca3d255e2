"""Timing of what is too short to be timed once."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter


def milliseconds(act: Callable[[], object], most: int = 50, seconds: float = 0.5) -> float:
    """What one call takes, of at most so many calls and about so many seconds."""
    begun, calls = perf_counter(), 0
    while True:
        act()
        calls += 1
        took = perf_counter() - begun
        if calls == most or took >= seconds:
            return took / calls * 1000
