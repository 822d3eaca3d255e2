"""The top bar and the cards over the window: each in its place, whole, at every size."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QPoint, QRectF, Qt
from PySide6.QtGui import QColor
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.app import MainWindow
from tests.ui.looks import every_look
from tests.ui.panels import PANELS
from tests.ui.shell.cards import Somebody
from tests.ui.touch import ill_placed, ill_sized, see, tap_at, until

BAR = ("end_session", "contrast", "text_size", "language")
BORDER = QColor("#1E5E49")


def box(item: QQuickItem | None) -> QRectF:
    assert item is not None
    return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))


@pytest.mark.parametrize("panel", PANELS)
def test_the_bar_stays_where_it_is_whatever_the_title(
    open_stage: Callable[..., MainWindow], panel: str
) -> None:
    size, mm = PANELS[panel]
    stage = open_stage(size=size, mm=mm)
    places: dict[str, list[list[QRectF]]] = {}
    for screen in ("rules", "look_up", "check"):
        stage.kiosk.begin_session(Somebody())
        stage.kiosk.open(screen)
        for at in every_look(stage):
            boxes = [box(see(stage.window, name)) for name in ("stage", "back", *BAR)]
            places.setdefault(at, []).append(boxes)

    assert len(places) == 8
    for at, (first, *others) in places.items():
        assert all(each == first for each in others), at


@pytest.mark.parametrize("panel", PANELS)
def test_every_picture_of_the_bar_has_a_word_that_grows_and_room_for_a_finger(
    open_stage: Callable[..., MainWindow], panel: str
) -> None:
    size, mm = PANELS[panel]
    stage = open_stage(size=size, mm=mm)
    stage.kiosk.begin_session(Somebody("no such", name="买买提·艾合买提江"))
    stage.kiosk.open("rules")
    words: list[int] = []
    for at in every_look(stage):
        assert ill_placed(stage.window) == [], at
        boxes = [box(see(stage.window, name)) for name in BAR]
        assert ill_sized(stage.window) == [], at
        assert all(each.right() <= size[0] for each in boxes), at
        assert box(see(stage.window, "stage")).top() <= 0.35 * size[1], at
        button = see(stage.window, "contrast")
        assert button is not None
        assert button.property("word")
        words.append(button.property("size"))

    assert words == sorted(words, reverse=True)
    assert words[0] > words[-1]


@pytest.mark.parametrize("panel", ["15 inches", "10.1 inches", "21.5 inches upright"])
def test_a_card_over_the_window_is_whole_with_its_answers(
    open_stage: Callable[..., MainWindow], panel: str
) -> None:
    size, mm = PANELS[panel]
    stage = open_stage(size=size, mm=mm)
    stage.kiosk.begin_session(Somebody())
    stage.kiosk.open("rules")
    stage.kiosk.finish(True)
    until(lambda: see(stage.window, "ending.no"), "the question")
    for at in every_look(stage):
        picture = stage.window.grabWindow()
        card = box(see(stage.window, "modal.card"))
        assert box(stage.window.contentItem()).contains(card), at
        for name in ("ending.yes", "ending.no"):
            button = box(see(stage.window, name))
            assert card.contains(button), f"{name} {at}"
            bottom = QPoint(round(button.center().x()), round(button.bottom()) - 1)
            seen = picture.pixelColor(bottom * picture.devicePixelRatio())
            assert abs(seen.red() - BORDER.red()) < 60, f"{name} {at}: {seen.name()}"


def test_the_ring_of_a_keyboard_goes_with_the_next_touch(stage: MainWindow) -> None:
    def ringed() -> bool:
        theme = stage.engine.singletonInstance("kiosk.ui.controls", "Theme")
        assert isinstance(theme, QObject)
        return bool(theme.property("keys"))

    QTest.keyClick(stage.window, Qt.Key.Key_Tab)
    until(ringed, "the ring")

    tap_at(stage.window, QPoint(5, 1070))

    assert not ringed()
