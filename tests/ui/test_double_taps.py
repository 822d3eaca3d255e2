"""Through every flow of the kiosk with a hand that taps each button again."""

from __future__ import annotations

import re
import time

import pytest
from PySide6.QtTest import QTest

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock
from kiosk.services.village import Village
from kiosk.ui.shell.screens import SCREENS, ScreenEntry
from tests.ui.beginnings import ME, at, neighbourhood
from tests.ui.flows import FLOWS
from tests.ui.neighbours import Neighbours
from tests.ui.touch import point_of, see, tap, tap_again, until
from tests.ui.walking import TREMBLING, Flow, Walk
from tests.worlds.kept import grown


@pytest.fixture
def lane(sqlite_village: Village, clock: SettableClock) -> Neighbours:
    """The rules were in force for a while; two neighbours have joined."""
    return grown(Neighbours(sqlite_village, clock), neighbourhood)


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.name.replace(" ", "_"))
def test_a_second_tap_does_nothing(stage: MainWindow, lane: Neighbours, flow: Flow) -> None:
    Walk(stage, lane).go(flow)


@pytest.mark.parametrize(
    "name", ["a deed of one's own, with a witness", "an acceptance, and then a testimony"]
)
def test_a_held_key_counts_once(stage: MainWindow, lane: Neighbours, name: str) -> None:
    Walk(stage, lane, by_key=True).go(next(flow for flow in FLOWS if flow.name == name))


def test_a_page_takes_no_tap_in_its_first_600_milliseconds(
    stage: MainWindow, lane: Neighbours
) -> None:
    """With the real clock. What a busy machine does too late says nothing, and is not looked at."""
    at("reports", ME, kind="good")(Walk(stage, lane))
    began = time.monotonic()
    tap(stage.window, "report.whom.self")
    rule = point_of(stage.window, "report.rule.0", waiting=False)
    for moment in TREMBLING:
        QTest.qWait(max(1, round(1000 * (began - time.monotonic()) + moment)))
        tap_again(stage.window, rule)
        if time.monotonic() - began < 0.6:
            assert see(stage.window, "report.rule.0"), f"taken after {moment} ms"
    QTest.qWait(650)
    if see(stage.window, "report.rule.0"):
        tap_again(stage.window, rule)
    until(lambda: see(stage.window, "report.quick.1"), "the next question")


def test_every_screen_is_walked_through() -> None:
    """Those that only show something are walked to by their tiles, in test_tiles.py."""
    walked = set[str]().union(*(flow.screens for flow in FLOWS))
    only_shown = {entry.name for entry in SCREENS if entry.tile and not _does_something(entry)}
    assert walked | only_shown == {entry.name for entry in SCREENS}


def _does_something(entry: ScreenEntry) -> bool:
    """Whether a button of it, or of a part in its room that it uses, is no tap by mistake."""
    parts = {file.stem: file.read_text() for file in entry.path.parent.glob("*.qml")}
    looked: set[str] = set()
    ahead = {entry.path.stem}
    while ahead:
        looked |= ahead
        used = {word for name in ahead for word in re.findall(r"\w+", parts[name])}
        ahead = (used & parts.keys()) - looked
    return any("weighty: true" in parts[name] for name in looked)
