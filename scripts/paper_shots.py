"""Pictures of the papers for the README: the benchmark's sign and slip, as they are printed."""

from __future__ import annotations

import subprocess
from pathlib import Path

from kiosk.documents.door_sign import door_sign_pdf
from kiosk.documents.slip import slip_pdf
from tests.benchmarks.papers import SIGN, SLIP

DPI = 110


def draw_papers(folder: Path) -> None:
    """Write ``door_sign.png`` and ``slip.png`` into `folder`; needs pdftoppm."""
    for name, pdf in (("door_sign", door_sign_pdf(SIGN, "A5")), ("slip", slip_pdf(SLIP, 80))):
        command = ["pdftoppm", "-r", str(DPI), "-png", "-singlefile", "-", str(folder / name)]
        subprocess.run(command, input=pdf, check=True)
