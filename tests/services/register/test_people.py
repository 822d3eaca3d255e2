"""People, households and relations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core import ages
from kiosk.core.errors import ExpectedError
from kiosk.services.register import people
from kiosk.services.village import Village
from kiosk.services.work import writing

Settle = Callable[..., int]


def test_a_person_is_shown_with_house_and_whether_they_are_grown_up(
    village: Village, settle: Settle
) -> None:
    person = people.resident(village, settle("林春生", born_on=date(2008, 11, 23)))
    assert (person.name, person.lane, person.number) == ("林春生", "东街", "12")
    assert person.adult
    child = people.resident(village, settle("林小雨", born_on=date(2008, 11, 24)))
    assert not child.adult


def test_somebody_unknown_is_a_clear_refusal(village: Village) -> None:
    with pytest.raises(ExpectedError, match="resident_unknown"):
        people.resident(village, 404)
    with pytest.raises(ExpectedError, match="household_unknown"):
        people.household(village, 404)


def test_a_household_lists_its_people(village: Village, settle: Settle) -> None:
    resident_id = settle("林春生")
    settle("陈秀英")
    settle("王伟", number="13")
    home = people.household(village, people.resident(village, resident_id).household_id)
    assert (home.lane, home.number) == ("东街", "12")
    assert [each.name for each in home.residents] == ["陈秀英", "林春生"]


def test_households_come_by_lane_and_number_and_each_once(village: Village, settle: Settle) -> None:
    for number in ("10", "2"):
        settle("林春生", number=number)
        settle("林秀英", number=number)
    found = people.households(village, "东街")
    assert [(each.number, len(each.residents)) for each in found] == [("2", 2), ("10", 2)]
    assert people.households(village, "l") == ()


def test_people_of_one_household_are_related(village: Village, settle: Settle) -> None:
    one, two, other = settle("林春生"), settle("陈秀英"), settle("林建国", number="13")
    with village.read() as session:
        assert people.related(session, one, two)
        assert people.related(session, one, one)
        assert not people.related(session, one, other)


def test_declared_relatives_are_related_both_ways_and_once(
    village: Village, settle: Settle
) -> None:
    one, other = settle("林春生"), settle("林建国", number="13")
    with writing(village) as work:
        people.declare_relative(work, one, other)
        people.declare_relative(work, other, one)
    with village.read() as session:
        assert people.related(session, one, other)
        assert people.related(session, other, one)


def test_nobody_declares_themselves_or_a_stranger_a_relative(
    village: Village, settle: Settle
) -> None:
    one = settle("林春生")
    with writing(village) as work:
        with pytest.raises(ExpectedError, match="relative_is_self"):
            people.declare_relative(work, one, one)
        with pytest.raises(ExpectedError, match="resident_unknown"):
            people.declare_relative(work, one, 404)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_the_eighteenth_birthday_is_the_first_grown_up_day(born_on: date) -> None:
    leap = (born_on.month, born_on.day) == (2, 29) and not _is_leap(born_on.year + 18)
    birthday = date(born_on.year + 18, 3, 1) if leap else born_on.replace(year=born_on.year + 18)
    assert ages.is_adult(born_on, birthday)
    assert not ages.is_adult(born_on, birthday - timedelta(days=1))


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def test_who_has_no_birth_date_in_the_register_is_not_taken_for_grown_up() -> None:
    assert not ages.is_adult(None, date(2026, 11, 23))
