"""The office's day: opened by one, closed by two who live apart, and no lock on anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.core.texts import Texts
from kiosk.services.access import cards
from kiosk.services.access.offices import Signature
from kiosk.services.audit.tables import check_tables
from kiosk.services.check import kinds, papers
from kiosk.services.ledger import log
from kiosk.services.perks import catalogue
from kiosk.services.printing import spooler
from kiosk.services.waiting import closing, listed
from kiosk.services.work import Work, reading, writing
from kiosk.services.workday import counting, days
from kiosk.services.workday.counting import Answer
from tests.services.workday.conftest import Shop

Refused = Callable[..., str]
PAPER = {"a4": 480, "a5": 200, "labels": 40, "rolls": 6}


def answers(shop: Shop, **other: int) -> tuple[Answer, ...]:
    """Everything there is, as the books have it, but for what `other` says."""
    desk = days.desk(shop.hamlet.village, shop.clerk)
    known = {each.item: each.expected for each in desk.items}
    numbers = {**{item: there or 0 for item, there in known.items()}, **other}
    return tuple(Answer(item, number) for item, number in numbers.items())


def explained(given: Iterable[Answer], item: str, reason: str) -> tuple[Answer, ...]:
    return tuple(Answer(e.item, e.counted, reason if e.item == item else e.reason) for e in given)


def open_day(shop: Shop, given: tuple[Answer, ...] = ()) -> None:
    said = given or answers(shop, **PAPER)
    days.open_day(shop.hamlet.village, shop.clerk, said, new_touch_id())


def close_day(
    shop: Shop,
    given: tuple[Answer, ...] = (),
    second: Signature | None = None,
    day: date | None = None,
    touch: str = "",
) -> int:
    return closing.close_day(
        shop.hamlet.village,
        shop.clerk,
        day or shop.hamlet.today,
        given or answers(shop),
        second or shop.hamlet.signature("Y"),
        touch or new_touch_id(),
    )


def without_an_office(shop: Shop, letter: str) -> Signature:
    village = shop.hamlet.village
    drawn = cards.draw_card(village, shop.hamlet.people[letter])
    with writing(village) as work:
        cards.write_card(work, drawn, None)
    return Signature(drawn.issued.number, drawn.issued.pin)


def newest(shop: Shop) -> days.Day:
    found = days.desk(shop.hamlet.village, shop.clerk).newest
    assert found is not None
    return found


def misfits(shop: Shop) -> list[str]:
    with reading(shop.hamlet.village) as work:
        found = check_tables(work).findings
    return [each.name for each in found if "workday" in each.name]


def test_a_day_is_opened_and_closed_with_what_is_there(shop: Shop) -> None:
    open_day(shop)
    touch = new_touch_id()
    asked = (answers(shop, a4=460, rolls=5), None, None, touch)
    job = close_day(shop, *asked)
    assert close_day(shop, *asked) == job
    day = newest(shop)
    assert day.closed_by is not None
    assert {e.item: (e.counted, e.expected) for e in day.counts if e.item in PAPER} == {
        "a4": (460, 480),
        "a5": (200, 200),
        "labels": (40, 40),
        "rolls": (5, 6),
    }
    assert misfits(shop) == []


def test_the_slip_says_what_is_open_and_what_was_counted_and_is_known_again(
    sqlite_shop: Shop,
) -> None:
    shop = sqlite_shop
    hamlet, village = shop.hamlet, shop.hamlet.village
    open_day(shop)
    told = hamlet.hand_in("B", "C", "litter")
    soap = counting.perk_item(shop.soap)
    job = close_day(shop, explained(answers(shop, **{soap: 1}), soap, "given"))
    while spooler.print_next(village):
        pass
    paper = next(each for each in hamlet.jobs() if each.id == job)
    assert (paper.reference, paper.payload["kind"]) == (f"D{hamlet.today:%Y-%m%d}", "closing")
    assert "肥皂：1（原来 2），给了人，没有记" in paper.payload["facts"]
    assert told.reference in str(paper.payload["next_steps"])
    assert "litter" not in str(paper.payload)
    found = papers.check_paper(village, paper.qr_text)
    assert (found.verdict, found.kind) == ("genuine", "slip")


def test_pieces_that_are_kept_for_somebody_are_on_the_shelf(sqlite_shop: Shop) -> None:
    shop = sqlite_shop
    soap = counting.perk_item(shop.soap)
    made = shop.reserve("A", shop.soap)

    def there() -> int | None:
        items = days.desk(shop.hamlet.village, shop.clerk).items
        return next(each.expected for each in items if each.item == soap)

    assert there() == 2
    shop.collect(made.reference)
    assert there() == 1
    open_day(shop)
    shop.hamlet.leave("A")
    assert misfits(shop) == []


def test_a_number_that_cannot_be_or_is_not_explained_is_refused(
    sqlite_shop: Shop, refused: Refused
) -> None:
    shop = sqlite_shop
    soap = counting.perk_item(shop.soap)
    for number, reason, code in (
        (-1, "", "workday_number"),
        (counting.MOST + 1, "", "workday_number"),
        (3, "", "workday_reason"),
        (1, "because", "workday_reason"),
    ):
        given = explained(answers(shop, **{soap: number}), soap, reason)
        assert refused(open_day, shop, given) == code
    assert days.desk(shop.hamlet.village, shop.clerk).newest is None


def test_what_lies_on_no_shelf_is_not_counted_nor_what_is_not_offered_any_more(
    sqlite_shop: Shop,
) -> None:
    shop, village = sqlite_shop, sqlite_shop.hamlet.village
    title = Texts({"zh": "春游座位", "en": "A seat on the trip"})
    trip = catalogue.offer(village, shop.clerk, title, 5, 9, new_touch_id(), picture="trip")
    shop.reserve("A", shop.soap)
    for perk in (shop.soap, shop.tree):
        catalogue.end(village, shop.clerk, perk, new_touch_id())
    there = {each.item: each.expected for each in days.desk(village, shop.clerk).items}
    assert there[counting.perk_item(shop.soap)] == 1
    assert counting.perk_item(shop.tree) not in there
    assert counting.perk_item(trip.perk_id) not in there
    open_day(shop)
    assert misfits(shop) == []


def test_more_paper_than_before_is_explained_and_less_is_not(
    sqlite_shop: Shop, refused: Refused
) -> None:
    shop = sqlite_shop
    open_day(shop)
    more = answers(shop, a4=980)
    assert refused(close_day, shop, more) == "workday_reason"
    close_day(shop, explained(more, "a4", "brought"))
    assert {each.item: each.reason for each in newest(shop).counts}["a4"] == "brought"


def test_what_was_added_meanwhile_is_counted_too(sqlite_shop: Shop, refused: Refused) -> None:
    shop = sqlite_shop
    given = answers(shop, **PAPER)
    shop.offer("纸巾", "Napkins", 1, 8)
    assert refused(open_day, shop, given) == "workday_recount"
    open_day(shop)


def test_a_day_is_opened_once_and_closed_once(shop: Shop, refused: Refused) -> None:
    open_day(shop)
    assert refused(open_day, shop) == "workday_opened"
    close_day(shop)
    assert refused(close_day, shop) == "workday_over"
    assert refused(open_day, shop) == "workday_opened"


def test_a_closing_can_be_taken_back_for_ten_minutes_by_the_two_and_its_slip_is_void(
    sqlite_shop: Shop, refused: Refused
) -> None:
    shop, hamlet, village = sqlite_shop, sqlite_shop.hamlet, sqlite_shop.hamlet.village

    def verdict(job: int) -> str:
        while spooler.print_next(village):
            pass
        paper = next(each for each in hamlet.jobs() if each.id == job)
        return papers.check_paper(village, paper.qr_text).verdict

    def back(seat: str) -> None:
        days.take_back(village, seat, hamlet.today, new_touch_id())

    open_day(shop)
    hamlet.serve("B")
    first = close_day(shop)
    assert refused(back, hamlet.officer("B")) == "workday_stays"
    back(hamlet.officer("Y"))
    assert newest(shop).closed_at is None
    assert verdict(first) == "replaced"
    second = close_day(shop, answers(shop, a4=400))
    assert (verdict(first), verdict(second)) == ("replaced", "genuine")
    assert kinds.heading("replaced", "slip") == "slip_void"
    hamlet.clock.advance(minutes=10)
    assert refused(back, shop.clerk) == "workday_stays"
    assert misfits(shop) == []


def test_one_who_signs_too_holds_an_office_and_lives_in_another_house(
    sqlite_shop: Shop, refused: Refused
) -> None:
    shop = sqlite_shop
    hamlet = shop.hamlet
    open_day(shop)
    itself, nobody = hamlet.signature("Z"), without_an_office(shop, "A")
    assert refused(close_day, shop, (), itself) == "second_official"
    assert refused(close_day, shop, (), nobody) == "second_official"
    wrong = Signature(hamlet.signature("Y").card, "924713")
    assert refused(close_day, shop, (), wrong) == "sign_in_refused"
    assert newest(shop).closed_at is None
    with pytest.raises(ExpectedError, match="not_allowed"):
        days.desk(hamlet.village, hamlet.sign("A"))


def test_a_day_may_be_closed_after_midnight_until_the_next_is_opened(
    sqlite_shop: Shop, refused: Refused
) -> None:
    shop = sqlite_shop
    hamlet = shop.hamlet
    yesterday = hamlet.today
    open_day(shop)
    hamlet.clock.advance(days=1)
    close_day(shop, day=yesterday)
    assert newest(shop).day == yesterday
    open_day(shop)
    forgotten = hamlet.today
    hamlet.clock.advance(days=1)
    open_day(shop)
    assert refused(close_day, shop, day=forgotten) == "workday_over"
    assert misfits(shop) == []


def test_a_closing_that_was_not_done_is_said_the_next_morning_and_hinders_nothing(
    sqlite_shop: Shop,
) -> None:
    shop = sqlite_shop

    def said() -> list[date | None]:
        items = listed.items(shop.hamlet.village, shop.clerk)
        return [each.since for each in items if each.what == "day_not_closed"]

    opened = shop.hamlet.today
    open_day(shop)
    assert said() == []
    shop.hamlet.clock.advance(days=1)
    assert said() == [opened]
    shop.reserve("B", shop.soap)
    open_day(shop)
    assert said() == []


def test_of_two_terminals_that_close_at_once_one_does(shop: Shop) -> None:
    village = shop.hamlet.village
    open_day(shop)
    given = answers(shop)
    seats = [shop.clerk, shop.hamlet.officer("Y")]
    signatures = [shop.hamlet.signature("Y"), shop.hamlet.signature("Z")]

    def close(seat: int) -> str:
        said = (shop.hamlet.today, given, signatures[seat], new_touch_id())
        try:
            closing.close_day(village, seats[seat], *said)
        except ExpectedError as refusal:
            return refusal.code
        return ""

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(close, range(2))) == ["", "workday_over"]
    assert misfits(shop) == []


def a_second_of_the_same_house(told: dict[str, Any]) -> None:
    told["second"] = told["by"]


def a_second_without_an_office(told: dict[str, Any]) -> None:
    told["second"] = 1


def another_day(told: dict[str, Any]) -> None:
    told["day"] = "2026-01-01"


def fewer_than_nothing(told: dict[str, Any]) -> None:
    told["counts"][0]["counted"] = -1


def without_a_reason(told: dict[str, Any]) -> None:
    told["counts"][-1]["counted"] = 9


def other_books(told: dict[str, Any]) -> None:
    told["counts"][-1].update(counted=0, expected=0)


def half_of_it(told: dict[str, Any]) -> None:
    told["counts"] = told["counts"][1:]


BROKEN: tuple[Callable[[dict[str, Any]], None], ...] = (
    a_second_of_the_same_house,
    a_second_without_an_office,
    another_day,
    fewer_than_nothing,
    without_a_reason,
    other_books,
    half_of_it,
)


def test_a_service_that_books_it_wrongly_is_found_by_the_log_alone(
    sqlite_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, entries = log.append, list[int]()
    broken = iter(BROKEN)

    def append(work: Work, kind: str, told: dict[str, Any]) -> int:
        if kind == days.DAY_CLOSED:
            wrong = deepcopy(told)
            next(broken)(wrong)
            entries.append(real(work, kind, wrong))
            return entries[-1]
        return real(work, kind, told)

    monkeypatch.setattr(log, "append", append)
    for _ in BROKEN:
        open_day(sqlite_shop)
        close_day(sqlite_shop)
        sqlite_shop.hamlet.clock.advance(days=1)
    with reading(sqlite_shop.hamlet.village) as work:
        found = check_tables(work).findings
    refused = {each.first for each in found if each.code == "not_allowed"}
    assert {*entries} <= refused
