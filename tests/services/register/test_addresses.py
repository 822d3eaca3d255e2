"""Addresses keep every part, and two plates never become one household."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.core.houses import house_words
from kiosk.models.register import Household, Resident
from kiosk.services.register.importing import plan
from kiosk.services.register.importing.addresses import split_address, without_village
from kiosk.services.register.importing.register_file import Register, read_register
from kiosk.services.register.importing.rows import read_house
from kiosk.services.register.search import search
from kiosk.services.upkeep.founders import official
from kiosk.services.village import Village
from tests.services.register.registers import write_csv

CASES = Path(__file__).parent / "cases"

WRITTEN = {
    "东街12号": "东街12号",
    "东街１２号": "东街12号",
    "东街12#": "东街12号",
    "东街12號": "东街12号",
    "东街十二号": "东街12号",
    "东街一百二十号": "东街120号",
    "东街廿三号": "东街23号",
    "东街一〇二号": "东街102号",
    "东街12号乙": "东街12号乙",
    "东街12乙号": "东街12号乙",
    "东街12甲": "东街12号甲",
    "东街甲12号": "东街甲12号",
    "东街12号之二": "东街12号之二",
    "东街12之2号": "东街12号之二",
    "东街12号附1号": "东街12号附1号",
    "东街12附1号": "东街12号附1号",
    "东街12-1号": "东街12-1号",
    "东街12－1号": "东街12-1号",
    "东街12–1": "东街12-1号",
    "东街A12号": "东街A12号",
    "东街a-12": "东街A-12号",
    "东街12b号": "东街12B号",
    "东街12号东侧": "东街12号东侧",
    "东街12号（东侧）": "东街12号东侧",
    "东街12东侧": "东街12号东侧",
    "东街12号后门": "东街12号后门",
    "桥南7号2单元301室": "桥南7号2单元301室",
    "桥南7号二单元三〇一室": "桥南7号2单元301室",
    "桥南7号二单元三〇一": "桥南7号2单元301室",
    "桥南7号2单元301": "桥南7号2单元301室",
    "幸福小区3幢2单元301室": "幸福小区3幢2单元301室",
    "幸福小区3号楼203": "幸福小区3号楼203室",
    "河沿12号院3号楼501室": "河沿12号院3号楼501室",
    "东街12、13号": "东街12、13号",
    "第三生产队12号": "第三生产队12号",
    "大屋自然村3组12号": "大屋自然村3组12号",
    "东屯5号": "东屯5号",
    "3社5号": "3社5号",
    "第2网格12号": "第2网格12号",
    "东风街道和平路12号": "东风街道和平路12号",
    "三号桥12号": "三号桥12号",
    "318国道12号": "318国道12号",
    "五一路12号": "五一路12号",
    "5弄12号": "5弄12号",
    "新村路3号": "新村路3号",
    "村东路3号": "村东路3号",
    "东街村口": "东街村口",
    "East Lane 12": "East Lane 12号",
    "12 East Lane": "East Lane 12号",
}


@pytest.mark.parametrize(("written", "said"), WRITTEN.items())
def test_an_address_is_said_as_people_write_it(written: str, said: str) -> None:
    assert house_words(*split_address(written), "zh") == said


def test_plates_that_differ_on_paper_differ_in_the_register() -> None:
    plates = {said: {split_address(each) for each, as_ in WRITTEN.items() if as_ == said}
              for said in WRITTEN.values()}  # fmt: skip
    assert all(len(places) == 1 for places in plates.values())
    assert len({next(iter(places)) for places in plates.values()}) == len(plates)


def houses(register: Register) -> list[str]:
    return [house_words(row.lane, row.number, "zh") for row in register.rows]


def test_two_hamlets_of_one_village_have_a_number_twelve_each() -> None:
    register = read_register(CASES / "natural_villages.xlsx")
    assert houses(register) == ["大屋村12号", "小屋村12号"]
    named = read_register(CASES / "natural_villages.xlsx", village="杨桥村")
    assert houses(named) == ["大屋村12号", "小屋村12号"]


@pytest.mark.parametrize(
    ("lanes", "own", "less"),
    [
        (["浙江省某市某镇杨桥村东街", "杨桥村东街", "东街"], "杨桥村", ["东街"]),
        (["杨桥村村民委员会大屋", "杨桥社区小屋"], "杨桥村", ["大屋", "小屋"]),
        (["某镇上村东街", "某镇下村东街"], "", ["上村东街", "下村东街"]),
        (["大屋村", "小屋村"], "杨桥村", ["大屋村", "小屋村"]),
        (["大屋村"], "杨桥村", ["大屋村"]),
        (["杨桥路", "新村路", "市场街"], "杨桥村", ["杨桥路", "新村路", "市场街"]),
        (["东风街道幸福社区", "西门街道幸福社区"], "杨桥镇",
         ["东风街道幸福社区", "西门街道幸福社区"]),
    ],
)  # fmt: skip
def test_only_the_villages_own_name_is_left_out(
    lanes: list[str], own: str, less: list[str]
) -> None:
    assert sorted(set(without_village(lanes, own).values())) == sorted(less)


COLUMNS = [
    (("自然村", "组别", "门牌号"), ("大屋", "3", "12"), "大屋3组12号"),
    (("自然村", "组别", "门牌号"), ("大屋", "三", "12号乙"), "大屋三组12号乙"),
    (("网格", "街巷", "门牌号"), ("2", "东街", "十二号"), "2网格东街12号"),
    (("社", "门牌号"), ("3", "A12"), "3社A12号"),
    (("生产队", "门牌号"), ("5", "12甲"), "5队12号甲"),
    (("屯", "门牌号"), ("东屯", "12号之二"), "东屯12号之二"),
    (("街道", "社区", "街巷", "门牌号"), ("东风街道", "幸福社区", "和平路", "12"),
     "东风街道幸福社区和平路12号"),
    (("小区", "楼栋", "单元", "室"), ("幸福小区", "3", "2", "301"), "幸福小区3栋2单元301室"),
    (("街巷", "门牌号", "单元", "房号"), ("桥南", "7", "二", "301"), "桥南7号2单元301室"),
    (("组别", "家庭住址"), ("3", "东街12号"), "3组东街12号"),
    (("组别", "家庭住址"), ("3组", "杨桥村3组东街12号"), "3组东街12号"),
    (("家庭住址", "门牌号"), ("杨桥村大屋12号", "12"), "大屋12号"),
    (("家庭住址", "门牌号"), ("杨桥村大屋", "12号东侧"), "大屋12号东侧"),
    (("街巷", "门牌号"), ("东街", "村口"), "东街村口"),
    (("街巷", "门牌号"), ("东街", "十二"), "东街12号"),
]  # fmt: skip


@pytest.mark.parametrize(("headings", "cells", "said"), COLUMNS)
@pytest.mark.parametrize("code", ["", "0007"])
def test_every_column_of_an_address_is_kept(
    tmp_path: Path, headings: tuple[str, ...], cells: tuple[str, ...], said: str, code: str
) -> None:
    rows = [("姓名", "户号", *headings), ("林春生", code, *cells)]
    register = read_register(write_csv(tmp_path / "r.csv", rows), village="杨桥村")
    assert houses(register) == [said]
    assert register.rows[0].code == code


def test_a_number_that_is_too_long_is_refused_and_never_shortened(tmp_path: Path) -> None:
    long = "东街12号乙户老屋东侧第二间后面靠河的那半间小屋"
    file = write_csv(tmp_path / "r.csv", [("姓名", "门牌号"), ("林春生", long)])
    assert [row.reason_code for row in read_register(file).refused] == ["row_address_too_long"]


@pytest.mark.parametrize("none", ["无", "0", "/", "—", "-", "N/A", "不详", "#N/A", "#REF!", "0号"])
def test_what_says_that_there_is_no_number_is_no_number(tmp_path: Path, none: str) -> None:
    rows = [("姓名", "门牌号", "户号"), ("林春生", none, "0007"), ("王伟", none, "0")]
    register = read_register(write_csv(tmp_path / "r.csv", rows))
    assert [(row.code, row.lane, row.number) for row in register.rows] == [("0007", "", "")]
    assert [row.reason_code for row in register.refused] == ["row_no_house"]


@pytest.mark.parametrize(
    ("use", "premises"),
    [
        ("店面", "shop"), ("门面房", "shop"), ("小卖部", "shop"), ("饭店", "shop"),
        ("作坊", "workshop"), ("加工车间", "workshop"), ("养殖场", "farmyard"),
        ("农家乐", "farmyard"), ("住宅", "home"), ("自住", "home"), ("", ""), ("/", ""),
    ],
)  # fmt: skip
def test_the_kind_of_premises_is_told_from_its_word(
    tmp_path: Path, use: str, premises: str
) -> None:
    rows = [("姓名", "门牌号", "房屋用途"), ("林春生", "市场街12号", use)]
    assert read_register(write_csv(tmp_path / "r.csv", rows)).rows[0].premises == premises


@pytest.mark.parametrize(
    ("address", "premises"),
    [("东街12号店面", "shop"), ("东街12号作坊", "workshop"), ("村口养殖场", "farmyard"),
     ("市场街12号", ""), ("菜市场", "")],
)  # fmt: skip
def test_an_address_may_tell_the_kind_of_premises(
    tmp_path: Path, address: str, premises: str
) -> None:
    file = write_csv(tmp_path / "r.csv", [("姓名", "家庭住址"), ("林春生", address)])
    assert read_register(file).rows[0].premises == premises


@pytest.mark.parametrize(
    "number", ["12号乙", "12号之二", "A12", "十二号", "12", "12号", "7号2单元301"]
)
def test_a_founder_lives_where_a_register_says_it(tmp_path: Path, number: str) -> None:
    rows = [("姓名", "街巷", "门牌号"), ("林春生", "东街", number)]
    (row,) = read_register(write_csv(tmp_path / "r.csv", rows)).rows
    told = official(f"周根土,1961-05-04,东街,{number},clerk", date(2026, 11, 23))
    assert read_house(told.lane, told.number, "杨桥村") == (row.lane, row.number)


@pytest.mark.parametrize(
    ("number", "typed"),
    [
        ("12号乙", ["12号乙", "12乙", "东街12乙", "dongjie12", "dj12haoyi", "12"]),
        ("12号附1", ["12号附1", "东街12号附", "12"]),
        ("7号2单元301室", ["7号2单元", "7-2单元", "东街7", "dongjie7hao2"]),
        ("A12", ["a12", "东街A12", "djA12"]),
    ],
)
def test_a_household_is_found_by_its_whole_plate(
    sqlite_village: Village, tmp_path: Path, number: str, typed: list[str]
) -> None:
    rows = [("姓名", "街巷", "门牌号"), ("林春生", "东街", number)]
    register = read_register(write_csv(tmp_path / "r.csv", rows))
    plan.apply(sqlite_village, plan.plan(sqlite_village, register))
    for each in typed:
        assert [row.name for row in search(sqlite_village, each).rows] == ["林春生"], each


# --- Two plates never become one household ------------------------------------------------------

_NUMBERS = st.integers(1, 30).map(str)
_PLATES = st.one_of(
    _NUMBERS,
    st.builds("{}号{}".format, _NUMBERS, st.sampled_from("甲乙丙")),
    st.builds("{}号之{}".format, _NUMBERS, st.sampled_from("一二三")),
    st.builds("{}号附{}".format, _NUMBERS, st.integers(1, 3)),
    st.builds("{}-{}".format, _NUMBERS, st.integers(1, 3)),
    st.builds("{}{}".format, st.sampled_from("AB"), _NUMBERS),
    st.builds("{}{}".format, _NUMBERS, st.sampled_from("AB")),
    st.builds("{}{}".format, st.sampled_from("甲乙"), _NUMBERS),
    st.builds("{}号{}侧".format, _NUMBERS, st.sampled_from("东西")),
    st.builds("{}号{}单元{}室".format, _NUMBERS, st.integers(1, 3), st.integers(101, 103)),
    st.builds("{}{}{}室".format, _NUMBERS, st.sampled_from("栋幢"), st.integers(101, 103)),
)
_LANES = st.sampled_from(["东街", "大屋村", "小屋村", "1组", "11组", "A", "A1", "三号桥", "新村路"])


@pytest.mark.long
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(_LANES, _PLATES), unique=True, min_size=2, max_size=14))
def test_two_plates_never_become_one_household(
    sqlite_village: Village, tmp_path: Path, plates: list[tuple[str, str]]
) -> None:
    with sqlite_village.write() as session:
        session.query(Resident).delete()
        session.query(Household).delete()
    people = [(f"林{chr(0x4E00 + at)}", *plate) for at, plate in enumerate(plates)]
    file = write_csv(tmp_path / "r.csv", [("姓名", "街巷", "门牌号"), *people])
    register = read_register(file, village="杨桥村")
    outcome = plan.apply(sqlite_village, plan.plan(sqlite_village, register))
    assert (outcome.added, outcome.refused) == (len(plates), ())
    with sqlite_village.read() as session:
        stored = session.query(Household).all()
        assert sorted((each.lane, each.number) for each in stored) == sorted(plates)
        assert {len(each.residents) for each in stored} == {1}
