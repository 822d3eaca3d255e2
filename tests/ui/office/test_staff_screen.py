"""Where officials begin: their works by their offices, and the papers of the terminal."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QAccessible

from kiosk.app import MainWindow
from kiosk.core import event_log
from kiosk.core.clock import SettableClock
from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.core.text import unbroken_path
from kiosk.services.access import peppers, sessions, views
from kiosk.services.cases import disowned as case_disowned
from kiosk.services.enrolment import new_card
from kiosk.services.printing import queue, spooler
from kiosk.services.upkeep import (
    backup,
    backup_places,
    clock_check,
    doctor,
    fire_drill,
    last_verify,
    official_cards,
)
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.ui.looks import whole_at_every_look
from tests.ui.neighbours import CLERK, OFFICER, Neighbours
from tests.ui.touch import see, settle, tap, until
from tests.worlds.kept import grown


@pytest.fixture
def lane(sqlite_village: Village, clock: SettableClock) -> Neighbours:
    return grown(Neighbours(sqlite_village, clock), neighbourhood)


def neighbourhood(neighbours: Neighbours) -> None:
    neighbours.found()
    neighbours.settle("林春生")


def come_to_work(stage: MainWindow, lane: Neighbours, who: str, screen: str) -> None:
    card = lane.cards[who]
    signed_in = sessions.sign_in(lane.village, card.number, card.pin, official=True)
    stage.kiosk.begin_session(signed_in)
    stage.kiosk.open(screen)
    settle()


def test_a_clerk_sees_the_clerks_works_and_gets_to_them(
    stage: MainWindow, lane: Neighbours
) -> None:
    come_to_work(stage, lane, CLERK, "staff")

    until(lambda: see(stage.window, "staff.signs"), "the tiles")
    assert see(stage.window, "staff.desk") is None
    tap(stage.window, "staff.enrolment")
    assert stage.kiosk.property("screenName") == "enrolment"


def test_an_officer_is_offered_no_card_to_issue(stage: MainWindow, lane: Neighbours) -> None:
    come_to_work(stage, lane, OFFICER, "staff")

    until(lambda: see(stage.window, "staff.signs"), "the tiles")
    assert see(stage.window, "staff.enrolment") is None
    assert see(stage.window, "staff.papers") is None


def test_an_officer_is_told_of_a_report_that_was_made_with_somebody_elses_card(
    stage: MainWindow, lane: Neighbours
) -> None:
    reference = disowned(lane)
    come_to_work(stage, lane, OFFICER, "staff")
    told = until(lambda: see(stage.window, "staff.disowned"), "the notice")
    assert reference in told.property("text")
    assert "李秀兰" not in told.property("text")

    come_to_work(stage, lane, CLERK, "staff")
    until(lambda: see(stage.window, "staff.signs"), "the tiles")
    assert see(stage.window, "staff.disowned") is None


def disowned(lane: Neighbours) -> str:
    """李秀兰's card was used for a concern about 林春生, and she says that it was not her."""
    lane.card_for("林春生")
    lane.enrol("林春生")
    lane.join("李秀兰", "东街", "8")
    case_id = lane.hand_in("李秀兰", "林春生", "littering_docks")
    session_id = lane.at_home("李秀兰")
    return case_disowned.answer(lane.village, session_id, case_id, False, new_touch_id())


def test_who_has_not_signed_in_finds_a_way_to(stage: MainWindow, lane: Neighbours) -> None:
    stage.kiosk.open("staff")
    settle()

    assert see(stage.window, "staff.signs") is None
    tap(stage.window, "staff.sign_in")
    assert stage.kiosk.property("screenName") == "sign_in"


def test_the_list_of_papers_follows_one_until_it_is_out(
    stage: MainWindow, lane: Neighbours
) -> None:
    new_card.issue_and_print(lane.village, lane.at_work(CLERK), lane.people["林春生"])
    come_to_work(stage, lane, CLERK, "papers")
    row = until(lambda: see(stage.window, "paper.0"), "the card")
    assert row.property("aside") == stage.kiosk.text("printing.phase_waiting")
    assert see(stage.window, "paper.again.0") is None

    spooler.print_next(lane.village)
    saved = stage.kiosk.text("printing.saved")
    until(lambda: until(lambda: see(stage.window, "paper.0")).property("aside") == saved)


