"""The festivals of the moon are on the days that the State Council and the Observatory gave."""

from __future__ import annotations

from datetime import date, timedelta

from kiosk.core.lunar_festivals import EVE, NAMES, festivals, spring_festival

FIRST, LAST = date(2026, 2, 1), date(2051, 1, 31)


def test_the_days_that_are_known() -> None:
    found = dict(festivals(FIRST, LAST))
    assert found[date(2026, 2, 16)] == EVE
    assert found[date(2026, 9, 25)] == "mid_autumn"
    assert found[date(2027, 6, 9)] == "dragon_boat"
    assert found[date(2031, 1, 1)] == "laba"
    assert found[date(2041, 12, 30)] == "laba"
    assert spring_festival(2027) == date(2027, 2, 6)  # a new moon four minutes before midnight
    assert spring_festival(2030) == date(2030, 2, 3)  # and one seven minutes after it
    assert spring_festival(2099) is None


def test_a_month_of_the_moon_has_its_length_between_any_two() -> None:
    """From a new moon to another there are 29.53 days: no line of the table has a slip in it."""
    counted = {"spring_festival": (1, 1), "lantern": (1, 15), "dragon_boat": (5, 5), "qixi": (7, 7)}
    counted |= {"mid_autumn": (8, 15), "double_ninth": (9, 9), "laba": (12, 8)}
    for day, name in festivals(FIRST, LAST):
        if name == EVE:
            continue
        begins = day - timedelta(days=counted[name][1] - 1)
        age = ((begins - date(2026, 2, 17)).days / 29.530588) % 1
        assert min(age, 1 - age) < 0.05, (day, name)


def test_every_year_has_each_once() -> None:
    names = [name for _, name in festivals(FIRST, LAST)]
    assert {names.count(each) for each in (EVE, *NAMES)} == {25}
