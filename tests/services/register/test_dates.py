"""Days of birth in the forms of registers."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.services.register.importing.dates import read_date

DAY = date(1956, 3, 1)
_FULL_WIDTH = str.maketrans("0123456789-/", "０１２３４５６７８９－／")


@pytest.mark.parametrize(
    "cell",
    [
        *("1956-03-01", "1956/3/1", "1956.3.1", "19560301", "1956年3月1日", "1956年03月01日"),
        *("１９５６－０３－０１", "１９５６年３月１日", " 1956-3-1 ", "1956-03-01 00:00:00"),
        *("1956-03-01T00:00:00", "1956/3/1 0:00", "1956年3月1号", "20515", "20515.0"),
        *(20515, 20515.0, 19560301, datetime.fromisoformat("1956-03-01"), DAY),
    ],
)
def test_every_usual_form_is_the_same_day(cell: str | float | date) -> None:
    assert read_date(cell) == DAY


def test_a_spreadsheet_that_counts_from_1904_has_other_serials() -> None:
    assert read_date(19053, counts_from_1904=True) == DAY
    assert read_date("19053", counts_from_1904=True) == DAY


@pytest.mark.parametrize("cell", [None, "", "  ", "\u3000"])
def test_a_blank_cell_is_no_day(cell: str | None) -> None:
    assert read_date(cell) is None


@pytest.mark.parametrize(
    "cell",
    [
        *("1956", 1956, "1956-03", "1956年3月", "56-3-1", "01/03/1956", "3月1日", "农历三月初一"),
        *("1956-13-01", "1956-02-30", "19561301", "1956-3-1-1", "soon", -5, 10**9, "0"),
    ],
)
def test_what_is_not_one_certain_day_is_refused(cell: str | int) -> None:
    with pytest.raises(ValueError):
        read_date(cell)


_FORMS = (
    lambda day: day.isoformat(),
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f"{day:%Y%m%d}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: day.isoformat().translate(_FULL_WIDTH),
    lambda day: (day - date(1899, 12, 30)).days,
    lambda day: str((day - date(1899, 12, 30)).days),
)


@given(st.dates(date(1928, 1, 1), date(2099, 12, 31)), st.sampled_from(_FORMS))
def test_any_day_in_any_form_comes_back_as_itself(day: date, form) -> None:  # type: ignore[no-untyped-def]
    assert read_date(form(day)) == day
