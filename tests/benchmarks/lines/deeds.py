"""A deed handed in and approved, each on disk, beside the same writes and syncs by hand."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from time import perf_counter

from kiosk.core.clock import village_day
from kiosk.core.ids import new_session_id, new_touch_id, session_digest
from kiosk.core.paths import DataDirectory
from kiosk.models.access import SignInSession
from kiosk.models.database import Database, sqlite_url
from kiosk.services.cases import decide, submit
from kiosk.services.cases.submit import Submission
from kiosk.services.rulebook import book as rulebook_book
from kiosk.services.village import Village
from tests.benchmarks.harness.bare import Recorder, connected, written
from tests.benchmarks.harness.line import OURS, Goal, Line, Place, Row, Side, Size
from tests.benchmarks.harness.worlds import MOST_ENROLLED, village_of

BARE, SYNCS = "bare sqlite3, same writes and syncs", "writing and syncing alone"
_PAGE = 4096
_RUNS: dict[Size, tuple[int, int]] = {"quick": (1, 3), "whole": (7, 40)}
"""Runs, and deeds in each of them."""


@dataclass
class Desk:
    """People hand in, an officer approves; each person once."""

    village: Village
    day: date
    rule: int
    officer: str
    sessions: Mapping[int, str]
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def deed(self) -> None:
        """Handed in by the next person, and approved."""
        person = next(self.numbers)
        form = Submission(
            touch=new_touch_id(),
            session_id=self.sessions[person],
            subject_id=person,
            rule_version_id=self.rule,
            happened_on=self.day,
            part_of_day="afternoon",
        )
        receipt = submit.hand_in(self.village, form)
        decide.decide(
            self.village,
            self.officer,
            receipt.case_id,
            True,
            "desk.reason_seen",
            "当天看过现场。",
            new_touch_id(),
        )


def desk_in(village: Village) -> Desk:
    """The last of the enrolled is an officer at work, and all others have signed in."""
    now, officer = village.clock.now(), MOST_ENROLLED
    rules = rulebook_book.current(village)
    opened = {"opened_at": now, "seen_at": now}
    sessions = {person: new_session_id() for person in range(1, officer + 1)}
    with village.write() as session:
        for person, name in sessions.items():
            roles = "officer" if person == officer else ""
            key = session_digest(name)
            session.add(SignInSession(id=key, resident_id=person, roles=roles, **opened))
    return Desk(
        village,
        village_day(now) - timedelta(days=1),
        next(each.rule_version_id for each in rules if each.rule == "clean_docks"),
        sessions[officer],
        sessions,
    )


@contextmanager
def _sides(place: Place) -> Iterator[Mapping[str, Side]]:
    runs, deeds = _RUNS[place.size]
    recorded = village_of(MOST_ENROLLED, 0, place.folder / "recorded")
    # Sessions have random names, so that all three start from one desk.
    desk = desk_in(recorded)
    recorded.database.close()
    homes = [_copied(recorded, place.folder / name) for name in ("ours", "bare")]
    takes = [_recorded(desk, deeds) for _ in range(runs)]
    recorded.database.close()
    ours = replace(desk, village=homes[0], numbers=count(1))
    bare = connected(homes[1].directory.database)
    by_hand, alone = iter(takes), iter(takes)
    file = os.open(place.folder / "syncs", os.O_CREAT | os.O_WRONLY)
    told = takes[0]

    def run_ours() -> Mapping[str, float]:
        begun = perf_counter()
        for _ in range(deeds):
            ours.deed()
        took = (perf_counter() - begun) / deeds * 1000
        return {
            "deed": took,
            "statements": len(told.statements) / deeds,
            "selects": len(told.selects) / deeds,
        }

    def run_bare() -> Mapping[str, float]:
        take = next(by_hand)
        begun = perf_counter()
        written(bare, take.transactions)
        took = (perf_counter() - begun) / deeds * 1000
        return {"deed": took, "statements": sum(map(len, take.transactions)) / deeds}

    def run_syncs() -> Mapping[str, float]:
        take = next(alone)
        begun = perf_counter()
        for transaction in take.transactions:
            os.write(file, bytes(_PAGE * len(transaction)))
            os.fdatasync(file)
        return {"deed": (perf_counter() - begun) / deeds * 1000}

    yield {OURS: run_ours, BARE: run_bare, SYNCS: run_syncs}
    os.close(file)
    bare.close()
    for each in homes:
        each.database.close()


def _copied(village: Village, folder: Path) -> Village:
    shutil.copytree(village.directory.root, folder)
    directory = DataDirectory(folder)
    return replace(village, directory=directory, database=Database(sqlite_url(directory.database)))


def _recorded(desk: Desk, deeds: int) -> Recorder:
    with Recorder(desk.village) as recorder:
        for _ in range(deeds):
            desk.deed()
    return recorder


def lines(size: Size) -> Iterator[Line]:
    """A deed."""
    runs, deeds = _RUNS[size]
    yield Line(
        name="deeds",
        rows=(
            Row("deed", "a deed handed in and approved, each on disk", "ms", (Goal(2.0, BARE),)),
            Row("statements", "SQL statements of a deed", ""),
            Row("selects", "of these SELECT", ""),
        ),
        beside=(BARE, SYNCS),
        limit=SYNCS,
        sides=_sides,
        runs=runs,
        note=f"{deeds} deeds of as many people in a village of {MOST_ENROLLED:,}. Beside it the"
        " statements that write, as recorded from the services, replayed with the same"
        " transactions and settings on a copy of the village; and a page for each of them written"
        " to a file and synced once a transaction.",
    )
