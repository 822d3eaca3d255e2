"""A village is founded by touch, from a machine that knows nothing to the first enrolment."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QGuiApplication

from kiosk.app import LazyVillage, MainWindow
from kiosk.core.clock import SettableClock
from kiosk.core.paths import DataDirectory
from kiosk.services.access import pins, sessions
from kiosk.services.audit.tables import verify_village
from kiosk.services.consent import consents
from kiosk.services.printing import queue
from tests.journeys.album import Album
from tests.journeys.hall import SMALL_SCREEN, screen, sign_in, tap
from tests.ui.enrolment.steps import first_pin_of, go_through
from tests.ui.machine import machine
from tests.ui.touch import at_rest, see, until, write

pytestmark = pytest.mark.long

PEOPLE = (
    ("周根土", "1961-05-04", "河埠路", "1", ("officer",)),
    ("王建国", "1958-11-20", "桥南", "3", ("officer", "clerk")),
    ("林春生", "1956-03-01", "东街", "12", ("keeper",)),
)
REGISTER = """杨桥村村民名册,,,
姓名,性别,出生日期,门牌号
周根土,男,1961-05-04,河埠路1号
林小梅,女,1958-08-08,东街12号
李秀兰,女,1962-05-12,东街8号
无名氏,男,1964-02-30,西巷16号
"""
JOINS = "李秀兰"


@pytest.fixture
def new(
    tmp_path: Path, clock: SettableClock, monkeypatch: pytest.MonkeyPatch, qapp: QGuiApplication
) -> LazyVillage:
    """A machine without a village, and a drawer for sticks beside it."""
    monkeypatch.delenv("KIOSK_DATABASE_URL", raising=False)
    monkeypatch.setenv("PATH", "")  # no queue of this machine's own
    monkeypatch.setattr(pins, "SHIPPED", pins.Cost(memory_kib=64, passes=1))
    (tmp_path / "drives").mkdir()
    return LazyVillage(DataDirectory(tmp_path / "village"), clock)


def test_a_village_is_founded_and_the_first_person_joins(
    new: LazyVillage, album: Album, tmp_path: Path
) -> None:
    drives = tmp_path / "drives"
    restarts: list[str] = []
    with machine(new, drives, restarts, **SMALL_SCREEN) as stage:
        screen(stage, "first")
        album.step(stage, "a-new-machine")
        tap(stage, "first.found")
        its_name(stage, album)
        its_machine(stage, album)
        its_rules(stage, album)
        album_of_people(stage, album)
    # The power went, and nothing that was typed is lost.
    again = LazyVillage(new.directory, new.clock)
    with machine(again, drives, restarts, **SMALL_SCREEN) as stage:
        screen(stage, "first")
        tap(stage, "first.found")
        the_assembly(stage, album)
        assert again.village is None
        it_is_founded(stage, album)
        stick = drives / "STICK"
        stick.mkdir()
        letters = the_cards(stage, album, stick)
        the_recovery_sheet(stage, album, stick)
    # Once more, after the village stands: it goes on with what is left.
    third = LazyVillage(new.directory, new.clock)
    with machine(third, drives, restarts, **SMALL_SCREEN) as stage:
        screen(stage, "founded")
        the_backup(stage, album, stick)
        the_register(stage, album, stick)
        tap(stage, "founded.open")
        until(lambda: restarts == ["again"], "the new beginning")
    assert not new.directory.founding.exists()

    opened = LazyVillage(new.directory, new.clock)
    with machine(opened, drives, restarts, **SMALL_SCREEN) as stage:
        until(lambda: opened.village, "the village")
        screen(stage, "home")
        album.step(stage, "the-doors-are-open")
        nothing_leads_back(stage)
        the_first_enrolment(stage, album, letters["王建国"])
        village = opened.village
        assert village is not None
        number = queue.jobs(village)[0].reference
        pin = first_pin_of(stage, number)
        album.step(stage, "she-has-joined")
        session = sessions.sign_in(village, number, pin)
        given = {each.purpose for each in consents.consents(village, session.id) if each.given}
        assert given == {"number"}
        assert verify_village(village).consistent


def its_name(stage: MainWindow, album: Album) -> None:
    """Both names are wanted, and the log's own is asked for twice."""
    until(lambda: see(stage.window, "found.name_zh"), "the first question")
    write(stage.window, "found.name_zh", "杨桥村")
    tap(stage, "found.next")
    until(lambda: see(stage.window, "error"), "that a name is missing")
    assert until(lambda: see(stage.window, "found.name_zh")).property("text") == "杨桥村"
    write(stage.window, "found.name_en", "Yangqiao Village")
    album.step(stage, "the-villages-name")
    tap(stage, "found.next")
    until(lambda: see(stage.window, "found.origin"), "the log's name")
    tap(stage, "found.next")
    until(lambda: see(stage.window, "error"), "that no name is taken silently")
    tap(stage, "found.draw")
    field = until(lambda: see(stage.window, "found.origin"))
    drawn = until(lambda: field.property("text"))
    assert re.fullmatch(r"yangqiao-village-[a-z0-9]{6}/good-deed-book", drawn)
    field.setProperty("text", "")
    write(stage.window, "found.origin", "yangqiao.example/good-deed-book")
    album.step(stage, "the-name-of-its-log")
    tap(stage, "found.next")
    until(lambda: see(stage.window, "dialog.yes"), "the question")
    album.step(stage, "it-never-changes")
    tap(stage, "dialog.yes")


