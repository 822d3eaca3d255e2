"""The brief form of the random life of a whole village, and the defect that it has to find."""

from __future__ import annotations

import pytest

from tests.faults.command import harness

pytestmark = pytest.mark.long


@pytest.mark.timeout(300)
def test_whatever_a_village_does_the_log_and_the_tables_say_the_same() -> None:
    told = harness("village", "--brief")
    assert told["breaches"] == 0, told["broken"]
    assert told["village: steps"] == 200
    assert told["village: kinds of steps done"] >= 30


@pytest.mark.timeout(300)
def test_a_wallet_that_forgets_what_the_log_says_is_found() -> None:
    assert harness("village", "--defect", "--brief")["breaches"] > 0
