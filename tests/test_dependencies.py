"""What is imported is declared and pinned with hashes, and what is declared is imported."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from scripts.house_rules import ROOT

INDIRECT = {
    "psycopg": "SQLAlchemy loads it by the database's URL",
    "pyside6-addons": "holds Qt Virtual Keyboard, which QML loads",
}
"""Run-time dependencies that no line imports."""

OWN = {"kiosk", "scripts", "tests"}


def normal(name: str) -> str:
    """A distribution's name as the Python Packaging Authority compares names (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(requirements: Iterable[str]) -> set[str]:
    return {normal(re.split(r"[\[=<>!~ ;]", line, maxsplit=1)[0]) for line in requirements}


def imported(folder: Path) -> set[str]:
    """The distributions whose modules the Python files below `folder` import."""
    modules: set[str] = set()
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module.split(".")[0])
    holders = packages_distributions()
    third_party = modules - sys.stdlib_module_names - OWN
    return {normal(holders[module][0]) for module in third_party if module in holders}


@pytest.fixture(scope="module")
def project() -> dict[str, set[str]]:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return {
        "run": declared(table["project"]["dependencies"]),
        "dev": declared(table["dependency-groups"]["dev"]),
        "bench": declared(table["dependency-groups"]["bench"]),
    }


def test_the_kiosk_imports_only_what_it_declares(project: dict[str, set[str]]) -> None:
    # Essentials and Addons share the package PySide6; either names it.
    assert imported(ROOT / "kiosk") - {"pyside6-addons"} <= project["run"]


@pytest.mark.long
def test_the_kiosk_declares_only_what_it_uses(project: dict[str, set[str]]) -> None:
    used = imported(ROOT / "kiosk") | INDIRECT.keys() | {"pyside6-essentials"}
    assert project["run"] - used == set()


@pytest.mark.long
def test_tests_and_scripts_import_only_what_is_declared(project: dict[str, set[str]]) -> None:
    used = imported(ROOT / "tests") | imported(ROOT / "scripts")
    assert used - {"pyside6-addons"} <= project["run"] | project["dev"]


@pytest.mark.parametrize("name", ["run", "dev", "bench"])
def test_a_lock_pins_and_hashes_everything_and_names_no_place(name: str) -> None:
    lock = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    pinned = re.split(r"\n(?=[a-z0-9])", re.sub(r"^#.*\n", "", lock, flags=re.M))
    assert all(re.match(r"[a-z0-9-]+==[\w.]+ ", entry) for entry in pinned)
    assert all("--hash=sha256:" in entry for entry in pinned)
    assert not re.search(r"https?:|file:|/", re.sub(r"^ *#.*$", "", lock, flags=re.M))


def test_the_locks_hold_what_is_declared_and_agree(project: dict[str, set[str]]) -> None:
    pins = {
        name: set(
            re.findall(
                r"^([a-z0-9-]+)==([\w.]+)", (ROOT / f"requirements/{name}.txt").read_text(), re.M
            )
        )
        for name in ("run", "dev", "bench")
    }
    assert pins["run"] <= pins["dev"]
    assert project["run"] <= {name for name, _ in pins["run"]}
    assert project["dev"] <= {name for name, _ in pins["dev"]}
    assert project["bench"] <= {name for name, _ in pins["bench"]}


def test_an_import_that_nobody_declared_is_seen(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("import os\nimport hypothesis.strategies\n", "utf-8")
    assert imported(tmp_path) == {"hypothesis"}
