from __future__ import annotations

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from datetime import date
from itertools import groupby
from typing import get_args

import pytest
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from kiosk.core.dimensions import Dimension
from kiosk.core.errors import ExpectedError
from kiosk.core.texts import Texts
from kiosk.documents.door_sign import DimensionStars, DoorSign, Size, door_sign_pdf, door_signs_pdf
from tests.qr import qr_codes

RATED = dict(zip(get_args(Dimension), (5, 4, 1, None, 3), strict=True))


@pytest.fixture
def sign(note: str) -> DoorSign:
    return DoorSign(
        village=Texts({"zh": "杨桥村", "en": "Yangqiao Village"}),
        lane="东街",
        number="12",
        year=2026,
        quarter=4,
        premises="home",
        dimensions=tuple(DimensionStars(key, stars) for key, stars in RATED.items()),
        valid_until=date(2027, 6, 30),
        serial="S26Q4-0123",
        qr_text=note,
    )


def test_a_sign_has_no_place_for_a_personal_name() -> None:
    names = {field.name for field in fields(DoorSign)}
    assert not names & {"name", "resident", "person", "head", "householder", "owner"}
    assert len(names) == 12  # a new field is a question to ask, not to slip in


@pytest.mark.parametrize(("size", "millimetres"), [("A5", (210, 148.5)), ("A4", (297, 210))])
def test_the_page_is_landscape_and_of_the_size_asked(
    sign: DoorSign, size: Size, millimetres: tuple[float, float]
) -> None:
    (page,) = PdfReader(io.BytesIO(door_sign_pdf(sign, size))).pages
    points = (float(page.mediabox.width), float(page.mediabox.height))
    assert points == pytest.approx([side * 72 / 25.4 for side in millimetres], abs=0.5)


def test_its_words_can_be_read_back(sign: DoorSign, read_text: Callable[[bytes], str]) -> None:
    text = read_text(door_sign_pdf(sign, "A5"))
    for words in (
        "12",
        "杨桥村",
        "东街",
        "星级门牌",
        "2026 年第四季度",
        "院落整洁",
        "遵纪守法",
        "垃圾分类",
        "诚信守信",
        "家风和睦",
        "本季未评",
        "not rated",
        "有效至2027年6月30日",
        "Valid until 30 June 2027",
        "S26Q4-0123",
    ):
        assert words in text


def test_every_font_is_embedded_as_a_subset(
    sign: DoorSign,
    fonts_of: Callable[[bytes], list[DictionaryObject]],
    embedded: Callable[[DictionaryObject], bool],
) -> None:
    pdf = door_sign_pdf(sign, "A5")
    names = [str(font["/BaseFont"]) for font in fonts_of(pdf)]
    assert {name.split("+")[1].split("-")[0] for name in names} == {"NotoSansSC", "LXGWWenKai"}
    assert all(embedded(font) for font in fonts_of(pdf))
    assert len(pdf) < 200_000


@pytest.mark.long
@pytest.mark.parametrize("size", ["A5", "A4"])
def test_the_code_on_the_printed_page_holds_the_note_byte_for_byte(
    sign: DoorSign,
    size: Size,
    long_note: str,
    rendered: Callable[[bytes, int], Image.Image],
    read_code: Callable[[Image.Image], bytes],
) -> None:
    for text in (sign.qr_text, long_note):
        page = rendered(door_sign_pdf(replace(sign, qr_text=text), size), 200)
        assert read_code(page) == text.encode()


@pytest.mark.long
def test_signs_in_one_file_are_as_they_are_alone_and_share_their_fonts(
    sign: DoorSign,
    rendered: Callable[..., Image.Image],
    read_code: Callable[[Image.Image], bytes],
    read_text: Callable[[bytes], str],
    fonts_of: Callable[[bytes], list[DictionaryObject]],
) -> None:
    signs = [
        replace(sign, number=str(number), lane=f"{lane}街", qr_text=f"{sign.qr_text}{number}")
        for number, lane in enumerate("东南西北中", 1)
    ]
    pdf = door_signs_pdf(signs, "A5")
    assert len(fonts_of(pdf)) == len(fonts_of(door_sign_pdf(sign, "A5")))
    for number, (each, page) in enumerate(
        zip(signs, PdfReader(io.BytesIO(pdf)).pages, strict=True), 1
    ):
        alone = door_sign_pdf(each, "A5")
        assert page.extract_text() == read_text(alone).rstrip("\n")
        assert rendered(pdf, 150, number).tobytes() == rendered(alone, 150).tobytes()
        assert read_code(rendered(pdf, 200, number)) == each.qr_text.encode()


def test_what_was_not_rated_and_what_is_not_shown_are_two_words(
    sign: DoorSign, read_text: Callable[[bytes], str]
) -> None:
    lines = (DimensionStars("courtyard", None, rated=True), DimensionStars("rules", 4, rated=True))
    text = read_text(door_sign_pdf(replace(sign, dimensions=lines), "A5"))
    assert "不展示" in text
    assert "not shown" in text
    assert "未评" not in text


