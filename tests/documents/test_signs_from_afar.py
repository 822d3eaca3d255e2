"""A sign's code as a telephone takes it: from 30 cm, in weak light, with a tenth of it covered."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import zxingcpp
from PIL import Image

from kiosk.documents.door_sign import door_sign_pdf
from kiosk.documents.sign_sheets import labels_pdf
from tests.benchmarks.papers import SIGN
from tests.qr import qr_codes
from tests.worlds.photographed_sign import covered, from_30_cm, weaker

DPI = 150
"""Six pixels to a millimetre: half of what a telephone of 12 megapixels has at 30 cm."""
PDFS = {
    "A5": lambda: door_sign_pdf(SIGN, "A5"),
    "label": lambda: labels_pdf([SIGN], [1]),
}
TENTH = 0.1**0.5
"""A side of a square that covers a tenth of the code."""


def code_on(picture: Image.Image) -> zxingcpp.Barcode:
    (found,) = qr_codes(picture.convert("L"))
    return found


@pytest.mark.long
@pytest.mark.parametrize("paper", PDFS)
def test_the_code_reads_in_weak_light_from_30_cm_with_a_tenth_of_it_covered(
    paper: str, rendered: Callable[..., Image.Image]
) -> None:
    page = rendered(PDFS[paper](), DPI).crop(
        (0, 0, 1240, 877) if paper == "A5" else (0, 0, 620, 877)
    )
    at = code_on(page).position
    left, right = sorted((at.top_left.x, at.bottom_right.x))
    top, bottom = sorted((at.top_left.y, at.bottom_right.y))
    reach = TENTH * (right - left) / 2
    x, y = (left + right) / 2, (top + bottom) / 2
    mud = (round(x - reach), round(y - reach), round(x + reach), round(y + reach))
    photograph = from_30_cm(covered(page, mud))
    for contrast in (1.0, 0.4):
        assert code_on(weaker(photograph, contrast)).text == SIGN.qr_text


@pytest.mark.long
def test_half_of_it_covered_is_more_than_a_code_can_bear(
    rendered: Callable[..., Image.Image],
) -> None:
    page = rendered(door_sign_pdf(SIGN, "A5"), DPI)
    at = code_on(page).position
    half = (
        at.top_left.x,
        at.top_left.y,
        at.bottom_right.x,
        (at.top_left.y + at.bottom_right.y) // 2,
    )
    assert qr_codes(covered(page, half)) == []
