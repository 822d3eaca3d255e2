"""The pictures of a journey, in both languages, when somebody asks for them.

    KIOSK_JOURNEY_PICTURES=docs/screenshots/journeys pytest tests/journeys

Without the variable a step only looks that no text on the screen is cut off.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtQuick import QQuickItem

from kiosk.app import MainWindow
from tests.ui.touch import at_rest, ill_placed, items, see, until

ASKED = "KIOSK_JOURNEY_PICTURES"
COLOURS = 128
ABOUT_A_NUMBER = re.compile(r"(^\d+ lies on)|(lies on \d+$)")
"""The large number's digits have no descenders: its box, but no ink, lies on the words beside."""


@dataclass
class Album:
    """Numbers the steps of one journey."""

    folder: Path | None
    taken: int = 0

    def step(self, stage: MainWindow, name: str) -> None:
        """The screen as it is now, once in each language."""
        self.taken += 1
        for _ in range(2):
            _come_to_rest(stage)
            found = [each for each in ill_placed(stage.window) if not ABOUT_A_NUMBER.search(each)]
            assert found == [], f"{name} {stage.kiosk.tongue}: {found}"
            if self.folder is not None:
                self._take(stage, f"{self.taken:02d}-{name}.png")
            stage.kiosk.switchLanguage()
        _come_to_rest(stage)

    def _take(self, stage: MainWindow, name: str) -> None:
        assert self.folder is not None
        until(lambda: see(stage.window, "hint") is None, "the end of what is said in passing")
        file = self.folder / stage.kiosk.tongue / name
        file.parent.mkdir(parents=True, exist_ok=True)
        stage.window.grabWindow().save(str(file))
        with Image.open(file) as picture:
            packed = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        packed.save(file, optimize=True)


@pytest.fixture
def album(request: pytest.FixtureRequest) -> Album:
    """Of the journey that the test's file is named after."""
    journey = request.path.stem.removeprefix("test_").replace("_", "-")
    asked = os.environ.get(ASKED)
    return Album(Path(asked) / journey if asked else None)


def _come_to_rest(stage: MainWindow) -> None:
    """What was asked is answered, and every layout has found its place."""
    answered: list[bool] = []
    stage.kiosk.runner.run(lambda: None, done=lambda _none: answered.append(True))
    until(lambda: answered, "the database")
    stage.window.grabWindow()
    at_rest(stage)
    until(lambda: not any(map(_is_being_read, items(stage.window))), "the photographs")


def _is_being_read(item: QQuickItem) -> bool:
    return item.inherits("QQuickImage") and item.property("progress") < 1 and bool(_source(item))


def _source(item: QQuickItem) -> str:
    return str(item.property("source").toString())
