"""Somebody who holds a card, and what the screen shows of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.app import MainWindow


@dataclass(frozen=True)
class Somebody:
    id: str = "a-session"
    resident_id: int = 1
    name: str = "林春生"
    roles: frozenset[str] = field(default_factory=frozenset)


def ink_outside_the_card(stage: MainWindow) -> int:
    """How many of some hundred places at the window's edges have another colour than the paper."""
    picture = stage.window.grabWindow()
    paper = picture.pixelColor(2, picture.height() - 2)
    places = [(x, y) for x in range(0, picture.width(), 3) for y in (40, 60, 80)]
    return sum(picture.pixelColor(x, y) != paper for x, y in places)
