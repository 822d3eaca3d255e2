"""The shelf as one person finds it: limits, what is over, and what never moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

import pytest

from kiosk.core.clock import SettableClock
from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.core.paths import ASSETS
from kiosk.core.texts import Texts
from kiosk.services.consent import pauses
from kiosk.services.perks import catalogue, redemptions, shelf
from tests.services.perks.conftest import Shop

Refused = Callable[..., str]
TEA = Texts({"zh": "茶叶", "en": "Tea"})


def offers(shop: Shop, letter: str) -> list[tuple[str, int]]:
    """What each thing is for somebody, and how many of it they had."""
    found = shelf.shelf(shop.hamlet.village, shop.hamlet.sign(letter))
    return [(each.now, each.had) for each in found.offers]


def tea(shop: Shop, **more: object) -> int:
    village, clerk = shop.hamlet.village, shop.clerk
    return catalogue.offer(village, clerk, TEA, 1, 9, new_touch_id(), **more).perk_id  # type: ignore[arg-type]


def test_somebody_sees_what_they_can_have(shop: Shop) -> None:
    assert offers(shop, "A") == [("may", 0), ("may", 0)]
    assert offers(shop, "B") == [("may", 0), ("short", 0)]
    shop.reserve("A", shop.tree)
    assert offers(shop, "A") == [("short", 0), ("gone", 1)]
    seen = shelf.shelf(shop.hamlet.village, shop.hamlet.sign("A"))
    assert [each.state for each in seen.kept] == ["reserved"]
    assert (seen.wallet, seen.why_not) == (1, "")


def test_who_rests_sees_the_shelf_and_why_nothing_can_be_had(shop: Shop) -> None:
    pauses.pause(shop.hamlet.village, shop.hamlet.sign("A"), new_touch_id())
    seen = shelf.shelf(shop.hamlet.village, shop.hamlet.sign("A"))
    assert seen.why_not == "perk_while_paused"


def test_there_are_so_many_for_one_person_in_a_year(
    sqlite_shop: Shop, clock: SettableClock, refused: Refused
) -> None:
    shop = sqlite_shop
    perk = tea(shop, per_person=1)
    dropped = shop.reserve("A", perk).reference
    with pytest.raises(ExpectedError) as refusal:
        shop.reserve("A", perk)
    assert (refusal.value.code, refusal.value.values) == ("perk_had_enough", (1,))
    redemptions.cancel(shop.hamlet.village, shop.hamlet.sign("A"), dropped, new_touch_id())
    shop.collect(shop.reserve("A", perk).reference)  # what was given back does not count
    assert refused(shop.reserve, "A", perk) == "perk_had_enough"
    assert shop.reserve("B", perk)
    clock.advance(days=366)
    assert offers(shop, "A")[-1] == ("short", 0), "the points ended, the limit is new"


def test_what_is_over_is_on_no_shelf_and_still_handed_over(shop: Shop, refused: Refused) -> None:
    made = shop.reserve("A", shop.soap)
    village, touch = shop.hamlet.village, new_touch_id()
    for _ in range(2):
        catalogue.end(village, shop.clerk, shop.soap, touch)
    assert [each.perk_id for each in catalogue.perks(village)] == [shop.tree]
    assert refused(shop.reserve, "B", shop.soap) == "perk_gone"
    assert refused(catalogue.end, village, shop.clerk, shop.soap, new_touch_id()) == "perk_unknown"
    assert refused(catalogue.restock, village, shop.clerk, shop.soap, 1, new_touch_id()) == (
        "perk_unknown"
    )
    assert shop.collect(made.reference).title["en"] == "Soap"


def test_a_picture_that_is_none_and_a_limit_that_is_none_are_refused(
    shop: Shop, refused: Refused
) -> None:
    village, clerk = shop.hamlet.village, shop.clerk

    def put(**more: object) -> object:
        return catalogue.offer(village, clerk, TEA, 1, 1, new_touch_id(), **more)  # type: ignore[arg-type]

    assert refused(put, picture="../../etc/passwd") == "perk_picture"
    assert refused(put, per_person=-1) == "perk_unclear"


def test_every_picture_is_shipped() -> None:
    drawn = {each.stem for each in (ASSETS / "pictures").glob("perk_*.svg")}
    assert drawn == {f"perk_{each}" for each in catalogue.PICTURES}


@dataclass
class TwoPeople:
    """A and B, who do whatever the dice say, and what there ought to be."""

    shop: Shop
    dice: Random
    known: list[str] = field(default_factory=list)
    refusals: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.pieces = {self.shop.soap: 2, self.shop.tree: 1}
        self.seats = {each: self.shop.hamlet.sign(each) for each in "AB"}
        self.numbers = {each: self.shop.hamlet.number(each) for each in "AB"}
        self.clerk = self.shop.clerk

    def step(self) -> None:
        steps = (self.reserve, self.reserve, self.cancel, self.collect, self.restock)
        try:
            self.dice.choice(steps)(self.dice.choice("AB"), self.dice.choice(list(self.pieces)))
        except ExpectedError as refusal:
            self.refusals.add(refusal.code)

    def reserve(self, who: str, perk: int) -> None:
        seat = (self.shop.hamlet.village, self.seats[who])
        self.known.append(redemptions.reserve(*seat, perk, new_touch_id()).reference)

    def restock(self, _who: str, perk: int) -> None:
        more = self.dice.randint(-1, 2)
        catalogue.restock(self.shop.hamlet.village, self.clerk, perk, more, new_touch_id())
        self.pieces[perk] += more

    def cancel(self, who: str, _perk: int) -> None:
        seat = (self.shop.hamlet.village, self.seats[who])
        redemptions.cancel(*seat, self.dice.choice(self.known or ["P"]), new_touch_id())

    def collect(self, _who: str, _perk: int) -> None:
        seat = (self.shop.hamlet.village, self.clerk)
        redemptions.collect(*seat, self.dice.choice(self.known or ["P"]), new_touch_id())

    def check(self) -> None:
        village = self.shop.hamlet.village
        stock = {each.title["en"]: each.stock for each in catalogue.perks(village)}
        out = {each: self.had(each) for each in "AB"}
        for perk, title in ((self.shop.soap, "Soap"), (self.shop.tree, "A sapling")):
            taken = sum(each.title["en"] == title for mine in out.values() for each in mine)
            assert 0 <= stock[title] == self.pieces[perk] - taken
        for who, earned in (("A", 6), ("B", 4)):
            left = earned - sum(each.price for each in out[who])
            assert self.shop.wallet(who) == left >= 0
            assert self.shop.hamlet.number(who) == self.numbers[who]

    def had(self, who: str) -> list[redemptions.VoucherLine]:
        mine = redemptions.my_vouchers(self.shop.hamlet.village, self.seats[who])
        return [each for each in mine if each.state in ("reserved", "collected")]


@pytest.mark.long
@pytest.mark.parametrize("seed", [7, 2026])
def test_spending_never_moves_the_number_and_nothing_appears_or_vanishes(
    sqlite_shop: Shop, seed: int
) -> None:
    """Whatever two people do in any order: pieces and points add up after each step."""
    both = TwoPeople(sqlite_shop, Random(seed))
    for _ in range(30):
        both.step()
        both.check()
    assert both.known
    assert both.refusals
