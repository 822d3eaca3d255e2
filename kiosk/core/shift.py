"""How far a printer draws beside where it is told to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MOST_SHIFT: Final = 5.0
"""Millimetres: whatever is farther off lies wrong in its tray."""


@dataclass(frozen=True)
class Shift:
    """How far everything is moved before it is printed, in millimetres."""

    right: float = 0.0
    down: float = 0.0


STRAIGHT: Final = Shift()
