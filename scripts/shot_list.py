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


def _neighbour_found(stage: ShotStage) -> None:
    stage.open("look_up")
    stage.type("search", "lcs")
    stage.item("person.0")


def _pin_asked_for(stage: ShotStage) -> None:
    stage.open("sign_in")
    stage.tap("use_demo_card")


def _own(screen: str, story: str = "main") -> Callable[[ShotStage], None]:
    """A screen of the resident of a demo card who signed in."""

    def go(stage: ShotStage) -> None:
        stage.sign_in(story)
        stage.open(screen)

    return go


SHOTS: tuple[Shot, ...] = (
    Shot("home", lambda _stage: None),
    Shot("rules", lambda stage: stage.open("rules")),
    Shot("look_up", _neighbour_found),
    Shot("sign_in", lambda stage: stage.open("sign_in")),
    Shot("pin", _pin_asked_for),
    Shot("my_record", _own("my_record")),
    Shot("who_looked", _own("record_views")),
    Shot("consents", _own("consents")),
    Shot("notice_deed", _own("notices", "nomination")),
    Shot("notice_concern", _own("notices", "concern")),
    Shot("not_yet", lambda stage: stage.open("perks")),
    Shot("check", lambda stage: stage.open("check")),
    Shot("check_sign", _sign_checked),
    Shot("signs_find", _household_searched),
    Shot("signs", _household_opened),
    Shot("signs_printed", _sign_printed),
    Shot("still_here", lambda stage: stage.count_down()),
)
