"""What perks there are, what each costs, and how many are left.

Every change of what is left is an entry of the log that names nobody, so that the stock can be
reckoned from the log also after people left and what was theirs was erased.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Select, select

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
MOST = 10_000
MOST_FOR_ONE = 100
PICTURES = (
    *("soap", "napkins", "rice", "oil", "tea", "saplings", "hall", "trip", "wish"),
    *("towel", "salt", "umbrella", "gift"),
)
"""Each is a drawing of ``assets/pictures``, called ``perk_<picture>``."""


@dataclass(frozen=True, kw_only=True)
class PerkLine:
    """A perk as it is offered; `stock` is how many can still be reserved."""

    perk_id: int
    title: Texts
    price: int
    stock: int
    picture: str
    per_person: int
    """So many for one person in a year; 0 where there is no limit."""


def perks(village: Village) -> tuple[PerkLine, ...]:
    """Everything there is, in the order in which it was first offered."""
    with village.read() as session:
        return tuple(line_of(each) for each in session.scalars(offered()))


def offered() -> Select[Perk]:
    """What is on the shelf, in the order in which it was first offered."""
    return select(Perk).where(Perk.ended_at.is_(None)).order_by(Perk.id)


def offer(
    village: Village,
    session_id: str,
    title: Texts,
    price: int,
    stock: int,
    touch: str,
    *,
    picture: str = "gift",
    per_person: int = 0,
) -> PerkLine:
    """A clerk offers something new. For another price something else is offered.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``perk_unclear`` without a Chinese and an
            English title or with a price, stock or limit that is none, ``perk_picture`` where the
            picture is none of `PICTURES`, ``words_refused``.
    """
    if picture not in PICTURES:
        raise ExpectedError("perk_picture")
    title = Texts({each: clean(text, _LONGEST.get(each, 60)) for each, text in title.items()})
    named = all(title.get(language) for language in ON_EVERY_PAPER)
    if not named or not 0 < price <= MOST or not 0 <= stock <= MOST:
        raise ExpectedError("perk_unclear")
    if not 0 <= per_person <= MOST_FOR_ONE:
        raise ExpectedError("perk_unclear")
    if found := [each for text in title.values() for each in gate.check_words(text)]:
        raise ExpectedError("words_refused", found[0].term)
    with acting.once(
        village, session_id, touch, "offer_perk", roles=roles.holders("hand_over_perk")
    ) as work:
        if work.known is not None:
            return line_of(work.session.get_one(Perk, work.known["perk"]))
        of_it = {"price": price, "picture": picture, "per_person": per_person}
        perk = Perk(title=title, stock=0, ledger_index=0, **of_it)
        work.session.add(perk)
        work.session.flush()
        content = {"perk": perk.id, **of_it, **title.named("title")}
        perk.ledger_index = log.append(work, "perk_offered", content)
        move_stock(work, perk, stock, "offered")
        work.remember({"perk": perk.id})
        return line_of(perk)


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
        if perk is None or perk.ended_at is not None:
            raise ExpectedError("perk_unknown")
        if work.known is not None:
            return line_of(perk)
        if not 0 <= perk.stock + more <= MOST:
            raise ExpectedError("perk_unclear")
        move_stock(work, perk, more, "restocked")
        work.remember({"perk": perk.id})
        return line_of(perk)


def end(village: Village, session_id: str, perk_id: int, touch: str) -> None:
    """A clerk takes it off the shelf for good; what is reserved of it is still handed over.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``perk_unknown``.
    """
    with acting.once(
        village, session_id, touch, "end_perk", perk_id, roles=roles.holders("hand_over_perk")
    ) as work:
        if work.known is not None:
            return
        log.take_turn(work)
        perk = work.session.get(Perk, perk_id)
        if perk is None or perk.ended_at is not None:
            raise ExpectedError("perk_unknown")
        perk.ended_at = work.now
        work.session.flush()
        log.append(work, "perk_ended", {"perk": perk.id})
        work.remember({"perk": perk.id})


def move_stock(work: Work, perk: Perk, count: int, why: str) -> None:
    """More or fewer are left, in the caller's transaction."""
    perk.stock += count
    log.append(work, "perk_stock", {"perk": perk.id, "count": count, "why": why})


def line_of(perk: Perk) -> PerkLine:
    """A perk as it is offered."""
    return PerkLine(
        perk_id=perk.id,
        title=perk.title,
        price=perk.price,
        stock=perk.stock,
        picture=perk.picture,
        per_person=perk.per_person,
    )
