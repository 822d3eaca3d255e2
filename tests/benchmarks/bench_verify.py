"""What `kiosk verify` costs when a village's log is large: the log, its tables, every total.

Prints figures and asserts nothing: ``python -m tests.benchmarks.bench_verify [ENTRIES]``, by
default 100000: deeds of 1,200 enrolled people, five entries each. Every figure is one of a process
of its own: seconds, those of the processor, and the most memory that it held.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter, process_time

from kiosk.core.clock import SettableClock
from kiosk.core.paths import DataDirectory
from kiosk.services.audit.log import verify_log
from kiosk.services.audit.tables import check_tables, verify_village
from kiosk.services.record.number import number_of
from kiosk.services.upkeep.opening import DATABASE_VARIABLE, open_village
from kiosk.services.village import Village
from kiosk.services.work import reading
from tests.benchmarks.harness.worlds import MOST_ENROLLED, NOW, village_of
from tests.benchmarks.lines.verify import hashed


def hashes(village: Village) -> str:
    """hashlib on the same bytes, which lie ready in memory; the time is its own."""
    took = hashed(village)
    return f"hashlib alone {took['all']:.2f} s"


def log(village: Village) -> str:
    """The log's own proofs."""
    report = verify_log(village)
    return f"{report.entries} entries, {len(report.findings)} findings"


def tables(village: Village) -> str:
    """The log and every table."""
    with reading(village) as work:
        return f"{len(check_tables(work).findings)} findings"


def numbers(village: Village) -> str:
    """Every number as it is shown."""
    with reading(village) as work:
        for each in range(1, MOST_ENROLLED + 1):
            number_of(work, each, work.today)
    return f"{MOST_ENROLLED} people"


def everything(village: Village) -> str:
    """The whole of it, totals and schema too."""
    return f"{len(verify_village(village).findings)} findings"


PARTS = (hashes, log, tables, numbers, everything)


def main(entries: int) -> None:
    """Measure everything once."""
    os.environ.pop(DATABASE_VARIABLE, None)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "village"
        village_of(MOST_ENROLLED, entries, root).database.close()
        for part in range(len(PARTS)):
            process = get_context("spawn").Process(target=measure, args=(root, part))
            process.start()
            process.join()


def measure(root: Path, part: int) -> None:
    """One part, in this process."""
    with open_village(DataDirectory(root), SettableClock(NOW)).closing() as village:
        begun, used = perf_counter(), process_time()
        found = PARTS[part](village)
        took, used = perf_counter() - begun, process_time() - used
    name, most = PARTS[part].__name__, most_memory()
    print(f"{name}: {took:.1f} s, of the processor {used:.1f} s, {most:.0f} MiB; {found}")


def most_memory() -> float:
    """The most that this program has held since it began, in MiB; getrusage counts its parent."""
    (kibibytes,) = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    return int(kibibytes) / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
