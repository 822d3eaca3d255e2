"""An official finds a household, agrees with it what its sign shows, and prints it, by touch."""

from __future__ import annotations

import base64
import io
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader
from PySide6.QtCore import QPointF

from kiosk.app import MainWindow
from kiosk.models.access import RecordView
from kiosk.models.printing import PrintJob
from kiosk.models.stars import DoorSign
from kiosk.services.access import sessions
from kiosk.services.check.papers import SignFacts, check_paper
from kiosk.services.printing import queue, spooler
from kiosk.services.village import Village
from kiosk.services.work import writing
from kiosk.ui.parts.pdf_preview import picture_of
from tests.qr import qr_codes
from tests.services.conftest import Street
from tests.ui.touch import see, settle, tap, texts, until, write
from tests.worlds.builder import Home

EARNED = {"courtyard": 5, "rules": 4, "family_spirit": 5}
DPI_200 = round(210 / 25.4 * 200)  # pixels across an A5 sheet


@pytest.fixture
def street(sqlite_village: Village) -> Street:
    return Street(sqlite_village)


@pytest.fixture
def home(street: Street) -> Home:
    """House number 1, with stars (the officer who gave them lives at number 2), all agreed."""
    made = street.house()
    street.rate(made.id, EARNED)
    street.agree(*made.people)
    return made


def sign_in(stage: MainWindow, village: Village, street: Street, *roles: str) -> None:
    session_id = street.sign_in(street.house().people[0], *roles)
    with writing(village) as work:
        stage.kiosk.begin_session(sessions.require(work, session_id))
    stage.kiosk.open("signs")


def open_household(stage: MainWindow, typed: str = "1") -> None:
    write(stage.window, "signs.search.input", typed)
    tap(stage.window, "signs.household.0")
    preview = until(lambda: see(stage.window, "signs.preview"), "the household")
    until(lambda: not preview.property("behind"), "its preview")
    settle()


def printed_file(stage: MainWindow, village: Village) -> Path:
    """Let the printer print, wait until the screen knows, and give the file."""
    until(lambda: see(stage.window, "signs.progress"), "the progress")
    assert see(stage.window, "signs.again") is None  # nothing is called done before it is
    spooler.print_next(village)
    until(lambda: see(stage.window, "signs.again"), "the end of printing")
    job = queue.jobs(village)[0]
    assert job.file is not None
    return Path(job.file)


def qr_text(pdf: bytes) -> str:
    picture = base64.b64decode(picture_of(pdf, DPI_200).partition(",")[2])
    return str(qr_codes(Image.open(io.BytesIO(picture)))[0].text)


def test_a_clerk_prints_a_sign_with_one_star_fewer_and_its_code_checks_as_genuine(
    stage: MainWindow, sqlite_village: Village, street: Street, home: Home
) -> None:
    sign_in(stage, sqlite_village, street, "clerk")
    open_household(stage)
    tap(stage.window, "signs.fewer.rules")
    tap(stage.window, "signs.size.A5")
    tap(stage.window, "signs.print")
    pdf = printed_file(stage, sqlite_village).read_bytes()

    assert "编号 S26Q4-0001" in texts(stage.window)
    found = check_paper(sqlite_village, qr_text(pdf))
    assert found.verdict == "genuine"
    assert isinstance(found.facts, SignFacts)
    stars = {each.dimension: each.stars for each in found.facts.stars}
    assert stars == EARNED | {"rules": 3}
    until(lambda: see(stage.window, "signs.printed"), "the picture of the file")


def test_no_tap_shows_more_than_was_earned_and_none_at_all_is_possible(
    stage: MainWindow, sqlite_village: Village, street: Street, home: Home
) -> None:
    sign_in(stage, sqlite_village, street, "clerk")
    open_household(stage)

    tap(stage.window, "signs.more.rules")
    stars = see(stage.window, "signs.stars.rules")
    assert stars is not None
    assert stars.property("stars") == 4

    for _ in range(5):
        tap(stage.window, "signs.fewer.rules")
    assert stars.property("stars") == 0
    assert see(stage.window, "signs.stars.good_faith") is None

    tap(stage.window, "signs.show_all")
    assert stars.property("stars") == 4


def test_without_everybodys_agreement_there_is_nothing_to_print_and_nobody_is_named(
    stage: MainWindow, sqlite_village: Village, street: Street
) -> None:
    home = street.house(date(1956, 3, 1), date(1958, 8, 9))
    street.rate(home.id, EARNED)
    street.agree(home.people[0])
    sign_in(stage, sqlite_village, street, "clerk")
    open_household(stage)

    assert see(stage.window, "signs.print") is None
    assert any("2 位成年人里有 1 位同意" in text for text in texts(stage.window))
    assert not any("林夏生" in text for text in texts(stage.window))


def test_opening_a_household_is_written_down_with_its_purpose(
    stage: MainWindow, sqlite_village: Village, street: Street, home: Home
) -> None:
    sign_in(stage, sqlite_village, street, "officer")
    write(stage.window, "signs.search.input", "1")
    until(lambda: see(stage.window, "signs.household.0"), "the rows")
    with sqlite_village.read() as session:
        assert session.query(RecordView).count() == 0

    open_household(stage, "")
    with sqlite_village.read() as session:
        looks = [(each.subject_id, each.purpose) for each in session.query(RecordView)]
    assert looks == [(home.people[0], "print_sign")]


