"""What grows in a village over one, five and twenty years, and what must not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import perf_counter

from kiosk.services.audit.tables import verify_village
from kiosk.services.register.search import search
from kiosk.services.village import Village
from tests.benchmarks.harness.line import OURS, Goal, Line, Place, Row, Side, Size
from tests.benchmarks.harness.programs import Program, kiosk_on
from tests.benchmarks.harness.screen import Screen, screen
from tests.benchmarks.harness.timing import milliseconds
from tests.benchmarks.harness.worlds import A_DEED, MOST_ENROLLED, village_of

_A_YEAR: dict[Size, int] = {"quick": 200, "whole": 2_200}
"""Entries of the log in a year: what the demo village's people make of one."""
_YEARS: Mapping[str, int] = {"one year": 1, "five years": 5, OURS: 20}
_FLAT = 1.1


@contextmanager
def _sides(place: Place) -> Iterator[Mapping[str, Side]]:
    grown = {
        name: village_of(MOST_ENROLLED, years * _A_YEAR[place.size], place.folder / str(years))
        for name, years in _YEARS.items()
    }
    with screen() as shown:
        yield {
            name: partial(_lived, shown, village, kiosk_on(village.directory.root), name)
            for name, village in grown.items()
        }
    for village in grown.values():
        village.database.close()


def _lived(shown: Screen, village: Village, program: Program, name: str) -> Mapping[str, float]:
    started = shown.seconds_to_painted(name, program.command, program.environment, program.cwd)
    begun = perf_counter()
    report = verify_village(village)
    verified = perf_counter() - begun
    if not report.consistent:
        raise AssertionError(f"the village does not fit: {report.findings[:3]}")
    octets = _size(village.directory.database)
    return {
        "start": started,
        "search": milliseconds(lambda: search(village, "li")),
        "verify": verified,
        "database": octets / 1e6,
        "deed": octets / (report.entries / A_DEED) / 1000,
    }


def _size(file: Path) -> int:
    return sum(each.stat().st_size for each in file.parent.glob(f"{file.name}*"))


def lines(size: Size) -> Iterator[Line]:
    """Years."""
    flat = (Goal(_FLAT, "one year"),)
    yield Line(
        name="growth",
        rows=(
            Row("start", "start after 20 years of a village", "s", flat),
            Row("search", "search after 20 years", "ms", flat),
            Row("verify", "verify, log and tables and totals", "s"),
            Row("database", "the database", "MB"),
            Row("deed", "the database by deeds", "kB"),
        ),
        beside=tuple(name for name in _YEARS if name != OURS),
        sides=_sides,
        runs=3 if size == "whole" else 1,
        note=f"A village of {MOST_ENROLLED:,} with {_A_YEAR[size]:,} entries of the log a year,"
        " deeds all of them; start as in the first line.",
    )
