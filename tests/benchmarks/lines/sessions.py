"""The memory of a kiosk that many people used, one after the other."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kiosk.services.work import reading
from scripts.house_rules import ROOT
from tests.benchmarks.harness.line import OURS, Goal, Line, Place, Row, Side, Size
from tests.benchmarks.harness.worlds import MOST_ENROLLED, village_of

FIRST = "after the first sessions"
_SESSIONS: dict[Size, tuple[int, int]] = {"quick": (2, 4), "whole": (50, 1_000)}
"""After how many sessions one looks first, and after how many in the end."""
_FLAT = 1.05


@contextmanager
def _sides(place: Place) -> Iterator[Mapping[str, Side]]:
    figures: list[float] = []

    def later() -> Mapping[str, float]:
        if not figures:
            figures.extend(_used(place.folder, *_SESSIONS[place.size]))
        return {"pss": figures[1]}

    def first() -> Mapping[str, float]:
        later()
        return {"pss": figures[0]}

    yield {OURS: later, FIRST: first}


def _used(folder: Path, early: int, late: int) -> list[float]:
    command = [sys.executable, "-P", "-m", __name__, str(folder), str(early), str(late)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    figures: list[float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def lines(size: Size) -> Iterator[Line]:
    """Sessions."""
    early, late = _SESSIONS[size]
    yield Line(
        name="sessions",
        rows=(Row("pss", f"memory after {late:,} sessions (PSS)", "MiB", (Goal(_FLAT, FIRST),)),),
        beside=(FIRST,),
        sides=_sides,
        runs=1,
        note="Somebody signs in, opens their record, and is signed out, again and again in one"
        f" window, offscreen; looked at after {early} sessions and at the end.",
    )


# --- In a process of its own


def main() -> None:
    """Use the kiosk, and say the memory after each number of sessions in the last line."""
    from PySide6.QtGui import QGuiApplication

    from kiosk.app import MainWindow, prepare_environment
    from kiosk.core.catalogue import catalogue
    from kiosk.services.access import sessions
    from kiosk.ui.shell.surroundings import Surroundings
    from tests.benchmarks.lines.start import family, pss
    from tests.ui.touch import settle

    folder, early, late = Path(sys.argv[1]) / "village", *map(int, sys.argv[2:4])
    os.environ["QT_IM_MODULE"] = ""
    prepare_environment()
    app = QGuiApplication(sys.argv[:1])
    seen: list[float] = []
    with village_of(MOST_ENROLLED, 5 * MOST_ENROLLED, folder).closing() as village:
        around = Surroundings(
            settings=village.settings,
            catalogue=catalogue(),
            clock=village.clock,
            directory=village.directory,
            village=lambda: village,
            sign_out=sessions.sign_out,
        )
        stage = MainWindow(around, size=(1920, 1080), motion=False)
        stage.show()
        for number in range(1, late + 1):
            stage.kiosk.begin_session(_signed_in(village, 3 + number % 900))
            stage.kiosk.open("my_record", {})
            _answered(stage)
            stage.kiosk.wipe()
            _answered(stage)
            if number in {early, late}:
                settle()
                seen.append(sum(map(pss, family(os.getpid()))) / 1024)
        if stage.complaints:
            raise AssertionError(stage.complaints[:3])
        stage.close()
    print(json.dumps(seen))
    del app


def _signed_in(village: Any, person: int) -> Any:
    """A session as card and PIN would open it; what a hash costs is no matter of memory here."""
    from kiosk.services.access import sessions
    from tests.services.conftest import Street

    opened = Street(village).sign_in(person)
    with reading(village) as work:
        return sessions.require(work, opened)


def _answered(stage: Any) -> None:
    """Until the database thread has answered everything, and the page stands."""
    from tests.ui.touch import settle, until

    for _ in range(2):
        back: list[object] = []
        stage.kiosk.runner.run(lambda: True, done=back.append)
        until(back.copy, "the answers")
        settle()


if __name__ == "__main__":
    main()
