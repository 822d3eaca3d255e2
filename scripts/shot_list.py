"""What is photographed: one list, to which every room adds its screens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from scripts.shot_stage import ShotStage


@dataclass(frozen=True)
class Shot:
    """One picture: its name and how to get there from the start screen."""

    name: str
    go: Callable[[ShotStage], None]


SHOTS: tuple[Shot, ...] = (
    Shot("home", lambda _stage: None),
    Shot("rules", lambda stage: stage.open("rules")),
    Shot("not_yet", lambda stage: stage.open("perks")),
    Shot("check", lambda stage: stage.open("check")),
    Shot("still_here", lambda stage: stage.count_down()),
)
