"""The program in a folder of its own, for the worked examples that change it and count files."""

from __future__ import annotations

import filecmp
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from kiosk.core.paths import ASSETS
from tests.worlds.kept import FOLDER

ROOT = ASSETS.parent
_SOURCES = ("kiosk", "tests", "scripts")
_OWN = ("assets/translations", "docs/flow.md")
_BESIDE = ("packaging", "pyproject.toml", "CHANGELOG.md", "README.md", "CONTRIBUTING.md")


def copy_program(folder: Path) -> None:
    """The sources, with what Python has compiled of them; what is large and stays, by links."""
    being_written = shutil.ignore_patterns("*.pyc.*")
    for part in _SOURCES:
        shutil.copytree(ROOT / part, folder / part, ignore=being_written)
    for part in ("assets", "docs"):
        (folder / part).mkdir()
        for each in (ROOT / part).iterdir():
            there = folder / part / each.name
            if f"{part}/{each.name}" not in _OWN:
                there.symlink_to(each)
            elif each.is_dir():
                shutil.copytree(each, there)
            else:
                shutil.copy(each, there)
    for beside in _BESIDE:
        (folder / beside).symlink_to(ROOT / beside)


def differing(copied: Path) -> Iterator[str]:
    """The files of the copy that the program does not have, or has otherwise."""
    for each in copied.rglob("*"):
        linked = each.is_symlink() or any(above.is_symlink() for above in each.parents)
        beside = ROOT / each.relative_to(copied)
        if each.is_dir() or linked or each.suffix == ".pyc":
            continue
        if not (beside.exists() and filecmp.cmp(each, beside, shallow=False)):
            yield str(each.relative_to(copied))


def run_in(copied: Path, *command: str) -> str:
    """Run Python in the copy, with worlds of its own: those of this run are of the program.

    What it says is returned; that it ends well is asserted.
    """
    around = {name: value for name, value in os.environ.items() if name != FOLDER}
    done = subprocess.run(
        [sys.executable, *command],
        cwd=copied,
        env=around | {"PYTHONPATH": str(copied), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
