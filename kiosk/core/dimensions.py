"""What a household's stars are given for, in the order of the sign, each with its picture."""

from __future__ import annotations

from typing import Literal

Dimension = Literal["courtyard", "rules", "recycling", "good_faith", "family_spirit"]

DIMENSION_ICONS: dict[str, str] = {
    "courtyard": "leaf",
    "rules": "scale",
    "recycling": "recycle",
    "good_faith": "shield-check",
    "family_spirit": "home-heart",
}
"""The same on the sign, on the screen where it is chosen, and where it is checked."""
