"""Sign-in sessions: card and PIN, how long one lasts, and who is asking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from kiosk.services.access.roles import Role
from kiosk.services.village import Village


@dataclass(frozen=True)
class SignedIn:
    """Somebody who is signed in; `roles` is empty for a resident."""

    id: str
    resident_id: int
    household_id: int
    name: str
    roles: frozenset[Role]
    opened_at: datetime
    new_notices: int


def sign_in(village: Village, card: str, pin: str, *, official: bool = False) -> SignedIn:
    """Open a session with a card (token text or card number) and its PIN."""
    raise NotImplementedError


def sign_out(village: Village, session_id: str) -> None:
    """End a session; harmless when it is over already."""
    raise NotImplementedError


def still_here(village: Village, session_id: str) -> SignedIn:
    """Somebody touched the screen: the idle time starts anew.

    Raises:
        ExpectedError: ``session_over``.
    """
    raise NotImplementedError


def require(session: Session, village: Village, session_id: str, *roles: Role) -> SignedIn:
    """Who is signed in as `session_id`, holding one of `roles` if any are named.

    Call it first in a transaction.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    raise NotImplementedError
