"""How many pixels a millimetre has on the screen in use."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontMetricsF, QScreen

READING_FACE = "Noto Sans SC"
WRITING_FACE = "LXGW WenKai"
USUAL = 1920 / 476
"""A terminal of 21.5 inches with 1920x1080 pixels."""
_BELIEVABLE = (2.2, 14.0)
"""Pixels per millimetre: from a 32-inch panel with 1280 pixels across to a good phone."""


def pixels_per_mm(screen: QScreen, width_mm: float = 0) -> float:
    """From `width_mm`, the visible width that the keeper measured, else from what `screen` says.

    Projectors, virtual screens and some panels report no size or an absurd one; then the usual
    terminal is assumed.
    """
    if width_mm > 0:
        return screen.geometry().width() / width_mm
    said = screen.physicalDotsPerInch() / 25.4
    known = screen.physicalSize().width() > 0
    return said if known and _BELIEVABLE[0] <= said <= _BELIEVABLE[1] else USUAL


def cap_height() -> float:
    """The height of a capital letter of the reading face, as a part of the font size."""
    font = QFont(READING_FACE)
    font.setPixelSize(1000)
    return QFontMetricsF(font).capHeight() / 1000
