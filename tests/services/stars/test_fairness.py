"""Whether stars are given alike: from what was shown, without names, beside what chance gives."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.services.stars import fairness, replies, rounds
from kiosk.services.stars.fairness import Fairness, _Look, by_chance
from kiosk.services.village import Village
from tests.services.cases.conftest import refused
from tests.services.stars.street import BAD, GOOD, WELL, Street, begun
from tests.worlds.kept import grown

__all__ = ["refused"]
Refused = Callable[..., str]


@pytest.fixture
def drawn(sqlite_village: Village, clock: SettableClock, monkeypatch: pytest.MonkeyPatch) -> Street:
    monkeypatch.setattr(fairness, "FEWEST_HOMES", 2)
    monkeypatch.setattr(fairness, "FEWEST_LOOKS", 1)
    return grown(Street(sqlite_village, clock), begun)


def seen(street: Street) -> Fairness:
    found = fairness.fairness(street.village, street.officer("Y"))
    assert found is not None
    return found


def looks(inspector: int, *stars: int) -> list[_Look]:
    return [_Look(inspector, "home", {"courtyard": each}) for each in stars]


def test_only_looks_that_were_shown_are_counted(drawn: Street) -> None:
    assert fairness.fairness(drawn.village, drawn.officer("Y")) is None
    drawn.score("A", GOOD, GOOD)
    drawn.score("B", WELL)  # the other one is not in
    assert fairness.fairness(drawn.village, drawn.officer("Y")) is None
    drawn.score("B", WELL)
    found = seen(drawn)
    assert (found.homes, found.third, found.asked_anew) == (2, 0, 0)
    assert found.alpha == 1


def test_nobody_is_named_and_letters_follow_the_lot(drawn: Street) -> None:
    drawn.score("A", GOOD, GOOD)
    drawn.score("B", WELL, WELL)
    found = seen(drawn)
    assert [each.key for each in found.inspectors] == list("ABCD")[: len(found.inspectors)]
    assert sum(each.looks for each in found.inspectors) == 4
    assert [each.key for each in found.kinds] == ["home"]
    assert "林" not in str(found)


def test_what_a_new_look_changed_is_counted_once_it_is_shown(drawn: Street) -> None:
    drawn.score("A", BAD, BAD)
    drawn.score("B", GOOD, GOOD)
    visit = drawn.told("A")
    replies.ask(drawn.village, drawn.sign("A"), visit, "again", new_touch_id())
    assert (seen(drawn).asked_anew, seen(drawn).overturned) == (0, 0)
    drawn.score("A", GOOD, GOOD)
    assert (seen(drawn).asked_anew, seen(drawn).overturned) == (1, 1)


def test_two_who_were_too_far_apart_are_counted_as_a_pair(drawn: Street) -> None:
    drawn.score("A", GOOD, BAD)
    drawn.score("A", WELL)
    drawn.score("B", GOOD, GOOD)
    found = seen(drawn)
    assert found.third == 1
    assert sum(each.looks for each in found.inspectors) == 4


def test_a_round_that_left_somebody_out_did_not_end_in_time(drawn: Street) -> None:
    for letter in "AB":
        drawn.score(letter, GOOD, GOOD)
    assert seen(drawn).rounds == 0
    round_id = drawn.visit("A").round_id
    with drawn.village.read() as session:
        missing = rounds.missing_in(session, round_id)
    rounds.close(drawn.village, drawn.officer("Y"), round_id, missing, new_touch_id())
    assert (seen(drawn).rounds, seen(drawn).on_time) == (1, 0)


def test_officers_see_it_and_who_agreed_to_sit_on_panels(drawn: Street, refused: Refused) -> None:
    assert refused(fairness.fairness, drawn.village, drawn.sign("A")) == "not_allowed"
    assert refused(fairness.fairness, drawn.village, drawn.sign("A", "clerk")) == "not_allowed"
    drawn.serve("A")
    assert fairness.fairness(drawn.village, drawn.sign("A")) is None


def test_the_spread_of_chance_is_that_of_a_sample_drawn_from_all() -> None:
    """Three of six with a variance of 35/12: the error is the root of 35/12 x 3 / (3 x 5)."""
    one, other = by_chance({"A": looks(1, 1, 2, 3), "B": looks(2, 4, 5, 6)})
    half = fairness.SPREAD * (35 / 12 / 5) ** 0.5
    assert one.least == pytest.approx(3.5 - half)
    assert (one.mean, other.mean) == (2, 5)
    assert one.beyond
    assert one.counted == (1, 1, 1, 0, 0)


def test_who_looked_at_everything_is_within() -> None:
    (alone,) = by_chance({"A": looks(1, 2, 4, 5)})
    assert alone.least == alone.most == alone.mean
    assert not alone.beyond
