"""Every harness in turn, and each on its defect: what a night is long enough for."""

from __future__ import annotations

from typing import Any

from tests.faults.command import harness
from tests.faults.report import Form

FOUNDINGS = ("founding", "backup", "restore", "migration")
HARNESSES: dict[str, dict[str, int]] = {
    "tampering": {
        "bits: a claimed row is changed or unreadable": 101,
        "rows edited": 101,
        "chains rewritten": 51,
        "proofs forged and refused": 1_000,
        "slips refused by both": 901,
        "matrix: cells": 600,
        "server's schema: changes found": 2_000,
    },
    "village": {
        "village: steps": 20_000,
        "village: steps done": 12_000,
        "village: kinds of steps done": 60,
        "village: times that the log was held against the tables": 200,
    },
    "families": {
        "families: steps": 20_000,
        "families: steps done": 10_000,
        "families: times that everything was held against the log": 200,
        "families: slips held to the log": 2_000,
        "done: a_death": 51,
        "done: moving_away": 51,
        "done: somebody_is_still_here": 51,
    },
    "rounds": {
        "rounds: steps": 20_000,
        "rounds: steps done": 10_000,
        "rounds: times that everything was held against the log": 200,
        "done: an_inspector_looks": 1_000,
        "done: a_household_wants_a_look": 51,
        "done: a_round_is_closed": 10,
    },
    "killing": {"reopened and held to every promise": 300, "acknowledged operations": 501},
    "failing": {"reopened and held to every promise": 400, "next tries that worked": 51},
    "power": {
        "images of business operations, distinct": 50_000,
        **{f"images of {each}, distinct": 51 for each in FOUNDINGS},
    },
    "trouble": {"troubles": 13},
    "sheets": {"sheets": 400, "boxes right": 30_000, "corrections": 51},
    "signs": {"signs that came out": 400, "codes read back": 400},
    "stopping": {
        "ends: alone": 20,
        "ends: together": 20,
        "ends: screen_first": 20,
        "ends: screen_alone": 20,
        "ends: exit": 20,
    },
    "phone": {
        "chromium: genuine": 1_000,
        "chromium: refused": 1_000,
        "firefox: genuine": 1_000,
        "firefox: refused": 1_000,
    },
    "postgres": {"kills of the server": 25, "acknowledged operations": 51},
}
"""The harnesses, and the least that each counts in its usual form."""
DEFECT_FOUND = {"power": "images that lost something acknowledged"}
"""What counts a defect that was found, where it is not a broken promise."""


def every_night(form: Form) -> int:
    """Run them all and say how each went; 1 when a promise broke, or too little was tried."""
    options = ["--long"] if form == "long" else []
    failed = False
    for name, least in HARNESSES.items():
        told = harness(name, *options)
        wrong = [*told["broken"], *too_few(told, least)]
        print(f"{name}: {told['seconds']} s, {'; '.join(wrong) or 'held'}", flush=True)
        found = harness(name, "--defect")[DEFECT_FOUND.get(name, "breaches")]
        print(f"{name}, on its defect: {'found' if found else 'NOT FOUND'}", flush=True)
        failed = failed or bool(wrong) or not found
    return int(failed)


def too_few(told: dict[str, Any], least: dict[str, int]) -> list[str]:
    """What was tried less often than it has to be."""
    return [
        f"{name}: {told.get(name, 0)}, not {wanted}"
        for name, wanted in least.items()
        if told.get(name, 0) < wanted
    ]
