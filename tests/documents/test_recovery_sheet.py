from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PIL import Image
from pypdf import PdfReader

from kiosk.core.catalogue import Language, catalogue
from kiosk.documents.recovery_sheet import RecoverySheet, recovery_sheet_pdf
from kiosk.services.signing.signed_note import Verifier
from kiosk.services.upkeep.recovery_key import key_text
from tests.worlds.names import YANGQIAO

TEXT = key_text(bytes(range(32)))
VERIFIER = Verifier("yangqiao.example/village-log", bytes(range(32))).text()
SHEET = RecoverySheet(
    village=YANGQIAO,
    language="zh",
    groups=tuple(TEXT.split("-")),
    qr_text=TEXT,
    key_id="CA1D3AC1",
    verifier=VERIFIER,
    made_on=date(2026, 11, 29),
)


def page_of(pdf: bytes) -> tuple[str, tuple[float, float]]:
    (page,) = PdfReader(io.BytesIO(pdf)).pages
    width, height = (
        float(each) / 72 * 25.4 for each in (page.mediabox.width, page.mediabox.height)
    )
    return page.extract_text(), (width, height)


@pytest.mark.parametrize("language", catalogue().languages)
def test_it_is_one_a5_page_in_both_languages(language: Language) -> None:
    text, size = page_of(recovery_sheet_pdf(replace(SHEET, language=language)))
    assert size == pytest.approx((148.5, 210.0), abs=0.1)
    said = "".join(text.split())
    for words in (
        "2026年11月29日制",
        "Madeon29November2026",
        "kioskrestore",
        "保管人",
        "Signature",
        "(--key)",
        VERIFIER,
    ):
        assert words in said, words


def test_a_public_key_with_plus_signs_of_its_own_stands_there_whole() -> None:
    odd = Verifier("yangqiao.example/village-log", b"\xfb\xef" + b"\xfb\xef\xbe" * 10).text()
    assert odd.count("+") > 10
    text, _ = page_of(recovery_sheet_pdf(replace(SHEET, verifier=odd)))
    assert odd in "".join(text.split())


def test_every_group_stands_behind_its_number_in_the_order_of_the_key() -> None:
    text, _ = page_of(recovery_sheet_pdf(SHEET))
    numbered = " ".join(f"{place} {group}" for place, group in enumerate(SHEET.groups, start=1))
    assert numbered in " ".join(text.split())


def test_its_code_holds_the_key(
    rendered: Callable[[bytes, int], Image.Image], read_code: Callable[[Image.Image], bytes]
) -> None:
    for dpi in (100, 200):
        assert read_code(rendered(recovery_sheet_pdf(SHEET), dpi)) == TEXT.encode()


def test_nothing_runs_into_anything_else(
    rendered: Callable[[bytes, int], Image.Image],
) -> None:
    """White right above the first line to sign on, and at the edges of the page."""
    for language in catalogue().languages:
        page = rendered(recovery_sheet_pdf(replace(SHEET, language=language)), 254)
        width, height = page.size
        for box in ((0, 1712, width, 1745), (0, 0, 80, height), (width - 80, 0, width, height)):
            assert page.crop(box).getextrema() == (255, 255), (language, box)
