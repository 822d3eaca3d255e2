"""What there is to have: offered and restocked by a clerk, never below nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.core.ids import new_touch_id
from kiosk.core.texts import Texts
from kiosk.services.perks import catalogue
from tests.services.perks.conftest import Shop

Refused = Callable[..., str]


def test_it_is_listed_in_the_order_in_which_it_was_offered(shop: Shop) -> None:
    listed = catalogue.perks(shop.hamlet.village)
    assert [(e.title["zh"], e.title["en"], e.price, e.stock) for e in listed] == [
        ("肥皂", "Soap", 3, 2),
        ("树苗", "A sapling", 5, 1),
    ]


def test_only_a_clerk_offers_and_restocks(shop: Shop, refused: Refused) -> None:
    village, officer = shop.hamlet.village, shop.hamlet.officer("Y")
    touch = new_touch_id()
    soap = Texts({"zh": "肥皂", "en": "Soap"})
    assert refused(catalogue.offer, village, officer, soap, 3, 2, touch) == "not_allowed"
    assert refused(catalogue.restock, village, officer, shop.soap, 2, touch) == "not_allowed"


@pytest.mark.parametrize(
    ("zh", "en", "price", "stock"),
    [("", "Soap", 3, 1), ("肥皂", " ", 3, 1), ("肥皂", "Soap", 0, 1), ("肥皂", "Soap", 3, -1)],
)
def test_what_is_unclear_is_not_offered(
    sqlite_shop: Shop, refused: Refused, zh: str, en: str, price: int, stock: int
) -> None:
    assert refused(sqlite_shop.offer, zh, en, price, stock) == "perk_unclear"
    assert len(catalogue.perks(sqlite_shop.hamlet.village)) == 2


def test_its_name_passes_the_gate(sqlite_shop: Shop, refused: Refused) -> None:
    assert refused(sqlite_shop.offer, "给信佛的人", "For Buddhists", 3, 1) == "words_refused"


def test_more_comes_onto_the_shelf_once_and_never_less_than_nothing(
    shop: Shop, refused: Refused
) -> None:
    village, touch = shop.hamlet.village, new_touch_id()
    for _ in range(2):
        assert catalogue.restock(village, shop.clerk, shop.soap, 5, touch).stock == 7
    assert catalogue.restock(village, shop.clerk, shop.soap, -7, new_touch_id()).stock == 0
    unclear = refused(catalogue.restock, village, shop.clerk, shop.soap, -1, new_touch_id())
    assert unclear == "perk_unclear"
    assert refused(catalogue.restock, village, shop.clerk, 99, 1, new_touch_id()) == "perk_unknown"


def test_the_same_touch_offers_once(shop: Shop) -> None:
    village, touch = shop.hamlet.village, new_touch_id()
    seat = Texts({"zh": "座位", "en": "A seat"})
    made = {catalogue.offer(village, shop.clerk, seat, 9, 4, touch) for _ in range(2)}
    assert len(made) == 1
    assert len(catalogue.perks(village)) == 3
