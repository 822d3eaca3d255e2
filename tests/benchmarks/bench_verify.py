"""What `kiosk verify` costs when a village's log is large: the log, its tables, every total.

Prints figures and asserts nothing: ``python -m tests.benchmarks.bench_verify [ENTRIES]``, by
default 100000: deeds of 1,200 enrolled people, five entries each, in tables as the services
leave them.
"""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import select

from kiosk.core.clock import SettableClock, village_day
from kiosk.core.paths import DataDirectory
from kiosk.models.access import RecordView
from kiosk.models.perks import WalletMovement
from kiosk.models.reports import Case, CaseMove, PointEntry
from kiosk.models.residents import Household, Resident
from kiosk.models.rulebook import RuleVersion
from kiosk.services.audit.log import verify_log
from kiosk.services.audit.tables import check_books, verify_village
from kiosk.services.consent.consents import book_consents
from kiosk.services.ledger import log
from kiosk.services.record.number import number_of
from kiosk.services.rulebook import book as rulebook_book
from kiosk.services.upkeep.opening import DATABASE_VARIABLE, found_village
from kiosk.services.village import Village
from tests.benchmarks.bench_ledger import SETTINGS

PEOPLE, A_HOUSE, BATCH, A_DEED = 1_200, 3, 200, 5


def enrol_everybody(village: Village) -> list[int]:
    born = village_day(village.clock.now()) - timedelta(days=365 * 50)
    with village.write() as session:
        for number in range(PEOPLE // A_HOUSE):
            house = Household(code=f"H{number}", lane="东街", number=str(number))
            house.residents = [
                Resident(register_key=f"{number}/{place}", name="林", born_on=born)
                for place in range(A_HOUSE)
            ]
            session.add(house)
        session.flush()
        people = list(session.scalars(select(Resident.id).order_by(Resident.id)))
        for each in people:
            book_consents(session, village, people[0], each, ("number",))
    return people


class Deeds:
    """Deeds as they stand in log and tables once they are approved."""

    def __init__(self, village: Village, people: list[int]) -> None:
        self.village, self.people = village, people
        self.now = village.clock.now()
        with village.read() as session:
            rules = session.scalars(select(RuleVersion).where(RuleVersion.kind == "deed")).all()
            self.rules = [(each.id, each.rule, each.version, each.points) for each in rules]

    def book(self, count: int) -> None:
        for start in range(0, count, BATCH):
            with self.village.write() as session:
                for number in range(start, min(start + BATCH, count)):
                    self._book(session, number)

    def _book(self, session: Any, number: int) -> None:
        person = self.people[number % PEOPLE]
        officer = self.people[(number + 7) % PEOPLE]
        rule_id, rule, version, points = self.rules[number % len(self.rules)]
        day = village_day(self.now) - timedelta(days=number % 700)
        case = Case(
            reference=f"B-{number}",
            kind="deed",
            rule_version_id=rule_id,
            subject_id=person,
            reporter_id=person,
            happened_on=day,
            state="effective",
            submitted_at=self.now,
            touch_id=f"{number:032}",
        )
        session.add(case)
        session.flush()
        about = {"case": case.id, "reference": case.reference}
        told = {"rule": rule, "version": version, "happened_on": day.isoformat()}
        blank = {"part_of_day": "", "place": "", "words": ""}
        self._move(session, case, "hand_in", "draft", person, told | blank | {"subject": person})
        self._look(session, officer, person)
        self._move(session, case, "approve", "submitted", officer, {})
        counts = {"effective_on": day.isoformat(), "ends_on": _later(day).isoformat()}
        content = {**about, **told, **counts, "resident": person, "points": points}
        session.add(
            PointEntry(
                resident_id=person,
                case_id=case.id,
                points=points,
                happened_on=day,
                effective_on=day,
                ends_on=_later(day),
                ledger_index=log.append(session, self.village, "points", content),
            )
        )
        content = {**about, "resident": person, "points": points, "why": "deed"}
        session.add(
            WalletMovement(
                resident_id=person,
                points=points,
                case_id=case.id,
                why="deed",
                at=self.now,
                ledger_index=log.append(session, self.village, "wallet", content),
            )
        )

    def _move(
        self, session: Any, case: Case, move: str, of: str, by: int, also: dict[str, Any]
    ) -> None:
        to = "submitted" if move == "hand_in" else "effective"
        content = {
            "case": case.id,
            "reference": case.reference,
            "move": move,
            "from": of,
            "to": to,
            "by": by,
            "reason": "",
            "sentence": "",
            **also,
        }
        kind = "report" if move == "hand_in" else "decision"
        session.add(
            CaseMove(
                case_id=case.id,
                move=move,
                from_state=of,
                to_state=to,
                actor_id=by,
                at=self.now,
                ledger_index=log.append(session, self.village, kind, content),
            )
        )

    def _look(self, session: Any, viewer: int, subject: int) -> None:
        content = {"viewer": viewer, "subject": subject, "purpose": "decide_case"}
        session.add(
            RecordView(
                viewer_id=viewer,
                subject_id=subject,
                purpose="decide_case",
                at=self.now,
                ledger_index=log.append(session, self.village, "record_view", content),
            )
        )


def _later(day: Any) -> Any:
    return day + timedelta(days=365)


def main(entries: int) -> None:
    """Measure everything once."""
    os.environ.pop(DATABASE_VARIABLE, None)
    with tempfile.TemporaryDirectory() as folder:
        directory = DataDirectory(Path(folder) / "village")
        with found_village(directory, SETTINGS, SettableClock()).closing() as village:
            rulebook_book.install(village)
            people = enrol_everybody(village)
            Deeds(village, people).book(entries // A_DEED)
            measure(village, people)


def measure(village: Village, people: list[int]) -> None:
    begun = perf_counter()
    print(f"log alone: {verify_log(village).entries} entries, {perf_counter() - begun:.1f} s")
    begun = perf_counter()
    with village.read() as session:
        found = check_books(session)
    print(f"tables: {len(found)} findings, {perf_counter() - begun:.1f} s")
    begun = perf_counter()
    with village.read() as session:
        for each in people:
            number_of(session, village, each, village_day(village.clock.now()))
    print(f"numbers as shown, {len(people)}: {perf_counter() - begun:.1f} s")
    begun = perf_counter()
    report = verify_village(village)
    print(f"kiosk verify, all of it: {perf_counter() - begun:.1f} s, {report.consistent=}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