def test_the_household_has_its_sign_taken_down_with_two_taps(
    stage: MainWindow, sqlite_village: Village, street: Street, home: Home
) -> None:
    sign_in(stage, sqlite_village, street, "clerk")
    open_household(stage)
    tap(stage.window, "signs.print")
    printed_file(stage, sqlite_village)
    tap(stage.window, "signs.another")
    open_household(stage, "")

    tap(stage.window, "signs.take_down")
    tap(stage.window, "dialog.yes")
    until(lambda: see(stage.window, "signs.taken_down"), "the answer")

    assert see(stage.window, "signs.current") is None
    with sqlite_village.read() as session:
        assert session.query(DoorSign).one().ended_why == "taken_down"


def test_a_second_print_of_the_same_sign_says_duplicate(
    stage: MainWindow, sqlite_village: Village, street: Street, home: Home
) -> None:
    sign_in(stage, sqlite_village, street, "clerk")
    open_household(stage)
    tap(stage.window, "signs.print")
    first = printed_file(stage, sqlite_village)
    tap(stage.window, "signs.again")
    until(lambda: see(stage.window, "signs.again") is None, "the second print")
    second = printed_file(stage, sqlite_village)

    said = [PdfReader(each).pages[0].extract_text() for each in (first, second)]
    assert ["DUPLICATE" in each for each in said] == [False, True]
    assert qr_text(first.read_bytes()) == qr_text(second.read_bytes())


def test_nobody_but_an_official_gets_further_than_the_door(
    stage: MainWindow, sqlite_village: Village, street: Street, home: Home
) -> None:
    sign_in(stage, sqlite_village, street)

    assert see(stage.window, "signs.search") is None
    assert see(stage.window, "signs.sign_in") is not None


def print_one(stage: MainWindow, village: Village) -> None:
    open_household(stage)
    tap(stage.window, "signs.print")
    printed_file(stage, village)
    tap(stage.window, "signs.another")


def test_when_nothing_changed_a_duplicate_is_the_first_choice_and_a_new_sign_asks(
    stage: MainWindow, sqlite_village: Village, street: Street, home: Home
) -> None:
    sign_in(stage, sqlite_village, street, "clerk")
    print_one(stage, sqlite_village)
    open_household(stage, "")
    told = until(lambda: see(stage.window, "signs.current"), "the sign on the door")
    assert told.mapToScene(QPointF(0, told.height())).y() < stage.window.height()
    assert see(stage.window, "signs.print") is None
    tap(stage.window, "signs.print_same")
    tap(stage.window, "dialog.no")
    with sqlite_village.read() as session:
        assert session.query(DoorSign).count() == 1
    tap(stage.window, "signs.duplicate")
    file = printed_file(stage, sqlite_village)
    assert "DUPLICATE" in PdfReader(file).pages[0].extract_text()
    with sqlite_village.read() as session:
        assert session.query(DoorSign).one().ended_at is None


def test_a_changed_sign_says_that_it_replaces_the_one_on_the_door_before_it_is_printed(
    stage: MainWindow, sqlite_village: Village, street: Street, home: Home
) -> None:
    sign_in(stage, sqlite_village, street, "clerk")
    print_one(stage, sqlite_village)
    open_household(stage, "")
    tap(stage.window, "signs.fewer.rules")
    tap(stage.window, "signs.print")
    until(lambda: see(stage.window, "dialog.yes"), "the question")
    assert any("S26Q4-0001" in text and "换掉" in text for text in texts(stage.window))
    with sqlite_village.read() as session:
        assert session.query(DoorSign).count() == 1
    tap(stage.window, "dialog.yes")
    printed_file(stage, sqlite_village)
    tap(stage.window, "signs.another")

    open_household(stage, "")
    stars = until(lambda: see(stage.window, "signs.stars.rules"))
    assert stars.property("stars") == 3  # what they chose stays chosen
    assert see(stage.window, "signs.kept") is not None
    with sqlite_village.read() as session:
        found = {each.serial: each.ended_why for each in session.query(DoorSign)}
    assert found == {"S26Q4-0001": "replaced", "S26Q4-0002": ""}


def test_while_the_printer_is_away_the_headline_says_so_and_one_can_go_on_or_call_it_off(
    stage: MainWindow, sqlite_village: Village, street: Street, home: Home
) -> None:
    sign_in(stage, sqlite_village, street, "clerk")
    open_household(stage)
    tap(stage.window, "signs.print")
    job = until(lambda: queue.jobs(sqlite_village), "the print")[0].job_id
    with sqlite_village.write() as session:
        session.get_one(PrintJob, job).reason = "offline"
    away = stage.kiosk.text("printing.held_offline")
    until(lambda: away in texts(stage.window), "the printer's truth")
    assert stage.kiosk.text("printing.phase_waiting") not in texts(stage.window)
    assert see(stage.window, "signs.another") is not None
    tap(stage.window, "signs.cancel")
    called_off = stage.kiosk.text("printing.called_off")
    until(lambda: called_off in texts(stage.window), "that it was called off")
    tap(stage.window, "signs.again")
    until(lambda: see(stage.window, "signs.again") is None, "the second try")
    file = printed_file(stage, sqlite_village)
    assert "DUPLICATE" not in PdfReader(file).pages[0].extract_text()
