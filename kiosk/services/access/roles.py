"""Offices, and what each may do: a table, in which the keeper has no say in any decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from kiosk.services.village import Village

Role = Literal["officer", "clerk", "keeper"]
Act = Literal["decide_case", "issue_card"]


def may(act: Act, roles: frozenset[Role]) -> bool:
    """True when somebody holding `roles` may do `act`."""
    raise NotImplementedError


def founding(village: Village, founders: Mapping[int, frozenset[Role]]) -> None:
    """Give the first officials their offices."""
    raise NotImplementedError


def grant_role(village: Village, session_id: str, resident_id: int, role: Role, touch: str) -> None:
    """Give `resident_id` an office."""
    raise NotImplementedError


def end_role(village: Village, session_id: str, resident_id: int, role: Role, touch: str) -> None:
    """End an office."""
    raise NotImplementedError
