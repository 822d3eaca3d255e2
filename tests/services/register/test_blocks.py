"""What is written once holds within its own block, and never out of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.core.errors import ExpectedError
from kiosk.core.houses import house_words
from kiosk.models.register import Household, Resident
from kiosk.services.register.importing import plan
from kiosk.services.register.importing.register_file import Register, read_register
from kiosk.services.village import Village
from tests.services.register.registers import write_csv, write_xlsx

CASES = Path(__file__).parent / "cases"
HEADINGS = ("姓名", "出生日期", "门牌号", "户号", "与户主关系")
BAD = "1949年"

Line = tuple[str | None, ...]


def head(name: str, house: str, code: str = "", born: str = "1950-01-01") -> Line:
    return name, born, house, code, "户主"


def relative(name: str, house: str = "", code: str = "", relation: str = "妻") -> Line:
    return name, "1952-02-02", house, code, relation


def read(tmp_path: Path, *lines: Line, headings: Line = HEADINGS) -> Register:
    return read_register(write_xlsx(tmp_path / "r.xlsx", [headings, *lines]))


def houses(register: Register) -> dict[str, str]:
    return {row.name: house_words(row.lane, row.number, "zh") for row in register.rows}


def refused(register: Register) -> dict[int, str]:
    return {row.line: row.reason_code for row in register.refused}


def test_the_family_of_a_refused_head_never_lands_in_the_house_above() -> None:
    register = read_register(CASES / "refused_head.xlsx")
    assert houses(register) == {"周大山": "东街1号", "吴桂花": "东街1号"}
    why = [(row.line, row.reason_code, row.values) for row in register.refused]
    assert why[1:] == [
        (5, "row_head_refused", ("郑守业", 4)),
        (6, "row_head_refused", ("郑守业", 4)),
    ]


@pytest.mark.parametrize(
    "refused_head",
    [
        head("郑守业", "东街2号", born="旧社会"),
        head("郑?业", "东街2号"),
        head("郑" * 61, "东街2号"),
        head("", "东街2号"),
        head("郑守业", ""),
        head("郑守业", "#N/A"),
        head("郑守业", "不详"),
        head("郑守业", "东街2号乙户老屋东侧第二间后面靠河的那半间小屋"),
        head("郑守业", "=A1"),
    ],
)
def test_a_head_who_is_refused_for_any_reason_takes_the_family_along(
    tmp_path: Path, refused_head: Line
) -> None:
    family = (relative("钱玉兰"), relative("郑小宝", relation="子"))
    register = read(
        tmp_path, head("周大山", "东街1号"), refused_head, *family, head("孙", "东街3号")
    )
    assert houses(register) == {"周大山": "东街1号", "孙": "东街3号"}
    assert list(refused(register)) == [3, 4, 5]


def test_a_family_that_names_its_house_itself_needs_no_head(tmp_path: Path) -> None:
    register = read(
        tmp_path,
        head("周大山", "东街1号", "1"),
        head("郑守业", "东街2号", "2", born="旧社会"),
        relative("钱玉兰", code="2"),
        relative("郑小宝"),
        relative("郑小妹", "东街2号"),
        relative("郑小弟"),
    )
    assert houses(register) == {
        "周大山": "东街1号", "钱玉兰": "东街2号", "郑小妹": "东街2号", "郑小弟": "东街2号",
        "郑小宝": "东街2号",
    }  # fmt: skip


@pytest.mark.parametrize(
    "between",
    [
        ("",) * 5,
        (None,) * 5,
        ("小计", "", "", "", "2人"),
        ("", "", "东街9号", "", ""),
        HEADINGS,
        ("制表人：王五", "", "", "", ""),
    ],
)
def test_nothing_is_carried_over_a_line_that_ends_a_block(tmp_path: Path, between: Line) -> None:
    register = read(tmp_path, head("周大山", "东街1号"), between, relative("钱玉兰"))
    assert houses(register) == {"周大山": "东街1号"}
    assert refused(register) == {4: "row_no_house"}


def test_a_sheet_begins_without_a_house(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for title, line in (("一组", head("周大山", "东街1号")), ("二组", relative("钱玉兰"))):
        sheet = book.create_sheet(title)
        sheet.append(HEADINGS)
        sheet.append(line)
    book.save(tmp_path / "r.xlsx")
    register = read_register(tmp_path / "r.xlsx")
    assert houses(register) == {"周大山": "东街1号"}
    assert [(row.sheet, row.line) for row in register.refused] == [("二组", 2)]


def test_a_relative_who_lives_elsewhere_leaves_those_below_in_doubt(tmp_path: Path) -> None:
    register = read(
        tmp_path,
        head("周大山", "东街1号"),
        relative("周小山", "西街5号", relation="子"),
        relative("周小妹", relation="女"),
    )
    assert houses(register) == {"周大山": "东街1号", "周小山": "西街5号"}
    assert refused(register) == {4: "row_house_unclear"}


def test_marks_for_the_value_above_are_that_value(tmp_path: Path) -> None:
    marks = ["同上", "〃", "″", '"', "同前"]
    family = [relative(f"周{at}", mark, mark) for at, mark in enumerate(marks)]
    register = read(tmp_path, head("周大山", "东街12号", "0012"), *family)
    assert {(row.code, row.lane, row.number) for row in register.rows} == {("0012", "东街", "12")}
    assert len(register.rows) == 6


@pytest.mark.parametrize("mark", ["#N/A", "#REF!", "#SPILL!", "Err:502", "不详", "/", "0", "无"])
def test_a_house_that_is_said_to_be_unknown_is_not_the_one_above(tmp_path: Path, mark: str) -> None:
    register = read(tmp_path, head("周大山", "东街1号"), relative("钱玉兰", mark))
    assert houses(register) == {"周大山": "东街1号"}
    assert refused(register) == {3: "row_no_house"}


def test_a_code_that_comes_again_is_its_own_household(tmp_path: Path) -> None:
    register = read(
        tmp_path,
        head("周大山", "东街1号", "1"),
        head("郑守业", "东街2号", "2"),
        relative("吴桂花", code="1"),
    )
    assert houses(register)["吴桂花"] == "东街1号"


def test_a_family_goes_with_the_name_of_its_head(tmp_path: Path) -> None:
    register = read(
        tmp_path,
        ("周大山", "周大山", "1950-01-01", "东街1号"),
        ("周大山", "吴桂花", "1952-01-01", ""),
        ("郑守业", "郑守业", "旧社会", "东街2号"),
        ("郑守业", "钱玉兰", "1952-01-01", ""),
        ("周大山", "周小山", "1980-01-01", ""),
        ("何人", "何小妹", "1980-01-01", ""),
        headings=("户主姓名", "姓名", "出生日期", "门牌号"),
    )
    assert houses(register) == dict.fromkeys(("周大山", "吴桂花", "周小山"), "东街1号")
    assert refused(register) == {
        4: "row_date_unclear",
        5: "row_head_refused",
        7: "row_no_house",
    }


@pytest.mark.parametrize("is_merged", [True, False])
def test_a_house_written_once_holds_below_without_relations(
    tmp_path: Path, is_merged: bool
) -> None:
    rows: list[Line] = [
        ("户号", "门牌号", "姓名", "出生日期"),
        ("1", "东街1号", "周大山", "1950-01-01"),
        (None, None, "吴桂花", "1952-01-01"),
        ("2", "东街2号", "郑守业", "1950-01-01"),
        (None, None, "钱玉兰", "1952-01-01"),
        (None, None, "郑小宝", "1982-01-01"),
    ]
    merges = ["A2:A3", "B2:B3", "A4:A6", "B4:B6"] if is_merged else []
    register = read_register(write_xlsx(tmp_path / "r.xlsx", rows, merges))
    assert list(houses(register).values()) == ["东街1号"] * 2 + ["东街2号"] * 3


def test_a_house_missing_where_every_line_has_one_is_missing(tmp_path: Path) -> None:
    register = read(
        tmp_path,
        ("1", "东街1号", "周大山"),
        ("1", "东街1号", "吴桂花"),
        ("", "", "钱玉兰"),
        ("3", "东街3号", "郑守业"),
        headings=("户号", "门牌号", "姓名"),
    )
    assert refused(register) == {4: "row_no_house"}


def test_a_hamlet_written_once_holds_for_its_houses(tmp_path: Path) -> None:
    register = read(
        tmp_path,
        ("大屋", "12号", "周大山", "户主"),
        ("", "", "吴桂花", "妻"),
        ("", "13号", "孙国平", "户主"),
        ("小屋", "12号", "郑守业", "户主"),
        ("", "13号", "钱玉", "户主"),
        headings=("自然村", "门牌号", "姓名", "与户主关系"),
    )
    assert list(houses(register).values()) == [
        "大屋12号", "大屋12号", "大屋13号", "小屋12号", "小屋13号",
    ]  # fmt: skip


def test_a_hamlet_on_every_line_and_a_number_beside_the_head(tmp_path: Path) -> None:
    register = read(
        tmp_path,
        ("大屋", "12号", "周大山", "户主"),
        ("大屋", "", "吴桂花", "妻"),
        ("大屋", "13号", "孙国平", "户主"),
        ("大屋", "", "钱玉", "妻"),
        headings=("自然村", "门牌号", "姓名", "与户主关系"),
    )
    assert list(houses(register).values()) == ["大屋12号"] * 2 + ["大屋13号"] * 2


DIVIDED = [
    ("一组", "", "", "", ""),
    ("第二村民小组：", None, None, None, None),
    ("大屋自然村", "", "", "", ""),
    ("小屋村（共18人）", "", "", "", ""),
]


@pytest.mark.parametrize("line", DIVIDED)
def test_a_line_that_names_a_group_or_hamlet_tells_its_houses_apart(
    tmp_path: Path, line: Line
) -> None:
    register = read(
        tmp_path,
        ("三组", "", "", "", ""),
        head("周大山", "12号"),
        relative("吴桂花"),
        line,
        relative("孙小妹"),
        head("郑守业", "12号"),
        head("钱玉兰", "东街12号"),
    )
    where = house_words(*read_place(line[0] or ""), "zh")
    assert houses(register) == {
        "周大山": "三组12号", "吴桂花": "三组12号", "郑守业": f"{where}12号", "钱玉兰": "东街12号",
    }  # fmt: skip
    assert refused(register) == {6: "row_no_house"}
    assert register.sheets[0].passed_over == {"heading": 1, "section": 2}


def read_place(told: str) -> tuple[str, str]:
    return told.partition("：")[0].partition("（")[0], ""


def test_sheets_and_titles_that_name_a_group_tell_their_houses_apart(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for sheet_name, title in (("一组", ""), ("Sheet2", "杨桥村第二村民小组花名册")):
        sheet = book.create_sheet(sheet_name)
        sheet.append([title])
        sheet.append(HEADINGS)
        sheet.append(head(f"周{sheet_name}", "12号"))
    book.save(tmp_path / "r.xlsx")
    assert list(houses(read_register(tmp_path / "r.xlsx")).values()) == [
        "一组12号",
        "第二村民小组12号",
    ]


def test_two_lists_beside_each_other_are_asked_about(tmp_path: Path) -> None:
    rows = [("姓名", "门牌号", "姓名", "门牌号"), ("周大山", "1号", "郑守业", "2号")]
    with pytest.raises(ExpectedError) as refusal:
        read_register(write_csv(tmp_path / "r.csv", rows))
    assert refusal.value.code == "register_side_by_side"


# --- Household numbers that stand for several houses ---------------------------------------------


def stored(village: Village) -> dict[str, set[str]]:
    """Who lives in which house."""
    with village.read() as session:
        pairs = session.execute(select(Resident, Household).join(Household)).all()
        found: dict[str, set[str]] = {}
        for person, house in pairs:
            where = house_words(house.lane, house.number, "zh") or house.code
            found.setdefault(where, set()).add(person.name)
        return found


def take_in(village: Village, register: Register) -> plan.ImportOutcome:
    return plan.apply(village, plan.plan(village, register))


def test_household_numbers_that_begin_anew_in_each_group_are_several(
    sqlite_village: Village, tmp_path: Path
) -> None:
    rows = (
        head("周大山", "东街1号", "1"), relative("吴桂花", code="1"),
        head("郑守业", "西街9号", "1"), relative("钱玉兰", code="1"),
    )  # fmt: skip
    expected = {"东街1号": {"周大山", "吴桂花"}, "西街9号": {"郑守业", "钱玉兰"}}
    for changes in (4, 0):
        outcome = take_in(sqlite_village, read(tmp_path, *rows))
        assert (outcome.added, outcome.updated, outcome.refused) == (changes, 0, ())
        assert stored(sqlite_village) == expected


def test_household_numbers_that_begin_anew_below_each_group_are_several(
    sqlite_village: Village, tmp_path: Path
) -> None:
    rows = (
        ("一组", "", ""), ("周大山", "1", "户主"), ("吴桂花", "1", "妻"),
        ("二组", "", ""), ("郑守业", "1", "户主"), ("钱玉兰", "1", "妻"),
    )  # fmt: skip
    for _ in range(2):
        take_in(sqlite_village, read(tmp_path, *rows, headings=("姓名", "户号", "与户主关系")))
        assert sorted(map(sorted, stored(sqlite_village).values())) == [
            sorted(["周大山", "吴桂花"]), sorted(["郑守业", "钱玉兰"]),
        ]  # fmt: skip


def test_household_numbers_that_begin_anew_in_each_file_are_several(
    sqlite_village: Village, tmp_path: Path
) -> None:
    take_in(sqlite_village, read(tmp_path, head("周大山", "东街1号", "1")))
    second = read(tmp_path, head("郑守业", "西街9号", "1"), relative("钱玉兰", code="1"))
    take_in(sqlite_village, second)
    again = take_in(sqlite_village, second)
    assert (again.added, again.updated) == (0, 0)
    assert stored(sqlite_village) == {"东街1号": {"周大山"}, "西街9号": {"郑守业", "钱玉兰"}}


def test_one_number_for_two_doors_without_heads_is_asked_about(
    sqlite_village: Village, tmp_path: Path
) -> None:
    register = read(
        tmp_path, ("1", "东街1号", "周大山"), ("1", "西街9号", "郑守业"),
        headings=("户号", "门牌号", "姓名"),
    )  # fmt: skip
    outcome = take_in(sqlite_village, register)
    assert [(row.line, row.reason_code) for row in outcome.refused] == [(3, "row_code_elsewhere")]


def test_a_relative_away_stays_of_the_household_by_its_number(
    sqlite_village: Village, tmp_path: Path
) -> None:
    rows = (head("周大山", "东街1号", "1"), relative("周小山", "上海市张江路8号", "1", "子"))
    take_in(sqlite_village, read(tmp_path, *rows))
    assert stored(sqlite_village) == {"东街1号": {"周大山", "周小山"}}


def test_a_household_number_is_never_taken_for_a_house_number(
    sqlite_village: Village, tmp_path: Path
) -> None:
    rows = [("姓名", "门牌号", "户号"), ("周大山", "西街5号", "12"), ("郑守业", "12", "")]
    take_in(sqlite_village, read_register(write_csv(tmp_path / "r.csv", rows)))
    assert stored(sqlite_village) == {"西街5号": {"周大山"}, "12号": {"郑守业"}}


def test_heads_of_a_lane_without_numbers_are_not_one_household(
    sqlite_village: Village, tmp_path: Path
) -> None:
    outcome = take_in(
        sqlite_village, read(tmp_path, head("周大山", "大屋"), head("郑守业", "大屋"))
    )
    assert [row.reason_code for row in outcome.refused] == ["row_lane_only"] * 2
