"""The copy of one's data as a statement: what stands on which page."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from kiosk.documents.data_copy import CopySheet, Headline, Pairs, Section, Table, data_copy_pdf


def sheet(*sections: Section) -> list[str]:
    """The text of each page."""
    copy = CopySheet("我的资料", "杨桥村", "林春生", sections, "第 {} 页，共 {} 页".format)
    return [page.extract_text() for page in PdfReader(io.BytesIO(data_copy_pdf(copy))).pages]


def rows(count: int) -> Table:
    return Table(("时间", "分数"), (3, 1), tuple((f"第{at}行", f"+{at}") for at in range(count)))


def test_every_page_says_which_it_is_of_how_many_and_whose() -> None:
    pages = sheet(Section("可以换东西的积分", (rows(120),)))
    assert len(pages) > 2
    for number, text in enumerate(pages, start=1):
        assert f"第 {number} 页，共 {len(pages)} 页" in text
        assert "林春生" in text


def test_a_table_that_goes_on_has_its_head_again_and_loses_no_row() -> None:
    pages = sheet(Section("可以换东西的积分", (rows(120),)))
    assert all("时间" in text and "分数" in text for text in pages)
    said = "".join(pages)
    assert all(f"第{at}行" in said for at in range(120))


@pytest.mark.long
def test_no_heading_stands_alone_at_the_foot_of_a_page() -> None:
    for before in range(25, 50):
        pages = sheet(
            Section("可以换东西的积分", (rows(before),)),
            Section(
                "关于我的事", (Headline("2026-0001 清理河埠头"), Pairs((("地点：", "南河埠头"),)))
            ),
        )
        (page,) = [text for text in pages if "关于我的事" in text]
        assert "2026-0001" in page
        assert "南河埠头" in page


def test_short_facts_stand_beside_each_other_and_long_ones_have_the_width() -> None:
    long = "这一句话很长，" * 12
    (page,) = sheet(
        Section("本人", (Pairs((("姓名：", "林春生"), ("性别：", "女"), ("原话：", long))),))
    )
    lines = page.split("\n")
    (beside,) = [line for line in lines if "姓名：" in line]
    assert "性别：女" in beside
    assert page.replace("\n", "").count("这一句话很长，") == 12


def test_what_no_font_has_is_marked_and_nothing_is_interpreted() -> None:
    (page,) = sheet(Section("本人", (Pairs((("姓名：", "<b>王\U000323af</b> & %1"),)),)))
    assert "<b>王〓</b> & %1" in page
