"""From the command to the painted home screen, and the memory that it then takes."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from os import sysconf
from pathlib import Path
from time import monotonic, sleep

from tests.benchmarks.harness.line import Goal, Line, NotToBeHad, Place, Row, Side, Size
from tests.benchmarks.harness.programs import BARE, CHROMIUM, Program, programs
from tests.benchmarks.harness.screen import Screen, screen

_PATIENCE, _LOOK_AGAIN = 120.0, 0.5
_IDLE = 0.05
"""Of a processor: a program that takes less of it is at rest."""


@contextmanager
def _starting(place: Place) -> Iterator[Mapping[str, Side]]:
    with screen() as shown:
        yield {
            name: partial(_started, shown, name, program)
            for name, program in programs(place.folder).items()
        }


def _started(shown: Screen, name: str, program: Program) -> Mapping[str, float]:
    _there(program)
    took = shown.seconds_to_painted(name, program.command, program.environment, program.cwd)
    return {"painted": took}


@contextmanager
def _resting(place: Place) -> Iterator[Mapping[str, Side]]:
    rest = 3.0 if place.size == "whole" else 0.0
    with screen() as shown:
        yield {
            name: partial(_taken, shown, program, rest)
            for name, program in programs(place.folder).items()
        }


def _there(program: Program) -> None:
    if shutil.which(program.command[0]) is None:
        raise NotToBeHad(f"there is no program {program.command[0]}")


def _taken(shown: Screen, program: Program, rest: float) -> Mapping[str, float]:
    _there(program)
    with shown.running(program.command, program.environment, program.cwd) as process:
        shown.settled()
        _rested(process.pid, rest)
        return {"pss": sum(map(pss, family(process.pid))) / 1024}


def _rested(pid: int, seconds: float) -> None:
    """Wait until a program and all its processes did next to nothing for so long."""
    quiet, end = monotonic(), monotonic() + _PATIENCE
    done = _worked(pid)
    while monotonic() - quiet < seconds:
        if monotonic() > end:
            raise TimeoutError("the program does not come to rest")
        sleep(_LOOK_AGAIN)
        now = _worked(pid)
        if now - done > _IDLE * _LOOK_AGAIN:
            quiet = monotonic()
        done = now


def _worked(pid: int) -> float:
    """Seconds of the processor that a program has had, with all its processes."""
    return sum(
        sum(map(int, fields[11:13])) for fields in map(_status, family(pid)) if fields
    ) / sysconf("SC_CLK_TCK")


def _status(pid: int) -> list[str]:
    """What the kernel says of a process after its name (proc_pid_stat(5), from the third field)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return []


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    parents: dict[int, int] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = status.read_text("utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(status.parent.name)] = int(told[1])
    found = [pid]
    for each in found:
        found += [child for child, parent in parents.items() if parent == each]
    return found


def pss(pid: int) -> int:
    """The memory of a process in KiB, what it shares with others divided among them."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text("utf-8")
    except OSError:
        return 0
    found = re.search(r"^Pss:\s+(\d+) kB", told, re.M)
    return int(found[1]) if found else 0


def lines(size: Size) -> Iterator[Line]:
    """Start and memory."""
    whole = size == "whole"
    yield Line(
        name="start",
        rows=(
            Row(
                "painted",
                "command to the painted home screen",
                "s",
                (Goal(0.6, CHROMIUM), Goal(2.0, BARE)),
            ),
        ),
        beside=(CHROMIUM, BARE),
        sides=_starting,
        runs=9 if whole else 1,
        note="Xvfb, 1920x1080, no window manager, no graphics processor. Each program is started"
        " once to see its picture when it stands still; then whole processes in turn, from the"
        " command until the picture of the screen is that one. The page has the home screen's"
        " words as six tiles, in a profile that exists; the window has one text.",
    )
    yield Line(
        name="memory",
        rows=(Row("pss", "memory on the home screen (PSS)", "MiB", (Goal(0.35, CHROMIUM),)),),
        beside=(CHROMIUM, BARE),
        sides=_resting,
        runs=3 if whole else 1,
        note="The same programs, all their processes together, once their picture stands still and"
        " they did next to nothing for three seconds. A kiosk that is started for the first time"
        " has by then made its backup and printed the week's checkpoint. What they share with other"
        " programs that run counts in part only.",
    )
