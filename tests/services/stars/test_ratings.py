"""Published stars: how long they hold, what they give, and who may publish them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from kiosk.core.clock import SettableClock
from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.models.rounds import VisitRound
from kiosk.services.stars import ratings as star_ratings
from kiosk.services.stars.ratings import HouseholdRating
from kiosk.services.village import Village
from kiosk.services.work import reading, writing

if TYPE_CHECKING:
    from tests.services.conftest import Street

TODAY = date(2026, 11, 23)
SAMPLE = {"courtyard": 5, "rules": 4, "recycling": 3, "family_spirit": 5}


def points(village: Village, household_id: int, on: date = TODAY) -> int:
    with reading(village) as work:
        return star_ratings.points(work, household_id, on)


def shown(village: Village, household_id: int, on: date = TODAY) -> dict[str, int | None]:
    with reading(village) as work:
        ratings = star_ratings.current(work, household_id, on)
        return {each.dimension: each.stars for each in ratings}


@pytest.mark.parametrize(
    ("year", "quarter", "until"),
    [
        (2026, 1, date(2026, 9, 30)),
        (2026, 2, date(2026, 12, 31)),
        (2026, 3, date(2027, 3, 31)),
        (2026, 4, date(2027, 6, 30)),
    ],
)
def test_a_round_holds_until_the_end_of_the_second_quarter_after_it(
    year: int, quarter: int, until: date
) -> None:
    assert star_ratings.valid_until(year, quarter) == until


def test_four_stars_give_one_point_five_give_two_and_fewer_give_none(
    village: Village, street: Street
) -> None:
    home = street.house()
    street.rate(home.id, SAMPLE)
    assert points(village, home.id) == 2 + 1 + 0 + 2


def test_five_dimensions_of_five_stars_give_ten(village: Village, street: Street) -> None:
    home = street.house()
    street.rate(home.id, dict.fromkeys(star_ratings.DIMENSIONS, 5))
    assert points(village, home.id) == 10


def test_a_household_that_was_never_rated_has_five_unrated_lines_and_loses_nothing(
    village: Village, street: Street
) -> None:
    home = street.house()
    assert shown(village, home.id) == dict.fromkeys(star_ratings.DIMENSIONS)
    assert points(village, home.id) == 0


def test_contested_stars_give_nothing_until_it_is_settled(village: Village, street: Street) -> None:
    home = street.house()
    street.rate(home.id, SAMPLE)
    street.contest(home.id, "courtyard")
    assert points(village, home.id) == 1 + 2


def test_a_missed_round_harms_nobody_until_the_old_one_ends(
    village: Village, street: Street, clock: SettableClock
) -> None:
    home, neighbour = street.house(), street.house()
    street.rate(home.id, SAMPLE, 2026, 4)
    clock.advance(days=60)
    street.rate(neighbour.id, SAMPLE, 2027, 1)
    assert points(village, home.id, date(2027, 6, 30)) == 5
    assert points(village, home.id, date(2027, 7, 1)) == 0
    assert shown(village, home.id, date(2027, 7, 1)) == dict.fromkeys(star_ratings.DIMENSIONS)


def test_a_newer_round_replaces_only_the_lines_it_rated(
    village: Village, street: Street, clock: SettableClock
) -> None:
    home = street.house()
    street.rate(home.id, SAMPLE, 2026, 3)
    street.rate(home.id, {"courtyard": 2}, 2026, 4)
    found = shown(village, home.id)
    assert (found["courtyard"], found["rules"]) == (2, 4)


def test_a_day_before_the_round_was_published_knows_nothing_of_it(
    village: Village, street: Street
) -> None:
    home = street.house()
    street.rate(home.id, SAMPLE)
    assert points(village, home.id, date(2026, 11, 22)) == 0


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"courtyard": 0}, "stars_out_of_range"),
        ({"courtyard": 6}, "stars_out_of_range"),
        ({"piety": 5}, "stars_out_of_range"),
    ],
)
def test_stars_outside_the_rules_are_refused(
    village: Village, street: Street, given: dict[str, int], code: str
) -> None:
    with pytest.raises(ExpectedError) as refused:
        street.rate(street.house().id, given)
    assert refused.value.code == code
    assert street.rounds() == 0


def test_what_was_not_put_forward_is_not_rated(village: Village, street: Street) -> None:
    given = HouseholdRating(street.house().id, {"good_faith": 5})
    with pytest.raises(ExpectedError) as refused, writing(village) as work:
        star_ratings.publish_visit(work, 2026, 4, given, 0)
    assert refused.value.code == "not_put_forward"


def test_a_later_look_of_a_round_takes_the_place_of_the_first(
    village: Village, street: Street
) -> None:
    home = street.house()
    street.rate(home.id, {"courtyard": 3, "rules": 2})
    street.rate(home.id, {"courtyard": 5})
    assert (shown(village, home.id)["courtyard"], shown(village, home.id)["rules"]) == (5, None)
    assert street.rounds() == 1


def test_a_quarter_that_has_not_begun_cannot_be_rated(street: Street) -> None:
    with pytest.raises(ExpectedError) as refused:
        street.rate(street.house().id, SAMPLE, 2027, 1)
    assert refused.value.code == "quarter_to_come"


# --- The old road, by which one officer gave stars


def test_only_the_past_of_a_demo_is_invented_and_only_before_its_first_round(
    village: Village, street: Street
) -> None:
    home, demo = street.house(), replace(village, settings=replace(village.settings, demo=True))
    given = [HouseholdRating(home.id, {"courtyard": 4})]
    with pytest.raises(ExpectedError) as refused:
        star_ratings.invent(village, 2026, 4, given, new_touch_id())
    assert refused.value.code == "not_allowed"
    star_ratings.invent(demo, 2026, 4, given, new_touch_id())
    assert shown(village, home.id)["courtyard"] == 4
    with writing(village) as work:
        asked = {"candidates": [], "invited_by": "", "pool": [], "rubric": "", "digest": ""}
        both = dict.fromkeys(("first_id", "second_id"), home.people[0])
        work.session.add(VisitRound(year=2026, quarter=4, opened_at=work.now, **both, **asked))
    with pytest.raises(ExpectedError) as refused:
        star_ratings.invent(demo, 2026, 3, given, new_touch_id())
    assert refused.value.code == "not_allowed"
