"""The brief form of ends that come from outside, and the defect that it has to find."""

from __future__ import annotations

import shutil

import pytest

from tests.faults.command import harness

pytestmark = [
    pytest.mark.timeout(400),
    pytest.mark.skipif(
        not (shutil.which("Xvfb") and shutil.which("strace")),
        reason="there is no screen's server here to be ended",
    ),
]


def test_the_closing_backup_is_whole_however_the_machine_is_stopped() -> None:
    told = harness("stopping", "--brief")
    assert told["breaches"] == 0, told["broken"]
    assert sum(count for name, count in told.items() if name.startswith("ends: ")) == 5


def test_a_program_that_does_not_hear_of_its_own_exit_is_found_out() -> None:
    assert harness("stopping", "--defect", "--brief")["breaches"] > 0
