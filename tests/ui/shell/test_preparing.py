"""The screens are made ready behind the first frame."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
from PySide6.QtCore import QCoreApplication
from kiosk.ui.shell.preparing import Preparing
from kiosk.ui.shell.runner import Runner
from kiosk.ui.shell.screens import SCREENS

app = QCoreApplication([])
troubles, words = [], []
runner = Runner(troubles.append)
preparing = Preparing(runner, [lambda: words.append("compiled")])
wanted = {module for entry in SCREENS for module in entry.modules}
assert "kiosk.services.register.search" not in sys.modules
assert not wanted & sys.modules.keys()
preparing.ready.connect(app.quit)
preparing.begin()
preparing.begin()
app.exec()
runner.close()
assert not troubles, troubles
assert words == ["compiled"]
assert "kiosk.services.register.search" in sys.modules
assert wanted <= sys.modules.keys()
"""


def test_afterwards_no_screen_has_anything_left_to_import() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
