"""Four terminals at once: one log, nothing lost, nothing booked twice."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from kiosk.core.clock import SettableClock
from kiosk.models.cases import Case, PointEntry
from kiosk.models.ledger import Checkpoint
from kiosk.models.stars import DoorSign
from kiosk.services.audit.log import verify_log
from kiosk.services.check.papers import check_paper
from kiosk.services.village import Village
from tests.services.cases.conftest import Hamlet, furnish
from tests.services.conftest import Street

ROOT = Path(__file__).parents[2]
TERMINALS = 4
TURNS = 4


def tasks(village: Village, clock: SettableClock) -> list[dict[str, Any]]:
    """What each terminal is given: the same few people, cases and households to meet over."""
    hamlet, street = furnish(Hamlet(village, clock)), Street(village)
    homes = [street.house() for _ in range(3)]
    for home in homes:
        street.agree(*home.people)
        street.rate(home.id, {"courtyard": 4})
    return [
        {
            "number": number,
            "turns": TURNS,
            "directory": str(village.directory.root),
            "now": clock.now().isoformat(),
            "people": [(hamlet.people[each], hamlet.sign(each)) for each in "ABCDE"],
            "rules": [hamlet.rules[rule] for rule in ("help", "docks", "visit")],
            "officer": hamlet.officer("Y" if number % 2 else "Z"),
            "clerk": hamlet.sign("a", "clerk"),
            "households": [home.id for home in homes],
        }
        for number in range(TERMINALS)
    ]


def at_work(given: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Run every task in a process of its own, all at the same time."""
    command = [sys.executable, "-m", "tests.services.terminal_at_work"]
    pipe = subprocess.PIPE
    running = [
        subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
        for _ in given
    ]
    for process, task in zip(running, given, strict=True):
        assert process.stdin is not None
        process.stdin.write(json.dumps(task))
        process.stdin.close()
        process.stdin = None
    answers = [process.communicate(timeout=100) for process in running]
    ended = [process.returncode for process in running]
    assert ended == [0] * len(running), "\n".join(trouble[-2000:] for _, trouble in answers)
    return [json.loads(said) for said, _ in answers]


@pytest.mark.long
def test_four_terminals_at_once_keep_one_log(village: Village, clock: SettableClock) -> None:
    done = at_work(tasks(village, clock))
    counted = sum((Counter(each["counted"]) for each in done), Counter[str]())
    assert counted["done hand_in"] > TERMINALS
    assert counted["done decide"] > TERMINALS
    assert counted["done issue"] == TERMINALS * TURNS
    # All of it hangs together: commitments, hashes, and every paper that any terminal signed.
    report = verify_log(village)
    assert report.consistent
    with village.read() as session:
        references = list(session.scalars(select(Case.reference)))
        serials = list(session.scalars(select(DoorSign.serial)))
        notes = list(session.scalars(select(Checkpoint.note)))
        approved = list(session.scalars(select(PointEntry.case_id)))
        current = session.scalars(
            select(DoorSign.household_id).where(DoorSign.ended_at.is_(None))
        ).all()
    # What was acknowledged is there, once; what is there was acknowledged.
    assert sorted(references) == sorted(each for one in done for each in one["references"])
    assert sorted(serials) == sorted(each for one in done for each in one["serials"])
    assert len(set(approved)) == len(approved) == counted["done decide"]
    assert len(set(current)) == len(current)
    assert len(notes) == counted["done sign_paper"] == counted["done hand_in"]
    assert {check_paper(village, note).verdict for note in notes} == {"genuine"}