def its_machine(stage: MainWindow, album: Album) -> None:
    """Where it stands, and what prints; this one has no printer."""
    until(lambda: see(stage.window, "found.terminal"), "where it stands")
    tap(stage, "found.next")
    until(lambda: see(stage.window, "found.printer.0"), "the printers")
    album.step(stage, "what-prints")
    tap(stage, "found.next")
    until(lambda: see(stage.window, "found.printer.0"), "the slip printers")
    tap(stage, "found.next")


def its_rules(stage: MainWindow, album: Album) -> None:
    """A place of its own, and the rules with ticks."""
    until(lambda: see(stage.window, "found.add"), "the places")
    tap(stage, "found.add")
    write(stage.window, "found.place_zh", "拜佛的地方")
    tap(stage, "found.write")
    until(lambda: see(stage.window, "error"), "that no report can name it")
    until(lambda: see(stage.window, "found.place_zh")).setProperty("text", "")
    write(stage.window, "found.place_zh", "南塘")
    write(stage.window, "found.place_en", "South pond")
    tap(stage, "found.write")
    until(lambda: see(stage.window, "found.row.0"), "the place on the list")
    album.step(stage, "its-own-places")
    tap(stage, "found.next")
    until(lambda: see(stage.window, "found.rule.night_noise"), "the rules")
    tap(stage, "found.rule.night_noise")
    album.step(stage, "the-rules")
    tap(stage, "found.next")


def album_of_people(stage: MainWindow, album: Album) -> None:
    """Who is missing is said; bad input keeps what was typed."""
    until(lambda: see(stage.window, "found.wanted"), "who is wanted")
    album.step(stage, "who-is-wanted")
    for name, born, lane, number, roles in PEOPLE:
        tap(stage, "found.add")
        until(lambda: see(stage.window, "found.person_name"), "the form")
        write(stage.window, "found.person_name", name)
        write(stage.window, "found.person_born", born)
        until(lambda: see(stage.window, "found.person_lane")).setProperty("text", "")
        write(stage.window, "found.person_lane", lane)
        write(stage.window, "found.person_number", number)
        for role in roles:
            tap(stage, f"found.office.{role}")
        if name == PEOPLE[1][0]:
            album.step(stage, "an-official")
        tap(stage, "found.write")
        until(lambda: see(stage.window, "found.add"), "the list")
    tap(stage, "found.right.2")
    field = until(lambda: see(stage.window, "found.person_born"), "the form again")
    field.setProperty("text", "")
    write(stage.window, "found.person_born", "1956-13-01")
    tap(stage, "found.write")
    until(lambda: see(stage.window, "error"), "that there is no such month")
    assert field.property("text") == "1956-13-01"
    field.setProperty("text", "")
    write(stage.window, "found.person_born", PEOPLE[2][1])
    tap(stage, "found.write")
    until(lambda: see(stage.window, "found.row.2"), "three people")
    assert see(stage.window, "found.wanted") is None
    album.step(stage, "the-first-officials")
    tap(stage, "found.next")
    until(lambda: see(stage.window, "found.assembly"), "the assembly")


def the_assembly(stage: MainWindow, album: Album) -> None:
    """It goes on where it was."""
    until(lambda: see(stage.window, "found.assembly"), "the step at which it was left")
    write(stage.window, "found.assembly", "2026-11-21")
    album.step(stage, "the-assemblys-day")
    tap(stage, "found.next")
    until(lambda: see(stage.window, "found.found"), "the end of the questions")
    album.step(stage, "once-more")


def it_is_founded(stage: MainWindow, album: Album) -> None:
    tap(stage, "found.found")
    until(lambda: see(stage.window, "dialog.yes"), "the question")
    tap(stage, "dialog.yes")
    screen(stage, "founded")
    until(lambda: see(stage.window, "founded.save"), "the cards")
    assert not until(lambda: see(stage.window, "founded.handed_over")).isEnabled()
    album.step(stage, "the-village-stands")


