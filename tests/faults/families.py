"""Families at random beside cases, consents and offices: what a death or a move must never do.

After each life event that takes effect, nobody who is gone is found, asked, drawn, seated or in
office, and nobody's number moved but of those whom it is about (`tests/worlds/life/families.py`).
After every hundredth step the log says what the tables say, printed slips are genuine, and there is
a way to fill an office.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.models.ledger import Checkpoint
from kiosk.services.audit.log import Finding
from kiosk.services.audit.tables import verify_village
from kiosk.services.check.papers import check_paper
from kiosk.services.my_data import erasure
from tests.faults import hall, village
from tests.faults.report import Form, Report
from tests.faults.worker import draw_quickly
from tests.worlds.life import families
from tests.worlds.life.frame import STEPS, Life

STEPS_OF: dict[Form, int] = {"brief": 200, "usual": 20_000, "long": 60_000}
EVERY = 100
SLIPS = 20
"""So many of the slips are held to the log each time: half of them the newest, half any."""
IN_FORCE = ("genuine", "expired", "replaced", "taken_down", "outdated", "used")
"""What may be said of a paper of the village; all else is that it is none, or the log is not."""
FAMILIES = {name for name, (_, act) in STEPS.items() if act.__module__ == families.__name__}
LETTERS = ("NO", "PQR", "ST", "UV")
"""Households beside those of the hamlet, so that somebody may die."""


def run(form: Form = "usual", defect: bool = False, steps: int = 0) -> Report:
    """So many steps; the defect is an erasure that leaves cards and consents."""
    report = Report("families", once=defect and form == "brief")
    hall.cheap_pins()
    draw_quickly()
    with tempfile.TemporaryDirectory(dir=hall.MEMORY) as folder, _spoilt(defect):
        life = village.begin(Path(folder), village.SEED)
        for letters in LETTERS:
            life.hamlet.add(letters)
        with life.village.closing():
            live(life, report, steps or STEPS_OF[form])
    return report


def live(life: Life, report: Report, steps: int) -> None:
    """So many steps, families and all else by turns; what does not hold is in the report."""
    known = set[Finding]()
    for _ in range(0, steps, EVERY):
        life.live(EVERY // 2, FAMILIES | {"minutes_go_by"})
        life.live(EVERY // 2)
        fresh = [each for each in verify_village(life.village).findings if each not in known]
        known.update(fresh)
        lately = sorted(set(life.lately))
        report.breach(f"after step {life.steps}", [f"{each} since {lately}" for each in fresh[:5]])
        report.breach(f"after step {life.steps}", list(doubtful_slips(life, report)))
        families.assert_an_office_can_be_filled(life)
        report.count("families: times that everything was held against the log")
        if report.over:
            break
    report.breach("a bug", life.bugs)
    report.count("families: steps", life.steps)
    report.count("families: steps done", life.done.total())
    for name in sorted(FAMILIES):
        report.count(f"done: {name}", life.done[name])
    report.list("never done", sorted(FAMILIES - life.done.keys()))


def doubtful_slips(life: Life, report: Report) -> Iterator[str]:
    """Printed slips that the village no longer knows for its own."""
    ids = life.look(lambda session: list(session.scalars(select(Checkpoint.id))))
    some = {*ids[-SLIPS // 2 :], *life.dice.sample(ids, min(len(ids), SLIPS // 2))}
    chosen = select(Checkpoint.note).where(Checkpoint.id.in_(some))
    notes: list[str] = life.look(lambda session: list(session.scalars(chosen)))
    for note in notes:
        report.count("families: slips held to the log")
        verdict = check_paper(life.village, note).verdict
        if verdict not in IN_FORCE:
            yield f"a slip is {verdict}: {note.splitlines()[3:6]}"


@contextmanager
def _spoilt(defect: bool) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        if defect:
            patch.setattr(erasure, "_erase_rows", lambda *_: None)
        yield
