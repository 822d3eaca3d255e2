"""Draw every screen to docs/screenshots/<screen>-<language>-<landscape|portrait>.png.

Usage: python -m scripts.shots [--only NAME…] [--language zh|en] [--size 1920x1080] [--width-mm MM]
                               [--text-step 0-3] [--contrast] [--fresh] [--out FOLDER]
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import traceback
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_IM_MODULE"] = ""

from PIL import Image
from PySide6.QtGui import QGuiApplication

from kiosk.app import MainWindow
from kiosk.core.catalogue import Language, catalogue
from kiosk.core.clock import SettableClock
from kiosk.core.paths import DataDirectory
from kiosk.devices.speech import SilentVoice
from kiosk.services.access import sessions
from kiosk.services.demo.cards import demo_cards
from kiosk.services.demo.making import make_demo
from kiosk.services.upkeep.opening import open_village
from kiosk.services.village import Village
from kiosk.ui.shell.comfort import USUAL_TEXT_STEP
from kiosk.ui.shell.idle import IdleTimes
from kiosk.ui.shell.surroundings import Surroundings
from scripts.gallery.pictures import draw_gallery
from scripts.paper_shots import draw_papers
from scripts.shot_list import SHOTS, Shot
from scripts.shot_stage import ShotStage

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "build" / "shots-village"
"""The demo village takes twenty seconds to make, so it is kept between calls."""
SIZES = {"landscape": (1280, 800), "portrait": (1080, 1920)}
WIDTHS_MM = {(1920, 1080): 476.0, (1080, 1920): 268.0, (1280, 800): 261.0}
"""Visible width of a usual panel: 21.5 inches both ways, and 12.1 inches."""

_COLOURS = 200


def main() -> int:
    """Take the pictures asked for; 1 when a screen could not be reached or complained."""
    asked = _arguments()
    app = QGuiApplication(sys.argv[:1])
    complaints: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        village, cards = _village(Path(folder) / "village", asked.fresh)
        with village.closing():
            for shot in SHOTS:
                if asked.only and shot.name not in asked.only:
                    continue
                for language in [asked.language] if asked.language else catalogue().languages:
                    for size in asked.sizes:
                        complaints += _take(shot, village, cards, language, size, asked)
    if not asked.only or asked.only == ["gallery"]:
        complaints += draw_gallery(asked.out / "gallery")
    del app
    if not asked.only:
        draw_papers(asked.out)
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    return 1 if complaints else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Draw every screen to PNG.")
    parser.add_argument(
        "--only", nargs="*", default=[], help="names of shots; gallery for the controls"
    )
    parser.add_argument("--language", choices=catalogue().languages)
    parser.add_argument("--size", help="WIDTHxHEIGHT; both orientations otherwise")
    parser.add_argument("--text-step", type=int, default=USUAL_TEXT_STEP, choices=range(4))
    parser.add_argument("--contrast", action="store_true")
    parser.add_argument("--width-mm", type=float, default=0)
    parser.add_argument("--fresh", action="store_true", help="make the demo village anew")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "screenshots")
    asked = parser.parse_args()
    width, _, height = (asked.size or "").partition("x")
    asked.sizes = [(int(width), int(height))] if asked.size else list(SIZES.values())
    return asked


def _village(folder: Path, fresh: bool) -> tuple[Village, dict[str, tuple[str, str]]]:
    """A copy of the demo village, and the number and PIN of its cards by their stories."""
    clock = SettableClock()
    if fresh or not (KEPT / "demo_cards.json").exists():
        shutil.rmtree(KEPT, ignore_errors=True)
        make_demo(DataDirectory(KEPT), clock.now(), lambda _done, _all: None)
    shutil.copytree(KEPT, folder)
    village = open_village(DataDirectory(folder), clock)
    drives = str(folder / "drives")
    village = replace(village, settings=replace(village.settings, drives=drives))
    cards: dict[str, tuple[str, str]] = {}
    for card in demo_cards(village):
        cards.setdefault(card.story, (card.number, card.pin))
    return village, cards


def _take(
    shot: Shot,
    village: Village,
    cards: dict[str, tuple[str, str]],
    language: Language,
    size: tuple[int, int],
    asked: argparse.Namespace,
) -> list[str]:
    """Draw one picture; what Qt complained of meanwhile."""
    width_mm = asked.width_mm or WIDTHS_MM.get(size, size[0] / 4.0336)
    around = Surroundings(
        settings=village.settings,
        catalogue=catalogue(),
        clock=village.clock,
        directory=village.directory,
        village=lambda: village,
        sign_out=sessions.sign_out,
        voice=SilentVoice(),
        idle=IdleTimes(resident=3600, official=3600, rest=3600),
    )
    stage = MainWindow(around, size=size, mm=size[0] / width_mm, motion=False)
    try:
        stage.show()
        if language != stage.kiosk.tongue:
            stage.kiosk.switchLanguage()
        stage.kiosk.set_comfort(asked.text_step, asked.contrast)
        actor = ShotStage(stage, village, cards)
        actor.wait()
        shot.go(actor)
        actor.wait()
        asked.out.mkdir(parents=True, exist_ok=True)
        file = asked.out / _name(shot, language, size, asked)
        stage.window.grabWindow().save(str(file))
        _pack(file)
    except Exception:
        stage.complaints.append(traceback.format_exc(limit=-3))
    finally:
        stage.close()
    where = f"{shot.name} {language} {size[0]}x{size[1]}"
    return [f"{where}: {complaint}" for complaint in stage.complaints]


def _pack(file: Path) -> None:
    """Flat colours need no more than a palette: a third of the size."""
    with Image.open(file) as picture:
        packed = picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    packed.save(file, optimize=True)


def _name(shot: Shot, language: Language, size: tuple[int, int], asked: argparse.Namespace) -> str:
    known = {value: name for name, value in SIZES.items()}
    parts = [shot.name, language, known.get(size, f"{size[0]}x{size[1]}")]
    usual = asked.text_step == USUAL_TEXT_STEP
    parts += [] if usual else [f"step{asked.text_step}"]
    parts += ["contrast"] if asked.contrast else []
    return "-".join(parts) + ".png"


if __name__ == "__main__":
    sys.exit(main())
