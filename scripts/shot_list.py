"""What is photographed: one list, to which every room adds its screens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from kiosk.models.ledger import Checkpoint
from kiosk.services import printing
from scripts.shot_stage import ShotStage


@dataclass(frozen=True)
class Shot:
    """One picture: its name and how to get there from the start screen."""

    name: str
    go: Callable[[ShotStage], None]


def _household_searched(stage: ShotStage) -> None:
    stage.sign_in("clerk")
    stage.open("signs")
    stage.type("signs.search.input", "林春生")
    stage.item("signs.household.0")


def _household_opened(stage: ShotStage) -> None:
    _household_searched(stage)
    stage.tap("signs.household.0")
    preview = stage.item("signs.preview")
    stage.until(lambda: not preview.property("behind"))


def _sign_printed(stage: ShotStage) -> None:
    _household_opened(stage)
    stage.tap("signs.print")
    printing.print_next(stage.village)
    stage.item("signs.printed")


def _sign_checked(stage: ShotStage) -> None:
    _sign_printed(stage)
    with stage.village.read() as session:
        newest = select(Checkpoint.note).order_by(Checkpoint.id.desc()).limit(1)
        note = session.scalars(newest).one()
    stage.stage.kiosk.note_scanned(note)
    stage.item("check.verdict")


SHOTS: tuple[Shot, ...] = (
    Shot("home", lambda _stage: None),
    Shot("rules", lambda stage: stage.open("rules")),
    Shot("not_yet", lambda stage: stage.open("perks")),
    Shot("check", lambda stage: stage.open("check")),
    Shot("check_sign", _sign_checked),
    Shot("signs_find", _household_searched),
    Shot("signs", _household_opened),
    Shot("signs_printed", _sign_printed),
    Shot("still_here", lambda stage: stage.count_down()),
)
