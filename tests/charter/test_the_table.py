"""`docs/charter.md` names what there is: every test on that page, every article and its doors."""

from __future__ import annotations

import ast
import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
PAGE = (TESTS.parent / "docs" / "charter.md").read_text("utf-8")


def functions(folder: Path) -> set[str]:
    return {
        node.name
        for file in folder.rglob("test_*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    }


def test_every_test_on_the_page_exists() -> None:
    named = set(re.findall(r"`(test_[a-z0-9_]+)`", PAGE))
    assert len(named) > 100
    assert named - functions(TESTS) == set()


def test_every_test_of_an_article_is_on_the_page() -> None:
    there = {
        name
        for name in functions(Path(__file__).parent)
        if name.startswith("test_") and name not in globals() and f"`{name}`" not in PAGE
    }
    assert there == SAY_IT_ANOTHER_WAY


SAY_IT_ANOTHER_WAY = {
    "test_the_list_of_areas_is_closed_and_is_the_charters",
    "test_a_harmless_neighbour_passes_as_a_rule_and_as_words",
    "test_there_are_sixty_wordings_of_each_kind_in_each_language",
    "test_the_shipped_rules_are_within_the_charter_themselves",
    "test_an_officer_on_leave_who_never_countersigns_harms_nobody",
    "test_the_watch_lets_what_is_no_list_pass",
}
"""Tests of tables and of the tests themselves, which are no door."""


def test_every_article_has_its_table() -> None:
    assert [int(n) for n in re.findall(r"^## (\d+)\. ", PAGE, re.MULTILINE)] == list(range(1, 12))
    for part in re.split(r"^## \d+\. ", PAGE, flags=re.MULTILINE)[1:]:
        table = part.partition("\n## ")[0]
        for door in ("services", "commands", "database"):
            assert re.search(rf"^\| {door}", table, re.MULTILINE), (door, table[:40])
