"""Where there is no display the kiosk is looked at, and touched, by VNC from its own machine."""

from __future__ import annotations

import os
import re
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.core.clock import SettableClock
from kiosk.core.paths import DataDirectory
from kiosk.services.upkeep.opening import found_village
from kiosk.ui.shell import remote_view
from tests.conftest import SETTINGS

pytestmark = pytest.mark.long

PATIENCE_SECONDS = 60
WIDTH, HEIGHT = 1280, 800
LANGUAGE_BUTTON = (1170, 46)
LISTENS = "0A"
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


class Viewer:
    """As much of a VNC viewer (RFC 6143) as it takes to look and to tap."""

    def __init__(self, port: int) -> None:
        self._line = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS)
        self._line.sendall(self._read(12))  # the version that it offers
        assert struct.unpack(">I", self._read(4)) == (1,)  # no authentication
        self._line.sendall(b"\1")
        self.size = struct.unpack(">HH", self._read(4))
        self._read(16)
        self._read(*struct.unpack(">I", self._read(4)))
        true_colour = struct.pack(">4B3H3B3x", 32, 24, 0, 1, 255, 255, 255, 16, 8, 0)
        self._line.sendall(b"\0\0\0\0" + true_colour)
        self._line.sendall(struct.pack(">BxHi", 2, 1, 0))  # raw pixels

    def picture(self) -> bytes:
        """The pixels of the whole screen, four bytes each."""
        self._line.sendall(struct.pack(">BBHHHH", 3, 0, 0, 0, *self.size))
        kind, rectangles = struct.unpack(">BxH", self._read(4))
        assert (kind, rectangles) == (0, 1)
        *_, width, height, encoding = struct.unpack(">HHHHi", self._read(12))
        assert encoding == 0
        return self._read(width * height * 4)

    def tap(self, place: tuple[int, int]) -> None:
        for buttons in (1, 0):
            self._line.sendall(struct.pack(">BBHH", 5, buttons, *place))

    def close(self) -> None:
        self._line.close()

    def _read(self, wanted: int) -> bytes:
        got = bytearray()
        while len(got) < wanted:
            got += (part := self._line.recv(wanted - len(got)))
            assert part, "the kiosk closed the line"
        return bytes(got)


@pytest.fixture
def village(tmp_path: Path, clock: SettableClock) -> Path:
    directory = DataDirectory(tmp_path / "village")
    with found_village(directory, SETTINGS, clock).closing():
        return directory.root


@contextmanager
def running(village: Path, *options: str) -> Iterator[tuple[int, int, str]]:
    """A kiosk without a display: its process, the port it names, and all it said so far."""
    environment = {name: value for name, value in os.environ.items() if name not in DISPLAYS}
    environment["KIOSK_LANGUAGE"] = "en"
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "kiosk", "--data", village, "run", *options],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    ) as kiosk:
        assert kiosk.stderr is not None
        try:
            said = "".join(kiosk.stderr.readline() for _ in range(4))
            found = re.search(r"127\.0\.0\.1:(\d+)", said)
            assert found, said
            yield kiosk.pid, int(found[1]), said
        finally:
            kiosk.terminate()
    assert kiosk.returncode == 0


def listening(process: int) -> set[str]:
    """The addresses, as the kernel writes them, on which `process` listens to the network."""
    held = Path(f"/proc/{process}/fd").iterdir()
    sockets = {str(each.readlink()) for each in held if each.is_symlink()}
    addresses = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{process}/net/{table}").read_text().splitlines()[1:]:
            _, address, _, state, *rest = line.split()
            if state == LISTENS and f"socket:[{rest[5]}]" in sockets:
                addresses.add(address)
    return addresses


def test_without_a_display_it_is_seen_and_touched_by_vnc(village: Path) -> None:
    with running(village) as (_, port, said):
        assert f"ssh -L {port}:127.0.0.1:{port} {socket.gethostname()}" in said
        viewer = Viewer(port)
        assert viewer.size == (WIDTH, HEIGHT)
        before = painted(viewer)
        end = time.monotonic() + PATIENCE_SECONDS
        while viewer.picture() == before:  # a tap that comes before the screen has settled
            assert time.monotonic() < end, "a tap changes nothing"
            viewer.tap(LANGUAGE_BUTTON)
            time.sleep(1)
        viewer.close()


def painted(viewer: Viewer) -> bytes:
    """The picture of the start screen, once it stands still and has more than one colour."""
    end = time.monotonic() + PATIENCE_SECONDS
    last = b""
    while (now := viewer.picture()) != last or len(set(now[::997])) < 5:
        assert time.monotonic() < end, "nothing is painted"
        last = now
        time.sleep(0.5)
    return now


def test_only_this_machine_can_look(village: Path) -> None:
    with running(village, "--window", "800x1280") as (process, port, _):
        viewer = Viewer(port)
        assert viewer.size == (800, 1280)
        viewer.close()
        assert listening(process) == {f"0100007F:{port:04X}"}


def test_a_port_that_is_taken_is_passed_over() -> None:
    with remote_view.free_listener() as first, remote_view.free_listener() as second:
        assert first.getsockname()[1] < second.getsockname()[1]