@pytest.mark.long
@pytest.mark.parametrize(("length", "least"), [(430, 0.67), (580, 0.59), (1_000, 0.42)])
def test_modules_are_as_wide_as_the_text_allows_and_stand_in_white(
    sign: DoorSign,
    length: int,
    least: float,
    rendered: Callable[[bytes, int], Image.Image],
    read_code: Callable[[Image.Image], bytes],
) -> None:
    """Four modules of white on every side, and no letter nearer than two millimetres below."""
    text = sign.qr_text + "x" * (length - len(sign.qr_text.encode()) - 10)
    full = tuple(DimensionStars(key, 5) for key in get_args(Dimension))
    page = rendered(door_sign_pdf(replace(sign, qr_text=text, dimensions=full), "A5"), 600)
    assert read_code(page) == text.encode()
    (found,) = qr_codes(page.convert("L"))
    corners = found.position
    left, top, right, bottom = (
        corners.top_left.x,
        corners.top_left.y,
        corners.bottom_right.x,
        corners.bottom_right.y,
    )
    dots = 600 / 25.4
    module = widths_of_first_row(page, left, top)[0] / 7  # the finder's upper edge
    assert module / dots >= least - 0.01
    white = int(4 * module) - 2
    assert min(page.crop((left - white, top - white, left - 3, bottom + white)).tobytes()) == 255
    assert min(page.crop((left, top - white, right, top - 3)).tobytes()) == 255
    below = max(white, int(2 * dots))
    assert min(page.crop((left, bottom + 3, right, bottom + below)).tobytes()) == 255


def widths_of_first_row(page: Image.Image, left: int, top: int) -> list[int]:
    """How many dots wide the dark and light runs are along the code's upper edge."""
    row = page.crop((left, top + 6, left + 1_400, top + 7)).tobytes()
    return [len(list(run)) for _, run in groupby(row, key=lambda shade: shade < 128)]


def test_stars_can_be_told_apart_in_black_and_white(
    sign: DoorSign, rendered: Callable[[bytes, int], Image.Image]
) -> None:
    page = rendered(door_sign_pdf(sign, "A5"), 254)  # ten dots to the millimetre
    centres = [(795 + 144 * place, 669 + 139 * row) for row in range(5) for place in range(5)]
    dark = [page.crop((x, y, x + 1, y + 1)).tobytes() < b"\x80" for x, y in centres]
    wanted = [place < (stars or 0) for stars in RATED.values() for place in range(5)]
    assert dark == wanted


def test_an_empty_star_has_an_outline_and_an_unrated_row_has_none(
    sign: DoorSign, rendered: Callable[[bytes, int], Image.Image]
) -> None:
    page = rendered(door_sign_pdf(sign, "A5"), 254)
    empty = page.crop((795 + 4 * 144 - 63, 669 + 139 - 63, 795 + 4 * 144 + 63, 669 + 139 + 63))
    beside_unrated = page.crop((1425, 669 + 3 * 139 - 50, 1480, 669 + 3 * 139 + 50))
    assert min(empty.tobytes()) < 170
    assert min(beside_unrated.tobytes()) == 255


def test_a_second_print_says_duplicate_in_both_languages(
    sign: DoorSign, read_text: Callable[[bytes], str]
) -> None:
    assert "DUPLICATE" not in read_text(door_sign_pdf(sign, "A5"))
    assert "副本 DUPLICATE" in read_text(door_sign_pdf(replace(sign, duplicate=True), "A5"))


def test_what_is_not_a_home_says_what_it_is(
    sign: DoorSign, read_text: Callable[[bytes], str]
) -> None:
    assert "店铺" in read_text(door_sign_pdf(replace(sign, premises="shop"), "A5"))
    assert "住家" not in read_text(door_sign_pdf(sign, "A5"))


@pytest.mark.parametrize(
    "number", ["7", "12号", "1208", "甲12-3号", "甲1208-13", "7号2单元301室", ""]
)
@pytest.mark.parametrize("lane", ["东街", "乌兰察布市杨梅岭水库西侧新建安置小区二期东区"])
def test_long_numbers_and_lanes_stay_clear_of_the_title(
    sign: DoorSign, number: str, lane: str, rendered: Callable[[bytes, int], Image.Image]
) -> None:
    odd = replace(sign, number=number, lane=lane, premises="workshop")
    page = rendered(door_sign_pdf(odd, "A5"), 100)
    gutter = page.crop((int(141 / 25.4 * 100), 40, int(145 / 25.4 * 100), 220))
    assert min(gutter.tobytes()) == 255


def test_a_number_that_ends_in_hao_does_not_say_it_twice(
    sign: DoorSign, read_text: Callable[[bytes], str]
) -> None:
    assert door_sign_pdf(replace(sign, number="12号"), "A5") == door_sign_pdf(sign, "A5")
    assert "号号" not in read_text(door_sign_pdf(replace(sign, number="12号"), "A5"))


@pytest.mark.parametrize(
    ("number", "lane", "written"),
    [
        ("12号乙", "东街", "12 号乙"),
        ("12号附1", "东街", "12 号附1号"),
        ("村口", "东街", "村口"),
        ("", "桥头", "桥头"),
        ("", "", "杨桥村"),
    ],
)
def test_a_plate_is_as_people_write_it_and_never_a_bare_sign(
    sign: DoorSign, read_text: Callable[[bytes], str], number: str, lane: str, written: str
) -> None:
    said = read_text(door_sign_pdf(replace(sign, number=number, lane=lane), "A5"))
    assert written.replace(" ", "") in "".join(said.split())
    assert not any(line.strip() == "号" for line in said.splitlines()) or number
    assert "乙号" not in said


def test_rendering_twice_gives_the_same_bytes(sign: DoorSign) -> None:
    assert door_sign_pdf(sign, "A5") == door_sign_pdf(sign, "A5")


def test_signs_drawn_in_several_threads_are_the_same(sign: DoorSign) -> None:
    with ThreadPoolExecutor(4) as threads:
        drawn = set(threads.map(lambda _: door_sign_pdf(sign, "A5"), range(8)))
    assert drawn == {door_sign_pdf(sign, "A5")}


def test_a_lane_that_cannot_be_printed_is_refused_by_name(sign: DoorSign) -> None:
    with pytest.raises(ExpectedError) as refused:
        door_sign_pdf(replace(sign, lane="\U000323af巷"), "A5")
    assert refused.value.values == ("\U000323af",)
