from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import get_args

import pytest
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from kiosk.core.catalogue import Language, catalogue
from kiosk.core.errors import ExpectedError
from kiosk.documents.receipt_layout import FORMATS, Paper
from kiosk.documents.slip import Said, Slip, SlipLine, slip_pdf, slip_raster
from tests.worlds.names import YANGQIAO

PAPERS: tuple[Paper, ...] = get_args(Paper)
KINDS = ("receipt", "decision", "notice", "appeal", "voucher", "copy", "checkpoint")
DOTS = {58: 384, 80: 576}
LONG_NAMES = (
    "阿卜杜热西提·阿卜杜萨拉木·麦麦提敏·乌斯曼江·阿卜力克木·吐尔逊江·玉素甫",
    "Alexandrina Featherstonehaugh-Cholmondeley",
    "龘" * 40,
    "W" * 40,
)


@pytest.fixture
def slip(note: str) -> Slip:
    return Slip(
        village=YANGQIAO,
        language="zh",
        kind="receipt",
        reference="2026-0417",
        facts=("记一件好事：陪老人出门办事　+6", "交来：2026-11-23 09:42"),
        next_steps=(
            SlipLine("一位无关的审核员会看，最迟 11 月 30 日。"),
            SlipLine("回到这里，扫这张单子就能申诉。", "不同意？"),
        ),
        qr_text=note,
    )


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", catalogue().languages)
def test_the_raster_is_one_bit_and_as_wide_as_the_print_head(
    slip: Slip, paper: Paper, language: Language
) -> None:
    dots = slip_raster(replace(slip, language=language), paper)
    assert dots.mode == "1"
    assert dots.width == DOTS[paper]


@pytest.mark.parametrize("paper", PAPERS)
def test_both_back_ends_hold_the_note_byte_for_byte(
    slip: Slip,
    paper: Paper,
    long_note: str,
    rendered: Callable[[bytes, int], Image.Image],
    read_code: Callable[[Image.Image], bytes],
) -> None:
    for text in (slip.qr_text, long_note):
        one = replace(slip, qr_text=text)
        assert read_code(slip_raster(one, paper)) == text.encode()
        assert read_code(rendered(slip_pdf(one, paper), 200)) == text.encode()


@pytest.mark.parametrize(("paper", "least"), [(80, 4), (58, 3)])
def test_modules_are_whole_dots_and_no_smaller_than_a_camera_can_read(
    slip: Slip, paper: Paper, least: int, long_note: str
) -> None:
    quiet = slip_raster(replace(slip, qr_text=long_note, next_steps=(), facts=()), paper)
    rows = _dark(quiet)
    widths = _shortest_run(rows[_first_row_of_finder(rows)])
    assert widths >= least


def _dark(picture: Image.Image) -> list[list[bool]]:
    shades, width = picture.convert("L").tobytes(), picture.width
    rows = (shades[start : start + width] for start in range(0, len(shades), width))
    return [[shade == 0 for shade in row] for row in rows]


def _first_row_of_finder(rows: list[list[bool]]) -> int:
    """The first row of the symbol: the one row that begins with a run of seven modules twice."""
    for place, row in enumerate(rows):
        runs = [length for dark, length in _runs(row) if dark]
        if len(runs) > 8 and runs[0] == runs[-1] and runs[0] == 7 * min(runs):
            return place
    raise AssertionError("no symbol found")


def _runs(row: list[bool]) -> list[tuple[bool, int]]:
    runs: list[tuple[bool, int]] = []
    for dark in row:
        if runs and runs[-1][0] == dark:
            runs[-1] = (dark, runs[-1][1] + 1)
        else:
            runs.append((dark, 1))
    return runs


def _shortest_run(row: list[bool]) -> int:
    return min(length for _, length in _runs(row))


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", LONG_NAMES)
def test_long_names_wrap_and_are_never_cut_off(
    slip: Slip, paper: Paper, name: str, read_text: Callable[[bytes], str]
) -> None:
    named = replace(slip, facts=(f"{name} 的事",), reference=name)
    assert squeezed(read_text(slip_pdf(named, paper))).count(squeezed(name)) == 2
    dots = slip_raster(named, paper)
    edge = FORMATS[paper].margin - 4
    for left in (0, dots.width - edge):
        assert dots.crop((left, 0, left + edge, dots.height)).getextrema() == (255, 255)


