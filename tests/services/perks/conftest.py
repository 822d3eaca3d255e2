"""The hamlet of the reports' tests, with a clerk, and points in some wallets."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from kiosk.core.ids import new_touch_id
from kiosk.core.texts import Texts
from kiosk.services.perks import catalogue, redemptions
from kiosk.services.wallet.balance import wallet_of
from tests.services.cases.conftest import Hamlet, hamlet, refused, sqlite_hamlet
from tests.worlds.kept import grown

__all__ = ["Shop", "hamlet", "refused", "shop", "sqlite_hamlet", "sqlite_shop"]


@dataclass
class Shop:
    """Z is the clerk, A has 6 points and B has 4; soap costs 3 and there are 2, a tree costs 5."""

    hamlet: Hamlet
    soap: int = 0
    tree: int = 0

    @property
    def clerk(self) -> str:
        return self.hamlet.sign("Z", "clerk")

    def offer(self, zh: str, en: str, price: int, stock: int) -> catalogue.PerkLine:
        title = Texts({"zh": zh, "en": en})
        return catalogue.offer(self.hamlet.village, self.clerk, title, price, stock, new_touch_id())

    def reserve(self, letter: str, perk: int, touch: str = "") -> redemptions.Reserved:
        seat = self.hamlet.sign(letter)
        return redemptions.reserve(self.hamlet.village, seat, perk, touch or new_touch_id())

    def collect(self, reference: str, touch: str = "") -> redemptions.HandedOver:
        return redemptions.collect(
            self.hamlet.village, self.clerk, reference, touch or new_touch_id()
        )

    def wallet(self, letter: str) -> int:
        with self.hamlet.village.read() as session:
            return wallet_of(session, self.hamlet.people[letter])

    def left(self, perk: int) -> int:
        return next(e.stock for e in catalogue.perks(self.hamlet.village) if e.perk_id == perk)

    def states(self, letter: str) -> list[str]:
        seat = self.hamlet.sign(letter)
        return [each.state for each in redemptions.my_vouchers(self.hamlet.village, seat)]


def _stock(hamlet: Hamlet) -> None:
    hamlet.approved_deed("A")
    hamlet.approved_deed("A", days_ago=1)
    hamlet.approved_deed("B", "docks")
    empty = Shop(hamlet)
    empty.offer("肥皂", "Soap", 3, 2)
    empty.offer("树苗", "A sapling", 5, 1)


def _opened(hamlet: Hamlet) -> Shop:
    hamlet = grown(hamlet, _stock)
    return Shop(hamlet, *(each.perk_id for each in catalogue.perks(hamlet.village)))


@pytest.fixture
def shop(hamlet: Hamlet) -> Shop:
    """On both databases."""
    return _opened(hamlet)


@pytest.fixture
def sqlite_shop(sqlite_hamlet: Hamlet) -> Shop:
    """On SQLite alone."""
    return _opened(sqlite_hamlet)
