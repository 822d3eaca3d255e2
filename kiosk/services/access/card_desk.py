"""Cards at the desk: lost, found again, blocked, unblocked, and a PIN that was forgotten.

Each is an entry of the log and a look that the holder finds on their own screen. What lets a card
open something again needs the holder there: their card and their PIN, or, where that is what they
forgot, the card. A clerk does none of it to their own card.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

from sqlalchemy import select

from kiosk.core.clock import start_of_day, village_day
from kiosk.core.errors import ExpectedError
from kiosk.models.access import Card
from kiosk.models.register import Resident
from kiosk.services.access import acting, pins
from kiosk.services.access.acting import Once
from kiosk.services.access.cards import (
    CARD_BLOCKED,
    CARD_FOUND,
    CARD_LOST,
    CARD_UNBLOCKED,
    PIN_FORGOTTEN,
    read_card,
)
from kiosk.services.access.first_pin import lapses, waits_since
from kiosk.services.access.offices import Signature, card_of, held
from kiosk.services.access.roles import ROLES, holders
from kiosk.services.access.sessions import accept, end_sessions_of, live_card, prove
from kiosk.services.access.views import record_view
from kiosk.services.ledger import log
from kiosk.services.open_days import open_days
from kiosk.services.retry import one_by_one
from kiosk.services.village import Village
from kiosk.services.work import Work, reading, writing

FOUND_WITHIN: Final = 14
"""So many days after the day on which it was reported, to their last minute, a lost card may be
found again; then only another one helps."""
BY_TRIES, AS_WISHED = "tries", "wish"
"""Why a card was blocked: too many wrong PINs, or its holder at the desk."""

CardState = Literal["none", "waits", "good", "lost", "blocked", "gone"]
"""No card yet; one without a PIN; one that opens; reported lost; blocked; ended without another.
Words at ``cards.state_<state>``."""


@dataclass(frozen=True, kw_only=True)
class CardAtDesk:
    """Whose card it is, and how it stands."""

    resident_id: int
    name: str
    lane: str
    number: str
    """Of the house; the card's is on the card alone."""
    state: CardState
    since: date | None
    """The day of what the state says; None without a card."""
    until: date | None
    """The last day on which it gets its PIN, or may be found again; None where there is none."""
    tries: bool
    """Whether it was blocked by wrong PINs, and not as its holder wished."""
    foreign: bool
    in_office: bool
    """Whether another card or PIN has to be vouched for before it opens their office."""


def open_card(village: Village, session_id: str, resident_id: int, touch: str) -> CardAtDesk:
    """Somebody stands at the desk because of their card; they can see who looked.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``resident_unknown``, ``own_card``.
    """
    with _at_desk(village, session_id, resident_id, touch, "card_desk") as work:
        if work.known is None:
            note_blocked_in(work, card_of(work.session, resident_id))
        return _as_it_stands(work, resident_id)


def holder_of(village: Village, session_id: str, held_up: str) -> int:
    """Whose card it is that was held up; no name is said before it is opened.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``card_unreadable``; ``card_of_nobody``
            for one that is none of the village's, was replaced, or whose holder left.
    """
    with acting.reading(village, session_id, *holders("issue_card")) as work:
        card = live_card(work.session, read_card(village, held_up), for_update=False)
        if card is None:
            raise ExpectedError("card_of_nobody")
        return card.resident_id


def report_lost(village: Village, session_id: str, resident_id: int, touch: str) -> CardAtDesk:
    """Stop a lost card at once, and what it has open; harmless done twice.

    Raises:
        ExpectedError: as `open_card`; ``no_card``.
    """
    with _at_desk(village, session_id, resident_id, touch, CARD_LOST) as work:
        card = _card(work, resident_id)
        if work.known is None and card.lost_at is None:
            card.lost_at = work.now
            log.append(work, CARD_LOST, _told(work, card))
            end_sessions_of(work, resident_id)
        return _as_it_stands(work, resident_id)


