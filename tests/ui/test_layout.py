"""Nothing is cut off and nothing lies on anything else: every panel, text size and language."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.app import MainWindow
from kiosk.core.catalogue import catalogue
from tests.ui.panels import PANELS
from tests.ui.touch import ill_placed, ill_sized, settle


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("screen", ["home", "rules", "perks", "look_up", "check", "sign_in"])
def test_every_text_of_the_screen_is_whole(
    open_stage: Callable[..., MainWindow], panel: str, screen: str
) -> None:
    size, mm = PANELS[panel]
    stage = open_stage(size=size, mm=mm)
    if screen != "home":
        stage.kiosk.open(screen)
    for step in range(4):
        stage.kiosk.set_comfort(step, False)
        for _ in catalogue().languages:
            stage.kiosk.switchLanguage()
            stage.window.grabWindow()
            settle()
            assert ill_placed(stage.window) == [], f"step {step}, {stage.kiosk.tongue}"
            assert ill_sized(stage.window) == [], f"step {step}, {stage.kiosk.tongue}"


def test_a_screen_that_has_too_little_room_is_noticed(
    open_stage: Callable[..., MainWindow],
) -> None:
    stage = open_stage(size=(150, 800), mm=4)
    stage.window.grabWindow()

    assert ill_placed(stage.window) != []
