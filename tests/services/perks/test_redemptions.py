"""Points of the wallet become something in the hand, once, and never touch the number."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from kiosk.core.clock import SettableClock
from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.models.cases import Case
from kiosk.models.perks import Redemption
from kiosk.services.access import views
from kiosk.services.audit.log import verify_log
from kiosk.services.cases.flow.advance import advance
from kiosk.services.check.papers import check_paper
from kiosk.services.consent import pauses
from kiosk.services.my_data import data_copy
from kiosk.services.perks import redemptions
from kiosk.services.printing.spooler import print_next
from kiosk.services.record import my_record
from kiosk.services.retry import retry_on_conflict
from kiosk.services.signing.signed_note import take_words
from kiosk.services.upkeep.scheduler import Caretaker
from kiosk.services.work import writing
from tests.services.perks.conftest import Shop
from tests.worlds.leaving import leave

Refused = Callable[..., str]


def test_a_perk_is_paid_from_the_wallet_and_the_number_stays(shop: Shop) -> None:
    before = shop.hamlet.number("A")
    made = shop.reserve("A", shop.soap)
    assert (shop.wallet("A"), made.wallet, shop.left(shop.soap)) == (3, 3, 1)
    assert shop.hamlet.number("A") == before
    assert made.reference == "P2026-0001"
    assert made.collect_by == shop.hamlet.today + timedelta(days=14)
    shop.collect(made.reference)
    assert shop.hamlet.number("A") == before
    assert shop.states("A") == ["collected"]
    assert (shop.wallet("A"), shop.left(shop.soap)) == (3, 1)
    assert verify_log(shop.hamlet.village).consistent


def test_each_voucher_has_a_reference_of_its_own(shop: Shop) -> None:
    made = [shop.reserve("A", shop.soap).reference for _ in range(2)]
    assert made == ["P2026-0001", "P2026-0002"]
    assert shop.wallet("A") == 0


def test_the_same_touch_reserves_and_hands_over_once(shop: Shop) -> None:
    touch = new_touch_id()
    first, again = shop.reserve("A", shop.soap, touch), shop.reserve("A", shop.soap, touch)
    assert first == again
    assert (shop.wallet("A"), shop.left(shop.soap), len(shop.states("A"))) == (3, 1, 1)
    touch = new_touch_id()
    assert shop.collect(first.reference, touch) == shop.collect(first.reference, touch)


def test_what_cannot_be_had_is_refused_and_costs_nothing(shop: Shop, refused: Refused) -> None:
    assert refused(shop.reserve, "B", shop.tree) == "wallet_too_small"
    assert refused(shop.reserve, "A", 99) == "perk_unknown"
    shop.reserve("A", shop.tree)
    shop.hamlet.approved_deed("B", "visit", days_ago=2)
    assert refused(shop.reserve, "B", shop.tree) == "perk_gone"
    assert (shop.wallet("A"), shop.wallet("B")) == (1, 10)


def test_the_refusal_names_price_and_what_is_there(shop: Shop) -> None:
    with pytest.raises(ExpectedError) as refusal:
        shop.reserve("B", shop.tree)
    assert refusal.value.values == (5, 4)


def test_who_is_not_enrolled_or_takes_a_rest_reserves_nothing_new(
    shop: Shop, refused: Refused
) -> None:
    made = shop.reserve("A", shop.soap)
    pauses.pause(shop.hamlet.village, shop.hamlet.sign("A"), new_touch_id())
    assert refused(shop.reserve, "A", shop.soap) == "perk_while_paused"
    shop.collect(made.reference)  # what was reserved stays theirs
    shop.hamlet.leave("B")
    assert refused(shop.reserve, "B", shop.soap) == "perk_not_enrolled"
    session_id = shop.hamlet.sign("C")
    leave(shop.hamlet.village, session_id)
    left = refused(redemptions.reserve, shop.hamlet.village, session_id, shop.soap, new_touch_id())
    assert left == "session_over"


def test_one_can_think_better_of_it_and_has_the_points_back(shop: Shop, refused: Refused) -> None:
    made = shop.reserve("A", shop.soap)
    village, touch = shop.hamlet.village, new_touch_id()
    for _ in range(2):
        line = redemptions.cancel(village, shop.hamlet.sign("A"), made.reference, touch)
        assert line.state == "cancelled"
    assert (shop.wallet("A"), shop.left(shop.soap)) == (6, 2)
    assert refused(shop.collect, made.reference) == "voucher_over"


def test_nobody_cancels_for_somebody_else(shop: Shop, refused: Refused) -> None:
    made = shop.reserve("A", shop.soap)
    other = shop.hamlet.sign("B")
    code = refused(redemptions.cancel, shop.hamlet.village, other, made.reference, new_touch_id())
    assert code == "voucher_unknown"
    assert shop.states("A") == ["reserved"]


def test_only_a_clerk_hands_over_and_never_to_themselves(shop: Shop, refused: Refused) -> None:
    made = shop.reserve("A", shop.soap)
    village = shop.hamlet.village
    for seat in (shop.hamlet.sign("B"), shop.hamlet.officer("Y"), shop.hamlet.sign("E", "keeper")):
        for step in (
            lambda s: redemptions.collect(village, s, made.reference, new_touch_id()),
            lambda s: redemptions.look(village, s, made.reference),
        ):
            assert refused(step, seat) == "not_allowed"
    own = shop.hamlet.sign("A", "clerk")
    assert (
        refused(redemptions.collect, village, own, made.reference, new_touch_id()) == "own_voucher"
    )
    assert refused(shop.collect, "P2026-9999") == "voucher_unknown"


def test_whose_voucher_it_is_can_be_seen_and_is_seen_to_have_been_looked_at(shop: Shop) -> None:
    made = shop.reserve("A", shop.soap)
    seen = redemptions.look(shop.hamlet.village, shop.clerk, made.reference)
    assert (seen.name, seen.title["zh"], seen.state) == ("林A", "肥皂", "reserved")
    looks = views.views_of(shop.hamlet.village, shop.hamlet.sign("A"))
    assert (looks[0].viewer_name, looks[0].purpose) == ("林Z", "hand_over_perk")


def test_it_is_handed_over_once(shop: Shop, refused: Refused) -> None:
    made = shop.reserve("A", shop.soap)
    handed = shop.collect(made.reference)
    assert (handed.name, handed.title["en"]) == ("林A", "Soap")
    assert refused(shop.collect, made.reference) == "voucher_used"


def test_what_is_not_collected_by_the_last_day_is_given_back(
    shop: Shop, clock: SettableClock, refused: Refused
) -> None:
    made = shop.reserve("A", shop.soap)
    clock.advance(days=14)
    assert redemptions.refund_overdue(shop.hamlet.village) == 0
    assert shop.states("A") == ["reserved"]
    clock.advance(days=1)
    assert refused(shop.collect, made.reference) == "voucher_over"  # before the timer came round
    Caretaker(shop.hamlet.village).step()
    assert shop.states("A") == ["refunded"]
    assert (shop.wallet("A"), shop.left(shop.soap)) == (6, 2)
    assert redemptions.refund_overdue(shop.hamlet.village) == 0


def test_nothing_is_given_back_while_the_clock_is_doubted(
    sqlite_shop: Shop, clock: SettableClock
) -> None:
    sqlite_shop.reserve("A", sqlite_shop.soap)
    caretaker = Caretaker(sqlite_shop.hamlet.village)
    caretaker.step()
    clock.advance(days=400)
    caretaker.step()
    assert sqlite_shop.states("A") == ["reserved"]


@pytest.mark.parametrize("letters", ["AB", "AA"])
def test_of_two_at_once_only_one_gets_what_is_there_for_one(shop: Shop, letters: str) -> None:
    """The last of its kind for two people, and points for one with the same person twice."""
    village = shop.hamlet.village
    one_each = shop.offer("餐巾", "Napkins", 4, 1 if letters == "AB" else 9).perk_id
    seats = [(shop.hamlet.sign(letter), new_touch_id()) for letter in letters]

    def attempt(seat: tuple[str, str]) -> str:
        try:
            return retry_on_conflict(
                redemptions.reserve, village, seat[0], one_each, seat[1]
            ).reference
        except ExpectedError as refusal:
            return refusal.code

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(attempt, seats))
    assert answers == ["P2026-0001", "perk_gone" if letters == "AB" else "wallet_too_small"]
    assert min(shop.wallet(letter) for letter in "AB") >= 0


def test_a_reversed_deed_never_takes_more_than_is_left(shop: Shop) -> None:
    shop.reserve("A", shop.tree)
    assert shop.wallet("A") == 1
    village = shop.hamlet.village
    with writing(village) as work:
        deed = work.session.query(Case).filter_by(subject_id=shop.hamlet.people["A"]).first()
        assert deed is not None
        advance(work, deed, "correct", "panel", actor_id=None)
    assert shop.wallet("A") == 0


@pytest.mark.long
def test_the_check_knows_a_voucher_and_what_became_of_it(shop: Shop, clock: SettableClock) -> None:
    village = shop.hamlet.village
    first, second = shop.reserve("A", shop.soap), shop.reserve("A", shop.soap)
    notes = {first.reference: "", second.reference: ""}
    while print_next(village):
        pass
    for job in shop.hamlet.jobs():
        if job.reference in notes:
            notes[job.reference] = job.qr_text
            assert take_words(job.qr_text)[1].split("\n")[3] == f"voucher {job.reference}"
            assert "林" not in job.qr_text

    def verdict(made: redemptions.Reserved) -> tuple[str, str, str]:
        found = check_paper(village, notes[made.reference])
        return found.kind, found.verdict, found.reference

    assert verdict(first) == ("voucher", "genuine", first.reference)
    shop.collect(first.reference)
    clock.advance(days=15)
    assert verdict(first) == ("voucher", "used", first.reference)
    assert verdict(second) == ("voucher", "expired", second.reference)
    redemptions.refund_overdue(village)
    assert verdict(second) == ("voucher", "expired", second.reference)


@pytest.mark.long
def test_who_leaves_takes_their_vouchers_along_and_the_shelf_is_full_again(shop: Shop) -> None:
    village = shop.hamlet.village
    kept, collected = shop.reserve("A", shop.soap), shop.reserve("A", shop.soap)
    shop.collect(collected.reference)
    while print_next(village):
        pass
    note = next(j.qr_text for j in shop.hamlet.jobs() if j.reference == kept.reference)
    leave(village, shop.hamlet.sign("A"))
    with village.read() as session:
        assert session.query(Redemption).count() == 0
    assert shop.left(shop.soap) == 1
    assert not [j for j in shop.hamlet.jobs() if j.reference == kept.reference]
    assert check_paper(village, note).verdict == "expired"
    assert verify_log(village).consistent


def test_the_copy_of_ones_data_names_what_was_reserved(shop: Shop) -> None:
    made = shop.reserve("A", shop.soap)
    held = data_copy.data_copy(shop.hamlet.village, shop.hamlet.sign("A")).content
    (voucher,) = held["vouchers"]
    assert (voucher["reference"], voucher["state"], voucher["price"]) == (
        made.reference,
        "reserved",
        3,
    )
    assert {each["kind"] for each in held["ledger"]} >= {"perk_reserved", "wallet"}
    other = data_copy.data_copy(shop.hamlet.village, shop.hamlet.sign("B")).content
    assert other["vouchers"] == []


def test_the_record_shows_what_is_left_to_spend(shop: Shop) -> None:
    shop.reserve("A", shop.soap)
    record = my_record.opened(shop.hamlet.village, shop.hamlet.sign("A")).record
    assert record.wallet == 3
