"""The Nth write, truncation, fsync, rename or unlink fails with EIO or ENOSPC, once and for ever.

Whoever is at the screen gets a sentence and never a bug; the database is never damaged; nothing
acknowledged is lost; where the trouble passes, the same touch works at the next try; where it
stays, the program works again as soon as it is started on a sound disk. The defect that proves
the harness: a program that says "done" when its commit met trouble.
"""

from __future__ import annotations

import tempfile
from functools import partial
from itertools import takewhile
from pathlib import Path

from kiosk.core.catalogue import catalogue
from kiosk.core.errors import EnvironmentFault
from tests.faults import hall, trial
from tests.faults.hall import Hall
from tests.faults.killing import PROGRAM, count_calls, judge
from tests.faults.report import Form, Report, shared
from tests.faults.trial import Strace
from tests.faults.worker import Worker, draw_quickly

DEFECT = 10
FORMS: dict[Form, int] = {"brief": 14, "usual": 102, "long": 1_000}
"""Trials of each of the four kinds."""
KINDS = (("EIO", ""), ("EIO", "+"), ("ENOSPC", ""), ("ENOSPC", "+"))
_OFTEN_ENOUGH = 3


def run(form: Form = "usual", defect: bool = False) -> Report:
    """So many trials of each kind, spread evenly over every call that changes a file."""
    draw_quickly()
    if defect:
        believe_every_commit()
    once = defect and form == "brief"
    return shared(partial(_share, DEFECT if defect else FORMS[form], once))


def _share(trials: int, once: bool, share: int, of: int) -> Report:
    report = Report("failing", once=once)
    with tempfile.TemporaryDirectory(dir=hall.MEMORY) as folder:
        template, root = Path(folder) / "template", Path(folder) / "trial"
        template.mkdir()
        found = hall.build(template)
        trial.warm_up(template, root, found, patient)
        calls = count_calls(template, root, found)
        report.figures["calls that change a file in one programme"] = calls
        places = sorted({1 + place * calls // trials for place in range(trials)})
        tries = ((number, *kind) for number in places[share::of] for kind in KINDS)
        for number, error, ever in takewhile(lambda _: not report.over, tries):
            try_once(template, root, found, report, number, error, ever)
    return report


def believe_every_commit() -> None:
    """The defect: a commit that met trouble is taken for done."""
    from kiosk.models.database import Database

    setattr(Database, "_is_there", lambda *_: True)  # noqa: B010 - a method is replaced on purpose


def try_once(
    template: Path, root: Path, found: Hall, report: Report, number: int, error: str, ever: str
) -> None:
    """One trial: call `number` fails, and with ``+`` every one after it."""
    hall.copy(template, root)
    child = trial.start(root, found, patient if not ever else resigned, 1)
    what = f"error={error}:when={number}{ever}"
    strace = Strace.attach(child.pid, *trial.inject(trial.WRITES, what))
    child.go()
    told = child.listen()
    child.reap()
    strace.wait()
    where = f"{what}"
    report.count(f"trials with {error} {'for ever' if ever else 'once'}")
    for each in told:
        if "fault" in each:
            report.count(f"told: {each['fault']}")
            if "%" in each["sentence"]:
                report.breach(where, [f"a sentence with a hole: {each['sentence']}"])
        if "still" in each:
            report.breach(where, [f"the next try met {each['still']} again"])
        report.count("next tries that worked", int("retried" in each))
    if any("refused" in each for each in told):  # it did not even open, and said so
        report.count("told at the opening")
    judge(root, found, told, report, where, 1)


def patient(worker: Worker) -> None:
    """Somebody who tries again when told that something did not work."""
    for name in PROGRAM:
        try:
            getattr(worker, name)()
        except EnvironmentFault as fault:
            _told(worker, fault)
            _again(worker, name)


def resigned(worker: Worker) -> None:
    """Somebody who tries three times in all, and then goes home."""
    faults = 0
    for name in PROGRAM:
        try:
            getattr(worker, name)()
        except EnvironmentFault as fault:
            _told(worker, fault)
            faults += 1
            if faults == _OFTEN_ENOUGH:
                return


def _told(worker: Worker, fault: EnvironmentFault) -> None:
    sentence = fault.sentence(catalogue(), "zh")
    worker.tell({"fault": fault.code, "sentence": sentence})


def _again(worker: Worker, name: str) -> None:
    """The same touch once more, where the operation has one."""
    try:
        if worker.tried and name in ("deed", "right", "sign", "leaving"):
            worker.again(worker.tried)
        else:
            getattr(worker, name)()
        worker.tell({"retried": name})
    except EnvironmentFault as fault:
        worker.tell({"still": fault.code})
