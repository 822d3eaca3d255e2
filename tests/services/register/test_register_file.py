"""Reading register files as village offices have them."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import MAC_EPOCH

from kiosk.core.errors import ExpectedError
from kiosk.services.register.importing import tables
from kiosk.services.register.importing.register_file import Register, read_register
from tests.services.register.registers import (
    CHEN,
    HEADINGS,
    LIN,
    PEOPLE,
    WANG,
    csv_text,
    identity_number,
    write_csv,
    write_xlsx,
)


def people(register: Register) -> list[tuple[object, ...]]:
    return [(row.name, row.born_on, row.code, row.lane, row.number) for row in register.rows]


EXPECTED = [
    ("林春生", date(1956, 3, 1), "0012", "东街", "12"),
    ("陈秀英", date(1958, 7, 9), "0012", "东街", "12"),
    ("王伟", date(1990, 2, 3), "0013", "西街", "3"),
]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_is_read_in_every_encoding_with_every_delimiter(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    file = write_csv(tmp_path / "r.csv", [HEADINGS, *PEOPLE], encoding, delimiter)
    assert people(read_register(file)) == EXPECTED


def test_a_spreadsheet_is_read(tmp_path: Path) -> None:
    assert people(read_register(write_xlsx(tmp_path / "r.xlsx", [HEADINGS, *PEOPLE]))) == EXPECTED


def test_all_that_a_line_says_is_read(tmp_path: Path) -> None:
    lin, chen, _ = read_register(write_csv(tmp_path / "r.csv", [HEADINGS, *PEOPLE])).rows
    assert (lin.sex, lin.relation, lin.is_head, lin.phone) == ("M", "户主", True, "13800000001")
    assert (chen.sex, chen.relation, chen.is_head, chen.phone) == ("F", "妻", False, "")


@pytest.mark.parametrize(
    "headings",
    [
        ("姓 名", "性别", "出生年月日", "门牌", "户编号", "户主关系", "手机号码"),
        ("居民姓名*", "性别(男/女)", "出生日期（公历）", "门牌号码", "户籍号", "关系", "联系方式"),
        ("Name", "Sex", "Date of birth", "House no.", "Household", "Relation to head", "Phone"),
        ("NAME", "gender", "DOB", "house number", "household_id", "Relationship", "Mobile"),
    ],
)
def test_headings_are_recognised_in_their_usual_variants(
    tmp_path: Path, headings: tuple[str, ...]
) -> None:
    register = read_register(write_csv(tmp_path / "r.csv", [headings, *PEOPLE]))
    assert people(register) == EXPECTED
    assert register.rows[0].relation == "户主"
    assert register.rows[0].phone == "13800000001"


def test_a_title_and_an_empty_line_above_the_heading_do_no_harm(tmp_path: Path) -> None:
    rows = [("杨桥村户籍登记表",), ("2026年11月",), (), HEADINGS, *PEOPLE]
    file = write_xlsx(tmp_path / "r.xlsx", rows, merges=["A1:G1"])
    register = read_register(file)
    assert people(register) == EXPECTED
    assert [row.line for row in register.rows] == [5, 6, 7]


def test_blank_lines_totals_and_repeated_headings_are_passed_over(tmp_path: Path) -> None:
    rows = [HEADINGS, LIN, ("",) * 7, ("  ",) * 7, CHEN, HEADINGS, WANG, ("合计", "", "", "", "3")]
    register = read_register(write_csv(tmp_path / "r.csv", rows))
    assert people(register) == EXPECTED
    assert register.refused == ()


def test_numbered_lines_without_a_person_are_blank(tmp_path: Path) -> None:
    rows = [("序号", *HEADINGS), (1, *LIN), (2, *CHEN), (3, *WANG), (4, *("",) * 7)]
    register = read_register(write_csv(tmp_path / "r.csv", rows))
    assert people(register) == EXPECTED
    assert register.refused == ()


def test_merged_cells_hold_for_each_of_their_lines(tmp_path: Path) -> None:
    rows = [
        ("户号", "门牌号", "姓名", "出生日期"),
        ("0012", "东街12号", "林春生", "1956-03-01"),
        (None, None, "陈秀英", "1958-07-09"),
        ("0013", "西街3号", "王伟", "1990-02-03"),
    ]
    file = write_xlsx(tmp_path / "r.xlsx", rows, merges=["A2:A3", "B2:B3"])
    assert people(read_register(file)) == EXPECTED


def test_a_house_written_only_beside_its_head_holds_for_the_family(tmp_path: Path) -> None:
    rows = [HEADINGS, LIN, (*CHEN[:3], "", "", "妻", ""), WANG]
    assert people(read_register(write_csv(tmp_path / "r.csv", rows))) == EXPECTED


def test_someone_without_house_or_relation_is_not_put_into_the_house_above(tmp_path: Path) -> None:
    rows = [HEADINGS, LIN, (*CHEN[:3], "", "", "", ""), WANG]
    register = read_register(write_csv(tmp_path / "r.csv", rows))
    assert [(row.line, row.reason_code) for row in register.refused] == [(3, "row_no_house")]


def test_dates_come_as_cells_texts_and_serials(tmp_path: Path) -> None:
    rows = [
        ("姓名", "出生日期", "门牌号"),
        ("林春生", datetime.fromisoformat("1956-03-01"), "12"),
        ("陈秀英", 20515, "12"),
        ("王伟", "１９５６年３月１日", 13),
    ]
    register = read_register(write_xlsx(tmp_path / "r.xlsx", rows))
    assert {row.born_on for row in register.rows} == {date(1956, 3, 1)}
    assert [row.number for row in register.rows] == ["12", "12", "13"]


def test_a_spreadsheet_that_counts_from_1904_is_read_right(tmp_path: Path) -> None:
    book = Workbook()
    book.epoch = MAC_EPOCH
    sheet = book.active
    assert sheet is not None
    sheet.append(["姓名", "出生日期", "门牌号"])
    sheet.append(["林春生", datetime.fromisoformat("1956-03-01"), "12"])
    sheet.append(["陈秀英", 19053, "12"])
    book.save(tmp_path / "r.xlsx")
    register = read_register(tmp_path / "r.xlsx")
    assert {row.born_on for row in register.rows} == {date(1956, 3, 1)}


def test_a_sheet_for_each_group_is_read_and_a_hidden_one_is_not(tmp_path: Path) -> None:
    book = Workbook()
    for title, person in (("一组", LIN), ("二组", WANG), ("旧", CHEN)):
        sheet = book.create_sheet(title)
        sheet.append(list(HEADINGS))
        sheet.append(list(person))
    book["旧"].sheet_state = "hidden"
    book.save(tmp_path / "r.xlsx")
    rows = read_register(tmp_path / "r.xlsx").rows
    assert [(row.sheet, row.name) for row in rows] == [("一组", "林春生"), ("二组", "王伟")]


@pytest.mark.parametrize(
    ("address", "house"),
    [
        ("东街12号", ("东街", "12")),
        ("东街１２号", ("东街", "12")),
        ("杨桥村东街12号", ("东街", "12")),
        ("浙江省温州市某镇杨桥村东街 12 号", ("东街", "12")),
        ("东街12-3号", ("东街", "12-3")),
        ("东街12号附1号", ("东街", "12号附1")),
        ("3组12号", ("3组", "12")),
        ("东街12a号", ("东街", "12A")),
        ("东街12", ("东街", "12")),
        ("12", ("", "12")),
        ("桥头", ("桥头", "")),
    ],
)
def test_an_address_is_lane_and_number(
    tmp_path: Path, address: str, house: tuple[str, str]
) -> None:
    file = write_csv(tmp_path / "r.csv", [("姓名", "家庭住址"), ("林春生", address)])
    (row,) = read_register(file).rows
    assert (row.lane, row.number) == house


def test_a_house_number_that_a_spreadsheet_took_for_a_date_is_put_right(tmp_path: Path) -> None:
    rows = [("姓名", "街巷", "门牌号"), ("林春生", "东街", datetime.fromisoformat("2026-03-02"))]
    file = write_xlsx(tmp_path / "r.xlsx", rows)
    (row,) = read_register(file, today=date(2026, 11, 23)).rows
    assert (row.lane, row.number) == ("东街", "3-2")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("张　三", "张三"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("张䶮", "张䶮"),
        ("李𬭎", "李𬭎"),
        ("  John   Smith ", "John Smith"),
        ("<b>王</b>", "<b>王</b>"),
    ],
)
def test_a_name_is_kept_as_written_but_for_its_spacing(
    tmp_path: Path, written: str, name: str
) -> None:
    file = write_csv(tmp_path / "r.csv", [("姓名", "门牌号"), (written, "12")])
    (row,) = read_register(file).rows
    assert row.name == name


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (("", "男", "1956-03-01", "12", "", "", ""), "row_no_name"),
        (("张?", "男", "1956-03-01", "12", "", "", ""), "row_name_damaged"),
        (("张\ue123", "男", "1956-03-01", "12", "", "", ""), "row_name_damaged"),
        (("123", "男", "1956-03-01", "12", "", "", ""), "row_name_damaged"),
        (("林" * 61, "男", "1956-03-01", "12", "", "", ""), "row_name_too_long"),
        (("林春生", "男", "1956-02-30", "12", "", "", ""), "row_date_unclear"),
        (("林春生", "男", "1956", "12", "", "", ""), "row_date_unclear"),
        (("林春生", "男", "1956-03-01", "", "", "", ""), "row_no_house"),
        (("林春生", "男", "1956-03-01", "长" * 41 + "12号", "", "", ""), "row_address_too_long"),
        (("林春生", "男", "1956-03-01", "12", "1" * 41, "", ""), "row_code_too_long"),
    ],
)
def test_a_bad_line_is_refused_with_its_number_and_reason_and_the_others_go_in(
    tmp_path: Path, line: tuple[str, ...], reason: str
) -> None:
    register = read_register(write_csv(tmp_path / "r.csv", [HEADINGS, line, WANG]))
    assert [(row.line, row.reason_code) for row in register.refused] == [(2, reason)]
    assert [row.name for row in register.rows] == ["王伟"]


# --- Identity numbers ---------------------------------------------------------------------------


def test_an_identity_number_is_dropped_from_any_column(tmp_path: Path) -> None:
    number = identity_number()
    heads = (*HEADINGS, "身份证号", "备注")
    rows = [
        (f"林春生{number}", "男", "", f"东街12号 {number}", number, f"户主{number}", number),
        (*CHEN, number, f"证件{number}"),
    ]
    register = read_register(write_csv(tmp_path / "r.csv", [heads, *rows]))
    assert number[6:] not in repr(register)
    assert number[:6] not in repr(register)
    assert [row.name for row in register.rows] == ["林春生", "陈秀英"]
    assert register.identity_numbers == 6


def test_birth_date_and_sex_may_come_of_the_number_that_is_dropped(tmp_path: Path) -> None:
    number = identity_number("19560301", order="002")
    rows = [("姓名", "身份证号", "门牌号"), ("陈秀英", number, "12")]
    for file in (
        write_csv(tmp_path / "r.csv", rows),
        write_xlsx(tmp_path / "r.xlsx", rows),
    ):
        (row,) = read_register(file).rows
        assert (row.born_on, row.sex) == (date(1956, 3, 1), "F")


def test_a_rounded_identity_number_says_nothing_and_is_dropped(tmp_path: Path) -> None:
    rows = [
        ("姓名", "联系电话", "户号", "门牌号"),
        ("陈秀英", 330382195603010000, 3.30382195603e17, "1"),
    ]
    (row,) = read_register(write_xlsx(tmp_path / "r.xlsx", rows)).rows
    assert (row.phone, row.code, row.born_on) == ("", "", None)


def test_a_bad_date_that_holds_an_identity_number_is_shown_without_it(tmp_path: Path) -> None:
    number = identity_number()
    rows = [HEADINGS, ("林春生", "男", f"见{number}", "12", "", "", "")]
    register = read_register(write_csv(tmp_path / "r.csv", rows))
    assert number[6:14] not in repr(register.refused)


def test_old_identity_numbers_are_dropped_from_the_household_column(tmp_path: Path) -> None:
    rows = [
        ("姓名", "户号", "门牌号"),
        ("林春生", "330382560301001", "12"),
        ("王伟", "330382610505002", ""),
    ]
    register = read_register(write_csv(tmp_path / "r.csv", rows))
    assert [(row.name, row.code) for row in register.rows] == [("林春生", "")]
    assert [row.reason_code for row in register.refused] == ["row_no_house"]
    assert "330382" not in repr(register)


def test_household_codes_of_fifteen_digits_that_look_like_old_numbers_stay(tmp_path: Path) -> None:
    codes = [f"330382101201{house:03}" for house in range(1, 8)]
    rows = [("姓名", "户号"), *(("林春生", code) for code in codes)]
    register = read_register(write_csv(tmp_path / "r.csv", rows))
    assert [row.code for row in register.rows] == codes


# --- Files that are no register -----------------------------------------------------------------


def encrypted_workbook() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le")


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as stream:
            for _ in range(100):
                stream.write(bytes(2**20))
    return packed.getvalue()


def archive_of(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "not xml at all")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "register_empty"),
        (b"\n\n  \n", "register_empty"),
        (csv_text([HEADINGS]).encode(), "register_empty"),
        (b"\xef\xbb\xbf" + csv_text([HEADINGS, ("",) * 7]).encode(), "register_empty"),
        (b"%PDF-1.7 and so on", "register_not_a_table"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "register_not_a_table"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "register_not_a_table"),
        ("今天天气很好\n我们去看河埠头\n".encode(), "register_not_a_table"),
        (archive_of("word/document.xml"), "register_not_a_table"),
        (archive_of("xl/workbook.xml"), "register_not_a_table"),
        (b"PK\x03\x04broken", "register_not_a_table"),
        (csv_text([("甲", "乙"), ("1", "2")]).encode(), "register_no_name"),
        (csv_text([HEADINGS[1:], LIN[1:]]).encode(), "register_no_name"),
        (csv_text([("姓名", "性别"), ("林春生", "男")]).encode(), "register_no_house"),
        (encrypted_workbook(), "register_encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "register_not_a_table"),
        (bomb(), "register_too_large"),
        (("姓名,门牌号\n" + "," * 1_000_000).encode(), "register_too_large"),
        (("姓名,门牌号\n" + '"林春生,12\n' + "王伟,13\n" * 50).encode(), "register_quotes"),
    ],
)
def test_a_file_that_is_no_register_is_one_clear_refusal(
    tmp_path: Path, content: bytes, code: str
) -> None:
    file = tmp_path / "r.csv"
    file.write_bytes(content)
    with pytest.raises(ExpectedError) as refusal:
        read_register(file)
    assert refusal.value.code == code


def test_a_text_of_more_lines_than_a_register_has_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "MOST_RECORDS", 20)
    file = tmp_path / "r.csv"
    file.write_text("姓名,门牌号\n" + "林春生,12\n" * 19, "utf-8")
    assert len(read_register(file).rows) == 19
    file.write_text("姓名,门牌号\n" + "\n" * 20, "utf-8")
    with pytest.raises(ExpectedError, match="register_too_large"):
        read_register(file)


def test_a_file_that_is_not_there_is_one_clear_refusal(tmp_path: Path) -> None:
    with pytest.raises(ExpectedError, match="register_missing"):
        read_register(tmp_path / "nothing.csv")
    with pytest.raises(ExpectedError, match="register_missing"):
        read_register(tmp_path)
