"""A few of the sheets that the harness reads, and the reader that asks nobody."""

from __future__ import annotations

import pytest

from tests.faults import sheets


@pytest.mark.long
def test_no_box_of_a_few_photographed_sheets_is_read_wrongly_without_asking() -> None:
    report = sheets.run(form="brief")
    assert not report.broken
    assert report.counts["boxes right"] + report.counts["boxes asked"] == report.counts["boxes"]
    assert report.counts["boxes right"] > 0.95 * report.counts["boxes"]


@pytest.mark.long
def test_a_reader_that_asks_nobody_is_found() -> None:
    assert sheets.run(form="brief", defect=True).broken
