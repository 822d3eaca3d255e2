"""One trial: a copy of the hall, a process at work in it, and something that happens to it.

The process is forked from one that has everything imported, opens the village as the program does,
and tells what it did through a socket: what it has said was done, was done for somebody. strace
attaches to it where a system call is to fail or to be the last.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import subprocess
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.core.errors import KioskError
from tests.faults import audit, hall
from tests.faults.hall import Ack, Hall
from tests.faults.worker import Worker

WRITES = "pwrite64,write,ftruncate,fsync,fdatasync,unlink,rename"
"""The calls with which SQLite and the program change what is on a disk."""


def warm_up(template: Path, root: Path, found: Hall, work: Callable[[Worker], None]) -> None:
    """Do the work once in this process, so that those forked from it know every statement."""
    hall.copy(template, root)
    with hall.opened(root, found.clock).closing() as village:
        work(Worker(village, found, lambda _: None, 1))
        audit.broken(village)


@dataclass
class Child:
    """A worker process: its id, and what it has told so far."""

    pid: int
    line: socket.socket
    told: list[Ack] = field(default_factory=list)
    heard: int = 0
    """How many acknowledgements were heard so far, for whoever does not wait for the end."""

    def go(self) -> None:
        """Let it begin."""
        self.line.sendall(b"g")

    def listen(self) -> list[Ack]:
        """Hear it out until it is gone."""
        pieces = []
        with suppress(ConnectionResetError):
            while piece := self.line.recv(1 << 16):
                pieces.append(piece)
                self.heard += piece.count(b'"op"')
        self.line.close()
        whole = b"".join(pieces).decode().split("\n")[:-1]  # a last half line was never said
        self.told = [json.loads(each) for each in whole]
        return self.told

    def kill(self) -> None:
        """As kill -9 does."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def reap(self) -> int:
        """Its exit status, once it is gone."""
        return os.waitpid(self.pid, 0)[1]


def start(root: Path, found: Hall, work: Callable[[Worker], None], seed: int) -> Child:
    """Fork a worker that opens the village in `root` and waits for the word to begin."""

    def opened(tell: Callable[[Ack], None]) -> None:
        with hall.opened(root, found.clock).closing() as village:
            work(Worker(village, found, tell, seed))

    return start_bare(opened)


def start_bare(work: Callable[[Callable[[Ack], None]], None]) -> Child:
    """Fork a process that waits for the word to begin, and then does `work`."""
    gc.freeze()  # a collection in the child would copy every page of what it was forked from
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        ours.close()
        with suppress(BaseException):
            _live(work, theirs)
        os._exit(0)
    theirs.close()
    return Child(pid, ours)


def _live(work: Callable[[Callable[[Ack], None]], None], line: socket.socket) -> None:
    def tell(said: Ack) -> None:
        line.sendall((json.dumps(said, ensure_ascii=False) + "\n").encode())

    line.recv(1)
    try:
        work(tell)
    except KioskError as refusal:
        tell({"refused": refusal.code})
    except Exception as bug:
        tell({"bug": f"{type(bug).__name__}: {bug}"[:300]})
    tell({"end": True})


@dataclass
class Strace:
    """strace on a running process, told what to inject."""

    process: subprocess.Popen[str]

    @classmethod
    def attach(cls, pid: int, *arguments: str) -> Strace:
        """Attach, and come back once it holds the process."""
        command = ["strace", "-f", "-o", "/dev/null", *arguments, "-p", str(pid)]
        process = subprocess.Popen(
            command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, encoding="utf-8"
        )
        assert process.stderr is not None
        said = process.stderr.readline()
        if "attached" not in said:
            raise RuntimeError(f"strace did not attach: {said}")
        return cls(process)

    def wait(self) -> None:
        """It ends with the process it holds."""
        assert self.process.stderr is not None
        self.process.stderr.close()
        self.process.wait()


def inject(calls: str, what: str) -> tuple[str, ...]:
    """strace's arguments to do `what` at some of `calls`."""
    return ("-e", f"trace={calls}", "-e", f"inject={calls}:{what}")