def test_a_receipt_is_printed_again_only_for_a_reason_and_says_no_house(
    stage: MainWindow, lane: Neighbours
) -> None:
    lane.card_for("林春生")
    lane.enrol("林春生")
    lane.hand_in("林春生", "林春生", "clean_docks")
    spooler.print_next(lane.village)
    lane.clock.advance(minutes=5)
    come_to_work(stage, lane, CLERK, "papers")
    row = until(lambda: see(stage.window, "paper.0"), "the receipt")
    assert row.property("text") == "回执　有关一件事"

    tap(stage.window, "paper.again.0")
    button = until(lambda: see(stage.window, "paper.print"), "the question")
    until(lambda: see(stage.window, "paper.why.reprint_lost"), "the reasons")
    assert not button.property("enabled")
    assert len(queue.jobs(lane.village)) == 1
    tap(stage.window, "paper.why.reprint_lost")
    tap(stage.window, "paper.print")
    until(lambda: see(stage.window, "paper.0"), "the list")

    assert [job.duplicate for job in queue.jobs(lane.village)] == [True, False]
    looks = views.views_of(lane.village, lane.at_home("林春生"))
    assert looks[0].purpose == "reprint_lost"
    assert see(stage.window, "paper.1") is None


def test_a_card_is_not_offered_for_another_print_and_a_replaced_one_says_so(
    stage: MainWindow, lane: Neighbours
) -> None:
    for _ in range(2):
        new_card.issue_and_print(lane.village, lane.at_work(CLERK), lane.people["林春生"])
        spooler.print_next(lane.village)
    come_to_work(stage, lane, CLERK, "papers")
    newer = until(lambda: see(stage.window, "paper.0"), "the new card")
    older = until(lambda: see(stage.window, "paper.1"), "the card before")
    gone = stage.kiosk.text("printing.ended_replaced")
    assert gone in older.property("detail")
    assert gone not in newer.property("detail")
    for place in range(2):
        assert see(stage.window, f"paper.again.{place}") is None


def test_the_keeper_is_offered_no_paper_of_a_case(stage: MainWindow, lane: Neighbours) -> None:
    lane.card_for("林春生")
    lane.enrol("林春生")
    lane.hand_in("林春生", "林春生", "clean_docks")
    spooler.print_next(lane.village)
    lane.appoint("林春生", "keeper")
    come_to_work(stage, lane, "林春生", "papers")
    until(lambda: see(stage.window, "paper.0"), "the receipt")
    assert see(stage.window, "paper.again.0") is None


def a_keeper(lane: Neighbours) -> None:
    """林春生 keeps the machine, and nothing else."""
    lane.card_for("林春生")
    lane.appoint("林春生", "keeper")


def test_the_keeper_begins_with_how_the_machine_is_and_what_needs_somebody_first(
    stage: MainWindow, lane: Neighbours
) -> None:
    a_keeper(lane)
    come_to_work(stage, lane, "林春生", "staff")

    until(lambda: see(stage.window, "machine.printer_slip"), "the printers' lines")
    assert stage.kiosk.property("screenName") == "machine"
    summary = until(lambda: see(stage.window, "machine.summary"))
    troubles = [each for each in doctor.examine(lane.village) if not each.well]
    assert {"backup", "backup_second"} <= {each.code for each in troubles}
    assert summary.property("heading") == stage.kiosk.text("machine.things", len(troubles))
    # New lines stand on each other until the column has laid them out.
    until(lambda: height(stage, "machine.backup") < height(stage, "machine.database"), "the order")


def height(stage: MainWindow, name: str) -> float:
    """How far below the window's top edge the item called `name` stands."""
    item = see(stage.window, name)
    assert item, name
    return item.mapToScene(QPointF()).y()


