"""The short form of a harness as a test runs it: the same command that a person would type."""

from __future__ import annotations

import json
import os
import sys
from functools import partial
from pathlib import Path
from typing import Any

from tests.worlds.kept import shared_folder
from tests.worlds.splitting import split_off

ROOT = Path(__file__).parents[2]


def harness(name: str, *more: str) -> dict[str, Any]:
    """What the harness counted. It has a process of its own, since it forks and kills.

    That is split off from this one, so that nothing is imported for it once more.
    """
    shared_folder()  # a folder of worlds is deleted with this process, not with that one
    _code, said, trouble = split_off(partial(_be_the_harness, [name, "--json", *more]))
    if not said.startswith("{"):
        raise AssertionError(said + trouble)
    told: dict[str, Any] = json.loads(said)
    return told


def _be_the_harness(arguments: list[str]) -> int:
    from tests.faults.__main__ import main

    os.chdir(ROOT)
    sys.argv = ["tests.faults", *arguments]
    return main(arguments)
