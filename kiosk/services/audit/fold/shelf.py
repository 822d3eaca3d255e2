"""What was counted on the shelf, and what everybody gets, as the log gives them."""

from __future__ import annotations

from datetime import date

from kiosk.models.perks import HandedOut, HandOut, Perk, Redemption, ShelfCount
from kiosk.models.register import Resident
from kiosk.services.access.roles import holders
from kiosk.services.audit.fold import access
from kiosk.services.audit.fold.apart import of_one_household
from kiosk.services.audit.fold.days import days_of
from kiosk.services.audit.fold.state import Entry, State
from kiosk.services.audit.fold.takers import takes
from kiosk.services.ledger.contents import Told
from kiosk.services.perks.floor import HAND_OUT, HANDED_OUT, LONGEST
from kiosk.services.perks.stock import COUNTED, REASONS


@takes(COUNTED)
def counted(state: State, entry: Entry, told: Told) -> None:
    """What ought to be there, what was; a difference has a reason, a second name, and its entry."""
    perk = state.get(Perk, id=told["perk"])
    kept = len(state.rows(Redemption, perk_id=perk.id, state="reserved"))
    differs = told["found"] != told["expected"]
    if told["expected"] != perk.stock + kept:
        state.not_allowed("not what ought to be there")
    if told["found"] < kept:
        state.not_allowed("less than is kept")
    if (told["reason"] in REASONS) != differs:
        state.not_allowed("without a reason")
    _in_office(state, told["by"])
    if differs:
        _agreed(state, told["by"], told["second"])
        state.owe("perk_stock")
    state.put(
        ShelfCount,
        id=told["count"],
        perk_id=perk.id,
        expected=told["expected"],
        found=told["found"],
        reason=told["reason"],
        by_id=told["by"],
        second_id=told["second"],
        at=entry.at,
    )


@takes(HAND_OUT)
def hand_out_opened(state: State, entry: Entry, told: Told) -> None:
    """Everybody gets it, until a day; two people in office say so."""
    last = date.fromisoformat(told["last_day"])
    if not any(day <= last <= day + LONGEST for day in days_of(entry)):
        state.not_allowed("not such days")
    if state.get(Perk, id=told["perk"]).ended_at is not None:
        state.not_allowed("not on the shelf")
    _in_office(state, told["by"])
    _agreed(state, told["by"], told["second"])
    state.put(
        HandOut,
        id=told["hand_out"],
        perk_id=told["perk"],
        purpose=told["purpose"],
        last_day=last,
        by_id=told["by"],
        second_id=told["second"],
        at=entry.at,
    )


@takes(HANDED_OUT)
def handed_out(state: State, entry: Entry, told: Told) -> None:
    """Somebody got theirs, once, from a clerk of another household, whether they joined or not."""
    out, who = state.get(HandOut, id=told["hand_out"]), told["resident"]
    if all(day > out.last_day for day in days_of(entry)):
        state.not_allowed("after its last day")
    if state.rows(HandedOut, hand_out_id=out.id, resident_id=who):
        state.not_allowed("had theirs")
    if of_one_household(state, told["by"], who):
        state.not_allowed("to their own household")
    if not getattr(state.get(Resident, id=who), "active", True):
        state.not_allowed("to nobody who lives here")
    _in_office(state, told["by"])
    state.owe("perk_stock")
    row = {"hand_out_id": out.id, "resident_id": who}
    state.put(HandedOut, by_id=told["by"], at=entry.at, **row)


def counted_last(state: State, perk_id: int) -> int:
    """By how much the last count of a perk differed."""
    newest = max(state.rows(ShelfCount, perk_id=perk_id), key=lambda each: each.id)
    return int(newest.found - newest.expected)


def _in_office(state: State, by: int) -> None:
    if access.held(state, by).isdisjoint(holders("hand_over_perk")):
        state.not_allowed("without the office")


def _agreed(state: State, by: int, second: int | None) -> None:
    if second is None or "officer" not in access.held(state, second):
        state.not_allowed("without an officer")
    elif of_one_household(state, by, second):
        state.not_allowed("of one household")
