"""Looking a neighbour up by touch: rows while typing, what is shown of a person, what is not."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock
from kiosk.services.register import search, throttle
from kiosk.services.village import Village
from tests.ui.neighbours import Neighbours
from tests.ui.touch import items, see, settle, tap, texts, until, until_answered, write
from tests.worlds.kept import grown


@pytest.fixture
def lane(sqlite_village: Village, clock: SettableClock) -> Neighbours:
    return grown(Neighbours(sqlite_village, clock), neighbourhood)


def neighbourhood(neighbours: Neighbours) -> None:
    neighbours.settle("林春生", "东街", "12")
    neighbours.settle("林长生", "桥南", "3")
    neighbours.settle("黎春山", "茶厂路", "21")
    neighbours.settle("单雄信", "西街", "7")


def names(stage: MainWindow) -> list[str]:
    """The people in the rows, from top to bottom."""
    rows = [item for item in items(stage.window) if item.objectName().startswith("person.")]
    return [str(row.property("text")) for row in rows]


def slide(stage: MainWindow, start: QPoint, end: QPoint) -> None:
    """Drag at the pace of a finger, which is what a list scrolls by."""
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(stage.window, left, none, start)
    for step in range(1, 21):
        QTest.mouseMove(stage.window, start + (end - start) * step / 20)
        QTest.qWait(5)
    QTest.mouseRelease(stage.window, left, none, end)
    settle()


def look_for(stage: MainWindow, typed: str) -> None:
    if see(stage.window, "search") is None:
        tap(stage.window, "tile.look_up")
    write(stage.window, "search", typed)


@pytest.mark.parametrize("typed", ["lcs", "春生", "linchun", "12"])
def test_rows_follow_the_typing_in_every_way_of_writing(
    stage: MainWindow, lane: Neighbours, typed: str
) -> None:
    look_for(stage, typed)

    until(lambda: "林春生" in names(stage))


def test_a_surname_is_found_under_the_reading_it_has_as_a_surname(
    stage: MainWindow, lane: Neighbours
) -> None:
    look_for(stage, "shanx")

    until(lambda: names(stage) == ["单雄信"])


def test_a_row_shows_name_pinyin_and_house_and_nothing_else_of_the_person(
    stage: MainWindow, lane: Neighbours
) -> None:
    look_for(stage, "春生")
    until(lambda: names(stage))
    row = see(stage.window, "person.0")
    assert row is not None

    assert row.property("aside") == "lín chūn shēng"
    assert row.property("detail") == "东街12号"
    assert "不显示任何人的分数" not in "".join(texts(stage.window))


def test_the_number_of_somebody_enrolled_is_nowhere_in_sight(
    stage: MainWindow, lane: Neighbours
) -> None:
    lane.found()
    lane.join("朱阿婆", "西街", "3")
    lane.deed("朱阿婆", "visit_older_person")
    look_for(stage, "朱阿婆")
    until(lambda: names(stage) == ["朱阿婆"])

    assert not any("56" in text or "50" in text for text in texts(stage.window))


def test_people_of_the_same_name_are_told_apart_by_their_house(
    stage: MainWindow, lane: Neighbours
) -> None:
    lane.settle("林春生", "北巷", "2")
    look_for(stage, "林春生")
    until(lambda: len(names(stage)) == 2)
    rows = [see(stage.window, f"person.{place}") for place in range(2)]

    assert {str(row.property("detail")) for row in rows if row} == {
        "东街12号",
        "北巷2号",
    }


def test_of_many_the_count_is_told_and_nobody_is_listed(
    stage: MainWindow, lane: Neighbours
) -> None:
    for place in range(23):
        lane.settle(
            f"张{'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英'[place]}", "北巷", str(place)
        )
    look_for(stage, "张")
    until(lambda: see(stage.window, "more_people"))

    assert "找到 23 位" in texts(stage.window)
    assert "这样写的有 23 位，人多就不列出来了。请接着写名字的下一个字。" in texts(stage.window)
    assert names(stage) == []
    assert see(stage.window, "nobody") is None
    assert see(stage.window, "ways") is None
    write(stage.window, "search", "芳")
    until(lambda: names(stage) == ["张芳"])
    assert see(stage.window, "more_people") is None


def test_of_a_whole_name_there_may_be_more_whose_name_goes_on(
    stage: MainWindow, lane: Neighbours
) -> None:
    lane.settle("张伟", "北巷", "1")
    for place in range(8):
        lane.settle("张伟民", "西街", str(place + 1))
    look_for(stage, "张伟")

    until(lambda: names(stage) == ["张伟"])
    assert "还有 8 位没有列出来，请接着写名字的下一个字。" in texts(stage.window)


def test_one_letter_is_too_little_and_nobody_is_shown(stage: MainWindow, lane: Neighbours) -> None:
    look_for(stage, "l")
    settle()

    assert names(stage) == []
    assert see(stage.window, "ways") is not None


def test_nobody_of_that_name_is_said_kindly(stage: MainWindow, lane: Neighbours) -> None:
    look_for(stage, "欧阳")

    until(lambda: see(stage.window, "nobody"))
    assert "没有找到这个人" in texts(stage.window)


def test_clearing_takes_the_rows_away_and_leaves_the_field_ready(
    stage: MainWindow, lane: Neighbours
) -> None:
    look_for(stage, "lcs")
    until(lambda: names(stage))
    tap(stage.window, "clear")

    until(lambda: not names(stage))
    write(stage.window, "search", "单")
    until(lambda: names(stage) == ["单雄信"])


def test_an_answer_that_comes_too_late_is_dropped(
    stage: MainWindow, lane: Neighbours, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, slow, let_go = search.search, threading.Event(), threading.Event()

    def late(village: Village, typed: str) -> search.SearchResult:
        if typed == "林":
            slow.set()
            let_go.wait(5)
        return real(village, typed)

    monkeypatch.setattr(search, "search", late)
    look_for(stage, "林")
    until(slow.is_set)
    write(stage.window, "search", "长")
    let_go.set()
    until(lambda: names(stage))

    assert names(stage) == ["林长生"]


def test_paging_through_the_village_is_slowed_down_and_goes_on_by_itself(
    stage: MainWindow, lane: Neighbours, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "SEARCHES", throttle.Allowance(2, 3600))
    for each in "林长生":
        look_for(stage, each)
        until_answered(stage)  # a question that was not begun when the next one came is not asked
    error = until(lambda: see(stage.window, "error"))
    assert "请等 1 秒再查" in str(error.property("text"))
    assert names(stage) == []

    until(lambda: names(stage) == ["林长生"])
    assert see(stage.window, "error") is None


def test_leaving_the_screen_does_not_begin_the_count_of_searches_anew(
    stage: MainWindow, lane: Neighbours, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "SEARCHES", throttle.Allowance(1, 60))
    look_for(stage, "林")
    until(lambda: names(stage))
    tap(stage.window, "back")
    look_for(stage, "黎")

    until(lambda: see(stage.window, "error"))


def test_when_the_names_are_spent_a_whole_name_is_found_and_so_is_a_part_by_who_signs_in(
    stage: MainWindow, lane: Neighbours, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kiosk.services.access import sessions

    monkeypatch.setattr(throttle, "OF_ALL", throttle.Allowance(1, 16))
    look_for(stage, "林")
    error = until(lambda: see(stage.window, "error"))
    assert "现在要写全姓名才查得到" in str(error.property("text"))
    assert names(stage) == []
    write(stage.window, "search", "春生")
    until(lambda: names(stage) == ["林春生"])
    assert see(stage.window, "error") is None
    tap(stage.window, "back")

    lane.found()
    lane.join("朱阿婆", "西街", "3")
    card = lane.cards["朱阿婆"]
    stage.kiosk.begin_session(sessions.sign_in(lane.village, card.number, card.pin))
    look_for(stage, "林")
    until(lambda: sorted(names(stage)) == ["林春生", "林长生"])


@pytest.mark.parametrize(("button", "kind"), [("deed.0", "good"), ("concern.0", "concern")])
def test_a_report_about_a_neighbour_begins_with_signing_in(
    stage: MainWindow, lane: Neighbours, button: str, kind: str
) -> None:
    look_for(stage, "春生")
    until(lambda: names(stage))
    tap(stage.window, button)

    assert stage.kiosk.property("screenName") == "sign_in"
    asked = stage.kiosk.property("screenProperties")
    report = {"kind": kind, "subjectId": lane.people["林春生"]}
    assert (asked["then"], asked["thenWith"]) == ("reports", report)


def test_somebody_signed_in_goes_straight_to_the_report_and_finds_the_search_again(
    stage: MainWindow, lane: Neighbours
) -> None:
    from kiosk.services.access import sessions

    lane.found()
    lane.join("朱阿婆", "西街", "3")
    card = lane.cards["朱阿婆"]
    stage.kiosk.begin_session(sessions.sign_in(lane.village, card.number, card.pin))
    look_for(stage, "春生")
    until(lambda: names(stage))
    tap(stage.window, "deed.0")
    until(lambda: stage.kiosk.property("screenName") == "reports")
    assert stage.kiosk.property("screenProperties")["subjectId"] == lane.people["林春生"]
    stage.kiosk.back()

    until(lambda: names(stage) == ["林春生"])


def test_a_name_with_markup_is_shown_as_it_is_written(stage: MainWindow, lane: Neighbours) -> None:
    lane.settle("<b>林</b>", "西街", "9")
    look_for(stage, "9")

    until(lambda: names(stage) == ["<b>林</b>"])
    assert "<b>林</b>" in texts(stage.window)


def test_rows_scroll_below_a_field_that_stays(
    open_stage: Callable[..., MainWindow], lane: Neighbours
) -> None:
    for place in range(search.MOST_ROWS):
        lane.settle("张伟", "北巷", str(place))
    stage = open_stage(size=(1280, 800), mm=1280 / 261)
    look_for(stage, "张伟")
    until(lambda: len(names(stage)) == search.MOST_ROWS)
    field = see(stage.window, "search")
    assert field is not None
    before = field.mapToScene(QPoint(0, 0)).y()

    def scrolled() -> bool:
        slide(stage, QPoint(300, 700), QPoint(300, 300))
        first = see(stage.window, "person.0")
        return first is not None and first.mapToScene(QPoint(0, 0)).y() < before + field.height()

    until(scrolled)
    assert field.mapToScene(QPoint(0, 0)).y() == before
