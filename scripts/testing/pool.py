"""So many processes at a time, each with one file of tests, or several small ones."""

from __future__ import annotations

import atexit
import os
import re
import shutil
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pytest

from scripts.testing.report import Recorder, Told, log_of, read_told, say

_MANY_SECONDS = re.compile(r"timeout\((\d+)\)")
_NO_LONGER_SMALL = 40_000
"""In the unit of `_likely_length`."""
_OFTEN_SLOW = {"ui": 4, "journeys": 8, "faults": 8, "charter": 2}


@dataclass(frozen=True)
class _Running:
    files: tuple[Path, ...]
    place: Path
    begun: float


class Pool:
    """Splits off a process for each of `groups` of files, the longest first, `jobs` at a time."""

    def __init__(
        self, groups: list[tuple[Path, ...]], options: list[str], home: Path, jobs: int
    ) -> None:
        self._waiting = sorted(groups, key=_likely_length)
        self._options = options
        self._home = home
        self._jobs = jobs
        self._running: dict[int, _Running] = {}

    def run(self) -> list[Told]:
        """What each of them came to, in the order in which they ended."""
        told: list[Told] = []
        try:
            while self._waiting or self._running:
                while (place := self._next_that_fits()) is not None:
                    self._begin(self._waiting.pop(place))
                told.append(self._next())
                say(told[-1])
        finally:
            for process in self._running:
                os.kill(process, signal.SIGTERM)
        return told

    def _next_that_fits(self) -> int | None:
        """Where among the waiting stands the longest for which there is room."""
        room = self._jobs - sum(self._takes(each.files) for each in self._running.values())
        fit = (n for n, files in enumerate(self._waiting) if self._takes(files) <= room)
        return max(fit, default=None)

    def _takes(self, files: tuple[Path, ...]) -> int:
        """A fault is tried by several processes at once, and some are held to a time."""
        return max(1, self._jobs - 1) if files[0].parent.name == "faults" else 1

    def _begin(self, files: tuple[Path, ...]) -> None:
        place = self._home / f"{len(self._waiting)}"
        (place / "tmp").mkdir(parents=True)
        sys.stdout.flush()
        sys.stderr.flush()
        process = os.fork()
        if process == 0:
            _test(files, place, self._options)
        self._running[process] = _Running(files, place, time.monotonic())

    def _next(self) -> Told:
        while True:
            process, status, spent = os.wait4(-1, 0)
            if process in self._running:
                break
        done = self._running.pop(process)
        told = read_told(done.files, done.place, os.waitstatus_to_exitcode(status))
        told.seconds = time.monotonic() - done.begun
        told.busy = spent.ru_utime + spent.ru_stime
        shutil.rmtree(done.place, ignore_errors=True)
        return told


def alone(files: list[Path]) -> list[tuple[Path, ...]]:
    """Each by itself."""
    return [(file,) for file in files]


def together(files: list[Path]) -> list[tuple[Path, ...]]:
    """The small ones of each folder a few at a time: a process costs as much as a small file."""
    groups: list[tuple[Path, ...]] = []
    for _folder, those in groupby(sorted(files), key=lambda file: file.parent):
        few: tuple[Path, ...] = ()
        for file in those:
            if few and _likely_length((*few, file)) > _NO_LONGER_SMALL:
                groups.append(few)
                few = ()
            few = (*few, file)
        groups.append(few)
    return groups


def _likely_length(files: tuple[Path, ...]) -> float:
    """In no unit: the size of the files, and what their tests say they may take."""
    return sum(map(_likely_length_of_one, files))


def _likely_length_of_one(file: Path) -> float:
    text = file.read_text("utf-8")
    slow = max((_OFTEN_SLOW.get(part, 1) for part in file.parts), default=1)
    allowed = max((int(seconds) for seconds in _MANY_SECONDS.findall(text)), default=0)
    return len(text) * slow + allowed * 300


def _test(files: tuple[Path, ...], place: Path, options: list[str]) -> None:
    """Be the process of some files: test them, and end."""
    code = 70
    try:
        log = os.open(log_of(files), os.O_CREAT | os.O_WRONLY, 0o644)
        for stream in (1, 2):
            os.dup2(log, stream)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.environ["TMPDIR"] = tempfile.tempdir = str(place / "tmp")
        chosen = ["-p", "no:cacheprovider", f"--basetemp={place / 'pytest'}"]
        chosen += ["-o", "tmp_path_retention_policy=failed"]
        # They were imported before pytest could make their assertions speak, which they need not.
        chosen += ["-W", "ignore:Module already imported:pytest.PytestAssertRewriteWarning"]
        code = int(pytest.main([*chosen, *options, *map(str, files)], plugins=[Recorder(place)]))
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)
