"""A clerk prints the signs of the village, and is asked about the one that nobody is sure of."""

from __future__ import annotations

import pytest

from kiosk.app import MainWindow
from kiosk.models.printing import PrintJob
from kiosk.services.access import sessions
from kiosk.services.printing import spooler
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.services.conftest import Street
from tests.ui.touch import see, tap, texts, until


@pytest.fixture
def street(sqlite_village: Village) -> Street:
    return Street(sqlite_village)


def test_a_village_is_printed_and_the_sheet_where_it_stopped_is_asked_about(
    stage: MainWindow, sqlite_village: Village, street: Street
) -> None:
    homes = [street.house() for _ in range(2)]
    for each in homes:
        street.agree(*each.people)
        street.rate(each.id, {"courtyard": 5})
    session_id = street.sign_in(street.house().people[0], "clerk")
    with writing(sqlite_village) as work:
        stage.kiosk.begin_session(sessions.require(work, session_id))
    stage.kiosk.open("village_signs")
    tap(stage.window, "village_signs.lane.0")
    tap(stage.window, "village_signs.kind.changed")
    tap(stage.window, "village_signs.start")
    until(lambda: see(stage.window, "village_signs.progress"), "the progress")
    with sqlite_village.write() as session:
        first, second = session.query(PrintJob).order_by(PrintJob.id)
        first.phase, second.phase = "unknown", "done"
    until(lambda: see(stage.window, "village_signs.doubt.0"), "the question")
    assert any("已出 1 块，共 2 块" in text for text in texts(stage.window))
    tap(stage.window, "village_signs.again.0")
    until(lambda: see(stage.window, "village_signs.doubt.0") is None, "the answer")
    spooler.print_next(sqlite_village)
    until(lambda: "门牌都打好了。" in texts(stage.window), "the end")
    with sqlite_village.read() as session:
        told = [(each.reference, each.phase, each.duplicate) for each in session.query(PrintJob)]
    assert told[0] == ("S26Q4-0001", "unknown", False)
    assert told[2] == ("S26Q4-0001", "done", True)
