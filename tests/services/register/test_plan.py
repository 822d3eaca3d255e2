"""Importing a register: planned first, whole or not at all, and the same again changes nothing."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from kiosk.core import ages
from kiosk.models.register import Household, ImportRun, Resident, SearchTerm
from kiosk.services.register import people
from kiosk.services.register.importing import plan as importing_plan
from kiosk.services.register.importing.plan import ImportOutcome, RefusedRow
from kiosk.services.register.search import search
from kiosk.services.village import Village
from tests.services.register.registers import (
    CHEN,
    HEADINGS,
    LIN,
    PEOPLE,
    WANG,
    identity_number,
    write_csv,
)

Rows = Sequence[Sequence[Any]]


def import_rows(village: Village, folder: Path, rows: Rows) -> ImportOutcome:
    file = write_csv(folder / "register.csv", rows)
    return importing_plan.apply(
        village, importing_plan.plan(village, importing_plan.read_register(file))
    )


def counts(outcome: ImportOutcome) -> tuple[int, int, int, int, int]:
    refused = len(outcome.refused)
    return outcome.added, outcome.updated, outcome.unchanged, refused, outcome.absent


def stored(village: Village) -> list[tuple[Any, ...]]:
    """Everything that an import writes, but for ids."""
    with village.read() as session:
        rows = session.execute(
            select(Resident, Household).join(Household).order_by(Resident.register_key)
        ).all()
        terms = session.execute(
            select(Resident.register_key, SearchTerm.term, SearchTerm.shared, SearchTerm.name_order)
            .join(SearchTerm, SearchTerm.resident_id == Resident.id)
            .order_by(Resident.register_key, SearchTerm.term)
        ).all()
        houses = session.execute(select(Household.code).order_by(Household.code)).all()
        people = [
            (
                *(each.name, each.sex, each.born_on, each.relation, each.is_head, each.phone),
                *(each.active, each.register_key, each.pinyin, each.name_order),
                *(house.code, house.lane, house.number, house.premises),
            )
            for each, house in rows
        ]
    return [*people, *map(tuple, terms), *map(tuple, houses)]


def test_good_rows_go_in_and_are_found(village: Village, tmp_path: Path) -> None:
    outcome = import_rows(village, tmp_path, [HEADINGS, *PEOPLE])
    assert counts(outcome) == (3, 0, 0, 0, 0)
    (lin,) = search(village, "lcs").rows
    assert (lin.name, lin.pinyin, lin.lane, lin.number) == (
        "林春生",
        "lín chūn shēng",
        "东街",
        "12",
    )
    with village.read() as session:
        head = session.scalars(select(Resident).where(Resident.name == "林春生")).one()
        assert (head.sex, head.born_on, head.is_head) == ("M", date(1956, 3, 1), True)
        assert (head.relation, head.phone) == ("户主", "13800000001")
        run = session.scalars(select(ImportRun)).one()
        assert (run.added, run.updated, run.unchanged, run.refused) == (3, 0, 0, 0)


def test_a_plan_says_the_same_as_the_import_and_writes_nothing(
    village: Village, tmp_path: Path
) -> None:
    file = write_csv(tmp_path / "r.csv", [HEADINGS, *PEOPLE, ("", *LIN[1:])])
    plan = importing_plan.plan(village, importing_plan.read_register(file))
    assert (plan.added, plan.updated, plan.unchanged, plan.absent) == (3, 0, 0, 0)
    assert [row.reason_code for row in plan.refused] == ["row_no_name"]
    assert stored(village) == []
    assert counts(importing_plan.apply(village, plan)) == (3, 0, 0, 1, 0)


def test_the_same_register_again_changes_nothing(village: Village, tmp_path: Path) -> None:
    import_rows(village, tmp_path, [HEADINGS, *PEOPLE])
    before = stored(village)
    assert counts(import_rows(village, tmp_path, [HEADINGS, *PEOPLE])) == (0, 0, 3, 0, 0)
    assert stored(village) == before


def test_a_plan_applied_twice_adds_nobody_twice(village: Village, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "r.csv", [HEADINGS, *PEOPLE])
    plan = importing_plan.plan(village, importing_plan.read_register(file))
    importing_plan.apply(village, plan)
    assert counts(importing_plan.apply(village, plan)) == (0, 0, 3, 0, 0)


def changed(person: tuple[str, ...], **columns: str) -> tuple[str, ...]:
    names = ("name", "sex", "born_on", "number", "code", "relation", "phone")
    return tuple(columns.get(name, was) for name, was in zip(names, person, strict=True))


def only(village: Village, name: str) -> Resident:
    with village.read() as session:
        found = session.scalars(select(Resident).where(Resident.name == name)).one()
        session.expunge(found)
        return found


@pytest.mark.parametrize(
    ("correction", "column", "value"),
    [
        ({"phone": "13900000009"}, "phone", "13900000009"),
        ({"sex": "女"}, "sex", "F"),
        ({"relation": "父"}, "relation", "父"),
    ],
)
def test_a_correction_updates_the_same_person(
    village: Village, tmp_path: Path, correction: dict[str, str], column: str, value: object
) -> None:
    import_rows(village, tmp_path, [HEADINGS, *PEOPLE])
    before = only(village, "林春生").id
    outcome = import_rows(village, tmp_path, [HEADINGS, changed(LIN, **correction), CHEN, WANG])
    assert counts(outcome) == (0, 1, 2, 0, 0)
    after = only(village, "林春生")
    assert (after.id, getattr(after, column)) == (before, value)


def test_a_blank_leaves_what_was_known(village: Village, tmp_path: Path) -> None:
    import_rows(village, tmp_path, [HEADINGS, *PEOPLE])
    blank = changed(LIN, phone="", sex="", born_on="", relation="")
    assert counts(import_rows(village, tmp_path, [HEADINGS, blank, CHEN, WANG])) == (0, 0, 3, 0, 0)
    assert only(village, "林春生").phone == "13800000001"
    assert only(village, "林春生").born_on == date(1956, 3, 1)


def test_a_birth_date_that_was_missing_is_filled_in(village: Village, tmp_path: Path) -> None:
    import_rows(village, tmp_path, [HEADINGS, changed(LIN, born_on="")])
    assert counts(import_rows(village, tmp_path, [HEADINGS, LIN])) == (0, 1, 0, 0, 0)
    assert counts(import_rows(village, tmp_path, [HEADINGS, LIN])) == (0, 0, 1, 0, 0)


def birth(village: Village, name: str) -> tuple[date | None, bool]:
    person = only(village, name)
    return person.born_on, person.born_day_known


def test_a_month_of_birth_is_kept_and_its_day_comes_with_a_better_register(
    village: Village, tmp_path: Path
) -> None:
    month, day = changed(LIN, born_on="1956-03"), changed(LIN, born_on="1956-03-09")
    assert counts(import_rows(village, tmp_path, [HEADINGS, month])) == (1, 0, 0, 0, 0)
    assert birth(village, "林春生") == (date(1956, 3, 31), False)
    assert counts(import_rows(village, tmp_path, [HEADINGS, month])) == (0, 0, 1, 0, 0)
    assert counts(import_rows(village, tmp_path, [HEADINGS, day])) == (0, 1, 0, 0, 0)
    assert birth(village, "林春生") == (date(1956, 3, 9), True)
    assert counts(import_rows(village, tmp_path, [HEADINGS, month])) == (0, 0, 1, 0, 0)
    assert birth(village, "林春生") == (date(1956, 3, 9), True)


def waiting(outcome_of: Village, folder: Path, rows: Rows) -> list[tuple[str, str]]:
    """What an import of `rows` leaves to the desk: kinds and why."""
    file = write_csv(folder / "register.csv", rows)
    plan = importing_plan.plan(outcome_of, importing_plan.read_register(file))
    return [(each.kind, each.why) for each in plan.waiting]


@pytest.mark.parametrize("born_on", ["1956年4月", "1956-03-02"])
def test_another_birth_is_a_doubt_that_no_import_decides(
    village: Village, tmp_path: Path, born_on: str
) -> None:
    import_rows(village, tmp_path, [HEADINGS, LIN])
    other = [HEADINGS, changed(LIN, born_on=born_on)]
    assert waiting(village, tmp_path, other) == [("doubt", "birth")]
    assert counts(import_rows(village, tmp_path, other)) == (0, 0, 0, 0, 0)
    assert birth(village, "林春生") == (date(1956, 3, 1), True)


@pytest.mark.parametrize(
    ("before", "after"), [("1956-03", "1956-03-09"), ("1956-03-09", "1956-03")]
)
def test_a_move_of_who_may_be_somebody_else_is_a_doubt(
    village: Village, tmp_path: Path, before: str, after: str
) -> None:
    import_rows(village, tmp_path, [HEADINGS, changed(LIN, born_on=before), CHEN])
    moved = [HEADINGS, changed(LIN, born_on=after, code="0099", number="南街9号"), CHEN]
    assert waiting(village, tmp_path, moved) == [("doubt", "birth")]
    assert counts(import_rows(village, tmp_path, moved)) == (0, 0, 1, 0, 0)
    assert search(village, "南街9").total == 0


def test_the_same_person_with_and_without_a_day_is_one(village: Village, tmp_path: Path) -> None:
    rows = [HEADINGS, changed(LIN, born_on="1956-03"), LIN, changed(LIN, born_on="1956-04-01")]
    outcome = import_rows(village, tmp_path, rows)
    assert [(row.line, row.reason_code) for row in outcome.refused] == [(3, "row_twice")]
    assert outcome.added == 2


def test_who_is_born_this_month_goes_in_and_next_month_not(
    village: Village, tmp_path: Path
) -> None:
    now, soon = changed(LIN, born_on="2026-11"), changed(WANG, born_on="2026-12")
    outcome = import_rows(village, tmp_path, [HEADINGS, now, soon])
    assert outcome.added == 1
    assert [(row.reason_code, row.values) for row in outcome.refused] == [
        ("row_date_impossible", ("2026-12",))
    ]


def test_of_age_from_the_last_day_of_the_month_of_birth(village: Village, tmp_path: Path) -> None:
    """The village's day is 23 November 2026."""
    young, grown = changed(LIN, born_on="2008-11"), changed(CHEN, born_on="2008-10")
    import_rows(village, tmp_path, [HEADINGS, young, grown])
    adult = {name: people.resident(village, only(village, name).id).adult for name in NAMES}
    assert adult == {"林春生": False, "陈秀英": True}
    assert ages.is_adult(only(village, "林春生").born_on, date(2026, 11, 30))
    assert not ages.is_adult(only(village, "林春生").born_on, date(2026, 11, 29))


