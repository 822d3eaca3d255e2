"""The panels that the kiosk is built for."""

from __future__ import annotations

PANELS = {
    "21.5 inches": ((1920, 1080), 1920 / 476),
    "21.5 inches upright": ((1080, 1920), 1080 / 268),
    "15 inches": ((1280, 800), 1280 / 323),
    "10.1 inches": ((1280, 800), 1280 / 217),
}
