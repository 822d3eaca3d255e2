"""What several looks at one household give together, by the stated rule.

Two: the mean, and where it lies between two stars, the higher one. Three: the middle one.
A dimension that fewer than two could rate is not rated, which is not low.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Final

from kiosk.services.stars.ratings import DIMENSIONS
from kiosk.services.stars.terms import APART

Stars = Mapping[str, int]
_FEWEST: Final = 2


def too_far_apart(looks: Sequence[Stars]) -> bool:
    """Whether two looks differ by more than a star on a dimension that both rate."""
    return any(
        max(given) - min(given) > APART
        for given in (_given(looks, each) for each in DIMENSIONS)
        if len(given) == _FEWEST
    )


def together(looks: Sequence[Stars]) -> dict[str, int]:
    """The stars that the looks give together, by dimension; not rated is absent."""
    found: dict[str, int] = {}
    for dimension in DIMENSIONS:
        given = _given(looks, dimension)
        if len(given) >= _FEWEST:
            found[dimension] = -int(-median(given) // 1)
    return found


def _given(looks: Sequence[Stars], dimension: str) -> list[int]:
    return [each[dimension] for each in looks if dimension in each]
