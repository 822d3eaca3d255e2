"""What a new table about a person costs: three files, and none of the other tests notices.

The example stands in `tests/models/greeting`; CONTRIBUTING.md points to it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.models.migrations import LATEST
from tests.worlds.copied import copy_program, differing, run_in
from tests.worlds.server import postgres

EXAMPLE = Path(__file__).parent / "greeting"
NEW = f"{int(LATEST) + 1:04d}"
TABLE = "kiosk/models/perks.py"
MIGRATION = f"kiosk/models/migrations/versions/{NEW}_greeting.py"
TEST = "tests/services/perks/test_greeting.py"
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
    copy_program(tmp_path)
    with (tmp_path / TABLE).open("a") as model:
        model.write("\n\n" + _part("table.py", "class Greeting"))
    numbered = _part("migration.py").replace("REVISION", NEW).replace("LATEST", LATEST)
    (tmp_path / MIGRATION).write_text(numbered)
    (tmp_path / TEST).write_text(_part("tested.py"))
    assert sorted(differing(tmp_path)) == sorted((TABLE, MIGRATION, TEST))

    digest = run_in(tmp_path, "-c", MADE).strip()
    (tmp_path / MIGRATION).write_text(numbered.replace("DIGEST", digest))
    if postgres():
        run_in(tmp_path, "-m", "scripts.server_schema")
    run_in(tmp_path, "-m", "pytest", "-q", "-p", "no:cacheprovider", TEST, *WATCHERS)


def _part(name: str, begins: str = "") -> str:
    text = (EXAMPLE / name).read_text("utf-8")
    return text[text.index(begins) :]
