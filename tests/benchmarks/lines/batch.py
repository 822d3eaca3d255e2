"""The signs of a whole village while somebody uses the kiosk, beside the peers' pages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from scripts.house_rules import ROOT
from tests.benchmarks.harness.line import OURS, Goal, Line, Place, Row, Side, Size
from tests.benchmarks.harness.worlds import A_HOUSE, MOST_ENROLLED, village_of
from tests.benchmarks.lines.signs import PEERS, peer

_SIGNS: dict[Size, int] = {"quick": 3, "whole": 400}
_PAGES: dict[Size, int] = {"quick": 3, "whole": 100}
"""Pages of a peer's file, from which its time for all signs is reckoned: each costs the same."""
_AT_WORK = 2 * A_HOUSE
"""People of two more houses, of whom the officer and the clerk are: nobody rates their own."""
_PAUSE = 0.02
"""Between two touches, in seconds."""
_PATIENCE = 600


@contextmanager
def _sides(place: Place) -> Iterator[Mapping[str, Side]]:
    signs = _SIGNS[place.size]
    own = [sys.executable, "-P", "-m", __name__, str(place.folder), str(signs)]
    peers = {
        name: partial(_pages, module, code, place.size) for name, (module, code) in PEERS.items()
    }
    yield {OURS: partial(_told, own), **peers}


def _told(command: list[str]) -> Mapping[str, float]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _pages(module: str, code: str, size: Size) -> Mapping[str, float]:
    page = peer(module, code, "0", str(_PAGES[size]))["page"]
    return {"all": page * _SIGNS[size] / 1000}


def lines(size: Size) -> Iterator[Line]:
    """All signs of a round."""
    signs = _SIGNS[size]
    yield Line(
        name="batch",
        rows=(
            Row("all", f"{signs} signs of the village", "s", [Goal(0.2, each) for each in PEERS]),
            Row("answer", "the longest answer of the kiosk meanwhile", "ms", (Goal(50),)),
            Row("progress", "the longest time without progress", "s", (Goal(1),)),
        ),
        beside=tuple(PEERS),
        sides=_sides,
        runs=1,
        note="Issued, signed, drawn and laid down as files by the services, on a thread of their"
        " own; meanwhile the screen searches through its database thread, every"
        f" {_PAUSE * 1000:.0f} ms. Beside it the peers' pages, which are not issued, signed or"
        f" kept: a page of {_PAGES[size]} in one file, as often as there are signs.",
    )


# --- In a process of its own


def issued(village: Any, signs: int, moments: list[float]) -> None:
    """Issue what is due and print it, noting when something went on."""
    from kiosk.services.printing import queue, spooler
    from kiosk.services.stars.sign_batch import issue_due
    from tests.services.conftest import Street

    def went_on(*_: object) -> None:
        moments.append(time.perf_counter())

    clerk = Street(village).sign_in(MOST_ENROLLED + 1, "clerk")
    went_on()
    made = issue_due(village, clerk, "A5", went_on)
    if len(made) != signs:
        raise AssertionError(f"{len(made)} signs instead of {signs}")
    line = spooler.Spooler(village, None, went_on)
    until = time.perf_counter() + _PATIENCE
    while not all(queue.state(village, each.print_job_id).over for each in made):
        if time.perf_counter() > until:
            raise TimeoutError("some signs are not printed")
        while line.step():
            pass
        time.sleep(_PAUSE)
    went_on()


def rated(village: Any, signs: int) -> None:
    """So many households have stars and agreed to their sign."""
    from tests.services.conftest import Street
    from tests.worlds import stars

    street, given = Street(village), {"courtyard": 5, "rules": 4, "recycling": 4}
    for house in range(1, signs + 1):
        stars.put(village, house, given, 2026, 4)
    street.agree(*range(1, signs * A_HOUSE + 1))


def main() -> None:
    """Issue on one thread, search through another, and say the figures in the last line."""
    from concurrent.futures import ThreadPoolExecutor

    from PySide6.QtCore import QCoreApplication

    from kiosk.services.register.search import search
    from kiosk.ui.shell.runner import Runner

    folder, signs = Path(sys.argv[1]) / str(os.getpid()), int(sys.argv[2])
    app = QCoreApplication(sys.argv[:1])
    troubles: list[BaseException] = []
    answers, moments = [0.0], list[float]()
    with village_of(MOST_ENROLLED + _AT_WORK, 0, folder).closing() as village:
        rated(village, signs)
        runner = Runner(troubles.append)
        asked = _ask(runner, search, village)
        next(asked)
        begun = time.perf_counter()
        with ThreadPoolExecutor(1) as thread:
            work = thread.submit(issued, village, signs, moments)
            while not work.done():
                answers.append(next(asked))
                time.sleep(_PAUSE)
        took = time.perf_counter() - begun
        work.result()
        runner.close()
    if troubles:
        raise troubles[0]
    still = max(after - before for before, after in pairwise(moments))
    print(json.dumps({"all": took, "answer": max(answers) * 1000, "progress": still}))
    del app


def _ask(runner: Any, search: Any, village: Any) -> Iterator[float]:
    """Seconds from a key until its rows are back on this thread."""
    from PySide6.QtCore import QCoreApplication

    while True:
        back: list[object] = []
        begun = time.perf_counter()
        runner.run(search, village, "li", done=back.append)
        while not back:
            QCoreApplication.processEvents()
            time.sleep(0.0005)
        yield time.perf_counter() - begun


if __name__ == "__main__":
    main()
