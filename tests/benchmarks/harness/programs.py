"""What is started on the screen: the kiosk, and what somebody would use instead."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from compileall import compile_dir
from dataclasses import dataclass, field
from pathlib import Path

from scripts.house_rules import ROOT
from tests.benchmarks.harness.line import OURS
from tests.benchmarks.harness.screen import HEIGHT, WIDTH
from tests.benchmarks.harness.worlds import MOST_ENROLLED, village_of

CHROMIUM, BARE = "Chromium kiosk with a static page", "a bare PySide window"
_QT = {"QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
_TILES = ("规矩", "找邻居", "我的善行存折", "记一件好事", "看真假", "提一件事")
_PAGE = """<!doctype html><meta charset="utf-8"><title>杨桥村</title>
<style>
@font-face {{ font-family: Noto; src: url("{font}"); }}
body {{ margin: 0; background: #f6f1e7; color: #222; font: 48px Noto, sans-serif; }}
h1 {{ margin: 60px 80px 30px; }}
main {{ display: grid; grid-template-columns: repeat(3, 1fr); gap: 40px; margin: 0 80px; }}
div {{ background: #fff; border: 3px solid #59452a; border-radius: 24px; padding: 120px 40px; }}
</style>
<h1>杨桥村善行存折 Yangqiao Good-Deed Book</h1><main>{tiles}</main>
"""
_WINDOW = """
import sys
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickView
app = QGuiApplication(sys.argv)
view = QQuickView(QUrl.fromLocalFile(sys.argv[1]))
view.resize({width}, {height})
view.show()
app.exec()
"""
_QML = """import QtQuick
Rectangle {{
    width: {width}; height: {height}; color: "#f6f1e7"
    Text {{ anchors.centerIn: parent; font.pixelSize: 160; text: "Yangqiao" }}
}}
"""


@dataclass(frozen=True)
class Program:
    """How something is started."""

    command: tuple[str, ...]
    cwd: Path
    environment: Mapping[str, str] = field(default_factory=dict)


def programs(folder: Path) -> dict[str, Program]:
    """The kiosk on a village of its own, Chromium, and a window with one text."""
    compile_dir(ROOT / "kiosk", quiet=1)  # as its package is, and any program that started before
    village = village_of(MOST_ENROLLED, 0, folder / "village")
    village.database.close()
    size = {"width": WIDTH, "height": HEIGHT}
    (folder / "window.py").write_text(_WINDOW.format(**size), "utf-8")
    (folder / "window.qml").write_text(_QML.format(**size), "utf-8")
    font = (ROOT / "assets" / "fonts" / "NotoSansSC-Regular.ttf").as_uri()
    tiles = "".join(f"<div>{each}</div>" for each in _TILES)
    page = folder / "page.html"
    page.write_text(_PAGE.format(font=font, tiles=tiles), "utf-8")
    bare = (sys.executable, str(folder / "window.py"), str(folder / "window.qml"))
    # Both Qt programs paint as the kiosk does where there is no graphics processor.
    raster = {**_QT, "QT_QUICK_BACKEND": "software"}
    return {
        OURS: kiosk_on(village.directory.root),
        CHROMIUM: Program(_chromium(folder, page), folder),
        BARE: Program(bare, folder, raster),
    }


def kiosk_on(village: Path) -> Program:
    """The kiosk, as it is started for a village in that folder."""
    command = (sys.executable, "-P", "-m", "kiosk", "--data", str(village), "run")
    return Program(command, ROOT, _QT)


def _chromium(folder: Path, page: Path) -> tuple[str, ...]:
    """With a profile that stays, so that only its first start, which is not timed, makes one."""
    return (
        "chromium",
        "--kiosk",
        f"--window-size={WIDTH},{HEIGHT}",
        "--window-position=0,0",
        f"--user-data-dir={folder / 'profile'}",
        "--no-first-run",
        "--no-default-browser-check",
        "--password-store=basic",
        *(("--no-sandbox",) if os.geteuid() == 0 else ()),
        page.as_uri(),
    )
