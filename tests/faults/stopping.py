"""The machine is told to stop: the program, its screen's server, or both at the same moment.

On a large village, on a disk that takes its time, the program is ended as systemd, the power button
and a compositor that fails end it. Afterwards the closing backup is whole, or none was begun where
nobody asked the program to end; the log of events says that it stopped; and the village opens. The
defect: a program that does not hear of an exit from inside its loop.
"""

from __future__ import annotations

import ctypes
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from kiosk.core.clock import SystemClock
from kiosk.core.paths import DataDirectory
from kiosk.services.audit.tables import verify_village
from kiosk.services.register.importing import plan
from kiosk.services.upkeep import backup_places
from kiosk.services.upkeep.backup import read_backup
from kiosk.services.upkeep.opening import found_village, open_village
from kiosk.ui.shell import orderly_end
from tests.faults import hall
from tests.faults.report import Form, Report

FORMS: dict[Form, tuple[int, int]] = {
    "brief": (1, 400),
    "usual": (20, 20_000),
    "long": (100, 60_000),
}
"""Tries of each way, and people in the register."""
WAYS = ("alone", "together", "screen_first", "screen_alone", "exit")
"""Who is signalled: the program; all at once; the screen's server a moment before; it alone.

``exit``: Xlib finds the connection gone and calls C's exit inside the loop, just before the signal.
"""
_SLOW_DISK = (
    *("strace", "-D", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync"),
    *("-e", "inject=fsync,fdatasync:delay_enter=40000"),
)
"""Each flush to the disk takes 40 ms longer; the tracer stands aside and hears no signal."""
_PATIENCE = 60.0
_ENDS_WITHIN = 30.0
"""Seconds; the unit gives ten minutes."""
_ROOT = Path(__file__).parents[2]


def run(form: Form = "usual", defect: bool = False) -> Report:
    """So many ends of each kind."""
    tries, people = FORMS[form]
    report = Report("stopping", once=defect and form == "brief")
    with tempfile.TemporaryDirectory(dir=hall.MEMORY) as folder:
        template = Path(folder) / "template"
        _village(template, people)
        report.figures["bytes of the database"] = (template / "village.sqlite3").stat().st_size
        dice = random.Random(20)
        for number in range(tries):
            for way in WAYS:
                if report.over:
                    return report
                root = Path(folder) / "trial"
                shutil.rmtree(root, ignore_errors=True)
                shutil.copytree(template, root)
                end = _one(root, way, dice, defect)
                report.count(f"ends: {way}")
                report.count(f"ended with {end.code}")
                report.slowest("seconds to end, the longest", end.seconds)
                report.breach(f"{way} {number}", end.broken)
    return report


@dataclass(frozen=True)
class End:
    """How long one took, what it returned, and the promises that it broke."""

    seconds: float
    code: int
    broken: list[str]


def _one(root: Path, way: str, dice: random.Random, defect: bool) -> End:
    before = {each.file.name for each in backup_places.kept_in(root / "backups")}
    with _display() as (screen, number):
        program = _program(root, number, defect)
        try:
            _until(partial(_said, root, "started"), program)
            time.sleep(0.3 + dice.random())
            began = time.monotonic()
            _tell(way, program, screen, dice)
            with suppress(subprocess.TimeoutExpired):
                program.wait(_ENDS_WITHIN)
            seconds = time.monotonic() - began
        finally:
            program.kill()
            program.wait()
    return End(
        seconds, program.returncode, list(_broken(root, before, asked=way != "screen_alone"))
    )


def _tell(
    way: str, program: subprocess.Popen[bytes], screen: subprocess.Popen[bytes], dice: random.Random
) -> None:
    if way == "alone":
        program.terminate()
    elif way == "screen_alone":
        screen.kill()
    elif way == "exit":
        program.send_signal(signal.SIGUSR1)
        time.sleep(dice.random() * 0.2)
        program.terminate()
    elif way == "together":
        first, second = dice.sample([program, screen], 2)
        first.terminate()
        second.terminate()
    else:
        screen.kill()
        time.sleep(dice.random() * 0.2)
        program.terminate()


def _broken(root: Path, before: set[str], *, asked: bool) -> Iterator[str]:
    events = _events(root)
    last = events[-1] if events else "none"
    if last not in (("stopped",) if asked else ("stopped", "display_lost")):
        yield f"the last event is {last}"
    if set(events) & {"bug", "trouble", "backup_failed"}:
        yield f"events: {events}"
    folder = root / "backups"
    drafts = [each.name for each in folder.iterdir() if each.suffix != ".backup"]
    if drafts:
        yield f"a backup was begun and not ended: {drafts}"
    made = [each for each in backup_places.kept_in(folder) if each.file.name not in before]
    if asked and not made:
        yield "no closing backup was made"
    with open_village(DataDirectory(root), SystemClock()).closing() as village:
        for each in made:
            for _piece in read_backup(each.file, village.keys.backup):
                pass
        if not verify_village(village).consistent:
            yield "the village is not whole"


def _program(root: Path, number: str, defect: bool) -> subprocess.Popen[bytes]:
    begin = "from tests.faults import stopping; stopping.exits_as_xlib_does(); "
    if defect:
        begin += "stopping.careless(); "
    main = "from kiosk.cli.main import main; main()"
    environment = {
        **{name: each for name, each in os.environ.items() if name != "KIOSK_DATABASE_URL"},
        "DISPLAY": number,
        "QT_QPA_PLATFORM": "xcb",
        "QT_QUICK_BACKEND": "",  # through Xlib, whose connection ends with an exit
        "PYTHONPATH": str(_ROOT),
    }
    told = ["kiosk", "--data", str(root), "run", "--window", "1280x800"]
    return subprocess.Popen(
        [
            *_SLOW_DISK,
            sys.executable,
            "-P",
            "-c",
            f"import sys; sys.argv[:] = {told}; {begin}{main}",
        ],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def exits_as_xlib_does() -> None:
    """Where a signal says so: Xlib's own way to end a program whose display is gone."""
    signal.signal(signal.SIGUSR1, lambda *_: ctypes.CDLL(None).exit(1))


def careless() -> None:
    """The defect: nobody hears of an exit from inside the loop."""
    vars(orderly_end)["OrderlyEnd"].even_without_a_screen = lambda _self: nullcontext()


@contextmanager
def _display() -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A screen's server, and what it is called."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as told:
            number = told.readline().strip()
        yield server, f":{number}"
    finally:
        server.kill()
        server.wait()


def _village(root: Path, people: int) -> None:
    with found_village(DataDirectory(root), hall.SETTINGS, SystemClock()).closing() as village:
        rows = tuple(_row(line) for line in range(1, people + 1))
        plan.apply(village, plan.plan(village, plan.Register(rows)))


def _row(line: int) -> plan.RegisterRow:
    return plan.RegisterRow(
        line=line,
        sheet="",
        name=f"林{chr(0x4E00 + line % 5000)}{chr(0x4E00 + line // 5000)}",
        born_on=date(1950 + line % 60, 1 + line % 12, 1 + line % 28),
        sex=None,
        code="",
        lane="东街",
        number=str(1 + line // 4),
        premises="",
        is_head=None,
        relation="",
        phone="",
    )


def _events(root: Path) -> list[str]:
    file = root / "log" / "kiosk.jsonl"
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    return [str(json.loads(each)["event"]) for each in lines]


def _said(root: Path, event: str) -> bool:
    return event in _events(root)


def _until(condition: Any, program: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    while not condition() and program.poll() is None and time.monotonic() < end:
        time.sleep(0.05)
