"""PostgreSQL is killed with four terminals at work, again and again.

Nothing acknowledged may be lost, no touch booked twice, and there is one log: every slip that came
out of any of the four is a prefix of it. The defect that proves the harness: a server that answers
before its commit is on disk (``synchronous_commit=off``), which the design rules out.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError

from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.services.cases.submit import Submission
from kiosk.services.retry import retry_on_conflict
from kiosk.services.upkeep.opening import DATABASE_VARIABLE
from scripts import with_postgres
from tests.faults import audit, hall, trial
from tests.faults.hall import Ack, Hall
from tests.faults.report import Form, Report
from tests.faults.trial import Child
from tests.faults.worker import Worker, draw_quickly

KINDS = ("deed", "deed", "print", "right", "card", "redeem", "sign")
TERMINALS = 4
DEFECT = 6
FORMS: dict[Form, int] = {"brief": 5, "usual": 25, "long": 250}
_PATIENCE_SECONDS = 60.0
_LONGEST_UP = 5.0


def run(form: Form = "usual", defect: bool = False) -> Report:
    """So many kills of the server under one load that goes on through all of them."""
    report = Report("postgres")
    draw_quickly()
    with tempfile.TemporaryDirectory(dir=hall.MEMORY) as folder, Server.running() as server:
        if defect:
            server.sql("ALTER SYSTEM SET synchronous_commit = off")
            server.sql("ALTER SYSTEM SET wal_writer_delay = '10s'")
            server.sql("SELECT pg_reload_conf()")
        os.environ[DATABASE_VARIABLE] = server.url
        root = Path(folder) / "hall"
        root.mkdir()
        found = hall.build(root)
        children = [start(root, found, number) for number in range(TERMINALS)]
        told = Listener(children)
        for child in children:
            child.go()
        try:
            _kill_again_and_again(server, told, report, DEFECT if defect else FORMS[form])
            (root / "enough").touch()
            acks = told.rest()
        finally:
            for child in children:
                child.kill()
                child.reap()
        judge(root, found, acks, report)
    return report


@dataclass
class Server:
    """A private server that can be killed and started again."""

    home: Path
    programs: Path

    @classmethod
    @contextmanager
    def running(cls) -> Iterator[Server]:
        """A new cluster with its default durability, in memory where there is room."""
        programs = with_postgres.newest_server()
        home = Path(tempfile.mkdtemp(prefix="kiosk-pg-", dir=hall.MEMORY))
        server = cls(home, programs)
        try:
            if os.geteuid() == 0:
                shutil.chown(home, with_postgres.SERVER_USER, with_postgres.SERVER_USER)
            server.call("initdb", "-D", str(server.cluster), *with_postgres.CLUSTER_OPTIONS)
            server.start()
            server.sql("CREATE DATABASE hall")
            yield server
        finally:
            with suppress(Exception):
                server.call("pg_ctl", "stop", "-m", "immediate", "-D", str(server.cluster))
            shutil.rmtree(home, ignore_errors=True)

    @property
    def cluster(self) -> Path:
        return self.home / "cluster"

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://{with_postgres.ROLE}@/hall?host={self.home}"

    def call(self, program: str, *arguments: str) -> None:
        with_postgres._call(self.home, self.programs / program, *arguments)

    def start(self) -> None:
        """Start it, which after a kill recovers from its log."""
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.home}'"
        arguments = ("-w", "-t", "120", "-l", str(self.home / "log"), "-o", options)
        self.call("pg_ctl", "-D", str(self.cluster), "start", *arguments)

    def kill(self) -> None:
        """kill -9 of the server and of everything that it had started, and nothing else."""
        postmaster = int((self.cluster / "postmaster.pid").read_text().split()[0])
        family = [postmaster, *_children_of(postmaster)]
        for pid in family:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        until = time.monotonic() + 10
        while any(_alive(pid) for pid in family) and time.monotonic() < until:
            time.sleep(0.01)
        # Where nobody collects dead processes the lock files look as if their owner lived.
        for lock in (self.cluster / "postmaster.pid", self.home / ".s.PGSQL.5432.lock"):
            lock.unlink(missing_ok=True)

    def sql(self, statement: str) -> None:
        url = self.url.replace("/hall?", "/postgres?")
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()


def _children_of(parent: int) -> list[int]:
    """The processes that `parent` started, by what the kernel says."""
    told = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(each) for each in told]


def _alive(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def start(root: Path, found: Hall, number: int) -> Child:
    """A terminal at work until there is enough."""

    def work(tell: Callable[[Ack], None]) -> None:
        with hall.opened(root, found.clock).closing() as village:
            worker = Worker(village, found, tell, seed=number)
            worker.deeds = iter([form for form in worker.forms.values() if _is_of(form) == number])
            worker.concerns = worker.concerns[number::TERMINALS]
            dice = random.Random(number)
            while not (root / "enough").exists():
                _steadily(worker, dice.choice(KINDS))

    return trial.start_bare(work)


def _is_of(form: Submission) -> int:
    """Each deed is one terminal's, by its day: else they would all report the same ones."""
    return form.happened_on.toordinal() % TERMINALS


