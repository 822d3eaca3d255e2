"""The contracts of import-linter hold the floors and the rooms apart."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import checks
from scripts.house_rules import ROOT

pytestmark = pytest.mark.long

ROOMS = ("controls", "shell", "parts", "home", "cases", "cases/desk", "cases/panel")
SERVICE_ROOMS = ("signing", "ledger", "access", "consent", "cases")


def floors(folder: Path) -> None:
    """A kiosk of empty modules, under the project's own contracts."""
    shutil.copy(ROOT / "pyproject.toml", folder)
    for floor in ("ui", "services", "documents", "devices", "models", "core"):
        (folder / "kiosk" / floor).mkdir(parents=True)
        (folder / "kiosk" / floor / "__init__.py").touch()
    for room in ROOMS:
        (folder / "kiosk" / "ui" / room).mkdir()
        (folder / "kiosk" / "ui" / room / "__init__.py").touch()
    for room in SERVICE_ROOMS:
        (folder / "kiosk" / "services" / room).mkdir()
        (folder / "kiosk" / "services" / room / "__init__.py").touch()
    for module in ("acting", "answered_requests"):
        (folder / "kiosk" / "services" / "access" / f"{module}.py").touch()
    for paper in ("door_sign", "enrolment_card", "recovery_sheet", "slip"):
        (folder / "kiosk" / "documents" / f"{paper}.py").touch()
    (folder / "kiosk" / "__init__.py").touch()


def floors_checked(folder: Path) -> subprocess.CompletedProcess[str]:
    command = "from importlinter.cli import lint_imports_command as run; run(['--no-cache'])"
    return subprocess.run(
        [sys.executable, "-P", "-c", command],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("core", "import kiosk.models"),
        ("models", "import kiosk.services"),
        ("documents", "import kiosk.devices"),
        ("ui", "import kiosk.models"),
        ("ui/home", "import kiosk.ui.cases.desk"),
        ("ui/cases/desk", "import kiosk.ui.cases.panel"),
        ("ui/parts", "import kiosk.ui.home"),
        ("ui/controls", "import kiosk.ui.home"),
        ("services/signing", "import kiosk.services.ledger"),
        ("services/consent", "import kiosk.services.cases"),
        ("services/consent", "from kiosk.services.access import answered_requests"),
        ("services", "from PySide6.QtCore import QObject"),
        ("ui", "import sqlalchemy"),
        ("devices", "import pysqlite3"),
        ("documents/slip", "import kiosk.documents.door_sign"),
    ],
)
def test_an_import_that_climbs_a_floor_or_crosses_rooms_is_found(
    module: str, line: str, tmp_path: Path
) -> None:
    floors(tmp_path)
    folder = tmp_path / "kiosk" / module
    file = folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")
    file.write_text(f"{line}\n", "utf-8")
    done = floors_checked(tmp_path)
    assert done.returncode == 1
    assert "1 broken" in done.stdout


@pytest.mark.parametrize("floor", ["ui", "ui/cases", "services"])
def test_a_room_that_no_contract_names_is_found(floor: str, tmp_path: Path) -> None:
    floors(tmp_path)
    (tmp_path / "kiosk" / floor / "attic").mkdir()
    (tmp_path / "kiosk" / floor / "attic" / "__init__.py").touch()
    done = floors_checked(tmp_path)
    assert done.returncode == 1
    assert f"kiosk.{floor.replace('/', '.')}.attic" in done.stdout


def test_imports_that_go_down_are_let_through(tmp_path: Path) -> None:
    floors(tmp_path)
    good = "import kiosk.services, kiosk.core, kiosk.ui.shell, kiosk.ui.controls, PySide6.QtQml\n"
    (tmp_path / "kiosk" / "ui" / "home" / "__init__.py").write_text(good, "utf-8")
    done = floors_checked(tmp_path)
    assert (done.returncode, "0 broken" in done.stdout) == (0, True), done.stdout + done.stderr


def test_an_unknown_check_is_refused() -> None:
    assert checks.main(["spelling"]) == 2
