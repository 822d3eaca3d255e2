"""The steps of an enrolment, as the tests tap through them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.app import MainWindow
from tests.ui.touch import rest, see, until

READING_MS = 400
"""Some looks at what is on the page."""


def go_through(stage: MainWindow) -> None:
    """Down to the end, by more than half of what is in sight at a time."""
    button = until(lambda: see(stage.window, "enrol.listened"), "the end of the talk")
    page = page_of(button)

    def heard() -> bool:
        QTest.qWait(READING_MS)
        if not button.property("enabled"):
            page.setProperty("scrolled", page.property("scrolled") + 0.6 * page.property("sight"))
        return bool(button.property("enabled"))

    until(heard, "the end of the text")


def page_of(item: QQuickItem) -> QQuickItem:
    """The page on which it stands."""
    while not item.property("sight"):
        item = item.parentItem()
    return item


def pin_under(stage: MainWindow) -> str:
    """The PIN, which is there as long as a finger holds the button."""
    button = until(lambda: see(stage.window, "enrol.hold"), "the button to hold")
    rest(stage.window)
    place = button.mapToScene(QPointF(button.width() / 2, button.height() / 2)).toPoint()
    assert shown(stage, "enrol.pin") == "••• •••"
    QTest.mousePress(stage.window, Qt.MouseButton.LeftButton, pos=place)
    pin = shown(stage, "enrol.pin").replace(" ", "")
    QTest.mouseRelease(stage.window, Qt.MouseButton.LeftButton, pos=place)
    assert shown(stage, "enrol.pin") == "••• •••"
    return pin


def shown(stage: MainWindow, name: str) -> str:
    return str(until(lambda: see(stage.window, name), name).property("text"))
