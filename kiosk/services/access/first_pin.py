"""The first PIN of a card from the desk: drawn by its holder, seen once, tried once.

The desk issues a card without a PIN, so no official ever sees one. Nothing is kept of the PIN
before its holder typed it: whoever draws it and walks away leaves a card that opens nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.core.errors import ExpectedError
from kiosk.models.access import Card
from kiosk.services.access import pins
from kiosk.services.access.cards import PIN_DRAWN, bind_pin, known_numbers, read_card
from kiosk.services.access.sessions import live_card
from kiosk.services.ledger import log
from kiosk.services.village import Village
from kiosk.services.work import reading, writing


@dataclass(frozen=True)
class FirstPin:
    """A PIN that was drawn and is kept nowhere else."""

    card_id: int
    bearer: pins.Bearer
    pin: str = field(repr=False)


def awaits(village: Village, card: str) -> bool:
    """Whether a card (token text or card number) has no PIN yet that was tried.

    An unknown card and one with a PIN are answered alike.

    Raises:
        ExpectedError: ``card_unreadable``, ``card_number_mistyped``.
    """
    text = read_card(card)
    with reading(village) as work:
        found = live_card(work.session, text, for_update=False)
        return found is not None and not pins.is_hash(found.pin_hash)


def draw(village: Village, card: str) -> FirstPin:
    """Draw the PIN of a card from the desk, once.

    It has no touch: the PIN is kept nowhere, so a second try is refused and a new card is needed.

    Raises:
        ExpectedError: ``card_unreadable``, ``card_number_mistyped``, ``pin_was_drawn`` when this
            was done before and the PIN not tried, ``sign_in_refused`` for any other card.
    """
    text = read_card(card)
    with writing(village) as work:
        found = live_card(work.session, text)
        if found is None or pins.is_hash(found.pin_hash):
            raise ExpectedError("sign_in_refused")
        if found.pin_hash == pins.NOT_TRIED:
            raise ExpectedError("pin_was_drawn")
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
        card = work.session.get_one(Card, drawn.card_id, with_for_update=True)
        if card.ended_at is not None or card.pin_hash != pins.NOT_TRIED:
            raise ExpectedError("pin_was_drawn")
        card.failures, card.wait_until = 0, None
        bind_pin(work, card, made)
    return True
