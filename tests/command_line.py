"""The program's commands as a keeper types them: a process, what it said, and its exit code."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
from functools import partial
from pathlib import Path

from kiosk.cli.main import commands
from kiosk.core.clock import SystemClock, village_day
from tests.worlds.splitting import split_off

ROOT = Path(__file__).parents[1]
_UNWANTED = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "KIOSK_DATABASE_URL")
_begun: set[str] = set()
"""The commands that this process has seen begin from nothing."""

TODAY = village_day(SystemClock().now()).isoformat()
LOG = ("--origin", "yangqiao.example/good-deed-book", "--assembly", TODAY)
NAMED = ("--name-zh", "杨桥村", "--name-en", "Yangqiao", *LOG)
"""What every founding is told, but for its officials."""
OFFICIALS = (
    "周根土,1961-05-04,东街,1,officer",
    "王建国,1958-11-20,桥南,3,officer",
    "李秀兰,1970-02-14,西巷,5,clerk",
)


def kiosk(*arguments: object, data: Path, typed: str = "", **environment: str) -> tuple[int, str]:
    """Run a command; its exit code, and what it said on both channels.

    Each command begins from nothing the first time, as it does for a keeper. From then on its
    process is split off from this one, which has imported by then what takes most of its time.
    """
    inherited = {name: value for name, value in os.environ.items() if name not in _UNWANTED}
    around = {**inherited, "KIOSK_LANGUAGE": "en", **environment}
    words = ["--data", str(data), *map(str, arguments)]
    command = next((each for each in words[2:] if each in commands.commands), "")
    run = _split_off if command in _begun else _from_nothing
    _begun.add(command)
    code, said = run(words, typed, around)
    assert "Traceback" not in said, said
    return code, said


def _from_nothing(words: list[str], typed: str, around: dict[str, str]) -> tuple[int, str]:
    answer = subprocess.run(
        [sys.executable, "-m", "kiosk", *words],
        capture_output=True,
        encoding="utf-8",
        input=typed,
        cwd=ROOT,
        env=around,
        check=False,
    )
    return answer.returncode, answer.stdout + answer.stderr


def _split_off(words: list[str], typed: str, around: dict[str, str]) -> tuple[int, str]:
    code, said, trouble = split_off(partial(_be_the_command, words, around), typed)
    return code, said + trouble


def _be_the_command(words: list[str], around: dict[str, str]) -> int:
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(around)
    for name in [each for each in sys.modules if each.startswith("kiosk.cli")]:
        del sys.modules[name]  # it chooses its language as it is imported
    sys.argv = ["kiosk", *words]
    runpy.run_module("kiosk", run_name="__main__", alter_sys=True)
    return 0
