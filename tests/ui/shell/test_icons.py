"""Icons in any colour and size; every icon that a screen names is there."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QGuiApplication, QImage

from kiosk.app import ROOT
from kiosk.ui.shell.icons import ICONS, IconProvider


def drawn(name: str, side: int = 64) -> QImage:
    return IconProvider().requestImage(name, QSize(), QSize(side, side))


def solid(image: QImage) -> set[str]:
    """The colours of all pixels that are not see-through."""
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    colours = (QColor(image.pixelColor(x, y)) for x, y in places)
    return {colour.name() for colour in colours if colour.alpha() == 255}


def test_an_icon_has_the_colour_and_size_asked_for(qapp: QGuiApplication) -> None:
    image = drawn("star/b3372b", 80)

    assert image.size() == QSize(80, 80)
    assert solid(image) == {"#b3372b"}
    assert image.pixelColor(40, 44).alpha() == 0


def test_a_filled_icon_is_solid_inside(qapp: QGuiApplication) -> None:
    assert drawn("star-filled/b3372b").pixelColor(32, 35).name() == "#b3372b"


@pytest.mark.parametrize("name", ["nothing/000000", "../../secret/000000", "/etc/passwd/000000"])
def test_what_is_not_there_is_an_empty_square(qapp: QGuiApplication, name: str) -> None:
    assert solid(drawn(name)) == set()


def test_every_icon_named_in_a_screen_is_shipped() -> None:
    named: set[str] = set()
    for file in (ROOT / "kiosk" / "ui").rglob("*.qml"):
        for expression in re.findall(r"\bicon: ([^,}\n]*)", file.read_text("utf-8")):
            named |= set(re.findall(r'"([a-z0-9-]+)"', re.sub(r'[=!]== "\w*"', "", expression)))
    shipped = {file.stem for file in ICONS.glob("*.svg")}

    assert len(named) > 15
    assert {name.removesuffix("-filled") for name in named} - shipped == set()
