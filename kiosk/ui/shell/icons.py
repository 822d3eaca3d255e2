"""``image://icon/<name>/<rrggbb>``: the outline icons of assets/icons in any colour and size."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtQuick import QQuickImageProvider
from PySide6.QtSvg import QSvgRenderer

from kiosk.core.paths import ASSETS

ICONS = ASSETS / "icons"
FILLED = "-filled"
"""Ending of a name that asks for the same outline with its inside filled."""


class IconProvider(QQuickImageProvider):
    """Draws icons at the size at which they are shown, so that they are sharp on every screen."""

    def __init__(self, folder: Path = ICONS) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._folder = folder

    def requestImage(self, name: str, size: QSize, wanted: QSize) -> QImage:  # noqa: ARG002
        """Called by Qt with ``name/colour``; an icon that is not there is an empty square."""
        return _drawn(self._folder, name, max(wanted.width(), wanted.height(), 1))


@lru_cache(maxsize=512)
def _drawn(folder: Path, name: str, side: int) -> QImage:
    """Drawn once: a page that comes again, or a size of text, asks for the same ones."""
    icon, _, colour = name.partition("/")
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    # `fill` would do, but makes all of the enums of `Qt` first: 15 ms before the first frame.
    memoryview(image.bits())[:] = bytes(image.sizeInBytes())
    if drawing := _drawing(folder, icon):
        painter = QPainter(image)
        QSvgRenderer(QByteArray(_coloured(drawing, icon, colour))).render(painter)
        painter.end()
    return image


def _coloured(drawing: str, icon: str, colour: str) -> bytes:
    painted = drawing.replace("currentColor", f"#{colour}")
    if icon.endswith(FILLED):
        painted = painted.replace('fill="none"', f'fill="#{colour}"', 1)
    return painted.encode()


@lru_cache(maxsize=256)
def _drawing(folder: Path, icon: str) -> str | None:
    file = folder / f"{icon.removesuffix(FILLED)}.svg"
    return file.read_text("utf-8") if file.parent == folder and file.exists() else None
