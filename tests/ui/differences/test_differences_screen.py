"""A yearly register by touch: taken along, come back changed, and decided on side by side."""

from __future__ import annotations

import csv
from functools import partial
from pathlib import Path

import pytest

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock
from kiosk.models.register import Resident
from kiosk.services.register.search import search
from kiosk.services.village import Village
from tests.ui.neighbours import CLERK, Neighbours
from tests.ui.touch import see, tap, texts, until
from tests.worlds.kept import grown

FATHER, MOTHER, AUNT, GUEST = "林春生", "李秀兰", "林桂花", "孙来客"


@pytest.fixture
def lane(sqlite_village: Village, clock: SettableClock) -> Neighbours:
    return grown(Neighbours(sqlite_village, clock), Neighbours.a_family_and_an_aunt)


def come_to_compare(stage: MainWindow, lane: Neighbours, who: str = CLERK) -> None:
    stage.kiosk.begin_session(lane.signed_in(who, official=True))
    stage.kiosk.open("differences")
    until(lambda: see(stage.window, "differences.take_along"), "the first page")


def ready(stage: MainWindow, name: str) -> bool:
    """Whether it is there and nothing is waited for."""
    found = see(stage.window, name)
    return found is not None and found.isEnabled()


def touch(stage: MainWindow, *names: str) -> None:
    """Each as soon as it can be."""
    for name in names:
        until(partial(ready, stage, name), name)
        tap(stage.window, name)


def stick(lane: Neighbours) -> Path:
    folder = Path(lane.village.settings.drives, "OFFICE")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def take_along(stage: MainWindow, lane: Neighbours) -> Path:
    folder = stick(lane)
    touch(stage, "differences.take_along", "differences.take.0", "differences.form.1")
    until(lambda: see(stage.window, "differences.on_stick"), "that it is on the stick")
    touch(stage, "differences.go_on")
    return next(folder.glob("*.csv"))


def of_next_year(file: Path) -> None:
    """The office adds somebody, writes a telephone, and forgets one line."""
    heads, *lines = csv.reader(file.read_text("utf-8-sig").splitlines())
    name, phone = heads.index("姓名"), heads.index("联系电话")
    kept = [line for line in lines if line[name] != AUNT]
    next(line for line in kept if line[name] == FATHER)[phone] = "13900001111"
    guest = {
        "户号": "新9",
        "街巷": "北街",
        "门牌号": "9号",
        "姓名": GUEST,
        "出生日期": "1970-02-03",
    }
    kept += [[guest.get(head, "") for head in heads]] + [
        [guest.get(head, "") if head != "姓名" else f"{GUEST}{each}" for head in heads]
        for each in "甲"
    ]
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows([heads, *kept])


def compared(stage: MainWindow, lane: Neighbours) -> None:
    come_to_compare(stage, lane)
    of_next_year(take_along(stage, lane))
    touch(stage, "differences.find_file", "differences.files.0", "differences.purpose.0")
    until(lambda: see(stage.window, "differences.page.0"), "what differs")


def phone_of(lane: Neighbours, name: str) -> str:
    with lane.village.read() as session:
        return session.get_one(Resident, lane.people[name]).phone


def test_a_yearly_import_by_touch(stage: MainWindow, lane: Neighbours) -> None:
    compared(stage, lane)
    touch(stage, "differences.page.0", "differences.accept_all")
    until(lambda: see(stage.window, "differences.sentences"), "what would come of it")
    assert search(lane.village, "sunlaike").total == 0, "nothing before it was told and agreed to"
    assert stage.kiosk.text("differences.will_added", 2) in texts(stage.window)
    touch(stage, "differences.carry_out")
    until(lambda: stage.kiosk.text("differences.did_added", 2) in texts(stage.window), "done")
    assert search(lane.village, "sunlaike").total == 2
    touch(stage, "differences.go_on", "differences.page.0", "differences.list.0")
    until(lambda: "13900001111" in " ".join(texts(stage.window)), "both sides")
    touch(stage, "differences.accept", "differences.carry_out", "differences.go_on")
    until(lambda: see(stage.window, "differences.page.0"), "who is missing")
    assert phone_of(lane, FATHER) == "13900001111"
    touch(stage, "differences.page.0", "differences.list.0", "differences.at_the_desk")
    until(lambda: stage.kiosk.property("screenName") == "register", "the register desk")
    assert stage.kiosk.property("screenProperties")["householdId"] > 0
    until(lambda: see(stage.window, "register.purpose.0"), "the household, and what for")


def test_what_was_not_decided_waits_for_the_next_session(
    stage: MainWindow, lane: Neighbours
) -> None:
    compared(stage, lane)
    stage.kiosk.endSession()
    stick(lane).rename(Path(lane.village.settings.drives).parent / "pulled")
    come_to_compare(stage, lane)
    until(lambda: see(stage.window, "differences.page.2"), "all three kinds")
    touch(stage, "differences.page.1", "differences.list.0", "differences.leave")
    touch(stage, "differences.carry_out", "differences.go_on")
    until(lambda: see(stage.window, "differences.page.1"), "the other two")
    until(lambda: not see(stage.window, "differences.page.2"), "no third")
    assert phone_of(lane, FATHER) != "13900001111"


def test_a_comparison_is_finished_after_being_asked(stage: MainWindow, lane: Neighbours) -> None:
    compared(stage, lane)
    touch(stage, "differences.put_aside", "dialog.yes")
    until(lambda: not see(stage.window, "differences.page.0"), "nothing waits")
    until(lambda: stage.kiosk.text("differences.begin") in texts(stage.window), "the beginning")


def test_a_file_that_is_no_register_and_a_stick_that_is_pulled_get_a_sentence(
    stage: MainWindow, lane: Neighbours
) -> None:
    come_to_compare(stage, lane)
    file = stick(lane) / "letter.csv"
    file.write_text("你好\n再见\n", "utf-8")
    touch(stage, "differences.find_file", "differences.files.0", "differences.purpose.0")
    until(lambda: stage.kiosk.text("error.register_not_a_table") in texts(stage.window), "why not")
    tap(stage.window, "back")
    until(lambda: see(stage.window, "differences.files.0"), "the files")
    tap(stage.window, "differences.files.0")
    until(lambda: see(stage.window, "differences.purpose.0"), "the purposes")
    stick(lane).rename(Path(lane.village.settings.drives).parent / "pulled")
    tap(stage.window, "differences.purpose.0")
    until(lambda: stage.kiosk.text("error.drive_gone") in texts(stage.window), "that it is gone")


def test_the_lines_that_were_not_taken_are_printed_and_put_on_the_stick(
    stage: MainWindow, lane: Neighbours
) -> None:
    come_to_compare(stage, lane)
    lines = "姓名,门牌号,出生日期\n孙来客,北街9号,\n,北街9号,1990-02-03\n"
    (stick(lane) / "2027.csv").write_text(lines, "utf-8")
    touch(stage, "differences.find_file", "differences.files.0", "differences.purpose.0")
    touch(stage, "differences.refused")
    said = stage.kiosk.text("residents.row_no_name")
    until(lambda: said in " ".join(texts(stage.window)), "which line, and why")
    touch(stage, "differences.refused_print", "differences.refused_save", "differences.go_on")
    until(lambda: said in " ".join(texts(stage.window)), "the lines again")
    assert list(stick(lane).glob("not-taken-*.csv"))
    tap(stage.window, "back")
    until(lambda: see(stage.window, "differences.page.0"), "what waits")
