"""The ladder of a deed that takes hours: from so many hours on it gives more points.

Kept as ``4:3 8:5``: from four hours on 3 points, from eight on 5; below the first step the rule
gives its points. Empty for a rule without a ladder. The hours are those of one report; who reports
chooses the step, and nobody counts minutes.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import Final

from kiosk.core.errors import ExpectedError

MOST_STEPS: Final = 4
MOST_HOURS: Final = 99


def kept(rule: str, points: int, most: int, table: object) -> str:
    """A file's table as it is kept; `points` are those below its first step, `most` those of any.

    Raises:
        ExpectedError: ``rulebook_ladder`` (rule, value) for anything but at most `MOST_STEPS`
            whole numbers of hours, each with more points than the one before.
    """
    refusal = ExpectedError("rulebook_ladder", rule, table)
    if not isinstance(table, dict) or not 0 < len(table) <= MOST_STEPS:
        raise refusal
    if not all(type(each) is int for each in table.values()):
        raise refusal
    steps = [(_hours(hours), given) for hours, given in table.items()]
    given = [points, *(each for _, each in sorted(steps))]
    rises = all(lower < higher for lower, higher in pairwise(given))
    if not rises or given[-1] > most or not all(hours for hours, _ in steps):
        raise refusal
    return " ".join(f"{hours}:{each}" for hours, each in sorted(steps))


def _hours(key: object) -> int:
    """The hours of a key; 0 for what is none."""
    plain = isinstance(key, str) and key.isascii() and key.isdigit() and not key.startswith("0")
    hours = int(key) if plain and len(str(key)) < 3 else 0  # type: ignore[call-overload]
    return hours if hours <= MOST_HOURS else 0


@lru_cache(maxsize=256)
def steps_of(said: str) -> tuple[tuple[int, int], ...]:
    """What `kept` made: hours and points, the fewest hours first.

    Raises:
        ExpectedError: ``rulebook_ladder`` where it is nothing that `kept` makes.
    """
    try:
        pairs = [each.split(":") for each in said.split()]
        steps = [(int(hours), int(given)) for hours, given in pairs]
    except ValueError as trouble:
        raise ExpectedError("rulebook_ladder", "", said) from trouble
    table = {str(hours): given for hours, given in steps}
    if table and kept("", 0, MOST_HOURS, table) != said:
        raise ExpectedError("rulebook_ladder", "", said)
    return tuple(steps)


def table_of(said: str) -> dict[str, int]:
    """The same as a file has it."""
    return {str(hours): given for hours, given in steps_of(said)}


def hours_of(said: str) -> tuple[int, ...]:
    """The hours that a report may say: 0 below the first step."""
    return (0, *(hours for hours, _ in steps_of(said)))


def points_at(points: int, said: str, hours: int) -> int:
    """What a rule of so many points gives for so many hours."""
    return max([points, *(given for least, given in steps_of(said) if hours >= least)])


def most_of(points: int, said: str) -> int:
    """What the rule gives at most."""
    return max([points, *(given for _, given in steps_of(said))])
