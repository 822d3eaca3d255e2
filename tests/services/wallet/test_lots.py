"""Points keep for a year, the oldest go first, and whoever's end soon is told before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from kiosk.core.clock import SettableClock
from kiosk.services.perks import redemptions, shelf
from kiosk.services.record import my_record
from kiosk.services.upkeep.scheduler import Caretaker
from kiosk.services.wallet import lots
from tests.services.cases.conftest import hamlet, refused, sqlite_hamlet
from tests.services.perks.conftest import Shop, sqlite_shop

__all__ = ["hamlet", "refused", "sqlite_hamlet", "sqlite_shop"]


def seen(shop: Shop, letter: str = "A") -> list[tuple[int, int]]:
    """The points of each lot, and in how many days it ends."""
    wallet = shelf.my_wallet(shop.hamlet.village, shop.hamlet.sign(letter))
    assert wallet.points == sum(each.points for each in wallet.lots)
    return [(each.points, (each.ends - wallet.today).days) for each in wallet.lots]


@pytest.mark.long
def test_each_lot_ends_after_365_days_and_is_told_thirty_days_before(
    sqlite_shop: Shop, clock: SettableClock
) -> None:
    village = sqlite_shop.hamlet.village
    clock.advance(days=100)
    sqlite_shop.hamlet.approved_deed("A", "docks")
    assert seen(sqlite_shop) == [(6, 265), (4, 365)]
    clock.advance(days=234)
    assert _told(sqlite_shop) == []
    clock.advance(days=1)
    assert _told(sqlite_shop) == [6]
    clock.advance(days=30)
    assert lots.end_over(village) == 0
    assert seen(sqlite_shop) == [(6, 0), (4, 100)]
    clock.advance(days=1)
    assert seen(sqlite_shop) == [(4, 99)]
    before = sqlite_shop.hamlet.number("A")
    assert (lots.end_over(village), lots.end_over(village)) == (2, 0), "once, of both"
    assert (sqlite_shop.wallet("A"), sqlite_shop.wallet("B")) == (4, 0)
    assert sqlite_shop.hamlet.number("A") == before
    newest = shelf.my_wallet(village, sqlite_shop.hamlet.sign("A")).movements[0]
    assert (newest.why, newest.points) == ("ended", -6)


@pytest.mark.long
def test_time_ends_them_by_itself_once_a_day(sqlite_shop: Shop, clock: SettableClock) -> None:
    clock.advance(days=350)
    caretaker = Caretaker(sqlite_shop.hamlet.village)
    caretaker.step()
    clock.advance(days=16)
    caretaker.step()
    assert sqlite_shop.wallet("A") == 0


def _told(shop: Shop) -> list[int]:
    opened = my_record.opened(shop.hamlet.village, shop.hamlet.sign("A"))
    on_the_shelf = shelf.shelf(shop.hamlet.village, shop.hamlet.sign("A")).ending
    assert opened.ending == on_the_shelf
    return [each.points for each in opened.ending]


def test_the_oldest_points_are_spent_first(sqlite_shop: Shop, clock: SettableClock) -> None:
    clock.advance(days=10)
    sqlite_shop.hamlet.approved_deed("A", "docks")
    sqlite_shop.reserve("A", sqlite_shop.tree)
    assert seen(sqlite_shop) == [(1, 355), (4, 365)]


def test_points_that_ended_buy_nothing_before_the_timer_came_round(
    sqlite_shop: Shop, clock: SettableClock, refused: Callable[..., str]
) -> None:
    clock.advance(days=366)
    assert refused(sqlite_shop.reserve, "A", sqlite_shop.soap) == "wallet_too_small"


def test_what_comes_back_keeps_for_thirty_days_however_old_it_is(
    sqlite_shop: Shop, clock: SettableClock
) -> None:
    village = sqlite_shop.hamlet.village
    clock.advance(days=364)
    made = sqlite_shop.reserve("A", sqlite_shop.tree)
    clock.advance(days=15)
    assert redemptions.refund_overdue(village) == 1
    assert lots.end_over(village) == 2, "what A had left, and what B had"
    assert seen(sqlite_shop) == [(5, 30)]
    clock.advance(days=31)
    assert lots.end_over(village) == 1
    assert sqlite_shop.wallet("A") == 0
    assert made.collect_by + timedelta(days=46 - 14) == sqlite_shop.hamlet.today
