"""A flat paper on a picture: from its millimetres to the picture's pixels and back.

A projective map has eight numbers (Hartley and Zisserman, Multiple View Geometry, 4.1): the least
squares over more points than the four that it needs, in coordinates that are made small first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
_SMALL = 100.0
"""The millimetres are divided by it, so that the equations' numbers are of one size."""


@dataclass(frozen=True)
class Plane:
    """``x' = (a x + b y + c) / (g x + h y + 1)``, ``y' = (d x + e y + f) / (g x + h y + 1)``."""

    numbers: tuple[float, ...]

    def at(self, point: Point) -> Point:
        """Where a point of the paper is on the picture."""
        a, b, c, d, e, f, g, h = self.numbers
        x, y = point
        depth = g * x + h * y + 1
        return (a * x + b * y + c) / depth, (d * x + e * y + f) / depth

    def seen_from(self, start: Point, step: float) -> tuple[float, ...]:
        """The eight numbers for pixels that are `step` apart, the first of them at `start`.

        Pillow takes the middle of a pixel for its place, and so do the points of a code.
        """
        a, b, c, d, e, f, g, h = self.numbers
        x, y = start
        depth = g * x + h * y + 1
        return tuple(
            each / depth
            for each in (
                *(a * step, b * step, a * x + b * y + c),
                *(d * step, e * step, d * x + e * y + f),
                *(g * step, h * step),
            )
        )


def plane_through(pairs: Sequence[tuple[Point, Point]]) -> Plane | None:
    """The map that takes the first of each pair nearest to the second; None where there is none."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in pairs:
        x, y = x / _SMALL, y / _SMALL
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    normal = [[sum(row[i] * row[j] for row in rows) for j in range(9)] for i in range(8)]
    found = _solved(normal)
    if found is None:
        return None
    a, b, c, d, e, f, g, h = found
    s = _SMALL
    return Plane((a / s, b / s, c, d / s, e / s, f, g / s, h / s))


def _solved(equations: list[list[float]]) -> list[float] | None:
    """Gauss with the largest pivot; the last of each row is its right side."""
    size = len(equations)
    for at in range(size):
        pivot = max(range(at, size), key=lambda row: abs(equations[row][at]))
        if abs(equations[pivot][at]) < 1e-9:
            return None
        equations[at], equations[pivot] = equations[pivot], equations[at]
        for row in range(size):
            if row != at:
                share = equations[row][at] / equations[at][at]
                equations[row] = [
                    a - share * b for a, b in zip(equations[row], equations[at], strict=True)
                ]
    return [equations[at][size] / equations[at][at] for at in range(size)]
