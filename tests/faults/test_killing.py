"""The brief form of kill -9, and the defect that it has to find."""

from __future__ import annotations

import pytest

from tests.faults.command import harness


@pytest.mark.timeout(400)
def test_nothing_acknowledged_is_lost_when_the_program_is_killed() -> None:
    told = harness("killing", "--brief")
    assert told["breaches"] == 0, told["broken"]
    assert told["reopened and held to every promise"] >= 44
    assert told["acknowledged operations"] > 75
    assert told["whole restarts with verify"] == 5


@pytest.mark.timeout(400)
def test_a_program_that_forgets_its_transactions_is_found_out() -> None:
    assert harness("killing", "--defect", "--brief")["breaches"] > 0
