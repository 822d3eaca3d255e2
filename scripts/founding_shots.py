"""Pictures of the founding, on the demo's machine: nothing of it is written where a village is."""

from __future__ import annotations

from kiosk.services.upkeep import founding_notes
from scripts.shot_stage import ShotStage


def name(stage: ShotStage) -> None:
    """The first question."""
    stage.open("found")
    stage.type("found.name_zh", "杨桥村")
    stage.type("found.name_en", "Yangqiao")


def log(stage: ShotStage) -> None:
    """The name that never changes."""
    name(stage)
    stage.tap("found.next")
    stage.type("found.origin", "yangqiao.example/good-deed-book")


def rules(stage: ShotStage) -> None:
    """The rules, with ticks."""
    log(stage)
    stage.tap("found.next")
    stage.tap("dialog.yes")
    for step in ("found.terminal", "found.printer.0", "found.printer.0", "found.add"):
        stage.item(step)
        stage.tap("found.next")
    stage.item("found.rule.festival")


def person(stage: ShotStage) -> None:
    """One of the first officials."""
    rules(stage)
    stage.tap("found.next")
    stage.tap("found.add")
    stage.type("found.person_name", "周根土")
    stage.type("found.person_born", "1961-05-04")
    stage.type("found.person_lane", "东街")
    stage.type("found.person_number", "1")
    stage.tap("found.office.officer")


def cards(stage: ShotStage) -> None:
    """The village stands: its officials get their cards."""
    village = stage.village
    key = village.keys.verifier.text()
    founding_notes.write(village.directory, founding_notes.Notes(state="founded", key=key))
    stage.open("founded")
    stage.item("founded.save")
    founding_notes.forget(village.directory)
