"""Pictures of the papers for the README and the decisions, as they are printed."""

from __future__ import annotations

import subprocess
from pathlib import Path

from kiosk.documents.door_sign import door_sign_pdf
from kiosk.documents.slip import slip_pdf
from kiosk.documents.visit_sheet import VisitSheet, visit_sheet_pdf
from tests.benchmarks.papers import SIGN, SLIP
from tests.worlds.photographed import VILLAGE, check_form

DPI = 110
_CODE = "V-26Q4-0017-1-9F3C"


def draw_papers(folder: Path) -> None:
    """Write a picture of each into `folder`; needs pdftoppm."""
    papers = {
        "door_sign": door_sign_pdf(SIGN, "A5"),
        "slip": slip_pdf(SLIP, 80),
        "visit_sheet": _sheet(("home", 1)),
        "visit_sheet_of_two": _sheet(("shop", 1), ("farmyard", 2)),
        "own_look": _sheet(("workshop", 0)),
    }
    for name, pdf in papers.items():
        command = ["pdftoppm", "-r", str(DPI), "-png", "-singlefile", "-", str(folder / name)]
        subprocess.run(command, input=pdf, check=True)


def _sheet(*forms: tuple[str, int]) -> bytes:
    """Forms of a kind of premises, each for the look of that number; 0 is the household's own."""
    of = tuple(check_form(premises, seat, _CODE) for premises, seat in forms)
    return visit_sheet_pdf(VisitSheet(village=VILLAGE, language="zh", forms=of))
