"""A voucher at the desk: forged, another paper, twice, late, and for one's own household."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from kiosk.core.clock import SettableClock
from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.services.perks import desk, redemptions
from kiosk.services.printing.spooler import print_next
from kiosk.services.retry import retry_on_conflict
from tests.services.perks.conftest import Shop

Refused = Callable[..., str]


def codes(shop: Shop) -> dict[str, str]:
    """What stands in the code of each paper that came out, by its number."""
    while print_next(shop.hamlet.village):
        pass
    return {job.reference: job.qr_text for job in shop.hamlet.jobs() if job.qr_text}


@pytest.mark.long
def test_a_voucher_is_known_by_its_code_and_a_forged_one_by_it_too(
    sqlite_shop: Shop, refused: Refused
) -> None:
    shop, village = sqlite_shop, sqlite_shop.hamlet.village
    made = shop.reserve("A", shop.soap)
    papers = codes(shop)
    genuine = papers[made.reference]
    seen = desk.look_at_paper(village, shop.clerk, genuine)
    assert (seen.reference, seen.name, seen.picture) == (made.reference, "林A", "gift")
    other = next(text for reference, text in papers.items() if reference != made.reference)
    bad = {
        "voucher_forged": genuine.replace(made.reference, "P2026-0009"),
        "voucher_unreadable": " ",
        "not_a_voucher": other,
    }
    assert bad["voucher_forged"] != genuine
    for code, text in bad.items():
        assert refused(desk.look_at_paper, village, shop.clerk, text) == code
    assert refused(desk.look_at_paper, village, shop.hamlet.officer("Y"), genuine) == "not_allowed"
    shop.collect(made.reference)
    again = desk.look_at_paper(village, shop.clerk, genuine)
    assert (again.state, again.ended_on) == ("collected", shop.hamlet.today)
    assert refused(shop.collect, made.reference) == "voucher_used"


def test_at_the_same_second_on_two_terminals_it_is_handed_over_once(shop: Shop) -> None:
    made = shop.reserve("A", shop.soap)
    seats = [(shop.clerk, new_touch_id()) for _ in range(2)]

    def attempt(seat: tuple[str, str]) -> str:
        collect = redemptions.collect
        try:
            found = retry_on_conflict(
                collect, shop.hamlet.village, seat[0], made.reference, seat[1]
            )
        except ExpectedError as refusal:
            return refusal.code
        return found.name

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(attempt, seats)) == ["voucher_used", "林A"]


def test_after_its_day_it_says_so_before_and_after_the_points_went_back(
    sqlite_shop: Shop, clock: SettableClock, refused: Refused
) -> None:
    shop, village = sqlite_shop, sqlite_shop.hamlet.village
    made = shop.reserve("A", shop.soap)
    clock.advance(days=15)
    seen = redemptions.look(village, shop.clerk, made.reference)
    assert (seen.state, seen.late) == ("reserved", True)
    assert refused(shop.collect, made.reference) == "voucher_over"
    redemptions.refund_overdue(village)
    seen = redemptions.look(village, shop.clerk, made.reference)
    assert (seen.state, seen.ended_on) == ("refunded", made.collect_by + timedelta(days=1))


def test_nobody_hands_over_to_their_own_household(sqlite_shop: Shop, refused: Refused) -> None:
    """A and a share a house."""
    made = sqlite_shop.reserve("A", sqlite_shop.soap)
    village, clerk = sqlite_shop.hamlet.village, sqlite_shop.hamlet.sign("a", "clerk")
    assert redemptions.look(village, clerk, made.reference).own
    code = refused(redemptions.collect, village, clerk, made.reference, new_touch_id())
    assert code == "own_voucher"
