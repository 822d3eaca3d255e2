"""Card tokens: what is written on a card reads back, and a wrong character is found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.card_token import format_card_token, new_card_token, parse_card_token

BITS = st.binary(min_size=16, max_size=16)
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@given(BITS)
def test_a_token_reads_back(bits: bytes) -> None:
    assert parse_card_token(format_card_token(bits)) == bits


@given(BITS, st.integers(6, 32), st.sampled_from(ALPHABET))
def test_every_single_wrong_character_is_found(bits: bytes, place: int, wrong: str) -> None:
    text = format_card_token(bits)
    changed = text[:place] + wrong + text[place + 1 :]
    assert (parse_card_token(changed) is None) == (changed != text)


def test_new_tokens_differ_and_have_the_agreed_length() -> None:
    tokens = {new_card_token() for _ in range(50)}
    assert len(tokens) == 50
    assert {len(token) for token in tokens} == {len("VHK1C-") + 27}


def test_a_scanner_with_caps_lock_and_lookalikes_is_understood() -> None:
    bits = bytes.fromhex("00000000000000000000000000000421")
    text = format_card_token(bits)
    assert parse_card_token(text.lower()) == bits
    assert parse_card_token("VHK1C-" + text[6:].replace("0", "O").replace("1", "l")) == bits


@pytest.mark.parametrize(
    "text",
    [
        "",
        "VHK1C-",
        "VHK1C-" + "0" * 26,
        "VHK2C-" + "0" * 27,
        "VHK1C-" + "U" * 27,
        "Z" * 33,
        "VHK1C-" + "Z" * 27,
        "VHK1C-" + "٠" * 27,
        "VHK1C-" + "ſ" * 27,
    ],
)
def test_what_is_no_token_is_refused(text: str) -> None:
    assert parse_card_token(text) is None


def test_more_than_128_bits_are_refused_even_with_a_right_check_character() -> None:
    heads = ("VHK1C-8" + "0" * 25 + check for check in ALPHABET)
    assert [parse_card_token(text) for text in heads] == [None] * 32


def test_only_sixteen_bytes_make_a_token() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        format_card_token(b"short")
