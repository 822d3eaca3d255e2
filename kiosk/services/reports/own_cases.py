"""What became of the reports that a person made, and of those about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kiosk.services.village import Village


@dataclass(frozen=True)
class CaseLine:
    """A case as the signed-in person may see it.

    `state` has words at ``reports.state_<state>``. Somebody who reported a concern about another
    sees only ``in_hand`` or ``closed``: what came of it is private to the person concerned.
    """

    case_id: int
    reference: str
    kind: str
    about_me: bool
    title_zh: str
    title_en: str
    points: int
    """Signed."""
    subject_name: str
    happened_on: date
    submitted_at: datetime
    state: str
    due_on: date | None
    """The last day of the present state, when it ends by itself or somebody answers by then."""
    open: bool
    may: tuple[str, ...]
    """Moves that the person may make now, e.g. ``withdraw``, ``reply``, ``appeal``."""


def my_cases(village: Village, session_id: str) -> tuple[CaseLine, ...]:
    """The cases about the signed-in person and those they handed in, newest first."""
    raise NotImplementedError
