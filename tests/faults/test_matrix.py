"""The brief form of the whole matrix of tampering, and the village that it is tried on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.models import Base
from kiosk.models.database import Database
from kiosk.services.audit.tables import verify_village
from kiosk.services.upkeep.to_postgres import copy_to
from kiosk.services.village import Village
from tests.faults import matrix, server_schema
from tests.faults.everything import empty_tables, everything
from tests.faults.report import Report
from tests.faults.tampered import OUTCOMES
from tests.worlds.server import PostgresDatabase, postgres

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
    cells = len(Base.tables()) + matrix.SCHEMA_DRAWN
    assert judged(full_village) == cells


@pytest.mark.postgres
@pytest.mark.timeout(300)
def test_on_a_server_the_rows_are_judged_alike(full_village: Village) -> None:
    if not postgres():
        pytest.skip("KIOSK_TEST_POSTGRES names no server; ./kiosk.sh test starts one")
    with PostgresDatabase() as url:
        copy_to(full_village, url)
        moved = replace(full_village, database=Database(url))
        with moved.closing():
            assert judged(moved) == len(Base.tables())


@pytest.mark.postgres
@pytest.mark.timeout(300)
def test_changes_of_a_servers_schema_are_found_whatever_they_are() -> None:
    if not postgres():
        pytest.skip("KIOSK_TEST_POSTGRES names no server; ./kiosk.sh test starts one")
    report = Report("server's schema")
    server_schema.drive(report, one_in=37)
    assert report.broken == []
    assert report.counts["server's schema: changes found"] > 50


def judged(village: Village) -> int:
    """How many cells were drawn and judged; none of them left a trace."""
    report = Report("matrix")
    matrix.drive(village, report, "brief")
    assert report.broken == []
    assert report.counts[f"matrix: {OUTCOMES['bug']}"] == 0
    assert report.counts[f"matrix: {OUTCOMES['refused']}"] == 0
    assert verify_village(village).findings == ()
    return report.counts["matrix: cells"]
