"""Every static check of the project, side by side; all of them run, even after one fails.

Usage: python -m scripts.checks [NAME...]
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ("kiosk", "tests", "scripts")
_IMPORT_LINTER = "from importlinter.cli import lint_imports_command as run; run()"
_LEAVING_NOTHING = ("-p", "no:cacheprovider", "--basetemp=build/house-rules")

CHECKS: dict[str, tuple[str, ...]] = {
    "types": ("-m", "mypy", "--strict", *SOURCES),
    "screens": ("-m", "scripts.qml_lint"),
    "house rules": ("-m", "pytest", "-q", *_LEAVING_NOTHING, "tests/test_house_rules.py"),
    "floors": ("-c", _IMPORT_LINTER),
    "lint": ("-m", "ruff", "check", "."),
    "format": ("-m", "ruff", "format", "--check", "."),
}
"""The longest first, so that none of them is waited for alone."""


def main(chosen: list[str]) -> int:
    """Run the checks named in `chosen`, or all; 1 when any failed."""
    unknown = set(chosen) - CHECKS.keys()
    if unknown:
        print(
            f"There is no check called {', '.join(sorted(unknown))}; there are: "
            f"{', '.join(CHECKS)}.",
            file=sys.stderr,
        )
        return 2
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as places:
        begun = [places.submit(_passes, name) for name in CHECKS if name in (chosen or CHECKS)]
        outcomes = dict(each.result() for each in as_completed(begun))
    failed = [name for name, well in outcomes.items() if not well]
    print(f"\nchecks failed: {', '.join(failed)}" if failed else "\nall checks passed")
    return 1 if failed else 0


def _passes(name: str) -> tuple[str, bool]:
    """Run one check, and print what it said in one piece when it is done."""
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, *CHECKS[name]],
        cwd=ROOT,
        check=False,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    outcome = "passed" if done.returncode == 0 else "FAILED"
    took = time.monotonic() - begun
    print(f"\n== {name}\n{done.stdout}== {name}: {outcome} after {took:.1f} s", flush=True)
    return name, done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
