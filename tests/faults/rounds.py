"""Rounds of visits at random, beside families, consents and offices: what must hold, always.

No star counts without two who were drawn and the household's time; a round that is not finished
changes nothing; no list of a round is in another order than that of the walk; and the log says what
the tables say.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.clock import start_of_day
from kiosk.models.rounds import Visit, VisitReply, VisitRound, VisitSeat
from kiosk.models.stars import Rating, StarRound
from kiosk.services.audit.log import Finding
from kiosk.services.audit.tables import verify_village
from kiosk.services.register.search import house_place
from kiosk.services.stars import progress, replies
from kiosk.services.stars.terms import APPEAL, MISSED, REPLY_DAYS
from kiosk.services.work import reading
from tests.faults import hall, village
from tests.faults.report import Form, Report
from tests.faults.worker import draw_quickly
from tests.worlds.life import families, people, rounds
from tests.worlds.life.frame import STEPS, Life

STEPS_OF: dict[Form, int] = {"brief": 200, "usual": 20_000, "long": 60_000}
EVERY = 100
LETTERS = ("NO", "PQR", "ST", "UV")
ROUNDS = {name for name, (_, act) in STEPS.items() if act.__module__ == rounds.__name__}
BESIDE = {
    name
    for name, (_, act) in STEPS.items()
    if act.__module__ in (families.__name__, people.__name__)
} | {"joining_at_the_desk", "minutes_go_by", "newcomers"}
"""What changes meanwhile who lives where, and who takes part."""


def run(form: Form = "usual", defect: bool = False, steps: int = 0) -> Report:
    """So many steps; the defect is a household that is told and has no time to reply."""
    report = Report("rounds")
    hall.cheap_pins()
    draw_quickly()
    with tempfile.TemporaryDirectory(dir=hall.MEMORY) as folder, _spoilt(defect):
        life = begin(Path(folder))
        with life.village.closing():
            live(life, report, steps or STEPS_OF[form])
    return report


def begin(folder: Path) -> Life:
    """The hamlet of the random village, with more households."""
    life = village.begin(folder, village.SEED)
    for letters in LETTERS:
        life.hamlet.add(letters)
    return life


def live(life: Life, report: Report, steps: int) -> None:
    """So many steps, rounds and all else by turns; what does not hold is in the report."""
    known = set[Finding]()
    for _ in range(0, steps, EVERY):
        life.live(4 * EVERY // 5, ROUNDS)
        life.live(EVERY // 5, BESIDE)
        fresh = [each for each in verify_village(life.village).findings if each not in known]
        known.update(fresh)
        lately = sorted(set(life.lately))
        report.breach(f"after step {life.steps}", [f"{each} since {lately}" for each in fresh[:5]])
        report.breach(f"after step {life.steps}", life.look(unearned))
        report.breach(f"after step {life.steps}", in_another_order(life))
        report.count("rounds: times that everything was held against the log")
    report.breach("a bug", life.bugs)
    report.count("rounds: steps", life.steps)
    report.count("rounds: steps done", life.done.total())
    for name in sorted(ROUNDS):
        report.count(f"done: {name}", life.done[name])
    report.list("never done", sorted(ROUNDS - life.done.keys()))


def unearned(session: Session) -> list[str]:
    """Stars that no two who were drawn gave, or that counted before the household had its time."""
    rows = session.execute(
        select(Rating.household_id, Visit)
        .join(StarRound, StarRound.id == Rating.round_id)
        .join(
            VisitRound,
            (VisitRound.year == StarRound.year) & (VisitRound.quarter == StarRound.quarter),
        )
        .outerjoin(
            Visit,
            (Visit.round_id == VisitRound.id) & (Visit.household_id == Rating.household_id),
        )
        .distinct()
    ).all()
    return [found for home, visit in rows if (found := _wrong(session, home, visit))]


def _wrong(session: Session, home: int, visit: Visit | None) -> str:
    if visit is None or visit.effective_at is None or visit.told_at is None:
        return f"household {home} has stars of a round that gave it none"
    if visit.state == MISSED:
        return f"household {home} has stars of a visit that was missed"
    looks = session.scalars(
        select(VisitSeat.resident_id).where(
            VisitSeat.visit_id == visit.id, VisitSeat.scored_at.is_not(None), VisitSeat.number > 0
        )
    ).all()
    if len(set(looks)) < 2:
        return f"household {home} has stars of fewer than two"
    agreed = session.scalar(select(VisitReply.at).where(VisitReply.visit_id == visit.id))
    had = visit.effective_at - start_of_day(visit.told_at.date())
    if agreed is None and visit.look != APPEAL and had.days < REPLY_DAYS:
        return f"household {home} had {had.days} days"
    return ""


def in_another_order(life: Life) -> list[str]:
    """Lists of a round that are not in the order of the walk."""
    with reading(life.village) as work:
        listed: dict[str, list[Any]] = {
            "to tell": [each.house for each in progress.to_tell_in(work)],
            "missing": [each.house for each in progress.missing_in(work)],
        }
    places = {
        name: [house_place(each.lane, each.number) for each in found]
        for name, found in listed.items()
    }
    return [name for name, found in places.items() if found != sorted(found)]


@contextmanager
def _spoilt(defect: bool) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        if defect:
            honest = replies._tell

            def hasty(work: Any, visit: Visit, by: int | None) -> None:
                honest(work, visit, by)
                if visit.look != APPEAL:
                    replies.take_effect(work, visit)

            patch.setattr(replies, "_tell", hasty)
        yield
