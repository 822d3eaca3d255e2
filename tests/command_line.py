"""The program's commands as a keeper types them: a process, what it said, and its exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


OFFICIALS = (
    "周根土,1961-05-04,东街,1,officer",
    "王建国,1958-11-20,桥南,3,officer",
    "李秀兰,1970-02-14,西巷,5,clerk",
)


def kiosk(*arguments: object, data: Path, typed: str = "", **environment: str) -> tuple[int, str]:
    """Run a command; its exit code, and what it said on both channels."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "KIOSK_DATABASE_URL")
    }
    answer = subprocess.run(
        [sys.executable, "-m", "kiosk", "--data", data, *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        input=typed,
        cwd=ROOT,
        env={**inherited, "KIOSK_LANGUAGE": "en", **environment},
        check=False,
    )
    said = answer.stdout + answer.stderr
    assert "Traceback" not in said
    return answer.returncode, said
