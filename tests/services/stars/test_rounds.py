"""A round from its opening to its end: two look, the household is told, and only then it counts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kiosk.core.clock import SettableClock, start_of_day
from kiosk.core.ids import new_touch_id
from kiosk.core.open_days import Span
from kiosk.services.calendar import closing_days
from kiosk.services.stars import my_household, replies, rounds
from kiosk.services.stars.terms import REPLY_DAYS
from kiosk.services.village import Village
from tests.services.stars.street import BAD, GOOD, MIDDLING, Street, begun
from tests.worlds.kept import grown


@pytest.fixture
def drawn(sqlite_village: Village, clock: SettableClock) -> Street:
    return grown(Street(sqlite_village, clock), begun)


def test_stars_take_effect_once_all_adults_of_the_household_agreed(drawn: Street) -> None:
    assert not drawn.score("A", GOOD)
    assert drawn.score("A", GOOD)
    visit = drawn.told("A")
    assert drawn.rated("A") == {}
    assert not replies.agree(drawn.village, drawn.sign("A"), visit, new_touch_id())
    assert drawn.rated("A") == {}
    assert replies.agree(drawn.village, drawn.sign("a"), visit, new_touch_id())
    assert drawn.rated("A")["courtyard"] == 5
    assert drawn.misfits() == []


def test_stars_take_effect_when_the_time_to_reply_is_over(drawn: Street) -> None:
    drawn.score("A", GOOD, GOOD)
    drawn.clock.advance(days=60)
    assert drawn.rated("A") == {}, "nobody was told"
    drawn.told("A")
    drawn.clock.advance(days=7)
    drawn.tick()
    assert drawn.rated("A") == {}
    drawn.clock.advance(days=1)
    drawn.tick()
    assert drawn.rated("A")["courtyard"] == 5
    assert drawn.misfits() == []


def test_a_household_replies_until_a_day_on_which_the_hall_is_open(drawn: Street) -> None:
    drawn.score("A", GOOD, GOOD)
    last = drawn.today + timedelta(days=REPLY_DAYS)

    def close(first: date, day: date) -> int:
        span = Span(what="closed", first=first, last=day, name="停电 / No power")
        return closing_days.write_down(
            drawn.village, drawn.sign("Z", "clerk"), span, new_touch_id()
        )

    assert close(last, last) == 0
    visit = drawn.told("A")
    due = drawn.visit("A").due_at
    assert due == start_of_day(last + timedelta(days=2))
    assert close(last + timedelta(days=1), last + timedelta(days=3)) == 1
    assert drawn.visit("A").due_at == start_of_day(last + timedelta(days=5))
    drawn.clock.advance(days=REPLY_DAYS + 4)
    assert drawn.tick() == 0
    drawn.clock.advance(days=1)
    drawn.tick()
    assert visit == drawn.visit("A").id
    assert drawn.rated("A")
    assert drawn.misfits() == []


def test_two_who_are_too_far_apart_are_joined_by_a_third(drawn: Street) -> None:
    assert not drawn.score("A", GOOD, BAD)
    third = drawn.seats("A")
    assert len(third) == 3
    assert drawn.score("A", MIDDLING)
    assert drawn.visit("A").stars["courtyard"] == 3
    assert drawn.misfits() == []


def test_a_new_look_is_made_by_others_and_takes_the_place_of_the_first(drawn: Street) -> None:
    drawn.score("A", BAD, BAD)
    first = {each.resident_id for each in drawn.seats("A")}
    visit = drawn.told("A")
    asked = replies.ask(drawn.village, drawn.sign("A"), visit, "again", new_touch_id())
    assert asked == 2
    assert not first & {each.resident_id for each in drawn.seats("A")}
    drawn.score("A", GOOD, GOOD)
    drawn.told("A")
    for letter in "Aa":
        replies.agree(drawn.village, drawn.sign(letter), visit, new_touch_id())
    assert drawn.rated("A")["courtyard"] == 5
    assert drawn.misfits() == []


def test_stars_that_are_appealed_count_for_nothing_until_three_others_looked(drawn: Street) -> None:
    drawn.score("A", MIDDLING, MIDDLING)
    visit = drawn.told("A")
    drawn.clock.advance(days=8)
    drawn.tick()
    assert drawn.rated("A")["courtyard"] == 3
    assert replies.ask(drawn.village, drawn.sign("A"), visit, "appeal", new_touch_id()) == 3
    assert drawn.rated("A")["courtyard"] == -3
    drawn.score("A", GOOD, BAD, GOOD)
    drawn.told("A")
    assert drawn.rated("A")["courtyard"] == 5
    assert drawn.misfits() == []


def test_an_appeal_that_nobody_hears_lapses_in_the_households_favour(drawn: Street) -> None:
    drawn.score("A", BAD, BAD)
    visit = drawn.told("A")
    drawn.clock.advance(days=8)
    drawn.tick()
    replies.ask(drawn.village, drawn.sign("A"), visit, "appeal", new_touch_id())
    drawn.clock.advance(days=15)
    drawn.tick()
    assert drawn.rated("A") == {}
    assert drawn.visit("A").state == "lapsed"
    assert drawn.misfits() == []


@pytest.mark.parametrize("looked", [0, 1])
def test_a_new_look_that_was_not_made_leaves_the_first_one(drawn: Street, looked: int) -> None:
    """One of the two may have looked: nobody is shown what one saw alone."""
    drawn.score("B", GOOD, GOOD)
    visit = drawn.told("B")
    replies.ask(drawn.village, drawn.sign("B"), visit, "again", new_touch_id())
    drawn.score("B", *[BAD] * looked)
    missing = rounds.rounds(drawn.village, drawn.officer("Y"))[0].missing
    over = (drawn.visit("B").round_id, missing, new_touch_id())
    rounds.close(drawn.village, drawn.officer("Y"), *over)
    page = my_household.my_household(drawn.village, drawn.sign("B"))
    assert (page.may_agree, page.may_ask, page.may_appeal) == (True, False, True)
    assert page.dimensions[0].seen == 5
    assert len(page.inspectors) == 2
    drawn.clock.advance(days=8)
    drawn.tick()
    assert drawn.rated("B")["courtyard"] == 5
    assert drawn.misfits() == []


def test_an_unfinished_round_changes_nothing(drawn: Street) -> None:
    drawn.score("B", GOOD)
    round_id = drawn.visit("A").round_id
    missing = rounds.rounds(drawn.village, drawn.officer("Y"))[0].visits
    rounds.close(drawn.village, drawn.officer("Y"), round_id, missing, new_touch_id())
    assert {drawn.visit(each).state for each in "ABCDE"} == {"missed"}
    assert all(drawn.rated(each) == {} for each in "ABCDE")
    assert drawn.misfits() == []