def _steadily(worker: Worker, name: str) -> None:
    """One operation, tried again with its own touch for as long as the server is away."""
    until = time.monotonic() + _PATIENCE_SECONDS
    step: Callable[[], object] = getattr(worker, name)
    worker.tried = {}
    while True:
        try:
            retry_on_conflict(step)
        except ExpectedError as refused:
            worker.tell({"refused": refused.code})
            return
        except StopIteration:
            time.sleep(0.05)
            return
        except EnvironmentFault as fault:
            worker.tell({"fault": fault.code})
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
            if worker.tried:
                step = partial(worker.again, dict(worker.tried))
            continue
        except DBAPIError as trouble:
            worker.tell({"bug": f"{type(trouble.orig).__name__} {trouble.orig}"[:200]})
            time.sleep(0.05)
            continue
        return


class Listener:
    """Hears all terminals while they work, so that none waits to be heard."""

    def __init__(self, children: list[Child]) -> None:
        self._children = children
        self._threads = [threading.Thread(target=child.listen) for child in children]
        for thread in self._threads:
            thread.start()

    @property
    def heard(self) -> int:
        """How many acknowledgements there were so far."""
        return sum(child.heard for child in self._children)

    def rest(self) -> list[Ack]:
        """Everything that was said, once all have ended."""
        for thread in self._threads:
            thread.join()
        return [ack for child in self._children for ack in child.told]


def _kill_again_and_again(server: Server, told: Listener, report: Report, kills: int) -> None:
    """Kill at any moment of a load that has come up again: a few things were done in between."""
    dice = random.Random(7)
    for _ in range(kills):
        enough, until = told.heard + dice.randint(2, 12), time.monotonic() + _LONGEST_UP
        while told.heard < enough and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(dice.uniform(0.0, 0.05))
        server.kill()
        began = time.monotonic()
        server.start()
        report.slowest("slowest start after a kill in seconds", time.monotonic() - began)
        report.count("kills of the server")


def judge(root: Path, found: Hall, told: list[Ack], report: Report) -> None:
    """One log, with everything that any of the four had said was done."""
    report.count("acknowledged operations", sum("op" in each for each in told))
    report.count("slips that came out", sum(each.get("op") == "paper" for each in told))
    for each in told:
        if "fault" in each:
            report.count(f"told: {each['fault']}")
        if "refused" in each:
            report.count(f"refused: {each['refused']}")
    report.breach("terminals", [f"bug: {each['bug']}" for each in told if "bug" in each])
    with hall.opened(root, found.clock).closing() as village:
        report.breach("afterwards", audit.broken(village, told))
        with village.read() as session:
            for each in told:
                if each.get("try") == "deed" and audit.times_booked(session, each["touch"]) > 1:
                    report.breach("afterwards", [f"booked twice: {each}"])
