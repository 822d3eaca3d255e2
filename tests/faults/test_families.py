"""The defect that the random life of families has to find; its short form is a test of the room."""

from __future__ import annotations

import pytest

from tests.faults.command import harness

pytestmark = pytest.mark.long


@pytest.mark.timeout(300)
def test_a_card_that_outlives_its_holder_is_found() -> None:
    assert harness("families", "--defect", "--brief")["breaches"] > 0
