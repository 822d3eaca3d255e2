"""The program's commands as a keeper types them: a process, what it said, and its exit code."""

from __future__ import annotations

import os
import runpy
import signal
import subprocess
import sys
import traceback
import warnings
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from kiosk.cli.main import commands

ROOT = Path(__file__).parents[1]
_UNWANTED = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "KIOSK_DATABASE_URL")
_begun: set[str] = set()
"""The commands that this process has seen begin from nothing."""

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
    with TemporaryFile() as heard, TemporaryFile() as out, TemporaryFile() as trouble:
        heard.write(typed.encode())
        heard.seek(0)
        process = os.fork()
        if process == 0:
            _be_the_command(words, around, (heard, out, trouble))
        code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        said = ""
        for channel in (out, trouble):
            channel.seek(0)
            said += channel.read().decode()
    return code, said


def _be_the_command(
    words: list[str], around: dict[str, str], channels: tuple[IO[bytes], ...]
) -> None:
    """Be the process of a command, whose input, output and errors are `channels`, and end."""
    code = 70
    try:
        signal.setitimer(signal.ITIMER_REAL, 0)
        for number, channel in enumerate(channels):
            os.dup2(channel.fileno(), number)
        sys.stdin = os.fdopen(0, encoding="utf-8")
        sys.stdout = os.fdopen(1, "w", encoding="utf-8")
        sys.stderr = os.fdopen(2, "w", encoding="utf-8")
        os.chdir(ROOT)
        os.environ.clear()
        os.environ.update(around)
        for name in [each for each in sys.modules if each.startswith("kiosk.cli")]:
            del sys.modules[name]  # it chooses its language as it is imported
        sys.argv = ["kiosk", *words]
        warnings.resetwarnings()
        code = _exit_code()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    finally:
        os._exit(code)


def _exit_code() -> int:
    try:
        runpy.run_module("kiosk", run_name="__main__", alter_sys=True)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1
    return 0
