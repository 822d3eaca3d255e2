"""What the log costs: bytes per entry, appends a second by one and four processes, verification.

Prints figures and asserts nothing: ``python -m tests.benchmarks.bench_ledger [ENTRIES]``, by
default 100000. SQLite and PostgreSQL both stand on the disk of the temporary folder, with the
durability that the kiosk uses: an append is a transaction of its own and is on disk when it ends.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

from sqlalchemy import create_engine, func, select, text

from kiosk.core.clock import SystemClock
from kiosk.core.paths import DataDirectory
from kiosk.core.settings import Settings
from kiosk.models import Base
from kiosk.services.audit.log import verify_log
from kiosk.services.audit.tables import verify_village
from kiosk.services.demo.making import make_demo
from kiosk.services.ledger import log
from kiosk.services.retry import retry_on_conflict
from kiosk.services.upkeep.backup import back_up
from kiosk.services.upkeep.opening import DATABASE_VARIABLE, found_village, open_village
from kiosk.services.upkeep.to_postgres import copy_to
from kiosk.services.village import Village
from kiosk.services.work import writing
from scripts import with_postgres
from tests.worlds.names import YANGQIAO

SETTINGS = Settings(YANGQIAO, "yangqiao.example/good-deed-book")
BATCH, SECONDS, PROCESSES = 1_000, 8.0, (1, 4)
LOG_TABLES = ("ledger_entry", "ledger_content", "ledger_node")


def deed(number: int) -> dict[str, object]:
    """An entry of the usual size: a case's move with a sentence."""
    return {
        "case": number,
        "reference": f"2026-{number:04}",
        "move": "approve",
        "from": "submitted",
        "to": "effective",
        "role": "officer",
        "by": number % 1200,
        "reason": "desk.reason_seen",
        "sentence": "当天看过现场，河埠头已经打扫干净。",
    }


def append_one(village: Village, number: int) -> None:
    with writing(village) as work:
        log.append(work, "decision", deed(number))


def appending(root: Path, url: str, seconds: float) -> list[float]:
    """What one terminal does: an entry, a transaction; the seconds that each took."""
    os.environ.update({DATABASE_VARIABLE: url} if url else {})
    took: list[float] = []
    with open_village(DataDirectory(root), SystemClock()).closing() as village:
        until = perf_counter() + seconds
        while (begun := perf_counter()) < until:
            retry_on_conflict(append_one, village, len(took))
            took.append(perf_counter() - begun)
    return took


def measure_appends(root: Path, url: str) -> None:
    for processes in PROCESSES:
        with get_context("spawn").Pool(processes) as pool:
            found = pool.starmap(appending, [(root, url, SECONDS)] * processes)
        took = sorted(each for one in found for each in one)
        print(
            f"  {processes} process(es), one entry a transaction:"
            f" {len(took) / SECONDS:.0f} a second,"
            f" median {statistics.median(took) * 1000:.1f} ms,"
            f" 99 of 100 within {took[int(len(took) * 0.99)] * 1000:.1f} ms,"
            f" longest {took[-1] * 1000:.0f} ms"
        )


def log_bytes(village: Village) -> int:
    """What the log takes; on SQLite the whole file, which grows by nothing else here."""
    if village.database.is_sqlite:
        question = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
    else:
        sizes = "+".join(f"pg_total_relation_size('{each}')" for each in LOG_TABLES)
        question = f"SELECT {sizes}"
    with village.read() as session:
        return int(session.execute(text(question)).scalar_one())


def measure_size_and_verification(village: Village, entries: int) -> None:
    before = log_bytes(village)
    begun = perf_counter()
    for start in range(0, entries, BATCH):
        with writing(village) as work:
            for number in range(start, start + BATCH):
                log.append(work, "decision", deed(number))
    print(f"  {BATCH} entries a transaction: {entries / (perf_counter() - begun):.0f} a second")
    grown = (log_bytes(village) - before) / entries
    print(f"  bytes per entry, indexes and hashes included: {grown:.0f}")
    begun = perf_counter()
    report = verify_log(village)
    per = (perf_counter() - begun) / report.entries * 100_000
    print(f"  verify: {per:.1f} s per 100,000 entries ({report.entries}, {report.consistent=})")


def measure_a_year(root: Path, url: str) -> None:
    """The demo village: a year of deeds of 1,200 people through the real services."""
    make_demo(DataDirectory(root), datetime.now(UTC).replace(microsecond=0), lambda *_: None)
    with open_village(DataDirectory(root), SystemClock()).closing() as village:
        with village.read() as session:
            rows = {
                each.name: session.scalar(select(func.count()).select_from(each)) or 0
                for each in Base.metadata.sorted_tables
            }
        size = village.directory.database.stat().st_size
        print(f"  {sum(rows.values())} rows, {rows['ledger_entry']} entries, {size / 1e6:.1f} MB")
        largest = sorted(rows.items(), key=lambda item: -item[1])[:8]
        print("  " + ", ".join(f"{name} {count}" for name, count in largest))
        begun = perf_counter()
        report = verify_village(village)
        print(f"  verify, tables too: {perf_counter() - begun:.1f} s, {report.consistent=}")
        begun = perf_counter()
        made = back_up(village)
        print(f"  backup: {perf_counter() - begun:.1f} s, {made.size / 1e6:.1f} MB")
        begun = perf_counter()
        copy_to(village, url)
        print(f"  copy-to PostgreSQL, proof included: {perf_counter() - begun:.1f} s")
        print(f"  size on PostgreSQL: {postgres_bytes(url) / 1e6:.1f} MB")


def postgres_bytes(url: str) -> int:
    engine = create_engine(url)
    with engine.connect() as connection:
        return int(
            connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one()
        )


@contextmanager
def postgres_on_disk() -> Iterator[str]:
    """A server whose files lie where SQLite's do: one in memory would make any commit free."""
    with_postgres.MEMORY = Path("/nowhere")
    with with_postgres.server() as url:
        yield url


def database(url: str, name: str) -> str:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    return url.replace("/postgres?", f"/{name}?")


def main(entries: int) -> None:
    """Measure everything once."""
    os.environ.pop(DATABASE_VARIABLE, None)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(postgres_on_disk())
        print("A year of a village of 1,200 (SQLite)")
        measure_a_year(folder / "demo", database(server, "demo"))
        for kind, url in (("SQLite", ""), ("PostgreSQL", database(server, "bench"))):
            print(kind)
            os.environ.update({DATABASE_VARIABLE: url} if url else {})
            root = folder / kind
            with found_village(DataDirectory(root), SETTINGS, SystemClock()).closing() as village:
                measure_appends(root, url)
                measure_size_and_verification(village, entries)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
