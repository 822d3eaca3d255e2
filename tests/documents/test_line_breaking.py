from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.documents.fonts import measure
from kiosk.documents.line_breaking import NEVER_FIRST, NEVER_LAST, Span, lines
from kiosk.documents.receipt_layout import FORMATS, Paper
from kiosk.services.rulebook.book import SHIPPED
from kiosk.services.rulebook.reading import read_rulebook

PIECES = st.sampled_from(
    [
        "陪老人",
        "出门",
        "办事",
        "，",
        "。",
        "（",
        "）",
        "《",
        "》",
        " ",
        "2026-0417",
        "Good",
        "deed",
        "+6",
        "：",
        "！",
    ]
)


def broken(text: str, width: float) -> list[str]:
    return ["".join(span.text for span in line) for line in lines((Span(text),), 1, width)]


@given(st.lists(PIECES, min_size=1, max_size=40), st.integers(9, 30))
def test_no_character_is_lost_and_no_line_is_too_wide(pieces: list[str], width: int) -> None:
    text = "".join(pieces)
    result = broken(text, width)
    assert "".join(result).replace(" ", "") == text.replace(" ", "")
    assert all(measure(line, "text", 1) <= width + 1e-9 for line in result)


@given(st.lists(st.sampled_from(["陪老人", "出门，", "（办事）", "《规则》", "好！"]), max_size=30))
def test_closing_marks_never_begin_a_line_and_opening_ones_never_end_it(pieces: list[str]) -> None:
    for line in broken("".join(pieces), 9):
        assert not line or line[0] not in NEVER_FIRST
        assert not line or line[-1] not in NEVER_LAST


def test_words_and_numbers_stay_whole() -> None:
    assert broken("这张单子的编号是 2026-0417 请收好", 11) == [
        "这张单子的编号是",
        "2026-0417 请收好",
    ]


WORDS = (
    *("垃圾", "河埠头", "分类", "轮值", "看望", "老人", "医生", "爱岗敬业", "志愿者", "邻居"),
    *("东西", "失主", "节日", "活动", "隐患", "公用", "审核员", "申诉", "不同意", "编号", "服务台"),
)
RULES = [(each.title["zh"], each.title["en"]) for each in read_rulebook(SHIPPED)]


@pytest.mark.parametrize("paper", FORMATS)
@pytest.mark.parametrize("title", RULES, ids=[english for _, english in RULES])
def test_no_line_of_a_slip_ends_within_a_word(title: tuple[str, str], paper: Paper) -> None:
    form = FORMATS[paper]
    chinese, english = title
    for size in (form.fact, form.name, form.reference):
        for before in ("", "好事：", "反映的事：", "有人反映您"):
            broken_here = broken(before + chinese, form.measure / size)
            together = "|".join(broken_here)
            assert together.replace("|", "") == (before + chinese)
            for word in WORDS:
                assert together.count(word) == (before + chinese).count(word)
        for before in ("", "Good deed: ", "A concern: "):
            said = " ".join(broken(before + english, form.measure / size))
            assert said.split() == (before + english).replace("’", "'").split()


@pytest.mark.parametrize(
    ("said", "width", "wanted"),
    [
        ("往河埠头倒垃圾", 6, ["往河埠头倒", "垃圾"]),
        ("一位无关的审核员会看", 6, ["一位无关的", "审核员会看"]),
        ("不同意可以申诉", 4, ["不同意", "可以申诉"]),
        ("审核员", 2, ["审核", "员"]),  # wider than the line: broken rather than cut off
    ],
)
def test_chinese_words_stay_whole(said: str, width: float, wanted: list[str]) -> None:
    assert broken(said, width) == wanted


def test_a_date_stays_together() -> None:
    assert "11 月 30 日。" in broken("一位无关的审核员会看，最迟 11 月 30 日。", 15)
    assert "11月30日（周一）。" in broken("一位无关的审核员会看，最迟 11月30日（周一）。", 15)
    assert "30 November 2026." in broken("An officer looks at it, by 30 November 2026.", 12)


def test_what_joins_is_neither_broken_at_nor_printed() -> None:
    joined = "\u2060".join("2026年11月30日")
    assert "2026年11月30日。" in broken(f"一位审核员会看，最迟 {joined}。", 12)
    assert "30\u00a0November." in broken("An officer looks at it, by 30\u00a0November.", 9)


def test_a_word_wider_than_the_line_is_broken_rather_than_cut_off() -> None:
    word = "Llanfairpwllgwyngyllgogerychwyrndrobwll"
    result = broken(word, 8)
    assert len(result) > 2
    assert "".join(result) == word


def test_a_double_name_breaks_after_its_hyphen() -> None:
    assert broken("Featherstonehaugh-Cholmondeley", 11)[0] == "Featherstonehaugh-"


def test_the_last_line_is_not_left_with_a_crumb() -> None:
    result = broken("一二三四五六七八九十一", 10)
    assert len(result) == 2
    assert len(result[1]) == 2


def test_centred_lines_are_balanced() -> None:
    (first, second) = lines((Span("一二三四五六七八九十一二"),), 1, 10, balanced=True)
    assert abs(len(first[0].text) - len(second[0].text)) <= 1


def test_a_new_line_in_the_text_begins_a_line() -> None:
    assert broken("甲\n\n乙", 10) == ["甲", "", "乙"]


def test_faces_are_kept_across_a_break() -> None:
    result = lines((Span("不同意？", "strong"), Span("回到这里就能申诉。")), 1, 8)
    assert result[0][0] == Span("不同意？", "strong")
    assert {span.face for line in result[1:] for span in line} == {"text"}


@pytest.mark.parametrize("name", ["买买提·艾力", "阿卜杜热西提·阿卜杜萨拉木"])
def test_a_middle_dot_never_begins_a_line(name: str) -> None:
    assert all(line[0] != "·" for width in range(2, 12) for line in broken(name, width))


def test_a_name_breaks_behind_its_dots_and_nowhere_else() -> None:
    assert broken("买买提·艾力", 5) == ["买买提·", "艾力"]
    assert broken("阿卜杜热西提·麦麦提敏", 10) == ["阿卜杜热西提·", "麦麦提敏"]
    assert broken("请买买提·艾力来", 6) == ["请买买提·", "艾力来"]
