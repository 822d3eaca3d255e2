"""The pass over the log: each entry, in their order, is taken in by the one taker of its kind."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Final

from kiosk.services.audit.fold import (
    access,
    card_desk,
    cases,
    consent,
    forgetting,
    hall,
    households,
    leaving,
    letters,
    machine,
    my_data,
    numbered,
    offices,
    panel,
    papers,
    perks,
    plain,
    register,
    rounds,
    rulebook,
    shelf,
    stars,
    visits,
    workday,
)
from kiosk.services.audit.fold.state import Entry, State
from kiosk.services.audit.fold.takers import TAKERS
from kiosk.services.audit.log import Finding
from kiosk.services.ledger.contents import Told
from kiosk.services.ledger.erasing import SIGNED
from kiosk.services.ledger.founding import CARRIED_OVER, DEMO, FOUNDED

ROOMS: Final[tuple[ModuleType, ...]] = (
    access,
    card_desk,
    cases,
    consent,
    forgetting,
    hall,
    households,
    leaving,
    letters,
    machine,
    my_data,
    numbered,
    offices,
    panel,
    papers,
    perks,
    plain,
    register,
    rounds,
    rulebook,
    shelf,
    stars,
    visits,
    workday,
)
"""The rooms of the fold; importing them is what enters their takers."""
CARRIED: Final = ("numbered", "remains")
"""Kinds that say, right after a carry-over, what the entries of version 0.1 did not."""
EARLIER: Final[Mapping[str, str]] = {}
"""Kinds that nobody writes any more, with the last version that did."""


def take(state: State, entry: Entry, told: Told | None) -> None:
    """Take in one entry; what was erased says nothing any more."""
    state.settle(entry.kind)
    if told is None:
        state.erased[entry.index] = entry
        return
    state.entry = entry
    state.carries_over = state.carries_over and entry.kind in CARRIED
    taker = TAKERS.get(entry.kind)
    if taker is None:
        state.findings.append(Finding("kind_unknown", entry.index, entry.index, entry.kind))
        return
    try:
        taker(state, entry, told)
    except (LookupError, TypeError, ValueError, AttributeError):
        state.not_allowed("cannot be read")
    if entry.kind in (FOUNDED, CARRIED_OVER):
        carried, demo = entry.kind == CARRIED_OVER, told.get(DEMO) is True
        state.begin(carried_over=carried, tells_of_papers=SIGNED in told, demo=demo)
        if entry.kind == FOUNDED and told.get(SIGNED):
            state.not_allowed("signed before it was founded")
