"""Files that offices really had, and others of their kind: nothing lost, nothing a day off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.core.errors import ExpectedError
from kiosk.services.register.importing.register_file import Register, read_register
from tests.services.register.registers import csv_text, identity_number
from tests.services.register.workbook_files import Number, Raw, Sheet, Value, Writer

CASES = Path(__file__).parent / "cases"
TODAY = date(2026, 11, 23)


def read(name: str) -> Register:
    return read_register(CASES / name, today=TODAY)


def births(register: Register) -> list[tuple[str, str]]:
    """Names, and births as they are known: ``1965-05-31?`` where the day is not."""
    return [
        (row.name, f"{row.born_on}{'' if row.born_day_known else '?'}") for row in register.rows
    ]


def houses(register: Register) -> list[tuple[str, str, str, str]]:
    return [(row.name, row.code, row.lane, row.number) for row in register.rows]


def born(tmp_path: Path, value: Value, *, heading: str = "出生日期", more: Value = None) -> str:
    """The birth that is read of one cell, or why its line is refused."""
    rows = [("姓名", heading, "门牌号", "身份证号"), ("孙国平", value, "河边路7号", more)]
    file = Writer().write(tmp_path / "r.xlsx", Sheet(rows))
    register = read_register(file, today=TODAY)
    if register.refused:
        return register.refused[0].reason_code
    return births(register)[0][1]


def lived(tmp_path: Path, number: Value) -> str:
    """The house number that is read of one cell, or why its line is refused."""
    rows = [("姓名", "门牌号"), ("朱来喜", number)]
    register = read_register(Writer().write(tmp_path / "r.xlsx", Sheet(rows)), today=TODAY)
    return register.refused[0].reason_code if register.refused else register.rows[0].number


# --- Days ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["sheetjs_43_seconds.xlsx", "iso_utc.csv"])
def test_a_midnight_that_a_zone_moved_is_the_day_that_began(name: str) -> None:
    register = read(name)
    assert births(register) == [("孙国平", "1965-05-20")]
    assert houses(register) == [("孙国平", "0301", "河边路", "7")]


def test_a_date_cell_that_points_at_a_blank_one_is_no_day() -> None:
    register = read("blank_date_reference.xlsx")
    assert births(register) == [("何永昌", "1950-02-03"), ("何小妹", "None")]
    assert register.refused == ()


@pytest.mark.parametrize(
    ("value", "birth"),
    [
        (Number("23882.0001", 14), "1965-05-20"),
        (Number("23881.99999", 22), "1965-05-20"),
        (Number("23882.5", 14), "1965-05-20"),
        (Number("23882.3333333333", 14), "1965-05-20"),
        (Number("23881.6666666667", 14), "row_date_unclear"),
        (Number("23882.6", 14), "row_date_unclear"),
        ("1965-05-19T16:00:00Z", "1965-05-20"),
        ("1965-05-19T16:00:00+00:00", "1965-05-20"),
        ("1965-05-20T00:00:00+08:00", "1965-05-20"),
        ("1965-05-19T12:00:00.000-04:00", "1965-05-19"),
        ("1965-05-19T11:00:00-05:00", "1965-05-20"),
        ("1988-05-19T15:00:00Z", "1988-05-20"),
        ("1988-05-19T16:00:00.000Z", "1988-05-20"),
        ("Thu May 20 1965 00:00:00 GMT+0800 (中国标准时间)", "1965-05-20"),
        ("Wed, 19 May 1965 16:00:00 GMT", "1965-05-20"),
        ("1965/5/20 上午12:00:00", "1965-05-20"),
        ("1965/5/20 12:00:00 AM", "1965-05-20"),
        ("1965-05-19 16:00:00", "row_date_unclear"),
        ("1965-05-20 14:25", "row_date_unclear"),
        (Number("23882", 31), "1965-05-20"),
        (Number("23882", 58), "1965-05-20"),
        (Number("45797", 58), "row_date_unclear"),
        (Number("0.5", "h:mm"), "row_date_unclear"),
        (Number("26.5", "[h]:mm"), "row_date_unclear"),
        (Number("0", "h:mm"), "None"),
        (Number("-5", 14), "row_date_unclear"),
        (Number("0"), "None"),
        ("0000-00-00", "None"),
        ("0000-00-00 00:00:00", "None"),
        ("1900/1/0", "None"),
        ("1900年1月0日", "None"),
        ("0001-01-01T00:00:00", "None"),
        (Raw("<v>#N/A</v>", "e"), "None"),
        (Raw("<f>MID(D2,7,8)</f>"), "row_formula"),
        ("=MID(D2,7,8)", "row_formula"),
    ],
)
def test_a_day_is_right_or_refused(tmp_path: Path, value: Value, birth: str) -> None:
    assert born(tmp_path, value) == birth


@pytest.mark.parametrize("minutes", range(0, 24 * 60, 15))
def test_no_time_of_day_makes_a_neighbouring_day_of_a_whole_one(
    tmp_path: Path, minutes: int
) -> None:
    """Whatever the clock says beside it, a day is itself, the one that begins, or refused."""
    at = datetime.fromisoformat("1965-05-20") + timedelta(minutes=minutes)
    for text, possible in (
        (f"{at:%Y-%m-%d %H:%M:%S}", {"1965-05-20", "row_date_unclear"}),
        (f"{at:%Y-%m-%dT%H:%M:%SZ}", {"1965-05-20", "1965-05-21", "row_date_unclear"}),
    ):
        assert born(tmp_path, text) in possible
    assert (born(tmp_path, f"{at:%Y-%m-%dT%H:%M:%SZ}") == "1965-05-21") == (minutes == 16 * 60)


# --- Months -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        *(
            "1965-05",
            "1965年5月",
            "1965.05",
            "1965/5",
            "196505",
            "一九六五年五月",
            "１９６５年５月",
        ),
        *("1965年05月份", "1965-05-00", "1965.05.00", "19650500", " 1965 年 5 月 "),
        *(Number("196505"), Number("1965.05"), Number("23863", "yyyy-mm"), Number("23863", 57)),
        *(Number("23863", 'yyyy"年"m"月"'), Number("1965.05", "0.00")),
    ],
)
def test_a_month_alone_is_kept_as_a_month(tmp_path: Path, value: Value) -> None:
    assert born(tmp_path, value, heading="出生年月") == "1965-05-31?"


def test_the_last_day_of_every_month_is_its_own(tmp_path: Path) -> None:
    assert born(tmp_path, "1964-02") == "1964-02-29?"
    assert born(tmp_path, "1965-02") == "1965-02-28?"
    assert born(tmp_path, Number("1965.10", "0.00")) == "1965-10-31?"


@pytest.mark.parametrize("value", ["1965", "65-05", "1965.1", "1965-13", "05/1965", "5月"])
def test_what_is_no_certain_month_is_refused(tmp_path: Path, value: str) -> None:
    assert born(tmp_path, value, heading="出生年月") == "row_date_unclear"


def test_a_whole_day_under_a_format_of_months_stays_whole(tmp_path: Path) -> None:
    assert born(tmp_path, Number("23882", "yyyy-mm"), heading="出生年月") == "1965-05-20"


@pytest.mark.parametrize(
    ("number", "birth"),
    [
        (identity_number("19650520"), "1965-05-20"),
        (identity_number("19650620"), "1965-05-31?"),
        ("330382650520001", "1965-05-20"),
        ("330382650620001", "1965-05-31?"),
        ("330382196505200010", "1965-05-31?"),
    ],
)
def test_a_right_identity_number_of_that_month_gives_its_day(
    tmp_path: Path, number: str, birth: str
) -> None:
    assert born(tmp_path, "1965-05", more=number) == birth


def test_an_old_number_says_a_birth_only_where_numbers_belong(tmp_path: Path) -> None:
    assert born(tmp_path, None, more="330382650520001") == "1965-05-20"
    rows = [("姓名", "联系电话", "门牌号"), ("孙国平", "330382650520001", "7")]
    file = Writer().write(tmp_path / "r.xlsx", Sheet(rows))
    assert births(read_register(file)) == [("孙国平", "None")]


# --- Houses that a spreadsheet took for days ----------------------------------------------------


def test_a_house_number_under_built_in_format_58_is_itself() -> None:
    register = read("built_in_format_58.xlsx")
    assert [row.number for row in register.rows] == ["3-2", "12-1"]
    assert register.refused == ()


@pytest.mark.parametrize(
    ("value", "number"),
    [
        *((Number("45718", each), "3-2") for each in (16, 28, 29, 51, 53, 54, 58)),
        (Number("45718", 'm"月"d"日"'), "3-2"),
        (Number("45718", "m-d"), "3-2"),
        (Number("11749", 17), "3-32"),
        (Number("11749", "mmm-yy"), "3-32"),
        (Number("46083", 14), "3-2"),
        (Number("46083", "yyyy-mm-dd"), "3-2"),
        (Number("40969", 14), "row_house_is_date"),
        (Number("0.5", "h:mm"), "row_house_is_date"),
        ("3月2日", "3-2"),
        ("2-Mar", "3-2"),
        ("Mar-32", "3-32"),
        ("2026/3/2", "3-2"),
        ("2012-03-01 00:00:00", "row_house_is_date"),
        ("3-2", "3-2"),
    ],
)
def test_a_house_number_that_became_a_day_is_itself_or_refused(
    tmp_path: Path, value: Value, number: str
) -> None:
    assert lived(tmp_path, value) == number


# --- Cells with something around them -----------------------------------------------------------


def test_escaped_line_ends_are_none_of_the_text() -> None:
    register = read("x000d.xlsx")
    assert houses(register) == [("林长根", "0701", "石板街", "4")]
    assert births(register) == [("林长根", "1951-08-08")]


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ('="0012"', '="12"'),
        ("'0012", "'12"),
        ("００１２", "１２"),
        ("0012_x000D_", "12_x000D_"),
        ("0012\u200b", "12\ufeff"),
        ("\u00a00012\u00a0", "12\u3000"),
        ("0012.0", "12.0"),
        (Number("12", "0000"), Number("12.0")),
        (Number("12", "0000"), Number("12", "0.00")),
        (Raw('<f>"0012"</f>'), Raw("<f>6*2</f><v>12</v>")),
    ],
)
def test_the_same_numbers_in_any_wrapping_are_the_same(
    tmp_path: Path, code: Value, number: Value
) -> None:
    rows = [("姓名", "户号", "门牌号"), ("林春生", code, number)]
    file = Writer().write(tmp_path / "r.xlsx", Sheet(rows))
    assert houses(read_register(file)) == [("林春生", "0012", "", "12")]


# --- Workbooks ----------------------------------------------------------------------------------


def test_merged_houses_hold_for_their_families_whoever_wrote_them() -> None:
    register = read("merged_with_prefix.xlsx")
    assert register.refused == ()
    assert houses(register) == [
        ("田有福", "1001", "塘沿", "5"),
        ("田小花", "1001", "塘沿", "5"),
        ("邱水生", "1002", "塘沿", "6"),
        ("邱志明", "1002", "塘沿", "6"),
    ]


def test_columns_behind_the_sixtieth_are_read() -> None:
    (row,) = read("birth_date_in_column_68.xlsx").rows
    assert (row.born_on, row.phone) == (date(1950, 1, 1), "13900001111")


def test_a_workbook_of_excel_97_is_read_as_it_is_shown() -> None:
    register = read("excel_97.xls")
    assert births(register) == [
        ("林春生", "1956-03-01"),
        ("陈秀英", "1958-07-31?"),
        ("林小雨", "1984-05-20"),
        ("朱来喜", "None"),
        ("田有福", "1950-01-31?"),
    ]
    assert houses(register)[2:] == [
        ("林小雨", "0012", "东街", "12"),
        ("朱来喜", "0013", "一组", "3-2"),
        ("田有福", "0015", "塘沿", "5"),
    ]


def test_a_workbook_of_excel_97_may_count_from_1904() -> None:
    assert births(read("excel_97_from_1904.xls")) == [("林春生", "1956-03-01")]


def test_an_opendocument_workbook_is_read() -> None:
    register = read("odfpy.ods")
    assert births(register) == [("林春生", "1956-03-31?"), ("陈秀英", "1958-07-09")]
    assert {row.code for row in register.rows} == {"0012"}
    assert {row.number for row in register.rows} == {"12"}


# --- Quotation marks ----------------------------------------------------------------------------

HEADS = "姓名,出生日期,门牌号,户号,备注\r\n"
PEOPLE = [f"沈{at},1950-01-0{at},东街{at}号,140{at}," for at in range(1, 7)]


def text_of(tmp_path: Path, text: str) -> Register:
    file = tmp_path / "r.csv"
    file.write_text(text, "utf-8", newline="")
    return read_register(file)


def test_stray_quotation_marks_are_named_by_their_line() -> None:
    with pytest.raises(ExpectedError, match="register_quotes") as refusal:
        read("stray_quotes.csv")
    assert refusal.value.values == (2,)


@pytest.mark.parametrize("opened", range(6))
@pytest.mark.parametrize("closed", [1, 2, None])
@pytest.mark.parametrize("cell", [0, 2, 4])
def test_nobody_vanishes_behind_a_quotation_mark(
    tmp_path: Path, opened: int, closed: int | None, cell: int
) -> None:
    """Wherever one opens, and wherever another one closes it, its line is named."""
    rows = [row.split(",") for row in PEOPLE]
    rows[opened][cell] = f'"{rows[opened][cell]}'
    if closed is not None and opened + closed < len(rows):
        rows[opened + closed][cell] += '"'
    with pytest.raises(ExpectedError, match="register_quotes") as refusal:
        text_of(tmp_path, HEADS + csv_text(rows))
    assert refusal.value.values == (opened + 2,)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ('"14\r\n01"', "1401"),
        ('"1401"', "1401"),
        ('"=""1401"""', "1401"),
        ('"1401\r\n"', "1401"),
    ],
)
def test_quotation_marks_in_pairs_may_hold_line_ends(tmp_path: Path, cell: str, code: str) -> None:
    rows = [f"沈一,1950-01-01,东街1号,{cell},", *PEOPLE[1:]]
    register = text_of(tmp_path, HEADS + "\r\n".join(rows))
    assert len(register.rows) == 6
    assert register.rows[0].code == code


