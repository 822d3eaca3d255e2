"""How long from the command to the first painted frame, in fresh processes, offscreen."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kiosk.services.village import Village

RUNS = 7
START = """
import os, sys, time
from pathlib import Path
from kiosk.core.paths import DataDirectory
from kiosk import app

def first_frame(stage):
    def painted():
        passed = time.clock_gettime(time.CLOCK_MONOTONIC) - float(os.environ["BEGAN"])
        print(f"{passed:.4f}", flush=True)
        os._exit(0)
    stage.window.frameSwapped.connect(painted)

whole = app.Stage.show
def show(stage):
    first_frame(stage)
    whole(stage)
app.Stage.show = show
app.run(DataDirectory(Path(os.environ["KIOSK_DATA"])), (1920, 1080))
"""
IMPORTS = "import PySide6.QtQuick, PySide6.QtQml"


def seconds(code: str, village: Village) -> float:
    began = time.clock_gettime(time.CLOCK_MONOTONIC)
    environment = {
        **os.environ,
        "BEGAN": str(began),
        "KIOSK_DATA": str(village.directory.root),
        "QT_QPA_PLATFORM": "offscreen",
    }
    answer = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        encoding="utf-8",
        cwd=Path(__file__).parents[2],
        env=environment,
        check=True,
    )
    told = answer.stdout.strip()
    return float(told) if told else time.clock_gettime(time.CLOCK_MONOTONIC) - began


def test_cold_start_to_the_first_painted_frame(
    sqlite_village: Village, capsys: pytest.CaptureFixture[str]
) -> None:
    """The yardstick beside it is a process that only imports Qt Quick: the least there can be."""
    frames, imports = [], []
    for _ in range(RUNS):
        frames.append(seconds(START, sqlite_village))
        imports.append(seconds(IMPORTS, sqlite_village))
    frame, least = statistics.median(frames), statistics.median(imports)
    with capsys.disabled():
        print(f"\ncold start to first frame: median {frame:.2f} s (min {min(frames):.2f})")
        print(f"importing Qt Quick alone:  median {least:.2f} s, ratio {frame / least:.1f}")
    assert frame > least
