from __future__ import annotations

from collections.abc import Callable

import pytest
from PIL import Image
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_Q

from kiosk.core.errors import ExpectedError
from kiosk.documents.qr import QUIET, QrCode, fitting_code


def painted(code: QrCode) -> list[list[int]]:
    """How often each module is covered by the bars."""
    cover = [[0] * code.modules for _ in range(code.modules)]
    for column, row, width, height in code.bars():
        for y in range(row, row + height):
            for x in range(column, column + width):
                cover[y][x] += 1
    return cover


def drawn(code: QrCode) -> Image.Image:
    """The symbol on white, three pixels a module."""
    image = Image.new("L", (code.side * 3, code.side * 3), 255)
    for column, row, width, height in code.bars():
        left, top = 3 * (column + QUIET), 3 * (row + QUIET)
        image.paste(0, (left, top, left + 3 * width, top + 3 * height))
    return image


def test_the_bars_cover_each_dark_module_once_and_no_light_one(note: str) -> None:
    code = fitting_code(note, 200)
    assert painted(code) == [[int(dark) for dark in row] for row in code.rows]
    assert len(list(code.bars())) < sum(map(sum, code.rows)) / 2


def test_correction_is_strong_where_there_is_room_and_gives_way_to_large_modules(note: str) -> None:
    assert fitting_code(note, 200).level == "Q"
    assert fitting_code(note, 75).level == "M"
    assert fitting_code(note, 70).level == "L"


def test_the_wished_size_comes_before_strength(note: str) -> None:
    assert fitting_code(note, 200, wished=75).level == "M"
    assert fitting_code(note, 75, wished=20).level == "M"


def test_a_text_that_does_not_fit_is_refused_with_its_length(note: str) -> None:
    with pytest.raises(ExpectedError) as refused:
        fitting_code(note, 60)
    assert refused.value.code == "qr_too_long"
    assert refused.value.values == (len(note.encode()),)


def test_a_text_beyond_the_largest_symbol_is_refused() -> None:
    with pytest.raises(ExpectedError):
        fitting_code("村" * 2000, 500)


def test_the_symbol_holds_the_text_byte_for_byte(
    long_note: str, read_code: Callable[[Image.Image], bytes]
) -> None:
    code = fitting_code(long_note, 200)
    assert read_code(drawn(code)) == long_note.encode()


@pytest.mark.parametrize("content", ["a", "杨桥村的一件好事", "é" * 40, "abc=" * 300])
def test_another_encoder_draws_the_same_symbol(content: str) -> None:
    code = fitting_code(content, 200)
    symbol = QRCode(error_correction=ERROR_CORRECT_Q, border=0, mask_pattern=4)
    symbol.add_data(content.encode(), optimize=0)
    assert [[*map(bool, row)] for row in code.rows] == symbol.get_matrix()


@pytest.mark.parametrize(
    "content", ["12345678901234é", "HTTPS://A.EXAMPLE/村0042", "ﾊﾝ日本語\n= 1"]
)
def test_digits_and_capitals_among_others_are_read_back_as_they_were(
    content: str, read_code: Callable[[Image.Image], bytes]
) -> None:
    code = fitting_code(content, 200)
    assert read_code(drawn(code)) == content.encode()


@pytest.mark.parametrize("octets", [1, 11, 12, 180, 181, 230, 231, 232, 271, 272, 500, 2331, 2953])
def test_the_version_is_the_smallest_that_the_encoder_itself_would_take(octets: int) -> None:
    content = "a" * octets
    symbol = QRCode(error_correction=ERROR_CORRECT_L)
    symbol.add_data(content.encode(), optimize=0)
    weakest = 17 + 4 * symbol.best_fit(start=1) + 2 * QUIET
    assert fitting_code(content, weakest).side == weakest
    with pytest.raises(ExpectedError):
        fitting_code(content, weakest - 1)