NAMES = ("林春生", "陈秀英")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("阿依古丽\u16eb买买提", "阿依古丽·买买提"),
        ("\u2ee2\u2f24", "马大"),
        ("葛\U000e0101春", "葛春"),
        ("Ｊｏｈｎ", "John"),
    ],
)
def test_a_register_that_was_cleaned_finds_the_same_people(
    village: Village, tmp_path: Path, before: str, after: str
) -> None:
    """Also those whom an earlier version stored as they were written."""
    import_rows(village, tmp_path, [HEADINGS, changed(LIN, name=after)])
    with village.write() as session:
        person = session.scalars(select(Resident)).one()
        person.name, person.register_key = before, f"0012|{before}|1956-03-01"
    written = changed(LIN, name=before)
    assert counts(import_rows(village, tmp_path, [HEADINGS, written])) == (0, 1, 0, 0, 0)
    assert counts(import_rows(village, tmp_path, [HEADINGS, written])) == (0, 0, 1, 0, 0)
    assert only(village, after).name == after


def test_who_moved_house_is_the_same_person_whom_the_desk_moves(
    village: Village, tmp_path: Path
) -> None:
    import_rows(village, tmp_path, [HEADINGS, *PEOPLE])
    before = stored(village)
    moved = [HEADINGS, LIN, changed(CHEN, code="0014", number="西街3号"), WANG]
    assert waiting(village, tmp_path, moved) == [("moved", "")]
    assert counts(import_rows(village, tmp_path, moved)) == (0, 0, 2, 0, 0)
    assert stored(village) == before, "nobody is moved, and no empty house is made"


