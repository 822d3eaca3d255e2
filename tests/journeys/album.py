"""The pictures of a journey, in both languages, when somebody asks for them.

    KIOSK_JOURNEY_PICTURES=docs/screenshots/journeys pytest tests/journeys

Without the variable a step only looks that no text on the screen is cut off.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtTest import QTest

from kiosk.app import Stage
from tests.ui.touch import ill_placed, settle

ASKED = "KIOSK_JOURNEY_PICTURES"
COLOURS = 128


@dataclass
class Album:
    """Numbers the steps of one journey."""

    folder: Path | None
    taken: int = 0

    def step(self, stage: Stage, name: str) -> None:
        """The screen as it is now, once in each language."""
        self.taken += 1
        for _ in range(2):
            _come_to_rest(stage)
            assert ill_placed(stage.window) == [], f"{name} {stage.kiosk.tongue}"
            if self.folder is not None:
                self._take(stage, f"{self.taken:02d}-{name}.png")
            stage.kiosk.switchLanguage()
        _come_to_rest(stage)

    def _take(self, stage: Stage, name: str) -> None:
        assert self.folder is not None
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


def _come_to_rest(stage: Stage) -> None:
    """What was asked is answered, and every layout has found its place."""
    answered: list[bool] = []
    stage.kiosk.runner.run(lambda: None, done=lambda _none: answered.append(True))
    while not answered:
        settle()
    for _ in range(6):
        QTest.qWait(15)
        stage.window.grabWindow()
    settle()
