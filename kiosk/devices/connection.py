"""A line to a device: a TCP connection, a USB device file or a serial port.

All three are one file descriptor that is never waited for longer than a given time.
"""

from __future__ import annotations

import os
import select
import socket
import stat
import termios
import time
import tty
from pathlib import Path

_CHUNK = 4096


class Connection:
    """An open line; the owner of its descriptor."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def fileno(self) -> int:
        """Give the descriptor, for `select`."""
        return self._descriptor

    def write(self, content: bytes, seconds: float) -> None:
        """Write all of `content`.

        Raises:
            TimeoutError: nothing was taken for `seconds`.
            OSError: the line broke.
        """
        rest = memoryview(content)
        while rest:
            _, ready, _ = select.select([], [self._descriptor], [], seconds)
            if not ready:
                raise TimeoutError("the device takes nothing")
            rest = rest[self._written(rest) :]

    def _written(self, rest: memoryview) -> int:
        try:
            return os.write(self._descriptor, rest[:_CHUNK])
        except BlockingIOError:
            return 0

    def read(self, seconds: float) -> bytes:
        """Read what has come, or comes first within `seconds`; empty when nothing comes.

        Raises:
            OSError: the line broke or was closed at the other end.
        """
        ready, _, _ = select.select([self._descriptor], [], [], seconds)
        if not ready:
            return b""
        try:
            content = os.read(self._descriptor, _CHUNK)
        except BlockingIOError:
            return b""
        if not content:
            raise ConnectionResetError("closed at the other end")
        return content

    def close(self) -> None:
        """Close the line."""
        os.close(self._descriptor)


def connect(host: str, port: int, seconds: float) -> Connection:
    """Open a TCP connection, as most slip printers on a network take it at port 9100."""
    connection = socket.create_connection((host, port), seconds)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.setblocking(False)
    return Connection(connection.detach())


def open_device(path: Path, baud: int = 115200) -> Connection:
    """Open a device file such as ``/dev/usb/lp0``, ``/dev/ttyUSB0`` or ``/dev/ttyACM0``.

    Raises:
        OSError: it is not there, not permitted, or no device.
        ValueError: the serial port knows no such baud rate.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        _check_device(descriptor)
        if os.isatty(descriptor):
            _make_raw(descriptor, baud)
    except BaseException:
        os.close(descriptor)
        raise
    return Connection(descriptor)


def _check_device(descriptor: int) -> None:
    if not stat.S_ISCHR(os.fstat(descriptor).st_mode):
        raise OSError("a file stands where a device was expected")


def _make_raw(descriptor: int, baud: int) -> None:
    """Eight bits, no echo, no translation, at `baud`."""
    speed: int | None = getattr(termios, f"B{baud}", None)
    if speed is None:
        raise ValueError(f"no baud rate {baud}")
    tty.setraw(descriptor, termios.TCSANOW)
    settings = termios.tcgetattr(descriptor)
    settings[2] |= termios.CLOCAL | termios.CREAD
    settings[4] = settings[5] = speed
    termios.tcsetattr(descriptor, termios.TCSANOW, settings)


def remaining(deadline: float) -> float:
    """Seconds until the `time.monotonic` moment `deadline`, at least 0."""
    return max(0.0, deadline - time.monotonic())
