"""What is no person is no person, and every line of a file is accounted for."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.core.catalogue import catalogue
from kiosk.core.houses import House
from kiosk.services.register.importing import plan as importing_plan
from kiosk.services.register.importing.plan import ImportPlan
from kiosk.services.register.importing.register_file import read_register
from kiosk.services.village import Village
from tests.services.register.registers import write_csv, write_xlsx

HEADINGS = ("序号", "姓名", "性别", "出生日期", "门牌号", "与户主关系", "备注")
SOMEBODY = ("1", "周大山", "男", "1950-01-01", "东街1号", "户主", "全户共5人")


def line(name: str = "", ordinal: str = "", remark: str = "", sex: str = "") -> tuple[str, ...]:
    return ordinal, name, sex, "", "", "", remark


NOBODY: dict[str, list[tuple[str, ...]]] = {
    "total": [
        line("合计"), line("合 计"), line("小计："), line("总计 18 人"), line("共18人"),
        line("共计：18人"), line("共十八人"), line("一组合计"), line("大屋小计3户"),
        line("", "合计", sex="男 9"), line("18人", "合计"), line("", remark="本页共5人"),
        line("Total: 18"), line("总人数"), line("本页小计", sex="18"),
    ],
    "signature": [
        line("制表人：王五"), line("审核："), line("填表日期：2026年11月1日"), line("村主任签字"),
        line("（盖章）"), line("", "制表：王五", "审核：李四"), line("负责人（签字）："),
        line("单位负责人：", remark="盖章"), line("填表人"), line("登记员：王五"),
    ],
    "note": [
        line("备注：以上为2026年数据"), line("注：本表一式两份"), line("", "说明：空白不填"),
        line("注1、只填常住人口"), line("填表说明"),
    ],
    "heading": [HEADINGS, line("姓名"), line("居民姓名*")],
    "blank": [line(), line("", "7"), line("/", "8"), line("#N/A"), line("—", sex="/")],
    "nobody": [
        ("", "", "", "", "东街9号", "", ""), ("", "空户", "", "", "东街9号", "", ""),
        ("", "#REF!", "#REF!", "#REF!", "东街9号", "#REF!", ""), ("3", "无", "", "", "5", "/", "0"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "cells"), [(kind, each) for kind, all_ in NOBODY.items() for each in all_]
)
@pytest.mark.parametrize("is_last", [True, False])
def test_a_line_that_is_no_person_is_passed_over_wherever_it_stands(
    tmp_path: Path, kind: str, cells: tuple[str, ...], is_last: bool
) -> None:
    rows = [HEADINGS, SOMEBODY, cells, *([] if is_last else [("2", *SOMEBODY[1:])])]
    register = read_register(write_xlsx(tmp_path / "r.xlsx", rows))
    assert {row.name for row in register.rows} == {"周大山"}
    assert register.refused == ()
    (sheet,) = register.sheets
    assert Counter(sheet.passed_over) == Counter({"heading": 1}) + Counter({kind: 1})


@pytest.mark.parametrize("name", ["计春生", "文书", "注一诺", "单位华", "总小明", "合小计"])
def test_a_person_whose_name_looks_like_a_note_is_a_person(tmp_path: Path, name: str) -> None:
    rows = [HEADINGS, ("1", name, "男", "1950-01-01", "东街1号", "户主", "")]
    assert [row.name for row in read_register(write_xlsx(tmp_path / "r.xlsx", rows)).rows] == [name]


@pytest.mark.parametrize("nameless", ["", "/", "#N/A", "不详"])
def test_somebody_whose_name_is_missing_is_named_by_line(tmp_path: Path, nameless: str) -> None:
    rows = [HEADINGS, ("1", nameless, "男", "1950-01-01", "东街1号", "户主", "共5人")]
    register = read_register(write_xlsx(tmp_path / "r.xlsx", rows))
    assert [(row.line, row.reason_code) for row in register.refused] == [(2, "row_no_name")]


ERRORS = (
    *("#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!"),
    *("#GETTING_DATA", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "Err:502"),
)


@pytest.mark.parametrize(
    "mark", [*ERRORS, "/", "无", "不详", "—", "-", "N/A", "0", "空", "——", "/ /"]
)
def test_a_mark_for_nothing_is_nothing_in_every_column(tmp_path: Path, mark: str) -> None:
    heads = ("姓名", "性别", "出生日期", "门牌号", "户号", "与户主关系", "联系电话", "房屋用途")
    rows = [heads, ("周大山", mark, mark, "东街1号", mark, mark, mark, mark)]
    (row,) = read_register(write_xlsx(tmp_path / "r.xlsx", rows)).rows
    assert (row.sex, row.born_on, row.code, row.relation) == (None, None, "", "")
    assert (row.phone, row.premises, row.lane, row.number) == ("", "", "东街", "1")


# --- The account --------------------------------------------------------------------------------


def plan_of(village: Village, file: Path) -> ImportPlan:
    return importing_plan.plan(village, read_register(file))


def test_the_account_says_what_every_column_was_taken_for(village: Village, tmp_path: Path) -> None:
    file = write_xlsx(tmp_path / "r.xlsx", [("村民名册",), HEADINGS, SOMEBODY])
    (sheet,) = plan_of(village, file).account.sheets
    read = {each.letters: (each.heading, each.field) for each in sheet.columns}
    assert read == {
        "A": ("序号", "ordinal"), "B": ("姓名", "name"), "C": ("性别", "sex"),
        "D": ("出生日期", "born_on"), "E": ("门牌号", "number"),
        "F": ("与户主关系", "relation"), "G": ("备注", "status"),
    }  # fmt: skip
    assert (sheet.lines, sheet.passed_over) == (3, {"heading": 2})


def test_the_account_counts_households_and_names_the_largest_by_house(
    village: Village, tmp_path: Path
) -> None:
    sizes = {"东街1号": 3, "东街2号乙": 5, "东街3号": 1, "东街4号": 4, "东街5号": 1}
    people = [
        ("", f"林{chr(0x4E00 + 20 * at + each)}", "", "1950-01-01" if each else "", house, "", "")
        for at, (house, size) in enumerate(sizes.items())
        for each in range(size)
    ]
    told = plan_of(village, write_xlsx(tmp_path / "r.xlsx", [HEADINGS, *people])).account
    assert (told.households, told.sizes) == (5, {1: 2, 3: 1, 4: 1, 5: 1})
    assert [(each.house, each.people) for each in told.largest] == [
        (House("东街", "2号乙"), 5), (House("东街", "4"), 4), (House("东街", "1"), 3),
    ]  # fmt: skip
    assert told.without_birth_date == 5


def test_a_double_says_which_line_it_doubles_on_which_sheet(
    village: Village, tmp_path: Path
) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for title in ("一组", "二组"):
        sheet = book.create_sheet(title)
        for row in (HEADINGS, SOMEBODY):
            sheet.append(row)
    book["二组"].append(SOMEBODY)
    book.save(tmp_path / "r.xlsx")
    refused = plan_of(village, tmp_path / "r.xlsx").refused
    assert [(row.sheet, row.line, row.other) for row in refused] == [
        ("二组", 2, ("一组", 2)),
        ("二组", 3, ("一组", 2)),
    ]


def test_every_kind_of_line_and_column_has_its_words() -> None:
    kinds = (*NOBODY, "hidden", "aside", "section", "hidden_sheet", "aside_sheet", "other_sheet")
    fields = ("name", "sex", "born_on", "code", "lane", "room", "number", "address", "head")
    others = ("relation", "phone", "premises", "identity", "ordinal", "status")
    for language in catalogue().languages:
        for key in (
            *(f"passed_{kind}" for kind in kinds),
            *(f"field_{each}" for each in (*fields, *others)),
        ):
            assert catalogue().text(f"cli.{key}", language, "1")


_LINES = st.one_of(
    st.sampled_from([each for all_ in NOBODY.values() for each in all_]),
    st.tuples(
        st.just("1"),
        st.sampled_from(["周大山", "吴桂花", "", "郑?", "王伟", "李明"]),
        st.sampled_from(["男", ""]),
        st.sampled_from(["1950-01-01", "", "旧社会", "2090-01-01"]),
        st.sampled_from(["东街1号", "东街2号乙", "", "大屋", "#N/A", "同上"]),
        st.sampled_from(["户主", "妻", ""]),
        st.just(""),
    ),
)


@pytest.mark.long
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_LINES, max_size=14))
def test_what_became_of_the_lines_adds_up_to_the_lines_of_the_file(
    sqlite_village: Village, tmp_path: Path, lines: list[tuple[str, ...]]
) -> None:
    file = write_csv(tmp_path / "r.csv", [("名册",), HEADINGS, SOMEBODY, *lines])
    plan = plan_of(sqlite_village, file)
    became = plan.added + plan.updated + plan.unchanged + len(plan.refused)
    passed = sum(plan.account.passed_over.values())
    assert became + passed == plan.account.lines == len(lines) + 3
    assert sum(size * many for size, many in plan.account.sizes.items()) == plan.added
    outcome = importing_plan.apply(sqlite_village, plan)
    assert outcome.added == plan.added
    assert outcome.refused == plan.refused
    with sqlite_village.write() as session:
        from kiosk.models.register import Household, ImportRun, Resident

        for table in (Resident, Household, ImportRun):
            session.query(table).delete()
