"""A full disk, one that turns read-only, a database that another program holds, a folder that goes.

Each gets a sentence; nothing acknowledged is lost; when the trouble is over the next try works. It
needs a mount namespace of its own, which root has, and others where the system allows it. The
defect that proves the harness: a program that does not look whether its file still has its name.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pysqlite3

from kiosk.core.catalogue import catalogue
from kiosk.core.errors import EnvironmentFault
from kiosk.models import database
from kiosk.services.upkeep import opening
from kiosk.services.upkeep.backup import back_up
from kiosk.services.village import Village
from tests.faults import audit, hall
from tests.faults.hall import Ack, Hall
from tests.faults.report import Form, Report
from tests.faults.worker import Worker, draw_quickly

INSIDE = "KIOSK_FAULTS_NAMESPACE"
SIZE = 8 << 20
LEFT_OVER = (0, 4, 8, 16, 32, 64, 100, 200, 400)
"""KiB that are free when the work begins."""
WORK = ("deed", "print", "right", "card", "sign", "print", "deed")


def namespace_command() -> list[str] | None:
    """How to get a mount namespace of one's own here; None where there is no way."""
    for command in (["unshare", "--mount"], ["unshare", "--map-root-user", "--mount"]):
        try:
            done = subprocess.run([*command, "true"], capture_output=True, check=False)
        except OSError:
            return None
        if done.returncode == 0:
            return command
    return None


def run(form: Form = "usual", defect: bool = False) -> Report:
    """Every trouble once; the long form goes through more sizes of what is left on the disk."""
    if INSIDE not in os.environ:
        _again_inside()
    report = Report("trouble")
    draw_quickly()
    database.PRAGMAS["busy_timeout"] = "200"
    if defect:
        setattr(database.Database, "_require_file", lambda *_: None)  # noqa: B010 - on purpose
    with tempfile.TemporaryDirectory() as folder:
        place, disk = Path(folder), Path(folder) / "disk"
        disk.mkdir()
        found = hall.build(place)
        sizes = range(0, 800, 4) if form == "long" else LEFT_OVER
        for left in () if defect else sizes:
            full(place, disk, found, report, left)
        if not defect:
            read_only(place, disk, found, report)
            held(place, disk, found, report)
        for how in (gone, moved):
            lost_folder(place, disk, found, report, how)
    return report


def _again_inside() -> None:
    """This same command, in a namespace in which it may mount."""
    command = namespace_command()
    if command is None:
        raise SystemExit("this system gives no mount namespace: run it as root")
    environment = {**os.environ, INSIDE: "1"}
    arguments = [*command, sys.executable, "-m", "tests.faults", *sys.argv[1:]]
    raise SystemExit(subprocess.run(arguments, env=environment, check=False).returncode)


