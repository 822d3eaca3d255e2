"""Finding a neighbour while typing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields
from itertools import product
from random import Random

import pytest
from sqlalchemy import insert, select, update

from kiosk.models.register import Resident, SearchTerm
from kiosk.services.demo.names import name_book
from kiosk.services.register.search import FEW, MOST_COUNTED, MOST_ROWS, search
from kiosk.services.register.search_index import index_residents, insert_terms
from kiosk.services.village import Village

Settle = Callable[..., int]


def names(village: Village, typed: str) -> list[str]:
    return [row.name for row in search(village, typed).rows]


def test_a_row_shows_name_pinyin_and_house_and_nothing_else(
    village: Village, settle: Settle
) -> None:
    resident_id = settle("林春生", "东街", "12")
    (row,) = search(village, "lcs").rows
    assert (row.resident_id, row.name, row.pinyin) == (resident_id, "林春生", "lín chūn shēng")
    assert (row.lane, row.number, row.premises) == ("东街", "12", "home")
    assert {each.name for each in fields(row)} == {
        *("resident_id", "name", "pinyin", "lane", "number", "premises", "called_so")
    }


@pytest.mark.parametrize("typed", ["", " ", "l", "。", "%", "_", "ｌ"])
def test_one_letter_is_too_short(village: Village, settle: Settle, typed: str) -> None:
    settle("林春生")
    result = search(village, typed)
    assert result.too_short
    assert result.rows == ()


@pytest.mark.parametrize("typed", ["林", "1", "li"])
def test_one_character_one_digit_or_two_letters_are_enough(
    village: Village, settle: Settle, typed: str
) -> None:
    settle("林春生")
    assert names(village, typed) == ["林春生"]


def test_what_a_pattern_would_mean_means_nothing_here(village: Village, settle: Settle) -> None:
    settle("林春生")
    for typed in ("%%", "林%", "__", "'; DROP TABLE resident; --", "*", "[a-z]", "林\x00"):
        search(village, typed)
    assert names(village, "%%") == []
    assert names(village, "林") == ["林春生"]


def test_the_same_name_stands_once_for_each_house_two_before_ten(
    village: Village, settle: Settle
) -> None:
    for number in ("10", "2", "1"):
        settle("李秀英", "东街", number)
    settle("李秀英", "西街", "1")
    found = [(row.lane, row.number) for row in search(village, "李秀英").rows]
    assert found == [("东街", "1"), ("东街", "2"), ("东街", "10"), ("西街", "1")]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("li", ["黎春山", "李明", "梁军", "林平", "白丽", "田琳", "王立"]),
        ("lin", ["林平", "田琳"]),
        ("李", ["李明"]),
        ("l", []),
    ],
)
def test_a_surname_that_is_what_was_typed_comes_before_a_longer_one_and_before_given_names(
    village: Village, settle: Settle, typed: str, expected: list[str]
) -> None:
    for name in ("王立", "林平", "李明", "白丽", "梁军", "黎春山", "田琳"):
        settle(name)
    assert names(village, typed) == expected


@pytest.mark.parametrize("typed", ["张", "zhang", "zw", "zhangwe", "1", "东街"])
def test_of_more_than_a_few_nobody_is_shown_and_the_count_is_exact(
    village: Village, settle: Settle, typed: str
) -> None:
    for number in range(FEW + 1):
        settle(f"张伟{'芳娜敏静丽强磊军洋'[number]}", "东街", f"1{number}")
    result = search(village, typed)
    assert (result.rows, result.total, result.too_short) == ((), FEW + 1, False)


def test_a_few_are_all_shown(village: Village, settle: Settle) -> None:
    for number in range(FEW, 0, -1):
        settle("张伟", "东街", str(number))
    result = search(village, "zh")
    assert [row.number for row in result.rows] == [str(number + 1) for number in range(FEW)]
    assert result.total == FEW


@pytest.mark.long
@pytest.mark.parametrize("typed", ["张伟", "zhang wei", "ZHĀNG WĚI"])
def test_those_of_a_whole_name_are_shown_among_many_whose_name_only_begins_so(
    village: Village, settle: Settle, typed: str
) -> None:
    for number in range(30):
        settle("张伟民", "西街", str(number + 1))
    for number in range(MOST_ROWS, 0, -1):
        settle("张伟", "东街", str(number))
    result = search(village, typed)
    assert result.total == MOST_ROWS + 30
    found = [(row.name, row.number, row.called_so) for row in result.rows]
    assert found == [("张伟", str(number + 1), True) for number in range(MOST_ROWS)]


def test_more_of_one_name_than_there_are_rows_are_found_by_their_house(
    village: Village, settle: Settle
) -> None:
    for number in range(MOST_ROWS + 1):
        settle("张伟", "东街", str(number + 1))
    result = search(village, "张伟")
    assert (result.rows, result.total) == ((), MOST_ROWS + 1)
    assert [row.number for row in search(village, "东街7号").rows] == ["7"]


def test_a_given_name_alone_or_initials_are_no_whole_name(village: Village, settle: Settle) -> None:
    settle("王春生")
    for typed in ("春生", "chunsheng", "wcs", "王", "王春", "12", "东街12号"):
        assert [row.called_so for row in search(village, typed).rows] == [False], typed


def test_someone_found_in_two_ways_is_one_row_and_counts_once(
    village: Village, settle: Settle
) -> None:
    settle("李丽莉", "李街", "1")
    result = search(village, "li")
    assert (len(result.rows), result.total) == (1, 1)


def test_more_than_any_village_has_are_not_counted_one_by_one(
    village: Village, settle: Settle
) -> None:
    home = settle("林春生")
    with village.write() as session:
        house = session.get_one(Resident, home).household_id
        people = [
            {"household_id": house, "register_key": f"{n}", "name": "王", "name_order": 0}
            for n in range(MOST_COUNTED)
        ]
        session.execute(insert(Resident), people)
        made = session.scalars(select(Resident.id).where(Resident.name == "王")).all()
        insert_terms(session, [(each, "wq", 0, 0) for each in made])
    counted = search(village, "wq")
    assert (counted.rows, counted.total, counted.uncounted) == ((), MOST_COUNTED, False)
    with village.write() as session:
        insert_terms(session, [(home, "wq", 0, 0)])
    over = search(village, "wq")
    assert (over.rows, over.total, over.uncounted) == ((), MOST_COUNTED, True)


def test_a_house_is_found_by_number_lane_and_household_code(
    village: Village, settle: Settle
) -> None:
    settle("林春生", "东街", "12", "330012")
    settle("王伟", "东街", "120", "330013")
    assert names(village, "12") == ["林春生", "王伟"]
    assert names(village, "12号") == ["林春生"]
    assert names(village, "东街１２号") == ["林春生"]
    assert names(village, "dj12") == ["林春生", "王伟"]
    assert names(village, "330012") == ["林春生"]
    assert names(village, "户330013") == ["王伟"]
    assert names(village, "33") == []


def test_a_household_code_does_not_drown_the_house_number_it_begins_with(
    village: Village, settle: Settle
) -> None:
    settle("林春生", "东街", "7", "33038200001")
    settle("王伟", "东街", "33", "33038200002")
    assert names(village, "33") == ["王伟"]


def test_who_is_no_longer_active_is_not_found(village: Village, settle: Settle) -> None:
    resident_id = settle("林春生")
    with village.write() as session:
        session.execute(update(Resident).values(active=False))
        index_residents(session, [resident_id])
    result = search(village, "lcs")
    assert (result.rows, result.total) == ((), 0)


def test_a_new_name_takes_the_place_of_the_old_one(village: Village, settle: Settle) -> None:
    resident_id = settle("林春生")
    with village.write() as session:
        session.execute(update(Resident).values(name="陈春生"))
        index_residents(session, [resident_id])
    assert names(village, "林") == []
    assert names(village, "陈") == ["陈春生"]


@pytest.mark.long
def test_any_prefix_finds_and_counts_exactly_whom_a_plain_reading_finds(
    village: Village, settle: Settle
) -> None:
    book, random = name_book(Random(4)), Random(4)
    for number in range(60):
        settle(book.surname() + book.given(random.choice("MF"), 1970), "东街", str(number))
    with village.read() as session:
        all_terms = session.execute(select(SearchTerm.term, SearchTerm.resident_id)).all()
    for typed in ["".join(pair) for pair in product("abcdefghjlmnqrstwxyz", repeat=2)]:
        expected = {resident_id for term, resident_id in all_terms if term.startswith(typed)}
        result = search(village, typed)
        assert result.total == len(expected)
        assert {row.resident_id for row in result.rows} <= expected
        few = len(expected) if len(expected) <= FEW else 0
        assert len([row for row in result.rows if not row.called_so]) == few


@pytest.mark.long
def test_looking_somebody_up_loads_neither_the_dictionary_nor_the_spreadsheet_reader() -> None:
    program = (
        "import sys, kiosk.services.register.search, kiosk.services.register.people; "
        "sys.exit(bool({'pypinyin', 'openpyxl'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
