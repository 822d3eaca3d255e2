"""The power goes: every state that a cut could leave of the files is opened and held to account.

The system calls of each business operation are recorded, and the files rebuilt as a power cut
after any one of them could leave them. SQLite opens every image; each distinct database that comes
of it is opened by the program's own opening and held to every promise. The negative control is the
same work with ``synchronous=NORMAL``, which has to be caught losing what was acknowledged.
"""

from __future__ import annotations

import hashlib
import random
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pysqlite3

from kiosk.core.clock import SystemClock
from kiosk.core.errors import EnvironmentFault
from kiosk.core.paths import DataDirectory
from kiosk.models import database, migrations
from kiosk.services.audit.tables import verify_village
from kiosk.services.ledger import log
from kiosk.services.upkeep import backup, backup_places, opening, restore
from kiosk.services.work import writing
from tests.faults import audit, hall, trial
from tests.faults.hall import Ack, Hall, Tell
from tests.faults.recording import CALLS, Disk, read_calls
from tests.faults.report import Form, Report, shared
from tests.faults.trial import Child, Strace
from tests.faults.worker import Worker, draw_quickly
from tests.worlds import first_version

DEFECT = 1_000
FORMS: dict[Form, int] = {"brief": 3_000, "usual": 50_000, "long": 500_000}
"""Distinct images of the business operations, in all processes together."""
FEW = 400
"""Images of founding, backup, restore and migration: each is opened by the whole program."""
EVERY: dict[Form, int] = {"brief": 6, "usual": 1, "long": 1}
"""Of those, the power is cut after each call, or after each sixth."""
ENOUGH_TRIED = 8
"""Images drawn for each distinct one that is wanted: then it is left at those that were found."""
AUTOCHECKPOINT = "60"
"""Pages: small, so that checkpoints happen within a short recording too."""
PROGRAM = (
    *("deed", "print", "right", "first_pin", "sign", "print", "redeem", "leaving"),
    *("deed", "print", "right", "card", "leaving", "redeem", "first_pin", "deed"),
)


def run(form: Form = "usual", defect: bool = False) -> Report:
    """So many images; the defect is ``synchronous=NORMAL``."""
    draw_quickly()
    if defect:
        database.PRAGMAS["synchronous"] = "1"
    database.PRAGMAS["wal_autocheckpoint"] = AUTOCHECKPOINT
    count = DEFECT if defect else FORMS[form]
    once = defect and form == "brief"
    return shared(partial(_share, count, EVERY[form], defect, once))