def test_a_backup_at_a_tap_says_where_it_lies_and_takes_the_line_away(
    stage: MainWindow, lane: Neighbours
) -> None:
    a_keeper(lane)
    come_to_work(stage, lane, "林春生", "machine")
    until(lambda: see(stage.window, "machine.printer_slip"), "the printers' lines")
    before = see(stage.window, "machine.backup")
    assert before
    assert stage.kiosk.text("machine.attention") in QAccessible.queryAccessibleInterface(
        before
    ).text(QAccessible.Text.Name)

    tap(stage.window, "machine.back_up")
    until(lambda: backup_places.kept_in(lane.village.directory.backups), "the backup")
    (made,) = backup_places.kept_in(lane.village.directory.backups)
    said = stage.kiosk.text("machine.backed_up", unbroken_path(str(made.file)))
    summary = until(lambda: see(stage.window, "machine.summary"))
    until(lambda: summary.property("text") == said, "where it lies")


def test_a_backup_is_tried_out_at_a_tap_and_the_line_says_that_it_restores(
    stage: MainWindow, lane: Neighbours
) -> None:
    a_keeper(lane)
    backup.back_up(lane.village)
    come_to_work(stage, lane, "林春生", "machine")
    until(lambda: see(stage.window, "machine.printer_slip"), "the printers' lines")
    until(lambda: see(stage.window, "machine.drill"), "that none was tried out")
    tap(stage.window, "machine.do.drill")
    until(lambda: fire_drill.last_drill(lane.village), "the drill")
    held = fire_drill.last_drill(lane.village)
    assert held is not None
    assert held.failed == ""
    well = stage.kiosk.text("machine.well")
    until(lambda: said(stage, "machine.drill").startswith(well), "that it is well")


@pytest.mark.long
def test_everything_is_verified_at_a_tap_while_others_are_answered(
    stage: MainWindow, lane: Neighbours
) -> None:
    a_keeper(lane)
    come_to_work(stage, lane, "林春生", "machine")
    until(lambda: see(stage.window, "machine.printer_slip"), "the printers' lines")
    asked_on: list[str] = []
    threads: list[str] = []
    stage.kiosk.ask_aside(
        lambda _village: threads.append(threading.current_thread().name),
        done=lambda _answer: None,
        failed=lambda _refusal: None,
        owner=stage.kiosk,
    )
    stage.kiosk.ask(lambda _village: asked_on.append(threading.current_thread().name))
    until(lambda: threads and asked_on, "both threads")
    assert threads != asked_on

    tap(stage.window, "machine.do.verify")
    until(lambda: last_verify.last(lane.village), "the note of it")
    well = stage.kiosk.text("machine.well")
    until(lambda: said(stage, "machine.verify").startswith(well), "that it is well")


def test_a_keeper_with_no_other_office_finds_what_waits(
    stage: MainWindow, lane: Neighbours
) -> None:
    a_keeper(lane)
    come_to_work(stage, lane, "林春生", "machine")
    until(lambda: see(stage.window, "machine.printer_slip"), "the printers' lines")
    tap(stage.window, "machine.today")
    assert stage.kiosk.property("screenName") == "today"


def test_a_doubted_clock_is_confirmed_in_two_steps(stage: MainWindow, lane: Neighbours) -> None:
    a_keeper(lane)
    clock_check.note_trusted(lane.village)
    lane.clock.advance(days=60)
    assert clock_check.doubt(lane.village) == "far_ahead"
    come_to_work(stage, lane, "林春生", "machine")
    tap(stage.window, "machine.do.clock")
    until(lambda: see(stage.window, "dialog.yes"), "the question")
    assert clock_check.doubt(lane.village)
    tap(stage.window, "dialog.yes")
    until(lambda: clock_check.doubt(lane.village) is None, "that it is confirmed")


