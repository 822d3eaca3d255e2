"""PINs: what they cost to guess, and which are never drawn."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.errors import ExpectedError
from kiosk.services.access import pins

CHEAP = pins.Cost(memory_kib=64, passes=1)

BIRTHDAY = date(1956, 3, 1)
MINE = pins.Bearer("4021-7735", 7)
DIGIT = st.sampled_from("0123456789")


def test_the_shipped_cost_is_argon2id_with_64_mib_three_passes_and_one_lane() -> None:
    stored = pins.PinHasher(b"p" * 32).hash("482915", MINE)
    assert stored.startswith("bound:$argon2id$v=19$m=65536,t=3,p=1$")


def test_a_pin_fits_its_hash_and_no_other_does() -> None:
    hasher = pins.PinHasher(b"p" * 32, CHEAP)
    stored = hasher.hash("482915", MINE)
    assert hasher.matches(stored, "482915", MINE)
    assert not hasher.matches(stored, "482916", MINE)


def test_a_hash_from_a_stolen_database_is_useless_without_the_pepper() -> None:
    stored = pins.PinHasher(b"p" * 32, CHEAP).hash("482915", MINE)
    assert not pins.PinHasher(b"q" * 32, CHEAP).matches(stored, "482915", MINE)


@pytest.mark.parametrize("other", [pins.Bearer("4021-7736", 7), pins.Bearer("4021-7735", 8)])
def test_a_hash_that_was_copied_to_another_card_or_person_opens_nothing(
    other: pins.Bearer,
) -> None:
    hasher = pins.PinHasher(b"p" * 32, CHEAP)
    assert not hasher.matches(hasher.hash("482915", MINE), "482915", other)


def test_the_same_pin_is_stored_differently_each_time() -> None:
    hasher = pins.PinHasher(b"p" * 32, CHEAP)
    assert hasher.hash("482915", MINE) != hasher.hash("482915", MINE)


def test_nothing_fits_an_unknown_card() -> None:
    assert not pins.PinHasher(b"p" * 32, CHEAP).matches(None, "482915")


@pytest.mark.parametrize(
    "pin",
    ["111111", "121212", "123456", "654321", "901234", "112233", "123123", "147258", "520131",
     "195603", "031956", "560301", "010356", "030156", "885631", "199991", "100001", "333666"],
)  # fmt: skip
def test_what_somebody_would_try_first_is_weak(pin: str) -> None:
    assert pins.is_weak(pin, BIRTHDAY)


@pytest.mark.parametrize("pin", ["482915", "907316", "260874", "739028"])
def test_an_ordinary_pin_is_not_weak(pin: str) -> None:
    assert not pins.is_weak(pin, BIRTHDAY, ("138 0013 8000", "4021-7735"))


@pytest.mark.parametrize("pin", ["138001", "013800", "402177", "021773"])
def test_a_piece_of_the_telephone_or_card_number_is_weak(pin: str) -> None:
    assert pins.is_weak(pin, None, ("138 0013 8000", "4021-7735"))


@given(DIGIT)
def test_six_times_the_same_digit_is_weak(digit: str) -> None:
    assert pins.is_weak(digit * 6)


@given(st.integers(0, 9), st.sampled_from([1, -1]))
def test_every_run_is_weak_wherever_it_starts(first: int, step: int) -> None:
    assert pins.is_weak("".join(str((first + step * place) % 10) for place in range(6)))


@given(DIGIT, DIGIT, DIGIT)
def test_repeated_pairs_and_halves_are_weak(a: str, b: str, c: str) -> None:
    assert pins.is_weak(a + b + a + b + a + b)
    assert pins.is_weak(a + a + b + b + c + c)
    assert pins.is_weak(a + b + c + a + b + c)


@given(st.dates(date(1920, 1, 1), date(2008, 12, 31)))
def test_no_usual_way_of_writing_a_birthday_passes(born_on: date) -> None:
    for form in ("%y%m%d", "%d%m%y", "%m%d%y", "%Y%m", "%m%Y", "%d%Y", "%Y%d"):
        assert pins.is_weak(born_on.strftime(form), born_on)


@given(st.dates(date(1920, 1, 1), date(2008, 12, 31)))
def test_a_drawn_pin_is_six_digits_and_never_weak(born_on: date) -> None:
    pin = pins.draw_pin(born_on, ("13800138000",))
    pins.check_form(pin)
    assert not pins.is_weak(pin, born_on, ("13800138000",))


@pytest.mark.long
def test_nine_in_ten_pins_can_be_drawn() -> None:
    weak = sum(pins.is_weak(f"{number:06}", BIRTHDAY) for number in range(0, 10**6, 37))
    assert weak / (10**6 / 37) < 0.1


@pytest.mark.parametrize(
    "pin", ["", "12345", "1234567", "12345a", "１２３４５６", "٤٨٢٩١٥", "48 915"]
)
def test_what_is_no_pin_is_said_to_be_none(pin: str) -> None:
    with pytest.raises(ExpectedError) as refused:
        pins.check_form(pin)
    assert refused.value.code == "pin_form"


def test_five_tries_are_free_then_the_wait_doubles() -> None:
    waits = [pins.wait_after(failures) // timedelta(seconds=1) for failures in range(1, 10)]
    assert waits == [0, 0, 0, 0, 15, 30, 60, 120, 240]
