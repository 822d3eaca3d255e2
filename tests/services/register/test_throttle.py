"""What a terminal still shows after many searches."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.core.errors import ExpectedError
from kiosk.services.register.search import FEW, SearchResult, SearchRow
from kiosk.services.register.throttle import (
    OF_ALL,
    OF_OFFICIAL,
    OF_RESIDENT,
    SEARCHES,
    Throttle,
)

HOUR = 3600
MINUTES = FEW * 60 // OF_ALL.an_hour
"""Until there are names for one more answer, where there is none."""


class Seconds:
    """A stopwatch that a test moves."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def row(number: int, *, called_so: bool = False) -> SearchRow:
    return SearchRow(
        resident_id=number,
        name=f"林{number}",
        pinyin="",
        lane="东街",
        number=str(number),
        premises="home",
        called_so=called_so,
    )


def found(*rows: SearchRow, total: int | None = None) -> SearchResult:
    people = len(rows) if total is None else total
    return SearchResult(typed="林", rows=rows, total=people, too_short=False)


def refusal(throttle: Throttle, answer: SearchResult, who: int | None = None) -> ExpectedError:
    with pytest.raises(ExpectedError) as refused:
        throttle.shown(answer, who)
    return refused.value


def show(throttle: Throttle, many: int, *, first: int = 1000, who: int | None = None) -> None:
    """So many new names, as many at once as there may be."""
    for number in range(first, first + many, FEW):
        throttle.shown(found(*map(row, range(number, number + FEW))), who)


def admitted(throttle: Throttle, typed: str) -> bool:
    try:
        throttle.admit(typed)
    except ExpectedError as refused:
        return refused.code != "search_throttled"
    return True


def spent(seconds: Seconds, file: Path | None = None) -> Throttle:
    """A terminal that has shown all that it shows at once."""
    throttle = Throttle(seconds, file)
    show(throttle, OF_ALL.most)
    return throttle


def test_five_names_typed_letter_by_letter_pass_at_once() -> None:
    throttle = Throttle(Seconds())
    for name in ("linchunsheng", "wangwei", "zhangmin", "ouyangxiuying", "shanxiongxin"):
        for end in range(1, len(name) + 1):
            throttle.admit(name[:end])


def test_the_same_search_again_is_free() -> None:
    throttle = Throttle(Seconds())
    for _ in range(1000):
        throttle.admit("lin")
        throttle.admit("LIN ")


