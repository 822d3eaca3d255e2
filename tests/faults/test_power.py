"""The brief form of power cuts, and the settings that would have lost something in them."""

from __future__ import annotations

import pytest

from tests.faults.command import harness


@pytest.mark.timeout(400)
def test_no_power_cut_loses_what_was_acknowledged() -> None:
    told = harness("power", "--brief")
    assert told["breaches"] == 0, told["broken"]
    assert told["images of business operations, distinct"] >= 3_000
    assert told["images of founding, distinct"] > 50
    assert told["images of backup, distinct"] > 20
    assert told["images of restore, distinct"] > 10
    assert told["images of migration, distinct"] > 10


@pytest.mark.timeout(400)
def test_normal_synchronisation_is_caught_losing() -> None:
    told = harness("power", "--defect", "--brief")
    assert told["images that lost something acknowledged"] > 0
