"""The text of a cell without what programs put around and into it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.services.register.importing.cells import is_error, is_formula, tidy


@pytest.mark.parametrize(
    ("written", "read"),
    [
        *(("12.0", "12"), ("0012.00", "0012"), ("12.50", "12.50"), ("-3.0", "-3")),
        *(
            ('="0012"', "0012"),
            ('="12.0"', "12"),
            ("=12.0", "12"),
            ("=0012", "0012"),
            ('= "a""b"', 'a"b'),
            ("=A1", "=A1"),
        ),
        *(("'0013", "0013"), ("\u20190013", "0013"), ("'张三", "张三"), ("'t Hooft", "'t Hooft")),
        *(("林长根_x000D_", "林长根"), ("_x000d__x000A_林", "林"), ("a_x005F_b", "a_b")),
        *(("_xD840__xDC00_", "\U00020000"), ("x_xyz_", "x_xyz_")),
        *(("Ｊｏｈｎ１２", "John12"), ("（小）", "（小）"), ("１２号", "12号")),
        *(("\u2f9f\u2f08", "\u8f9b\u4eba"), ("\u2ed3\u2ee2", "长马"), ("\u2ea0\u2ec4", "民西")),
        *(("葛\U000e0101春", "葛春"), ("葛\ufe00春", "葛春"), ("林\u200b春\ufeff生", "林春生")),
        *(("\u00a0林\u3164", "林"), ("", ""), (" ", "")),
    ],
)
def test_a_text_is_what_a_person_reads(written: str, read: str) -> None:
    assert tidy(written) == read


@given(st.text(max_size=20))
def test_tidying_twice_changes_nothing_more_than_a_wrapping_within(text: str) -> None:
    once = tidy(text)
    assert len(tidy(once)) <= len(once)


@given(st.text("赵钱孙李林春生陈秀英王伟东街号", max_size=12))
def test_plain_chinese_stays_as_it_is(text: str) -> None:
    assert tidy(text) == text


def test_every_radical_of_the_kangxi_block_is_a_character() -> None:
    for code in range(0x2F00, 0x2FD6):
        assert unicodedata.name(tidy(chr(code))).startswith("CJK UNIFIED")


@pytest.mark.parametrize(
    "text",
    [
        *("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"),
        *("#GETTING_DATA", "#FIELD!", "#BUSY!", "#UNKNOWN!", "Err:502", "########", " #n/a "),
    ],
)
def test_what_a_spreadsheet_could_not_calculate_is_an_error(text: str) -> None:
    assert is_error(text)


@pytest.mark.parametrize("text", ["", "#12", "#3-2", "林#", "#A", "Err", "N"])
def test_other_texts_are_none(text: str) -> None:
    assert not is_error(text)


def test_a_formula_begins_with_its_sign() -> None:
    assert is_formula("=A1")
    assert not is_formula("=")
    assert not is_formula("a=b")
