"""What the files of tests came to, and what is said of it."""

from __future__ import annotations

import gc
import json
import signal
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LEFT = ROOT / "build" / "tests"
"""Logs, and pictures of screens that failed."""
_KINDS = ("failed", "error", "passed", "skipped", "deselected", "xfailed", "xpassed", "warnings")
_NOT_WELL = "files that did not end well"
_NOTHING_CHOSEN = int(pytest.ExitCode.NO_TESTS_COLLECTED)
_SLOWEST_FILES, _SLOWEST_TESTS = 12, 8


@dataclass
class Told:
    """One file, or some: how their process ended, how their tests did, how long they took."""

    files: tuple[Path, ...]
    code: int
    counts: Counter[str] = field(default_factory=Counter)
    tests: dict[str, float] = field(default_factory=dict)
    now: str = ""
    """The test that ran when the process ended before its time."""
    seconds: float = 0.0
    busy: float = 0.0
    """Of processor time, with all that the tests started."""

    @property
    def name(self) -> str:
        """The file as one types it; of several, the first, and how many more."""
        first, more = str(self.files[0].relative_to(ROOT)), len(self.files) - 1
        return f"{first} and {more} more" if more else first

    @property
    def well(self) -> bool:
        """Whether all that was chosen of it passed."""
        return self.code in (0, _NOTHING_CHOSEN)

    @property
    def log(self) -> Path:
        """All that its process said."""
        return log_of(self.files)


class Recorder:
    """The plugin with which a file's process leaves what it came to."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._tests: Counter[str] = Counter()

    def pytest_collection_finish(self) -> None:
        """What is there by now stays: no later search for garbage goes through it."""
        gc.freeze()

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Leave a name, in case that this is the last thing heard."""
        (self._place / "now").write_text(nodeid, "utf-8")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add up set-up, call and tear-down."""
        self._tests[report.nodeid] += report.duration  # type: ignore[assignment]

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Leave the counts that pytest says in its last line."""
        stats = {kind: len(terminalreporter.stats.get(kind, ())) for kind in _KINDS}
        told = {"counts": stats, "tests": dict(self._tests.most_common(_SLOWEST_TESTS))}
        (self._place / "told").write_text(json.dumps(told), "utf-8")


def log_of(files: tuple[Path, ...]) -> Path:
    """Where the process of `files` writes all that it says."""
    return LEFT / f"{files[0].parent.name}-{files[0].stem}.log"


def read_told(files: tuple[Path, ...], place: Path, code: int) -> Told:
    """What the process of `files` left in `place`."""
    told, now = Told(files, code), place / "now"
    if (left := place / "told").exists():
        said = json.loads(left.read_text("utf-8"))
        told.counts, told.tests = Counter(said["counts"]), said["tests"]
    if (code < 0 or not left.exists()) and now.exists():
        told.now = now.read_text("utf-8")
    return told


def say(told: Told) -> None:
    """One line for a file that is done."""
    print(f"{told.seconds:7.1f} s  {told.name}: {_said(told)}", flush=True)


def closing(every: list[Told], seconds: float) -> int:
    """What failed in its own words, what took longest, and the last line; 0 when all is well."""
    failed = [told for told in every if not told.well]
    for told in failed:
        print(f"\n{'=' * 20} {told.name}: {_said(told)}")
        print(told.log.read_text("utf-8", errors="replace"))
    print(f"\n{'-' * 20} what took longest: seconds, and seconds of a processor")
    for told in sorted(every, key=lambda each: -each.seconds)[:_SLOWEST_FILES]:
        print(f"{told.seconds:7.1f} {told.busy:7.1f}  {told.name}")
    tests = [(seconds, name) for told in every for name, seconds in told.tests.items()]
    for took, name in sorted(tests, reverse=True)[:_SLOWEST_TESTS]:
        print(f"{took:7.1f}          {name}")
    if failed:
        print(f"\n{'-' * 20} not well; what was left of each is in {LEFT.relative_to(ROOT)}")
        for told in failed:
            print(f"{told.name}: {_said(told)}")
    counts: Counter[str] = sum((told.counts for told in every), Counter())
    counts[_NOT_WELL] = len(failed)
    said = ", ".join(f"{counts[kind]} {kind}" for kind in (*_KINDS, _NOT_WELL) if counts[kind])
    busy = sum(told.busy for told in every)
    print(f"{busy:7.1f} s of a processor in all")
    # As pytest closes: its readers look for this line.
    print(f"\n{'=' * 10} {said} in {seconds:.2f}s ({timedelta(seconds=int(seconds))}) {'=' * 10}")
    return int(bool(failed))


def _said(told: Told) -> str:
    counts = ", ".join(f"{told.counts[kind]} {kind}" for kind in _KINDS if told.counts[kind])
    if told.code < 0:
        named = signal.Signals(-told.code).name
        return f"ended by {named} in {told.now or 'no test'}" + (f" ({counts})" if counts else "")
    if told.now:
        return f"ended with {told.code} in {told.now}"
    return counts or f"ended with {told.code}"
