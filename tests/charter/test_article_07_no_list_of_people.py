"""Article 7: no code path orders, ranks or filters residents by number, stars or concerns."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import event

from kiosk.cli.main import commands
from kiosk.models import Base
from kiosk.services.cases import decide, paper_notices, submit
from kiosk.services.cases.views import panel_view, related_cases
from kiosk.services.record import my_record, number
from kiosk.services.register.people import Person
from kiosk.services.register.search import SearchRow
from kiosk.services.village import Village
from tests.services.cases.conftest import Hamlet
from tests.worlds.full_day import live_a_full_day

FIGURES = {
    column.name
    for table in Base.metadata.sorted_tables
    for column in table.columns
    if column.name in ("points", "stars", "score", "rank", "total")
}
"""The columns that hold what somebody gained or lost."""
_CLAUSE = re.compile(
    r"\b(WHERE|ORDER BY|GROUP BY|HAVING|ON)\b(.*?)"
    r"(?=\b(?:WHERE|ORDER BY|GROUP BY|HAVING|LIMIT|RETURNING|ON|JOIN|SELECT)\b|$)",
    re.DOTALL,
)
KIOSK = Path(inspect.getfile(Base)).parents[1]


def breaches(statement: str) -> list[str]:
    """The clauses of a statement that sort, group or choose rows by a figure."""
    figure = re.compile(rf"(?<!%\()(?<![:\w])(?:\w+\.)?\"?({'|'.join(sorted(FIGURES))})\b")
    return [
        f"{clause} {text.strip()[:120]}"
        for clause, text in _CLAUSE.findall(statement)
        if figure.search(text)
    ]


def lists_people_by_concern(statement: str) -> bool:
    """Whether people are chosen by what kind of case there is about them."""
    people = re.search(r"\b(?:FROM|JOIN) resident\b", statement)
    chosen = [
        text for clause, text in _CLAUSE.findall(statement) if clause in ("WHERE", "HAVING", "ON")
    ]
    return bool(people) and any(re.search(r"\bkind\b", text) for text in chosen)


@contextmanager
def statements(village: Village) -> Iterator[list[str]]:
    """Every statement that reaches the database."""
    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        seen.append(statement)

    event.listen(village.database.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(village.database.engine, "before_cursor_execute", note)


@pytest.mark.long
def test_no_statement_of_a_full_day_sorts_or_chooses_by_points_or_stars(
    sqlite_hamlet: Hamlet, tmp_path: Path
) -> None:
    with statements(sqlite_hamlet.village) as seen:
        live_a_full_day(sqlite_hamlet, tmp_path)
    asked = [each for each in seen if each.lstrip().upper().startswith("SELECT")]
    assert len(asked) > 2_000
    for table in Base.metadata.sorted_tables:  # the watch has been in every room
        assert any(re.search(rf"\b{table.name}\b", each) for each in seen), table.name
    assert any("point_entry" in each for each in asked)
    assert any("rating" in each for each in asked)
    assert {line for each in seen for line in breaches(each)} == set()
    assert {each for each in seen if lists_people_by_concern(each)} == set()


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT id FROM point_entry WHERE points > 3",
        "SELECT resident_id FROM point_entry GROUP BY resident_id HAVING sum(points) > 3",
        "SELECT resident_id FROM point_entry ORDER BY sum(point_entry.points) DESC",
        'SELECT 1 FROM rating WHERE rating."stars" = 1',
        "SELECT 1 FROM resident JOIN point_entry ON point_entry.points < 0",
    ],
)
def test_the_watch_would_see_a_list(statement: str) -> None:
    assert breaches(statement)


def test_the_watch_would_see_a_list_of_those_with_concerns() -> None:
    assert lists_people_by_concern(
        'SELECT resident.name FROM resident JOIN "case" ON "case".subject_id = resident.id '
        'WHERE "case".kind = ?'
    )
    assert not lists_people_by_concern('SELECT id FROM "case" WHERE "case".kind = ?')


def test_the_watch_lets_what_is_no_list_pass() -> None:
    for statement in (
        "SELECT point_entry.points FROM point_entry WHERE point_entry.resident_id = ?",
        "SELECT sum(wallet_movement.points) FROM wallet_movement WHERE resident_id = ?",
    ):
        assert breaches(statement) == []


def test_nothing_is_stored_that_would_make_a_list_easy() -> None:
    for table in Base.metadata.sorted_tables:
        assert not {"score", "rank", "blacklist", "grade"} & set(table.columns.keys())
    person = Base.metadata.tables["resident"].columns.keys()
    assert not {"points", "stars", "number", "concerns"} & set(person)
    indexed = {
        column.name
        for table in Base.metadata.sorted_tables
        for index in table.indexes
        for column in index.columns
    }
    assert not indexed & FIGURES


def test_no_list_of_people_that_a_service_gives_holds_a_number() -> None:
    for line in (
        SearchRow,
        Person,
        paper_notices.NoticeSlipLine,
        panel_view.PanelLine,
        panel_view.PanelMember,
        related_cases.SimilarLine,
        related_cases.BetweenLine,
    ):
        assert is_dataclass(line)
        names = {field.name for field in fields(line)}
        assert not names & {"points", "stars", "score", "deeds", "concerns", "wallet", "rank"}


def test_a_number_is_worked_out_for_one_person_who_is_named() -> None:
    parameters = list(inspect.signature(number.number_of).parameters)
    assert parameters == ["work", "resident_id", "today"]
    assert list(inspect.signature(my_record.opened).parameters) == ["village", "session_id"]


@pytest.mark.long
def test_python_does_not_sort_people_by_it_either() -> None:
    """No key of a sort reaches for a figure."""
    found = []
    for file in sorted(KIOSK.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name not in ("sorted", "sort", "min", "max", "nlargest", "nsmallest"):
                continue
            keys = [ast.dump(word.value) for word in node.keywords if word.arg == "key"]
            found += [f"{file.name}: {key}" for key in keys if re.search("points|stars", key)]
    assert found == []


def test_the_command_line_has_no_list(tmp_path: Path) -> None:
    help_text = CliRunner().invoke(commands, ["--help"]).output
    for word in ("rank", "top", "list-residents", "blacklist", "numbers", "排名"):
        assert word not in help_text.lower().split()
    for name in ("rank", "top", "list", "blacklist"):
        assert name not in commands.commands


@pytest.mark.parametrize("role", ["officer", "clerk", "keeper"])
def test_the_queue_is_in_the_order_in_which_things_came(sqlite_hamlet: Hamlet, role: str) -> None:
    hamlet = sqlite_hamlet
    order = [
        hamlet.hand_in(letter, letter, rule).case_id
        for letter, rule in (("A", "help"), ("B", "visit"), ("C", "docks"), ("D", "help"))
    ]
    if role == "officer":
        lines = decide.queue(hamlet.village, hamlet.officer("Y"))
        assert [line.case_id for line in lines] == order
    assert submit.MOST_PENDING == 3
