"""Sign-in sessions: card and PIN, how long one lasts, and who is asking.

A known card with a wrong PIN and an unknown card take the same road: one count on disk, then one
argon2id computation, the same answers, the same waits.
"""

from __future__ import annotations

import hashlib
import hmac
import math
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session, joinedload

from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_session_id, session_digest
from kiosk.models.access import Card, RoleGrant, SignInSession, UnknownCardAttempts
from kiosk.models.register import Resident
from kiosk.services.access import pins
from kiosk.services.access.cards import CardText, bind_pin, read_card
from kiosk.services.access.peppers import SIGN_IN
from kiosk.services.access.roles import ROLES, Act, Role, holders
from kiosk.services.ledger import log
from kiosk.services.village import Village
from kiosk.services.work import Work, reading, writing

IDLE_RESIDENT = timedelta(seconds=150)
"""Two minutes and the 30 s countdown on screen."""
IDLE_OFFICIAL = timedelta(minutes=5)
"""The last 30 s of it are the countdown on screen."""
LONGEST_OFFICIAL = timedelta(hours=12)
SEEN_EVERY = timedelta(seconds=15)
"""How often the last touch is written down; the idle limits are longer by it, so that nobody is
signed out before their time."""
CLOCK_SLACK = timedelta(seconds=5)
"""How far a time server may put the clock back without anybody being signed out."""


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """Somebody who is signed in; `roles` is empty for a resident."""

    id: str
    resident_id: int
    household_id: int
    name: str
    roles: frozenset[Role]
    opened_at: datetime


@dataclass(frozen=True)
class _Try:
    """One counted try; the rest is None for a card the village does not know.

    A card without a PIN has no hash, which costs and answers the same.
    """

    failures: int
    card_id: int | None = None
    pin_hash: str | None = field(default=None, repr=False)
    bearer: pins.Bearer | None = None


@dataclass(frozen=True)
class Proven:
    """A card whose PIN was right."""

    card_id: int
    bound_hash: str | None = field(repr=False)
    """The hash to keep from now on, where what is kept is of an earlier version."""


def sign_in(village: Village, card: str, pin: str, *, official: bool = False) -> SignedIn:
    """Open a session with a card (token text or card number) and its PIN.

    Raises:
        ExpectedError: ``card_unreadable``, ``card_number_mistyped``, ``pin_form`` before anything
            is counted; then ``sign_in_refused``, ``sign_in_wait`` (seconds), ``card_blocked``, and
            ``no_office`` when `official` is asked for by somebody who holds none, and
            ``card_not_vouched`` when no other officer vouched for the card that should open it.
    """
    return _open(village, prove(village, card, pin), official)


def prove(village: Village, card: str, pin: str, *, at_desk: bool = False) -> Proven:
    """A card and its PIN, held against each other; the try is counted as one of a sign-in.

    `accept` it in the unit of work that it is for. `at_desk`: a card that is lost or blocked may
    be tried, too, and one that is blocked by wrong PINs `pins.DESK_TRIES` times more.

    Raises:
        ExpectedError: as `sign_in`, but for ``no_office``; ``card_desk_tries`` at the desk.
    """
    text = read_card(village, card)
    pins.check_form(pin)
    counted, hasher = _count(village, text, at_desk), pins.hasher_of(village)
    bearer = counted.bearer or pins.Bearer("", 0)
    good = hasher.matches(counted.pin_hash, pin, bearer)
    if not good or counted.card_id is None or counted.pin_hash is None:
        raise _refused(counted.failures, at_desk)
    bound = None if pins.is_bound(counted.pin_hash) else hasher.hash(pin, bearer)
    return Proven(counted.card_id, bound)


def accept(work: Work, proven: Proven, *, at_desk: bool = False) -> Card:
    """The card that was proven, with its failures forgotten.

    Raises:
        ExpectedError: ``sign_in_refused`` if it was replaced meanwhile, or, but `at_desk`, stopped.
    """
    card = work.session.get_one(Card, proven.card_id, with_for_update=True)
    if card.ended_at is not None or (is_stopped(card) and not at_desk):
        raise ExpectedError("sign_in_refused")
    card.failures, card.wait_until = 0, None
    if proven.bound_hash is not None and not pins.is_bound(card.pin_hash):
        bind_pin(work, card, proven.bound_hash)
    return card


def is_stopped(card: Card) -> bool:
    """Whether a card is lost or blocked, until the desk says otherwise."""
    return card.lost_at is not None or card.blocked_at is not None


