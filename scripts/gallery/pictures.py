"""The gallery drawn: every control on one sheet, in each theme and at the largest text."""

from __future__ import annotations

from pathlib import Path

from PIL import Image
from PySide6.QtCore import QCoreApplication
from PySide6.QtTest import QTest

from scripts.gallery.window import Gallery, controls

SHEETS: dict[str, dict[str, float | bool]] = {
    "light": {"highContrast": False, "textStep": 1},
    "contrast": {"highContrast": True, "textStep": 1},
    "largest": {"highContrast": False, "textStep": 3},
}
COLUMNS = 4
_SMALLER, _COLOURS = 2, 160


def draw_gallery(folder: Path) -> list[str]:
    """Draw each sheet into `folder`; what Qt complained of meanwhile.

    Each control is drawn alone, since one item of a window has the focus.
    """
    folder.mkdir(parents=True, exist_ok=True)
    gallery = Gallery()
    for name, theme in SHEETS.items():
        gallery.theme(**theme)
        drawn = [_drawn(gallery, each, folder / "one.png") for each in controls()]
        sheet = _sheet(drawn).quantize(_COLOURS, dither=Image.Dither.NONE)
        sheet.save(folder / f"{name}.png", optimize=True)
    (folder / "one.png").unlink()
    gallery.close()
    return gallery.complaints


def _drawn(gallery: Gallery, name: str, file: Path) -> Image.Image:
    gallery.choose(name)
    for _ in range(2):  # the second time as high as it turned out to be
        for _ in range(6):
            QCoreApplication.processEvents()
            QTest.qWait(20)
        gallery.window.setHeight(int(gallery.window.property("tall")))
    QTest.qWait(40)
    gallery.window.grabWindow().save(str(file))
    with Image.open(file) as picture:
        top = int(gallery.window.property("top"))
        below = picture.convert("RGB").crop((0, top, *picture.size))
    return below.reduce(_SMALLER)


def _sheet(drawn: list[Image.Image]) -> Image.Image:
    """One below another, in columns of about the same height."""
    width, ground = drawn[0].width, drawn[0].getpixel((0, 0))
    each = sum(picture.height for picture in drawn) // COLUMNS
    columns: list[list[Image.Image]] = [[]]
    for picture in drawn:
        if sum(above.height for above in columns[-1]) >= each:
            columns.append([])
        columns[-1].append(picture)
    height = max(sum(picture.height for picture in column) for column in columns)
    sheet = Image.new("RGB", (width * len(columns), height), ground)
    for place, column in enumerate(columns):
        y = 0
        for picture in column:
            sheet.paste(picture, (place * width, y))
            y += picture.height
    return sheet
