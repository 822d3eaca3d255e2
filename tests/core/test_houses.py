"""One form of an address for every screen, slip and sign."""

from __future__ import annotations

import pytest

from kiosk.core.houses import House, house_words, plate


@pytest.mark.parametrize(
    ("lane", "number", "zh", "en"),
    [
        ("东街", "30", "东街30号", "东街 No. 30"),
        ("东街", "12-1", "东街12-1号", "东街 No. 12-1"),
        ("东街", "A12", "东街A12号", "东街 No. A12"),
        ("东街", "12B", "东街12B号", "东街 No. 12B"),
        ("东街", "甲12", "东街甲12号", "东街 No. 甲12"),
        ("东街", "12号乙", "东街12号乙", "东街 12号乙"),
        ("东街", "12号之二", "东街12号之二", "东街 12号之二"),
        ("东街", "12号附1", "东街12号附1号", "东街 12号附1号"),
        ("东街", "12号东侧", "东街12号东侧", "东街 12号东侧"),
        ("桥南", "7号2单元301室", "桥南7号2单元301室", "桥南 7号2单元301室"),
        ("三组", "", "三组", "三组"),
        ("", "12", "12号", "No. 12"),
        ("East Lane", "12", "East Lane 12号", "East Lane No. 12"),
        ("", "", "", ""),
    ],
)
def test_a_house_is_written_as_people_write_it(lane: str, number: str, zh: str, en: str) -> None:
    assert house_words(lane, number, "zh") == zh
    assert House(lane, number).words("en") == en


@pytest.mark.parametrize(
    ("number", "parts"),
    [
        ("12", ("12", "号")),
        ("12号", ("12", "号")),
        ("甲12-3", ("甲12-3", "号")),
        ("12号乙", ("12", "号乙")),
        ("12号附1", ("12", "号附1号")),
        ("7号2单元301室", ("7", "号2单元301室")),
        ("村口", ("村口", "")),
        ("", ("", "")),
    ],
)
def test_a_plate_has_its_number_large_and_never_a_bare_sign(
    number: str, parts: tuple[str, str]
) -> None:
    assert plate(number) == parts
