"""Key press to rows, and the import of a register, at the sizes the kiosk is made for.

Prints figures and asserts nothing: ``python -m tests.benchmarks.bench_search [PEOPLE ...]``, by
default 1200 and 100000. With KIOSK_DATABASE_URL it measures PostgreSQL.
"""

from __future__ import annotations

import csv
import os
import resource
import statistics
import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from time import perf_counter

from kiosk.core.clock import SystemClock
from kiosk.core.paths import DataDirectory
from kiosk.core.settings import Settings
from kiosk.services.demo.names import name_book
from kiosk.services.register.importing import plan as importing_plan
from kiosk.services.register.search import search
from kiosk.services.upkeep.opening import DATABASE_VARIABLE, found_village
from kiosk.services.village import Village
from tests.services.register.registers import identity_number
from tests.worlds.names import YANGQIAO

LANES = ("东街", "西街", "桥南", "桥北", "茶山路", "石榴巷", "河埠头", "祠堂弄")
HEADINGS = ("户号", "姓名", "性别", "出生日期", "身份证号", "门牌号", "与户主关系", "联系电话")
PEOPLE_OF_A_HOUSE, GROUPS, AGAIN = 3, 40, 9
TYPED = ("li", "zh", "zhang", "wang", "lcs", "lin chun", "林", "王", "张伟", "1", "12", "东街12")


def write_register(file: Path, people: int) -> None:
    """A register in GB18030 with an identity number on every line."""
    random = Random(1)
    book = name_book(random)
    with file.open("w", encoding="gb18030", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADINGS)
        for person in range(people):
            writer.writerow(_line(person, random.choice("MF"), random, book.surname(), book.given))


def _line(
    person: int, sex: str, random: Random, surname: str, given: Callable[[str, int], str]
) -> tuple[str, ...]:
    house = person // PEOPLE_OF_A_HOUSE
    born = date(1935, 1, 1) + timedelta(days=random.randrange(30000))
    group, number = house // len(LANES) % GROUPS + 1, house // (len(LANES) * GROUPS) + 1
    return (
        f"{house + 1:05}",
        surname + given(sex, born.year),
        "男" if sex == "M" else "女",
        born.isoformat(),
        identity_number(f"{born:%Y%m%d}", order=f"{person % 1000:03}"),
        f"{group}组{LANES[house % len(LANES)]}{number}号",
        "户主" if person % PEOPLE_OF_A_HOUSE == 0 else "家人",
        f"100{person:08}",
    )


def say(line: str) -> None:
    """One line of figures."""
    sys.stdout.write(f"{line}\n")


def timed(what: str, act: Callable[[], object]) -> None:
    began = perf_counter()
    act()
    say(f"  {what:<34}{perf_counter() - began:8.2f} s")


def measure_import(village: Village, file: Path) -> None:
    register = importing_plan.read_register(file)
    timed("read the file", lambda: importing_plan.read_register(file))
    plan = importing_plan.plan(village, register)
    timed("plan", lambda: importing_plan.plan(village, register))
    timed("apply", lambda: importing_plan.apply(village, plan))
    timed("import it again (nothing changes)", lambda: importing_plan.apply(village, plan))


def measure_search(village: Village) -> None:
    for typed in TYPED:
        search(village, typed)
        took = []
        for _ in range(AGAIN):
            began = perf_counter()
            found = search(village, typed)
            took.append((perf_counter() - began) * 1000)
        middle, worst = statistics.median(took), max(took)
        say(f"  {typed:<12}{found.total:>7} found {middle:8.1f} ms median {worst:8.1f} ms worst")


def measure(people: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "register.csv"
        write_register(file, people)
        directory = DataDirectory(Path(folder) / "village")
        settings = Settings(YANGQIAO, "yangqiao.example/good-deed-book")
        with found_village(directory, settings, SystemClock()).closing() as village:
            kind = "SQLite" if village.database.is_sqlite else "PostgreSQL"
            say(f"{people:,} residents on {kind}")
            measure_import(village, file)
            measure_search(village)
    say(f"  memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    sizes = [int(size) for size in sys.argv[1:]] or [1200, 100_000]
    for size in sizes[:1] if os.environ.get(DATABASE_VARIABLE) else sizes:
        measure(size)
