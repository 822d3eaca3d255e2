"""What stands in ``assets/demo/village.toml``: the fixed part of the demo village."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from kiosk.core.paths import ASSETS


@cache
def script() -> dict[str, Any]:
    """The file as it stands."""
    return tomllib.loads((ASSETS / "demo" / "village.toml").read_text("utf-8"))