@pytest.mark.parametrize("name", ["䶮㛃𬭎堃", "买买提·艾力", "<b>Tom</b> & &amp; %1"])
@pytest.mark.parametrize("paper", PAPERS)
def test_names_are_printed_as_they_are(
    slip: Slip, paper: Paper, name: str, read_text: Callable[[bytes], str]
) -> None:
    text = read_text(slip_pdf(replace(slip, facts=(name,)), paper))
    assert squeezed(name) in squeezed(text)


def test_a_name_that_cannot_be_printed_is_refused_by_name(slip: Slip) -> None:
    with pytest.raises(ExpectedError) as refused:
        slip_raster(replace(slip, facts=("王\U000323af",)), 80)
    assert refused.value.code == "unprintable"
    assert refused.value.values == ("\U000323af",)


@pytest.mark.parametrize("language", catalogue().languages)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_name_in_both_languages(
    slip: Slip, kind: str, language: Language, read_text: Callable[[bytes], str]
) -> None:
    text = read_text(slip_pdf(replace(slip, kind=kind, language=language), 80))
    assert slip.reference in text
    assert any(word.isupper() and word.isascii() for word in text.split())


def test_the_words_follow_the_language(slip: Slip, read_text: Callable[[bytes], str]) -> None:
    chinese = squeezed(read_text(slip_pdf(slip, 80)))
    english = squeezed(read_text(slip_pdf(replace(slip, language="en"), 80)))
    assert "杨桥村·善行存折" in chinese
    assert "接下来" in chinese
    assert "YangqiaoGood-DeedBook" in english
    assert "Whathappensnext" in english


@pytest.mark.parametrize("paper", [80, 58])
def test_every_slip_says_where_a_phone_finds_the_page_that_checks_it(
    slip: Slip, read_text: Callable[[bytes], str], paper: Paper
) -> None:
    for each in (slip, replace(slip, keep_why=False)):
        assert "手机也能查：网页在大厅的优盘上" in read_text(slip_pdf(each, paper))
    english = read_text(slip_pdf(replace(slip, language="en"), paper))
    assert "the page is on the hall's stick." in english.replace("\n", " ")


def test_why_to_keep_it_is_said_unless_it_is_left_out(
    slip: Slip, read_text: Callable[[bytes], str]
) -> None:
    assert "这张单子是证据" in read_text(slip_pdf(slip, 80))
    assert "这张单子是证据" not in read_text(slip_pdf(replace(slip, keep_why=False), 80))


def test_a_second_print_says_duplicate(slip: Slip, read_text: Callable[[bytes], str]) -> None:
    assert "DUPLICATE" not in read_text(slip_pdf(slip, 80))
    assert "副本 DUPLICATE" in read_text(slip_pdf(replace(slip, duplicate=True), 80))
    plain, marked = slip_raster(slip, 58), slip_raster(replace(slip, duplicate=True), 58)
    assert marked.height > plain.height


@pytest.mark.parametrize("paper", PAPERS)
def test_the_page_is_as_wide_as_the_paper_and_as_long_as_the_slip(slip: Slip, paper: Paper) -> None:
    (page,) = PdfReader(io.BytesIO(slip_pdf(slip, paper))).pages
    millimetres = [float(side) / 72 * 25.4 for side in (page.mediabox.width, page.mediabox.height)]
    assert millimetres == pytest.approx([paper, slip_raster(slip, paper).height / 8], abs=0.01)


def test_its_fonts_are_embedded(
    slip: Slip,
    fonts_of: Callable[[bytes], list[DictionaryObject]],
    embedded: Callable[[DictionaryObject], bool],
) -> None:
    fonts = fonts_of(slip_pdf(slip, 80))
    assert len(fonts) >= 3
    assert all(embedded(font) for font in fonts)


