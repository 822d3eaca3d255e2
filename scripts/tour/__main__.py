"""Do the main job by touch, offscreen, on a fresh demo village, and leave what came of it.

DIR then holds numbered pictures of the screens, the slip and the door sign as PDF, what the import
said, and index.html, a page that shows all of it in order. The language is KIOSK_LANGUAGE's.

Usage: python -m scripts.tour [DIR]
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_IM_MODULE"] = ""

from PySide6.QtGui import QGuiApplication

from scripts.tour.page import Album
from scripts.tour.round import go_round

ROOT = Path(__file__).resolve().parents[2]
USUAL = ROOT / "build" / "tour"


def main(arguments: list[str]) -> int:
    """Go the round once; 2 for a wrong call, 1 when a screen could not be reached."""
    if len(arguments) > 1 or any(each.startswith("-") for each in arguments):
        print(__doc__, file=sys.stderr)
        return 2
    folder = Path(*arguments).absolute() if arguments else USUAL
    folder.mkdir(parents=True, exist_ok=True)
    _app = QGuiApplication(sys.argv[:1])
    album = Album(folder)
    album.clear()
    with tempfile.TemporaryDirectory() as place:
        go_round(Path(place), album)
    print(album.write_page())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
