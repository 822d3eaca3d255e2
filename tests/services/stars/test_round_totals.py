"""The totals of a round for the board: of ten households at least, and of what is settled."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.services.stars import fairness, replies, round_totals, rounds
from kiosk.services.stars.round_totals import FEWEST, Band, Share, bands, share
from kiosk.services.village import Village
from tests.services.conftest import Street as Past
from tests.services.stars.street import BAD, GOOD, Street, begun
from tests.worlds.kept import grown


@pytest.fixture
def drawn(sqlite_village: Village, clock: SettableClock, monkeypatch: pytest.MonkeyPatch) -> Street:
    monkeypatch.setattr(round_totals, "FEWEST", 2)
    return grown(Street(sqlite_village, clock), begun)


def close(street: Street) -> None:
    round_id = street.visit("A").round_id
    with street.village.read() as session:
        missing = rounds.missing_in(session, round_id)
    rounds.close(street.village, street.officer("Y"), round_id, missing, new_touch_id())


def take_effect(street: Street, *letters: str) -> None:
    for letter in letters:
        street.told(letter)
    street.clock.advance(days=8)
    street.tick()


def test_a_round_is_told_once_nothing_of_it_can_change(drawn: Street) -> None:
    for letter in "AB":
        drawn.score(letter, GOOD, GOOD)
    drawn.score("C", BAD, BAD)
    take_effect(drawn, "A", "B")
    drawn.told("C")
    assert round_totals.round_totals(drawn.village) is None, "it is under way"
    close(drawn)
    assert round_totals.round_totals(drawn.village) is None, "one has time to reply"
    drawn.clock.advance(days=8)
    drawn.tick()
    drawn.clock.advance(days=20)
    assert round_totals.round_totals(drawn.village) is None, "one can still appeal"
    drawn.clock.advance(days=1)
    found = round_totals.round_totals(drawn.village)
    assert found is not None
    assert (found.year, found.quarter, found.homes) == (2026, 4, 3)
    looks = {each.dimension: each.bands for each in found.dimensions}
    assert looks["courtyard"] == (Band(1, 5, 3),)
    assert "family_spirit" not in looks
    assert found.on_time == share(3, 8)
    assert found.third == Share(0, 3)
    assert found.alpha == 1


def test_what_new_looks_changed_is_told_of_enough_of_them(drawn: Street) -> None:
    for letter, again in (("A", BAD), ("B", GOOD)):
        drawn.score(letter, GOOD, GOOD)
        visit = drawn.told(letter)
        replies.ask(drawn.village, drawn.sign(letter), visit, "again", new_touch_id())
        drawn.score(letter, again, again)
    take_effect(drawn, "A", "B")
    close(drawn)
    drawn.clock.advance(days=30)
    drawn.tick()
    found = round_totals.round_totals(drawn.village)
    assert found is not None
    assert found.overturned == Share(50, 2)


def test_nothing_is_told_of_fewer_than_ten_households(
    sqlite_village: Village, clock: SettableClock
) -> None:
    """Of the street eight households can be looked at, however the round goes."""
    street = grown(Street(sqlite_village, clock), begun)
    for letter in "ABC":
        street.score(letter, GOOD, GOOD)
    take_effect(street, *"ABC")
    close(street)
    street.clock.advance(days=30)
    assert round_totals.round_totals(street.village) is None


def test_stars_of_ten_are_told_and_those_of_the_rest_stand_with_them(
    sqlite_village: Village,
) -> None:
    street = Past(sqlite_village)
    for number in range(FEWEST + 3):
        stars = {"courtyard": 5 if number < FEWEST else 2}
        street.rate(street.house().id, stars | ({"rules": 4} if number < FEWEST - 1 else {}))
    found = round_totals.round_totals(sqlite_village)
    assert found is not None
    (courtyard,) = found.dimensions
    assert (courtyard.dimension, courtyard.homes) == ("courtyard", FEWEST + 3)
    assert courtyard.bands == (Band(1, 5, FEWEST + 3),)


def test_an_inspector_and_a_house_are_in_none_of_it() -> None:
    named = set(round_totals.RoundTotals.__dataclass_fields__)
    assert not named & {"inspectors", "kinds", "household_id", "lane"}
    assert fairness.FEWEST_HOMES == round_totals.FEWEST == 10


@given(st.dictionaries(st.integers(1, 5), st.integers(0, 40)))
def test_no_band_is_of_fewer_than_ten_and_together_they_are_everybody(
    counted: dict[int, int],
) -> None:
    found = bands(counted)
    assert all(each.homes >= FEWEST for each in found)
    if sum(counted.values()) < FEWEST:
        assert not found
        return
    assert sum(each.homes for each in found) == sum(counted.values())
    edges = [edge for each in found for edge in (each.least, each.most)]
    assert (edges[0], edges[-1]) == (1, 5)
    assert all(one.most + 1 == other.least for one, other in pairwise(found))
    for each in found:
        held = sum(counted.get(stars, 0) for stars in range(each.least, each.most + 1))
        assert held == each.homes


def test_a_share_is_rounded_to_the_nearest_and_of_too_few_there_is_none() -> None:
    assert share(2, 3 * FEWEST) == Share(7, 30)
    assert share(FEWEST, FEWEST) == Share(100, FEWEST)
    assert share(1, 8 * 25) == Share(1, 200), "a half goes up"
    assert share(0, FEWEST - 1) is None
