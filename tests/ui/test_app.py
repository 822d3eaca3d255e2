"""The real program in a process of its own: it starts, takes a signal, and ends in good order."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kiosk import app
from kiosk.app import ROOT
from kiosk.devices import machine_power
from kiosk.services.village import Village

NOT_BEFORE_THE_FIRST_FRAME = (
    *("sqlalchemy", "kiosk.models", "kiosk.services", "PIL", "reportlab"),
    *("importlib.metadata", "platformdirs", "kiosk.cli.audit", "kiosk.cli.setup"),
)


def test_the_way_to_the_first_frame_imports_nothing_of_the_village() -> None:
    code = (
        "import sys, kiosk.cli.main, kiosk.cli.run, kiosk.app, pysqlite3\n"
        "from kiosk.core.faulty_versions import faulty_versions\n"
        "assert faulty_versions(pysqlite3.sqlite_version) == []\n"
        f"loaded = {NOT_BEFORE_THE_FIRST_FRAME!r}\n"
        "print([name for name in sys.modules if name.startswith(loaded)])"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"


@pytest.mark.parametrize(("nodes", "wanted"), [((), "software"), (("renderD128",), None)])
def test_without_a_graphics_processor_qt_draws_by_itself(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, nodes: tuple[str, ...], wanted: str | None
) -> None:
    for node in nodes:
        (tmp_path / node).touch()
    monkeypatch.setattr(app, "_RENDER_NODES", tmp_path)
    surroundings: dict[str, str] = {}
    monkeypatch.setattr(os, "environ", surroundings)
    app.prepare_environment()
    assert surroundings.get("QT_QUICK_BACKEND") == wanted


def test_the_machine_goes_off_only_when_its_keeper_wants_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "now"
    monkeypatch.setenv(machine_power.VARIABLE, str(file))
    assert [app.ended(code) for code in (0, app.RESTART)] == [0, app.RESTART]
    assert not file.exists()
    assert app.ended(app.SWITCH_OFF) == 0
    assert file.exists()


def _events(folder: Path) -> list[str]:
    file = folder / "kiosk.jsonl"
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    return [json.loads(line)["event"] for line in lines]


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_the_program_starts_and_ends_when_it_is_asked_to(
    sqlite_village: Village, ending: signal.Signals
) -> None:
    folder = sqlite_village.directory
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QT_IM_MODULE": "qtvirtualkeyboard",
    }
    command = [sys.executable, "-m", "kiosk", "--data", str(folder.root), "run"]
    with subprocess.Popen(
        [*command, "--window", "1280x800"],
        cwd=ROOT,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        end = time.monotonic() + 30
        while "started" not in _events(folder.log) and time.monotonic() < end:
            time.sleep(0.05)
        time.sleep(1.5)
        assert program.poll() is None, program.communicate()[1]
        program.send_signal(ending)
        _, said = program.communicate(timeout=20)

    assert program.returncode == 0, said
    assert "Traceback" not in said
    assert "qml:" not in said
    assert ".qml" not in said
    events = _events(folder.log)
    assert (events[0], events[-1]) == ("started", "stopped")
    assert not {"bug", "trouble"} & set(events)