def test_two_people_with_one_name_and_birthday_are_not_taken_for_a_move(
    village: Village, tmp_path: Path
) -> None:
    one = changed(WANG, code="0020", number="西街20号")
    two = changed(WANG, code="0021", number="西街21号")
    import_rows(village, tmp_path, [HEADINGS, one, two])
    third = [HEADINGS, changed(WANG, code="0022", number="西街22号")]
    assert waiting(village, tmp_path, third) == [("doubt", "several")]
    assert counts(import_rows(village, tmp_path, third)) == (0, 0, 0, 0, 2)


def test_another_name_at_one_birth_is_asked_about(village: Village, tmp_path: Path) -> None:
    import_rows(village, tmp_path, [HEADINGS, *PEOPLE])
    other = [HEADINGS, LIN, changed(CHEN, name="陈秀瑛"), WANG]
    assert waiting(village, tmp_path, other) == [("doubt", "name")]
    assert counts(import_rows(village, tmp_path, other)) == (0, 0, 2, 0, 1)
    assert only(village, "陈秀英").active


def test_a_household_that_gets_a_new_number_is_found_by_it(
    village: Village, tmp_path: Path
) -> None:
    import_rows(village, tmp_path, [HEADINGS, *PEOPLE])
    new = [changed(each, number="南街8号") for each in (LIN, CHEN)]
    assert counts(import_rows(village, tmp_path, [HEADINGS, *new, WANG])) == (0, 2, 1, 0, 0)
    assert {row.name for row in search(village, "南街8").rows} == {"林春生", "陈秀英"}
    assert search(village, "东街").total == 0


