"""Which pepper the officials' PINs were made with, and whether it is the one that is here.

The pepper is in no backup, so a village that comes back on a new machine has another one, and no
PIN of before opens anything. The log says so by an entry of its own, which only `kiosk restore` and
`kiosk import-keys` write, both with the key of the recovery sheet: a pepper that somebody put into
the folder by hand opens no way to new cards.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.core.errors import ExpectedError
from kiosk.models.access import Card, RoleGrant
from kiosk.models.ledger import LedgerEntry, of_kind
from kiosk.models.register import Resident
from kiosk.services.ledger import log
from kiosk.services.work import Work

PEPPER_CHANGED = "pepper_changed"
"""The kind of entry that says: PINs of before open nothing from here on."""
CARD_ISSUED, SIGN_IN = "card_issued", "sign_in"


@dataclass(frozen=True)
class Issued:
    """The residents who were given a card at the machine, and the moment of the last one."""

    at: datetime
    residents: tuple[int, ...]


def pepper_id(pepper: bytes) -> str:
    """A name for `pepper` that says nothing about it: 64 bits of an HMAC, in hexadecimal."""
    return hmac.new(pepper, b"village-hall kiosk pepper", hashlib.sha256).hexdigest()[:16]


def in_office(session: Session) -> tuple[int, ...]:
    """The residents who hold an office, in the order of the register."""
    held = select(RoleGrant.resident_id).where(RoleGrant.ended_at.is_(None))
    return tuple(
        session.scalars(
            select(Resident.id).where(Resident.id.in_(held), Resident.active).order_by(Resident.id)
        )
    )


def is_another(session: Session, pepper: bytes) -> bool:
    """Whether every official's PIN is known to have been made with another pepper."""
    made_with = _of_officials(session)
    return bool(made_with) and not made_with & {"", pepper_id(pepper)}


def note_changed(work: Work, pepper: bytes) -> None:
    """Write down that PINs are made with `pepper` from here on."""
    log.append(work, PEPPER_CHANGED, {"pepper": pepper_id(pepper)})


def changed_last(session: Session) -> tuple[int, datetime] | None:
    """The entry that said last that the pepper changed, and its moment; None if none did."""
    newest = select(LedgerEntry.index, LedgerEntry.at).where(of_kind(PEPPER_CHANGED))
    row = session.execute(newest.order_by(LedgerEntry.index.desc()).limit(1)).first()
    return None if row is None else (row[0], row[1])


def issued_at_the_machine(session: Session) -> Issued | None:
    """Whose cards were issued, and last when, since the pepper changed; by no clerk but here."""
    changed = changed_last(session)
    if changed is None:
        return None
    query = select(LedgerEntry.index, LedgerEntry.at).where(
        LedgerEntry.kind == CARD_ISSUED, LedgerEntry.index > changed[0]
    )
    rows = session.execute(query.order_by(LedgerEntry.index)).all()
    told = [(at, log.content_of(session, index) or {"clerk": 0}) for index, at in rows]
    here = [(at, content["resident"]) for at, content in told if content["clerk"] is None]
    return Issued(here[-1][0], tuple(dict.fromkeys(who for _, who in here))) if here else None


def require_locked_out(work: Work) -> None:
    """Refuse unless no official ever signed in with the pepper that is here.

    Raises:
        ExpectedError: ``officials_can_sign_in``, ``pepper_not_noted`` if the pepper that is here
            is not the one that the log says was put in.
    """
    changed = changed_last(work.session)
    if changed is None:
        raise ExpectedError("officials_can_sign_in")
    index, _ = changed
    said = log.content_of(work.session, index) or {}
    if said.get("pepper") != pepper_id(work.village.keys.pepper):
        raise ExpectedError("pepper_not_noted")
    since = (LedgerEntry.kind == SIGN_IN, LedgerEntry.index > index)
    if work.session.scalar(select(func.count()).where(*since)):
        raise ExpectedError("officials_can_sign_in")


def _of_officials(session: Session) -> set[str]:
    """The peppers of the officials' cards; an empty text for a card that does not say."""
    living = set(
        session.scalars(
            select(Card.id).where(Card.resident_id.in_(in_office(session)), Card.ended_at.is_(None))
        )
    )
    query = select(LedgerEntry.index).where(LedgerEntry.kind == CARD_ISSUED)
    issued = [log.content_of(session, index) or {"card": 0} for index in session.scalars(query)]
    said: dict[int, str] = {content["card"]: content.get("pepper", "") for content in issued}
    return {said.get(card, "") for card in living}
