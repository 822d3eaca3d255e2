"""The import of a register beside reading its file."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from time import perf_counter

from openpyxl import load_workbook

from kiosk.core.clock import SettableClock
from kiosk.core.paths import DataDirectory
from kiosk.services.register.importing import plan as importing
from kiosk.services.upkeep.opening import found_village
from tests.benchmarks.harness import registers
from tests.benchmarks.harness.line import OURS, Goal, Line, Place, Row, Side, Size
from tests.benchmarks.harness.worlds import NOW, SETTINGS

READ, CELLS = "the file read alone", "its cells alone"
_PEOPLE: Mapping[str, Mapping[Size, int]] = {
    "csv": {"quick": 300, "whole": 100_000},
    # Reading its cells is most of it, and takes as long for each as in a large one.
    "xlsx": {"quick": 300, "whole": 20_000},
}


def _csv_cells(file: Path) -> None:
    with file.open(encoding="gb18030", newline="") as lines:
        for _ in csv.reader(lines):
            pass


def _xlsx_cells(file: Path) -> None:
    for sheet in load_workbook(file, read_only=True):
        for _ in sheet.iter_rows(values_only=True):
            pass


_KINDS: Mapping[str, tuple[Callable[[Path, int], None], Callable[[Path], None]]] = {
    "csv": (registers.write_csv, _csv_cells),
    "xlsx": (registers.write_xlsx, _xlsx_cells),
}


@contextmanager
def _sides(kind: str, place: Place) -> Iterator[Mapping[str, Side]]:
    write, cells = _KINDS[kind]
    file = place.folder / f"register.{kind}"
    write(file, _PEOPLE[kind][place.size])
    numbers = count()
    yield {
        OURS: lambda: {"all": _imported(file, place.folder / f"village-{next(numbers)}")},
        READ: lambda: {"all": _seconds(partial(importing.read_register, file))},
        CELLS: lambda: {"all": _seconds(partial(cells, file))},
    }


def _imported(file: Path, folder: Path) -> float:
    with found_village(DataDirectory(folder), SETTINGS, SettableClock(NOW)).closing() as village:
        begun = perf_counter()
        found = importing.plan(village, importing.read_register(file))
        importing.apply(village, found)
        took = perf_counter() - begun
    shutil.rmtree(folder)
    return took


def _seconds(act: Callable[[], object]) -> float:
    begun = perf_counter()
    act()
    return perf_counter() - begun


def lines(size: Size) -> Iterator[Line]:
    """CSV and a workbook."""
    for kind in _KINDS:
        yield Line(
            name=f"import-{kind}",
            rows=(
                Row(
                    "all",
                    f"import of {_PEOPLE[kind][size]:,} residents, {kind.upper()}",
                    "s",
                    (Goal(2, READ),),
                ),
            ),
            beside=(READ, CELLS),
            limit=CELLS,
            sides=partial(_sides, kind),
            runs=1,
            note="Read, planned and written into an empty village, until they can be searched"
            " for. Beside it `read_register`, which makes people of the lines; and the csv module,"
            " or openpyxl, going over the cells.",
        )
