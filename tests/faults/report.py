"""What a harness counted, printed as a table or as JSON; it fails when a promise was broken."""

from __future__ import annotations

import json
import multiprocessing
import os
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from tests.worlds.kept import shared_folder

_SHOWN = 20

Form = Literal["brief", "usual", "long"]
"""How much of it: seconds, in the tests; minutes, as `docs/reliability.md` reports; hours."""


def shared(work: Callable[[int, int], Report]) -> Report:
    """`work(share, of)` in a process for each core, up to four, and what they counted together."""
    of = min(os.cpu_count() or 1, 4)
    shared_folder()  # the worlds of all of them are deleted with this process
    with multiprocessing.get_context("fork").Pool(of) as pool:
        reports = pool.starmap(work, [(share, of) for share in range(of)], chunksize=1)
    for other in reports[1:]:
        reports[0].add(other)
    return reports[0]


@dataclass
class Report:
    """Counts by name, and the promises that were broken."""

    harness: str
    counts: Counter[str] = field(default_factory=Counter)
    figures: dict[str, float] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    lists: dict[str, list[str]] = field(default_factory=dict)
    """What is to be read line by line, whatever its length."""
    began: float = field(default_factory=time.monotonic)
    once: bool = False
    """One broken promise is enough: a program with a known defect is found out by then."""

    @property
    def over(self) -> bool:
        """Whether there is nothing left to find out."""
        return self.once and bool(self.broken)

    def count(self, name: str, by: int = 1) -> None:
        """One more of `name`."""
        self.counts[name] += by

    def slowest(self, name: str, seconds: float) -> None:
        """Keep the largest of a figure."""
        self.figures[name] = max(self.figures.get(name, 0.0), round(seconds, 3))

    def breach(self, where: str, promises: list[str]) -> None:
        """Promises that did not hold, and where."""
        self.broken += [f"{where}: {each}" for each in promises]

    def list(self, name: str, lines: list[str]) -> None:
        """More lines of a list."""
        self.lists.setdefault(name, []).extend(lines)

    def add(self, other: Report) -> None:
        """Take in what another process counted."""
        self.counts += other.counts
        for name, lines in other.lists.items():
            self.list(name, lines)
        self.broken += other.broken
        for name, value in other.figures.items():
            self.slowest(name, value)

    def show(self, as_json: bool) -> int:
        """Print it all; the exit code."""
        self.figures["seconds"] = round(time.monotonic() - self.began, 1)
        if as_json:
            told = {"harness": self.harness, **self.counts, **self.figures}
            print(
                json.dumps(
                    told
                    | {
                        "lists": self.lists,
                        "broken": self.broken[:_SHOWN],
                        "breaches": len(self.broken),
                    }
                )
            )
            return 1 if self.broken else 0
        for name, value in (*sorted(self.counts.items()), *self.figures.items()):
            print(f"{name:<58}{value:>12,}")
        for name, lines in self.lists.items():
            for line in lines:
                print(f"{name}: {line}")
        for each in self.broken[:_SHOWN]:
            print(f"BROKEN {each}")
        print(f"{self.harness}: {len(self.broken)} promises broken")
        return 1 if self.broken else 0
