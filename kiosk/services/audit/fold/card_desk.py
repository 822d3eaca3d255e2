"""What the desk does with a card that somebody has, as the log gives it."""

from __future__ import annotations

from typing import Any, Final

from kiosk.core.encoding import digest_of
from kiosk.models.access import Card
from kiosk.services.access import pins
from kiosk.services.access.card_desk import AS_WISHED, BY_TRIES, found_until
from kiosk.services.access.cards import (
    CARD_BLOCKED,
    CARD_FOUND,
    CARD_LOST,
    CARD_UNBLOCKED,
    PIN_FORGOTTEN,
)
from kiosk.services.access.roles import may
from kiosk.services.audit.fold.access import held
from kiosk.services.audit.fold.state import Entry, State
from kiosk.services.audit.fold.takers import takes
from kiosk.services.ledger.contents import Told

_NOT_DRAWN: Final = digest_of(pins.NOT_DRAWN)


@takes(CARD_LOST)
def card_lost(state: State, entry: Entry, told: Told) -> None:
    """A card opens nothing from here on, unless it is found again."""
    if _card(state, told).lost_at is not None:
        state.not_allowed("was lost")
    _change(state, told, lost_at=entry.at)


@takes(CARD_FOUND)
def card_found(state: State, entry: Entry, told: Told) -> None:
    """A card that was lost works again, in time, and where it has a PIN to show."""
    card = _card(state, told)
    if card.lost_at is None or entry.at >= found_until(card.lost_at):
        state.not_allowed("was not lost, or too long")
    _change(state, told, lost_at=None)


@takes(CARD_BLOCKED)
def card_blocked(state: State, entry: Entry, told: Told) -> None:
    """A card opens nothing after too many wrong PINs, or because its holder wished so."""
    machine = told["clerk"] is None
    if told["why"] not in (AS_WISHED, BY_TRIES) or machine != (told["why"] == BY_TRIES):
        state.not_allowed("for no reason of the list")
    if _card(state, told, by_machine=machine).blocked_at is not None:
        state.not_allowed("was blocked")
    _change(state, told, blocked_at=entry.at)


@takes(CARD_UNBLOCKED)
def card_unblocked(state: State, _entry: Entry, told: Told) -> None:
    """A blocked card works again."""
    card = _card(state, told)
    if card.blocked_at is None or card.lost_at is not None:
        state.not_allowed("was not blocked, or is lost")
    _change(state, told, blocked_at=None)


@takes(PIN_FORGOTTEN)
def pin_forgotten(state: State, entry: Entry, told: Told) -> None:
    """A card waits for another PIN, and opens no office before an officer vouches for it anew."""
    if _card(state, told).lost_at is not None:
        state.not_allowed("the card is lost")
    waits = {"pin_hash": _NOT_DRAWN, "pin_asked_at": entry.at, "ledger_index": entry.index}
    _change(state, told, blocked_at=None, vouched_at=None, **waits)


def _card(state: State, told: Told, *, by_machine: bool = False) -> Any:
    """The card, which has not ended; noted where no clerk but its holder's says so."""
    if not by_machine:
        if told["clerk"] == told["resident"]:
            state.not_allowed("one's own")
        if not may("issue_card", held(state, told["clerk"])):
            state.not_allowed("without the office")
    card = state.get(Card, id=told["card"], resident_id=told["resident"])
    if card.ended_at is not None:
        state.not_allowed("the card has ended")
    return card


def _change(state: State, told: Told, **columns: object) -> None:
    state.change(Card, {"id": told["card"]}, **columns)
