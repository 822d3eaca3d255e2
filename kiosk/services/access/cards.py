"""Cards: issued by a clerk, stored as hashes, shown once."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kiosk.core.card_token import PREFIX, new_card_token, parse_card_token
from kiosk.core.encoding import digest_of
from kiosk.core.errors import ExpectedError
from kiosk.core.foreign_card import content_of
from kiosk.models.access import Card
from kiosk.models.register import Resident
from kiosk.services.access import pins
from kiosk.services.access.peppers import CARD_ISSUED, pepper_id
from kiosk.services.ledger import log
from kiosk.services.village import Village
from kiosk.services.work import Work

NUMBER_DIGITS = 8
"""Seven drawn at random and a check digit: enough for a million residents."""
_LONGEST_SHOWN = 64
PIN_BOUND = "pin_bound"
"""The kind of entry that says: what is kept of the PIN is now a hash for this card and person."""
PIN_DRAWN = "pin_drawn"
"""The kind of entry that says: the PIN of a card from the desk was shown, and is not tried yet."""
CARD_LAPSED = "card_lapsed"
"""The kind of entry that says: nobody fetched the PIN of a card from the desk, and it has ended."""
CARD_LOST, CARD_FOUND = "card_lost", "card_found"
CARD_BLOCKED, CARD_UNBLOCKED = "card_blocked", "card_unblocked"
PIN_FORGOTTEN = "pin_forgotten"
"""The kinds of entry of what the desk does with a card that somebody has."""


@dataclass(frozen=True)
class IssuedCard:
    """What a new card carries: shown and printed once, then nowhere any more."""

    resident_id: int
    number: str
    token_text: str = field(repr=False)
    pin: str = field(repr=False)
    """Empty for a card whose PIN is drawn later, by its holder."""


@dataclass(frozen=True)
class CardShown:
    """A card held before the scanner: `card` goes into `sign_in`, `number` onto the screen."""

    card: str = field(repr=False)
    number: str


@dataclass(frozen=True)
class CardText:
    """What was scanned or typed, in the form the database knows: a hash, or a number."""

    token_hash: bytes | None = field(repr=False)
    number: str = field(repr=False)


@dataclass(frozen=True)
class DrawnCard:
    """A card before it is written down."""

    issued: IssuedCard
    pin_hash: str = field(repr=False)
    foreign: bytes | None = field(default=None, repr=False)
    """What is kept of the card of something else that is taken as theirs."""


def card_by_token(village: Village, token_text: str) -> CardShown:
    """Read what a scanner typed; says nothing about whether the village knows the card.

    It is named by the last four digits that are printed on it; a strange one by four that are
    always the same for it.

    Raises:
        ExpectedError: ``card_unreadable``.
    """
    text = read_card(village, token_text)
    if text.token_hash is None:
        raise ExpectedError("card_unreadable")
    with village.read() as session:
        known = session.scalar(select(Card.number).where(Card.token_hash == text.token_hash))
    ending = known[-4:] if known else _stand_in(village, text.token_hash)
    return CardShown(token_text.strip(), f"···{ending}")


def _stand_in(village: Village, token_hash: bytes) -> str:
    made = hmac.new(village.keys.pepper, b"ending\x00" + token_hash, hashlib.sha256).digest()
    return f"{int.from_bytes(made[:4]) % 10_000:04}"


def read_card(village: Village, shown: str) -> CardText:
    """Read a token text, a foreign card or a card number by its grammar alone.

    Raises:
        ExpectedError: ``card_unreadable``, ``card_number_mistyped``.
    """
    if (content := content_of(shown)) is not None:
        return CardText(foreign_hash(village, content), "")
    text = unicodedata.normalize("NFKC", shown[:_LONGEST_SHOWN]).strip()
    if text.upper().startswith(PREFIX):
        bits = parse_card_token(text)
        if bits is None:
            raise ExpectedError("card_unreadable")
        return CardText(token_hash(bits), "")
    digits = text.replace(" ", "").replace("-", "")
    if not digits.isascii() or not digits.isdigit():
        raise ExpectedError("card_unreadable")
    if len(digits) != NUMBER_DIGITS or check_digit(digits[:-1]) != digits[-1]:
        raise ExpectedError("card_number_mistyped")
    return CardText(None, _as_printed(digits))


def token_hash(bits: bytes) -> bytes:
    """SHA-256 of a token: 128 random bits need no salt."""
    return hashlib.sha256(bits).digest()


def foreign_hash(village: Village, content: bytes) -> bytes:
    """What is kept of a foreign card: an HMAC with the pepper, which is in no database or backup.

    Numbers on such cards can be guessed, so that a plain hash of one would tell it.
    """
    return hmac.new(village.keys.pepper, b"foreign\x00" + content, hashlib.sha256).digest()


def check_digit(digits: str) -> str:
    """ISO/IEC 7064 MOD 11,10: finds every single wrong digit."""
    product = 10
    for ch in digits:
        product = ((product + int(ch)) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)


def new_card_number() -> str:
    """A random card number as it is printed, e.g. ``4021-7735``."""
    body = str(secrets.randbelow(9 * 10**6) + 10**6)
    return _as_printed(body + check_digit(body))


def _as_printed(digits: str) -> str:
    return f"{digits[:4]}-{digits[4:]}"


def draw_card(village: Village, resident_id: int, *, with_pin: bool = True) -> DrawnCard:
    """Draw number, token and PIN for a resident; computes one PIN hash and writes nothing.

    Without a PIN the card opens nothing until its holder has drawn one (`first_pin`).

    Raises:
        ExpectedError: ``resident_unknown``.
    """
    with village.read() as session:
        born_on, phone = known_numbers(session, resident_id)
        number = new_card_number()
        while session.scalar(select(Card.id).where(Card.number == number)) is not None:
            number = new_card_number()
    if not with_pin:
        return DrawnCard(IssuedCard(resident_id, number, new_card_token(), ""), pins.NOT_DRAWN)
    pin = pins.draw_pin(born_on, (phone, number))
    issued = IssuedCard(resident_id, number, new_card_token(), pin)
    return DrawnCard(issued, pins.hasher_of(village).hash(pin, pins.Bearer(number, resident_id)))


def write_card(work: Work, drawn: DrawnCard, clerk_id: int | None) -> None:
    """Write a drawn card down; the cards its holder had before end.

    What the machine issues, without a clerk, opens the office of its holder at once.
    """
    log.take_turn(work)  # whoever else gives this person a card does so before or after
    issued, now = drawn.issued, work.now
    earlier = (Card.resident_id == issued.resident_id, Card.ended_at.is_(None))
    work.session.execute(update(Card).where(*earlier).values(ended_at=now))
    card = Card(
        resident_id=issued.resident_id,
        number=issued.number,
        token_hash=drawn.foreign or _hash_of_token(issued.token_text),
        pin_hash=drawn.pin_hash,
        issued_at=now,
        foreign=drawn.foreign is not None,
        vouched_at=now if clerk_id is None else None,
    )
    work.session.add(card)
    work.session.flush()
    content = {
        "card": card.id,
        "resident": issued.resident_id,
        "clerk": clerk_id,
        "pepper": pepper_id(work.village.keys.pepper),
        **_what_opens(card),
    }
    if card.foreign:
        content["foreign"] = True
    card.ledger_index = log.append(work, CARD_ISSUED, content)


def _hash_of_token(token_text: str) -> bytes:
    bits = parse_card_token(token_text)
    if bits is None:
        raise ValueError("a token was drawn that cannot be read")
    return token_hash(bits)


def _what_opens(card: Card) -> dict[str, object]:
    """What the log keeps of what opens a card: who puts another hash in its place is found out."""
    return {
        "token": card.token_hash,
        "number_digest": digest_of(card.number),
        "pin_digest": digest_of(card.pin_hash),
    }


def bind_pin(work: Work, card: Card, pin_hash: str) -> None:
    """Put a hash that is bound to card and person in the place of what was kept before."""
    card.pin_hash = pin_hash
    content = {"card": card.id, "resident": card.resident_id}
    log.append(work, PIN_BOUND, content | _what_opens(card))


def known_numbers(session: Session, resident_id: int) -> tuple[date | None, str]:
    """Birthday and telephone number of a resident, of which a PIN must have nothing.

    Raises:
        ExpectedError: ``resident_unknown``.
    """
    resident = session.get(Resident, resident_id)
    if resident is None or not resident.active:
        raise ExpectedError("resident_unknown")
    return resident.born_on, resident.phone
