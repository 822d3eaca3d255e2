"""Who lives where, is of age, is here and is whose relative is what the log says."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from kiosk.core.ids import new_touch_id
from kiosk.models.register import Resident
from kiosk.services.audit.tables import check_tables, verify_village
from kiosk.services.ledger import log
from kiosk.services.my_data import corrections, houses
from kiosk.services.register import entries, people
from kiosk.services.register.importing import plan
from kiosk.services.village import Village
from kiosk.services.work import reading, writing
from tests.benchmarks.harness.bare import connected
from tests.services.cases.conftest import Hamlet, hamlet
from tests.services.register.registers import HEADINGS, write_csv
from tests.worlds.leaving import erase

__all__ = ["hamlet"]

LINES = (
    ("林春生", "男", "1956-03-01", "东街12号", "0012", "户主", "13800000001"),
    ("陈秀英", "女", "1958-07-09", "东街12号", "0012", "妻", ""),
    ("王伟", "男", "1990-02-03", "西街3号", "0013", "户主", "13800000002"),
    ("解小明", "男", "2015-06", "西街3号", "0013", "子", ""),
    ("单红", "女", "1971-11-30", "西街5号", "0014", "户主", ""),
)
LIN, CHEN, WANG, XIE, SHAN = range(1, 6)
"""Their numbers in the register, counted in the order of the lines."""

Found = set[tuple[str, str]]


@pytest.fixture
def lived(village: Village, tmp_path: Path) -> Village:
    """A register imported twice, two relatives, somebody corrected, somebody who left."""
    for lines in (LINES, LINES[:-1]):
        file = write_csv(tmp_path / "register.csv", [HEADINGS, *lines])
        plan.apply(village, plan.plan(village, plan.read_register(file)))
    with writing(village) as work:
        people.declare_relative(work, WANG, LIN)
        person = work.session.get_one(Resident, CHEN)
        person.is_head = True
        entries.person_changed(work, person, WANG)
    erase(village, SHAN)
    return village


def found(village: Village) -> Found:
    """What of the register is not as the log gives it, by code and name."""
    with reading(village) as work:
        return {(each.code, each.name) for each in check_tables(work).findings}


def change(village: Village, *statements: str) -> None:
    """What somebody does who has the database in their hands."""
    with village.write() as session:
        for statement in statements:
            session.execute(text(statement))


def test_a_register_that_was_imported_corrected_and_left_is_as_its_log_gives_it(
    lived: Village,
) -> None:
    assert found(lived) == set()
    assert verify_village(lived).findings == ()
    with lived.read() as session:
        numbers = session.scalars(select(Resident.id).order_by(Resident.id)).all()
    assert list(numbers) == [LIN, CHEN, WANG, XIE, SHAN]


def altered(column: str) -> Found:
    return {("row_altered", column)}


ATTACKS: dict[str, tuple[tuple[str, ...], Found]] = {
    "a decider lives in another household": (
        (f"UPDATE resident SET household_id = 1 WHERE id = {WANG}",),
        {*altered("resident.household_id"), ("search_altered", "")},
    ),
    "a child is of age": (
        (f"UPDATE resident SET born_on = '1999-06-30' WHERE id = {XIE}",),
        altered("resident.born_on"),
    ),
    "a birth is not known": (
        (f"UPDATE resident SET born_on = NULL WHERE id = {LIN}",),
        altered("resident.born_on"),
    ),
    "a day of birth is known": (
        (f"UPDATE resident SET born_day_known = true WHERE id = {XIE}",),
        altered("resident.born_day_known"),
    ),
    "somebody is gone": (
        (f"UPDATE resident SET active = false WHERE id = {WANG}",),
        {*altered("resident.active"), ("search_altered", "")},
    ),
    "somebody who left is here": (
        (f"UPDATE resident SET active = true WHERE id = {SHAN}",),
        altered("resident.active"),
    ),
    "somebody who left has a name": (
        (f"UPDATE resident SET name = '单红' WHERE id = {SHAN}",),
        altered("resident.name"),
    ),
    "somebody who left has a telephone": (
        (f"UPDATE resident SET phone = '1' WHERE id = {SHAN}",),
        {("left_not_erased", "")},
    ),
    "a wife is no head any more": (
        (f"UPDATE resident SET is_head = false WHERE id = {CHEN}",),
        altered("resident.is_head"),
    ),
    "two names are exchanged": (
        (
            f"UPDATE resident SET name = '王伟' WHERE id = {LIN}",
            f"UPDATE resident SET name = '林春生' WHERE id = {WANG}",
        ),
        {*altered("resident.name"), ("search_altered", "")},
    ),
    "a name is read otherwise": (
        (f"UPDATE resident SET pinyin = 'jiě xiǎo míng' WHERE id = {XIE}",),
        {*altered("resident.pinyin"), ("search_altered", "")},
    ),
    "a name stands elsewhere in lists": (
        (f"UPDATE resident SET name_order = 1 WHERE id = {XIE}",),
        {("search_altered", "")},
    ),
    "a person is put in": (
        (
            "INSERT INTO resident (id, household_id, register_key, name, pinyin, name_order,"
            " born_day_known, relation, is_head, phone, active) VALUES (99, 1, 'x', '', '', 0,"
            " true, '', false, '', true)",
        ),
        {("row_extra", "resident")},
    ),
    "a household is another's number": (
        ("UPDATE household SET number = '13' WHERE id = 1",),
        {*altered("household.number"), ("search_altered", "")},
    ),
    "a household stands in another lane": (
        ("UPDATE household SET lane = '南街' WHERE id = 1",),
        {*altered("household.lane"), ("search_altered", "")},
    ),
    "a household has another code": (
        ("UPDATE household SET code = '7' WHERE id = 1",),
        {*altered("household.code"), ("search_altered", "")},
    ),
    "a home is a shop": (
        ("UPDATE household SET premises = 'shop' WHERE id = 2",),
        altered("household.premises"),
    ),
    "a household is put in": (
        (
            "INSERT INTO household (id, code, lane, number, premises)"
            " VALUES (99, 'x', '', '', 'home')",
        ),
        {("row_extra", "household")},
    ),
    "two people are no relatives any more": (
        ("DELETE FROM declared_relative",),
        {("row_missing", "declared_relative")},
    ),
    "two people are relatives": (
        (f"INSERT INTO declared_relative VALUES ({CHEN}, {WANG})",),
        {("row_extra", "declared_relative")},
    ),
    "an import is forgotten": (
        ("DELETE FROM import_run WHERE id = 2",),
        {("row_missing", "import_run")},
    ),
    "an import counted otherwise": (
        ("UPDATE import_run SET refused = 7 WHERE id = 1",),
        altered("import_run.refused"),
    ),
    "somebody is not found": (
        (f"DELETE FROM search_term WHERE resident_id = {LIN}",),
        {("search_altered", "")},
    ),
    "somebody is found by another name": (
        (f"INSERT INTO search_term VALUES ({XIE}, 'zzz', 0, 1)",),
        {("search_altered", "")},
    ),
    "somebody who left is found": (
        (f"INSERT INTO search_term VALUES ({SHAN}, 'shan', 0, 1)",),
        {("search_altered", "")},
    ),
}


@pytest.mark.parametrize("what", ATTACKS)
def test_whatever_is_changed_in_the_register_is_named(lived: Village, what: str) -> None:
    statements, expected = ATTACKS[what]
    change(lived, *statements)
    assert found(lived) == expected
    assert not verify_village(lived).consistent


def test_a_term_of_nobody_is_named(lived: Village) -> None:
    if not lived.database.is_sqlite:
        pytest.skip("PostgreSQL lets nobody put in a term of nobody")
    with closing(connected(lived.directory.database)) as connection:
        connection.execute("PRAGMA foreign_keys = 0")
        connection.execute("INSERT INTO search_term VALUES (0, 'a', 0, 1), (99, 'a', 0, 1)")
        connection.commit()
    assert found(lived) == {("search_altered", "")}


NOT_ALLOWED = {
    "a person of a household that is none": (
        "person_changed",
        {"resident": LIN, "household": 77},
        "no household",
    ),
    "somebody of whom no register told": (
        "person_changed",
        {"resident": 77, "household": 1},
        "nobody",
    ),
    "one's own entry": ("person_changed", {"resident": WANG, "household": 1}, "one's own"),
    "one's own household": ("household_changed", {"household": 2}, "one's own"),
    "a relative's household": ("household_changed", {"household": 1}, "one's own"),
    "oneself as a relative": (
        "relative_declared",
        {"resident": LIN, "relative": LIN},
        "not two people, or said before",
    ),
    "a relative who left": (
        "relative_declared",
        {"resident": LIN, "relative": SHAN},
        "not two people, or said before",
    ),
    "relatives twice": (
        "relative_declared",
        {"resident": LIN, "relative": WANG},
        "not two people, or said before",
    ),
    "the end of what never was": (
        "relative_ended",
        {"resident": LIN, "relative": CHEN},
        "were not related",
    ),
}


@pytest.mark.parametrize("what", NOT_ALLOWED)
def test_what_no_service_would_say_of_the_register_is_named(lived: Village, what: str) -> None:
    kind, said, why = NOT_ALLOWED[what]
    with lived.read() as session:
        of_person = entries.of_person(session.get_one(Resident, LIN)).told()
        of_home = entries.of_household(session.get_one(Resident, LIN).household).told()
    base = {"person_changed": of_person, "household_changed": of_home}.get(kind, {})
    with writing(lived) as work:
        log.append(work, kind, {**base, "by": WANG, **said})
    assert ("not_allowed", f"{kind}: {why}") in found(lived)


def of_register(every: Found) -> Found:
    """What is not allowed, or is about the register: offices of the hamlet are in no entry."""
    tables = ("resident", "household", "declared_relative", "import_run", "")
    return {each for each in every if each[1].partition(".")[0] in tables or "allowed" in each[0]}


@pytest.mark.long
def test_what_a_clerk_corrects_is_allowed_and_as_the_log_gives_it(hamlet: Hamlet) -> None:
    village = hamlet.village
    with village.read() as session:
        there = session.get_one(Resident, hamlet.people["B"]).household_id
    corrected: tuple[tuple[str, Any, Callable[..., None], object], ...] = (
        ("A", "name", corrections.correct, "王改名"),
        ("A", "born_on", corrections.correct, "1951-02-03"),
        ("A", "house", houses.move_person, there),
        ("C", "house", houses.change_plate, "东街99号"),
    )
    for letter, what, answer, value in corrected:
        touch = new_touch_id()
        request = corrections.ask_correction(village, hamlet.sign(letter), what, "写错了", touch)
        clerk = hamlet.sign("Z", "clerk")
        answer(village, clerk, request, value, "照户口本改好了。", new_touch_id())
        assert of_register(found(village)) == set()
