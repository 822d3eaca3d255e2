"""The paper that inspectors walk with."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from kiosk.core.errors import ExpectedError
from kiosk.documents.visit_sheet import VisitSheet, visit_sheet_pdf, visit_sheets_pdf
from tests.worlds.photographed import VILLAGE, check_form

CODE = "V-26Q4-0017-1-9F3C"


def sheet(*seats: int, language: str = "zh") -> VisitSheet:
    forms = tuple(check_form("shop", each, CODE) for each in seats)
    return VisitSheet(village=VILLAGE, language=language, forms=forms)


def said(pdf: bytes) -> list[str]:
    """The words of each page, without blanks."""
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_sheet_says_both_languages_its_rule_its_house_and_its_code(language: str) -> None:
    (words,) = said(visit_sheet_pdf(sheet(1, language=language)))
    for each in (
        "柳树巷12号",
        "WillowLane12",
        CODE,
        "货物没有摆到路上",
        "Nogoodsstandoutinthelane",
    ):
        assert each in words
    for each in ("把错的方格涂满", "Fillitincompletely", "查看人签名", "Inspector", "没有这项"):
        assert each in words


def test_the_households_own_sheet_asks_for_no_name_and_says_that_nothing_follows() -> None:
    (words,) = said(visit_sheet_pdf(sheet(0)))
    assert "自己先看一看" in words
    assert "nothingfollows" in words
    assert "查看人签名" not in words


def test_two_households_share_a_sheet_and_sheets_a_file() -> None:
    pages = said(visit_sheets_pdf((sheet(1, 2), sheet(0))))
    assert [each.count(CODE) for each in pages] == [2, 1]
    assert "第2位" in pages[0]


def test_a_second_print_says_so() -> None:
    once = sheet(1)
    again = VisitSheet(village=VILLAGE, language="zh", forms=once.forms, duplicate=True)
    assert "副本" in said(visit_sheet_pdf(again))[0]
    assert "副本" not in said(visit_sheet_pdf(once))[0]


def test_a_code_that_is_far_too_long_is_refused() -> None:
    long = VisitSheet(
        village=VILLAGE, language="zh", forms=(check_form("home", 1, "V-" + "K" * 200),)
    )
    with pytest.raises(ExpectedError) as refused:
        visit_sheet_pdf(long)
    assert refused.value.code == "qr_too_long"
