"""How to get to the screens on which people see to their data, and clerks help them."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.core.ids import new_touch_id
from kiosk.services import rights
from scripts.shot_stage import ShotStage

Go = Callable[[ShotStage], None]


def my_data(*taps: str) -> Go:
    """The data of the resident who signed in, as far as these taps lead."""

    def go(stage: ShotStage) -> None:
        stage.sign_in("main")
        stage.open("my_data")
        for name in taps:
            stage.tap(name)

    return go


def correction(*taps: str) -> Go:
    """A clerk's screen, on which somebody waits for a correction."""

    def go(stage: ShotStage) -> None:
        stage.sign_in("main")
        session = stage.stage.kiosk.session
        mine = session.id if session else ""
        if not rights.my_corrections(stage.village, mine):
            asked = "我是三月初二生的，写成三月初一了。"
            rights.ask_correction(stage.village, mine, "born_on", asked, new_touch_id())
        stage.sign_in("clerk")
        stage.open("corrections")
        for name in taps:
            stage.tap(name)

    return go
