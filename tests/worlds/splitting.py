"""A process split off from this one, which has imported what a new one would import anew."""

from __future__ import annotations

import os
import signal
import sys
import traceback
import warnings
from collections.abc import Callable
from contextlib import suppress
from tempfile import TemporaryFile
from typing import IO


def split_off(work: Callable[[], int], typed: str = "") -> tuple[int, str, str]:
    """Do `work` in a process of its own: its exit code, and what it said on either channel.

    What `work` returns is the exit code, or what it leaves with; `typed` is what it is told.
    """
    with TemporaryFile() as heard, TemporaryFile() as out, TemporaryFile() as trouble:
        heard.write(typed.encode())
        heard.seek(0)
        process = os.fork()
        if process == 0:
            _be_the_process(work, (heard, out, trouble))
        try:
            code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        except BaseException:  # nobody waits any more, for it or for what it has split off
            with suppress(ProcessLookupError):
                os.killpg(process, signal.SIGKILL)
            raise
        said, told = (_all_of(channel) for channel in (out, trouble))
    return code, said, told


def _all_of(channel: IO[bytes]) -> str:
    channel.seek(0)
    return channel.read().decode()


def _be_the_process(work: Callable[[], int], channels: tuple[IO[bytes], ...]) -> None:
    """Be the process whose input, output and errors are `channels`, and end."""
    code = 70
    try:
        os.setpgid(0, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        for number, channel in enumerate(channels):
            os.dup2(channel.fileno(), number)
        sys.stdin = os.fdopen(0, encoding="utf-8")
        sys.stdout = os.fdopen(1, "w", encoding="utf-8")
        sys.stderr = os.fdopen(2, "w", encoding="utf-8")
        warnings.resetwarnings()
        code = _exit_code(work)
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    finally:
        os._exit(code)


def _exit_code(work: Callable[[], int]) -> int:
    try:
        return work()
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1
