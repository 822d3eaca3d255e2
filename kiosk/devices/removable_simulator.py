"""Drives that are not there: each subfolder of one folder stands for a drive with its name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path


def simulated(folder: Path) -> Iterator[tuple[Path, str]]:
    """Folder and label of each drive; to pull one out, move its folder away."""
    if folder.is_dir():
        for each in sorted(folder.iterdir()):
            if each.is_dir() and not each.is_symlink():
                yield each, each.name
