"""Looking at the kiosk where there is no display: by VNC, from this machine alone.

Qt's VNC platform (https://doc.qt.io/qt-6/qpa.html) takes no password and listens on every address.
The listening socket is therefore replaced, before Qt accepts anybody, by one that is bound to
127.0.0.1. `docs/decisions/without-a-display.md` has the alternatives.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from kiosk.core.errors import EnvironmentFault

USUAL_SIZE = (1280, 800)
MM_PER_PIXEL = 261 / 1280
"""A panel of 12.1 inches with 1280 pixels across: what a viewer's window is taken for."""
LOOPBACK = "127.0.0.1"
PORTS = range(5900, 5964)
"""5900 is display :0 of RFC 6143; the next ones are tried where it is taken."""
_FIRST_TURNS = 50


def platform(size: tuple[int, int] | None) -> str:
    """The value of QT_QPA_PLATFORM for a screen of `size` pixels, `USUAL_SIZE` if None."""
    width, height = size or USUAL_SIZE
    millimetres = f"{width * MM_PER_PIXEL:.1f}x{height * MM_PER_PIXEL:.1f}"
    # Port 0 lets the system choose: the socket that Qt opens there never serves anybody.
    return f"vnc:size={width}x{height}:mmsize={millimetres}:port=0"


def serve_this_machine_alone() -> int:
    """Put the listening socket of Qt's VNC platform on 127.0.0.1, and return its port.

    Call it once, when the application exists and before its event loop runs.

    Raises:
        EnvironmentFault: ``no_display``, when Qt opened no socket or every port is taken.
    """
    for _ in range(_FIRST_TURNS):
        QCoreApplication.processEvents()
        for descriptor in _listening():
            return _replace(descriptor)
    raise EnvironmentFault("no_display")


def _listening() -> Iterator[int]:
    """The descriptors of this process on which the network could come in."""
    for each in Path("/proc/self/fd").iterdir():
        try:
            with socket.socket(fileno=os.dup(int(each.name))) as held:
                internet = held.family in (socket.AF_INET, socket.AF_INET6)
                if internet and held.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                    yield int(each.name)
        except OSError:
            continue  # no socket, or the descriptor with which the folder was read


def _replace(descriptor: int) -> int:
    with free_listener() as ours:
        ours.setblocking(False)
        os.dup2(ours.fileno(), descriptor, inheritable=False)
        return int(ours.getsockname()[1])


def free_listener() -> socket.socket:
    """A socket that listens on the first of `PORTS` that nobody has.

    Raises:
        EnvironmentFault: ``no_display``.
    """
    for port in PORTS:
        ours = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            ours.bind((LOOPBACK, port))
            ours.listen()
        except OSError:
            ours.close()
            continue
        return ours
    raise EnvironmentFault("no_display")
