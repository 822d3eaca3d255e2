"""The short form of a harness as a test runs it: the same command that a person would type."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def harness(name: str, *more: str) -> dict[str, Any]:
    """What the harness counted. It has a process of its own, since it forks and kills."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults", name, "--json", *more],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if not done.stdout.startswith("{"):
        raise AssertionError(done.stdout + done.stderr)
    told: dict[str, Any] = json.loads(done.stdout)
    return told