def test_household_codes_may_come_later(village: Village, tmp_path: Path) -> None:
    without = [changed(each, code="") for each in PEOPLE]
    import_rows(village, tmp_path, [HEADINGS, *without])
    ids = {name: only(village, name).id for name in ("林春生", "陈秀英", "王伟")}
    assert counts(import_rows(village, tmp_path, [HEADINGS, LIN, CHEN])) == (0, 2, 0, 0, 1)
    assert counts(import_rows(village, tmp_path, [HEADINGS, *PEOPLE])) == (0, 1, 2, 0, 0)
    assert counts(import_rows(village, tmp_path, [HEADINGS, *PEOPLE])) == (0, 0, 3, 0, 0)
    assert {name: only(village, name).id for name in ids} == ids
    with village.read() as session:
        assert set(session.scalars(select(Household.code))) == {"0012", "0013"}


def test_household_codes_may_be_missing_later(village: Village, tmp_path: Path) -> None:
    import_rows(village, tmp_path, [HEADINGS, *PEOPLE])
    without = [changed(each, code="") for each in PEOPLE]
    assert counts(import_rows(village, tmp_path, [HEADINGS, *without])) == (0, 0, 3, 0, 0)


def test_two_households_behind_one_door_stay_two(village: Village, tmp_path: Path) -> None:
    rows = [HEADINGS, LIN, changed(WANG, number="东街12号")]
    import_rows(village, tmp_path, rows)
    assert counts(import_rows(village, tmp_path, rows)) == (0, 0, 2, 0, 0)
    with village.read() as session:
        assert session.scalar(select(func.count()).select_from(Household)) == 2


def test_who_is_missing_from_a_new_register_stays_and_is_counted(
    village: Village, tmp_path: Path
) -> None:
    import_rows(village, tmp_path, [HEADINGS, *PEOPLE])
    assert counts(import_rows(village, tmp_path, [HEADINGS, LIN])) == (0, 0, 1, 0, 2)
    assert only(village, "王伟").active
    assert search(village, "ww").total == 1


