"""What somebody sees of the shelf, and of their own wallet: each page reads one state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import select

from kiosk.core.clock import village_day
from kiosk.core.texts import NO_TEXT, Texts
from kiosk.models.cases import Case
from kiosk.models.perks import Perk, Redemption, WalletMovement
from kiosk.models.rulebook import RuleVersion
from kiosk.services.access import acting
from kiosk.services.access.acting import Acting
from kiosk.services.perks import catalogue, floor, redemptions
from kiosk.services.perks.catalogue import PerkLine
from kiosk.services.perks.floor import HandOutLine
from kiosk.services.perks.redemptions import VoucherLine
from kiosk.services.village import Village
from kiosk.services.wallet import lots
from kiosk.services.wallet.lots import Lot

Now = Literal["may", "gone", "enough", "short"]
"""Whether somebody may reserve it now: else it is gone, or they had enough, or have too little."""
NEWEST = 30
"""So many movements of a wallet are shown; all of them stand in the copy of one's data."""
_UNDER_ITS_ENTRY = 2
"""The debit of a perk is the second entry after the one that says who reserved it."""


@dataclass(frozen=True)
class Offer:
    """A perk, and whether whoever looks may reserve it now."""

    perk: PerkLine
    now: Now
    had: int
    """How many of it they had in a year; told where there is a limit."""


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """The shelf as one person finds it; `why_not` is a code of why they can reserve nothing."""

    wallet: int
    why_not: str
    offers: tuple[Offer, ...]
    kept: tuple[VoucherLine, ...]
    """What is reserved for them."""
    ending: tuple[Lot, ...]
    """Their points that end within thirty days."""
    outs: tuple[HandOutLine, ...]
    """What everybody gets, for no points."""


@dataclass(frozen=True)
class MovementLine:
    """Points that came or went; `title` is of the rule or the perk, where it is still known."""

    points: int
    why: str
    on: date
    title: Texts


@dataclass(frozen=True, kw_only=True)
class Wallet:
    """What is in somebody's wallet, until when, and what came and went."""

    points: int
    today: date
    lots: tuple[Lot, ...]
    vouchers: tuple[VoucherLine, ...]
    movements: tuple[MovementLine, ...]


def shelf(village: Village, session_id: str) -> Shelf:
    """The shelf, for whoever is signed in.

    Raises:
        ExpectedError: ``session_over``.
    """
    with acting.reading(village, session_id) as work:
        me = work.who.resident_id
        mine = lots.lots_in(work.session, me, work.today)
        wallet = sum(each.points for each in mine)
        vouchers = redemptions.my_vouchers_in(work)
        return Shelf(
            wallet=wallet,
            why_not=redemptions.why_not_at_all(work.session, me),
            offers=_offers(work, wallet),
            kept=tuple(each for each in vouchers if each.state == "reserved"),
            ending=lots.ending_soon(mine, work.today),
            outs=floor.open_in(work),
        )


def my_wallet(village: Village, session_id: str) -> Wallet:
    """The wallet of whoever is signed in.

    Raises:
        ExpectedError: ``session_over``.
    """
    with acting.reading(village, session_id) as work:
        mine = lots.lots_in(work.session, work.who.resident_id, work.today)
        return Wallet(
            points=sum(each.points for each in mine),
            today=work.today,
            lots=mine,
            vouchers=redemptions.my_vouchers_in(work),
            movements=_movements(work),
        )


def _offers(work: Acting, wallet: int) -> tuple[Offer, ...]:
    had = redemptions.had_of(work.session, work.who.resident_id, work.today)
    found = work.session.scalars(catalogue.offered()).all()
    return tuple(
        Offer(catalogue.line_of(each), _now(each, wallet, had.get(each.id, 0)), had.get(each.id, 0))
        for each in found
    )


def _now(perk: Perk, wallet: int, had: int) -> Now:
    if perk.stock < 1:
        return "gone"
    if perk.per_person and had >= perk.per_person:
        return "enough"
    return "may" if wallet >= perk.price else "short"


def _movements(work: Acting) -> tuple[MovementLine, ...]:
    """The newest first."""
    me = work.who.resident_id
    rows = work.session.execute(
        select(WalletMovement, RuleVersion.title, Perk.title)
        .outerjoin(Case, Case.id == WalletMovement.case_id)
        .outerjoin(RuleVersion, RuleVersion.id == Case.rule_version_id)
        .outerjoin(
            Redemption,
            (Redemption.ledger_index == WalletMovement.ledger_index - _UNDER_ITS_ENTRY)
            & (Redemption.resident_id == me),
        )
        .outerjoin(Perk, Perk.id == Redemption.perk_id)
        .where(WalletMovement.resident_id == me)
        .order_by(WalletMovement.id.desc())
        .limit(NEWEST)
    )
    return tuple(
        MovementLine(each.points, each.why, village_day(each.at), rule or perk or NO_TEXT)
        for each, rule, perk in rows
    )
