"""What a new screen costs: six files; the tile, the picture and the walk follow its entry.

The example stands in `tests/ui/in_force`; CONTRIBUTING.md points to it.
"""

from __future__ import annotations

import filecmp
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.core.paths import ASSETS
from tests.worlds.kept import FOLDER

ROOT = ASSETS.parent
EXAMPLE = Path(__file__).parent / "in_force"
TEST = "tests/ui/rulebook/test_in_force_screen.py"
WHOLE = {
    "kiosk/ui/rulebook/InForceScreen.qml": "screen.qml",
    "kiosk/ui/rulebook/in_force_model.py": "view_model.py",
    TEST: "tested.py",
}
WORDS = {f"assets/translations/{each}/rules.toml": f"{each}.toml" for each in ("zh", "en")}
SCREENS = "kiosk/ui/shell/screens.py"
WATCHERS = (
    "tests/ui/test_tiles.py::test_a_tile_leads_to_its_screen_whose_texts_are_whole[in_force]",
    "tests/ui/test_double_taps.py::test_every_screen_is_walked_through",
    "tests/test_house_rules.py",
)
"""The tests that a screen which is entered somewhere else than in these files makes fail."""
DRAWN = "from scripts.shot_list import SHOTS; assert 'in_force' in [shot.name for shot in SHOTS]"


@pytest.mark.long
def test_a_screen_is_six_files(tmp_path: Path) -> None:
    copy_program(tmp_path)
    for file, part in WHOLE.items():
        (tmp_path / file).write_text((EXAMPLE / part).read_text("utf-8"), "utf-8")
    for file, part in WORDS.items():
        with (tmp_path / file).open("a", encoding="utf-8") as words:
            words.write((EXAMPLE / part).read_text("utf-8"))
    enter_screen(tmp_path / SCREENS)
    assert sorted(differing(tmp_path)) == sorted((*WHOLE, *WORDS, SCREENS))

    run(tmp_path, "-m", "pytest", "-q", "-p", "no:cacheprovider", TEST, *WATCHERS)
    run(tmp_path, "-m", "scripts.qml_lint")
    run(tmp_path, "-c", DRAWN)


def copy_program(folder: Path) -> None:
    unneeded = shutil.ignore_patterns("__pycache__")
    for each in ("kiosk", "tests", "scripts", "assets/translations"):
        shutil.copytree(ROOT / each, folder / each, ignore=unneeded)
    for kept in (*(ROOT / "assets").iterdir(), ROOT / "docs", ROOT / "pyproject.toml"):
        beside = folder / kept.relative_to(ROOT)
        if not beside.exists():
            beside.symlink_to(kept)


def enter_screen(screens: Path) -> None:
    """At the end of the list."""
    entry = (EXAMPLE / "entry.py").read_text("utf-8").partition("NEW = (\n")[2]
    listed = screens.read_text("utf-8")
    screens.write_text(listed.replace(")\n\nNOT_YET", f"{entry}\nNOT_YET"), "utf-8")


def run(folder: Path, *command: str) -> None:
    # Worlds of this run are of the program as it is.
    around = {name: value for name, value in os.environ.items() if name != FOLDER}
    done = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=around | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def differing(copied: Path) -> Iterator[str]:
    for each in copied.rglob("*"):
        beside = ROOT / each.relative_to(copied)
        if each.is_file() and not (beside.exists() and filecmp.cmp(each, beside, shallow=False)):
            yield str(each.relative_to(copied))