def test_the_same_person_on_two_lines_goes_in_once(village: Village, tmp_path: Path) -> None:
    outcome = import_rows(village, tmp_path, [HEADINGS, LIN, CHEN, LIN])
    assert counts(outcome) == (2, 0, 0, 1, 0)
    assert outcome.refused == (RefusedRow(4, "row_twice", (2,)),)


@pytest.mark.parametrize("born", ["2026-11-24", "2099-01-01", "1899-12-31"])
def test_nobody_is_born_in_the_future_or_before_1900(
    village: Village, tmp_path: Path, born: str
) -> None:
    outcome = import_rows(village, tmp_path, [HEADINGS, changed(LIN, born_on=born), WANG])
    assert [(row.line, row.reason_code) for row in outcome.refused] == [(2, "row_date_impossible")]
    assert outcome.added == 1


def test_a_shop_is_a_shop_for_its_whole_household(village: Village, tmp_path: Path) -> None:
    rows = [(*HEADINGS, "房屋用途"), (*LIN, "住家"), (*CHEN, "小卖部"), (*WANG, "")]
    import_rows(village, tmp_path, rows)
    assert [row.premises for row in search(village, "0012").rows] == ["shop", "shop"]
    assert [row.premises for row in search(village, "0013").rows] == ["home"]


def test_a_crash_in_the_middle_leaves_nothing_behind(village: Village, tmp_path: Path) -> None:
    class PowerCut(Exception):
        pass

    def cut(done: int, of: int) -> None:
        if done:
            raise PowerCut

    import_rows(village, tmp_path, [HEADINGS, WANG])
    before = stored(village)
    file = write_csv(tmp_path / "r.csv", [HEADINGS, changed(WANG, phone="1390000"), LIN, CHEN])
    plan = importing_plan.plan(village, importing_plan.read_register(file))
    with pytest.raises(PowerCut):
        importing_plan.apply(village, plan, cut)
    assert stored(village) == before
    assert counts(importing_plan.apply(village, plan)) == (2, 1, 0, 0, 0)


def test_progress_runs_from_none_to_all(village: Village, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "r.csv", [HEADINGS, *PEOPLE])
    seen: list[tuple[int, int]] = []
    plan = importing_plan.plan(village, importing_plan.read_register(file))
    importing_plan.apply(village, plan, lambda done, of: seen.append((done, of)))
    assert seen[0] == (0, 3)
    assert seen[-1] == (3, 3)
    assert seen == sorted(seen)


def test_no_byte_of_the_village_holds_an_identity_number(
    sqlite_village: Village, tmp_path: Path
) -> None:
    number, other = identity_number(), identity_number("19900203", order="013")
    heads = (*HEADINGS, "身份证号", "备注")
    rows = [
        heads,
        (f"林春生 {number}", "男", "", f"东街12号{number}", number, f"户主{number}", number),
        (*WANG, other, f"证件 {other[:6]} {other[6:14]} {other[14:]}"),
        ("张?", "男", f"{other}", "", other, "", "", other, ""),
        ("李明", "男", f"生于{number}", "9", "", "", "", number, ""),
    ]
    outcome = import_rows(sqlite_village, tmp_path / ".." / tmp_path.name, rows)
    assert len(outcome.refused) == 2
    importing_plan.write_refused(sqlite_village.directory.root / "refused.csv", outcome.refused)
    files = [file for file in sqlite_village.directory.root.rglob("*") if file.is_file()]
    assert any(file.name.endswith("-wal") for file in files)
    for file in files:
        content = file.read_bytes()
        for secret in (number, other, number[:17], other[6:], "330382", "19560301", "19900203"):
            assert secret.encode() not in content, (file.name, secret)


