"""Open the gallery in a window, or draw it where there is no display.

Usage: python -m scripts.gallery [--pictures FOLDER]
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from scripts.gallery.window import ROOT


def main() -> int:
    """Open the window, or draw the pictures; 1 when QML complained."""
    parser = argparse.ArgumentParser(description="Every control in every state.")
    parser.add_argument("--pictures", type=Path, help="draw into this folder, without a window")
    asked = parser.parse_args()
    seen = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    folder = asked.pictures or (None if seen else ROOT / "build" / "gallery")
    if folder is not None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_IM_MODULE"] = ""

    from PySide6.QtGui import QGuiApplication

    from scripts.gallery.pictures import draw_gallery
    from scripts.gallery.window import Gallery

    app = QGuiApplication(sys.argv[:1])
    if folder is not None:
        complaints = draw_gallery(folder)
        print(f"The gallery is drawn in {folder}.")
    else:
        gallery = Gallery()
        app.exec()
        complaints = gallery.complaints
        gallery.close()
    print("".join(f"{each}\n" for each in complaints), end="", file=sys.stderr)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
