"""The throw-away PostgreSQL serves its command, keeps its promises, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.house_rules import ROOT
from scripts.with_postgres import VARIABLE, NoServerError, newest_server

QUESTION = """
import os, sys
from sqlalchemy import create_engine, text
with create_engine(os.environ["KIOSK_TEST_POSTGRES"]).connect() as connection:
    for name in ("unix_socket_directories", "listen_addresses", "fsync", "full_page_writes"):
        print(connection.execute(text(f"SHOW {name}")).scalar())
sys.exit(5)
"""


def beside_postgres(*command: str) -> subprocess.Popen[str]:
    environment = {name: value for name, value in os.environ.items() if name != VARIABLE}
    return subprocess.Popen(
        [sys.executable, "-m", "scripts.with_postgres", *command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.long
def test_the_server_is_private_durable_and_gone_afterwards() -> None:
    with beside_postgres(sys.executable, "-c", QUESTION) as running:
        said, _ = running.communicate(timeout=60)
    folder, addresses, fsync, full_pages = said.splitlines()
    assert running.returncode == 5
    assert (addresses, fsync, full_pages) == ("", "on", "on")
    assert not Path(folder).exists()


@pytest.mark.long
def test_a_run_that_is_ended_takes_its_server_along() -> None:
    waiting = f"import os, time; print(os.environ['{VARIABLE}'], flush=True); time.sleep(3600)"
    with beside_postgres(sys.executable, "-c", waiting) as running:
        assert running.stdout is not None
        folder = Path(running.stdout.readline().strip().partition("host=")[2])
        assert (folder / ".s.PGSQL.5432").exists()
        running.send_signal(signal.SIGTERM)
        assert running.wait(timeout=30) == 128 + signal.SIGTERM
    assert not folder.exists()


def test_the_newest_server_is_taken(tmp_path: Path) -> None:
    for version in ("9.6", "15", "13"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "initdb").touch()
    assert newest_server(tmp_path) == tmp_path / "15" / "bin"


def test_no_server_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(NoServerError, match="not installed"):
        newest_server(tmp_path)
