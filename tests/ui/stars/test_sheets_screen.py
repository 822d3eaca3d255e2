"""Sheets of paper by touch: printed for a walk, read from a stick; what is in doubt is asked."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.documents.visit_sheet import VisitSheet
from kiosk.models.printing import PrintJob
from kiosk.models.rounds import VisitSeat
from kiosk.services.access import sessions
from kiosk.services.printing import papers
from kiosk.services.printing.papers import Order
from kiosk.services.stars import visit_sheets
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.services.stars.street import Street, begun
from tests.ui.touch import see, tap, texts, until
from tests.worlds import photographed
from tests.worlds.kept import grown
from tests.worlds.photographed import Filled, Hand


@pytest.fixture
def drawn(sqlite_village: Village, clock: SettableClock) -> Street:
    return grown(Street(sqlite_village, clock), begun)


def come(stage: MainWindow, street: Street, session_id: str) -> None:
    with writing(street.village) as work:
        stage.kiosk.begin_session(sessions.require(work, session_id))
    stage.kiosk.open("visits")
    until(lambda: see(stage.window, "visits.sheets"), "the way to the sheets")
    tap(stage.window, "visits.sheets")


def on_a_stick(street: Street, session_id: str) -> Filled:
    """The first sheet of the walk, filled in, scanned, and on a stick."""
    jobs = visit_sheets.print_mine(street.village, session_id, 1, new_touch_id())
    with street.village.read() as session:
        payload = session.get_one(PrintJob, jobs[0]).payload
    sheet: VisitSheet = papers._visit_sheet(Order(paper="visit_sheet", media="A4", payload=payload))
    (page,) = photographed.printed([sheet])
    (filled,) = Hand(random.Random(SEED), "ticks", pencil=False).fill(page, sheet)
    folder = Path(street.village.settings.drives, "PHONE")
    folder.mkdir(parents=True)
    (folder / "sheet.jpg").write_bytes(photographed.jpeg(page, 80))
    return filled


SEED = 0
"""Of a hand that ticks two boxes of one line, and puts nothing else in doubt."""


@pytest.mark.long
def test_a_sheet_is_read_asked_where_in_doubt_and_handed_in(
    stage: MainWindow, drawn: Street
) -> None:
    seat = drawn.seats("A")[0]
    session_id = drawn.open_session(seat.resident_id)
    filled = on_a_stick(drawn, session_id)
    (doubt,) = filled.both
    come(stage, drawn, session_id)
    until(lambda: see(stage.window, "sheets.file.0"), "the file")
    tap(stage.window, "sheets.file.0")
    until(lambda: see(stage.window, "sheets.answer.no"), "the line in doubt")
    tap(stage.window, "sheets.answer.no")
    until(lambda: see(stage.window, "sheets.hand_in"), "what the sheet says")
    tap(stage.window, "sheets.hand_in")
    until(lambda: see(stage.window, "sheets.summary"), "that it is in")
    assert stage.kiosk.text("sheets.handed_in", 1) in texts(stage.window)
    with drawn.village.read() as session:
        (look,) = [each for each in session.query(VisitSeat) if each.scored_at is not None]
        assert look.answers == {**filled.answers, doubt: "no"}
        assert set(look.put_forward) == filled.put_forward

    tap(stage.window, "sheets.go_on")
    until(lambda: see(stage.window, "sheets.file.0"), "the file again")
    tap(stage.window, "sheets.file.0")
    until(lambda: stage.kiosk.text("error.visit_scored") in texts(stage.window), "only once")


def test_sheets_of_a_walk_are_printed_from_the_screen(stage: MainWindow, drawn: Street) -> None:
    session_id = drawn.open_session(drawn.seats("A")[0].resident_id)
    come(stage, drawn, session_id)
    until(lambda: see(stage.window, "sheets.print_two"), "the sheets")
    tap(stage.window, "sheets.print_two")
    until(lambda: see(stage.window, "sheets.summary"), "that they are printed")
    with drawn.village.read() as session:
        assert session.query(PrintJob).filter(PrintJob.paper == "visit_sheet").count() >= 1
