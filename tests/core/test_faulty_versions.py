from __future__ import annotations

import platform
from importlib.metadata import version

import pysqlite3
import pytest

from kiosk.core.faulty_versions import KNOWN_BAD, known_bad

GOOD = {
    "python": "3.11.2",
    "pyside": "6.11.3",
    "sqlite": "3.53.4",
    "reportlab": "5.1.0",
    "journal_mode": "wal",
}


def codes(**changed: str) -> list[str]:
    return [finding.code for finding in known_bad(**{**GOOD, **changed})]


def test_the_shipped_versions_have_no_known_fault() -> None:
    assert codes() == []


def test_the_versions_installed_here_have_no_known_fault() -> None:
    here = known_bad(
        platform.python_version(),
        version("PySide6-Essentials"),
        pysqlite3.sqlite_version,
        version("reportlab"),
        "wal",
    )
    assert here == []


@pytest.mark.parametrize(
    ("python", "expected"),
    [("3.11.9", ["pyside_drops_none"]), ("3.12.0", []), ("3.13.1", [])],
)
def test_pyside_6_12_0_is_refused_on_python_3_11_alone(python: str, expected: list[str]) -> None:
    assert codes(pyside="6.12.0", python=python) == expected


@pytest.mark.parametrize(
    ("sqlite", "journal_mode", "expected"),
    [
        ("3.40.1", "wal", ["sqlite_wal_reset"]),
        ("3.40.1", "WAL", ["sqlite_wal_reset"]),
        ("3.51.2", "wal", ["sqlite_wal_reset"]),
        ("3.51.3", "wal", []),
        ("3.40.1", "delete", []),
        ("3.52.0", "delete", ["sqlite_withdrawn"]),
    ],
)
def test_an_old_sqlite_is_refused_in_wal_mode(
    sqlite: str, journal_mode: str, expected: list[str]
) -> None:
    assert codes(sqlite=sqlite, journal_mode=journal_mode) == expected


@pytest.mark.parametrize(
    ("python", "expected"),
    [("3.10.14", ["python_too_old"]), ("3.14.0", ["python_unlocked"]), ("3.11.0rc1", [])],
)
def test_a_python_outside_the_locked_range_is_refused(python: str, expected: list[str]) -> None:
    assert codes(python=python) == expected


def test_a_reportlab_that_runs_code_from_markup_is_refused() -> None:
    assert codes(reportlab="3.6.12") == ["reportlab_runs_code"]


def test_every_fault_is_found_and_named_once() -> None:
    found = known_bad("3.10", "6.12.0", "3.40.1", "3.5", "wal")
    assert [finding.subject for finding in found] == [
        "Python 3.10",
        "SQLite 3.40.1",
        "reportlab 3.5",
    ]


def test_each_entry_of_the_list_can_be_met_and_says_why() -> None:
    assert len({entry.code for entry in KNOWN_BAD}) == len(KNOWN_BAD)
    for entry in KNOWN_BAD:
        assert entry.since < entry.before
        assert entry.reason


def test_a_version_that_is_no_version_is_an_error() -> None:
    with pytest.raises(ValueError, match="latest"):
        codes(sqlite="latest")


def test_release_numbers_are_compared_as_numbers() -> None:
    assert codes(sqlite="3.9.0") == ["sqlite_wal_reset"]