def found_again(
    village: Village, session_id: str, resident_id: int, signature: Signature, touch: str
) -> CardAtDesk:
    """A lost card works again: its holder shows it and types its PIN, within `FOUND_WITHIN` days.

    Raises:
        ExpectedError: as `open_card` and `sessions.prove`; ``card_of_another``; ``card_not_lost``,
            ``card_lost_too_long``.
    """
    asked = (village, session_id, resident_id, signature, touch)
    return _with_pin(*asked, CARD_FOUND, _find)


def block(village: Village, session_id: str, resident_id: int, touch: str) -> CardAtDesk:
    """Stop a card because its holder wishes so, and what it has open; harmless done twice.

    Raises:
        ExpectedError: as `open_card`; ``no_card``.
    """
    with _at_desk(village, session_id, resident_id, touch, CARD_BLOCKED) as work:
        card = _card(work, resident_id)
        if work.known is None and card.blocked_at is None:
            card.blocked_at = work.now
            log.append(work, CARD_BLOCKED, {**_told(work, card), "why": AS_WISHED})
            end_sessions_of(work, resident_id)
        return _as_it_stands(work, resident_id)


def unblock(
    village: Village, session_id: str, resident_id: int, signature: Signature, touch: str
) -> CardAtDesk:
    """A blocked card works again: its holder shows it and types its PIN.

    Raises:
        ExpectedError: as `open_card` and `sessions.prove`; ``card_of_another``;
            ``card_not_blocked``; ``card_is_lost``.
    """
    asked = (village, session_id, resident_id, signature, touch)
    return _with_pin(*asked, CARD_UNBLOCKED, _unblock)


def forget_pin(
    village: Village, session_id: str, resident_id: int, held_up: str, touch: str
) -> CardAtDesk:
    """The card that is held up gets another PIN, which its holder draws alone (`first_pin`).

    A card that is blocked works again with it. One that opened an office waits for an officer to
    vouch for it anew: whoever had it in hand meanwhile might have drawn the PIN.

    Raises:
        ExpectedError: as `open_card`; ``card_unreadable``, ``card_number_mistyped``;
            ``card_of_another``; ``card_is_lost``.
    """
    text = read_card(village, held_up)
    with _at_desk(village, session_id, resident_id, touch, PIN_FORGOTTEN) as work:
        if work.known is None:
            card = live_card(work.session, text)
            if card is None or card.resident_id != resident_id:
                raise ExpectedError("card_of_another")
            if card.lost_at is not None:
                raise ExpectedError("card_is_lost")
            card.pin_hash, card.pin_asked_at = pins.NOT_DRAWN, work.now
            card.failures, card.wait_until = 0, None
            card.blocked_at = card.vouched_at = None
            card.ledger_index = log.append(work, PIN_FORGOTTEN, _told(work, card))
            end_sessions_of(work, resident_id)
        return _as_it_stands(work, resident_id)


def note_blocked(village: Village) -> int:
    """Write down which cards wrong PINs have blocked, an entry each; how many.

    Called by the timer, so that the last wrong PIN costs what any other does.
    """
    with reading(village) as work:
        found = work.session.scalars(select(Card.id).where(*_BLOCKED_BY_TRIES)).all()
    return len(one_by_one(_note_blocked, village, found))


def _note_blocked(village: Village, card_id: int) -> None:
    with writing(village) as work:
        log.take_turn(work)
        note_blocked_in(work, work.session.get(Card, card_id, with_for_update=True))


_BLOCKED_BY_TRIES: Final = (
    Card.ended_at.is_(None),
    Card.blocked_at.is_(None),
    Card.failures >= pins.BLOCKED_AT,
)


def note_blocked_in(work: Work, card: Card | None) -> None:
    """Write down in the caller's unit that wrong PINs have blocked `card`, if they have."""
    if card is None or card.ended_at is not None or card.blocked_at is not None:
        return
    if card.failures >= pins.BLOCKED_AT:
        card.blocked_at = work.now
        said = {"card": card.id, "resident": card.resident_id, "clerk": None, "why": BY_TRIES}
        log.append(work, CARD_BLOCKED, said)


