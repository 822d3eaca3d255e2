"""National identity numbers are recognised and dropped."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.services.register.importing.identity_numbers import is_identity_number, scrub
from tests.services.register.registers import identity_number

NUMBER = identity_number("19560301")


@pytest.mark.parametrize(
    "text",
    [
        NUMBER,
        NUMBER.lower(),
        f"身份证{NUMBER}号",
        f"电话13800000001 {NUMBER}",
        f"13800000001-{NUMBER}",
        f"ID{NUMBER}",
        f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}",
        f"{NUMBER[:6]}-{NUMBER[6:14]}-{NUMBER[14:]}",
        NUMBER.translate(str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")),
        NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2"),
        "330382560301001",
        "330382195603010000",
        "3.30382E+17",
        "3.303821956030E+17",
    ],
)
def test_an_identity_number_is_dropped_wherever_it_stands(text: str) -> None:
    kept, dropped = scrub(text)
    digits = "".join(ch for ch in kept if ch.isdecimal())
    assert len(dropped) == 1
    assert "19560301" not in digits
    assert "560301" not in digits
    assert "330382" not in digits.replace("13800000001", "")


def test_what_stands_beside_it_stays() -> None:
    kept, _ = scrub(f"13800000001,{NUMBER},东街12号")
    assert "13800000001" in kept
    assert "东街12号" in kept


@pytest.mark.parametrize(
    "text",
    ["林春生", "13800000001", "东街12号3单元201", "330382101201001001", "6222021234567890123", ""],
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert scrub(text) == (text, [])


def test_two_numbers_in_one_cell_are_both_dropped() -> None:
    other = identity_number("19610505", order="024")
    kept, dropped = scrub(f"{NUMBER}/{other}")
    assert kept == "/"
    assert len(dropped) == 2


def test_a_right_number_says_when_its_bearer_was_born_and_of_which_sex() -> None:
    _, (bearer,) = scrub(identity_number("19560301", order="002"))
    assert bearer is not None
    assert (bearer.born_on, bearer.sex) == (date(1956, 3, 1), "F")


def test_a_number_with_a_wrong_check_digit_is_dropped_and_says_nothing() -> None:
    wrong = NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2")
    assert scrub(wrong) == ("", [None])


@pytest.mark.parametrize("after", ["X", "x号", "XX", "-X"])
def test_letters_that_follow_do_not_hide_a_number(after: str) -> None:
    number = identity_number("20000101", order="001")
    assert number[:17] not in scrub(number + after)[0]


@given(
    st.dates(date(1900, 1, 1), date(2026, 12, 31)),
    st.sampled_from(["110101", "330382", "440300", "659001"]),
    st.integers(0, 999),
)
def test_every_right_number_is_recognised(born: date, place: str, order: int) -> None:
    assert is_identity_number(identity_number(f"{born:%Y%m%d}", place, f"{order:03}"))


@given(st.dates(date(1900, 1, 1), date(2026, 12, 31)), st.text(max_size=12), st.text(max_size=12))
def test_no_text_around_it_hides_a_number(born: date, before: str, after: str) -> None:
    number = identity_number(f"{born:%Y%m%d}")
    before = "".join(ch for ch in before if not ch.isnumeric())
    after = "".join(ch for ch in after if not ch.isnumeric())
    assert number[:17] not in scrub(before + number + after)[0]
