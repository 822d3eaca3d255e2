"""Nothing is cut off and nothing lies on anything else: every panel, text size and language."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.app import MainWindow
from tests.ui.looks import every_look
from tests.ui.panels import PANELS
from tests.ui.touch import ill_placed, ill_sized


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("screen", ["home", "rules", "perks", "look_up", "check", "sign_in"])
def test_every_text_of_the_screen_is_whole(
    open_stage: Callable[..., MainWindow], panel: str, screen: str
) -> None:
    size, mm = PANELS[panel]
    stage = open_stage(size=size, mm=mm)
    if screen != "home":
        stage.kiosk.open(screen)
    for look in every_look(stage):
        assert ill_placed(stage.window) == [], look
        assert ill_sized(stage.window) == [], look


def test_a_screen_that_has_too_little_room_is_noticed(
    open_stage: Callable[..., MainWindow],
) -> None:
    stage = open_stage(size=(150, 800), mm=4)
    stage.window.grabWindow()

    assert ill_placed(stage.window) != []
