"""Fixtures: the lane in which reports are made, and a stick with photographs."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.core.clock import SettableClock
from kiosk.services.village import Village
from tests.ui.cases.report.filling_in import neighbourhood
from tests.ui.neighbours import Neighbours
from tests.worlds.kept import grown


@pytest.fixture
def lane(sqlite_village: Village, clock: SettableClock) -> Neighbours:
    """The rules were in force for a while; two neighbours have joined, one has not."""
    return grown(Neighbours(sqlite_village, clock), neighbourhood)


@pytest.fixture
def stick(lane: Neighbours) -> Path:
    """A USB stick that is in."""
    folder = Path(lane.village.settings.drives) / "TRIP"
    folder.mkdir(parents=True)
    return folder