def test_a_quotation_mark_within_a_cell_is_one_of_its_characters(tmp_path: Path) -> None:
    register = text_of(tmp_path, HEADS + '沈一,1950-01-01,东街1号,1401,5"管\r\n' + PEOPLE[1])
    assert [row.name for row in register.rows] == ["沈一", "沈2"]


# --- People whom the office put aside -----------------------------------------------------------

HEADED = ("姓名", "门牌号", "与户主关系", "备注")


def passed(register: Register) -> dict[str, int]:
    return {
        kind: count
        for sheet in register.sheets
        for kind, count in sheet.passed_over.items()
        if kind != "heading"
    }


def from_rows(tmp_path: Path, *rows: Sequence[Value], hidden: Sequence[int] = ()) -> Register:
    file = Writer().write(tmp_path / "r.xlsx", Sheet([HEADED, *rows], hidden=hidden))
    return read_register(file, today=TODAY)


@pytest.mark.parametrize(
    "remark",
    [
        *(
            "死亡",
            "已死亡",
            "已故",
            "2020年5月去世",
            "迁出",
            "2019.3迁出",
            "户口已注销",
            "注销（死亡）",
        ),
        *("因病去世", "因故去世", "已迁出，2021-03-04", "deceased", "Moved away"),
    ],
)
def test_who_is_marked_as_gone_is_left_out_with_a_word(tmp_path: Path, remark: str) -> None:
    gone = ("林老太", "东街1号", "户主", remark)
    register = from_rows(tmp_path, gone, ("王伟", "西街3号", "户主", None))
    assert [row.name for row in register.rows] == ["王伟"]
    assert passed(register) == {"aside": 1}
    assert register.refused == ()


