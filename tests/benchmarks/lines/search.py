"""Key press to rows, as large as a village, a town and a city."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from random import Random
from time import perf_counter
from typing import Any

from sqlalchemy import select

from kiosk.models.register import Household, Resident
from kiosk.services.register.name_readings import fold
from kiosk.services.register.search import search
from kiosk.services.village import Village
from tests.benchmarks.harness.bare import Recorder, asked, connected
from tests.benchmarks.harness.line import OURS, Goal, Line, Place, Row, Side, Size
from tests.benchmarks.harness.worlds import village_of

RAW, LIKE = "the same queries raw", "LIKE"
_PEOPLE: dict[Size, Mapping[str, int]] = {
    "quick": {"village": 120, "town": 240, "city": 360},
    "whole": {"village": 1_200, "town": 100_000, "city": 1_000_000},
}
_SOUGHT: dict[Size, int] = {"quick": 2, "whole": 40}
"""How many people are looked for, each by name, pinyin, initials and house, key by key."""
_FRAME = 16.7
_FEW = 20_000
_LIKE = """
    SELECT r.id, r.name, h.lane, h.number FROM resident r JOIN household h ON h.id = r.household_id
    WHERE r.active AND (r.name LIKE ? OR r.pinyin LIKE ? OR h.number LIKE ? OR h.code LIKE ?)
    ORDER BY r.name_order LIMIT 20
"""


@contextmanager
def _sides(people: int, place: Place) -> Iterator[Mapping[str, Side]]:
    with village_of(people, 0, place.folder / "village").closing() as village:
        typed = keys(village, _SOUGHT[place.size])
        questions = [_recorded(village, each) for each in typed]
        raw = connected(village.directory.database)
        yield {
            OURS: partial(_timed, [partial(search, village, each) for each in typed]),
            RAW: partial(_timed, [partial(asked, raw, each) for each in questions]),
            # It reads every line each time, whatever is typed: a few are enough of a large one.
            LIKE: partial(
                _timed, [partial(_like, raw, each) for each in typed[:: 1 + people // _FEW]]
            ),
        }
        raw.close()


def keys(village: Village, sought: int) -> list[str]:
    """What stands in the field after each key, for all four ways of looking for some people."""
    random = Random(3)
    with village.read() as session:
        ids = session.scalars(select(Resident.id)).all()
        people = session.execute(
            select(Resident.name, Resident.pinyin, Household.number)
            .join(Household)
            .where(Resident.id.in_(random.sample(ids, sought)))
        ).all()
    typed: list[str] = [*"123456789"]
    for name, pinyin, number in people:
        letters = fold(pinyin)
        initials = "".join(fold(word)[:1] for word in pinyin.split())
        ways = ((name, 1), (letters, 2), (initials, 2), (number, 1))
        typed += [way[:end] for way, least in ways for end in range(least, len(way) + 1)]
    return typed


def _recorded(village: Village, typed: str) -> Sequence[tuple[str, Any]]:
    with Recorder(village) as recorder:
        search(village, typed)
    return recorder.selects


def _like(connection: Any, typed: str) -> None:
    connection.execute(_LIKE, (f"%{typed}%",) * 4).fetchall()


def _timed(acts: Sequence[Callable[[], object]]) -> Mapping[str, float]:
    took = []
    for act in acts:
        begun = perf_counter()
        act()
        took.append((perf_counter() - begun) * 1000)
    took.sort()
    return {
        "median": statistics.median(took),
        "p99": took[min(len(took) - 1, int(len(took) * 0.99))],
        "worst": took[-1],
    }


def lines(size: Size) -> Iterator[Line]:
    """A line for each size of the register."""
    for place, people in _PEOPLE[size].items():
        yield Line(
            name=f"search-{place}",
            rows=(
                Row(
                    "median",
                    f"search among {people:,}, median",
                    "ms",
                    (Goal(3, RAW), Goal(1, LIKE)),
                ),
                Row("p99", "its 99th percentile", "ms", (Goal(_FRAME), Goal(3, RAW))),
                Row("worst", "its worst", "ms"),
            ),
            beside=(RAW, LIKE),
            limit=RAW,
            sides=partial(_sides, people),
            runs=(7 if people < 500_000 else 3) if size == "whole" else 1,
            note=f"Every key of looking for {_SOUGHT[size]} people by name, pinyin, initials and"
            " house number, and every single digit, through the service. Beside it the statements"
            " that the service asks, asked without it; and what one would write at first, LIKE"
            " over name, pinyin, number and code.",
        )
