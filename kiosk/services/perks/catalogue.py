"""What perks there are, what each costs, and how many are left.

Every change of what is left is an entry of the log that names nobody, so that the stock can be
reckoned from the log also after people left and what was theirs was erased.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.catalogue import CHINESE, ON_EVERY_PAPER, Language
from kiosk.core.errors import ExpectedError
from kiosk.core.text import clean
from kiosk.core.texts import Texts
from kiosk.models.perks import Perk
from kiosk.services.access import answered_requests, roles, sessions
from kiosk.services.ledger import log
from kiosk.services.rulebook import gate
from kiosk.services.village import Village

_LONGEST: Mapping[Language, int] = {CHINESE: 40}
"""Characters of a title, 60 in every other language."""
_MOST = 10_000


@dataclass(frozen=True)
class PerkLine:
    """A perk as it is offered; `stock` is how many can still be reserved."""

    perk_id: int
    title: Texts
    price: int
    stock: int


def perks(village: Village) -> tuple[PerkLine, ...]:
    """Everything there is, in the order in which it was first offered."""
    with village.read() as session:
        return tuple(_line(each) for each in session.scalars(select(Perk).order_by(Perk.id)))


def offer(
    village: Village,
    session_id: str,
    title: Texts,
    price: int,
    stock: int,
    touch: str,
) -> PerkLine:
    """A clerk offers something new. For another price something else is offered.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``perk_unclear`` without a Chinese and an
            English title or with a price or stock that is none, ``words_refused``.
    """
    title = Texts({each: clean(text, _LONGEST.get(each, 60)) for each, text in title.items()})
    named = all(title.get(language) for language in ON_EVERY_PAPER)
    if not named or not 0 < price <= _MOST or not 0 <= stock <= _MOST:
        raise ExpectedError("perk_unclear")
    if found := [each for text in title.values() for each in gate.check_words(text)]:
        raise ExpectedError("words_refused", found[0].term)
    with village.write() as session:
        clerk = sessions.require(session, village, session_id, *roles.holders("hand_over_perk"))
        if (
            known := answered_requests.answered(session, touch, "offer_perk", clerk.resident_id)
        ) is not None:
            return _line(session.get_one(Perk, known["perk"]))
        perk = Perk(title=title, price=price, stock=0, ledger_index=0)
        session.add(perk)
        session.flush()
        content = {"perk": perk.id, "price": price, **title.named("title")}
        perk.ledger_index = log.append(session, village, "perk_offered", content)
        move_stock(session, village, perk, stock, "offered")
        answered_requests.remember(session, village, touch, {"perk": perk.id})
        return _line(perk)


def restock(village: Village, session_id: str, perk_id: int, more: int, touch: str) -> PerkLine:
    """A clerk puts more on the shelf, or with `more` below 0 takes something off it.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``perk_unknown``, ``perk_unclear`` if
            less than nothing would be left.
    """
    with village.write() as session:
        clerk = sessions.require(session, village, session_id, *roles.holders("hand_over_perk"))
        known = answered_requests.answered(session, touch, "restock", clerk.resident_id, perk_id)
        log.take_turn(session, village)
        perk = session.get(Perk, perk_id)
        if perk is None:
            raise ExpectedError("perk_unknown")
        if known is not None:
            return _line(perk)
        if not 0 <= perk.stock + more <= _MOST:
            raise ExpectedError("perk_unclear")
        move_stock(session, village, perk, more, "restocked")
        answered_requests.remember(session, village, touch, {"perk": perk.id})
        return _line(perk)


def move_stock(session: Session, village: Village, perk: Perk, count: int, why: str) -> None:
    """More or fewer are left, in the caller's transaction."""
    perk.stock += count
    log.append(session, village, "perk_stock", {"perk": perk.id, "count": count, "why": why})


def _line(perk: Perk) -> PerkLine:
    return PerkLine(perk.id, perk.title, perk.price, perk.stock)
