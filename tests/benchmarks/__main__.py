"""Everything in one go: `./kiosk.sh bench [--quick] [--list] [NAME...]`."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from kiosk.services.upkeep.opening import DATABASE_VARIABLE
from scripts.house_rules import ROOT
from tests.benchmarks.harness.line import Line, Size
from tests.benchmarks.harness.machine import machine
from tests.benchmarks.harness.report import Report, table
from tests.benchmarks.harness.running import measure
from tests.benchmarks.lines.every import every_line
from tests.worlds.kept import FOLDER

BUILD = ROOT / "build" / "bench"
DOCS = ROOT / "docs"


def main() -> int:
    """Measure what was asked for; 1 when a line could not be measured."""
    asked = _arguments()
    size: Size = "quick" if asked.quick else "whole"
    lines = every_line(size)
    if asked.list:
        print("\n".join(line.name for line in lines))
        return 0
    names = [line.name for line in lines]
    if strangers := [name for name in asked.names if not _chosen(name, names)]:
        print(f"no line is called {', '.join(strangers)}; there are {', '.join(names)}")
        return 2
    folder = asked.out or (BUILD if asked.quick else DOCS)
    report = Report(folder / "benchmarks.json", folder / "benchmarks.md", names)
    return _measure([line for line in lines if _wanted(line.name, asked.names)], size, report)


def _measure(lines: list[Line], size: Size, report: Report) -> int:
    """Each line, written down as soon as it is there: an interrupted run loses one line."""
    os.environ.pop(DATABASE_VARIABLE, None)
    # On the disk of the checkout: where temporary files lie in memory, a commit would cost nothing.
    shelf = BUILD / "tmp"
    shutil.rmtree(shelf, ignore_errors=True)
    worlds = shelf / "worlds"
    worlds.mkdir(parents=True)
    # The processes that a line starts use the same villages, and the same disk.
    os.environ |= {FOLDER: str(worlds), "TMPDIR": str(shelf)}
    tempfile.tempdir = str(shelf)
    begun, failed = perf_counter(), []
    try:
        for line in lines:
            print(f"{line.name} …", file=sys.stderr, flush=True)
            try:
                measured = measure(line, size, shelf)
            except Exception as trouble:  # the other lines can still be measured
                failed.append(line.name)
                print(f"{line.name}: {type(trouble).__name__}: {trouble}", file=sys.stderr)
                continue
            report.add(measured, machine())
            print("\n".join([*table([measured])][2:]), flush=True)
    finally:
        shutil.rmtree(shelf, ignore_errors=True)
    print(f"{perf_counter() - begun:.0f} s in all; written to {report.page}", file=sys.stderr)
    if failed:
        print(f"not measured: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def _wanted(name: str, asked: list[str]) -> bool:
    return not asked or any(name == each or name.startswith(f"{each}-") for each in asked)


def _chosen(asked: str, names: list[str]) -> bool:
    return any(_wanted(name, [asked]) for name in names)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./kiosk.sh bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="a line, or the start of several")
    parser.add_argument("--quick", action="store_true", help="small sizes: try that it runs")
    parser.add_argument("--list", action="store_true", help="the names of the lines")
    parser.add_argument("--out", type=Path, help="another folder for the page and the figures")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
