"""Which characters of a Chinese sentence make a word, so that no line ends within one.

The likeliest way to cut a sentence into words: each word costs the logarithm of its rank among
those of `assets/words_by_frequency.txt` (Zipf's law), a character that belongs to none as much as a
word seldom met, and the cheapest way through is found from the front (Viterbi).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from math import log

from kiosk.core.paths import ASSETS

_LONGEST = 4
_ALONE = 8.0
"""The cost of a character on its own: dearer than half a word of two, cheaper than two words."""
_HAN = re.compile(r"[\u3400-\u9fff]{2,}")


def within_words(text: str) -> Iterator[int]:
    """The places of `text`, counted in characters, that lie within a word."""
    for run in _HAN.finditer(text):
        start = run.start()
        for word in _words(run.group()):
            yield from range(start + 1, start + len(word))
            start += len(word)


def _words(run: str) -> list[str]:
    costs, known = [0.0], _costs()
    lengths = [0]
    for end in range(1, len(run) + 1):
        words = ((n, known.get(run[end - n : end])) for n in range(2, min(_LONGEST, end) + 1))
        ways = [(costs[end - n] + cost, n) for n, cost in words if cost is not None]
        cost, length = min([(costs[end - 1] + _ALONE, 1), *ways])
        costs.append(cost)
        lengths.append(length)
    found: list[str] = []
    end = len(run)
    while end:
        found.append(run[end - lengths[end] : end])
        end -= lengths[end]
    return found[::-1]


@cache
def _costs() -> dict[str, float]:
    lines = (ASSETS / "words_by_frequency.txt").read_text("utf-8").splitlines()
    words = (word for line in lines if not line.startswith("#") for word in line.split())
    return {word: log(rank) for rank, word in enumerate(words, start=2)}
