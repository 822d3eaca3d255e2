"""A few of the signs that the harness prints, and the printer that counts a sheet too many."""

from __future__ import annotations

import pytest

from tests.faults import signs


@pytest.mark.long
def test_signs_come_out_once_each_in_walking_order_and_read_back() -> None:
    report = signs.run(form="brief")
    assert not report.broken
    assert report.counts["codes read back"] == signs.HOUSES["brief"]
