"""Fingers and eyes for the tests: touch by object name, look at what is in sight, wait."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any
from weakref import WeakKeyDictionary

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtQml import QQmlEngine, qmlEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from kiosk.app import MainWindow
from kiosk.core.days import plain

PATIENCE_SECONDS = 30
TARGET_MM, GAP_MM = 12.7, 2.54
"""A target and the gap to its neighbours: VVSG 2.0, 7.2-I."""


def until(condition: Callable[[], Any], what: str = "") -> Any:
    """Run the event loop until `condition` holds, and return what it said.

    Raises:
        AssertionError: it does not hold in time; `what` says what was awaited.
    """
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        if answer := condition():
            return answer
        if time.monotonic() > end:
            raise AssertionError(f"waited in vain for {what or condition}")
        _turn()


def settle() -> None:
    """Let what is under way in the event loop happen."""
    for _ in range(4):
        _turn()


def _turn() -> None:
    """One turn of the event loop; the other threads have Python's lock while it sleeps."""
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    time.sleep(0.002)


_HELD: set[QQuickItem] = set()
"""What a walk came past. Python's side of an item that nobody holds is made anew at every walk, and
that takes longer than the walk."""


def let_go() -> None:
    """Hold nothing of a window that is gone."""
    _HELD.clear()


def items(window: QQuickWindow) -> Iterator[QQuickItem]:
    """Every visible item of the window, from the back to the front."""
    waiting = [window.contentItem()]
    while waiting:
        item = waiting.pop()
        if not item.isVisible():
            continue
        yield item
        within = item.childItems()
        _HELD.update(within)
        waiting += reversed(within)


def see(window: QQuickWindow, name: str) -> QQuickItem | None:
    """The visible item called `name`, the front one when there are several."""
    return _front(window.contentItem(), name)


def _front(item: QQuickItem, name: str) -> QQuickItem | None:
    """The last one that `items` would come to, found from there."""
    if not item.isVisible():
        return None
    within = item.childItems()
    _HELD.update(within)
    for child in reversed(within):
        if (found := _front(child, name)) is not None:
            return found
    return item if item.objectName() == name else None


def texts(window: QQuickWindow) -> list[str]:
    """Every text in sight, without what holds a day together."""
    return [
        plain(str(item.property("text")))
        for item in items(window)
        if item.inherits("QQuickText") and item.property("text")
    ]


def tap_clock(window: QQuickWindow) -> QObject:
    """What says when a tap counts (TapClock.qml)."""
    return _singleton(window, "TapClock")


def rest(window: QQuickWindow, milliseconds: int = 1000) -> None:
    """Let the time pass in which what has just appeared takes no tap, without waiting for it."""
    clock = tap_clock(window)
    clock.setProperty("passed", float(clock.property("passed")) + milliseconds)


def point_of(window: QQuickWindow, name: str, *, waiting: bool = True) -> QPoint:
    """The middle of the item called `name`, scrolled into sight; `waiting` until it takes taps."""
    until(lambda: see(window, name), f"the item {name}")
    point: QPoint = until(lambda: _in_sight(window, name), f"the item {name} inside the window")
    if waiting:
        rest(window)
    return point


def _in_sight(window: QQuickWindow, name: str) -> QPoint | None:
    """The middle of the item, once it is scrolled into sight: a long list may still be growing."""
    if (item := see(window, name)) is not None:
        _scroll_to(item)
        settle()
    if (item := see(window, name)) is None:  # a list may have been made anew
        return None
    if (point := _middle_in(window, item)) is None and (page := _page_of(item)) is not None:
        # The foot of a page that is too small for it rolls with the page, and is not part of it.
        page.setProperty("scrolled", max(0, page.property("tall") - page.property("sight")))
        settle()
        point = _middle_in(window, item)
    return point


def _middle_in(window: QQuickWindow, item: QQuickItem) -> QPoint | None:
    """The middle of an item; None outside the window."""
    middle = item.mapToScene(QPointF(item.width() / 2, item.height() / 2))
    return middle.toPoint() if window.contentItem().contains(middle) else None


def _page_of(item: QQuickItem) -> QQuickItem | None:
    """The page that an item stands on; None of what stands beside pages, as a dialog does."""
    return next((each for each in _ancestors(item) if each.property("scrolled") is not None), None)


def _scroll_to(item: QQuickItem) -> None:
    """Scroll every Flickable around `item` so that it is in sight."""
    for around in _ancestors(item):
        if around.inherits("QQuickFlickable") and around.property("interactive"):
            top = item.mapToItem(around.property("contentItem"), QPointF(0, 0)).y()
            space = around.height() - item.height()
            lowest = max(0.0, around.property("contentHeight") - around.height())
            if not around.property("contentY") <= top <= around.property("contentY") + space:
                around.setProperty("contentY", min(max(0.0, top - space / 2), lowest))