def _share(count: int, every: int, defect: bool, once: bool, share: int, of: int) -> Report:
    report = Report("power", once=once)
    with tempfile.TemporaryDirectory(dir=hall.MEMORY) as folder:
        place = Path(folder)
        template = place / "template"
        template.mkdir()
        found = hall.build(template)
        operations(place, template, found, report, count // of, share)
        if not defect:
            few = FEW // of
            founding(place, report, few, share, every)
            backing_up(place, template, found, report, few, share, every)
            restoring(place, template, found, report, few, share, every)
            migrating(place, report, few, share, every)
    return report


def record(root: Path, child: Child) -> Path:
    """The calls of a process that has not begun yet."""
    calls = root.parent / "calls"
    strace = Strace.attach(
        child.pid, "-o", str(calls), "-xx", "-y", "-s", "8000000", "-e", f"trace={CALLS}"
    )
    child.go()
    told = child.listen()
    child.reap()
    strace.wait()
    if {"end": True} not in told or any("bug" in e or "refused" in e for e in told):
        raise RuntimeError(f"the work does not run: {told[-3:]}")
    return calls


# --- business operations ----------------------------------------------------------------------


def programme(worker: Worker) -> None:
    """Each operation, some of them twice; closing the village afterwards is part of it."""
    for name in PROGRAM:
        getattr(worker, name)()


@dataclass
class Verdicts:
    """What is known of each distinct database that an image turned out to be."""

    root: Path
    found: Hall
    told: list[Ack]
    known: dict[bytes, tuple[list[str], frozenset[int]]] = field(default_factory=dict)

    def of(self, file: Path) -> tuple[list[str], frozenset[int]]:
        """Broken promises, and which of all acknowledgements this database bears out."""
        digest = hashlib.sha1(file.read_bytes(), usedforsecurity=False).digest()
        if digest not in self.known:
            self.known[digest] = self._judge(file)
        return self.known[digest]

    def _judge(self, file: Path) -> tuple[list[str], frozenset[int]]:
        for old in (self.root / "village").glob("village.sqlite3*"):
            old.unlink()
        shutil.copy(file, self.root / "village" / "village.sqlite3")
        try:
            with hall.opened(self.root, self.found.clock).closing() as village:
                broken = audit.broken(village)
                with village.read() as session:
                    there = [
                        place
                        for place, ack in enumerate(self.told)
                        if not list(audit.lost(session, [ack]))
                    ]
                borne_out = {
                    place for place in there if not audit.without_entry(village, [self.told[place]])
                }
                return broken, frozenset(borne_out)
        except Exception as trouble:
            return [f"does not open: {type(trouble).__name__} {trouble}"[:200]], frozenset()


def operations(
    place: Path, template: Path, found: Hall, report: Report, count: int, seed: int
) -> None:
    """Record one programme and cut the power after each of its calls, in many ways."""
    root, bench = place / "recorded", place / "bench"
    hall.copy(template, root)
    hall.copy(template, bench)
    disk = Disk.of(root / "village")
    calls = list(read_calls(record(root, trial.start(root, found, programme, seed))))
    rehearsal = Disk.of(template / "village")
    rehearsal.root = disk.root
    for call in calls:
        if call.name == "sendto":
            rehearsal.play(call)
    verdicts = Verdicts(bench, found, rehearsal.told)
    cuts = sum(call.name != "sendto" for call in calls)
    report.count("calls recorded", len(calls))
    dice, seen = random.Random(seed), set[bytes]()
    each = max(count // max(cuts, 1), 4)
    trial_file = place / "image" / "village.sqlite3"
    trial_file.parent.mkdir()
    generated = 0
    while len(seen) < count and generated < ENOUGH_TRIED * count and not report.over:
        disk = Disk.of(template / "village")
        disk = _moved(disk, template / "village", root / "village")
        for call in calls:
            if disk.play(call):
                for image in disk.images(dice, each):
                    if len(seen) >= count or report.over:
                        break
                    generated += 1
                    _hold(image, disk, verdicts, report, seen, trial_file)
    report.count("images of business operations, distinct", len(seen))
    report.count("distinct databases that came of them", len(verdicts.known))


def _moved(disk: Disk, old: Path, new: Path) -> Disk:
    """The same disk under another path: that of the recording."""
    names = {str(new) + name.removeprefix(str(old)): i for name, i in disk.names.items()}
    return Disk(str(new), dict(names), dict(names))


def _hold(
    image: dict[str, bytes],
    disk: Disk,
    verdicts: Verdicts,
    report: Report,
    seen: set[bytes],
    file: Path,
) -> None:
    """One image: opened by SQLite, and the database that comes of it held to its promises."""
    report.count("images of business operations, generated")
    parts = {name: image.get(f"{disk.root}/village.sqlite3{name}") for name in ("", "-wal")}
    told = len(disk.told)
    key = _digest({name: part for name, part in parts.items() if part is not None}, told)
    if key in seen:
        return
    seen.add(key)
    where = f"image {len(seen)} after {told} words"
    for name, content in parts.items():
        part = Path(f"{file}{name}")
        part.unlink(missing_ok=True)
        if content is not None:
            part.write_bytes(content)
    try:
        connection = pysqlite3.connect(str(file), isolation_level=None)
        try:
            connection.execute("SELECT count(*) FROM ledger_entry").fetchone()
        finally:
            connection.close()  # which brings the log into the database
    except pysqlite3.Error as trouble:
        report.breach(where, [f"does not open: {trouble}"])
        return
    broken, there = verdicts.of(file)
    report.breach(where, broken)
    missing = [a for n, a in enumerate(disk.told) if ("op" in a and n not in there)]
    if missing:
        report.count("images that lost something acknowledged")
        report.breach(where, [f"lost {missing[0]}"])


def _digest(image: dict[str, bytes], told: int) -> bytes:
    """What makes an image another one: its files and what is in them, and what was told by then."""
    digest = hashlib.sha1(told.to_bytes(4, "big"), usedforsecurity=False)
    for name, content in sorted(image.items()):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.digest()


# --- founding, backup, restore ----------------------------------------------------------------


def _few(
    root: Path,
    before: Path,
    calls: Path,
    report: Report,
    count: int,
    seed: int,
    kind: str,
    every: int,
    hold: Callable[[Path, list[Ack]], list[str]],
) -> None:
    """Images of one piece of work, each laid out whole and judged by `hold`."""
    played = list(read_calls(calls))
    cuts = max(sum(c.name != "sendto" for c in played), 1)
    dice, seen = random.Random(seed), set[bytes]()
    disk = _moved(Disk.of(before), before, root)
    for place, call in enumerate(played):
        if not disk.play(call) or place % every != seed % every:
            continue
        for image in disk.images(dice, max(count // cuts, 2)):
            key = _digest(image, len(disk.told))
            if key in seen:
                continue
            seen.add(key)
            laid = root.parent / "laid"
            shutil.rmtree(laid, ignore_errors=True)
            laid.mkdir()
            for name, content in image.items():
                target = laid / name.removeprefix(str(root)).lstrip("/")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
                target.chmod(0o600)
            where = (
                f"{kind}: image {len(seen)} after {call.name} {[Path(p).name for p in call.paths]}"
            )
            report.breach(where, hold(laid, disk.told))
    report.count(f"images of {kind}, distinct", len(seen))


def founding(place: Path, report: Report, count: int, seed: int, every: int) -> None:
    """The schema is made: from nothing to the newest version."""
    root, before = place / "founded", place / "nothing"
    before.mkdir()

    def work(tell: Tell) -> None:
        village = opening.found_village(DataDirectory(root), hall.SETTINGS, SystemClock())
        with village.closing(), writing(village) as work:
            log.append(work, "clock_confirmed", {"founded": True})
        tell({"op": "founded"})

    def hold(laid: Path, told: list[Ack]) -> list[str]:
        try:
            with opening.open_village(DataDirectory(laid), SystemClock()).closing() as village:
                report_of = verify_village(village)
                founded = report_of.entries > 0 or {"op": "founded"} not in told
                return [str(f) for f in report_of.findings] + ([] if founded else ["entry lost"])
        except EnvironmentFault as fault:
            return [f"founded, and now {fault.code}"] if {"op": "founded"} in told else []

    calls = record(root, trial.start_bare(work))
    _few(root, before, calls, report, count, seed, "founding", every, hold)


def backing_up(
    place: Path, template: Path, found: Hall, report: Report, count: int, seed: int, every: int
) -> None:
    """A backup whose name is there is whole, and the village is as it was."""
    root, before = place / "backed", place / "backed-before"
    hall.copy(template, root)
    hall.copy(template, before)
    with hall.opened(root, found.clock).closing() as village:
        key, entries = village.keys.backup, verify_village(village).entries

    def work(worker: Worker) -> None:
        made = backup.back_up(worker.village)
        worker.tell({"op": "backup", "file": made.file.name})

    def hold(laid: Path, told: list[Ack]) -> list[str]:
        broken = []
        files = (
            list((laid / "backups").glob(backup_places.PATTERN))
            if (laid / "backups").exists()
            else []
        )
        for file in files:
            try:
                pieces = list(backup.read_backup(file, key))
                if len(pieces) < 2:
                    broken.append("a backup without a database")
            except Exception as trouble:
                broken.append(f"a backup that cannot be read: {trouble}")
        if any("op" in each for each in told) and not files:
            broken.append("the backup is gone")
        with opening.open_village(DataDirectory(laid), found.clock).closing() as village:
            if verify_village(village).entries != entries:
                broken.append("entries are gone")
        return broken

    calls = record(root, trial.start(root, found, work, seed))
    _few(root / "village", before / "village", calls, report, count, seed, "backup", every, hold)


def restoring(
    place: Path, template: Path, found: Hall, report: Report, count: int, seed: int, every: int
) -> None:
    """At every moment of a restore the village opens as the old or the new one, nothing between."""
    root, before = place / "restored", place / "restored-before"
    hall.copy(template, root)
    with hall.opened(root, found.clock).closing() as village:
        made = backup.back_up(village)
        key, old = village.keys.backup, verify_village(village).entries
    with hall.opened(root, found.clock).closing() as village:
        Worker(village, found, lambda _: None, 3).deed()
        now = verify_village(village).entries
        _leave_a_log(root)  # as after a crash: what came last is in the write-ahead log alone
    _take_log_back(root)
    hall.copy(root, before)

    def work(tell: Tell) -> None:
        restore.restore(DataDirectory(root / "village"), made.file, key, found.clock)
        tell({"op": "restored"})

    def hold(laid: Path, told: list[Ack]) -> list[str]:
        done = {"op": "restored"} in told
        try:
            with opening.open_village(DataDirectory(laid), found.clock).closing() as village:
                report_of = verify_village(village)
                with village.read() as session:
                    restored = log.was_restored_below(session, report_of.entries + 1)
        except EnvironmentFault as fault:
            return [f"does not open: {fault.code}"]
        broken = [str(f) for f in report_of.findings]
        fits = report_of.entries in ((old + 1,) if done else (now, old + 1))
        if not fits:
            broken.append(f"{report_of.entries} entries, of {now} before and {old} in the backup")
        if restored != (report_of.entries == old + 1):
            broken.append("the log does not say that it was restored")
        if report_of.entries != now and not _kept_aside(laid, now):
            broken.append("the replaced database was not kept aside whole")
        return broken

    calls = record(root, trial.start_bare(work))
    _few(root / "village", before / "village", calls, report, count, seed, "restore", every, hold)


def migrating(place: Path, report: Report, count: int, seed: int, every: int) -> None:
    """A filled village of the first schema is brought up to date: wholly or not at all."""
    root, before = place / "migrated", place / "migrated-before"
    found = first_version.unpacked(root)
    hall.copy(root, before)
    with hall.opened(root, found.clock).closing() as village:
        entries = verify_village(village).entries
    hall.forget(root)
    hall.copy(before, root)

    def work(tell: Tell) -> None:
        opening.open_village(DataDirectory(root / "village"), found.clock).database.close()
        tell({"op": "migrated"})

    known: dict[bytes, list[str]] = {}

    def opened(laid: Path) -> list[str]:
        with opening.open_village(DataDirectory(laid), found.clock).closing() as village:
            report_of = verify_village(village)
            lost = [] if report_of.entries == entries else ["entries are gone"]
            return lost + [str(each) for each in report_of.findings]

    def hold(laid: Path, told: list[Ack]) -> list[str]:
        version, whole = _schema(laid / "village.sqlite3")
        broken = [] if whole else [f"half migrated, and says {version}"]
        if {"op": "migrated"} in told and version != migrations.LATEST:
            broken.append("the migration is gone")
        # SQLite has brought the log into the database: what an image differs in is mostly gone.
        if (files := _digest(_read(laid), 0)) not in known:
            known[files] = opened(laid)
        return broken + known[files]

    calls = record(root, trial.start_bare(work))
    _few(root / "village", before / "village", calls, report, count, seed, "migration", every, hold)


def _read(folder: Path) -> dict[str, bytes]:
    """What lies in a folder, by its name there."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def _schema(file: Path) -> tuple[str, bool]:
    """The schema's version, and whether all or nothing of what came after the first is there."""
    connection = pysqlite3.connect(str(file))
    try:
        version = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        later = "SELECT count(*) FROM sqlite_master WHERE name IN ('perk', 'redemption')"
        column = "SELECT count(*) FROM pragma_table_info('correction_request') WHERE name='reason'"
        parts = [connection.execute(each).fetchone()[0] for each in (later, column)]
    finally:
        connection.close()
    return version, parts == ([0, 0] if version == "0001" else [2, 1])


def _leave_a_log(root: Path) -> None:
    for part in ("", "-wal"):
        file = root / "village" / f"village.sqlite3{part}"
        shutil.copy(file, root / f"kept{part}")


def _take_log_back(root: Path) -> None:
    for part in ("", "-wal"):
        shutil.move(root / f"kept{part}", root / "village" / f"village.sqlite3{part}")


def _kept_aside(laid: Path, entries: int) -> bool:
    """Whether the database that was replaced lies aside with all its entries."""
    for file in laid.glob("replaced-*/village.sqlite3"):
        connection = pysqlite3.connect(str(file))
        try:
            counted = connection.execute("SELECT count(*) FROM ledger_entry").fetchone()[0]
        except pysqlite3.Error:
            return False
        finally:
            connection.close()
        if counted == entries:
            return True
    return False