@pytest.mark.parametrize(
    "remark",
    [
        "配偶死亡",
        "其夫已故",
        "未迁出",
        "党员",
        "低保户",
        "外出务工",
        "迁入",
        "父亲去世",
        "无",
        "在册",
        "迁往3组",
    ],
)
def test_a_remark_about_something_else_leaves_nobody_out(tmp_path: Path, remark: str) -> None:
    register = from_rows(tmp_path, ("王伟", "西街3号", "户主", remark))
    assert [row.name for row in register.rows] == ["王伟"]


@pytest.mark.parametrize(
    ("heading", "said", "gone"),
    [
        ("是否注销", "是", True),
        ("是否注销", "否", False),
        ("死亡日期", "2020-05-06", True),
        ("死亡日期", Number("43957", 14), True),
        ("迁出时间", None, False),
        ("迁出时间", "/", False),
        ("户口状态", "正常", False),
        ("户口状态", "注销", True),
    ],
)
def test_a_column_for_who_left_says_who_left(
    tmp_path: Path, heading: str, said: Value, gone: bool
) -> None:
    rows = [("姓名", "门牌号", heading), ("林老太", "1", said), ("王伟", "3", None)]
    register = read_register(Writer().write(tmp_path / "r.xlsx", Sheet(rows)), today=TODAY)
    assert [row.name for row in register.rows] == (["王伟"] if gone else ["林老太", "王伟"])
    assert passed(register) == ({"aside": 1} if gone else {})