def tap(window: QQuickWindow, name: str) -> None:
    """Tap the item called `name`, once what the screen asked is answered: a veil takes all taps."""
    point = point_of(window, name)
    if see(window, "busy") is not None:
        until(lambda: see(window, "busy") is None, f"the answer before {name}")
        point = point_of(window, name)
    tap_at(window, point)


def read_and_tap(window: QQuickWindow, name: str) -> None:
    """Scroll to the end of the page and tap what can be tapped once that was in sight."""
    item = see(window, name)
    assert item is not None
    below = _page_of(item)
    assert below is not None

    def ready() -> bool:
        """A page that is still being laid out goes back to its beginning."""
        below.setProperty("scrolled", max(0, below.property("tall") - below.property("sight")))
        item = see(window, name)
        return item is not None and item.isEnabled()

    until(ready, f"{name} to be ready")
    tap(window, name)


def tap_at(window: QQuickWindow, point: QPoint) -> None:
    """Tap a place of the window, when what is there takes taps."""
    rest(window)
    tap_again(window, point)


def tap_again(window: QQuickWindow, point: QPoint) -> None:
    """Tap a place of the window at once, whatever has just appeared there."""
    press(window, point)
    release(window, point)
    settle()


def press(window: QQuickWindow, point: QPoint) -> None:
    """Put a finger down."""
    _mouse(window, QEvent.Type.MouseButtonPress, point, Qt.MouseButton.LeftButton)


def move(window: QQuickWindow, point: QPoint) -> None:
    """Move the finger that is down."""
    _mouse(window, QEvent.Type.MouseMove, point, Qt.MouseButton.LeftButton)


def release(window: QQuickWindow, point: QPoint) -> None:
    """Lift the finger."""
    _mouse(window, QEvent.Type.MouseButtonRelease, point, Qt.MouseButton.NoButton)


def drag(window: QQuickWindow, start: QPoint, end: QPoint) -> None:
    """Put a finger down at `start`, move it in five steps to `end`, and lift it."""
    press(window, start)
    for step in range(1, 6):
        move(window, start + (end - start) * step / 5)
    release(window, end)
    settle()


def write(window: QQuickWindow, name: str, text: str) -> None:
    """Tap the field called `name` and commit `text` to it, as the on-screen keyboard does."""
    from PySide6.QtGui import QInputMethodEvent

    tap(window, name)
    event = QInputMethodEvent()
    event.setCommitString(text)
    QGuiApplication.sendEvent(until(QGuiApplication.focusObject, "a focus"), event)
    settle()


def _mouse(window: QQuickWindow, kind: QEvent.Type, point: QPoint, buttons: Qt.MouseButton) -> None:
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    place = QPointF(point)
    event = QMouseEvent(
        kind,
        place,
        window.mapToGlobal(place),
        button,
        buttons,
        Qt.KeyboardModifier.NoModifier,
    )
    QGuiApplication.sendEvent(window, event)


def ill_placed(window: QQuickWindow) -> list[str]:
    """Every text in sight that is cut off, leaves the window sideways, or lies on another one."""
    shown = _to_be_read(
        window,
        [each for each in items(window) if each.inherits("QQuickText") and each.property("text")],
    )
    found = [f"cut off: {_words(item)}" for item in shown if _is_cut(item, window.width())]
    bare = [(item, 4 + _bare(item)) for item in shown]
    boxes = [(item, _painted(item).adjusted(2, empty, -2, -empty)) for item, empty in bare]
    boxes = [(item, box) for item, box in boxes if box.isValid()]
    for place, (one, box) in enumerate(boxes):
        for other, second in boxes[place + 1 :]:
            if box.intersects(second):
                found.append(f"{_words(one)} lies on {_words(other)}")
    return found


def ill_sized(window: QQuickWindow) -> list[str]:
    """Every target in sight that is too small for a finger, or too near to another one."""
    mm = theme(window, "mm")
    least, apart = TARGET_MM * mm - 0.5, GAP_MM * mm - 0.5
    shown = _to_be_read(window, [item for item in items(window) if _takes_taps(item)])
    found = [
        f"too small: {_name(item)} {box.width() / mm:.1f} x {box.height() / mm:.1f} mm"
        for item in shown
        if min((box := _reach(item)).width(), box.height()) < least
    ]
    boxes = [(item, _clipped(item, _reach(item))) for item in shown]
    boxes = [(item, box) for item, box in boxes if box.width() > 1 and box.height() > 1]
    for place, (one, box) in enumerate(boxes):
        for other, second in boxes[place + 1 :]:
            beside = max(second.left() - box.right(), box.left() - second.right())
            below = max(second.top() - box.bottom(), box.top() - second.bottom())
            within = other in _ancestors(one) or one in _ancestors(other)
            if max(beside, below) < apart and not within:
                gap = max(beside, below) / mm
                found.append(f"{gap:.2f} mm between {_name(one)} and {_name(other)}")
    return found


