"""What a new table about a person costs: three files, and none of the other tests notices.

The example stands in `tests/models/thanks`; CONTRIBUTING.md points to it.
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
from kiosk.models.migrations import LATEST
from tests.worlds.kept import FOLDER

ROOT = ASSETS.parent
EXAMPLE = Path(__file__).parent / "thanks"
NEW = f"{int(LATEST) + 1:04d}"
TABLE = "kiosk/models/perks.py"
MIGRATION = f"kiosk/models/migrations/versions/{NEW}_thanks.py"
TEST = "tests/services/perks/test_thanks.py"
MADE = """
from kiosk.models import whole_schema
print(whole_schema.digest(whole_schema.made_by_the_migrations()))
"""
"""Says what the failing test of the newest migration says."""
WATCHERS = (
    "tests/models/test_about.py",
    "tests/models/test_migrations.py",
    "tests/models/test_whole_schema.py::test_the_newest_migration_says_what_all_migrations_make",
    "tests/services/my_data/test_copies.py::test_a_full_copy_is_what_the_schema_says",
    "tests/services/my_data/test_copies.py::test_every_fact_has_its_word",
)
"""The tests that a table which is entered somewhere else than in these files makes fail."""


@pytest.mark.long
def test_a_table_about_a_person_is_three_files(tmp_path: Path) -> None:
    for folder in ("kiosk", "tests", "scripts"):
        unneeded = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=unneeded)
    for beside in ("assets", "docs", "pyproject.toml"):
        (tmp_path / beside).symlink_to(ROOT / beside)
    with (tmp_path / TABLE).open("a") as model:
        model.write("\n\n" + _part("table.py", "class Thanks"))
    numbered = _part("migration.py").replace("REVISION", NEW).replace("LATEST", LATEST)
    (tmp_path / MIGRATION).write_text(numbered)
    (tmp_path / TEST).write_text(_part("tested.py"))
    assert sorted(_differing(tmp_path)) == sorted((TABLE, MIGRATION, TEST))

    # Worlds of this run have no such table in them.
    around = {name: value for name, value in os.environ.items() if name != FOLDER}
    around |= {"PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    made = subprocess.run(
        [sys.executable, "-c", MADE], cwd=tmp_path, env=around, stdout=subprocess.PIPE, check=True
    )
    (tmp_path / MIGRATION).write_text(numbered.replace("DIGEST", made.stdout.decode().strip()))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", TEST, *WATCHERS],
        cwd=tmp_path,
        env=around,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _part(name: str, begins: str = "") -> str:
    text = (EXAMPLE / name).read_text("utf-8")
    return text[text.index(begins) :]


def _differing(copied: Path) -> Iterator[str]:
    for each in copied.rglob("*"):
        beside = ROOT / each.relative_to(copied)
        told = each.is_file() and not each.is_symlink() and "assets" not in each.parts
        if told and not (beside.exists() and filecmp.cmp(each, beside, shallow=False)):
            yield str(each.relative_to(copied))
