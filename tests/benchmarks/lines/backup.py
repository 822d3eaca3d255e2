"""A backup with its proof, of a database in use, beside the online backup alone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, sleep

import pysqlite3

from kiosk.services.ledger import log
from kiosk.services.upkeep.backup import back_up
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.benchmarks.harness.bare import connected
from tests.benchmarks.harness.line import OURS, Goal, Line, Place, Row, Side, Size
from tests.benchmarks.harness.worlds import MOST_ENROLLED, village_of
from tests.benchmarks.lines.verify import LOGS

ONLINE = "the online backup API alone"
_PAUSE = 0.05
"""Between two touches, in seconds: more than a hall full of people makes."""


@contextmanager
def _sides(place: Place) -> Iterator[Mapping[str, Side]]:
    entries = LOGS[place.size][1]
    with village_of(MOST_ENROLLED, entries, place.folder / "village").closing() as village:

        def ours() -> Mapping[str, float]:
            return _in_use(village, lambda: back_up(village, place.folder / "copies"))

        def online() -> Mapping[str, float]:
            return _in_use(village, lambda: _copied(village, place.folder / "plain.sqlite3"))

        (place.folder / "copies").mkdir()
        yield {OURS: ours, ONLINE: online}


def _copied(village: Village, file: Path) -> None:
    file.unlink(missing_ok=True)
    source, target = connected(village.directory.database), pysqlite3.connect(file)
    with source, target:
        source.backup(target)
    source.close()
    target.close()


def _in_use(village: Village, copy: Callable[[], object]) -> Mapping[str, float]:
    """What the copy takes while somebody goes on touching, and the longest of these touches."""
    done, touches = threading.Event(), [0.0]

    def touch() -> None:
        number = 0
        while not done.is_set():
            begun = perf_counter()
            with writing(village) as work:
                log.append(work, "look", {"case": number})
            touches.append(perf_counter() - begun)
            number += 1
            sleep(_PAUSE)

    thread = threading.Thread(target=touch)
    thread.start()
    sleep(4 * _PAUSE)
    touches[:] = [0.0]
    begun = perf_counter()
    try:
        copy()
        took = perf_counter() - begun
    finally:
        done.set()
        thread.join()
    return {"all": took, "touch": max(touches) * 1000}


def lines(size: Size) -> Iterator[Line]:
    """A backup."""
    entries = LOGS[size][1]
    yield Line(
        name="backup",
        rows=(
            Row("all", f"backup of a log of {entries:,}, in use", "s", (Goal(1.5, ONLINE),)),
            Row("touch", "the longest touch meanwhile", "ms", (Goal(50),)),
        ),
        beside=(ONLINE,),
        limit=ONLINE,
        sides=_sides,
        runs=3 if size == "whole" else 1,
        note="`back_up`: copied, checked whole, sealed, read back. Meanwhile a thread appends an"
        f" entry every {_PAUSE * 1000:.0f} ms. Beside it SQLite's own copy.",
    )
