"""The tests are run side by side, and whatever goes wrong in one file is named."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from scripts.house_rules import ROOT
from scripts.testing.__main__ import NoSuchTestsError, cores, read
from scripts.testing.pool import Pool, _Running, together
from scripts.with_postgres import VARIABLE

FINE = "def test_that_is_fine() -> None:\n    pass\n"
WRONG = FINE + "\n\ndef test_that_is_wrong() -> None:\n    assert 'so' == 'not so'\n"
CRASHES = (
    FINE + "\n\ndef test_that_crashes() -> None:\n    import os, signal\n\n"
    "    os.kill(os.getpid(), signal.SIGSEGV)\n"
)
ASKS = (
    "import os\n\nimport pytest\n\n\n@pytest.mark.postgres\ndef test_of_the_server() -> None:\n"
    f"    assert os.environ[{VARIABLE!r}]\n\n\n"
    f"def test_without() -> None:\n    assert {VARIABLE!r} not in os.environ\n"
)

SCREEN = (
    "from PySide6.QtQuick import QQuickWindow\n\n\n"
    "def test_of_a_screen(qapp: object) -> None:\n    window = QQuickWindow()\n"
    "    window.resize(90, 60)\n    window.show()\n    assert not window.isVisible()\n"
)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """The runner in a tree with other tests."""
    (tmp_path / "kiosk").symlink_to(ROOT / "kiosk")
    (tmp_path / "assets").symlink_to(ROOT / "assets")
    scripts = tmp_path / "scripts"
    (scripts / "testing").mkdir(parents=True)
    for file in ("with_postgres.py", *(f"testing/{each.name}" for each in OURS)):
        (scripts / file).write_bytes((ROOT / "scripts" / file).read_bytes())
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    return tmp_path


OURS = sorted((ROOT / "scripts" / "testing").glob("*.py"))


def tests(house: Path, **files: str) -> None:
    for name, text in files.items():
        file = house / "tests" / name.replace("__", "/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.with_suffix(".py").write_text(text, "utf-8")


def run(house: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name != VARIABLE}
    return subprocess.run(
        [sys.executable, "-P", "-m", "scripts.testing", *arguments],
        cwd=house,
        env={**kept, "PYTHONPATH": str(house)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.long
def test_every_file_is_counted_and_the_slow_ones_are_told(house: Path) -> None:
    tests(house, core__test_one=FINE, ui__test_two=FINE)
    done = run(house, "--quick", "tests/core", "tests/ui", "--jobs", "1")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "tests/core/test_one.py: 1 passed" in done.stdout
    assert "test_two" not in done.stdout
    done = run(house, "tests/ui", "--jobs", "2")
    assert (done.returncode, "what took longest" in done.stdout) == (0, True), done.stderr
    assert done.stdout.splitlines()[-1].startswith("========== 1 passed in ")


@pytest.mark.long
def test_a_failure_and_a_crash_are_named_with_file_and_test(house: Path) -> None:
    tests(house, ui__test_fine=FINE, ui__test_wrong=WRONG, ui__test_crash=CRASHES)
    done = run(house, "tests/ui")
    assert done.returncode == 1
    assert "'so' == 'not so'" in done.stdout
    crash = "tests/ui/test_crash.py: ended by SIGSEGV in tests/ui/test_crash.py::test_that_crashes"
    assert done.stdout.count(crash) == 3
    assert "test_that_crashes\n" in done.stdout.split("Fatal Python error")[1]
    last = done.stdout.splitlines()[-1]
    assert "1 failed, 2 passed, 2 files that did not end well in " in last
    assert {each.name for each in (house / "build" / "tests").iterdir()} == {
        "ui-test_fine.log",
        "ui-test_wrong.log",
        "ui-test_crash.log",
    }


@pytest.mark.long
@pytest.mark.parametrize("asked", ["tests/ui", "tests/ui/test_screen.py"])
def test_a_screen_that_fails_leaves_its_picture_and_its_log(house: Path, asked: str) -> None:
    tests(house, ui__test_screen=SCREEN, ui__test_fine=FINE)
    (house / "tests" / "ui" / "left.py").write_bytes((ROOT / "tests/ui/left.py").read_bytes())
    hook = "from tests.ui.left import pytest_exception_interact\n"
    (house / "tests" / "ui" / "conftest.py").write_text(hook, "utf-8")
    done = run(house, asked)
    left = house / "build" / "tests"
    (picture,) = left.glob("*.png")
    assert (done.returncode, "test_of_a_screen" in picture.name) == (1, True)
    (log,) = left.glob("*test_of_a_screen*.log")
    assert "assert not window.isVisible()" in log.read_text("utf-8")
    with Image.open(picture) as drawn:
        assert drawn.size == (90, 60)


@pytest.mark.long
def test_one_file_starts_a_server_only_for_tests_that_want_it(house: Path) -> None:
    tests(house, core__test_asks=ASKS)
    file = "tests/core/test_asks.py"
    alone = run(house, file, "-k", "without")
    assert (alone.returncode, "1 passed" in alone.stdout) == (0, True), alone.stdout
    wanted = run(house, f"{file}::test_of_the_server")
    assert (wanted.returncode, "1 passed" in wanted.stdout) == (0, True), wanted.stdout


def test_what_is_quick_leaves_out_the_server_the_screens_and_the_faults() -> None:
    quick = {each.relative_to(ROOT).parts[1] for each in read(["--quick"]).files}
    every = {each.relative_to(ROOT).parts[1] for each in read([]).files}
    assert every - quick == {"ui", "journeys", "faults", "test_house_rules.py"}
    assert read(["--quick"]).options == ["-m", "not postgres and not long"]


def test_what_belongs_to_an_option_of_pytest_names_no_test() -> None:
    wanted = read(["-k", "tests", "-x", str(ROOT / "tests" / "core"), "--jobs", "5"])
    assert (wanted.options, wanted.jobs) == (["-k", "tests", "-x"], 5)
    assert {each.parent.name for each in wanted.files} == {"core"}


@pytest.mark.parametrize("named", ["tests/no_such_file.py", "nothing", "tests/core/test_no.py::it"])
def test_what_is_not_there_is_one_sentence_and_no_test_runs(house: Path, named: str) -> None:
    tests(house, core__test_one=FINE)
    said = f"There is no {named.partition('::')[0]} here, so nothing was tested."
    done = run(house, "-q", named)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{said}\n")
    for arguments in ([named], ["tests", named]):
        with pytest.raises(NoSuchTestsError, match=re.escape(said)):
            read(arguments)
    assert read(["--durations", "5", "--tb", "short"]).options == [
        "--durations",
        "5",
        "--tb",
        "short",
    ]


def test_a_container_is_given_no_more_than_its_share(tmp_path: Path) -> None:
    quota, there = tmp_path / "cpu.max", cores(tmp_path / "none")
    for said, allowed in (("max 100000\n", there), ("100000 100000\n", 1), ("20000 100000\n", 1)):
        quota.write_text(said)
        assert cores(quota) == allowed
    quota.write_text("6400000 100000\n")
    assert cores(quota) == min(there, 64)


def test_two_faults_are_never_tried_at_once(tmp_path: Path) -> None:
    for name in ("faults/test_a.py", "faults/test_b.py", "core/test_c.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(FINE, "utf-8")
    fault, other, small = sorted(tmp_path.rglob("test_*.py"), key=lambda each: "core" in each.parts)
    pool = Pool([(fault,), (other,), (small,)], [], tmp_path, jobs=3)
    begun: list[Path] = []
    while (place := pool._next_that_fits()) is not None:
        files = pool._waiting.pop(place)
        pool._running[len(begun)] = _Running(files, tmp_path, 0.0)
        begun.extend(files)
    assert {each.parent.name for each in begun} == {"faults", "core"}
    assert len(begun) == 2


def test_what_is_quick_takes_every_file_once_and_small_ones_of_a_folder_together() -> None:
    files = read(["--quick"]).files
    groups = together(files)
    assert sorted(file for group in groups for file in group) == sorted(files)
    assert all(len({file.parent for file in group}) == 1 for group in groups)
    assert len(groups) < len(files) / 2
