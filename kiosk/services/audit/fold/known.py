"""The case that an entry is about."""

from __future__ import annotations

from typing import Any

from kiosk.models.cases import Case
from kiosk.services.audit.fold.state import State
from kiosk.services.ledger.contents import Told


def known(state: State, told: Told) -> Any:
    """The case that an entry is about; None where it was forgotten, which a later entry says."""
    case = state.get(Case, id=told["case"])
    if case is None:
        state.unknown_case(told["case"])
    return case
