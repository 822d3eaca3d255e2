"""Tap to pressed look, tap to next page, and the longest block, through every screen."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scripts.house_rules import ROOT
from tests.benchmarks.harness.line import OURS, Goal, Line, Place, Row, Side, Size

FRAME = "one frame"
_FRAME_MS = 1000 / 60
_ROUNDS = 2
"""The second time every screen was there before."""
_FLOWS: dict[Size, int] = {"quick": 1, "whole": 1_000}
_PRESSED_SECONDS, _TURNED_SECONDS, _WORST = 0.3, 2.0, 5


@contextmanager
def _sides(place: Place) -> Iterator[Mapping[str, Side]]:
    command = [sys.executable, "-P", "-m", __name__, str(place.folder), str(_FLOWS[place.size])]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}

    def walk() -> Mapping[str, float]:
        done = subprocess.run(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
        )
        figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        return figures

    frames = ("pressed", "pressed worst", "block")
    yield {OURS: walk, FRAME: lambda: dict.fromkeys(frames, _FRAME_MS)}


def lines(size: Size) -> Iterator[Line]:
    """A walk."""
    yield Line(
        name="taps",
        rows=(
            Row("pressed", "tap to pressed look, median", "ms", (Goal(1, FRAME),)),
            Row("pressed worst", "the worst of them", "ms", (Goal(1, FRAME),)),
            Row("first", "tap to next page, the first time: worst", "ms", (Goal(100),)),
            Row("first median", "their median", "ms"),
            Row("later", "tap to next page, later: worst", "ms", (Goal(50),)),
            Row("later median", "their median", "ms"),
            Row("block", "longest block of the GUI thread in the walk", "ms", (Goal(1, FRAME),)),
        ),
        beside=(FRAME,),
        limit=FRAME,
        sides=_sides,
        runs=1,
        note="Every flow of `tests/ui/flows.py`, which come through every screen, twice in one"
        " window, offscreen at 1920x1080 with the raster painter; each flow in a village of its"
        " own. A look or a page is there when the first frame with it is swapped; a block is a"
        " turn of the event loop, or what a press or a release does at once.",
    )


# --- In a process of its own


@dataclass
class Watch:
    """What the GUI thread does, by the clock."""

    where: str = ""
    blocks: list[tuple[float, str]] = field(default_factory=list)
    pressed: list[tuple[float, str]] = field(default_factory=list)
    first: list[tuple[float, str]] = field(default_factory=list)
    later: list[tuple[float, str]] = field(default_factory=list)
    known: set[tuple[str, str]] = field(default_factory=set)
    frames: int = 0
    complaints: list[str] = field(default_factory=list)
    """What QML said of itself on the way, which is nothing when all is well."""

    def swapped(self) -> None:
        """A frame is on the screen."""
        self.frames += 1

    def turn(self) -> None:
        """One turn of the event loop; then the other threads have theirs."""
        from PySide6.QtCore import QCoreApplication, QEvent

        def deliver() -> None:
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

        self.doing(deliver)
        time.sleep(0.001)

    def doing(self, act: Callable[[], object]) -> float:
        """Do it, and note for how long nobody else was served; when it began."""
        begun = time.perf_counter()
        act()
        self.blocks.append(((time.perf_counter() - begun) * 1000, self.where))
        return begun

    def frame_after(
        self, begun: float, seconds: float, holds: Callable[[], bool] = lambda: True
    ) -> float | None:
        """Milliseconds from `begun` to the first frame after `holds`; None where none comes."""
        before: int | None = self.frames if holds() else None
        while time.perf_counter() - begun < seconds:
            self.turn()
            if before is None and holds():
                before = self.frames - 1 if self.frames else 0
            if before is not None and self.frames > before:
                return (time.perf_counter() - begun) * 1000
        return None

    def figures(self) -> dict[str, float]:
        """What is said of the whole walk."""
        pressed, first, later = (
            [took for took, _ in each] or [0.0] for each in (self.pressed, self.first, self.later)
        )
        return {
            "pressed": statistics.median(pressed),
            "pressed worst": max(pressed),
            "first": max(first),
            "first median": statistics.median(first),
            "later": max(later),
            "later median": statistics.median(later),
            "block": max(took for took, _ in self.blocks),
        }

    def worst(self) -> Iterator[str]:
        """Where the slowest were, for whoever makes them faster."""
        for name in ("blocks", "pressed", "first", "later"):
            slowest = sorted(getattr(self, name), reverse=True)[:_WORST]
            yield f"  {name}: " + "; ".join(f"{took:.0f} ms {where}" for took, where in slowest)
        if self.complaints:
            yield f"  QML complained {len(self.complaints)} times, first: {self.complaints[0]}"


def walked(folder: Path, flows: int) -> Watch:
    """Walk through the flows, each in a village of its own, all in one window."""
    import pytest
    from PySide6.QtGui import QGuiApplication

    from kiosk.app import MainWindow, prepare_environment
    from kiosk.core.catalogue import catalogue
    from kiosk.core.clock import SettableClock
    from kiosk.services.access import languages, pins, sessions
    from kiosk.ui.shell.surroundings import Surroundings
    from tests.benchmarks.harness.worlds import SETTINGS
    from tests.ui import touch
    from tests.ui.beginnings import ME, NEIGHBOUR
    from tests.ui.flows import FLOWS
    from tests.ui.neighbours import Neighbours
    from tests.worlds.kept import founded

    os.environ["QT_IM_MODULE"] = ""
    prepare_environment()
    app = QGuiApplication(sys.argv[:1])
    begun, watch = datetime(2026, 11, 23, 1, 0, tzinfo=UTC), Watch()
    clock = SettableClock(begun)
    settings = _with_places(SETTINGS, folder)
    villages: list[Any] = []
    around = Surroundings(
        settings=settings,
        catalogue=catalogue(),
        clock=clock,
        directory=villages[-1].directory,
        village=lambda: villages[-1],
        sign_out=sessions.sign_out,
        note_language=languages.note_language,
    )
    with pytest.MonkeyPatch.context() as instead:
        instead.setattr(touch, "_turn", watch.turn)
        # A walk signs in dozens of times; what a hash costs is known.
        instead.setattr(pins, "SHIPPED", pins.Cost(memory_kib=64, passes=1))
        villages.append(founded(folder / "home", settings, clock))
        stage = MainWindow(around, size=(1920, 1080), motion=False)
        stage.window.frameSwapped.connect(watch.swapped)
        stage.show()
        made_ready: list[bool] = []
        stage.preparing.ready.connect(lambda: made_ready.append(True))
        stage.preparing.begin()  # as the program does behind its first frame
        touch.until(lambda: made_ready, "screens")
        touch.settle()
        watch.blocks.clear()  # the start has a line of its own
        for turn in range(_ROUNDS):
            for number, flow in enumerate(FLOWS[:flows]):
                clock.moment = begun
                shutil.rmtree(settings.drives, ignore_errors=True)  # what the flow before put in
                villages.append(founded(folder / f"{turn}-{number}", settings, clock))
                lane = Neighbours(villages[-1], clock)
                lane.found()
                clock.advance(days=40)
                lane.join(ME)
                lane.join(NEIGHBOUR, number="8")
                _hand(watch)(stage, lane).go(flow)
                watch.where = "wipe"
                stage.kiosk.wipe()
                touch.settle()
        watch.complaints = list(stage.complaints)
        stage.close()
    for village in villages:
        village.database.close()
    del app
    return watch


def _with_places(settings: Any, folder: Path) -> Any:
    from dataclasses import replace

    places = ("docks_south", "docks_north")
    return replace(settings, places=places, drives=str(folder / "drives"))


def _hand(watch: Watch) -> Any:
    """A walker whose hand does not tremble, and who looks at the clock."""
    from tests.ui.touch import point_of, press, release, see, tap_clock, until
    from tests.ui.walking import Walk

    class Hand(Walk):
        def _lead_on(self, name: str) -> None:
            window = self.stage.window
            self._note_screen()
            until(lambda: (item := see(window, name)) and item.isEnabled(), name)
            screen = str(self.stage.kiosk.property("screenName"))
            watch.where = f"{screen} {name}"
            place, clock = point_of(window, name), tap_clock(window)
            turned = clock.property("turned")
            begun = watch.doing(lambda: press(window, place))
            looked = watch.frame_after(begun, _PRESSED_SECONDS)
            if looked is not None:
                watch.pressed.append((looked, watch.where))
            begun = watch.doing(lambda: release(window, place))
            shown = watch.frame_after(
                begun, _TURNED_SECONDS, lambda: bool(clock.property("turned") != turned)
            )
            if shown is not None:
                known = (screen, name) in watch.known
                (watch.later if known else watch.first).append((shown, watch.where))
                watch.known.add((screen, name))
            self.quiet()
            self.spot = None

    return Hand


def main() -> None:
    """Walk, and say the figures as JSON in the last line."""
    watch = walked(Path(sys.argv[1]) / str(os.getpid()), int(sys.argv[2]))
    print("\n".join(watch.worst()), file=sys.stderr)
    print(json.dumps(watch.figures()))


if __name__ == "__main__":
    main()
