"""The way of a case as the steps at the top of its page."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.models.cases import Case
from kiosk.services.cases.flow.standing import track_of
from kiosk.services.cases.flow.table import Track


@dataclass(frozen=True)
class StepView:
    """One step of the way at the top of the case; words at ``desk.step_<key>``."""

    key: str
    done: bool
    current: bool


STEPS: dict[Track, tuple[str, ...]] = {
    "own_deed": ("submitted", "first", "counts"),
    "nomination": ("submitted", "noticed", "accepted", "first", "counts"),
    "concern": ("submitted", "noticed", "replied", "first", "second", "told", "appeal"),
}
"""The steps that a case of each track goes through when nothing stops it."""

_AT: dict[Track, dict[str, str]] = {
    "own_deed": {"submitted": "first", "appealed": "first"},
    "nomination": {
        "submitted": "noticed",
        "noticed": "accepted",
        "accepted": "first",
        "appealed": "first",
    },
    "concern": {
        "submitted": "noticed",
        "noticed": "replied",
        "replied": "first",
        "reply_time_over": "first",
        "decided": "second",
        "countersigned": "told",
        "told": "appeal",
        "appealed": "appeal",
        "upheld": "appeal",
    },
}
"""By state: the step that is being waited for."""
_THROUGH = frozenset({"effective", "ended"})
_DECIDED = frozenset({"declined", "upheld", "overturned"})


def steps_of(case: Case) -> tuple[StepView, ...]:
    """The steps of a case, with those behind it done and the one it waits for current."""
    track = track_of(case)
    keys, waited_for = STEPS[track], _AT[track].get(case.state, "")
    if case.state in _THROUGH:
        return tuple(StepView(key, True, False) for key in keys)
    if not waited_for:
        reached = _reached(case, keys)
        return tuple(StepView(key, index < reached, False) for index, key in enumerate(keys))
    at = keys.index(waited_for)
    return tuple(StepView(key, index < at, index == at) for index, key in enumerate(keys))


def _reached(case: Case, keys: tuple[str, ...]) -> int:
    """How many steps a case that ended early had behind it: by the state it came from."""
    changes = [made.from_state for made in case.moves if made.from_state != made.to_state]
    before = changes[-1] if changes else "submitted"
    if before in _THROUGH:
        return len(keys)
    at = keys.index(_AT[track_of(case)].get(before, keys[0]))
    return at + (case.state in _DECIDED)