def end_sessions_of(work: Work, resident_id: int) -> None:
    """End what somebody has open anywhere: the card that opened it is stopped."""
    theirs = (SignInSession.resident_id == resident_id, SignInSession.ended_at.is_(None))
    for row in work.session.scalars(select(SignInSession).where(*theirs)):
        row.ended_at = work.now
        if row.roles:
            log.append(work, "sign_out", {"official": row.resident_id, "why": "card_stopped"})


def _refused(failures: int, at_desk: bool) -> ExpectedError:
    """What a wrong PIN is told: also that, and how long, one has to wait from now on."""
    if failures >= pins.BLOCKED_AT:
        left = pins.BLOCKED_AT + pins.DESK_TRIES - failures if at_desk else 0
        if left > 0:
            return ExpectedError("sign_in_refused")
        return ExpectedError("card_desk_tries" if at_desk else "card_blocked")
    wait = math.ceil(pins.wait_after(failures).total_seconds())
    return ExpectedError("sign_in_wait", wait) if wait else ExpectedError("sign_in_refused")


def sign_out(village: Village, session_id: str) -> None:
    """End a session; harmless when it is over already."""
    _end(village, session_id, "signed_out")


_OPENED = (
    select(SignInSession, Resident)
    .join(Resident, Resident.id == SignInSession.resident_id)
    .where(SignInSession.id == bindparam("digest"))
    .options(joinedload(Resident.household, innerjoin=True))
)
"""A session and whose it is: the first read of every touch."""


def still_here(village: Village, session_id: str) -> SignedIn:
    """Somebody touched the screen: the idle time starts anew.

    Raises:
        ExpectedError: ``session_over``.
    """
    with writing(village) as work:
        return require(work, session_id)


def require(work: Work, session_id: str, *roles: Role) -> SignedIn:
    """Who is signed in as `session_id`, holding one of `roles` if any are named.

    Call it first in a transaction: when the session is over, that transaction is rolled back and
    the end is written down in one of its own.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    found = work.session.execute(_OPENED, {"digest": session_digest(session_id)}).one_or_none()
    if found is None or found[0].ended_at is not None:
        raise ExpectedError("session_over")
    (row, resident), now = found, work.now
    if why := _over(row, now):
        work.session.rollback()
        _end(work.village, session_id, why)
        raise ExpectedError("session_over")
    if now - row.seen_at >= SEEN_EVERY:
        _seen(work, row, now)
    person = _signed_in(work.session, row, resident, session_id)
    if roles and person.roles.isdisjoint(roles):
        raise ExpectedError("not_allowed")
    return person


def holding(village: Village, session_id: str, act: Act) -> SignedIn:
    """Who is signed in, and may do `act`.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with reading(village) as work:
        return require(work, session_id, *holders(act))


def _count(village: Village, text: CardText, at_desk: bool) -> _Try:
    """Count a try as failed, on disk, before the PIN is looked at."""
    now = village.clock.now()
    with writing(village) as work:
        known = live_card(work.session, text)
        if known and is_stopped(known) and known.failures < pins.BLOCKED_AT and not at_desk:
            known = None  # it is answered as one that the village does not know
        row = known or _strange_card(work, text, now)
        refusal = _refusal(row, now, at_desk)
        if refusal is None:
            row.failures += 1
            row.wait_until = now + pins.wait_after(row.failures)
        counted = _try_of(known) if known else _Try(row.failures)
    if refusal is not None:
        raise refusal
    return counted


def _try_of(card: Card) -> _Try:
    bearer = pins.Bearer(card.number, card.resident_id)
    stored = card.pin_hash if pins.is_hash(card.pin_hash) else None
    return _Try(card.failures, card.id, stored, bearer)


def _refusal(row: Card | UnknownCardAttempts, now: datetime, at_desk: bool) -> ExpectedError | None:
    if row.failures >= pins.BLOCKED_AT:
        if not at_desk:
            return ExpectedError("card_blocked")
        used_up = row.failures >= pins.BLOCKED_AT + pins.DESK_TRIES
        return ExpectedError("card_desk_tries") if used_up else None
    seconds = _still_to_wait(row, now)
    return ExpectedError("sign_in_wait", seconds) if seconds else None


