"""A whole village lives at random, and the log says what the tables say after every hundredth step.

Whatever villagers, clerks, officers, the keeper and time can do is drawn by a seed and done through
the services (`tests/worlds/life`). A refusal is one that has a sentence; anything else is a bug.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from kiosk.core.ids import new_touch_id
from kiosk.core.paths import DataDirectory
from kiosk.core.texts import Texts
from kiosk.models.ledger import LedgerEntry
from kiosk.services.audit.log import Finding
from kiosk.services.audit.tables import verify_village
from kiosk.services.ledger import log
from kiosk.services.perks import catalogue
from kiosk.services.wallet import balance
from kiosk.services.work import Work
from tests.faults import hall
from tests.faults.report import Form, Report
from tests.faults.worker import draw_quickly
from tests.worlds.life import cases, desk, families, people
from tests.worlds.life.frame import STEPS, Life
from tests.worlds.logged import logged_hamlet

__all__ = ["cases", "desk", "families", "people", "run"]

STEPS_OF: dict[Form, int] = {"brief": 200, "usual": 20_000, "long": 60_000}
EVERY = 100
"""The fold and the tables are compared after so many steps."""
SEED = 20_261_130


def run(form: Form = "usual", defect: bool = False, steps: int = 0, seed: int = SEED) -> Report:
    """So many steps; the defect is a wallet whose movements stand in the log alone."""
    report = Report("village", once=defect and form == "brief")
    hall.cheap_pins()
    draw_quickly()
    with tempfile.TemporaryDirectory(dir=hall.MEMORY) as folder, _spoilt(defect):
        life = begin(Path(folder), seed)
        with life.village.closing():
            _live(life, report, steps or STEPS_OF[form])
    return report


def begin(folder: Path, seed: int) -> Life:
    """A hamlet in `folder`, with a second officer, perks to be had, and the dice of `seed`."""
    hamlet = logged_hamlet(DataDirectory(folder / "village"))
    for letters in ("X", "W", "FG", "H", "L", "M"):
        hamlet.add(letters)
    for letter in "XW":
        hamlet.officer(letter)
    hamlet.serve("ABCDEFGHLM")
    soap = Texts({"zh": "肥皂", "en": "Soap"})
    catalogue.offer(hamlet.village, hamlet.sign("Z", "clerk"), soap, 2, 20, new_touch_id())
    return Life(hamlet, random.Random(seed))


def _live(life: Life, report: Report, steps: int) -> None:
    began, verifying, known = time.monotonic(), 0.0, set[Finding]()
    for _ in range(0, steps, EVERY):
        life.live(EVERY)
        asked = time.monotonic()
        found = verify_village(life.village)
        verifying += time.monotonic() - asked
        report.count("village: times that the log was held against the tables")
        fresh = [each for each in found.findings if each not in known]
        known.update(fresh)
        for each in fresh[:5]:
            report.breach(f"after step {life.steps}", [f"{each}: {_entry(life, each.first)}"])
        if report.over:
            break
    _tell(life, report)
    report.counts["village: entries of the log"] = found.entries
    report.counts["village: entries erased"] = found.erased
    alone = time.monotonic() - began - verifying
    report.figures["steps a second, verifying apart"] = round(steps / alone, 1)
    report.figures["seconds of verifying"] = round(verifying, 1)


def _entry(life: Life, index: int) -> str:
    """What an entry of the log says: the dice are the same each time, cards and PINs are not."""
    with life.village.read() as session:
        entry, said = session.get(LedgerEntry, index), log.content_of(session, index)
        return f"{entry.at:%Y-%m-%d %H:%M} {entry.kind} {said}" if entry else "no entry"


def _tell(life: Life, report: Report) -> None:
    report.breach("a bug", life.bugs)
    report.count("village: steps", life.steps)
    report.count("village: steps done", life.done.total())
    report.count("village: steps refused", life.refused.total())
    report.count("village: kinds of steps done", len(life.done))
    for name, times in life.done.items():
        report.count(f"done: {name}", times)
    for code, times in life.refused.items():
        report.count(f"refused: {code}", times)
    never = sorted(STEPS.keys() - life.done.keys())
    report.list("never done", never)


@contextmanager
def _spoilt(defect: bool) -> Iterator[None]:
    """The program as it is, or one that writes a credit into the log and forgets its row."""
    with pytest.MonkeyPatch.context() as patch:
        if defect:
            patch.setattr(balance, "move", _forgotten)
        yield


def _forgotten(work: Work, about: dict[str, Any], points: int, why: str, **_: object) -> None:
    log.append(work, "wallet", {**about, "points": points, "why": why})
