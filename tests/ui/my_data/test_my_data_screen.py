"""One's data in one's own hands, by touch: a correction, a pause, a copy, leaving."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtQuick import QQuickItem

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock
from kiosk.core.days import plain
from kiosk.core.ids import new_touch_id
from kiosk.models.ledger import Checkpoint
from kiosk.models.printing import PrintJob
from kiosk.models.register import Resident
from kiosk.services.access import sessions
from kiosk.services.audit.log import verify_log
from kiosk.services.check import papers
from kiosk.services.consent import consents, pauses
from kiosk.services.ledger import log
from kiosk.services.my_data import copies, corrections, erasure
from kiosk.services.printing import queue, spooler
from kiosk.services.village import Village
from kiosk.ui.my_data.view_model import MyDataModel
from tests.ui.looks import whole_at_every_look
from tests.ui.neighbours import Neighbours
from tests.ui.touch import see, settle, tap, texts, until, write
from tests.worlds.kept import grown
from tests.worlds.leaving import let_the_days_pass


@pytest.fixture
def lane(sqlite_village: Village, clock: SettableClock) -> Neighbours:
    return grown(Neighbours(sqlite_village, clock), neighbourhood)


def neighbourhood(neighbours: Neighbours) -> None:
    neighbours.found()
    neighbours.join("林春生")


def open_my_data(stage: MainWindow, lane: Neighbours) -> None:
    card = lane.cards["林春生"]
    stage.kiosk.begin_session(sessions.sign_in(lane.village, card.number, card.pin))
    stage.kiosk.open("my_data")
    settle()


def done(stage: MainWindow, key: str) -> None:
    """Wait until the screen says the sentence."""
    said = stage.kiosk.text(key)
    until(lambda: (item := see(stage.window, "my_data.done")) and item.property("text") == said)


def test_a_rest_is_taken_with_two_taps_and_ended_with_one(
    stage: MainWindow, lane: Neighbours
) -> None:
    open_my_data(stage, lane)
    tap(stage.window, "my_data.pause")
    tap(stage.window, "dialog.yes")
    done(stage, "my_data.paused")
    assert pauses.paused(lane.village, lane.at_home("林春生")) is not None

    tap(stage.window, "my_data.pause")
    done(stage, "my_data.resumed")
    assert pauses.paused(lane.village, lane.at_home("林春生")) is None


def _find_model(stage: MainWindow) -> MyDataModel:
    found = stage.window.findChildren(MyDataModel)
    assert found
    return found[-1]


ACTS: dict[str, Callable[[MyDataModel], None]] = {
    "copy": lambda model: model.printCopy(),
    "slip": lambda model: model.printSlip(),
    "pause": lambda model: model.pause(),
    "resume": lambda model: model.resume(),
    "correct": lambda model: model.correct("phone", "号码换了。"),
}


def booked(lane: Neighbours) -> int:
    with lane.village.read() as session:
        return log.head(session).size


@pytest.mark.parametrize("first", ACTS)
def test_every_act_goes_through_after_every_other_and_leaving_after_all(
    stage: MainWindow, lane: Neighbours, first: str
) -> None:
    open_my_data(stage, lane)
    for second in ACTS:
        if first != second:
            for act in (first, second):
                ACTS[act](_find_model(stage))
                until(lambda: not _find_model(stage).busy, act)
                assert see(stage.window, "error") is None, (first, second)
    ACTS[first](_find_model(stage))
    until(lambda: not _find_model(stage).busy, first)
    before = booked(lane)
    _find_model(stage).leave()
    until(lambda: see(stage.window, "my_data.left"), "that one has left")
    assert booked(lane) > before
    assert let_the_days_pass(lane.village)
    with lane.village.read() as session:
        assert not session.query(Resident).filter_by(name="林春生").all()
    assert verify_log(lane.village).consistent


def test_what_the_register_holds_is_seen_before_it_is_corrected(
    stage: MainWindow, lane: Neighbours
) -> None:
    open_my_data(stage, lane)
    tap(stage.window, "my_data.correct")
    until(lambda: see(stage.window, "my_data.what.house"), "the entry")
    said = {
        name: plain(str(item.property("detail")))
        for name in ("name", "born_on", "phone", "house")
        if (item := see(stage.window, f"my_data.what.{name}"))
    }
    assert said["name"] == "林春生"
    assert said["born_on"] == "1956年3月1日"
    assert said["phone"] == "名册里没有写"
    assert said["house"].startswith("东街12号 · 住家")


def test_what_was_written_stands_on_the_list_and_the_keyboard_closes(
    stage: MainWindow, lane: Neighbours
) -> None:
    open_my_data(stage, lane)
    tap(stage.window, "my_data.correct")
    tap(stage.window, "my_data.what.phone")
    write(stage.window, "my_data.words.input", "尾号是 0417。")
    tap(stage.window, "my_data.ask")
    until(lambda: see(stage.window, "my_data.correction.0"), "the line")
    said = "\n".join(texts(stage.window)).split("\n")
    assert {"我请工作人员改的", "您写的：尾号是 0417。", "正在办"} <= set(said)
    focused = stage.window.activeFocusItem()
    assert focused is None or not focused.inherits("QQuickTextEdit")
    done(stage, "my_data.corrected")


def test_leaving_is_never_the_green_button(stage: MainWindow, lane: Neighbours) -> None:
    open_my_data(stage, lane)
    tap(stage.window, "my_data.leave")
    stay = until(lambda: see(stage.window, "my_data.stay"), "the way out")
    go = until(lambda: see(stage.window, "my_data.go"), "leaving")
    assert ("PrimaryButton" in qml_type(stay), "PrimaryButton" in qml_type(go)) == (True, False)
    tap(stage.window, "my_data.go")
    stay = until(lambda: see(stage.window, "dialog.no"), "the way out")
    go = until(lambda: see(stage.window, "dialog.yes"), "leaving")
    assert ("PrimaryButton" in qml_type(stay), "PrimaryButton" in qml_type(go)) == (True, False)


def qml_type(item: QQuickItem) -> str:
    return item.metaObject().className()


def test_a_correction_is_asked_for_and_seen_on_the_list(
    stage: MainWindow, lane: Neighbours
) -> None:
    open_my_data(stage, lane)
    tap(stage.window, "my_data.correct")
    tap(stage.window, "my_data.what.phone")
    write(stage.window, "my_data.words.input", "尾号是 0417。")
    tap(stage.window, "my_data.ask")
    until(lambda: see(stage.window, "my_data.correction.0"), "the line")

    asked = corrections.my_corrections(lane.village, lane.at_home("林春生"))
    assert [(each.what, each.words) for each in asked] == [("phone", "尾号是 0417。")]


def test_a_printed_copy_is_followed_to_its_end_and_nothing_of_it_stays(
    stage: MainWindow, lane: Neighbours
) -> None:
    open_my_data(stage, lane)
    tap(stage.window, "my_data.copy")
    tap(stage.window, "my_data.road.print")
    until(lambda: see(stage.window, "my_data.paper"), "where it stands")
    spooler.print_next(lane.village)
    until(lambda: see(stage.window, "paper.picture"), "the sheet")

    (job,) = queue.jobs(lane.village)
    assert (job.paper, job.phase) == ("data_copy", "done")
    with lane.village.read() as session:
        assert session.get_one(PrintJob, job.job_id).payload == {}
    tap(stage.window, "my_data.copied")
    until(lambda: see(stage.window, "my_data.leave"), "the list")


def fetch_slip(stage: MainWindow, lane: Neighbours) -> str:
    """Print the slip by touch; the text of its QR."""
    tap(stage.window, "my_data.copy")
    tap(stage.window, "my_data.road.drive")
    tap(stage.window, "my_data.print_slip")
    until(lambda: see(stage.window, "my_data.paper"), "where it stands")
    spooler.print_next(lane.village)
    until(lambda: see(stage.window, "paper.picture"), "the slip")
    with lane.village.read() as session:
        newest = session.query(Checkpoint.note).order_by(Checkpoint.id.desc()).first()
    assert newest is not None
    return str(newest[0])


def drive_of(lane: Neighbours, label: str = "STICK") -> Path:
    folder = Path(lane.village.settings.drives, label)
    folder.mkdir(parents=True)
    return folder


def test_the_slip_before_the_scanner_and_a_drive_bring_both_files(
    stage: MainWindow, lane: Neighbours
) -> None:
    open_my_data(stage, lane)
    note = fetch_slip(stage, lane)
    assert see(stage.window, "my_data.write") is None
    stage.kiosk.note_scanned(note)
    until(lambda: see(stage.window, "my_data.plug_in"), "the request to plug it in")
    tap(stage.window, "my_data.write")
    until(lambda: see(stage.window, "error"), "the sentence")
    assert "没有看到 U 盘" in "".join(texts(stage.window))
    drive = drive_of(lane)
    tap(stage.window, "my_data.write")
    until(lambda: see(stage.window, "my_data.written"), "that it is done")

    assert "STICK" in "".join(texts(stage.window))
    (file,) = drive.glob("*.json")
    assert json.loads(file.read_text("utf-8"))["person"]["name"] == "林春生"
    assert list(drive.glob("*.pdf"))
    assert not list(lane.village.directory.spool.glob("*.json"))


def test_another_persons_slip_gives_nothing_away(stage: MainWindow, lane: Neighbours) -> None:
    lane.join("李秀兰", "东街", "8")
    copies.print_slip(lane.village, lane.at_home("李秀兰"), new_touch_id())
    spooler.print_next(lane.village)
    with lane.village.read() as session:
        note = str(session.query(Checkpoint.note).order_by(Checkpoint.id.desc()).first()[0])  # type: ignore[index]
    open_my_data(stage, lane)
    stage.kiosk.note_scanned(note)
    until(lambda: see(stage.window, "error"), "the sentence")
    said = "".join(texts(stage.window))
    assert "由打印它的本人登录来用" in said
    assert "李秀兰" not in said
    assert see(stage.window, "my_data.write") is None


def test_a_slip_held_to_the_scanner_at_the_start_leads_through_card_and_pin_to_the_drive(
    stage: MainWindow, lane: Neighbours
) -> None:
    open_my_data(stage, lane)
    note = fetch_slip(stage, lane)
    stage.kiosk.endSession()
    stage.kiosk.note_scanned(note)
    tap(stage.window, "check.copy")
    until(lambda: see(stage.window, "number_pad"), "the question for the card")
    card = lane.cards["林春生"]
    for pad, digits in (("number_pad", card.number.replace("-", "")), ("pin_pad", card.pin)):
        until(lambda pad=pad: see(stage.window, pad))  # type: ignore[misc]
        for digit in digits:
            tap(stage.window, f"pad.{digit}")
    until(lambda: see(stage.window, "my_data.plug_in"), "the request to plug it in")


def test_every_consent_is_withdrawn_in_two_taps(stage: MainWindow, lane: Neighbours) -> None:
    lane.enrol("林春生", *consents.PURPOSES)
    open_my_data(stage, lane)
    tap(stage.window, "my_data.consents")
    for left, purpose in enumerate(reversed(consents.PURPOSES), start=1):
        tap(stage.window, f"withdraw.{purpose}")
        tap(stage.window, "dialog.yes")
        until(lambda p=purpose: see(stage.window, f"withdraw.{p}") is None, purpose)  # type: ignore[misc]
        given = [
            each.purpose for each in consents.consents(lane.village, session_of(lane)) if each.given
        ]
        assert given == list(consents.PURPOSES[:-left])


def session_of(lane: Neighbours) -> str:
    return lane.at_home("林春生")


def test_leaving_says_first_what_goes_and_erases_the_name_after_seven_days(
    stage: MainWindow, lane: Neighbours
) -> None:
    lane.join("李秀兰", "东街", "8")
    lane.deed("林春生", "clean_docks", "李秀兰")
    spooler.print_next(lane.village)
    open_my_data(stage, lane)
    tap(stage.window, "my_data.leave")
    tap(stage.window, "my_data.go")
    tap(stage.window, "dialog.yes")
    last = until(lambda: see(stage.window, "my_data.left"), "the last word")
    assert "2026年11月30日" in plain(str(last.property("text")))
    tap(stage.window, "my_data.end")
    until(lambda: not stage.kiosk.property("signedIn"), "the end of the session")
    with lane.village.read() as session:
        assert session.get_one(Resident, lane.people["林春生"]).name == "林春生"

    assert let_the_days_pass(lane.village)
    with lane.village.read() as session:
        person = session.get_one(Resident, lane.people["林春生"])
        assert not person.active
        assert person.name != "林春生"
        slips = [note for (note,) in session.query(Checkpoint.note)]
    report = verify_log(lane.village)
    assert report.consistent
    assert report.erased > 0
    assert len(slips) >= 1
    assert {papers.check_paper(lane.village, note).verdict for note in slips} == {"genuine"}


def test_the_tile_of_who_asked_to_leave_leads_to_the_way_back(
    stage: MainWindow, lane: Neighbours
) -> None:
    erasure.ask(lane.village, lane.at_home("林春生"), new_touch_id())
    open_my_data(stage, lane)
    tile = until(lambda: see(stage.window, "my_data.leave"), "the way back")
    until(lambda: tile.property("text") == stage.kiosk.text("my_data.left_title"), "the wish")
    assert "11月30日" in plain(str(tile.property("detail")))
    tap(stage.window, "my_data.leave")
    until(lambda: see(stage.window, "leaving.wish"), "the wish")
    tap(stage.window, "leaving.stay")
    until(lambda: see(stage.window, "leaving.stays"), "that nothing is erased")
    tap(stage.window, "leaving.go_on")
    tile = until(lambda: see(stage.window, "my_data.leave"), "the list")
    assert tile.property("text") == stage.kiosk.text("my_data.leave")
    assert let_the_days_pass(lane.village) == ()


@pytest.mark.parametrize(
    ("size", "mm"),
    [((1920, 1080), 1920 / 476), ((1080, 1920), 1080 / 268), ((1280, 800), 1280 / 261)],
)
def test_every_text_is_whole(
    open_stage: Callable[..., MainWindow], lane: Neighbours, size: tuple[int, int], mm: float
) -> None:
    stage = open_stage(size=size, mm=mm)
    corrections.ask_correction(
        lane.village, lane.at_home("林春生"), "name", "应该是林椿生。", new_touch_id()
    )
    open_my_data(stage, lane)
    for opened in (
        *("", "my_data.correct", "my_data.leave"),
        *("my_data.copy", "my_data.road.print", "my_data.copied", "slip", "my_data.write"),
    ):
        go_to(stage, lane, opened)
        whole_at_every_look(stage, opened)
        if opened in ("my_data.correct", "my_data.leave"):
            tap(stage.window, "back")


def go_to(stage: MainWindow, lane: Neighbours, opened: str) -> None:
    """Tap one's way to the next state of the screen."""
    if opened == "slip":
        note = fetch_slip(stage, lane)
        drive_of(lane)
        stage.kiosk.note_scanned(note)
        until(lambda: see(stage.window, "my_data.plug_in"), "the request to plug it in")
    elif opened:
        tap(stage.window, opened)
    if opened == "my_data.correct":
        tap(stage.window, "my_data.what.other")
    if opened == "my_data.road.print":
        until(lambda: see(stage.window, "my_data.paper"), "where it stands")
        spooler.print_next(lane.village)
        until(lambda: see(stage.window, "paper.picture"), "the sheet")
    if opened == "my_data.write":
        until(lambda: see(stage.window, "my_data.written"), "that it is done")
