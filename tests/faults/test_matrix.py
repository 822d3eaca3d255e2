"""The brief form of the whole matrix of tampering, and the village that it is tried on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.models import Base
from kiosk.services.audit.tables import verify_village
from kiosk.services.village import Village
from tests.faults import matrix
from tests.faults.everything import empty_tables, everything
from tests.faults.report import Report

pytestmark = pytest.mark.long


@pytest.fixture
def full_village(tmp_path: Path) -> Iterator[Village]:
    """A village with rows in every table."""
    with everything(tmp_path).closing() as village:
        yield village


@pytest.mark.timeout(300)
def test_every_table_has_rows_to_tamper_with(full_village: Village) -> None:
    """A new table belongs into the full day, or nobody knows whether tampering with it is found."""
    assert empty_tables(full_village) == ()
    assert verify_village(full_village).findings == ()


@pytest.mark.timeout(300)
def test_a_cell_of_each_table_is_judged_and_taken_back(full_village: Village) -> None:
    report = Report("matrix")
    matrix.drive(full_village, report, "brief")
    assert report.broken == []
    assert report.counts["matrix: cells"] == len(Base.tables()) + matrix.SCHEMA_DRAWN
    assert report.counts[f"matrix: {matrix.OUTCOMES['bug']}"] == 0
    assert verify_village(full_village).findings == ()
