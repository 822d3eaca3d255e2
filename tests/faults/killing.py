"""kill -9 at random moments and at every write, while deeds, decisions and papers are booked.

Nothing that was acknowledged may be lost, nothing may be half booked, no paper may stand without
its entry; the village is usable again in under five seconds, and what was being tried can be tried
again with the same touch and is booked once. The defect that proves the harness: a program that
forgets to begin its transactions.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from functools import partial
from itertools import takewhile
from pathlib import Path

from tests.faults import audit, hall, trial
from tests.faults.hall import Ack, Hall
from tests.faults.report import Form, Report, shared
from tests.faults.trial import Strace
from tests.faults.worker import Worker, draw_quickly

DEFECT = 16
FORMS: dict[Form, int] = {"brief": 24, "usual": 160, "long": 1_600}
"""Kills of each of the two kinds."""
USABLE_SECONDS = 5.0
PROGRAM = ("deed", "print", "right", "card", "first_pin", "redeem", "leaving", "sign")
"""What is killed at every write: each business operation at least once."""
_WHOLE_RESTARTS = 5


def run(form: Form = "usual", defect: bool = False) -> Report:
    """So many kills of both kinds."""
    draw_quickly()
    kills = DEFECT if defect else FORMS[form]
    once = defect and form == "brief"
    report = shared(partial(_share, kills, defect, once))
    if form != "brief":  # the tests', which run beside each other
        in_time(report)
    return report


def _share(kills: int, defect: bool, once: bool, share: int, of: int) -> Report:
    report = Report("killing", once=once)
    with tempfile.TemporaryDirectory(dir=hall.MEMORY) as folder:
        template, root = Path(folder) / "template", Path(folder) / "trial"
        template.mkdir()
        found = hall.build(template)
        if defect:  # not before: no village is founded without transactions
            forget_to_begin()
        trial.warm_up(template, root, found, programme)
        at_random(template, root, found, report, range(share, kills, of))
        calls = count_calls(template, root, found)
        places = _places(calls, kills)
        report.figures["calls that change a file in one programme"] = calls
        at_writes(template, root, found, report, places[share::of])
        if share == 0 and not report.over:
            whole_program(template, root, found, report)
    return report


def forget_to_begin() -> None:
    """The defect: every statement is a transaction of its own."""
    from kiosk.models import database

    vars(database)["_begin"] = lambda _connection: None


def everything(worker: Worker) -> None:
    """Work on and on, in an order of the seed's."""
    worker.tell({"ready": True})
    worker.run(10_000)


def programme(worker: Worker) -> None:
    """One operation of each kind, in an order of the seed's."""
    for name in worker.dice.sample(PROGRAM, len(PROGRAM)):
        getattr(worker, name)()


def _places(calls: int, kills: int) -> list[tuple[int, int]]:
    """Which call of which programme to kill at: spread over one, or every call of many."""
    if kills <= calls:
        return [(1 + place * calls // kills, 0) for place in range(kills)]
    return [(1 + place % calls, place // calls) for place in range(kills)]


def at_random(
    template: Path, root: Path, found: Hall, report: Report, seeds: Iterable[int]
) -> None:
    """Kill at any moment of the first fifth of a second, in a work of each seed."""
    for seed in takewhile(lambda _: not report.over, seeds):
        dice = random.Random(seed)
        hall.copy(template, root)
        child = trial.start(root, found, everything, seed)
        child.go()
        time.sleep(dice.uniform(0.01, 0.2))
        child.kill()
        judge(root, found, child.listen(), report, f"random kill {seed}", seed)
        child.reap()
        report.count("kills at random moments")


def at_writes(
    template: Path, root: Path, found: Hall, report: Report, places: Iterable[tuple[int, int]]
) -> None:
    """Kill at the Nth call that changes a file, in the order of a seed, for each of `places`."""
    for number, seed in takewhile(lambda _: not report.over, places):
        hall.copy(template, root)
        child = trial.start(root, found, programme, seed)
        strace = Strace.attach(child.pid, *trial.inject(trial.WRITES, f"signal=KILL:when={number}"))
        child.go()
        told = child.listen()
        child.reap()
        strace.wait()
        judge(root, found, told, report, f"kill at write {number}", seed)
        report.count("kills at a write" if {"end": True} not in told else "runs that ended first")


def count_calls(template: Path, root: Path, found: Hall) -> int:
    """How many calls that change a file the programme makes."""
    hall.copy(template, root)
    child = trial.start(root, found, programme, 1)
    log = root / "calls"
    command = ("-o", str(log), "-e", f"trace={trial.WRITES}")
    strace = Strace.attach(child.pid, *command)
    child.go()
    told = child.listen()
    child.reap()
    strace.wait()
    if {"end": True} not in told or any("bug" in each for each in told):
        raise RuntimeError(f"the programme does not run: {told[-3:]}")
    return sum("(" in line for line in log.read_text("utf-8", "replace").splitlines())


def judge(root: Path, found: Hall, told: list[Ack], report: Report, where: str, seed: int) -> None:
    """Open the village again and hold it to its promises."""
    report.count("acknowledged operations", sum("op" in each for each in told))
    report.breach(where, [f"bug: {each['bug']}" for each in told if "bug" in each])
    began = time.monotonic()
    try:
        with hall.opened(root, found.clock).closing() as village:
            report.slowest("slowest reopening in seconds", time.monotonic() - began)
            report.breach(where, audit.broken(village, told))
            _try_again(Worker(village, found, lambda _: None, seed), told, report, where)
    except Exception as trouble:
        report.breach(where, [f"cannot go on: {type(trouble).__name__} {trouble}"[:300]])
    report.count("reopened and held to every promise")


def _try_again(worker: Worker, told: list[Ack], report: Report, where: str) -> None:
    """What was cut off is tried again with its own touch, and is then there once."""
    tried = [each for each in told if "try" in each]
    if not tried:
        return
    worker.again(tried[-1])
    report.count("cut off and tried again")
    with worker.village.read() as session:
        if tried[-1]["try"] == "deed" and audit.times_booked(session, tried[-1]["touch"]) != 1:
            report.breach(where, ["a second try did not book once"])
        report.breach(where, list(audit.half_booked(session)))


def whole_program(template: Path, root: Path, found: Hall, report: Report) -> None:
    """The command line, from nothing to its answer, on a village that was killed."""
    for seed in range(_WHOLE_RESTARTS):
        hall.copy(template, root)
        child = trial.start(root, found, everything, seed)
        child.go()
        time.sleep(0.2)
        child.kill()
        child.listen()
        child.reap()
        began = time.monotonic()
        command = [sys.executable, "-m", "kiosk", "--data", str(root / "village"), "verify"]
        done = subprocess.run(command, capture_output=True, env=_alone(), check=False)
        report.count("whole restarts with verify")
        report.slowest("slowest whole restart with verify in seconds", time.monotonic() - began)
        if done.returncode:
            report.breach("whole restart", [done.stdout.decode() + done.stderr.decode()])


def in_time(report: Report) -> None:
    """A village that was killed is usable soon; how long it takes says how busy the machine is."""
    slowest = report.figures["slowest whole restart with verify in seconds"]
    if slowest > USABLE_SECONDS:
        report.breach("whole restart", [f"took {slowest} s"])


def _alone() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "KIOSK_DATABASE_URL"}