def test_a_mark_behind_the_name_counts_too(tmp_path: Path) -> None:
    register = from_rows(tmp_path, ("林老太（已故）", "1", None), ("王伟（小）", "3", None))
    assert [row.name for row in register.rows] == ["王伟（小）"]


@pytest.mark.parametrize("remark", ["已故", None])
def test_the_family_of_a_head_who_is_gone_or_hidden_keeps_its_house(
    tmp_path: Path, remark: str | None
) -> None:
    """Never the house above: that is a stranger's."""
    rows = [
        ("周大山", "东街1号", "户主", None),
        ("郑守业", "东街2号", "户主", remark),
        ("钱玉兰", None, "妻", None),
    ]
    register = from_rows(tmp_path, *rows, hidden=() if remark else (3,))
    assert [(row.name, row.number) for row in register.rows] == [("周大山", "1"), ("钱玉兰", "2")]
    assert passed(register) == {"aside" if remark else "hidden": 1}


@pytest.mark.parametrize("name", ["死亡", "2023年迁出", "注销人员", "已故名单", "Deceased"])
def test_a_sheet_for_people_who_left_is_left_out_with_a_word(tmp_path: Path, name: str) -> None:
    rows = [("姓名", "门牌号"), ("林老太", "1")]
    people = Sheet([("姓名", "门牌号"), ("王伟", "3")], name="一组")
    file = Writer().write(tmp_path / "r.xlsx", people, Sheet(rows, name=name))
    register = read_register(file, today=TODAY)
    assert [row.name for row in register.rows] == ["王伟"]
    assert passed(register) == {"aside_sheet": 2}


