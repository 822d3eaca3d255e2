"""Somebody reports a deed or a concern by touch, and the case stands in the village."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader
from PySide6.QtQml import QQmlExpression, qmlContext
from sqlalchemy import select

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock
from kiosk.models.cases import Case, CasePhoto
from kiosk.services.access import sessions
from kiosk.services.cases import confirmations
from kiosk.services.printing import queue, spooler
from kiosk.services.rulebook import book
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.ui.neighbours import Neighbours
from tests.ui.panels import PANELS
from tests.ui.touch import ill_placed, rest, see, settle, tap, texts, until, write
from tests.worlds.kept import grown
from tests.worlds.pictures import bomb

ME, NEIGHBOUR = "林春生", "李秀兰"


@pytest.fixture
def lane(sqlite_village: Village, clock: SettableClock) -> Neighbours:
    """The rules were in force for a while; two neighbours have joined, one has not."""
    return grown(Neighbours(sqlite_village, clock), neighbourhood)


def neighbourhood(neighbours: Neighbours) -> None:
    neighbours.found()
    neighbours.clock.advance(days=40)
    neighbours.join(ME)
    neighbours.join(NEIGHBOUR, number="8")
    neighbours.settle("单雅琴", number="9")
    neighbours.settle("林小燕")


def begin(
    stage: MainWindow, lane: Neighbours, kind: str = "", who: str = ME, **more: object
) -> None:
    session_id = lane.at_home(who)
    with writing(lane.village) as work:
        stage.kiosk.begin_session(sessions.require(work, session_id))
    stage.kiosk.open("reports", {"kind": kind, **more})
    settle()


def choose_rule(stage: MainWindow, title: str) -> None:
    """Tap the tile of the rule."""
    tap(stage.window, str(until(lambda: rule_in_sight(stage, title), f"the rule {title}")))


def rule_in_sight(stage: MainWindow, title: str) -> str:
    """The tile of the rule, looked for page after page."""
    for place in range(40):
        item = see(stage.window, f"report.rule.{place}")
        if item is not None and item.property("text") == title:
            return f"report.rule.{place}"
    more = see(stage.window, "report.rules.more")
    if more is not None and more.isEnabled():
        tap(stage.window, "report.rules.more")
    return ""


def come_to_words(stage: MainWindow) -> None:
    """Yesterday afternoon, at the south docks."""
    tap(stage.window, "report.quick.1")
    tap(stage.window, "report.part.afternoon")
    tap(stage.window, "report.place.docks_south")


def past_photos(stage: MainWindow) -> None:
    """On to the whole: past the photographs of a drive, and with nobody asked to confirm it."""
    ahead = ("report.photos_done", "report.witnesses_done", "report.line.words")
    for button in ahead[:2]:
        until(lambda: any(see(stage.window, each) for each in ahead), "the next question")
        if see(stage.window, button):
            tap(stage.window, button)
            until(lambda name=button: see(stage.window, name) is None, "what follows")  # type: ignore[misc]


def answer_the_rest(stage: MainWindow, words: str = "") -> None:
    """When and where, a few words, and no photograph."""
    come_to_words(stage)
    if words:
        write(stage.window, "report.words.input", words)
    tap(stage.window, "report.words_done")
    past_photos(stage)


def choose_neighbour(stage: MainWindow, typed: str) -> None:
    write(stage.window, "report.search.input", typed)
    until(lambda: see(stage.window, "report.person.0"), "the rows")
    tap(stage.window, "report.person.0")


def hand_in(stage: MainWindow) -> None:
    until(lambda: see(stage.window, "report.next"), "what happens next")
    tap(stage.window, "report.hand_in")


def finish_words(stage: MainWindow) -> None:
    """Write nothing, add no photograph, and wait for all that the look at the whole says."""
    tap(stage.window, "report.words_done")
    past_photos(stage)
    until(lambda: see(stage.window, "report.next"), "what happens next")


def drawn(stage: MainWindow) -> None:
    """Let the screen be laid out and drawn."""
    for _ in range(2):
        stage.window.grabWindow()
        settle()


def reference(stage: MainWindow) -> str:
    item = until(lambda: see(stage.window, "report.reference"), "the reference")
    return str(item.property("text"))


def error(stage: MainWindow) -> str:
    item = see(stage.window, "error")
    return "" if item is None else str(item.property("text"))


def only_case(village: Village) -> Case:
    with village.read() as session:
        case = session.scalars(select(Case)).one()
        session.expunge(case)
        return case


def cases(village: Village) -> int:
    with village.read() as session:
        return session.query(Case).count()


def test_a_deed_of_ones_own_is_handed_in_and_its_receipt_followed_out_of_the_printer(
    stage: MainWindow, lane: Neighbours
) -> None:
    begin(stage, lane, "good")
    tap(stage.window, "report.whom.self")
    choose_rule(stage, "清理河埠头")
    answer_the_rest(stage, "扫了两段石阶。")
    hand_in(stage)

    assert reference(stage) == "2027-0001"
    assert see(stage.window, "paper.picture") is None  # nothing is called printed before it is
    spooler.print_next(lane.village)
    until(lambda: see(stage.window, "paper.picture"), "the slip")
    job = queue.jobs(lane.village)[0]
    assert job.file is not None
    assert "2027-0001" in PdfReader(Path(job.file)).pages[0].extract_text()

    case = only_case(lane.village)
    assert (case.subject_id, case.reporter_id) == (lane.people[ME], lane.people[ME])
    assert (case.part_of_day, case.place, case.words) == (
        "afternoon",
        "docks_south",
        "扫了两段石阶。",
    )
    tap(stage.window, "report.to_start")
    assert stage.kiosk.property("screenName") == "home"


def test_a_deed_of_a_neighbour_waits_for_that_neighbour(
    stage: MainWindow, lane: Neighbours
) -> None:
    begin(stage, lane, "good")
    tap(stage.window, "report.whom.neighbour")
    choose_neighbour(stage, NEIGHBOUR)
    choose_rule(stage, "帮邻居一把")
    answer_the_rest(stage)
    until(lambda: f"{NEIGHBOUR} · 东街8号" in texts(stage.window), "who it is about")
    hand_in(stage)

    assert reference(stage)
    assert any("那位邻居如果参加了，会先问他愿不愿意" in text for text in texts(stage.window))
    assert only_case(lane.village).subject_id == lane.people[NEIGHBOUR]


def test_a_concern_begins_with_what_it_means_and_is_handed_in(
    stage: MainWindow, lane: Neighbours
) -> None:
    begin(stage, lane, "concern")
    until(lambda: "反映不得分" in texts(stage.window), "the three sentences")
    tap(stage.window, "report.understood")
    choose_neighbour(stage, NEIGHBOUR)
    choose_rule(stage, "往河埠头倒垃圾")
    answer_the_rest(stage, "两袋菜叶。")
    hand_in(stage)

    assert reference(stage)
    case = only_case(lane.village)
    assert (case.kind, case.state) == ("concern", "submitted")


def test_a_matter_of_the_person_concerned_is_asked_for_before_it_is_taken(
    stage: MainWindow, lane: Neighbours
) -> None:
    begin(stage, lane, "concern", subjectId=lane.people[NEIGHBOUR])
    tap(stage.window, "report.understood")
    choose_rule(stage, "说好还的钱没按时还")
    tap(stage.window, "dialog.no")
    assert see(stage.window, "report.quick.0") is None

    choose_rule(stage, "说好还的钱没按时还")
    tap(stage.window, "dialog.yes")
    answer_the_rest(stage)
    hand_in(stage)
    assert reference(stage)


def test_who_comes_from_the_look_up_is_not_asked_about_whom(
    stage: MainWindow, lane: Neighbours
) -> None:
    begin(stage, lane, "deed", subjectId=lane.people[NEIGHBOUR])
    choose_rule(stage, "帮邻居一把")
    answer_the_rest(stage)
    until(lambda: see(stage.window, "report.line.neighbour"), "the whole")

    line = see(stage.window, "report.line.neighbour")
    assert line is not None
    assert not line.isEnabled()


def test_a_neighbour_of_whom_nothing_can_be_written_down_is_told_before_the_form(
    stage: MainWindow, lane: Neighbours
) -> None:
    begin(stage, lane, "good")
    tap(stage.window, "report.whom.neighbour")
    choose_neighbour(stage, "林小燕")

    until(lambda: "一家人的事不在这里记" in error(stage), "the sentence")
    assert see(stage.window, "report.search") is not None


def test_who_did_not_join_is_written_down_like_everybody_else(
    stage: MainWindow, lane: Neighbours
) -> None:
    begin(stage, lane, "good")
    tap(stage.window, "report.whom.neighbour")
    choose_neighbour(stage, "单雅琴")
    choose_rule(stage, "帮邻居一把")
    answer_the_rest(stage)
    hand_in(stage)

    assert reference(stage)
    assert any("那位邻居如果参加了，会先问他愿不愿意" in text for text in texts(stage.window))


@pytest.mark.parametrize("words", ["从庙里回来，扫了石阶。", "和李秀兰一起扫了石阶。"])
def test_words_that_do_not_belong_here_are_refused_gently_and_stay_to_be_changed(
    stage: MainWindow, lane: Neighbours, words: str
) -> None:
    begin(stage, lane, "good")
    tap(stage.window, "report.whom.self")
    choose_rule(stage, "清理河埠头")
    come_to_words(stage)
    write(stage.window, "report.words.input", words)
    tap(stage.window, "report.words_done")

    until(lambda: see(stage.window, "report.gentle"), "the gentle sentence")
    field = see(stage.window, "report.words")
    assert field is not None
    assert field.property("text") == words

    field.setProperty("text", "扫了石阶。")
    tap(stage.window, "report.words_done")
    until(lambda: see(stage.window, "report.witnesses_done"), "the next question")


def test_the_same_deed_again_is_asked_about_and_not_handed_in(
    stage: MainWindow, lane: Neighbours
) -> None:
    for _ in range(2):
        begin(stage, lane, "good")
        tap(stage.window, "report.whom.self")
        choose_rule(stage, "清理河埠头")
        answer_the_rest(stage)
        until(lambda: see(stage.window, "report.next"), "what happens next")
        if see(stage.window, "report.same") is None:
            tap(stage.window, "report.hand_in")
            reference(stage)

    assert see(stage.window, "report.hand_in") is None
    assert any("编号 2027-0001" in text for text in texts(stage.window))
    tap(stage.window, "report.same.no")  # another one, of the same day
    hand_in(stage)
    assert reference(stage) == "2027-0002"
    assert cases(lane.village) == 2


def test_the_day_beside_is_asked_about_and_handed_in_when_it_is_another(
    stage: MainWindow, lane: Neighbours
) -> None:
    lane.hand_in(ME, ME, "clean_docks")
    begin(stage, lane, "good")
    tap(stage.window, "report.whom.self")
    choose_rule(stage, "清理河埠头")
    answer_the_rest(stage)
    until(lambda: see(stage.window, "report.same"), "the question")
    assert see(stage.window, "report.hand_in") is None
    tap(stage.window, "report.same.no")
    hand_in(stage)

    assert reference(stage) == "2027-0002"
    assert cases(lane.village) == 2


def test_what_is_the_same_is_not_handed_in_twice_and_its_number_is_said(
    stage: MainWindow, lane: Neighbours
) -> None:
    lane.hand_in(ME, ME, "clean_docks")
    begin(stage, lane, "good")
    tap(stage.window, "report.whom.self")
    choose_rule(stage, "清理河埠头")
    answer_the_rest(stage)
    tap(stage.window, "report.same.yes")

    assert reference(stage) == "2027-0001"
    assert see(stage.window, "report.same.accept") is None
    tap(stage.window, "report.to_start")
    assert stage.kiosk.property("screenName") == "home"
    assert cases(lane.village) == 1


def test_what_a_neighbour_nominated_leads_to_ones_own_yes(
    stage: MainWindow, lane: Neighbours
) -> None:
    lane.hand_in(NEIGHBOUR, ME, "clean_docks")
    begin(stage, lane, "good")
    tap(stage.window, "report.whom.self")
    choose_rule(stage, "清理河埠头")
    answer_the_rest(stage)
    tap(stage.window, "report.same.yes")
    tap(stage.window, "report.same.accept")

    assert stage.kiosk.property("screenName") == "notices"
    assert cases(lane.village) == 1


# --- Photographs from a drive


@pytest.fixture
def stick(lane: Neighbours) -> Path:
    """A USB stick that is in."""
    folder = Path(lane.village.settings.drives) / "TRIP"
    folder.mkdir(parents=True)
    return folder


def snap(stick: Path, name: str, at: float = 1_780_000_000) -> None:
    """A photograph on it, with words in it that nobody is to read."""
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    Image.new("RGB", (1200, 900), (90, 140, 60)).save(stick / name, "JPEG", exif=exif)
    os.utime(stick / name, (at, at))


def come_to_photos(stage: MainWindow, lane: Neighbours, words: str = "扫了两段石阶。") -> None:
    begin(stage, lane, "good")
    tap(stage.window, "report.whom.self")
    choose_rule(stage, "清理河埠头")
    come_to_words(stage)
    write(stage.window, "report.words.input", words)
    drive_seen(stage)
    tap(stage.window, "report.words_done")
    until(lambda: see(stage.window, "report.photos_done"), "the question")


def drive_seen(stage: MainWindow) -> None:
    """The form knows of the drive, so that it asks for photographs."""
    field = see(stage.window, "report.words")
    assert field is not None
    words = field.parentItem()
    name = stage.kiosk.text("report_screen.step_photo")
    context = qmlContext(words)
    assert context is not None
    asked = QQmlExpression(context, words, f"form.stepNames.includes('{name}')")
    until(lambda: asked.evaluate()[0], "the question about photographs")


def kept(stage: MainWindow) -> int:
    """How many photographs the screen says it has."""
    chip = see(stage.window, "report.photos.kept")
    return 0 if chip is None else int(str(chip.property("text")).split()[1])


def pictures_of(village: Village) -> list[bytes]:
    with village.read() as session:
        return [each.jpeg for each in session.scalars(select(CasePhoto).order_by(CasePhoto.id))]


def photo_error(stage: MainWindow) -> str:
    item = see(stage.window, "report.photos.error")
    return "" if item is None else str(item.property("text"))


def test_photographs_from_a_stick_go_with_the_report_without_what_they_told(
    stage: MainWindow, lane: Neighbours, stick: Path
) -> None:
    for number in range(3):
        snap(stick, f"{number}.jpg", at=1_780_000_000 + number)
    come_to_photos(stage, lane)
    until(lambda: see(stage.window, "report.photo.2"), "the pictures")
    tap(stage.window, "report.photo.0")
    until(lambda: kept(stage) == 1, "the first")
    tap(stage.window, "report.photo.1")
    until(lambda: kept(stage) == 2, "the second")
    tap(stage.window, "report.photo.0")  # the same again takes it out
    until(lambda: kept(stage) == 1, "one")
    past_photos(stage)
    until(lambda: "1 张" in texts(stage.window), "the line of the whole")
    hand_in(stage)
    reference(stage)

    (jpeg,) = pictures_of(lane.village)
    assert b"taken at home" not in jpeg
    assert see(stage.window, "report.take_along") is not None
    shutil.rmtree(stick)
    until(lambda: see(stage.window, "report.take_along") is None, "the stick to be gone")


def come_to_whole(stage: MainWindow, lane: Neighbours) -> None:
    begin(stage, lane, "good")
    tap(stage.window, "report.whom.self")
    choose_rule(stage, "清理河埠头")
    answer_the_rest(stage)
    until(lambda: see(stage.window, "report.next"), "the whole")


def test_without_a_stick_photographs_are_not_asked_about_and_their_line_says_how(
    stage: MainWindow, lane: Neighbours
) -> None:
    begin(stage, lane, "good")
    tap(stage.window, "report.whom.self")
    choose_rule(stage, "清理河埠头")
    come_to_words(stage)
    tap(stage.window, "report.words_done")
    until(lambda: see(stage.window, "report.witnesses_done"), "the next question")
    tap(stage.window, "report.witnesses_done")
    tap(stage.window, "report.line.photo")
    until(lambda: see(stage.window, "report.photos.none"), "the sentence")
    assert any("U 盘" in text for text in texts(stage.window))
    tap(stage.window, "report.photos_done")
    hand_in(stage)
    reference(stage)
    assert pictures_of(lane.village) == []


def test_a_stick_put_in_later_is_seen_and_one_pulled_out_leaves_what_was_taken(
    stage: MainWindow, lane: Neighbours
) -> None:
    come_to_whole(stage, lane)
    tap(stage.window, "report.line.photo")
    until(lambda: see(stage.window, "report.photos.none"), "the sentence")
    stick = Path(lane.village.settings.drives) / "LATE"
    stick.mkdir(parents=True)
    snap(stick, "a.jpg")
    until(lambda: see(stage.window, "report.photo.0"), "the picture")
    tap(stage.window, "report.photo.0")
    until(lambda: kept(stage) == 1, "the photograph")
    shutil.rmtree(stick)
    until(lambda: see(stage.window, "report.photos.out.0"), "what was taken")
    assert see(stage.window, "report.photo.0") is None
    assert kept(stage) == 1
    past_photos(stage)
    hand_in(stage)
    reference(stage)
    assert len(pictures_of(lane.village)) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xd8\xff" + b"x" * (40 << 20), "太大了"),
        (b"this is no photograph", "不是能看的照片"),
        (bomb(), "太大了"),
    ],
    ids=["40 MB", "no photograph", "bomb"],
)
def test_what_cannot_be_taken_is_said_and_nothing_typed_is_lost(
    stage: MainWindow, lane: Neighbours, stick: Path, content: bytes, said: str
) -> None:
    (stick / "a.jpg").write_bytes(content)
    come_to_photos(stage, lane)
    until(lambda: see(stage.window, "report.photo.0"), "the file")
    tap(stage.window, "report.photo.0")
    until(lambda: said in photo_error(stage), "the sentence")
    assert kept(stage) == 0
    past_photos(stage)
    until(lambda: "扫了两段石阶。" in texts(stage.window), "the whole")
    assert photo_error(stage) == ""
    hand_in(stage)
    reference(stage)


def test_a_stick_pulled_out_while_a_picture_is_taken_is_said(
    stage: MainWindow, lane: Neighbours, stick: Path
) -> None:
    snap(stick, "a.jpg")
    come_to_photos(stage, lane)
    until(lambda: see(stage.window, "report.photo.0"), "the picture")
    photos = see(stage.window, "report.photo.0")
    assert photos is not None
    shutil.rmtree(stick)
    rest(stage.window)
    photos.metaObject().invokeMethod(photos, "tap")
    until(lambda: "U 盘不在了" in photo_error(stage), "the sentence")
    past_photos(stage)
    until(lambda: "扫了两段石阶。" in texts(stage.window), "the whole")


def test_a_fourth_photograph_is_not_taken(stage: MainWindow, lane: Neighbours, stick: Path) -> None:
    for number in range(4):
        snap(stick, f"{number}.jpg")
    come_to_photos(stage, lane)
    until(lambda: see(stage.window, "report.photo.3"), "the pictures")
    for number in range(4):
        tap(stage.window, f"report.photo.{number}")
        until(lambda n=number: kept(stage) == min(n + 1, 3), "the photograph")  # type: ignore[misc]
    assert "最多放 3 张" in photo_error(stage)


def test_a_look_at_another_screen_keeps_the_photographs(
    stage: MainWindow, lane: Neighbours, stick: Path
) -> None:
    snap(stick, "a.jpg")
    come_to_photos(stage, lane)
    tap(stage.window, "report.photo.0")
    until(lambda: kept(stage) == 1, "the photograph")
    past_photos(stage)
    until(lambda: see(stage.window, "report.next"), "the whole")
    stage.kiosk.open("rules")
    settle()
    tap(stage.window, "back")
    until(lambda: "1 张" in texts(stage.window), "the whole again")
    hand_in(stage)
    reference(stage)
    assert len(pictures_of(lane.village)) == 1


def test_older_pictures_and_other_kinds_are_told_of(
    stage: MainWindow, lane: Neighbours, stick: Path
) -> None:
    for number in range(14):
        snap(stick, f"{number}.jpg", at=1_780_000_000 + number)
    (stick / "b.heic").write_bytes(b"heic")
    come_to_photos(stage, lane)
    until(lambda: see(stage.window, "report.photo.11"), "a page of pictures")
    assert see(stage.window, "report.photo.12") is None
    assert see(stage.window, "report.photos.unread") is not None
    drawn(stage)  # the pictures were there before the question was
    tap(stage.window, "report.photos.older")
    until(lambda: see(stage.window, "report.photo.13"), "the older ones")
    assert see(stage.window, "report.photos.older") is None


def test_each_line_of_the_whole_leads_to_its_question_and_straight_back(
    stage: MainWindow, lane: Neighbours
) -> None:
    begin(stage, lane, "good")
    tap(stage.window, "report.whom.self")
    choose_rule(stage, "清理河埠头")
    answer_the_rest(stage, "扫了两段石阶。")
    until(lambda: see(stage.window, "report.next"), "the whole")
    tap(stage.window, "report.line.where")
    tap(stage.window, "report.place.hall")

    hand_in(stage)
    reference(stage)
    case = only_case(lane.village)
    assert (case.place, case.words) == ("hall", "扫了两段石阶。")


def test_going_back_keeps_every_answer(stage: MainWindow, lane: Neighbours) -> None:
    begin(stage, lane, "good")
    tap(stage.window, "report.whom.self")
    choose_rule(stage, "清理河埠头")
    answer_the_rest(stage, "扫了两段石阶。")
    until(lambda: see(stage.window, "report.next"), "the whole")
    for _ in range(5):
        tap(stage.window, "back")

    day = see(stage.window, "report.quick.1")
    assert day is not None
    assert day.property("checked")
    tap(stage.window, "report.quick.1")
    part = see(stage.window, "report.part.afternoon")
    assert part is not None
    assert part.property("checked")
    tap(stage.window, "report.part.afternoon")
    place = see(stage.window, "report.place.docks_south")
    assert place is not None
    assert place.property("checked")


def test_a_look_at_another_screen_loses_nothing(stage: MainWindow, lane: Neighbours) -> None:
    begin(stage, lane, "good")
    tap(stage.window, "report.whom.self")
    choose_rule(stage, "清理河埠头")
    answer_the_rest(stage, "扫了两段石阶。")
    until(lambda: see(stage.window, "report.next"), "the whole")
    stage.kiosk.open("rules")
    settle()
    tap(stage.window, "back")

    until(lambda: see(stage.window, "report.line.words"), "the whole again")
    assert "扫了两段石阶。" in texts(stage.window)


def test_a_day_of_three_weeks_ago_is_found_in_the_calendar(
    stage: MainWindow, lane: Neighbours
) -> None:
    begin(stage, lane, "good")
    tap(stage.window, "report.whom.self")
    choose_rule(stage, "清理河埠头")
    tap(stage.window, "report.earlier")
    tap(stage.window, "report.day.2026-12-12")
    tap(stage.window, "report.part.unsure")
    tap(stage.window, "report.place.hall")
    finish_words(stage)
    hand_in(stage)

    reference(stage)
    assert only_case(lane.village).happened_on.isoformat() == "2026-12-12"


def test_a_day_of_the_calendar_and_one_of_the_last_are_never_both_marked(
    stage: MainWindow, lane: Neighbours
) -> None:
    begin(stage, lane, "good")
    tap(stage.window, "report.whom.self")
    choose_rule(stage, "清理河埠头")
    tap(stage.window, "report.quick.0")
    tap(stage.window, "back")
    marks = [f"report.quick.{number}" for number in range(3)]
    assert [checked(stage, name) for name in (*marks, "report.earlier")] == [True, *[False] * 3]
    tap(stage.window, "report.earlier")
    assert [see(stage.window, name) for name in marks] == [None] * 3
    tap(stage.window, "report.day.2026-12-12")
    tap(stage.window, "back")
    assert checked(stage, "report.day.2026-12-12")
    tap(stage.window, "report.recent")
    assert not any(checked(stage, name) for name in marks)


def checked(stage: MainWindow, name: str) -> bool:
    return bool(until(lambda: see(stage.window, name), name).property("checked"))


def test_a_sentence_that_is_ready_is_taken_with_a_tap_and_taken_once(
    stage: MainWindow, lane: Neighbours
) -> None:
    begin(stage, lane, "good")
    tap(stage.window, "report.whom.self")
    choose_rule(stage, "清理河埠头")
    come_to_words(stage)
    for name in ("report.phrase.1", "report.phrase.2", "report.phrase.1"):
        tap(stage.window, name)
    tap(stage.window, "report.words_done")
    past_photos(stage)
    hand_in(stage)

    reference(stage)
    assert only_case(lane.village).words == "是和大家一起做的。做了半个小时左右。"


def test_six_rules_are_offered_at_a_time_and_each_is_on_one_page(
    stage: MainWindow, lane: Neighbours
) -> None:
    begin(stage, lane, "good")
    tap(stage.window, "report.whom.self")
    seen: list[str] = []
    while True:
        first = f"report.rule.{len(seen)}"
        until(lambda name=first: see(stage.window, name), "the rules")  # type: ignore[misc]
        shown = [n for n in range(60) if see(stage.window, f"report.rule.{n}")]
        assert 1 <= len(shown) <= 6
        seen += [f"report.rule.{n}" for n in shown]
        more = see(stage.window, "report.rules.more")
        assert more is not None
        if not more.isEnabled():
            break
        tap(stage.window, "report.rules.more")
    deeds = [each for each in book.current(lane.village) if each.kind == "deed"]
    assert len(seen) == len(set(seen)) == len(deeds)


def test_the_fourth_deed_that_would_wait_is_refused_on_the_same_screen(
    stage: MainWindow, lane: Neighbours
) -> None:
    for rule in ("clean_docks", "sort_waste", "volunteering"):
        lane.hand_in(ME, ME, rule)
    begin(stage, lane, "good")
    tap(stage.window, "report.whom.self")
    choose_rule(stage, "帮邻居一把")
    answer_the_rest(stage, "收了一天茶。")
    hand_in(stage)

    until(lambda: "正等着审核" in error(stage), "the sentence")
    assert "收了一天茶。" in texts(stage.window)
    assert cases(lane.village) == 3


def test_a_second_tap_hands_in_once(stage: MainWindow, lane: Neighbours) -> None:
    begin(stage, lane, "good")
    tap(stage.window, "report.whom.self")
    choose_rule(stage, "清理河埠头")
    answer_the_rest(stage)
    until(lambda: see(stage.window, "report.next"), "the whole")
    tap(stage.window, "report.hand_in")
    model = see(stage.window, "report.hand_in")
    if model is not None:
        model.metaObject().invokeMethod(model, "clicked")
    reference(stage)

    assert cases(lane.village) == 1


def test_somebody_not_signed_in_signs_in_first_and_comes_to_the_question(
    stage: MainWindow, lane: Neighbours
) -> None:
    stage.kiosk.open("reports", {"kind": "good"})
    until(lambda: stage.kiosk.property("screenName") == "sign_in", "the sign-in")
    for digit in lane.cards[ME].number.replace("-", ""):
        tap(stage.window, f"pad.{digit}")
    until(lambda: see(stage.window, "pin_pad"), "the PIN")
    for digit in lane.cards[ME].pin:
        tap(stage.window, f"pad.{digit}")

    until(lambda: see(stage.window, "report.whom.self"), "the first question")


@pytest.mark.parametrize("panel", PANELS)
def test_every_text_of_every_step_is_whole_at_the_largest_size(
    open_stage: Callable[..., MainWindow], lane: Neighbours, stick: Path, panel: str
) -> None:
    for number in range(14):
        snap(stick, f"{number}.jpg")
    (stick / "b.heic").write_bytes(b"heic")
    size, mm = PANELS[panel]
    stage = open_stage(size=size, mm=mm)
    begin(stage, lane, "good")
    stage.kiosk.set_comfort(3, False)
    until(lambda: see(stage.window, "report.whom.self"), "the first question")
    steps: tuple[Callable[[], None], ...] = (
        lambda: tap(stage.window, "report.whom.self"),
        lambda: choose_rule(stage, "清理河埠头"),
        lambda: tap(stage.window, "report.earlier"),
        lambda: tap(stage.window, "report.recent"),
        lambda: tap(stage.window, "report.quick.0"),
        lambda: tap(stage.window, "report.part.unsure"),
        lambda: tap(stage.window, "report.place.fields"),
        lambda: drive_seen(stage),
        lambda: tap(stage.window, "report.words_done"),
        lambda: tap(stage.window, "report.photo.0"),
        lambda: until(lambda: kept(stage) == 1, "the photograph"),
        lambda: tap(stage.window, "report.photos_done"),
        lambda: tap(stage.window, "report.witnesses_done"),
        lambda: hand_in(stage),
    )
    for go in steps:
        for _ in range(2):
            stage.kiosk.switchLanguage()
            drawn(stage)
            assert ill_placed(stage.window) == [], stage.kiosk.tongue
        go()
    reference(stage)
    drawn(stage)
    assert ill_placed(stage.window) == []


@pytest.mark.parametrize("panel", PANELS)
def test_every_text_about_what_may_be_the_same_is_whole_at_the_largest_size(
    open_stage: Callable[..., MainWindow], lane: Neighbours, stick: Path, panel: str
) -> None:
    lane.hand_in(NEIGHBOUR, ME, "clean_docks")
    snap(stick, "a.jpg")
    size, mm = PANELS[panel]
    stage = open_stage(size=size, mm=mm)
    begin(stage, lane, "good")
    stage.kiosk.set_comfort(3, False)
    tap(stage.window, "report.whom.self")
    choose_rule(stage, "清理河埠头")
    come_to_words(stage)
    drive_seen(stage)
    tap(stage.window, "report.words_done")
    tap(stage.window, "report.photo.0")
    until(lambda: kept(stage) == 1, "the photograph")
    shutil.rmtree(stick)
    until(lambda: see(stage.window, "report.photos.out.0"), "what was taken")
    steps: tuple[Callable[[], None], ...] = (
        lambda: tap(stage.window, "report.photos_done"),
        lambda: tap(stage.window, "report.witnesses_done"),
        lambda: tap(stage.window, "report.same.yes"),
        lambda: tap(stage.window, "report.same.accept"),
    )
    for go in steps:
        for _ in range(2):
            stage.kiosk.switchLanguage()
            drawn(stage)
            assert ill_placed(stage.window) == [], stage.kiosk.tongue
        # Scrolled into sight, an answer may lie where the page before was tapped: it waits longer.
        rest(stage.window, 2000)
        go()
        settle()


def test_a_neighbour_who_saw_a_deed_is_asked_and_confirms_it(
    stage: MainWindow, lane: Neighbours
) -> None:
    begin(stage, lane, "good")
    tap(stage.window, "report.whom.self")
    choose_rule(stage, "清理河埠头")
    come_to_words(stage)
    tap(stage.window, "report.words_done")
    write(stage.window, "report.search.input", "lxl")
    tap(stage.window, "report.person.0")
    until(lambda: see(stage.window, "report.witness.0"), "who is asked")
    tap(stage.window, "report.witness.leave.0")
    until(lambda: see(stage.window, "report.witness.0") is None, "nobody")
    write(stage.window, "report.search.input", "lxl")
    tap(stage.window, "report.person.0")
    until(lambda: see(stage.window, "report.witness.0"), "who is asked again")
    tap(stage.window, "report.witnesses_done")
    until(lambda: "李秀兰" in texts(stage.window), "the line of the whole")
    hand_in(stage)
    number = reference(stage)

    (asked,) = confirmations.confirmable(lane.village, lane.at_home("李秀兰"))
    assert asked.reference == number


def test_nobody_of_ones_own_house_is_asked_to_confirm(stage: MainWindow, lane: Neighbours) -> None:
    begin(stage, lane, "good")
    tap(stage.window, "report.whom.self")
    choose_rule(stage, "清理河埠头")
    come_to_words(stage)
    tap(stage.window, "report.words_done")
    write(stage.window, "report.search.input", "林小燕")
    tap(stage.window, "report.person.0")

    until(lambda: any("请找别家的人" in text for text in texts(stage.window)), "why not")
    assert see(stage.window, "report.witness.0") is None