def _to_be_read(window: QQuickWindow, shown: list[QQuickItem]) -> list[QQuickItem]:
    """What does not lie below a dialog: that takes no tap and is not there to be read."""
    card = see(window, "modal.card")
    return shown if card is None else [item for item in shown if card in _ancestors(item)]


def _takes_taps(item: QQuickItem) -> bool:
    kind = item.metaObject()
    if kind.indexOfProperty("weighty") < 0 or not item.isEnabled():
        return False
    return kind.indexOfProperty("tappable") < 0 or bool(item.property("tappable"))


def _name(item: QQuickItem) -> str:
    return item.objectName() or str(item.property("text")) or item.metaObject().className()


def theme(window: QQuickWindow, name: str) -> float:
    """A measure of the theme, such as ``mm``: pixels to a millimetre."""
    return float(_singleton(window, "Theme").property(name))


def set_theme(window: QQuickWindow, name: str, value: float) -> None:
    """Change a measure of the theme."""
    _singleton(window, "Theme").setProperty(name, value)


def _singleton(window: QQuickWindow, name: str) -> QObject:
    engine = qmlEngine(window.contentItem().childItems()[0])
    assert engine is not None
    known = _SINGLETONS.setdefault(engine, {})
    if name not in known:
        found = engine.singletonInstance("kiosk.ui.controls", name)
        assert isinstance(found, QObject)
        known[name] = found
    return known[name]


_SINGLETONS: WeakKeyDictionary[QQmlEngine, dict[str, QObject]] = WeakKeyDictionary()
"""Those that were asked for: an engine goes through its imports at every question."""


def _reach(item: QQuickItem) -> QRectF:
    """Where a finger finds the target."""
    above, below = item.property("spareAbove"), item.property("spare")
    return item.mapRectToScene(QRectF(0, above, item.width(), item.height() - above - below))


def _bare(item: QQuickItem) -> float:
    """How much of a line stays empty above and below digits, which keep to the middle of it."""
    digits = str(item.property("text")).isdigit()
    return 0.18 * item.property("font").pixelSize() if digits else 0.0


def _words(item: QQuickItem) -> str:
    return str(item.property("text"))[:30]


def _is_cut(item: QQuickItem, width: int) -> bool:
    box = _painted(item)
    too_wide = item.property("contentWidth") > item.width() + 1
    too_high = item.property("contentHeight") > item.height() + 1
    elided = bool(item.property("truncated"))
    outside = not box.isEmpty() and (box.left() < -1 or box.right() > width + 1)
    return bool(too_wide or too_high or elided or outside)


def _painted(item: QQuickItem) -> QRectF:
    """Where the text stands in the window; what a Flickable clips away does not count."""
    return _clipped(item, item.mapRectToScene(QRectF(0, 0, item.width(), item.height())))


def _clipped(item: QQuickItem, box: QRectF) -> QRectF:
    for around in _ancestors(item):
        if around.clip():
            size = QRectF(0, 0, around.width(), around.height())
            box = box.intersected(around.mapRectToScene(size))
    return box


def _ancestors(item: QQuickItem) -> Iterator[QQuickItem]:
    around: QQuickItem | None = item.parentItem()
    while around is not None:
        yield around
        around = around.parentItem()


def until_answered(stage: MainWindow) -> None:
    """Until all is answered that the database thread was asked so far."""
    answered: list[object] = []
    stage.kiosk.runner.run(nothing, done=answered.append)
    until(lambda: answered, "the answers")


def nothing() -> bool:
    """Asked last, so that everything else is answered when this is."""
    return True


def at_rest(stage: MainWindow) -> None:
    """Wait until nothing is asked any more and every layout has found its place."""
    places: list[object] = []

    def stands() -> bool:
        QTest.qWait(20)
        now = [
            (item.mapToScene(QPointF()), item.width(), item.height())
            for item in items(stage.window)
        ]
        still = now == places and see(stage.window, "busy") is None
        places[:] = now
        return still

    until(stands)


def scan(stage: MainWindow, text: str) -> None:
    """What a keyboard wedge does: every sign a key, one right after the other."""
    for sign in text:
        typed = "\r" if sign == "\n" else sign
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, typed)
            QGuiApplication.sendEvent(stage.window, event)
