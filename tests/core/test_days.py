"""A day is said in one form a language, and no line ends inside it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from kiosk.core import days
from kiosk.core.catalogue import catalogue

if TYPE_CHECKING:
    from kiosk.core.catalogue import Language

SUNDAY = date(2026, 11, 29)
EVENING = datetime(2026, 11, 28, 23, 5, tzinfo=UTC)


def said(form: object, language: Language, of: object) -> str:
    assert callable(form)
    return str(form(lambda key, *values: catalogue().text(key, language, *values), of))


@pytest.mark.parametrize(
    ("form", "of", "chinese", "english"),
    [
        (days.said_day, SUNDAY, "2026年11月29日", "29 November 2026"),
        (days.said_short_day, SUNDAY, "11月29日", "29 November"),
        (days.said_day_of_week, SUNDAY, "11月29日（周日）", "Sunday, 29 November"),
        (days.said_moment, EVENING, "2026年11月29日 07:05", "29 November 2026, 07:05"),
        (days.said_short_moment, EVENING, "11月29日 07:05", "29 November, 07:05"),
        (days.said_birth, "1965-05-20", "1965年5月20日", "20 May 1965"),
        (days.said_birth, "1965-05", "1965年5月（哪一天不清楚）", "May 1965, day not known"),
        (days.said_month, SUNDAY, "11月", "November"),
        (days.said_short_month, SUNDAY, "11月", "Nov"),
    ],
)
def test_each_form_is_the_same_wherever_it_is_said(
    form: object, of: object, chinese: str, english: str
) -> None:
    assert days.plain(said(form, "zh", of)) == chinese
    assert days.plain(said(form, "en", of)) == english


def test_no_line_can_end_inside_a_chinese_day() -> None:
    whole = said(days.said_day_of_week, "zh", SUNDAY)
    pairs = pairwise(whole)
    assert all("\u2060" in pair or all(map(str.isdigit, pair)) for pair in pairs)


def test_no_line_can_end_inside_an_english_day_except_after_the_weekday() -> None:
    assert said(days.said_day, "en", SUNDAY).split(" ") == ["29\u00a0November\u00a02026"]
    assert said(days.said_day_of_week, "en", SUNDAY).split(" ") == [
        "Sunday,",
        "29\u00a0November",
    ]


def test_a_day_or_a_moment_among_the_values_of_a_sentence_is_said_the_same_way() -> None:
    text = catalogue().text
    assert days.plain(text("error.confirmed_lately", "zh", SUNDAY)).startswith(
        "您不久前确认过这位邻居2026年11月29日做的事"
    )
    assert "29 November 2026, 07:05" in days.plain(text("sign_in.asked_when", "en", EVENING, "1"))
