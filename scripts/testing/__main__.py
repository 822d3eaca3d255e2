"""Every test, side by side on the cores that are there.

Each file of tests runs in a process of its own, split off from this one when all that the tests
need is imported. So a file that crashes takes no other along, the next free place takes the next
file, and nothing is imported twice. With --quick some small files of a folder share a process.
All files share the worlds that are made once a run (see ``tests/worlds``) and one PostgreSQL
server, on which each test has a database of its own. What a file said stands in ``build/tests``,
with a picture of the screen beside it where one failed.

One file alone runs in the open, and starts a server only if one of its tests wants it.

Usage: python -m scripts.testing [--quick] [--jobs N] [FOLDER | FILE | TEST | PYTEST OPTION]...

  --quick   leave out what needs PostgreSQL, the screens, the faults, what is marked as long, and
            the house rules, which `./kiosk.sh check` runs
  --jobs N  that many files at a time, instead of one for each core and one more
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from scripts.testing.pool import Pool, alone, together
from scripts.testing.report import LEFT, closing
from scripts.testing.warm import warm_up
from scripts.with_postgres import VARIABLE, NoServerError, memory, server

ROOT = Path(__file__).resolve().parents[2]
TESTS = ROOT / "tests"
SCREENS = ("ui", "journeys")
NOT_QUICK = (*SCREENS, "faults", "test_house_rules.py")
"""The last is what `./kiosk.sh check` runs."""
WORLDS = "KIOSK_TEST_WORLDS"
_WITH_A_VALUE = ("-k", "-m", "-o", "-p", "-W", "-c")
"""Of pytest's options: what follows one of them names no test."""
_WORTH_A_DAY = 20
"""From so many files on, what is done before all of them is less than what it saves."""


@dataclass
class Wanted:
    """What the command line asks for."""

    quick: bool = False
    jobs: int = field(default_factory=lambda: cores() + 1)
    paths: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)

    @property
    def files(self) -> list[Path]:
        """Every file of tests that is asked for."""
        asked = [Path(each).resolve() for each in self.paths] or [TESTS]
        found = [
            file
            for each in asked
            for file in (sorted(each.rglob("test_*.py")) if each.is_dir() else [each])
        ]
        left_out = NOT_QUICK if self.quick else ()
        return [
            file
            for file in dict.fromkeys(found)
            if not set(left_out) & set(file.parts[len(ROOT.parts) :])
        ]


def cores(quota: Path = Path("/sys/fs/cgroup/cpu.max")) -> int:
    """How many cores are there for us: a container is shown all of its machine's."""
    there = len(os.sched_getaffinity(0))
    allowed, _, period = quota.read_text().partition(" ") if quota.exists() else ("max", "", "")
    return there if allowed == "max" else max(1, min(there, round(int(allowed) / int(period))))


class NoSuchTestsError(Exception):
    """A file or folder is named that is not there."""


def read(arguments: list[str]) -> Wanted:
    """Tell apart what is ours, what names tests, and what is pytest's.

    Raises:
        NoSuchTestsError: what names tests names a file or a folder that is not there.
    """
    wanted, rest, before = Wanted(), iter(arguments), ""
    for each in rest:
        if each == "--quick":
            wanted.quick = True
            wanted.options += ["-m", "not postgres and not long"]
        elif each == "--jobs":
            wanted.jobs = int(next(rest))
        elif each in _WITH_A_VALUE:
            wanted.options += [each, next(rest)]
        elif Path(each.partition("::")[0]).exists():
            wanted.paths.append(each)
        elif _names_tests(each, before):
            raise NoSuchTestsError(
                f"There is no {each.partition('::')[0]} here, so nothing was tested."
            )
        else:
            wanted.options.append(each)
        before = each
    return wanted


def _names_tests(word: str, before: str) -> bool:
    """Whether it is no option, and no value of the long option before it."""
    if word.startswith("-"):
        return False
    return ".py" in word or word.startswith("tests/") or not before.startswith("--")


def main(arguments: list[str]) -> int:
    """Run the tests that `arguments` name; 0 when all of them passed."""
    signal.signal(signal.SIGTERM, _end_as_exit)
    try:
        wanted = read(arguments)
    except NoSuchTestsError as problem:
        print(problem, file=sys.stderr)
        return 2
    in_the_open = len(wanted.paths) == 1 and Path(wanted.paths[0].partition("::")[0]).is_file()
    if in_the_open or any("::" in each for each in wanted.paths):
        return int(pytest.main([*wanted.options, *wanted.paths], plugins=[ServerWhenWanted()]))
    try:
        return _side_by_side(wanted)
    except NoServerError as problem:
        print(problem, file=sys.stderr)
        return 1


def _side_by_side(wanted: Wanted) -> int:
    begun, files = time.monotonic(), wanted.files
    shutil.rmtree(LEFT, ignore_errors=True)
    LEFT.mkdir(parents=True)
    with ExitStack() as around:
        if not wanted.quick and any(_may_want_a_server(file) for file in files):
            around.enter_context(_one_server())
        home = Path(tempfile.mkdtemp(prefix="kiosk-tests-", dir=memory()))
        around.callback(shutil.rmtree, home, ignore_errors=True)
        home.chmod(0o711)  # the filters of a CUPS of the tests' own are another user
        (home / "worlds").mkdir()
        os.environ[WORLDS] = str(home / "worlds")
        os.environ["XDG_CACHE_HOME"] = str(home / "cache")  # what Qt compiled, for all files
        # The sound of the voice: otherwise it leaves a folder in /tmp, and a link to it at home.
        os.environ["PULSE_RUNTIME_PATH"] = str(home / "pulse")
        # What is compiled once is read by every program that a test starts.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        sys.dont_write_bytecode = False
        warm_up(with_a_day=len(files) >= _WORTH_A_DAY)
        groups = together(files) if wanted.quick else alone(files)
        told = Pool(groups, wanted.options, home, wanted.jobs).run()
    return closing(told, time.monotonic() - begun)


def _may_want_a_server(file: Path) -> bool:
    return not set(SCREENS) & set(file.parent.parts)


@contextmanager
def _one_server() -> Iterator[None]:
    if os.environ.get(VARIABLE):
        yield
        return
    with server() as url:
        os.environ[VARIABLE] = url
        yield
        del os.environ[VARIABLE]


class ServerWhenWanted:
    """Starts the server for one file whose tests want it, and stops it at the end."""

    def __init__(self) -> None:
        self._around = ExitStack()

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Look at what was chosen."""
        if any(item.get_closest_marker("postgres") for item in session.items):
            try:
                self._around.enter_context(_one_server())
            except NoServerError as problem:
                pytest.exit(str(problem), returncode=1)

    def pytest_unconfigure(self) -> None:
        """Stop what was started."""
        self._around.close()


def _end_as_exit(number: int, _frame: object) -> None:
    sys.exit(128 + number)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
