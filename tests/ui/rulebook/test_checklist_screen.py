"""What inspectors look at, by touch: a line added, its words changed, proposed, and printed."""

from __future__ import annotations

import pytest

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock
from kiosk.services.rule_changes import showing
from kiosk.services.rule_changes.checklist import ChecklistDifference
from kiosk.services.village import Village
from tests.ui.neighbours import OFFICER, Neighbours
from tests.ui.touch import see, tap, texts, until, write
from tests.worlds.kept import grown


@pytest.fixture
def lane(sqlite_village: Village, clock: SettableClock) -> Neighbours:
    return grown(Neighbours(sqlite_village, clock), Neighbours.found)


def steps(stage: MainWindow, *names: str) -> None:
    for name in names:
        until(lambda each=name: see(stage.window, each), name)  # type: ignore[misc]
        tap(stage.window, name)


def come(stage: MainWindow, lane: Neighbours) -> None:
    stage.kiosk.begin_session(lane.signed_in(OFFICER, official=True))
    stage.kiosk.open("rule_book")
    steps(stage, "rule_book.checklist", "checklist.page.home")
    until(lambda: see(stage.window, "checklist.item.0"), "the lines")


def words(stage: MainWindow, chinese: str) -> None:
    until(lambda: see(stage.window, "rule.zh.input"), "the words")
    write(stage.window, "rule.zh.input", chinese)
    tap(stage.window, "checklist.go_on")


def test_a_line_is_added_proposed_and_read_by_everybody(
    stage: MainWindow, lane: Neighbours
) -> None:
    come(stage, lane)
    steps(stage, "checklist.item.5", "checklist.item.drop", "checklist.list.rules")
    words(stage, "门口的台阶没有冰")
    steps(stage, "checklist.check")
    until(lambda: see(stage.window, "checklist.propose"), "what would be another")
    assert any("门口的台阶没有冰" in each for each in texts(stage.window))
    tap(stage.window, "checklist.propose")
    steps(stage, "checklist.to_lists")
    (line,) = showing.shown(lane.village)
    assert isinstance(line.difference, ChecklistDifference)
    assert line.difference.items[0].name == "home"
    until(lambda: see(stage.window, "checklist.print"), "the lists")
    assert see(stage.window, "checklist.page.home") is None, "one change at a time"
    stage.kiosk.open("rules")
    until(lambda: any("门口的台阶没有冰" in each for each in texts(stage.window)), "it is read")


def test_a_line_is_left_out_and_what_no_list_may_have_is_refused(
    stage: MainWindow, lane: Neighbours
) -> None:
    come(stage, lane)
    steps(stage, "checklist.item.0", "checklist.item.drop", "checklist.item.0")
    steps(stage, "checklist.item.write")
    words(stage, "家里没有佛像")
    steps(stage, "checklist.check")
    until(lambda: any("佛" in each for each in texts(stage.window)), "why not")
    assert see(stage.window, "checklist.propose") is None
    assert showing.shown(lane.village) == ()


def test_every_version_is_printed(stage: MainWindow, lane: Neighbours) -> None:
    stage.kiosk.begin_session(lane.signed_in(OFFICER, official=True))
    stage.kiosk.open("checklist")
    steps(stage, "checklist.print", "checklist.versions.0", "checklist.to_lists")
    until(lambda: see(stage.window, "checklist.print"), "the lists")
