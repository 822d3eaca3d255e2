"""The screens with the on-screen keyboard up, in a process whose keyboard is the real one."""

from __future__ import annotations

import os
import subprocess
import sys

from kiosk.app import ROOT


def test_with_the_keyboard_up_people_found_and_the_way_back_stay_in_sight() -> None:
    """Qt chooses its keyboard once, when a program starts, and the other tests have none."""
    environment = {**os.environ, "KIOSK_TEST_KEYBOARD": "qtvirtualkeyboard"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    run = subprocess.run(
        [*command, "tests/ui/with_keyboard.py"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-6000:]
