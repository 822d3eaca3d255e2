"""The benchmarks can be run, and say what is compared; what they measure is asserted nowhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from tests.benchmarks.harness.line import OURS, Goal, Line, NotToBeHad, Place, Row, Side, Size
from tests.benchmarks.harness.report import Report, page, table
from tests.benchmarks.harness.running import measure, ratios
from tests.benchmarks.lines.every import every_line

MACHINE = {
    "processor": "a processor",
    "cores": 2,
    "memory_gib": 4,
    "system": "Linux",
    "load": [0, 0, 0],
    "versions": {"Python": "3.11"},
    "peers": {"typst": "0.15"},
    "commit": "abc",
}


SIZES: tuple[Size, ...] = ("quick", "whole")


@pytest.mark.parametrize("size", SIZES)
def test_every_line_has_something_beside_it_and_something_to_reach(size: Size) -> None:
    lines = every_line(size)
    assert len({line.name for line in lines}) == len(lines) > 0
    for line in lines:
        assert line.beside, line.name
        assert any(row.goals for row in line.rows), line.name
        assert line.note, line.name
        assert line.runs > 0, line.name


def test_both_sizes_have_the_same_lines() -> None:
    quick, whole = ([line.name for line in every_line(size)] for size in SIZES)
    assert quick == whole


@pytest.mark.long
@pytest.mark.parametrize("name", ["deeds", "search-village", "import-csv"])
def test_a_line_is_measured_and_written_down(name: str, tmp_path: Path) -> None:
    line = next(each for each in every_line("quick") if each.name == name)
    measured = measure(line, "quick", tmp_path / "shelf")
    report = Report(tmp_path / "benchmarks.json", tmp_path / "benchmarks.md", [name])
    report.add(measured, MACHINE)
    kept = json.loads(report.json.read_text("utf-8"))
    (told,) = kept["lines"]
    assert {each["name"] for each in told["rows"][0]["beside"]} == set(line.beside)
    assert all(row["ours"]["figures"] for row in told["rows"])
    assert re.search(rf"\| \*\*{name}\*\*: [^|]+ \| [\d.,]+ m?s \|", page(kept))
    assert report.page.read_text("utf-8") == page(kept)
    assert list((tmp_path / "shelf").iterdir()) == []


def compared(name: str = "turns", most: float = 1) -> Line:
    """A line whose sides say who was asked when: ours 1, 4 and 5, the other 2, 3 and 6."""
    asked = count(1)

    @contextmanager
    def sides(_place: Place) -> Iterator[Mapping[str, Side]]:
        yield dict.fromkeys((OURS, "other"), lambda: {"turn": next(asked)})

    row = Row("turn", "who comes when", "ms", (Goal(most, "other"),))
    return Line(name=name, rows=(row,), beside=("other",), sides=sides, runs=3)


def test_the_sides_take_turns_and_each_begins_in_its_turn(tmp_path: Path) -> None:
    (row,) = measure(compared(), "quick", tmp_path)["rows"]
    assert row["ours"]["figures"] == [1, 4, 5]
    assert row["beside"][0]["figures"] == [2, 3, 6]
    assert row["ours"]["median"] == 4
    assert (row["ours"]["least"], row["ours"]["most"]) == (1, 5)


def test_a_peer_that_is_not_to_be_had_is_named_with_the_reason(tmp_path: Path) -> None:
    @contextmanager
    def sides(_place: Place) -> Iterator[Mapping[str, Side]]:
        def other() -> Mapping[str, float]:
            raise NotToBeHad("nobody sells it")

        yield {OURS: lambda: {"turn": 1}, "other": other}

    measured = measure(replace(compared(), sides=sides), "quick", tmp_path)
    _, _, row = table([measured])
    assert row.endswith("| 1 ms | other | not to be had: nobody sells it | | 1 times | |")


def test_a_ratio_is_taken_run_by_run() -> None:
    assert ratios([2, 30], [1, 10]) == [2, 3]


@pytest.mark.parametrize(("most", "told"), [(1, "yes"), (0.5, "**no**")])
def test_the_table_says_whether_a_goal_is_reached(tmp_path: Path, most: float, told: str) -> None:
    _, _, row = table([measure(compared(most=most), "quick", tmp_path)])
    assert row.endswith(f"| {most} times | {told} |")


def test_what_was_measured_stays_when_another_line_is_measured(tmp_path: Path) -> None:
    report = Report(tmp_path / "b.json", tmp_path / "b.md", ["one", "two"])
    for name in ("two", "one", "two"):
        report.add(measure(compared(name), "quick", tmp_path), MACHINE)
    kept = json.loads(report.json.read_text("utf-8"))
    assert [each["name"] for each in kept["lines"]] == ["one", "two"]


def test_a_goal_beside_nothing_is_an_error() -> None:
    row = Row("turn", "who comes when", "ms", (Goal(1, "nobody"),))
    with pytest.raises(ValueError, match="nobody"):
        Line(name="a", rows=(row,), beside=("other",), sides=compared().sides, runs=1)