class Mounted:
    """A small disk of its own with the village on it."""

    def __init__(self, place: Path, disk: Path) -> None:
        self.place, self.disk = place, disk
        self.root = disk / "hall"

    def __enter__(self) -> Mounted:
        _call("mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(self.disk))
        self.root.mkdir()
        shutil.copytree(self.place / "village", self.root / "village")
        shutil.copy(self.place / hall.META, self.root / hall.META)
        return self

    def __exit__(self, *_: object) -> None:
        _call("umount", "--lazy", str(self.disk))

    def fill(self, left: int) -> None:
        """Fill the disk but for `left` KiB."""
        with (self.disk / "filler").open("wb") as filler:
            free = os.statvfs(self.disk)
            filler.write(bytes(max(free.f_bavail * free.f_frsize - left * 1024, 0)))

    def make_room(self) -> None:
        """Take the filler away."""
        (self.disk / "filler").unlink()

    def remount(self, how: str) -> None:
        """Make it read-only or writable."""
        _call("mount", "-o", f"remount,{how}", str(self.disk))


def _call(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


def _tries(
    worker: Worker, report: Report, where: str, codes: set[str], work: tuple[str, ...] = WORK
) -> int:
    """Do the work; every refusal has to be one of `codes`, with a whole sentence."""
    faults = 0
    for name in work:
        try:
            getattr(worker, name)()
        except EnvironmentFault as fault:
            faults += 1
            _check_sentence(fault, report, where, codes)
        except Exception as bug:
            report.breach(where, [f"bug in {name}: {type(bug).__name__} {bug}"[:200]])
    return faults


def _check_sentence(fault: EnvironmentFault, report: Report, where: str, codes: set[str]) -> None:
    report.count(f"told: {fault.code}")
    sentence = fault.sentence(catalogue(), "zh")
    if "%" in sentence or fault.code not in codes:
        report.breach(where, [f"{fault.code}: {sentence}"])


def _afterwards(
    village: Village, worker: Worker, told: list[Ack], report: Report, where: str
) -> None:
    """The trouble is over: everything works again, and everything is there."""
    _tries(worker, report, f"{where}, afterwards", set(), ("deed", "print", "card"))
    report.breach(where, audit.broken(village, told))
    report.count("troubles")


def full(place: Path, disk: Path, found: Hall, report: Report, left: int) -> None:
    """No room for what is to be written."""
    told: list[Ack] = []
    where = f"full but for {left} KiB"
    with Mounted(place, disk) as small, hall.opened(small.root).closing() as village:
        worker = Worker(village, found, told.append, seed=left)
        small.fill(left)
        faults = _tries(worker, report, where, {"disk_full", "disk_trouble"})
        try:
            back_up(village)
        except EnvironmentFault as fault:
            faults += 1
            _check_sentence(fault, report, f"{where}, backup", {"disk_full"})
        except Exception as bug:
            report.breach(where, [f"bug in the backup: {type(bug).__name__} {bug}"[:200]])
        left_behind = [each.name for each in village.directory.backups.glob("*.new")]
        report.breach(where, [f"left behind: {each}" for each in left_behind])
        if not faults:
            report.count("full disks on which there was room enough")
        small.make_room()
        _afterwards(village, worker, told, report, where)


def read_only(place: Path, disk: Path, found: Hall, report: Report) -> None:
    """The disk can be read and no longer written."""
    told: list[Ack] = []
    where = "read-only"
    with Mounted(place, disk) as small, hall.opened(small.root).closing() as village:
        worker = Worker(village, found, told.append)
        worker.deed()
        village.database.close()
        small.remount("ro")
        faults = _tries(worker, report, where, {"database_read_only", "disk_trouble"})
        report.breach(where, [] if faults == len(WORK) else ["something was said to be written"])
        try:
            opening.open_village(village.directory, found.clock)
            report.breach(where, ["it opens as if nothing were wrong"])
        except EnvironmentFault as fault:
            _check_sentence(fault, report, where, {"no_permission"})
        small.remount("rw")
        _afterwards(village, worker, told, report, where)


def held(place: Path, disk: Path, found: Hall, report: Report) -> None:
    """Another program holds the database and does not let go."""
    told: list[Ack] = []
    where = "held by another program"
    with Mounted(place, disk) as small, hall.opened(small.root).closing() as village:
        worker = Worker(village, found, told.append)
        other = pysqlite3.connect(str(village.directory.database), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        work = ("deed", "right", "card", "sign")
        faults = _tries(worker, report, where, {"database_locked"}, work)
        report.breach(where, [] if faults == len(work) else ["something was said to be written"])
        other.execute("ROLLBACK")
        other.close()
        _afterwards(village, worker, told, report, where)


def gone(folder: Path, aside: Path) -> None:
    """The folder is deleted under the running program, and put back from a copy."""
    shutil.copytree(folder, aside)
    shutil.rmtree(folder)


def moved(folder: Path, aside: Path) -> None:
    """The folder gets another name."""
    folder.rename(aside)


def lost_folder(
    place: Path, disk: Path, found: Hall, report: Report, how: Callable[[Path, Path], None]
) -> None:
    """The folder is not there any more, while the program has its files open."""
    told: list[Ack] = []
    where = f"folder {how.__name__}"
    with Mounted(place, disk) as small, hall.opened(small.root).closing() as village:
        worker = Worker(village, found, told.append)
        worker.deed()
        folder, aside = small.root / "village", small.root / "aside"
        how(folder, aside)
        work = ("deed", "right", "card", "sign")
        faults = _tries(worker, report, where, {"database_missing", "database_read_only"}, work)
        report.breach(where, [] if faults == len(work) else ["something was said to be written"])
        shutil.rmtree(folder, ignore_errors=True)
        aside.rename(folder)
        village.database.close()
        _afterwards(village, worker, told, report, where)
