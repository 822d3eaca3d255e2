"""Every static check of the project, one after the other; all of them run, even after one fails.

Usage: python -m scripts.checks [NAME...]
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ("kiosk", "tests", "scripts")
_IMPORT_LINTER = "from importlinter.cli import lint_imports_command as run; run()"

CHECKS: dict[str, tuple[str, ...]] = {
    "lint": ("-m", "ruff", "check", "."),
    "format": ("-m", "ruff", "format", "--check", "."),
    "types": ("-m", "mypy", "--strict", *SOURCES),
    "floors": ("-c", _IMPORT_LINTER),
    "screens": ("-m", "scripts.qml_lint"),
    "house rules": ("-m", "pytest", "-q", "tests/test_house_rules.py"),
}


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
    failed = [name for name in chosen or CHECKS if not _passes(name)]
    print(f"\nchecks failed: {', '.join(failed)}" if failed else "\nall checks passed")
    return 1 if failed else 0


def _passes(name: str) -> bool:
    print(f"\n== {name}", flush=True)
    begun = time.monotonic()
    done = subprocess.run([sys.executable, *CHECKS[name]], cwd=ROOT, check=False)
    outcome = "passed" if done.returncode == 0 else "FAILED"
    print(f"== {name}: {outcome} after {time.monotonic() - begun:.1f} s", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