@pytest.mark.parametrize("name", ["一组", "迁入迁出", "在册（不含注销）", "Sheet1"])
def test_other_sheets_are_read(tmp_path: Path, name: str) -> None:
    rows = [("姓名", "门牌号"), ("王伟", "3")]
    file = Writer().write(tmp_path / "r.xlsx", Sheet(rows, name=name))
    assert [row.name for row in read_register(file).rows] == ["王伟"]


def test_a_file_of_nothing_but_put_aside_sheets_says_so(tmp_path: Path) -> None:
    file = Writer().write(
        tmp_path / "r.xlsx", Sheet([("姓名", "门牌号"), ("王伟", "3")], name="注销")
    )
    with pytest.raises(ExpectedError, match="register_put_aside") as refusal:
        read_register(file)
    assert refusal.value.values == ("注销",)


# --- Names --------------------------------------------------------------------------------------


@pytest.mark.parametrize("dot", "·•‧∙⋅．᛫・･●◦⸱ꞏ․﹒˙.")
def test_every_dot_within_a_name_is_the_same_dot(tmp_path: Path, dot: str) -> None:
    register = from_rows(tmp_path, (f"阿依古丽{dot}买买提", "1", None))
    assert [row.name for row in register.rows] == ["阿依古丽·买买提"]


def test_a_full_stop_in_other_names_stays(tmp_path: Path) -> None:
    register = from_rows(tmp_path, ("John A. Smith", "1", None))
    assert [row.name for row in register.rows] == ["John A. Smith"]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("\u2ee2\u2f23", "马夕"),
        ("\u2ecb\u2ed3\u2ea0", "车长民"),
        ("葛\U000e0101春\ufe0e", "葛春"),
        ("林\u200b春\u00a0生\u2060", "林春生"),
        ('="林春生"', "林春生"),
        ("林春生_x000D_\n", "林春生"),
        ("Ｊｏｈｎ　Ｓｍｉｔｈ", "John Smith"),
    ],
)
def test_a_name_is_what_a_person_reads(tmp_path: Path, written: str, name: str) -> None:
    register = from_rows(tmp_path, (written, "1", None))
    assert [row.name for row in register.rows] == [name]
