"""The stand-alone verifier, beside the kiosk's own."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]


@cache
def alone() -> ModuleType:
    """The stand-alone verifier, which shares no code with the kiosk."""
    file = ROOT / "packaging" / "verifier" / "verify_log.py"
    spec = importlib.util.spec_from_file_location("verify_log", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["verify_log"] = module
    spec.loader.exec_module(module)
    # The same slips are read beside each rewritten log, by keys that are the same.
    vars(module)["signature_fits"] = cache(vars(module)["signature_fits"])
    return module
