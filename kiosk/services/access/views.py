"""Who looked at whose record, and why (charter 8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from kiosk.services.access.sessions import SignedIn
from kiosk.services.village import Village

PURPOSES: tuple[str, ...] = (
    "decide_case",
    "hear_appeal",
    "correct_register",
    "enrol",
    "print_card",
    "print_sign",
    "hand_over_notice",
    "hand_over_perk",
)


@dataclass(frozen=True)
class RecordViewLine:
    """One look: `role` and `purpose` are keys ``access.role_…`` and ``access.purpose_…``."""

    viewer_name: str
    role: str
    purpose: str
    at: datetime


def record_view(
    session: Session, village: Village, viewer: SignedIn, subject_id: int, purpose: str
) -> int:
    """Write down that `viewer` looks at the record of `subject_id`; the ledger index."""
    raise NotImplementedError


def views_of(village: Village, session_id: str) -> tuple[RecordViewLine, ...]:
    """Every look at the signed-in person's record, newest first."""
    raise NotImplementedError
