"""The first PIN of a card from the desk: drawn by its holder, seen once, tried once.

The desk issues a card without a PIN, so no official ever sees one. Nothing is kept of the PIN
before its holder typed it: whoever draws it and walks away leaves a card that opens nothing. A card
that nobody fetched its PIN for ends by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.core.clock import start_of_day, village_day
from kiosk.core.errors import ExpectedError
from kiosk.models.access import Card
from kiosk.models.register import Resident
from kiosk.services.access import pins
from kiosk.services.access.cards import (
    CARD_LAPSED,
    PIN_DRAWN,
    CardText,
    bind_pin,
    known_numbers,
    read_card,
)
from kiosk.services.access.sessions import is_stopped, live_card
from kiosk.services.ledger import log
from kiosk.services.retry import one_by_one
from kiosk.services.village import Village
from kiosk.services.work import Work, reading, writing

DAYS: Final = 14
"""So many days after the day of its issue a card waits for its PIN, to their last minute."""


@dataclass(frozen=True)
class FirstPin:
    """A PIN that was drawn and is kept nowhere else."""

    card_id: int
    bearer: pins.Bearer
    pin: str = field(repr=False)


def awaits(village: Village, card: str) -> bool:
    """Whether a card (token text or card number) has no PIN yet that was tried.

    An unknown card and one with a PIN are answered alike. Why a card opens nothing any more is
    told to who holds it up, not to who types a number.

    Raises:
        ExpectedError: ``card_unreadable``, ``card_number_mistyped``, ``card_lapsed`` for one whose
            PIN was not fetched in time, which is the newest of its holder; ``card_is_lost``,
            ``card_is_blocked``, ``card_replaced``.
    """
    text = read_card(village, card)
    with reading(village) as work:
        found = live_card(work.session, text, for_update=False)
        if found is None:
            _refuse_ended(work.session, text)
            return False
        if text.token_hash is not None:
            _refuse_stopped(found)
        if is_stopped(found):
            return False
        if pins.is_hash(found.pin_hash):
            return False
        _check_in_time(work, found)
        return True


def draw(village: Village, card: str) -> FirstPin:
    """Draw the PIN of a card from the desk, once.

    It has no touch: the PIN is kept nowhere, so a second try is refused and a new card is needed.

    Raises:
        ExpectedError: ``card_unreadable``, ``card_number_mistyped``, ``pin_was_drawn`` when this
            was done before and the PIN not tried, ``card_lapsed``, ``sign_in_refused`` for any
            other card.
    """
    text = read_card(village, card)
    with writing(village) as work:
        log.take_turn(work)
        found = live_card(work.session, text)
        if found is None or is_stopped(found) or pins.is_hash(found.pin_hash):
            raise ExpectedError("sign_in_refused")
        if found.pin_hash == pins.NOT_TRIED:
            raise ExpectedError("pin_was_drawn")
        _check_in_time(work, found)
        born_on, phone = known_numbers(work.session, found.resident_id)
        pin = pins.draw_pin(born_on, (phone, found.number))
        found.pin_hash = pins.NOT_TRIED
        log.append(work, PIN_DRAWN, {"card": found.id, "resident": found.resident_id})
        return FirstPin(found.id, pins.Bearer(found.number, found.resident_id), pin)


def try_once(village: Village, drawn: FirstPin, typed: str) -> bool:
    """Whether the holder typed the PIN that was drawn; from then on it opens the card.

    What is typed is held against the PIN in hand, so that nothing here helps to guess one. Tries
    with the card from before it had a PIN are forgotten: they could find out nothing.

    Raises:
        ExpectedError: ``pin_was_drawn`` if the card was replaced meanwhile.
    """
    if typed != drawn.pin:
        return False
    made = pins.hasher_of(village).hash(drawn.pin, drawn.bearer)
    with writing(village) as work:
        log.take_turn(work)
        card = work.session.get_one(Card, drawn.card_id, with_for_update=True)
        stopped = card.ended_at is not None or is_stopped(card)
        if stopped or card.pin_hash != pins.NOT_TRIED:
            raise ExpectedError("pin_was_drawn")
        card.failures, card.wait_until = 0, None
        bind_pin(work, card, made)
    return True


def waits_since(card: Card) -> datetime:
    """When the desk issued it, or said that its PIN was forgotten."""
    return card.pin_asked_at or card.issued_at


def lapses(since: datetime) -> datetime:
    """The moment from which on a card that waits `since` then for its PIN is ended."""
    return start_of_day(village_day(since) + timedelta(days=DAYS + 1))


def end_unfetched(village: Village) -> int:
    """End the cards whose holders did not fetch their PIN in time, an entry each; how many.

    Called by the timer; calling it again changes nothing.
    """
    with reading(village) as work:
        before = start_of_day(work.today - timedelta(days=DAYS))
        late = select(Card.id).where(
            Card.ended_at.is_(None), Card.pin_hash.in_(_NONE_YET), before > _WAITS_SINCE
        )
        found = work.session.scalars(late.order_by(Card.id)).all()
    return sum(one_by_one(_end, village, found))


_WAITS_SINCE: Final = func.coalesce(Card.pin_asked_at, Card.issued_at)
_NONE_YET: Final = (pins.NOT_DRAWN, pins.NOT_TRIED)


def _end(village: Village, card_id: int) -> bool:
    with writing(village) as work:
        log.take_turn(work)
        card = work.session.get(Card, card_id, with_for_update=True)
        if card is None or card.ended_at is not None or pins.is_hash(card.pin_hash):
            return False  # its holder, or another terminal, was faster
        card.ended_at = work.now
        log.append(work, CARD_LAPSED, {"card": card.id, "resident": card.resident_id})
        return True


def _check_in_time(work: Work, card: Card) -> None:
    if work.now >= lapses(waits_since(card)):
        raise ExpectedError("card_lapsed")


def _refuse_stopped(card: Card) -> None:
    if card.lost_at is not None:
        raise ExpectedError("card_is_lost")
    if card.blocked_at is not None:
        raise ExpectedError("card_is_blocked")


def _refuse_ended(session: Session, text: CardText) -> None:
    """Say to who shows it why a card has ended: without a PIN, or because another took its place.

    A number that was typed is told the first alone, as long as no other card was issued.
    """
    column = Card.number if text.token_hash is None else Card.token_hash
    held = select(Card).join(Resident, Resident.id == Card.resident_id).where(Resident.active)
    shown = session.scalar(held.where(column == (text.token_hash or text.number)))
    if shown is None or shown.ended_at is None:
        return
    cards = select(Card.id).where(Card.resident_id == shown.resident_id)
    newest = session.scalar(cards.order_by(Card.id.desc()).limit(1)) == shown.id
    if newest and not pins.is_hash(shown.pin_hash) and shown.ended_at >= lapses(waits_since(shown)):
        raise ExpectedError("card_lapsed")
    if not newest and text.token_hash is not None:
        raise ExpectedError("card_replaced")
