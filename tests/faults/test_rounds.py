"""Rounds at random in their short form, and the defect that they have to find."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import hall
from tests.faults import rounds as at_random
from tests.faults.command import harness
from tests.faults.report import Report

pytestmark = pytest.mark.long


@pytest.mark.timeout(300)
def test_no_star_counts_without_two_who_were_drawn_and_the_households_time(tmp_path: Path) -> None:
    hall.cheap_pins()
    report, life = Report("rounds"), at_random.begin(tmp_path)
    with life.village.closing():
        at_random.live(life, report, 200)
    assert report.broken == []
    assert report.counts["done: an_inspector_looks"] > 0


@pytest.mark.timeout(300)
def test_a_household_that_has_no_time_is_found() -> None:
    assert harness("rounds", "--defect", "--brief")["breaches"] > 0
