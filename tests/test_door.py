"""kiosk.sh says in one sentence what it cannot do, and repeats no work."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.house_rules import ROOT

TOOLS = (
    "bash",
    "dirname",
    "readlink",
    "rm",
    "mkdir",
    "flock",
    "grep",
    "tail",
    "env",
    "sha256sum",
    "cat",
)
"""All that the door needs before it has installed anything."""

Door = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def door(tmp_path: Path) -> Door:
    """The door of a clone on a machine with `TOOLS` and whatever programs a test puts in bin/."""
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        (tmp_path / "bin" / tool).symlink_to(str(shutil.which(tool)))
    shutil.copy(ROOT / "kiosk.sh", tmp_path)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")

    def call(
        *arguments: str, as_nobody: bool = False, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        nobody = as_nobody and os.geteuid() == 0
        if nobody:
            _give_away(tmp_path)
        return subprocess.run(
            [str(tmp_path / "bin" / "bash"), str(tmp_path / "kiosk.sh"), *arguments],
            env={"PATH": str(tmp_path / "bin"), **environment},
            user="nobody" if nobody else None,
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
        )

    return call


def _give_away(folder: Path) -> None:
    """Let the user nobody into `folder`, which pytest made for its own user alone."""
    os.chown(folder, pwd.getpwnam("nobody").pw_uid, -1)
    for parent in (folder.parent, folder.parent.parent, folder.parent.parent.parent):
        if parent.stat().st_uid == os.geteuid() and parent != Path("/tmp"):
            parent.chmod(parent.stat().st_mode | 0o011)


def program(folder: Path, name: str, *lines: str) -> None:
    """A program of the pretended machine, in bash."""
    file = folder / "bin" / name
    file.write_text("\n".join([f"#!{shutil.which('bash')}", *lines, ""]), "utf-8")
    file.chmod(0o755)


def test_without_a_command_it_shows_them_and_fails(door: Door) -> None:
    done = door()
    assert (done.returncode, done.stdout) == (2, "")
    assert "Usage: ./kiosk.sh COMMAND" in done.stderr


def test_help_is_not_a_failure(door: Door) -> None:
    done = door("--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert "check" in done.stdout


def test_missing_packages_are_named_where_nobody_may_install_them(
    door: Door, tmp_path: Path
) -> None:
    program(tmp_path, "dpkg-query", "echo '|tzdata installed||libegl1 installed|'")
    done = door("run", as_nobody=True)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("kiosk: these Debian packages are missing, and only root can")
    assert "python3-venv" in done.stderr
    assert "tzdata" not in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_python_that_is_too_old_is_named(door: Door, tmp_path: Path) -> None:
    program(tmp_path, "old", '[[ $1 == -V ]] && { echo "Python 3.9.2"; exit; }', "exit 1")
    done = door("run", KIOSK_PYTHON=str(tmp_path / "bin" / "old"))
    assert done.returncode == 1
    assert "Python 3.11, 3.12 or 3.13 is needed; " in done.stderr
    assert "is Python 3.9.2. Name another in KIOSK_PYTHON." in done.stderr


def test_a_python_that_is_not_there_is_named(door: Door) -> None:
    done = door("run", KIOSK_PYTHON="/nowhere/python3")
    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        1,
        "kiosk: there is no Python at /nowhere/python3; install python3 or name another in "
        "KIOSK_PYTHON.",
    )


def test_a_second_run_installs_nothing(door: Door, tmp_path: Path) -> None:
    venv = tmp_path / ".venv" / "bin"
    program(
        tmp_path,
        "base",
        'case "$*" in',
        f'  "-m venv --clear "*) mkdir -p {venv}; cat "$0" >{venv}/python;',
        f'     "{shutil.which("chmod")}" +x {venv}/python; echo venv >>{tmp_path}/done;;',
        f'  "-m pip install"*) echo pip >>{tmp_path}/done;;',
        "  *version_info*print*|*print*version_info*) echo 3 11;;",
        f'  "-P -m kiosk "*) echo "$*" >>{tmp_path}/done;;',
        "esac",
    )
    for _ in range(2):
        done = door("run", "--window", "1280x800", KIOSK_PYTHON=str(tmp_path / "bin" / "base"))
        assert done.returncode == 0, done.stderr
    opened = "-P -m kiosk run --demo-if-empty --window 1280x800"
    assert (tmp_path / "done").read_text().splitlines() == ["venv", "pip", opened, opened]


def test_a_changed_lock_is_installed(door: Door, tmp_path: Path) -> None:
    test_a_second_run_installs_nothing(door, tmp_path)
    with (tmp_path / "requirements" / "run.txt").open("a") as lock:
        lock.write("# changed\n")
    assert door("run", KIOSK_PYTHON=str(tmp_path / "bin" / "base")).returncode == 0
    assert (tmp_path / "done").read_text().splitlines()[4:] == [
        "pip",
        "-P -m kiosk run --demo-if-empty",
    ]


def test_what_stands_beside_the_kiosk_has_an_environment_of_its_own(
    door: Door, tmp_path: Path
) -> None:
    chmod = shutil.which("chmod")
    program(
        tmp_path,
        "base",
        'case "$*" in',
        '  "-m venv --clear "*) mkdir -p "$4/bin"; cat "$0" >"$4/bin/python";',
        f'     "{chmod}" +x "$4/bin/python";;',
        f'  "-m pip install"*) echo "$0 ${{*: -1}}" >>{tmp_path}/done;;',
        "  *version_info*print*|*print*version_info*) echo 3 11;;",
        f'  "-P -m tests.benchmarks "*) echo "$0 $*" >>{tmp_path}/done;;',
        "esac",
    )
    done = door("bench", "--quick", "deeds", KIOSK_PYTHON=str(tmp_path / "bin" / "base"))
    assert done.returncode == 0, done.stderr
    own, beside = tmp_path / ".venv/bin/python", tmp_path / "build/bench-venv/bin/python"
    assert (tmp_path / "done").read_text().splitlines() == [
        f"{own} {tmp_path}/requirements/dev.txt",
        f"{beside} {tmp_path}/requirements/bench.txt",
        f"{own} -P -m tests.benchmarks --quick deeds",
    ]


def test_a_package_under_its_new_name_is_there(door: Door, tmp_path: Path) -> None:
    """Debian 13 calls some of them …t64: apt is not asked for them at every start."""
    listed = (tmp_path / "requirements" / "debian-run.txt").read_text("utf-8").splitlines()
    names = ["python3-venv", *(each for each in listed if each[:1].isalpha())]
    installed = "".join(
        f"|{each}{'t64' if each == 'libglib2.0-0' else ''} installed|" for each in names
    )
    program(tmp_path, "dpkg-query", f"echo '{installed}'")
    done = door("run", as_nobody=True, KIOSK_PYTHON="/nowhere/python3")
    assert "Debian packages" not in done.stderr
    assert "there is no Python at /nowhere/python3" in done.stderr


def test_without_a_network_it_says_so_for_debian_packages(door: Door, tmp_path: Path) -> None:
    program(tmp_path, "dpkg-query", "true")
    program(tmp_path, "sudo", '"$@"')
    program(
        tmp_path,
        "apt-get",
        "echo 'Temporary failure resolving deb.debian.org'",
        '[[ "$*" == *update* ]]',
    )
    done = door("run")
    assert done.returncode == 1
    said = done.stderr.splitlines()[-1]
    assert said.startswith("kiosk: there is no network, and these Debian packages")
    assert "build/apt.log" in said


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ("Failed to establish a new connection", "there is no network"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "could not be installed"),
    ],
)
def test_without_a_network_it_says_so_for_python_packages(
    door: Door, tmp_path: Path, told: str, says: str
) -> None:
    venv = tmp_path / ".venv" / "bin"
    program(
        tmp_path,
        "base",
        'case "$*" in',
        f'  "-m venv --clear "*) mkdir -p {venv}; cat "$0" >{venv}/python;',
        f'     "{shutil.which("chmod")}" +x {venv}/python;;',
        f'  "-m pip install"*) echo "{told}" >&2; exit 1;;',
        "  *version_info*print*|*print*version_info*) echo 3 11;;",
        "esac",
    )
    done = door("run", KIOSK_PYTHON=str(tmp_path / "bin" / "base"))
    assert done.returncode == 1
    said = done.stderr.splitlines()
    assert says in said[-1]
    assert "build/pip.log" in said[-1]
    assert any("there is no screen here" in each for each in said), "before the download"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can set up as somebody else")
def test_what_root_set_up_is_said_with_the_command_that_gives_it_back(
    door: Door, tmp_path: Path
) -> None:
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "set-up.lock").touch()
    done = door("run", as_nobody=True)
    assert done.returncode == 1
    assert done.stderr.startswith("kiosk: this was set up by another user, such as root: ")
    assert 'sudo chown -R "$(id -un)"' in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can set up for somebody else")
def test_what_root_sets_up_in_somebodys_folder_is_theirs(door: Door, tmp_path: Path) -> None:
    (tmp_path / "bin" / "chown").symlink_to(str(shutil.which("chown")))
    nobody = pwd.getpwnam("nobody").pw_uid
    os.chown(tmp_path, nobody, -1)
    test_a_second_run_installs_nothing(door, tmp_path)
    assert {(tmp_path / each).stat().st_uid for each in ("build", ".venv")} == {nobody}
    assert (tmp_path / ".venv" / "bin" / "python").stat().st_uid == nobody


@pytest.mark.skipif(os.geteuid() != 0, reason="root writes everywhere, and is somebody else here")
def test_a_folder_that_cannot_be_written_is_said(door: Door, tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    done = door("run", as_nobody=True)
    tmp_path.chmod(0o755)
    assert done.returncode == 1
    assert done.stderr.startswith("kiosk: nothing can be written in ")
    assert done.stderr.count("\n") == 1
