"""Four terminals on one PostgreSQL beside one alone."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from time import perf_counter

import pytest

from kiosk.core.clock import SystemClock
from kiosk.core.paths import DataDirectory
from kiosk.services.ledger import log
from kiosk.services.retry import retry_on_conflict
from kiosk.services.upkeep.opening import DATABASE_VARIABLE, found_village, open_village
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.benchmarks.bench_ledger import database, deed, postgres_on_disk
from tests.benchmarks.harness.line import OURS, Goal, Line, Place, Row, Side, Size
from tests.benchmarks.harness.worlds import SETTINGS

ONE = "one terminal"
_TERMINALS = 4
_ON_DISK = "/var/tmp"
"""Where temporary files outlive a restart, so that they lie on a disk."""
_SECONDS: dict[Size, float] = {"quick": 0.5, "whole": 4.0}


def _append(village: Village, number: int) -> None:
    with writing(village) as work:
        log.append(work, "decision", deed(number))


def _at_work(root: Path, seconds: float, ready: Barrier, told: object) -> None:
    """A terminal in a process of its own: an entry, a transaction; how long each took."""
    took: list[float] = []
    with open_village(DataDirectory(root), SystemClock()).closing() as village:
        retry_on_conflict(_append, village, 0)
        ready.wait()
        until = perf_counter() + seconds
        while (begun := perf_counter()) < until:
            retry_on_conflict(_append, village, len(took))
            took.append(perf_counter() - begun)
    told.put(took)  # type: ignore[attr-defined]


def _worked(root: Path, seconds: float, terminals: int) -> Mapping[str, float]:
    context = get_context("spawn")
    ready, told = context.Barrier(terminals), context.Queue()
    given = (root, seconds, ready, told)
    working = [context.Process(target=_at_work, args=given) for _ in range(terminals)]
    for each in working:
        each.start()
    took = [told.get(timeout=60 + seconds) for _ in working]
    for each in working:
        each.join()
    counts = [len(each) for each in took]
    return {
        "entry": seconds / sum(counts) * 1000,
        "fair": statistics.mean(counts) / max(1, min(counts)),
        "wait": max(max(each) for each in took),
    }


@contextmanager
def _sides(place: Place) -> Iterator[Mapping[str, Side]]:
    root, seconds = place.folder / "village", _SECONDS[place.size]
    with pytest.MonkeyPatch.context() as environment, ExitStack() as stack:
        # The server has a user of its own, who may not be let into the checkout.
        environment.setattr(tempfile, "tempdir", _ON_DISK)
        server = stack.enter_context(postgres_on_disk())
        environment.setenv(DATABASE_VARIABLE, database(server, "bench"))
        found_village(DataDirectory(root), SETTINGS, SystemClock()).database.close()
        yield {
            OURS: partial(_worked, root, seconds, _TERMINALS),
            ONE: partial(_worked, root, seconds, 1),
        }


def lines(size: Size) -> Iterator[Line]:
    """Terminals."""
    yield Line(
        name="terminals",
        rows=(
            Row("entry", "four terminals on PostgreSQL, for an entry", "ms", (Goal(1, ONE),)),
            Row("fair", "the mean terminal's entries over the slowest's", "", (Goal(1.25),)),
            Row("wait", "the longest wait for the log", "s", (Goal(1),)),
        ),
        beside=(ONE,),
        sides=_sides,
        runs=3 if size == "whole" else 1,
        note=f"Each terminal is a process that appends entries for {_SECONDS[size]:g} seconds, a"
        " transaction each, on a server with its default durability whose files lie on the disk.",
    )
