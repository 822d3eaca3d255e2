"""How alike several people scored the same: Krippendorff's alpha for ordered values.

After K. Krippendorff, *Computing Krippendorff's Alpha-Reliability* (2011), sections C to E; the
tests hold it to an example that is worked out in print.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import permutations


def alpha(units: Iterable[Sequence[int]]) -> float | None:
    """1 where all agree, 0 where they do as chance would have it, below 0 where they differ more.

    Each unit is what was said of one thing, in any order; what fewer than two said anything of does
    not count. None where nothing can be told: no such unit, or everybody said the same of
    everything.
    """
    paired = [each for each in units if len(each) > 1]
    weighed: dict[tuple[int, int], float] = {}
    for unit in paired:
        for pair, count in Counter(permutations(unit, 2)).items():
            weighed[pair] = weighed.get(pair, 0) + count / (len(unit) - 1)
    said = Counter(value for unit in paired for value in unit)
    apart = {(c, k): _apart(said, c, k) for c in said for k in said}
    expected = sum(said[c] * said[k] * apart[c, k] for c, k in apart)
    if expected == 0:
        return None
    observed = sum(count * apart[pair] for pair, count in weighed.items())
    return 1 - (said.total() - 1) * observed / expected


def _apart(said: Counter[int], one: int, other: int) -> float:
    """How far apart two values lie: by how many said something from the one to the other."""
    low, high = min(one, other), max(one, other)
    between = sum(count for value, count in said.items() if low <= value <= high)
    return (between - (said[low] + said[high]) / 2) ** 2
