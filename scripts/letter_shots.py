"""Letters about oneself: the list, a new one, and one held before the scanner, for the pictures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kiosk.core.ids import new_touch_id
from kiosk.devices.image_codes import codes_on
from kiosk.services.letters import letters
from kiosk.services.printing import queue, spooler
from scripts.shot_stage import ShotStage


def composing(*taps: str) -> Callable[[ShotStage], None]:
    """A new letter with two facts, as far as these taps lead."""

    def go(stage: ShotStage) -> None:
        stage.sign_in("main")
        stage.open("letters")
        for each in ("letters.new", "letters.fact.lives", "letters.fact.joined", *taps):
            stage.tap(each)

    return go


def seen(stage: ShotStage) -> None:
    """As it will be printed."""
    composing("letters.facts_done", "letters.whom_done", "letters.choice.0")(stage)
    stage.tap("letters.choice.1")
    stage.item("letters.picture")


def checked(stage: ShotStage) -> None:
    """The letter of the demo, printed once more and held before the scanner."""
    stage.sign_in("main")
    session = stage.stage.kiosk.session
    assert session is not None
    (line, *_) = letters.desk(stage.village, session.id).letters
    again = letters.print_again(stage.village, session.id, line.reference, new_touch_id())
    while spooler.print_next(stage.village):
        pass
    file = queue.state(stage.village, again.job_id).file
    assert file is not None
    (code,) = codes_on(Path(file))
    stage.open("check", note=code)
    stage.item("check.verdict")
