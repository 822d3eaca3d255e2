"""A clerk corrects what is written wrongly, or says why not; the person reads the answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.models.register import Resident
from kiosk.services.access import sessions
from kiosk.services.access.views import views_of
from kiosk.services.my_data import corrections
from kiosk.services.village import Village
from tests.ui.looks import whole_at_every_look
from tests.ui.neighbours import CLERK, Neighbours
from tests.ui.touch import see, settle, tap, texts, until, write
from tests.worlds.kept import grown


@pytest.fixture
def lane(sqlite_village: Village, clock: SettableClock) -> Neighbours:
    """林春生 wants a name and a day of birth corrected, and something about the house."""
    return grown(Neighbours(sqlite_village, clock), neighbourhood)


def neighbourhood(neighbours: Neighbours) -> None:
    neighbours.found()
    neighbours.join("林春生")


def ask(lane: Neighbours, what: corrections.What, words: str, who: str = "林春生") -> None:
    corrections.ask_correction(lane.village, lane.at_home(who), what, words, new_touch_id())


def come_to_work(stage: MainWindow, lane: Neighbours) -> None:
    card = lane.cards[CLERK]
    signed_in = sessions.sign_in(lane.village, card.number, card.pin, official=True)
    stage.kiosk.begin_session(signed_in)
    stage.kiosk.open("staff")
    settle()
    tap(stage.window, "staff.corrections")


def person(lane: Neighbours) -> Resident:
    with lane.village.read() as session:
        found = session.get_one(Resident, lane.people["林春生"])
        session.expunge_all()
        return found


def answered(stage: MainWindow, key: str) -> None:
    said = stage.kiosk.text(key)
    until(lambda: (item := see(stage.window, "corrections.done")) and item.property("text") == said)


def my_corrections(stage: MainWindow, lane: Neighbours) -> str:
    """What the person reads under My data."""
    stage.kiosk.endSession()
    card = lane.cards["林春生"]
    stage.kiosk.begin_session(sessions.sign_in(lane.village, card.number, card.pin))
    stage.kiosk.open("my_data")
    row = until(lambda: see(stage.window, "my_data.correction.0"), "the line")
    return f"{row.property('aside')} {row.property('detail')}"


def test_a_day_of_birth_is_corrected_beside_what_is_held_and_the_person_reads_it(
    stage: MainWindow, lane: Neighbours
) -> None:
    ask(lane, "born_on", "我是三月初二生的，写成三月初一了。")
    come_to_work(stage, lane)
    tap(stage.window, "corrections.row.0")
    until(lambda: see(stage.window, "corrections.held"), "what is held")
    said = " ".join(texts(stage.window))
    assert "1956年3月1日" in said
    assert "我是三月初二生的" in said
    tap(stage.window, "corrections.to_correct")
    write(stage.window, "corrections.value.input", "1956-03-02")
    write(stage.window, "corrections.sentence.input", "照您的户口本改好了。")
    tap(stage.window, "corrections.correct")
    assert person(lane).born_on == date(1956, 3, 1)
    tap(stage.window, "dialog.yes")
    answered(stage, "corrections.corrected")

    assert person(lane).born_on == date(1956, 3, 2)
    assert see(stage.window, "corrections.nothing") is not None
    read = my_corrections(stage, lane)
    assert stage.kiosk.text("my_data.correction_done") in read
    assert "照您的户口本改好了。" in read


def test_a_no_needs_a_listed_reason_and_a_sentence_and_the_person_reads_both(
    stage: MainWindow, lane: Neighbours
) -> None:
    ask(lane, "name", "应该是林椿生。")
    come_to_work(stage, lane)
    tap(stage.window, "corrections.row.0")
    tap(stage.window, "corrections.to_decline")
    assert see(stage.window, "corrections.decline") is None
    tap(stage.window, "corrections.reason.not_shown")
    decline = until(lambda: see(stage.window, "corrections.decline"))
    assert not decline.property("enabled")
    write(stage.window, "corrections.sentence.input", "请带户口本来一次。")
    assert decline.property("enabled")
    tap(stage.window, "corrections.decline")
    answered(stage, "corrections.declined")

    assert person(lane).name == "林春生"
    read = my_corrections(stage, lane)
    for each in ("my_data.correction_declined", "rights.decline_not_shown"):
        assert stage.kiosk.text(each) in read
    assert "请带户口本来一次。" in read


def house_of(lane: Neighbours) -> tuple[str, str]:
    with lane.village.read() as session:
        home = session.get_one(Resident, lane.people["林春生"]).household
        return home.lane, home.number


def open_house(stage: MainWindow, lane: Neighbours, words: str) -> None:
    ask(lane, "house", words)
    come_to_work(stage, lane)
    tap(stage.window, "corrections.row.0")
    until(lambda: see(stage.window, "corrections.held"), "what is held")
    tap(stage.window, "corrections.to_correct")


def test_a_person_is_written_down_in_the_household_that_a_clerk_finds(
    stage: MainWindow, lane: Neighbours
) -> None:
    lane.settle("李秀兰", "桥南", "7")
    open_house(stage, lane, "我住桥南 7 号。")
    tap(stage.window, "corrections.how.find")
    write(stage.window, "corrections.search.input", "桥南")
    until(lambda: see(stage.window, "corrections.household.0"), "the household")
    tap(stage.window, "corrections.household.0")
    until(lambda: see(stage.window, "corrections.change"), "what changes for whom")
    said = " ".join(texts(stage.window))
    for part in ("从 东街12号 改到 桥南7号", "李秀兰", "名册"):
        assert part in said
    write(stage.window, "corrections.sentence.input", "照户口本改好了。")
    tap(stage.window, "corrections.house")
    assert house_of(lane) == ("东街", "12")
    tap(stage.window, "dialog.yes")
    answered(stage, "corrections.house_corrected")

    assert house_of(lane) == ("桥南", "7")
    read = my_corrections(stage, lane)
    assert stage.kiosk.text("my_data.correction_done") in read


def test_a_household_gets_the_plate_on_its_door_and_a_wrong_one_loses_nothing_typed(
    stage: MainWindow, lane: Neighbours
) -> None:
    open_house(stage, lane, "我家是 12 号乙。")
    tap(stage.window, "corrections.how.plate")
    write(stage.window, "corrections.plate.input", "我家")
    tap(stage.window, "corrections.plate_next")
    until(lambda: see(stage.window, "error"), "the sentence")
    field = until(lambda: see(stage.window, "corrections.plate"))
    assert field.property("text") == "我家"
    write(stage.window, "corrections.plate.input", "东街12号乙")
    tap(stage.window, "corrections.plate_next")
    until(lambda: see(stage.window, "corrections.sentence"), "the note")
    write(stage.window, "corrections.sentence.input", "去门口看过了。")
    tap(stage.window, "corrections.house")
    tap(stage.window, "dialog.yes")
    answered(stage, "corrections.house_corrected")
    assert house_of(lane)[1] != "12"


@pytest.mark.parametrize("what", ["house", "other"])
def test_what_cannot_be_corrected_yet_stays_on_the_list_and_the_person_reads_what_it_waits_for(
    stage: MainWindow, lane: Neighbours, what: corrections.What
) -> None:
    ask(lane, what, "搬到新盖的房子了。")
    come_to_work(stage, lane)
    tap(stage.window, "corrections.row.0")
    until(lambda: see(stage.window, "corrections.held"))
    if what == "house":
        tap(stage.window, "corrections.to_correct")
        tap(stage.window, "corrections.how.wait")
    else:
        tap(stage.window, "corrections.to_wait")
    write(stage.window, "corrections.sentence.input", "等新的名册来了再改。")
    tap(stage.window, "corrections.wait")
    answered(stage, "corrections.passed_on")
    row = until(lambda: see(stage.window, "corrections.row.0"))
    assert "还没有改" in row.property("aside")
    assert house_of(lane) == ("东街", "12")
    read = my_corrections(stage, lane)
    assert stage.kiosk.text("my_data.correction_passed_on") in read
    assert "等新的名册来了再改。" in read


def test_a_day_that_is_none_is_refused_and_nothing_typed_is_lost(
    stage: MainWindow, lane: Neighbours
) -> None:
    ask(lane, "born_on", "生日不对。")
    come_to_work(stage, lane)
    tap(stage.window, "corrections.row.0")
    tap(stage.window, "corrections.to_correct")
    write(stage.window, "corrections.value.input", "1956-02-30")
    write(stage.window, "corrections.sentence.input", "照户口本改的。")
    tap(stage.window, "corrections.correct")
    tap(stage.window, "dialog.yes")
    until(lambda: see(stage.window, "error"), "the sentence")
    field = until(lambda: see(stage.window, "corrections.value"))
    assert field.property("text") == "1956-02-30"
    assert person(lane).born_on == date(1956, 3, 1)


def test_the_oldest_request_stands_first_and_the_page_is_told_to_the_person_once(
    stage: MainWindow, lane: Neighbours
) -> None:
    lane.join("李秀兰", "东街", "8")
    ask(lane, "phone", "电话换了。")
    ask(lane, "other", "别的事。", "李秀兰")
    come_to_work(stage, lane)
    first = until(lambda: see(stage.window, "corrections.row.0"))
    assert first.property("text") == "林春生"
    for _ in range(2):
        tap(stage.window, "corrections.row.0")
        until(lambda: see(stage.window, "corrections.held"))
        tap(stage.window, "back")

    looks = views_of(lane.village, lane.at_home("林春生"))
    assert [each.purpose for each in looks].count("correct_register") == 1


@pytest.mark.parametrize(
    ("size", "mm"),
    [((1920, 1080), 1920 / 476), ((1080, 1920), 1080 / 268), ((1280, 800), 1280 / 261)],
)
def test_every_text_is_whole(
    open_stage: Callable[..., MainWindow], lane: Neighbours, size: tuple[int, int], mm: float
) -> None:
    stage = open_stage(size=size, mm=mm)
    whole = partial(whole_at_every_look, stage)

    ask(lane, "house", "我们搬到西街 5 号了，门口的牌子还是老地方的。")
    ask(lane, "born_on", "生日不对。")
    come_to_work(stage, lane)
    until(lambda: see(stage.window, "corrections.row.1"))
    whole("list")
    tap(stage.window, "corrections.row.0")
    until(lambda: see(stage.window, "corrections.held"))
    whole("page")
    tap(stage.window, "corrections.to_correct")
    whole("how")
    tap(stage.window, "corrections.how.find")
    whole("find")
    tap(stage.window, "back")
    tap(stage.window, "corrections.how.plate")
    write(stage.window, "corrections.plate.input", "西街5号之二")
    whole("plate")
    tap(stage.window, "corrections.plate_next")
    until(lambda: see(stage.window, "corrections.change"))
    whole("note")
    for _ in range(3):
        tap(stage.window, "back")
    tap(stage.window, "corrections.to_decline")
    whole("decline")
    tap(stage.window, "back")
    tap(stage.window, "back")
    tap(stage.window, "corrections.row.1")
    tap(stage.window, "corrections.to_correct")
    whole("correct")