def the_cards(stage: MainWindow, album: Album, stick: Path) -> dict[str, tuple[str, str]]:
    """Without a printer they go onto a stick; each letter names a card and its PIN."""
    tap(stage, "founded.save")
    until(lambda: see(stage.window, "founded.told"), "that they are on the stick")
    album.step(stage, "cards-and-letters")
    letters = {}
    for file in stick.glob("pin-*.pdf"):
        told = PdfReader(file).pages[0].extract_text()
        number = re.search(r"\d{4}-\d{4}", told)
        pin = re.search(r"(?<![\d-])\d{6}(?![\d-])", told)
        (name,) = (each[0] for each in PEOPLE if each[0] in told)
        assert number
        assert pin
        letters[name] = (number[0], pin[0])
    assert letters.keys() == {each[0] for each in PEOPLE}
    tap(stage, "founded.handed_over")
    tap(stage, "dialog.yes")
    return letters


def the_recovery_sheet(stage: MainWindow, album: Album, stick: Path) -> None:
    """Its key is read from the sheet before anything goes on."""
    field = until(lambda: see(stage.window, "founded.key"), "the recovery sheet")
    tap(stage, "founded.save")
    until(lambda: see(stage.window, "founded.told"), "that it is on the stick")
    told = PdfReader(stick / "recovery-sheet.pdf").pages[0].extract_text()
    groups = re.findall(r"(?<![0-9A-Z])[0-9A-HJKMNP-TV-Z]{4}(?![0-9A-Z])", told)
    at_rest(stage)
    write(stage.window, "founded.key", "0000 1111 2222")
    tap(stage, "founded.confirm")
    until(lambda: see(stage.window, "error"), "that the key is wrong")
    assert field.property("text") == "0000 1111 2222"
    album.step(stage, "the-recovery-sheet")
    field.setProperty("text", "")
    write(stage.window, "founded.key", " ".join(groups[:14]).lower())
    tap(stage, "founded.confirm")
    until(lambda: see(stage.window, "founded.back_up"), "the backup")


def the_backup(stage: MainWindow, album: Album, stick: Path) -> None:
    until(lambda: see(stage.window, "founded.back_up"), "the step at which it was left")
    album.step(stage, "the-first-backup")
    tap(stage, "founded.back_up")
    until(lambda: see(stage.window, "founded.put_off"), "the register")
    assert len(list(stick.glob("village-*.backup"))) == 1


def the_register(stage: MainWindow, album: Album, stick: Path) -> None:
    """Read, told, taken in; the line that is no day is said with its reason."""
    file = stick / "名册.csv"
    file.write_bytes(REGISTER.encode("gb18030"))
    at = datetime(2026, 11, 20, 1, tzinfo=UTC).timestamp()
    os.utime(file, (at, at))
    until(lambda: see(stage.window, "founded.file.0"), "the file on the stick")
    album.step(stage, "the-register-on-a-stick")
    tap(stage, "founded.file.0")
    until(lambda: see(stage.window, "founded.take_in"), "what it says")
    album.step(stage, "what-the-register-says")
    tap(stage, "founded.take_in")
    until(lambda: see(stage.window, "founded.open"), "the end")
    album.step(stage, "everything-is-ready")


def nothing_leads_back(stage: MainWindow) -> None:
    """Whoever opened the founding now would be told that it is over."""
    stage.kiosk.open("founded")
    until(lambda: see(stage.window, "error"), "that it is over")
    assert see(stage.window, "founded.save") is None
    stage.kiosk.home()
    screen(stage, "home")


def the_first_enrolment(stage: MainWindow, album: Album, clerk: tuple[str, str]) -> None:
    """The clerk of the founding sits at the desk, and somebody joins."""
    tap(stage, "staff")
    sign_in(stage, clerk)
    screen(stage, "staff")
    tap(stage, "staff.enrolment")
    write(stage.window, "enrol.search.input", JOINS)
    tap(stage, "enrol.person.0")
    tap(stage, "enrol.begin")
    go_through(stage)
    tap(stage, "enrol.listened")
    tap(stage, "enrol.looked")
    for answer in ("nothing", "me", "any_time"):
        tap(stage, f"enrol.answer.{answer}")
        tap(stage, "enrol.next")
    for each in ("number", "household_sign", "thank_you_wall", "letter", "panel"):
        tap(stage, f"enrol.{'yes' if each == 'number' else 'no'}.{each}")
    album.step(stage, "the-first-to-join")
    tap(stage, "enrol.write")
    tap(stage, "enrol.to_person")
    until(lambda: not stage.kiosk.property("signedIn"), "the clerk is signed out")
