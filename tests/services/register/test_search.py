"""Finding a neighbour while typing."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select, update

from kiosk.core.errors import ExpectedError
from kiosk.models.register import Resident, SearchTerm
from kiosk.services.demo.names import name_book
from kiosk.services.register.search import MOST_ROWS, Throttle, search
from kiosk.services.register.search_index import index_residents
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
    assert row.shared == ()
    assert row.enrolled is False


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


def test_twenty_exact_surnames_are_the_first_twenty_of_a_large_village(
    village: Village, settle: Settle
) -> None:
    for number in range(70):
        settle("陈丽", "东街", str(number + 1))
    for number in range(22):
        settle("李四", "西街", str(number + 1))
    result = search(village, "li")
    assert result.total == 92
    assert {row.name for row in result.rows} == {"李四"}
    assert [row.number for row in result.rows] == [str(number + 1) for number in range(20)]


def test_at_most_twenty_rows_come_with_the_exact_count_above(
    village: Village, settle: Settle
) -> None:
    for number in range(25):
        settle("张伟", "东街", str(number + 1))
    result = search(village, "zhang wei")
    assert len(result.rows) == MOST_ROWS
    assert result.total == 25
    assert [row.number for row in result.rows] == [str(number + 1) for number in range(20)]


def test_many_people_with_one_name_are_cut_by_house_and_not_by_chance(
    village: Village, settle: Settle
) -> None:
    for number in range(80, 0, -1):
        settle("张伟", "东街", str(number))
    assert [row.number for row in search(village, "zw").rows] == [str(n) for n in range(1, 21)]


def test_someone_found_in_two_ways_is_one_row_and_counts_once(
    village: Village, settle: Settle
) -> None:
    settle("李丽莉", "李街", "1")
    result = search(village, "li")
    assert (len(result.rows), result.total) == (1, 1)


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
        assert len(result.rows) == min(MOST_ROWS, len(expected))


class Seconds:
    """A stopwatch that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def admitted(throttle: Throttle, typed: str) -> bool:
    try:
        throttle.admit(typed)
    except ExpectedError as refusal:
        return refusal.code != "search_throttled"
    return True


def test_three_names_typed_letter_by_letter_pass_within_a_minute() -> None:
    throttle = Throttle(Seconds())
    for name in ("linchunsheng", "wangwei", "zhangmin"):
        for end in range(1, len(name) + 1):
            throttle.admit(name[:end])


def test_the_same_search_again_is_free() -> None:
    throttle = Throttle(Seconds())
    for _ in range(1000):
        throttle.admit("lin")
        throttle.admit("LIN ")


def test_the_thirty_first_search_of_a_minute_has_to_wait_and_is_told_how_long() -> None:
    seconds = Seconds()
    throttle = Throttle(seconds)
    for number in range(30):
        throttle.admit(str(number + 100))
    seconds.now += 20
    with pytest.raises(ExpectedError) as refusal:
        throttle.admit("999")
    assert refusal.value.values == (40,)
    seconds.now += 40
    throttle.admit("999")


def spent(file: Path, seconds: Seconds) -> Throttle:
    """All that a minute has room for was looked up."""
    throttle = Throttle(seconds, file)
    for number in range(30):
        throttle.admit(str(number + 100))
    return throttle


def test_whoever_starts_the_kiosk_anew_waits_as_long_as_before(tmp_path: Path) -> None:
    seconds, file = Seconds(), tmp_path / "searches.json"
    spent(file, seconds)
    seconds.now += 20
    with pytest.raises(ExpectedError) as refusal:
        Throttle(seconds, file).admit("999")
    assert refusal.value.values == (40,)
    seconds.now += 40
    Throttle(seconds, file).admit("999")


def test_what_was_looked_for_is_not_kept_and_nobody_else_may_read_when(tmp_path: Path) -> None:
    file = tmp_path / "searches.json"
    throttle = Throttle(Seconds(), file)
    throttle.admit("linchunsheng")
    assert json.loads(file.read_text("utf-8")) == [1000.0]
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("written", ["", "{}}", "[null]", "7", '["soon"]', "[1, 2"])
def test_a_spoilt_file_of_searches_frees_nobody(tmp_path: Path, written: str) -> None:
    seconds, file = Seconds(), tmp_path / "searches.json"
    file.write_text(written, "utf-8")
    throttle = Throttle(seconds, file)
    assert not admitted(throttle, "lin")
    seconds.now += 900
    assert admitted(throttle, "lin")


def test_a_clock_that_is_set_back_lets_nobody_wait_longer_than_a_window(tmp_path: Path) -> None:
    seconds, file = Seconds(), tmp_path / "searches.json"
    seconds.now = 1_000_000
    throttle = spent(file, seconds)
    seconds.now = 0
    for each in (throttle, Throttle(seconds, file)):
        with pytest.raises(ExpectedError) as refusal:
            each.admit("999")
        assert refusal.value.values == (60,)


def test_a_folder_that_takes_no_file_still_has_a_throttle(tmp_path: Path) -> None:
    throttle = spent(tmp_path / "nowhere" / "searches.json", Seconds())
    assert not admitted(throttle, "999")


def test_typing_every_pair_of_letters_takes_more_than_an_hour() -> None:
    seconds = Seconds()
    throttle, began = Throttle(seconds), seconds.now
    for pair in product("abcdefghijklmnopqrstuvwxyz", repeat=2):
        while not admitted(throttle, "".join(pair)):
            seconds.now += 1
    assert seconds.now - began > 3600


def test_looking_somebody_up_loads_neither_the_dictionary_nor_the_spreadsheet_reader() -> None:
    program = (
        "import sys, kiosk.services.register.search, kiosk.services.register.people; "
        "sys.exit(bool({'pypinyin', 'openpyxl'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