def test_refused_rows_are_written_for_the_office_and_no_cell_is_a_formula(tmp_path: Path) -> None:
    refused = [
        RefusedRow(3, "row_name_damaged", ("=HYPERLINK(1)",), '=cmd|"/c calc"'),
        RefusedRow(4, "row_no_name", (), "+1"),
        RefusedRow(5, "row_no_name", (), "＝1"),
        RefusedRow(6, "row_twice", (2,), "@x"),
    ]
    importing_plan.write_refused(tmp_path / "refused.csv", refused)
    assert (tmp_path / "refused.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "refused.csv").open(encoding="utf-8-sig", newline="") as file:
        heads, *rows = list(csv.reader(file))
    assert len(heads) == 4
    assert [row[1] for row in rows] == ["3", "4", "5", "6"]
    assert all(row[2] and row[3] for row in rows)
    starts = tuple("=+-@\t\r＝＋－＠")
    assert not any(cell.startswith(starts) for row in rows for cell in row)


def test_every_reason_for_refusing_a_row_has_its_sentence(village: Village) -> None:
    reasons = ("no_name", "name_damaged", "name_too_long", "date_unclear", "date_impossible")
    houses = ("no_house", "code_too_long", "address_too_long", "twice")
    for reason in (*reasons, *houses):
        assert village.catalogue.text(f"residents.row_{reason}", "zh", "1", "2")


_LIN_OF_12 = ("林春生", "男", "1956-03-01", "东街13号", "0012", "户主", "")
_CHEN_OF_13 = ("陈秀英", "女", "1990/2/3", "东街13号", "0013", "户主", "")


@pytest.mark.parametrize(
    ("before", "register"),
    [
        (  # of three namesakes of a house one may be who lives there, whoever else was taken in
            [_CHEN_OF_13],
            [
                (*_CHEN_OF_13[:2], birth, *_CHEN_OF_13[3:])
                for birth in ("20010101", "", "1956-03-01")
            ],
        ),
        (  # one of two households behind a door waits for the desk, and a third has no code
            [_LIN_OF_12, ("王伟", "女", "", "东街12号", "0014", "户主", "")],
            [
                _LIN_OF_12,
                ("王伟", "", "20010101", "东街13号", "0013", "户主", ""),
                ("陈秀英", "女", "1990/2/3", "东街13号", "", "户主", ""),
            ],
        ),
    ],
)
def test_what_waits_for_the_desk_is_not_decided_by_the_same_register_again(
    before: Rows, register: Rows, sqlite_village: Village, tmp_path: Path
) -> None:
    import_rows(sqlite_village, tmp_path, [HEADINGS, *before])
    import_rows(sqlite_village, tmp_path, [HEADINGS, *register])
    then = stored(sqlite_village)
    again = import_rows(sqlite_village, tmp_path, [HEADINGS, *register])
    assert (again.added, again.updated) == (0, 0)
    assert stored(sqlite_village) == then


_PEOPLE = st.lists(
    st.tuples(
        st.sampled_from(["林春生", "陈秀英", "王伟", "李明", "张丽"]),
        st.sampled_from(["男", "女", ""]),
        st.sampled_from(["1956-03-01", "1990/2/3", "", "20010101"]),
        st.sampled_from(["东街12号", "东街13号", "西街1号", ""]),
        st.sampled_from(["", "0012", "0013"]),
        st.sampled_from(["户主", "妻", ""]),
        st.sampled_from(["", "13800000001"]),
    ),
    min_size=1,
    max_size=12,
)


@pytest.mark.long
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_PEOPLE, min_size=1, max_size=3))
def test_any_register_imported_again_changes_nothing(
    sqlite_village: Village, tmp_path: Path, registers: list[list[tuple[str, ...]]]
) -> None:
    for rows in registers:
        import_rows(sqlite_village, tmp_path, [HEADINGS, *rows])
    before = stored(sqlite_village)
    last = import_rows(sqlite_village, tmp_path, [HEADINGS, *registers[-1]])
    assert (last.added, last.updated) == (0, 0)
    assert stored(sqlite_village) == before
