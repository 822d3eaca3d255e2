"""Names as people of a generation have them, drawn from the country's real frequencies."""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from functools import cache
from itertools import accumulate
from random import Random

from kiosk.core.paths import ASSETS

TWO_CHARACTERS = 0.86
"""How many given names have two characters; about one in seven has one."""
_FLATTENING = 12
"""The n-th most common character is about 1/(n + 12) as common, in every column of the source."""


class NameBook:
    """Draws surnames and given names."""

    def __init__(self, random: Random, names: dict[str, dict[str, object]]) -> None:
        self._random = random
        surnames = names["surnames"]
        self._surnames = list(surnames)
        self._cumulated = list(accumulate(int(str(each)) for each in surnames.values()))
        self._leading = str(names["order"]["leading"])
        self._given = {
            sex: {int(year): str(characters) for year, characters in names[sex].items()}
            for sex in ("male", "female")
        }

    def surname(self) -> str:
        """A surname, as common as in the country."""
        drawn = self._random.random() * self._cumulated[-1]
        return self._surnames[bisect_right(self._cumulated, drawn)]

    def given(self, sex: str, born: int) -> str:
        """A given name of somebody born in the year `born`; `sex` is ``M`` or ``F``."""
        columns = self._given["male" if sex == "M" else "female"]
        characters = columns[max(year for year in columns if year <= max(born, 1930))]
        first = self._character(characters)
        if self._random.random() > TWO_CHARACTERS:
            return first
        second = self._character(characters)
        if second in self._leading and first not in self._leading:
            return second + first
        return first + second

    def _character(self, characters: str) -> str:
        weights = [1 / (rank + _FLATTENING) for rank in range(len(characters))]
        return self._random.choices(characters, weights)[0]


def name_book(random: Random) -> NameBook:
    """A name book that draws by `random`."""
    return NameBook(random, _names())


@cache
def _names() -> dict[str, dict[str, object]]:
    return tomllib.loads((ASSETS / "demo" / "names.toml").read_text("utf-8"))
