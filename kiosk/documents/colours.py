"""The colours of the papers, as in the look's light theme."""

from __future__ import annotations

from reportlab.lib.colors import Color, HexColor

INK = HexColor("#22302A")
SOFT_INK = HexColor("#5A6A62")
LINE = HexColor("#E4DDCD")
TEA = HexColor("#1E5E49")
TEA_SOFT = HexColor("#E3EFE8")
POMEGRANATE = HexColor("#B3372B")
DARK_GOLD = HexColor("#8A5A08")  # the look's gold is too light for small type on white
GOLD_SOFT = HexColor("#FBF0D9")
BLACK = Color(0, 0, 0)
WHITE = Color(1, 1, 1)
EMPTY_STAR = HexColor("#A8977A")  # the sketch's sand, darker, so that it survives a worn toner
