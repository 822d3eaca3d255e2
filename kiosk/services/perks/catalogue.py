"""What perks there are, what each costs, and how many are left.

Every change of what is left is an entry of the log that names nobody, so that the stock can be
reckoned from the log also after people left and what was theirs was erased.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from kiosk.core.catalogue import CHINESE, ON_EVERY_PAPER, Language
from kiosk.core.errors import ExpectedError
from kiosk.core.text import clean
from kiosk.core.texts import Texts
from kiosk.models.perks import Perk
from kiosk.services.access import acting, roles
from kiosk.services.ledger import log
from kiosk.services.rulebook import gate
from kiosk.services.village import Village
from kiosk.services.work import Work

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
    with acting.once(
        village, session_id, touch, "offer_perk", roles=roles.holders("hand_over_perk")
    ) as work:
        if work.known is not None:
            return _line(work.session.get_one(Perk, work.known["perk"]))
        perk = Perk(title=title, price=price, stock=0, ledger_index=0)
        work.session.add(perk)
        work.session.flush()
        content = {"perk": perk.id, "price": price, **title.named("title")}
        perk.ledger_index = log.append(work, "perk_offered", content)
        move_stock(work, perk, stock, "offered")
        work.remember({"perk": perk.id})
        return _line(perk)


def restock(village: Village, session_id: str, perk_id: int, more: int, touch: str) -> PerkLine:
    """A clerk puts more on the shelf, or with `more` below 0 takes something off it.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``perk_unknown``, ``perk_unclear`` if
            less than nothing would be left.
    """
    with acting.once(
        village, session_id, touch, "restock", perk_id, roles=roles.holders("hand_over_perk")
    ) as work:
        log.take_turn(work)
        perk = work.session.get(Perk, perk_id)
        if perk is None:
            raise ExpectedError("perk_unknown")
        if work.known is not None:
            return _line(perk)
        if not 0 <= perk.stock + more <= _MOST:
            raise ExpectedError("perk_unclear")
        move_stock(work, perk, more, "restocked")
        work.remember({"perk": perk.id})
        return _line(perk)


def move_stock(work: Work, perk: Perk, count: int, why: str) -> None:
    """More or fewer are left, in the caller's transaction."""
    perk.stock += count
    log.append(work, "perk_stock", {"perk": perk.id, "count": count, "why": why})


def _line(perk: Perk) -> PerkLine:
    return PerkLine(perk.id, perk.title, perk.price, perk.stock)
