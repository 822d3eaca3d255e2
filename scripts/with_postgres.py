"""Run a command beside a private, throw-away PostgreSQL server.

The server listens on a socket in a temporary folder alone, keeps its default durability settings,
and is stopped and deleted when the command ends. The command finds it in KIOSK_TEST_POSTGRES.

Usage: python -m scripts.with_postgres COMMAND [ARGUMENT...]
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VARIABLE = "KIOSK_TEST_POSTGRES"
DEBIAN_SERVERS = Path("/usr/lib/postgresql")
# PostgreSQL refuses to run as root; Debian's package makes this user for it.
SERVER_USER = "postgres"
ROLE = "kiosk"
CLUSTER_OPTIONS = ("-U", ROLE, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")


# In memory, where there is room: half the time of a disk for a database made and dropped a test.
MEMORY = Path("/dev/shm")
ENOUGH_MEMORY = 2 * 2**30


class NoServerError(Exception):
    """PostgreSQL is not installed, or it did not start."""


def newest_server(servers: Path = DEBIAN_SERVERS) -> Path:
    """The folder of the newest installed server's programs."""
    found = [folder for folder in servers.glob("*/bin") if (folder / "initdb").exists()]
    if not found:
        raise NoServerError("PostgreSQL is not installed; ./kiosk.sh test installs it")
    return max(found, key=_version)


def memory() -> Path | None:
    """The folder kept in memory, or None for the usual temporary folder."""
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ENOUGH_MEMORY
    return MEMORY if roomy else None


def _version(programs: Path) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", programs.parent.name))


@contextmanager
def server() -> Iterator[str]:
    """A running server's SQLAlchemy URL."""
    programs = newest_server()
    home = Path(tempfile.mkdtemp(prefix="kiosk-pg-", dir=memory()))
    cluster = home / "cluster"
    try:
        if os.geteuid() == 0:
            shutil.chown(home, SERVER_USER, SERVER_USER)
        _call(home, programs / "initdb", "-D", cluster, *CLUSTER_OPTIONS)
        settings = f"-c listen_addresses='' -c unix_socket_directories='{home}'"
        start = ("start", "-w", "-l", home / "log", "-o", settings)
        _call(home, programs / "pg_ctl", "-D", cluster, *start)
        yield f"postgresql+psycopg://{ROLE}@/postgres?host={home}"
    finally:
        _stop(programs, cluster)
        shutil.rmtree(home, ignore_errors=True)


def _call(home: Path, program: Path, *arguments: str | Path) -> None:
    """Run one of PostgreSQL's programs, as its own user when this is root."""
    command = [*_as_server_user(), str(program), *map(str, arguments)]
    # Not captured through a pipe: the server would inherit it and keep it open.
    with (home / "set-up").open("w") as said:
        done = subprocess.run(command, cwd=home, stdout=said, stderr=said, check=False)
    if done.returncode:
        words = (home / "set-up").read_text() + _log(home)
        raise NoServerError(f"{program.name} ended with {done.returncode}: {words}")


def _as_server_user() -> list[str]:
    return ["runuser", "-u", SERVER_USER, "--"] if os.geteuid() == 0 else []


def _log(home: Path) -> str:
    log = home / "log"
    return log.read_text() if log.exists() else ""


def _stop(programs: Path, cluster: Path) -> None:
    command = [*_as_server_user(), str(programs / "pg_ctl"), "stop", "-m", "immediate"]
    subprocess.run([*command, "-D", str(cluster)], cwd="/", capture_output=True, check=False)


def _end_as_exit(number: int, _frame: object) -> None:
    sys.exit(128 + number)


def main(command: list[str]) -> int:
    """Run `command` with KIOSK_TEST_POSTGRES set; its exit code."""
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    if os.environ.get(VARIABLE):
        return subprocess.run(command, check=False).returncode
    signal.signal(signal.SIGTERM, _end_as_exit)
    try:
        with server() as url:
            return subprocess.run(
                command, env={**os.environ, VARIABLE: url}, check=False
            ).returncode
    except NoServerError as problem:
        print(problem, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
