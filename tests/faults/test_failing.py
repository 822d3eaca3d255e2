"""The brief form of failing disks, and the defect that it has to find."""

from __future__ import annotations

import pytest

from tests.faults.command import harness


@pytest.mark.timeout(600)
def test_a_disk_that_fails_costs_nothing_but_a_sentence() -> None:
    told = harness("failing", "--brief")
    assert told["breaches"] == 0, told["broken"]
    assert told["reopened and held to every promise"] >= 50
    assert told["next tries that worked"] > 5


@pytest.mark.timeout(400)
def test_a_program_that_believes_every_commit_is_found_out() -> None:
    assert harness("failing", "--defect", "--brief")["breaches"] > 0
