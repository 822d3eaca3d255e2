"""The note of who often confirm one another: of many deeds at once what it is of each alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.models.cases import Case, Confirmation
from kiosk.models.register import Resident
from kiosk.services.cases.second_review import NOTE_KEY, note_of, notes_of
from tests.services.cases.conftest import Hamlet

YEAR = timedelta(days=365)
LETTERS = "ABCDE"


@dataclass(frozen=True)
class Deed:
    """Somebody's deed, on which day, who confirmed it, and how it stands."""

    doer: int
    day: date
    by: tuple[int, ...]
    state: str

    def is_ringed(self, deeds: Sequence[Deed]) -> bool:
        """The plain definition: all that happened in the year up to this deed is counted anew."""
        given = Counter(
            (who, other.doer)
            for other in deeds
            if other.state not in {"withdrawn", "declined"}
            and self.day - YEAR < other.day <= self.day
            for who in other.by
        )
        often = {pair for pair, times in given.items() if times >= 2}
        people = {who for pair in given for who in pair}
        return any(
            (who, self.doer) in often
            and (
                (self.doer, who) in often
                or any({(self.doer, third), (third, who)} <= often for third in people)
            )
            for who in self.by
        )


def deeds_of(random: Random, people: Sequence[int], today: date) -> list[Deed]:
    """Some years of deeds among a few people, so that rings of two and of three come and go."""
    return [
        Deed(
            doer,
            today - timedelta(days=random.choice((0, 100, 364, 365, 366, 500, 730))),
            tuple(random.sample([each for each in people if each != doer], random.randrange(3))),
            random.choice(("effective", "submitted", "withdrawn", "declined")),
        )
        for doer in random.choices(people, k=random.randrange(10, 50))
    ]


def booked(hamlet: Hamlet, session: Session, deeds: Sequence[Deed]) -> Mapping[int, Deed]:
    """The deeds as rows; each by the id of its case."""
    now, found = hamlet.clock.now(), {}
    for number, deed in enumerate(deeds):
        case = Case(
            reference=f"R-{number}",
            kind="deed",
            rule_version_id=hamlet.rules["help"],
            subject_id=deed.doer,
            reporter_id=deed.doer,
            happened_on=deed.day,
            state=deed.state,
            submitted_at=now,
            touch_id=f"{number:032}",
        )
        session.add(case)
        session.flush()
        for who in deed.by:
            house = session.get_one(Resident, who).household_id
            row = {"case_id": case.id, "confirmer_id": who, "household_id": house}
            session.add(Confirmation(**row, at=now, ledger_index=0))
        found[case.id] = deed
    session.flush()
    return found


@pytest.mark.parametrize("seed", range(6))
def test_the_notes_of_many_deeds_are_those_of_each_and_of_the_plain_definition(
    sqlite_hamlet: Hamlet, seed: int
) -> None:
    hamlet, random = sqlite_hamlet, Random(seed)
    people = [hamlet.people[letter] for letter in LETTERS[: random.randrange(3, 6)]]
    deeds = deeds_of(random, people, hamlet.today)
    with hamlet.village.write() as session:
        by_case = booked(hamlet, session, deeds)
        cases = session.scalars(select(Case)).all()
        wanted = {number for number, deed in by_case.items() if deed.is_ringed(deeds)}
        assert notes_of(session, cases) == dict.fromkeys(wanted, NOTE_KEY)
        assert {case.id for case in cases if note_of(session, case)} == wanted
        mine = [case for case in cases if case.subject_id == people[0]]
        assert notes_of(session, mine).keys() == wanted & {case.id for case in mine}
