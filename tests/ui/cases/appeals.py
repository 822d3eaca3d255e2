"""What the tests of an appeal and of its panel look for and tap."""

from __future__ import annotations

from kiosk.app import MainWindow
from kiosk.models.cases import Case
from tests.ui.looks import whole_at_every_look
from tests.ui.neighbours import Neighbours
from tests.ui.touch import at_rest, see, until

LAY = {"单小红": "15", "何大山": "16", "陈桂香": "17"}


def on(stage: MainWindow, name: str) -> None:
    until(lambda: stage.kiosk.property("screenName") == name, f"the screen {name}")


def error(stage: MainWindow) -> str:
    item = see(stage.window, "error")
    return "" if item is None else str(item.property("text"))


def state_of(lane: Neighbours, case_id: int) -> str:
    with lane.village.read() as session:
        return session.get_one(Case, case_id).state


def reference(lane: Neighbours, case_id: int) -> str:
    with lane.village.read() as session:
        return session.get_one(Case, case_id).reference


def whole(stage: MainWindow) -> None:
    whole_at_every_look(stage)
    at_rest(stage)