def test_whoever_searched_very_often_waits_a_few_seconds_and_is_told_how_many() -> None:
    seconds = Seconds()
    throttle = Throttle(seconds)
    for number in range(SEARCHES.most):
        throttle.admit(str(number + 100))
    with pytest.raises(ExpectedError) as refused:
        throttle.admit("9999")
    assert refused.value.values == (HOUR // SEARCHES.an_hour,)
    seconds.now += HOUR // SEARCHES.an_hour
    throttle.admit("9999")


def test_when_the_names_are_spent_a_part_of_a_name_finds_nobody_and_the_wait_is_told() -> None:
    seconds = Seconds()
    throttle = spent(seconds)
    refused = refusal(throttle, found(row(9999)))
    assert (refused.code, refused.values) == ("names_spent", (MINUTES,))
    seconds.now += MINUTES * 60
    assert throttle.shown(found(row(9999))).rows == (row(9999),)


@pytest.mark.parametrize(
    "answer", [found(), found(row(9999)), found(*map(row, range(9000, 9008))), found(total=40)]
)
def test_when_the_names_are_spent_every_part_of_a_name_gets_one_answer(
    answer: SearchResult,
) -> None:
    refused = refusal(spent(Seconds()), answer)
    assert (refused.code, refused.values) == ("names_spent", (MINUTES,))


def test_a_whole_name_is_found_and_costs_nothing() -> None:
    throttle = spent(Seconds())
    for number in range(5000, 5100):
        called_so = row(number, called_so=True)
        answer = throttle.shown(found(called_so, row(9999), total=30))
        assert (answer.rows, answer.total) == ((called_so,), 1)


def test_somebody_shown_before_is_found_the_whole_day_and_costs_nothing() -> None:
    seconds = Seconds()
    throttle = Throttle(seconds)
    for _ in range(OF_ALL.most):
        throttle.shown(found(row(1000), row(1001)))
    show(throttle, OF_ALL.most - FEW)
    assert throttle.shown(found(row(8888), row(1000))).rows == (row(8888), row(1000))
    assert throttle.shown(found(row(1000), row(9999))).rows == (row(1000),)
    seconds.now += 25 * HOUR
    throttle.admit("lin")
    show(throttle, OF_ALL.most, first=2000)
    assert refusal(throttle, found(row(1000))).code == "names_spent"


def test_what_is_too_short_shows_nobody_and_is_never_refused() -> None:
    too_short = SearchResult(typed="l", rows=(), total=0, too_short=True)
    assert spent(Seconds()).shown(too_short) is too_short


def test_whoever_signs_in_has_names_of_their_own() -> None:
    throttle = spent(Seconds())
    show(throttle, OF_RESIDENT.most, first=3000, who=7)
    refused = refusal(throttle, found(row(9999)), 7)
    assert (refused.code, refused.values) == ("own_names_spent", (FEW * 60 // OF_RESIDENT.an_hour,))
    assert throttle.shown(found(row(9999)), 8).rows


def test_a_clerk_can_enrol_people_from_morning_to_evening() -> None:
    seconds = Seconds()
    throttle = spent(seconds)
    for number in range(9 * 20):
        some = [row(10_000 + FEW * number + each) for each in range(FEW)]
        assert throttle.shown(found(*some), 5, official=True).rows
        seconds.now += HOUR / 20
    assert OF_OFFICIAL.most < FEW * 9 * 20


def test_whoever_starts_the_kiosk_anew_waits_as_long_as_before(tmp_path: Path) -> None:
    seconds, file = Seconds(), tmp_path / "searches.json"
    first = spent(seconds, file)
    show(first, OF_RESIDENT.most, first=3000, who=7)
    for number in range(SEARCHES.most):
        first.admit(str(number + 100))
    seconds.now += 2
    anew = Throttle(seconds, file)
    assert refusal(anew, found(row(9999))).values == (MINUTES,)
    assert refusal(anew, found(row(9999)), 7).code == "own_names_spent"
    assert not admitted(anew, "9999")
    seconds.now += MINUTES * 60
    assert anew.shown(found(row(9999))).rows


def test_who_was_looked_for_is_not_kept_and_nobody_else_may_read_what_is(tmp_path: Path) -> None:
    file = tmp_path / "searches.json"
    throttle = Throttle(Seconds(), file)
    throttle.admit("linchunsheng")
    throttle.shown(found(row(4321)))
    assert json.loads(file.read_text("utf-8")) == {
        "searches": [SEARCHES.most - 1, 1_000_000.0],
        "names": [OF_ALL.most - 1, 1_000_000.0],
    }
    assert file.stat().st_mode & 0o077 == 0


def test_a_day_later_nothing_is_kept_of_who_searched(tmp_path: Path) -> None:
    seconds, file = Seconds(), tmp_path / "searches.json"
    throttle = Throttle(seconds, file)
    throttle.shown(found(row(4321)), 7)
    assert "7" in file.read_text("utf-8")
    seconds.now += 25 * HOUR
    throttle.admit("lin")
    assert [*json.loads(file.read_text("utf-8"))] == ["searches"]


SPOILT = ("", "{}}", "[null]", "7", '["soon"]', "[1, 2", '{"names": 7}', '{"names": [NaN, 1]}')


@pytest.mark.parametrize("written", [*SPOILT, '{"names": [Infinity, 0], "searches": [1, 1]}'])
def test_a_spoilt_file_frees_nobody_and_is_forgiven_in_a_day(tmp_path: Path, written: str) -> None:
    seconds, file = Seconds(), tmp_path / "searches.json"
    file.write_text(written, "utf-8")
    throttle = Throttle(seconds, file)
    assert not admitted(throttle, "lin")
    assert refusal(throttle, found(row(1))).code == "names_spent"
    seconds.now += MINUTES * 60
    assert admitted(throttle, "lin")
    assert throttle.shown(found(row(1))).rows
    seconds.now += 25 * HOUR
    assert admitted(throttle, "lin")
    assert throttle.shown(found(*map(row, range(20, 20 + FEW)))).rows


def test_more_than_there_is_at_most_cannot_be_written_into_the_file(tmp_path: Path) -> None:
    seconds, file = Seconds(), tmp_path / "searches.json"
    file.write_text(json.dumps({"names": [1e9, seconds.now]}), "utf-8")
    throttle = Throttle(seconds, file)
    show(throttle, OF_ALL.most)
    assert refusal(throttle, found(row(9999))).values == (MINUTES,)


def test_a_clock_that_is_set_back_lets_nobody_wait_longer(tmp_path: Path) -> None:
    seconds, file = Seconds(), tmp_path / "searches.json"
    throttle = spent(seconds, file)
    seconds.now = 1000
    for each in (throttle, Throttle(seconds, file)):
        assert refusal(each, found(row(9999))).values == (MINUTES,)
    seconds.now += MINUTES * 60
    assert throttle.shown(found(row(9999))).rows


def test_a_folder_that_takes_no_file_still_has_a_throttle(tmp_path: Path) -> None:
    throttle = spent(Seconds(), tmp_path / "nowhere" / "searches.json")
    assert refusal(throttle, found(row(9999))).code == "names_spent"
