"""Cards: issued by a clerk, stored as hashes, shown once."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.services.village import Village


@dataclass(frozen=True)
class IssuedCard:
    """What a new card carries: shown and printed once, then nowhere any more."""

    resident_id: int
    number: str
    token_text: str = field(repr=False)
    pin: str = field(repr=False)


@dataclass(frozen=True)
class CardShown:
    """A card held before the scanner: `card` goes into `sign_in`, `number` onto the screen."""

    card: str = field(repr=False)
    number: str


def card_by_token(village: Village, token_text: str) -> CardShown:
    """Read what a scanner typed; says nothing about whether the village knows the card."""
    raise NotImplementedError


def issue_card(village: Village, session_id: str, resident_id: int) -> IssuedCard:
    """Draw a new card and PIN for a resident; the card they had before ends."""
    raise NotImplementedError
