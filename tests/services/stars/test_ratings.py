"""Published stars: how long they hold, what they give, and who may publish them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kiosk.core.clock import SettableClock
from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.models.ledger import LedgerEntry
from kiosk.models.stars import StarRound
from kiosk.services.ledger import log
from kiosk.services.register.people import declare_relative
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


def test_every_published_household_stands_in_the_ledger(village: Village, street: Street) -> None:
    home, officer = street.house(), street.house().people[0]
    rating = HouseholdRating(home.id, SAMPLE, frozenset({"family_spirit"}))
    session_id = street.sign_in(officer, "officer")
    star_ratings.publish_round(village, session_id, 2026, 4, [rating], new_touch_id())
    with village.read() as session:
        of = session.query(StarRound).one()
        round_told = {"round": of.id, "year": 2026, "quarter": 4, "valid_until": "2027-06-30"}
        *_, first, second = session.query(LedgerEntry).order_by(LedgerEntry.index)
        assert (first.kind, second.kind) == ("round_published", "rating")
        assert of.opened_at == of.published_at == first.at
        assert log.content_of(session, first.index) == round_told
        assert log.content_of(session, second.index) == {
            **round_told,
            "household": home.id,
            "stars": SAMPLE,
            "put_forward": ["family_spirit"],
            "by": officer,
        }


def test_the_same_touch_publishes_once(village: Village, street: Street) -> None:
    home, officer = street.house(), street.sign_in(street.house().people[0], "officer")
    touch, rating = new_touch_id(), HouseholdRating(home.id, {"rules": 4})
    first = star_ratings.publish_round(village, officer, 2026, 4, [rating], touch)
    assert star_ratings.publish_round(village, officer, 2026, 4, [rating], touch) == first
    assert first.valid_until == date(2027, 6, 30)
    assert street.rounds() == 1


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"courtyard": 0}, "stars_out_of_range"),
        ({"courtyard": 6}, "stars_out_of_range"),
        ({"piety": 5}, "stars_out_of_range"),
        ({"good_faith": 5}, "not_put_forward"),
        ({"family_spirit": 2}, "not_put_forward"),
    ],
)
def test_stars_outside_the_rules_are_refused(
    village: Village, street: Street, given: dict[str, int], code: str
) -> None:
    home, officer = street.house(), street.sign_in(street.house().people[0], "officer")
    with pytest.raises(ExpectedError) as refused:
        star_ratings.publish_round(
            village, officer, 2026, 4, [HouseholdRating(home.id, given)], new_touch_id()
        )
    assert refused.value.code == code
    assert street.rounds() == 0


def test_a_household_is_rated_once_in_a_round(village: Village, street: Street) -> None:
    home = street.house()
    street.rate(home.id, {"courtyard": 3})
    with pytest.raises(ExpectedError) as refused:
        street.rate(home.id, {"courtyard": 5})
    assert refused.value.code == "already_rated"
    assert shown(village, home.id)["courtyard"] == 3


def test_a_quarter_that_has_not_begun_cannot_be_rated(street: Street) -> None:
    with pytest.raises(ExpectedError) as refused:
        street.rate(street.house().id, SAMPLE, 2027, 1)
    assert refused.value.code == "quarter_to_come"


def test_nobody_rates_their_own_household(village: Village, street: Street) -> None:
    home = street.house()
    officer = street.sign_in(home.people[0], "officer")
    with pytest.raises(ExpectedError) as refused:
        star_ratings.publish_round(
            village, officer, 2026, 4, [HouseholdRating(home.id, {"rules": 5})], new_touch_id()
        )
    assert refused.value.code == "own_household"


def test_nobody_rates_a_relatives_household(village: Village, street: Street) -> None:
    home, other = street.house(), street.house()
    officer = street.sign_in(other.people[0], "officer")
    with writing(village) as work:
        declare_relative(work, home.people[0], other.people[0])
    with pytest.raises(ExpectedError) as refused:
        star_ratings.publish_round(
            village, officer, 2026, 4, [HouseholdRating(home.id, {"rules": 5})], new_touch_id()
        )
    assert refused.value.code == "relative"


@pytest.mark.parametrize("role", [(), ("clerk",), ("keeper",)])
def test_only_officers_publish_stars(
    village: Village, street: Street, role: tuple[str, ...]
) -> None:
    home, other = street.house(), street.sign_in(street.house().people[0], *role)
    with pytest.raises(ExpectedError) as refused:
        star_ratings.publish_round(
            village, other, 2026, 4, [HouseholdRating(home.id, {"rules": 5})], new_touch_id()
        )
    assert refused.value.code == "not_allowed"


def test_without_a_session_stars_are_published_only_in_a_demo(
    village: Village, street: Street
) -> None:
    with pytest.raises(ExpectedError) as refused:
        star_ratings.publish_round(village, None, 2026, 4, [], new_touch_id())
    assert refused.value.code == "not_allowed"
