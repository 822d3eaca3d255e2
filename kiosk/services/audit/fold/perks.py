"""Perks, what was reserved of them, and the wallet, as the log gives them."""

from __future__ import annotations

from datetime import date, timedelta

from kiosk.core.clock import village_day
from kiosk.core.texts import named_in
from kiosk.models.perks import Perk, Redemption, WalletMovement
from kiosk.services.audit.fold.apart import of_one_household
from kiosk.services.audit.fold.days import days_of
from kiosk.services.audit.fold.hall import open_days_of
from kiosk.services.audit.fold.shelf import counted_last
from kiosk.services.audit.fold.state import Entry, State
from kiosk.services.audit.fold.takers import takes
from kiosk.services.ledger.contents import Told
from kiosk.services.perks.redemptions import KEPT_DAYS, LIMIT_DAYS
from kiosk.services.wallet.lots import ENDED, KEPT

_STOCK_MOVES = {"reserved": -1, "returned": 1, "handed_out": -1}
"""What each moves; of what a clerk puts on the shelf it may be any number."""


@takes("perk_offered")
def perk_offered(state: State, entry: Entry, told: Told) -> None:
    """Something new, of which there is none yet."""
    state.put(
        Perk,
        id=told["perk"],
        title=named_in(told, "title"),
        price=told["price"],
        stock=0,
        picture=told.get("picture", "gift"),
        per_person=told.get("per_person", 0),
        ledger_index=entry.index,
    )


@takes("perk_ended")
def no_longer_offered(state: State, entry: Entry, told: Told) -> None:
    """Nobody reserves it any more."""
    if not state.change(Perk, {"id": told["perk"], "ended_at": None}, ended_at=entry.at):
        state.not_allowed("not on the shelf")


@takes("perk_stock")
def perk_stock(state: State, _entry: Entry, told: Told) -> None:
    """More or fewer are left, and never less than nothing."""
    count, perk = told["count"], state.get(Perk, id=told["perk"])
    if count != _STOCK_MOVES.get(told["why"], count):
        state.not_allowed("moves more than one")
    if told["why"] == "counted" and count != counted_last(state, perk.id):
        state.not_allowed("not what was counted")
    if perk.stock + count < 0:
        state.not_allowed("nothing was left")
    state.change(Perk, {"id": perk.id}, stock=perk.stock + count)


@takes("perk_reserved")
def perk_reserved(state: State, entry: Entry, told: Told) -> None:
    """A perk is kept for a person at its price, so many days."""
    perk, collect_by = state.get(Perk, id=told["perk"]), date.fromisoformat(told["collect_by"])
    if told["price"] != perk.price:
        state.not_allowed("not the price of the perk")
    hall, kept = open_days_of(state), timedelta(days=KEPT_DAYS)
    if collect_by not in [hall.next_open(day + kept) for day in days_of(entry)]:
        state.not_allowed("not kept as long as each is")
    if perk.stock < 1 or perk.ended_at is not None:
        state.not_allowed("nothing was left")
    if perk.per_person and all(
        _had(state, told["resident"], perk.id, day) >= perk.per_person for day in days_of(entry)
    ):
        state.not_allowed("more than there are for one person")
    state.put(
        Redemption,
        id=told["redemption"],
        reference=told["reference"],
        perk_id=perk.id,
        resident_id=told["resident"],
        price=told["price"],
        reserved_at=entry.at,
        collect_by=collect_by,
        state="reserved",
        ledger_index=entry.index,
    )


@takes("perk_collected", "perk_cancelled", "perk_refunded")
def perk_ended(state: State, entry: Entry, told: Told) -> None:
    """What was kept is handed over, or goes back on the shelf; not both, and not twice."""
    ends_as, kept = entry.kind.removeprefix("perk_"), state.get(Redemption, id=told["redemption"])
    late = [day > kept.collect_by for day in days_of(entry)]
    if kept.state != "reserved":
        state.not_allowed("was over")
    if ends_as == "collected" and all(late):
        state.not_allowed("not to be handed over")
    if ends_as == "collected" and of_one_household(state, told["by"], kept.resident_id):
        state.not_allowed("to their own household")
    if ends_as == "refunded" and not any(late):
        state.not_allowed("not overdue")
    state.change(Redemption, {"id": kept.id}, state=ends_as, ended_at=entry.at)


@takes("wallet")
def wallet(state: State, entry: Entry, told: Told) -> None:
    """Points come in or go out, as their cause says, and never more than there are."""
    who, points = told["resident"], told["points"]
    if "redemption" in told and not _pays(state, told):
        state.not_allowed("not the price of the perk")
    if points < 0 and balance(state, who) + points < 0:
        state.not_allowed("not enough there")
    if told["why"] == ENDED and -points not in [_over(state, who, day) for day in days_of(entry)]:
        state.not_allowed("not what had been kept long enough")
    state.put(
        WalletMovement,
        resident_id=who,
        points=points,
        case_id=told["case"] if told["why"] == "deed" else None,
        why=told["why"],
        at=entry.at,
        ledger_index=entry.index,
    )


def balance(state: State, resident_id: int) -> int:
    """What is in somebody's wallet."""
    rows = state.rows(WalletMovement, resident_id=resident_id)
    return sum(each.points for each in rows)


def _over(state: State, resident_id: int, day: date) -> int:
    """What of a wallet was kept long enough: more than came in of late can be no younger."""
    lasting = sum(
        each.points
        for each in state.rows(WalletMovement, resident_id=resident_id)
        if each.why in KEPT and village_day(each.at) + KEPT[each.why] >= day
    )
    return max(balance(state, resident_id) - int(lasting), 0)


def _had(state: State, resident_id: int, perk_id: int, day: date) -> int:
    """How many of a perk somebody has had within a year, or has reserved."""
    mine = state.rows(Redemption, resident_id=resident_id, perk_id=perk_id)
    had = [each.reserved_at for each in mine if each.state in ("reserved", "collected")]
    return sum(village_day(each) >= day - LIMIT_DAYS for each in had)


def _pays(state: State, told: Told) -> bool:
    """Whether a perk is paid, or paid back, at the price that it was reserved for."""
    price = state.get(Redemption, id=told["redemption"]).price
    return bool(told["points"] == {"perk": -price, "perk_back": price}[told["why"]])
