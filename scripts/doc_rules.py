"""What a page says must be there: a file that it names moves, and the page does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_NAMED = re.compile(r"`([\w./-]+/[\w.-]+\.(?:py|qml|toml|sh))`")
_PARTS = ("kiosk", "tests", "scripts", "assets", "packaging", "requirements")


def files_are_named_that_are_there(root: Path) -> Iterator[str]:
    """In `docs`, a path of the tree, or the end of one, that no file has.

    The examples of `CONTRIBUTING.md` are of files that somebody is going to make.
    """
    there = [
        f"/{file.relative_to(root)}"
        for part in _PARTS
        for file in (root / part).rglob("*.*")
        if "__pycache__" not in file.parts
    ]
    for page in sorted((root / "docs").rglob("*.md")):
        for name in sorted(set(_NAMED.findall(page.read_text("utf-8")))):
            if not any(path.endswith(f"/{name}") for path in there):
                yield f"{page.relative_to(root)}: {name}"
