"""The line to systemd, held against a real datagram socket."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.devices.watchdog import Watchdog, watchdog


@pytest.fixture(params=["file", "abstract"])
def systemd(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[socket.socket]:
    name = str(tmp_path / "notify") if request.param == "file" else f"\0kiosk-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(name)
        listener.settimeout(2)
        yield listener


def address_of(listener: socket.socket) -> str:
    name = listener.getsockname()
    return name if isinstance(name, str) else "@" + name[1:].decode()


def test_systemd_hears_ready_alive_and_stopping(systemd: socket.socket) -> None:
    line = watchdog({"NOTIFY_SOCKET": address_of(systemd), "WATCHDOG_USEC": "10000000"})
    assert line.interval == 5.0
    assert line.ready()
    assert line.alive()
    assert line.stopping()
    heard = [systemd.recv(100) for _ in range(3)]
    assert heard == [b"READY=1", b"WATCHDOG=1", b"STOPPING=1"]


def test_without_systemd_nothing_is_told() -> None:
    line = watchdog({})
    assert line == Watchdog()
    assert not line.ready()


def test_a_line_that_nobody_listens_to_is_no_trouble(tmp_path: Path) -> None:
    assert not watchdog({"NOTIFY_SOCKET": str(tmp_path / "gone")}).alive()


def test_a_full_line_does_not_hold_the_screen_up(systemd: socket.socket) -> None:
    line = watchdog({"NOTIFY_SOCKET": address_of(systemd)})
    answers = [line.alive() for _ in range(2000)]
    assert answers[0]
    assert not answers[-1]


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"WATCHDOG_USEC": "0"},
        {"WATCHDOG_USEC": "soon"},
        {"WATCHDOG_USEC": "²"},
        {"WATCHDOG_USEC": "10000000", "WATCHDOG_PID": "1"},
    ],
)
def test_no_heartbeat_is_promised_to_somebody_who_did_not_ask(environment: dict[str, str]) -> None:
    assert watchdog({"NOTIFY_SOCKET": "/run/x", **environment}).interval is None


def test_a_heartbeat_meant_for_this_process_is_kept() -> None:
    asked = {"WATCHDOG_USEC": "4000000", "WATCHDOG_PID": str(os.getpid())}
    assert watchdog({"NOTIFY_SOCKET": "/run/x", **asked}).interval == 2.0


def test_an_address_that_is_none_is_ignored() -> None:
    assert watchdog({"NOTIFY_SOCKET": "vsock:2:1234"}) == Watchdog()
