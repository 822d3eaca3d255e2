"""The steps of an enrolment, as the tests tap through them."""

from __future__ import annotations

from PySide6.QtCore import Q_ARG, QPointF, Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.app import MainWindow
from tests.ui.touch import rest, see, settle, tap, until

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
    button = until(lambda: see(stage.window, "first_pin.hold"), "the button to hold")
    rest(stage.window)
    place = button.mapToScene(QPointF(button.width() / 2, button.height() / 2)).toPoint()
    assert shown(stage, "first_pin.pin") == "••• •••"
    QTest.mousePress(stage.window, Qt.MouseButton.LeftButton, pos=place)
    pin = shown(stage, "first_pin.pin").replace(" ", "")
    QTest.mouseRelease(stage.window, Qt.MouseButton.LeftButton, pos=place)
    assert shown(stage, "first_pin.pin") == "••• •••"
    return pin


def hold_up(stage: MainWindow, number: str) -> None:
    """The number of a card without a PIN is typed at the sign-in."""
    stage.kiosk.open("sign_in")
    type_into(stage, "number_pad", number.replace("-", ""))
    until(lambda: see(stage.window, "first_pin.offer"), "the PIN that is offered")


def first_pin_of(stage: MainWindow, number: str) -> str:
    """Its holder draws the PIN, looks at it, and tries it."""
    hold_up(stage, number)
    tap(stage.window, "first_pin.show")
    pin = pin_under(stage)
    try_it(stage, pin)
    until(lambda: see(stage.window, "first_pin.done"), "the end")
    return pin


def try_it(stage: MainWindow, pin: str) -> None:
    """Type it once, to see whether it is kept in the head."""
    tap(stage.window, "first_pin.remembered")
    type_into(stage, "first_pin.try_pad", pin)


def type_into(stage: MainWindow, name: str, digits: str) -> None:
    pad = until(lambda: see(stage.window, name), "the keys")
    for digit in digits:
        pad.metaObject().invokeMethod(pad, "press", Q_ARG("QString", digit))
    settle()


def shown(stage: MainWindow, name: str) -> str:
    return str(until(lambda: see(stage.window, name), name).property("text"))