def live_card(session: Session, text: CardText, *, for_update: bool = True) -> Card | None:
    """The card that was shown or typed, unless it was replaced or its holder left."""
    column = Card.number if text.token_hash is None else Card.token_hash
    wanted = text.number if text.token_hash is None else text.token_hash
    found = (
        select(Card)
        .join(Resident, Resident.id == Card.resident_id)
        .where(column == wanted, Card.ended_at.is_(None), Resident.active)
    )
    return session.scalar(found.with_for_update(of=Card) if for_update else found)


def _strange_card(work: Work, text: CardText, now: datetime) -> UnknownCardAttempts:
    shown = text.token_hash or text.number.encode()
    key = hmac.new(work.village.keys.pepper, b"strange\x00" + shown, hashlib.sha256).digest()
    row = work.session.get(UnknownCardAttempts, key, with_for_update=True)
    if row is None:
        row = UnknownCardAttempts(key=key, failures=0, wait_until=None, tried_at=now)
        work.session.add(row)
    row.tried_at = now
    return row


def _still_to_wait(row: Card | UnknownCardAttempts, now: datetime) -> int:
    """Seconds until the next try; never more than the wait itself, should the clock be set back."""
    if row.wait_until is None or row.wait_until <= now:
        return 0
    longest = pins.wait_after(row.failures)
    if row.wait_until - now > longest:
        row.wait_until = now + longest
    return math.ceil((row.wait_until - now).total_seconds())


def _open(village: Village, proven: Proven, official: bool) -> SignedIn:
    now, session_id = village.clock.now(), new_session_id()
    with writing(village) as work:
        if official:
            log.take_turn(work)  # what an official does begins with an entry
        card = accept(work, proven)
        roles = _roles_held(work.session, card.resident_id) if official else frozenset[Role]()
        opens = not roles or card.vouched_at is not None
        if opens and (roles or not official):
            row = SignInSession(
                id=session_digest(session_id),
                resident_id=card.resident_id,
                roles=",".join(sorted(roles)),
                opened_at=now,
                seen_at=now,
            )
            work.session.add(row)
            work.session.flush()
            if roles:
                who = {"official": card.resident_id, "roles": sorted(roles)}
                log.append(work, SIGN_IN, who)
            resident = work.session.get_one(Resident, row.resident_id)
            return _signed_in(work.session, row, resident, session_id)
    raise ExpectedError("no_office" if opens else "card_not_vouched")


_HELD = select(RoleGrant.role).where(
    RoleGrant.resident_id == bindparam("resident_id"), RoleGrant.in_office
)


def _roles_held(session: Session, resident_id: int) -> frozenset[Role]:
    held = session.scalars(_HELD, {"resident_id": resident_id}).all()
    return frozenset(role for role in ROLES if role in held)


def _signed_in(
    session: Session, row: SignInSession, resident: Resident, session_id: str
) -> SignedIn:
    roles = frozenset[Role]()
    if row.roles:
        opened_with = row.roles.split(",")
        held = _roles_held(session, row.resident_id)
        roles = frozenset(role for role in held if role in opened_with)
    return SignedIn(
        id=session_id,
        resident_id=resident.id,
        household_id=resident.household_id,
        name=resident.name,
        roles=roles,
        opened_at=row.opened_at,
    )


def _over(row: SignInSession, now: datetime) -> str:
    """Why a session is over, or an empty text."""
    idle = IDLE_OFFICIAL if row.roles else IDLE_RESIDENT
    if now < row.seen_at - CLOCK_SLACK:
        return "clock_set_back"
    if now - row.seen_at > idle + SEEN_EVERY:
        return "idle"
    if row.roles and now - row.opened_at > LONGEST_OFFICIAL:
        return "too_long"
    return ""


def _seen(work: Work, row: SignInSession, now: datetime) -> None:
    """Write the moment down: here if this transaction writes, else in one of its own."""
    if work.session.get_bind().get_execution_options().get("writes", False):
        row.seen_at = now
        return
    with work.village.write() as apart:
        mine = (SignInSession.id == row.id, SignInSession.seen_at < now)
        apart.execute(update(SignInSession).where(*mine).values(seen_at=now))


def _end(village: Village, session_id: str, why: str) -> None:
    with writing(village) as work:
        key = session_digest(session_id)
        row = work.session.get(SignInSession, key, with_for_update=True)
        if row is None or row.ended_at is not None:
            return
        row.ended_at = work.now
        if row.roles:
            log.append(work, "sign_out", {"official": row.resident_id, "why": why})
