from __future__ import annotations

from typing import Any, get_args

import pytest
from reportlab.pdfbase.ttfonts import TTFont

from kiosk.core.errors import ExpectedError
from kiosk.documents.embedded_font import loaded
from kiosk.documents.font_tables import font_tables
from kiosk.documents.fonts import (
    FontName,
    advance,
    font_file,
    largest_size,
    measure,
    runs,
    unprintable,
    with_geta,
)

NO_BREAK_SPACE = 0xA0
UNCOVERED = "\U000323af"  # the last character of Extension H, which no shipped font draws


@pytest.mark.parametrize("name", ["䶮㛃", "𬭎", "堃", "买买提·艾力", "O’Neill", "𰻞"])
def test_rare_names_can_be_printed(name: str) -> None:
    assert unprintable(name) == ()


def test_what_no_font_covers_is_named_once_and_in_order() -> None:
    assert unprintable(f"王{UNCOVERED}小😀{UNCOVERED}") == (UNCOVERED, "😀")


def test_white_space_is_never_unprintable() -> None:
    assert unprintable("杨桥村　东街\n12 号") == ()


def test_a_text_is_split_where_a_font_ends() -> None:
    missing_in_noto = "𪛗"
    split = runs(f"林{missing_in_noto}生", "text")
    assert [(run.text, run.font) for run in split] == [
        ("林", "NotoSansSC-Regular"),
        (missing_in_noto, "LXGWWenKai-Bold"),
        ("生", "NotoSansSC-Regular"),
    ]


def test_drawing_what_cannot_be_drawn_is_refused_by_name() -> None:
    with pytest.raises(ExpectedError) as refused:
        runs(f"王{UNCOVERED}", "brush")
    assert refused.value.code == "unprintable"
    assert refused.value.values == (UNCOVERED,)


@pytest.mark.parametrize("font", get_args(FontName))
def test_what_is_read_of_a_font_is_what_reportlab_reads(font: FontName) -> None:
    read, face = font_tables(font_file(font)), TTFont(font, str(font_file(font))).face
    ranges = zip(read.firsts, read.lasts, strict=True)
    drawn = {code for first, last in ranges for code in range(first, last + 1)}
    assert drawn == set(face.charToGlyph)
    assert all(read.draws(chr(code)) for code in drawn)
    assert not any(
        abs(read.advance(chr(code)) - face.charWidths[code] / 1000) > 1e-9 for code in drawn
    )
    assert read.advance(UNCOVERED) == pytest.approx(face.defaultWidth / 1000)
    drawing: Any = loaded(font).face
    assert all(drawing.getCharWidth(code) == face.charWidths[code] for code in drawn)
    drawn.remove(NO_BREAK_SPACE)  # for which reportlab takes the glyph of a space, as white
    assert all(drawing.charToGlyph[code] == face.charToGlyph[code] for code in drawn)


def test_a_person_who_was_told_can_have_the_mark_of_a_missing_sort() -> None:
    assert with_geta(f"王{UNCOVERED}生") == "王〓生"


def test_a_chinese_character_is_one_em_and_a_digit_less() -> None:
    assert advance("杨", "text") == 1.0
    assert 0.4 < advance("7", "text") < 0.7


def test_an_apostrophe_in_an_english_word_is_as_narrow_as_a_letter() -> None:
    assert measure("one’s", "text", 10) == pytest.approx(measure("one's", "text", 10))
    assert measure("他说“好”", "text", 10) == pytest.approx(50)


def test_the_largest_size_fits_the_width_and_stops_at_the_smallest() -> None:
    assert largest_size("杨桥村", "brush", 30, 20, 5) == pytest.approx(10)
    assert largest_size("杨桥村", "brush", 3, 20, 5) == 5
    assert largest_size("", "brush", 3, 20, 5) == 20
