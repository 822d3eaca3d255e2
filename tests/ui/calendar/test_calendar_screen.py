"""The calendar by touch: everybody turns its months, and somebody in office prints one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock
from kiosk.core.open_days import Span
from kiosk.models.printing import PrintJob
from kiosk.services import open_days
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.ui.neighbours import CLERK, Neighbours
from tests.ui.touch import see, tap, texts, until
from tests.worlds.kept import grown


@pytest.fixture
def lane(sqlite_village: Village, clock: SettableClock) -> Neighbours:
    return grown(Neighbours(sqlite_village, clock), Neighbours.found)


@pytest.mark.long
def test_everybody_sees_the_closed_days_and_an_official_prints_them(
    stage: MainWindow, lane: Neighbours
) -> None:
    day = (lane.today.replace(day=1) + timedelta(days=40)).replace(day=10)
    span = Span(what="closed", first=day, last=day, name="盘点 / Stock-taking")
    with writing(lane.village) as work:
        open_days.write(work, span, None)
    tap(stage.window, "calendar")
    until(lambda: see(stage.window, "calendar.later"), "the calendar")
    assert see(stage.window, "calendar.print") is None
    tap(stage.window, "calendar.later")
    until(lambda: any("盘点" in each for each in texts(stage.window)), "the closed day")
    stage.kiosk.begin_session(lane.signed_in(CLERK, official=True))
    stage.kiosk.open("calendar")
    until(lambda: see(stage.window, "calendar.print"), "the button that prints")
    tap(stage.window, "calendar.print")
    until(lambda: _printed(lane), "the poster")


def _printed(lane: Neighbours) -> bool:
    with lane.village.read() as session:
        return session.scalar(select(PrintJob.id).where(PrintJob.paper == "calendar")) is not None
