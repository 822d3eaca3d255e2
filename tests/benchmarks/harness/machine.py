"""On what machine, beside what load and with which versions something was measured."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from importlib.metadata import version
from pathlib import Path

from scripts.house_rules import ROOT
from tests.benchmarks.harness.line import NotToBeHad

PEERS = ROOT / "build" / "bench-venv"
"""The environment of what stands beside the kiosk; ./kiosk.sh bench makes it."""
_OURS = ("PySide6_Essentials", "SQLAlchemy", "pysqlite3", "reportlab", "qrcode", "psycopg")
_LOCK = ROOT / "requirements" / "bench.txt"


def peers_python() -> Path:
    """The interpreter of the peers' environment.

    Raises:
        NotToBeHad: it was not made; the sentence says how.
    """
    python = PEERS / "bin" / "python"
    if not python.exists():
        raise NotToBeHad("its environment is not there; `./kiosk.sh bench` makes it")
    return python


def machine() -> dict[str, object]:
    """The machine, its load and the versions, as plain values."""
    import pysqlite3

    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gib": round(_memory() / 2**20, 1),
        "system": platform.platform(),
        "load": [round(each, 2) for each in os.getloadavg()],
        "versions": {
            "Python": platform.python_version(),
            "SQLite": pysqlite3.sqlite_version,
            **{name: version(name) for name in _OURS},
            **_programs(),
        },
        "peers": dict(re.findall(r"^([a-z0-9-]+)==([\w.]+)", _LOCK.read_text("utf-8"), re.M)),
        "commit": _said("git", "-C", str(ROOT), "describe", "--always", "--dirty"),
    }


def _processor() -> str:
    names = re.findall(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text("utf-8"), re.M)
    return names[0] if names else platform.machine()


def _memory() -> int:
    found = re.search(r"MemTotal:\s+(\d+) kB", Path("/proc/meminfo").read_text("utf-8"))
    return int(found[1]) if found else 0


def _programs() -> dict[str, str]:
    found = {"Chromium": _said("chromium", "--version"), "PostgreSQL": _said("psql", "--version")}
    numbers = {name: re.search(r"\d+(\.\d+)+", said) for name, said in found.items()}
    return {name: number[0] for name, number in numbers.items() if number}


def _said(*command: str) -> str:
    """What a program says; nothing where it is not there."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    except OSError:
        return ""
    return done.stdout.strip()