def test_rendering_twice_gives_the_same_bytes(slip: Slip) -> None:
    assert slip_pdf(slip, 80) == slip_pdf(slip, 80)
    assert slip_raster(slip, 58).tobytes() == slip_raster(slip, 58).tobytes()


def test_a_note_too_long_for_the_paper_is_refused(slip: Slip) -> None:
    with pytest.raises(ExpectedError) as refused:
        slip_raster(replace(slip, qr_text="村" * 900), 58)
    assert refused.value.code == "qr_too_long"


@pytest.fixture
def handed_over(slip: Slip) -> Slip:
    """A slip that somebody else puts into its owner's hand."""
    return replace(
        slip,
        kind="decision",
        person="买买提·艾力",
        house="东街30号",
        printed="2026-11-29 09:42",
        folded=True,
        facts=("反映的事：往河埠头倒垃圾", "分数：\N{MINUS SIGN}5", "当天看过现场。"),
    )


@pytest.mark.parametrize("paper", PAPERS)
def test_a_slip_says_whose_it_is_when_it_was_printed_and_where(
    handed_over: Slip, paper: Paper, read_text: Callable[[bytes], str]
) -> None:
    said = squeezed(read_text(slip_pdf(handed_over, paper)))
    assert "买买提·艾力东街30号2026-0417" in said
    assert "2026年11月29日09:42，杨桥村村委会大厅打印" in said
    english = squeezed(read_text(slip_pdf(replace(handed_over, language="en"), paper)))
    assert "Printed29November2026,09:42,inthevillagehallofYangqiao" in english


@pytest.mark.parametrize("paper", PAPERS)
def test_the_matter_stands_below_the_line_to_which_it_is_folded(
    handed_over: Slip, paper: Paper, read_text: Callable[[bytes], str]
) -> None:
    outside, line, inside = squeezed(read_text(slip_pdf(handed_over, paper))).partition("字朝里")
    assert line
    assert "垃圾" not in outside
    assert "往河埠头倒垃圾" in inside
    assert "字朝里" not in read_text(slip_pdf(replace(handed_over, folded=False), paper))


@pytest.mark.parametrize("paper", PAPERS)
def test_for_somebody_of_whom_no_language_is_known_it_speaks_both(
    handed_over: Slip, paper: Paper, read_text: Callable[[bytes], str]
) -> None:
    english = Said(
        "en",
        ("Concern: Littering in the river docks", "Points: \N{MINUS SIGN}5", "当天看过现场。"),
        (SlipLine("You can appeal until 14 December 2026.", "Do not agree? "),),
    )
    said = read_text(slip_pdf(replace(handed_over, also=english), paper))
    for words in ("往河埠头倒垃圾", "接下来", "Littering in the", "What happens next", "Fold the"):
        assert words in said, words
    assert said.count("当天看过现场。") == 1  # what an officer wrote has one language


def test_a_name_that_no_font_has_is_printed_with_a_sign_for_it(
    handed_over: Slip, read_text: Callable[[bytes], str]
) -> None:
    assert "王〓" in read_text(slip_pdf(replace(handed_over, person="王\U000323af"), 80))


@pytest.mark.parametrize(("paper", "dots"), [(80, 5), (58, 4)])
def test_words_for_people_make_neither_the_code_larger_nor_its_modules_smaller(
    slip: Slip, paper: Paper, dots: int, note: str
) -> None:
    """93 modules is what a note without words took, the white around it included."""
    words = "杨桥村善行存折\n结果 2026-0104\n东街30号\n2026年11月29日\n请到村委会大厅扫码验真\n"
    coded = replace(slip, qr_text=f"{words}校验 7K3F92QDZ8MW\n\n{note}", next_steps=(), facts=())
    picture = slip_raster(coded, paper)
    rows = _dark(picture)
    first = _first_row_of_finder(rows)
    assert _shortest_run(rows[first]) == dots
    dark = [x for x, is_dark in enumerate(rows[first]) if is_dark]
    assert (dark[-1] - dark[0] + 1) // dots + 8 <= 93
