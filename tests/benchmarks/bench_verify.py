"""What `kiosk verify` costs when a village's log is large: the log, its tables, every total.

Prints figures and asserts nothing: ``python -m tests.benchmarks.bench_verify [ENTRIES]``, by
default 100000: deeds of 1,200 enrolled people, five entries each.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from kiosk.services.audit.log import verify_log
from kiosk.services.audit.tables import check_tables, verify_village
from kiosk.services.record.number import number_of
from kiosk.services.upkeep.opening import DATABASE_VARIABLE
from kiosk.services.village import Village
from kiosk.services.work import reading
from tests.benchmarks.harness.worlds import MOST_ENROLLED, village_of


def main(entries: int) -> None:
    """Measure everything once."""
    os.environ.pop(DATABASE_VARIABLE, None)
    with (
        tempfile.TemporaryDirectory() as folder,
        village_of(MOST_ENROLLED, entries, Path(folder) / "village").closing() as village,
    ):
        measure(village)


def measure(village: Village) -> None:
    people = range(1, MOST_ENROLLED + 1)
    begun = perf_counter()
    print(f"log alone: {verify_log(village).entries} entries, {perf_counter() - begun:.1f} s")
    begun = perf_counter()
    with village.read() as session:
        found = check_tables(session)
    print(f"tables: {len(found)} findings, {perf_counter() - begun:.1f} s")
    begun = perf_counter()
    with reading(village) as work:
        for each in people:
            number_of(work, each, work.today)
    print(f"numbers as shown, {len(people)}: {perf_counter() - begun:.1f} s")
    begun = perf_counter()
    report = verify_village(village)
    print(f"kiosk verify, all of it: {perf_counter() - begun:.1f} s, {report.consistent=}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
