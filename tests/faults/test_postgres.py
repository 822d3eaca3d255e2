"""PostgreSQL killed under four terminals, and the defect that has to be found."""

from __future__ import annotations

import pytest

from scripts.with_postgres import NoServerError, newest_server
from tests.faults.command import harness


def _installed() -> bool:
    try:
        return newest_server().exists()
    except NoServerError:
        return False


needs_server = pytest.mark.skipif(not _installed(), reason="PostgreSQL is not installed")


@needs_server
@pytest.mark.timeout(300)
def test_a_killed_server_loses_nothing_and_forks_nothing() -> None:
    told = harness("postgres", "--brief")
    assert told["breaches"] == 0, told["broken"]
    assert told["kills of the server"] == 5
    assert told["acknowledged operations"] > 10


@needs_server
@pytest.mark.timeout(300)
def test_a_server_that_answers_before_its_commit_is_found_out() -> None:
    assert harness("postgres", "--defect")["breaches"] > 0
