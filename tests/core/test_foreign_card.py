"""The form of a card of something else: what a scanner read, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.card_token import new_card_token
from kiosk.core.foreign_card import LONGEST, SHORTEST, content_of, held_up


@pytest.mark.parametrize(
    "text", ["8602113377", "https://city.example/card?id=77", "A" * SHORTEST, "z" * LONGEST]
)
def test_one_line_of_plain_characters_is_a_card(text: str) -> None:
    assert content_of(held_up(f"{text}\r\n")) == text.encode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1234567",
        "z" * (LONGEST + 1),
        "两行的卡" * 4,
        "first line\nsecond line",
        "6901234567892",
        "96385074",
        new_card_token(),
        new_card_token()[:-3],
        "-".join(["0A1B"] * 14),
    ],
)
def test_what_is_ours_or_stands_on_goods_or_is_no_code_of_a_card_is_none(text: str) -> None:
    assert held_up(text) == ""


@given(st.text())
def test_what_was_not_held_up_is_never_taken_for_it(text: str) -> None:
    assert content_of(text) is None or text.startswith("scanned:")
