"""How often a rule counts: what a file may say, and what is kept of it."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk.core.errors import ExpectedError
from kiosk.services.rulebook.caps import kept, spans_of, table_of


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"day": 1}, "day:1"),
        ({"year": 4, "month": 2}, "month:2 year:4"),
        ({"day": 1, "month": 1, "year": 99}, "day:1 month:1 year:99"),
    ],
)
def test_a_table_is_kept_in_one_order_and_read_back(table: dict[str, int], said: str) -> None:
    assert kept("rule", table) == said
    assert table_of(said) == table


@pytest.mark.parametrize(
    "table",
    [
        {},
        [],
        {"week": 1},
        {"day": 0},
        {"day": True},
        {"day": "1"},
        {"day": 5, "year": 2},
        {"day": 100},
    ],
)
def test_anything_else_is_refused(table: object) -> None:
    with pytest.raises(ExpectedError, match="rulebook_caps"):
        kept("rule", table)


@pytest.mark.parametrize("said", ["day", "day:x", "week:1", "month:2 day:1", "day:1 day:2"])
def test_what_was_not_kept_so_is_not_read(said: str) -> None:
    with pytest.raises(ExpectedError, match="rulebook_caps"):
        table_of(said)


def test_a_deed_lies_in_its_day_month_and_year() -> None:
    spans = dict(spans_of(date(2026, 11, 23)))
    assert spans == {"day": "2026-11-23", "month": "2026-11", "year": "2026"}
