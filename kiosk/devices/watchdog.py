"""Tell systemd that the kiosk is up and alive (sd_notify(3)), so that it restarts one that hangs.

Without systemd there is no ``NOTIFY_SOCKET`` and nothing is told. The GUI thread's own timer has
to call `alive`: a heartbeat from another thread would outlive a frozen screen.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Watchdog:
    """The line to systemd; `interval` is how often to call `alive`, None when nobody asks."""

    address: str = ""
    interval: float | None = None

    def ready(self) -> bool:
        """Say that the first screen stands."""
        return self._tell("READY=1")

    def alive(self) -> bool:
        """Say that the screen still answers."""
        return self._tell("WATCHDOG=1")

    def stopping(self) -> bool:
        """Say that the end is meant."""
        return self._tell("STOPPING=1")

    def _tell(self, message: str) -> bool:
        """Send; False when nobody listens. Never waits: a lost heartbeat is followed by another."""
        if not self.address:
            return False
        address = f"\0{self.address[1:]}" if self.address.startswith("@") else self.address
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line:
                line.setblocking(False)
                line.sendto(message.encode("ascii"), address)
        except OSError:
            return False
        return True


def watchdog(environment: Mapping[str, str] = os.environ) -> Watchdog:
    """Make the line that `environment` describes: half of systemd's time-out, as it advises."""
    address = environment.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return Watchdog()
    return Watchdog(address, _interval(environment))


def _interval(environment: Mapping[str, str]) -> float | None:
    """Seconds between two heartbeats, if systemd asked this very process for them."""
    asked = environment.get("WATCHDOG_USEC", "")
    meant = environment.get("WATCHDOG_PID", str(os.getpid()))
    if not asked.isascii() or not asked.isdigit() or meant != str(os.getpid()):
        return None
    return int(asked) / 2_000_000 or None