def found_until(lost_at: datetime) -> datetime:
    """The moment from which on a card that was lost at `lost_at` cannot be found any more."""
    return start_of_day(village_day(lost_at) + timedelta(days=FOUND_WITHIN + 1))


@contextmanager
def _at_desk(
    village: Village, session_id: str, resident_id: int, touch: str, act: str
) -> Iterator[Once]:
    """A clerk, and a person whose card it is; a look, and the touch remembered, at the end."""
    may = holders("issue_card")
    with acting.once(village, session_id, touch, act, resident_id, may) as work:
        if work.who.resident_id == resident_id:
            raise ExpectedError("own_card")
        person = work.session.get(Resident, resident_id)
        if person is None or not person.active:
            raise ExpectedError("resident_unknown")
        yield work
        if work.known is None:
            record_view(work, work.who, resident_id, act)
            work.remember({"at": resident_id})


def _with_pin(
    village: Village,
    session_id: str,
    resident_id: int,
    signature: Signature,
    touch: str,
    act: str,
    change: Callable[[Card, datetime], None],
) -> CardAtDesk:
    """Let a stopped card work again, as `change` does it, where its holder shows card and PIN."""
    proven = prove(village, signature.card, signature.pin, at_desk=True)
    with _at_desk(village, session_id, resident_id, touch, act) as work:
        if work.known is None:
            card = work.session.get_one(Card, proven.card_id, with_for_update=True)
            note_blocked_in(work, card)
            if accept(work, proven, at_desk=True).resident_id != resident_id:
                raise ExpectedError("card_of_another")
            change(card, work.now)
            log.append(work, act, _told(work, card))
        return _as_it_stands(work, resident_id)


def _find(card: Card, now: datetime) -> None:
    if card.lost_at is None:
        raise ExpectedError("card_not_lost")
    if now >= found_until(card.lost_at):
        raise ExpectedError("card_lost_too_long")
    card.lost_at = None


def _unblock(card: Card, _now: datetime) -> None:
    if card.lost_at is not None:
        raise ExpectedError("card_is_lost")
    if card.blocked_at is None:
        raise ExpectedError("card_not_blocked")
    card.blocked_at = None


def _told(work: Once, card: Card) -> dict[str, object]:
    """What an entry about a card at the desk says: whose it is, and who was there."""
    return {"card": card.id, "resident": card.resident_id, "clerk": work.who.resident_id}


def _card(work: Work, resident_id: int) -> Card:
    card = card_of(work.session, resident_id)
    if card is None:
        raise ExpectedError("no_card")
    return card


def _as_it_stands(work: Work, resident_id: int) -> CardAtDesk:
    person = work.session.get_one(Resident, resident_id)
    newest = select(Card).where(Card.resident_id == resident_id).order_by(Card.id.desc()).limit(1)
    card = work.session.scalar(newest)
    state, since, until = _state(card)
    told = open_days(work.session).told
    return CardAtDesk(
        resident_id=resident_id,
        name=person.name,
        lane=person.household.lane,
        number=person.household.number,
        state=state,
        since=since and village_day(since),
        until=until and told(village_day(until - timedelta(seconds=1))),
        tries=card is not None and card.failures >= pins.BLOCKED_AT,
        foreign=card is not None and card.foreign,
        in_office=any(held(work.session, resident_id, each) for each in ROLES),
    )


def _state(card: Card | None) -> tuple[CardState, datetime | None, datetime | None]:
    if card is None:
        return "none", None, None
    if card.ended_at is not None:
        return "gone", card.ended_at, None
    if card.lost_at is not None:
        has_pin = pins.is_hash(card.pin_hash)
        return "lost", card.lost_at, found_until(card.lost_at) if has_pin else None
    if card.blocked_at is not None:
        return "blocked", card.blocked_at, None
    if pins.is_hash(card.pin_hash):
        return "good", card.issued_at, None
    return "waits", waits_since(card), lapses(waits_since(card))
