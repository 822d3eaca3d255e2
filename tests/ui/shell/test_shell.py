"""The window: navigation, languages, comforts, and what stays of a person (nothing)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from kiosk.app import MainWindow
from kiosk.core.catalogue import catalogue
from kiosk.services.access import sessions
from kiosk.services.village import Village
from kiosk.ui.shell import navigation
from kiosk.ui.shell.idle import IdleTimes
from kiosk.ui.shell.screens import ScreenEntry, screen_entry
from tests.ui.shell.cards import Somebody, ink_outside_the_card
from tests.ui.touch import drag, point_of, see, tap, tap_at, texts, until

SHORT = IdleTimes(resident=0.15, official=0.15, countdown=0.1, rest=0.2, tick=0.05)


def title(stage: MainWindow) -> str:
    item = see(stage.window, "title")
    assert item is not None
    return str(item.property("text"))


def test_the_start_screen_has_six_things_to_choose_from_and_the_village_s_name(
    stage: MainWindow,
) -> None:
    tiles = ("my_record", "good_deed", "concern", "look_up", "check", "rules")

    assert all(see(stage.window, f"tile.{name}") for name in tiles)
    assert title(stage) == "杨桥村 · 善行存折"
    assert see(stage.window, "back") is None


def test_a_tile_opens_its_screen_and_back_returns(stage: MainWindow) -> None:
    tap(stage.window, "tile.rules")
    assert title(stage) == "分数怎么算"

    tap(stage.window, "back")
    assert stage.kiosk.property("atHome") is True
    assert see(stage.window, "tile.rules") is not None


def test_what_is_not_built_yet_says_so(stage: MainWindow) -> None:
    stage.kiosk.open("not_built")

    assert "这一项还在准备。" in texts(stage.window)


def test_every_text_changes_with_the_language_and_back(stage: MainWindow) -> None:
    chinese = texts(stage.window)
    tap(stage.window, "language")
    english = texts(stage.window)
    tap(stage.window, "language")

    today = "Today is Monday, 23 November · 1 day after Minor Snow"
    assert any(each.startswith(today) for each in english)
    assert not [text for text in english if any("\u4e00" <= ch <= "\u9fff" for ch in text[2:-1])]
    assert texts(stage.window) == chinese


def test_the_text_starts_at_the_second_of_four_steps_and_begins_again(stage: MainWindow) -> None:
    heights = []
    for _ in range(5):
        item = see(stage.window, "title")
        assert item is not None
        heights.append(item.height())
        tap(stage.window, "text_size")

    smallest = [heights[3], *heights[:3]]
    assert smallest == sorted(set(heights))
    assert heights[4] == heights[0]


def test_a_drag_of_thirty_pixels_is_no_tap_and_a_shorter_one_is(stage: MainWindow) -> None:
    start = point_of(stage.window, "tile.rules")

    drag(stage.window, start, start + QPoint(30, 0))
    assert stage.kiosk.property("atHome") is True

    drag(stage.window, start, start + QPoint(20, 0))
    assert stage.kiosk.property("atHome") is False


def test_leaving_the_screen_alone_wipes_everything_of_the_person(
    open_stage: Callable[..., MainWindow],
) -> None:
    stage = open_stage(IdleTimes(resident=0.15, countdown=2, tick=0.5))
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("a name")
    stage.kiosk.open("rules")
    stage.kiosk.begin_session(Somebody())
    stage.kiosk.set_comfort(3, True)

    until(lambda: see(stage.window, "still_here"), "the countdown")
    until(lambda: stage.kiosk.session is None, "the wipe")

    assert stage.kiosk.property("atHome") is True
    assert stage.kiosk.property("textStep") == 1
    assert stage.kiosk.property("highContrast") is False
    assert clipboard.text() == ""
    assert see(stage.window, "still_here") is None
    assert see(stage.window, "person") is None


def test_only_an_answer_ends_the_countdown_and_nothing_personal_can_be_read_meanwhile(
    open_stage: Callable[..., MainWindow],
) -> None:
    stage = open_stage(IdleTimes(resident=0.2, countdown=20, tick=1))
    stage.kiosk.begin_session(Somebody())
    tap(stage.window, "tile.rules")

    until(lambda: see(stage.window, "still_here"), "the countdown")
    tap_at(stage.window, QPoint(5, 1070))
    assert stage.kiosk.property("remaining") > 0
    assert ink_outside_the_card(stage) == 0

    tap(stage.window, "still_here")
    assert stage.kiosk.property("remaining") == 0
    assert stage.kiosk.session is not None
    assert ink_outside_the_card(stage) > 0


def test_whoever_finds_the_countdown_can_end_the_session(
    open_stage: Callable[..., MainWindow],
) -> None:
    stage = open_stage(IdleTimes(resident=0.2, countdown=20, tick=1))
    stage.kiosk.begin_session(Somebody())

    until(lambda: see(stage.window, "end_now"), "the countdown")
    tap(stage.window, "end_now")

    assert stage.kiosk.session is None
    assert see(stage.window, "still_here") is None


def test_a_resident_has_two_minutes_and_thirty_seconds_and_an_official_five_minutes() -> None:
    times = IdleTimes()

    assert (times.resident, times.countdown) == (120, 30)
    assert times.resident + times.countdown == sessions.IDLE_RESIDENT.total_seconds()
    assert times.official + times.countdown == sessions.IDLE_OFFICIAL.total_seconds() == 300


def test_the_start_screen_alone_is_never_wiped_but_rests(
    open_stage: Callable[..., MainWindow],
) -> None:
    stage = open_stage(SHORT)
    wiped: list[bool] = []
    stage.kiosk.wiped.connect(lambda: wiped.append(True))

    until(lambda: stage.kiosk.property("resting"), "the rest")

    assert wiped == []


def test_the_touch_that_wakes_the_screen_does_nothing_else(
    open_stage: Callable[..., MainWindow],
) -> None:
    stage = open_stage(SHORT)
    until(lambda: stage.kiosk.property("resting"), "the rest")

    tap(stage.window, "tile.rules")
    assert stage.kiosk.property("resting") is False
    assert stage.kiosk.property("atHome") is True

    tap(stage.window, "tile.rules")
    assert stage.kiosk.property("atHome") is False


def test_ending_the_session_by_touch_leaves_nobody_signed_in(stage: MainWindow) -> None:
    stage.kiosk.begin_session(Somebody())
    assert "林春生" in texts(stage.window)

    tap(stage.window, "end_session")

    assert stage.kiosk.session is None
    assert "林春生" not in texts(stage.window)
    assert any("已经结束使用" in text for text in texts(stage.window))


@pytest.mark.parametrize("roles", [frozenset(), frozenset({"officer"})])
def test_nobody_is_left_signed_in_on_the_start_screen(
    stage: MainWindow, roles: frozenset[str]
) -> None:
    tap(stage.window, "tile.rules")
    stage.kiosk.begin_session(Somebody(roles=roles))
    tap(stage.window, "back")
    assert stage.kiosk.property("atHome") is False
    tap(stage.window, "ending.no")
    assert title(stage) == "分数怎么算"
    assert stage.kiosk.session is not None

    tap(stage.window, "back")
    tap(stage.window, "ending.yes")

    assert (stage.kiosk.property("atHome"), stage.kiosk.property("signedIn")) == (True, False)
    assert any("已经结束使用" in text for text in texts(stage.window))


def test_going_home_by_itself_ends_the_session_too(stage: MainWindow) -> None:
    tap(stage.window, "tile.rules")
    stage.kiosk.begin_session(Somebody())

    stage.kiosk.home()

    assert (stage.kiosk.property("atHome"), stage.kiosk.property("signedIn")) == (True, False)


def test_a_bug_apologises_in_the_person_s_language_and_goes_back_to_the_start(
    stage: MainWindow,
) -> None:
    tap(stage.window, "tile.rules")

    tap(stage.window, "language")
    stage.kiosk.set_comfort(3, True)

    stage.kiosk.runner.run(lambda: 1 / 0)

    until(lambda: see(stage.window, "start_again"), "the apology")
    assert "Sorry, something went wrong" in texts(stage.window)
    assert (stage.kiosk.property("textStep"), stage.kiosk.property("highContrast")) == (3, True)
    number = stage.kiosk.property("troubleNumber")
    assert any(number in text for text in texts(stage.window))
    assert stage.kiosk.property("atHome") is True
    tap(stage.window, "start_again")
    assert see(stage.window, "start_again") is None
    assert (stage.kiosk.tongue, stage.kiosk.property("highContrast")) == ("zh", False)


def test_a_session_that_the_service_ended_is_wiped_with_a_sentence(
    stage: MainWindow, sqlite_village: Village
) -> None:
    ended = replace(stage.kiosk._around, still_here=sessions.still_here)
    stage.kiosk._around = ended
    stage.kiosk.begin_session(Somebody("no-such-session"))

    stage.kiosk.stillHere()

    until(lambda: stage.kiosk.session is None, "the wipe")
    sentence = catalogue().text("error.session_over", "zh")
    assert sentence in texts(stage.window)


def test_a_broken_screen_ends_in_the_apology_at_the_start(
    stage: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "BrokenScreen.qml"
    file.write_text("import QtQuick\nItem { nonsense: 3 }", "utf-8")
    entry = ScreenEntry("broken", str(file))
    monkeypatch.setattr(
        navigation, "screen_entry", lambda name: entry if name == "broken" else screen_entry(name)
    )

    stage.kiosk.open("broken")

    until(lambda: see(stage.window, "start_again"), "the apology")
    assert see(stage.window, "tile.rules") is not None
    stage.complaints.clear()


def test_a_start_screen_that_fails_apologises_once_and_does_not_loop(stage: MainWindow) -> None:
    asked: list[int] = []

    def fail() -> None:
        asked.append(1)
        raise ZeroDivisionError

    stage.kiosk.wiped.connect(lambda: stage.kiosk.runner.run(fail))
    stage.kiosk.runner.run(fail)

    until(lambda: len(asked) == 2)
    QTest.qWait(100)
    assert len(asked) == 2
    assert see(stage.window, "start_again") is not None
