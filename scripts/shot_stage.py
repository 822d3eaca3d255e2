"""A window to be photographed, offscreen, on a demo village of its own."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.app import MainWindow
from kiosk.services.access import sessions
from kiosk.services.village import Village
from tests.ui.touch import rest

PATIENCE_SECONDS = 20
OFFICES = ("officer", "clerk", "keeper")


class ShotStage:
    """What a shot may do before it is taken."""

    def __init__(
        self, stage: MainWindow, village: Village, cards: dict[str, tuple[str, str]]
    ) -> None:
        self.stage = stage
        self.village = village
        self.cards = cards
        """Number and PIN of the demo cards by their stories: main, officer, clerk, …"""

    def open(self, name: str, **properties: object) -> None:
        """Go to a screen, as a tap would."""
        self.stage.kiosk.open(name, properties)
        self.wait()

    def sign_in(self, who: str) -> None:
        """Sign in with the demo card of `who`."""
        number, pin = self.cards[who]
        official = who in OFFICES
        signed_in = sessions.sign_in(self.village, number, pin, official=official)
        self.stage.kiosk.begin_session(signed_in)

    def tap(self, name: str) -> None:
        """Click the visible item called `name`."""
        self._rest()
        item = self.item(name)
        rest(self.stage.window)
        item.metaObject().invokeMethod(item, "tap")
        self.wait()

    def type(self, name: str, text: str) -> None:
        """Write into the field called `name`."""
        self.item(name).setProperty("text", text)
        self.wait()

    def count_down(self) -> None:
        """As if nobody had touched the screen for long."""
        self.open("rules")
        self.stage.kiosk.idle.count_down()
        self.wait()

    def item(self, name: str) -> QQuickItem:
        """The visible item called `name`, waited for."""
        return self.until(lambda: _visible(self.stage.window.contentItem(), name))  # type: ignore[no-any-return]

    def shows(self, name: str) -> bool:
        """Whether an item called `name` is visible now."""
        return _visible(self.stage.window.contentItem(), name) is not None

    def until(self, condition: Callable[[], Any]) -> Any:
        """Run the event loop until `condition` holds."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not (answer := condition()):
            if time.monotonic() > end:
                raise TimeoutError("the screen does not get there")
            self._turn()
        return answer

    def wait(self) -> None:
        """Let the database answer and the screen be drawn."""
        answered: list[bool] = []
        for _ in range(2):
            answered.clear()
            self.stage.kiosk.runner.run(lambda: None, done=lambda _none: answered.append(True))
            self.until(lambda: answered)
            for _ in range(5):
                self._turn()

    def _rest(self) -> None:
        """Let the time pass in which what has just appeared takes no tap."""
        clock = self.stage.engine.singletonInstance("kiosk.ui.controls", "TapClock")
        if not isinstance(clock, QObject):
            raise TypeError("the clock of the taps does not load")
        clock.setProperty("passed", float(clock.property("passed")) + 1000)

    @staticmethod
    def _turn() -> None:
        """One turn of the event loop. qWait alone keeps Python's lock from the other threads."""
        QTest.qWait(5)
        time.sleep(0.003)


def _visible(item: QQuickItem, name: str) -> QQuickItem | None:
    if not item.isVisible():
        return None
    if item.objectName() == name:
        return item
    found = (_visible(child, name) for child in reversed(item.childItems()))
    return next((each for each in found if each is not None), None)
