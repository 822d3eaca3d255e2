"""What people type is cleaned once."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.text import clean, unbroken_path


def test_a_name_with_a_middle_dot_and_a_rare_character_stays_as_it_is() -> None:
    assert clean("买买提·艾力", 40) == "买买提·艾力"
    assert clean("䶮𬭎堃", 40) == "䶮𬭎堃"


def test_control_and_direction_characters_go() -> None:
    assert clean("林\u202e春\x00生\u200b\x1b[31m", 40) == "林春生[31m"


def test_runs_of_space_and_line_ends_become_one_space() -> None:
    assert clean("  两袋\t菜叶 \r\n\u3000倒在台阶下  ", 40) == "两袋 菜叶 倒在台阶下"


def test_nothing_is_longer_than_asked_for() -> None:
    assert clean("好" * 500, 400) == "好" * 400


@given(st.text(max_size=60), st.integers(0, 60))
def test_cleaning_twice_changes_nothing_more(typed: str, longest: int) -> None:
    once = clean(typed, longest)
    assert clean(once, longest) == once
    assert len(once) <= longest
    assert unicodedata.is_normalized("NFC", once)


def test_a_path_ends_its_lines_behind_a_folder_and_never_within_a_name() -> None:
    shown = unbroken_path("/var/lib/20261129-decision.pdf")
    assert shown.replace("\u2060", "").replace("\u200b", "") == "/var/lib/20261129-decision.pdf"
    assert [line.replace("\u2060", "") for line in shown.split("\u200b")] == [
        "/",
        "var/",
        "lib/",
        "20261129-decision.pdf",
    ]
    assert "9\u2060-\u2060d" in shown