def test_the_keeper_reads_what_happened_and_shows_a_code_for_help(
    stage: MainWindow, lane: Neighbours
) -> None:
    a_keeper(lane)
    event_log.keep_journal(lane.village.directory.log)
    event_log.record("clock_confirmed")
    number = event_log.record_bug(ValueError())
    come_to_work(stage, lane, "林春生", "machine")
    until(lambda: see(stage.window, "machine.printer_slip"), "the printers' lines")
    tap(stage.window, "machine.journal")
    row = until(lambda: see(stage.window, "journal.0"), "the events")
    assert row.property("text") == stage.kiosk.text("journal.bug")
    assert number in row.property("aside")
    code = until(lambda: see(stage.window, "journal.code"), "the code")
    assert code.property("source").toString().startswith("data:image/svg")
    assert number in until(lambda: see(stage.window, "journal.words")).property("text")


def said(stage: MainWindow, name: str) -> str:
    """What is read aloud of a line; empty while it is being made anew."""
    line = see(stage.window, name)
    return QAccessible.queryAccessibleInterface(line).text(QAccessible.Text.Name) if line else ""


def test_every_official_reads_that_cards_were_issued_at_the_machine(
    stage: MainWindow, lane: Neighbours
) -> None:
    with writing(lane.village) as work:
        peppers.note_changed(work, lane.village.keys.pepper)
    sheets = official_cards.reissue(lane.village)
    card = next(each.of for each in sheets if each.of.name == CLERK)
    signed_in = sessions.sign_in(lane.village, card.number, card.pin, official=True)
    stage.kiosk.begin_session(signed_in)
    stage.kiosk.open("staff")
    settle()

    told = until(lambda: see(stage.window, "staff.cards_issued"), "the notice")
    assert OFFICER in told.property("text")
    assert CLERK in told.property("text")


def test_a_clerk_looks_after_no_machine(stage: MainWindow, lane: Neighbours) -> None:
    come_to_work(stage, lane, CLERK, "staff")
    until(lambda: see(stage.window, "staff.signs"), "the tiles")
    assert see(stage.window, "staff.machine") is None
    with pytest.raises(ExpectedError, match="not_allowed"):
        backup.back_up_by(lane.village, lane.at_work(CLERK))


@pytest.mark.parametrize(
    ("size", "mm"),
    [((1920, 1080), 1920 / 476), ((1080, 1920), 1080 / 268), ((1280, 800), 1280 / 261)],
)
@pytest.mark.parametrize("screen", ["staff", "papers", "machine", "journal"])
def test_every_text_is_whole(
    open_stage: Callable[..., MainWindow],
    lane: Neighbours,
    screen: str,
    size: tuple[int, int],
    mm: float,
) -> None:
    new_card.issue_and_print(lane.village, lane.at_work(CLERK), lane.people["林春生"])
    stage = open_stage(size=size, mm=mm)
    backup.back_up(lane.village)
    keeps = screen in ("machine", "journal")
    if keeps:
        a_keeper(lane)
    come_to_work(stage, lane, "林春生" if keeps else CLERK, screen)
    sign = {
        "staff": "staff.signs",
        "papers": "paper.0",
        "machine": "machine.printer_slip",
        "journal": "journal.code",
    }
    until(lambda: see(stage.window, sign[screen]))
    whole_at_every_look(stage)


def test_the_tiles_say_how_much_waits_and_what_is_most_urgent(
    stage: MainWindow, lane: Neighbours
) -> None:
    lane.card_for("林春生")
    lane.enrol("林春生")
    lane.hand_in("林春生", "林春生", "clean_docks")
    lane.join("李秀兰", "东街", "8")
    lane.hand_in("李秀兰", "林春生", "littering_docks")  # waits for its notice, not for an officer
    come_to_work(stage, lane, OFFICER, "staff")
    told = until(
        lambda: (tile := see(stage.window, "staff.desk")) and tile.property("mark"), "the count"
    )
    assert told.startswith("有 1 件等着 · 最急的最迟")
    assert told in until(lambda: see(stage.window, "staff.desk")).property("spoken")
    assert until(lambda: see(stage.window, "staff.signs")).property("mark") == ""

    come_to_work(stage, lane, CLERK, "staff")
    until(
        lambda: (tile := see(stage.window, "staff.notices_desk")) and tile.property("mark"),
        "the count",
    )
    assert until(lambda: see(stage.window, "staff.corrections")).property("mark") == ""
