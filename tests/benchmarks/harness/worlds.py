"""Villages of any size, made by writing many rows at once instead of by a touch each.

Log and tables are what the services leave: `kiosk verify` finds nothing in them.
"""

from __future__ import annotations

import secrets
import shutil
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from kiosk.core.clock import SettableClock, village_day
from kiosk.core.encoding import canonical, digest_of
from kiosk.core.open_days import ALWAYS_OPEN
from kiosk.core.paths import DataDirectory
from kiosk.core.settings import Settings
from kiosk.models.access import RecordView
from kiosk.models.base import Base
from kiosk.models.cases import Case, CaseMove, PointEntry
from kiosk.models.consent import Consent
from kiosk.models.ledger import LedgerContent, LedgerEntry, LedgerNode
from kiosk.models.perks import WalletMovement
from kiosk.models.register import Household, Resident
from kiosk.models.rulebook import RuleVersion
from kiosk.services.access import grants
from kiosk.services.access.roles import Role
from kiosk.services.cases.flow.due_dates import due_at
from kiosk.services.cases.flow.table import DEED_DAYS, REVIEW_DAYS
from kiosk.services.consent.consents import CONSENT_TEXT_VERSION
from kiosk.services.demo.names import name_book
from kiosk.services.ledger import merkle
from kiosk.services.ledger.log import SALT_BYTES, commitment, log_size
from kiosk.services.register import entries
from kiosk.services.register.name_readings import Address
from kiosk.services.register.search_index import (
    TermRow,
    insert_terms,
    reading_of,
    term_rows,
    without_prefix_index,
)
from kiosk.services.rulebook import book as rulebook_book
from kiosk.services.upkeep.opening import found_village, open_village
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.worlds.kept import kept
from tests.worlds.names import YANGQIAO

SETTINGS = Settings(YANGQIAO, "yangqiao.example/good-deed-book")
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
A_HOUSE = 3
A_DEED = 5
"""Entries of the log that a deed makes: report, look, decision, points, wallet."""
_LANES = ("东街", "西街", "桥南", "桥北", "茶山路", "石榴巷", "河埠头", "祠堂弄")
_GROUPS, _NAMES, _BATCH = 40, 20_000, 20_000
_DAYS = 360
MOST_ENROLLED = 1_200
SEEN = {"reason": "desk.reason_seen", "sentence": "当天看过现场，河埠头已经打扫干净。"}
"""Why a deed is approved."""
FEW, MANY = 10, 1_000
"""Deeds of the first person and of the second."""


def village_of(people: int, entries: int, folder: Path) -> Village:
    """A copy in `folder` of a village with so many people and entries, made once a run.

    The first 1,200 are enrolled, and deeds are theirs.
    """

    def make(draft: Path) -> None:
        directory = DataDirectory(draft / "village")
        clock = SettableClock(NOW - timedelta(days=_DAYS + 1))
        with found_village(directory, SETTINGS, clock).closing() as village:
            rulebook_book.install(village)
            settle(village, people)
            take_office(village, officers_of(people))
            clock.moment = NOW
            if entries:
                Deeds(village).book(entries // A_DEED, over=timedelta(days=_DAYS))

    template = kept(f"bench-{people}-{entries}", make) / "village"
    shutil.copytree(template, folder)
    return open_village(DataDirectory(folder), SettableClock(NOW))


def settle(village: Village, people: int) -> None:
    """Households of three, with names as they are in the country, found as an import would do."""
    random = Random(1)
    names = name_book(random)
    pool = [
        (name, reading_of(name))
        for place in range(min(people, _NAMES))
        for name in [names.surname() + names.given("MF"[place % 2], 1940 + place % 60)]
    ]
    with village.write() as session, without_prefix_index(session):
        for start in range(0, people, _BATCH):
            _settle_some(session, random, pool, range(start, min(start + _BATCH, people)))
    with writing(village) as work:
        entries.imported(work, entries.whole_register(work.session), added=people)
    now, purpose = village.clock.now(), "number"
    with village.write() as session:
        book = Book(session)
        for person in range(1, min(people, MOST_ENROLLED) + 1):
            about = {"resident": person, "purpose": purpose, "text_version": CONSENT_TEXT_VERSION}
            index = book.append("consent_given", now, {**about, "clerk": person})
            row = {"resident_id": person, "purpose": purpose, "given_at": now}
            version = {"text_version": CONSENT_TEXT_VERSION, "ledger_index": index}
            book.rows[Consent].append({**row, **version})
        book.write()


def _settle_some(
    session: Session, random: Random, pool: Sequence[tuple[str, dict[str, Any]]], people: range
) -> None:
    houses: dict[int, Address] = {}
    residents: list[dict[str, Any]] = []
    terms: list[TermRow] = []
    for person in people:
        house = person // A_HOUSE + 1
        if house not in houses:
            houses[house] = address(house)
        name, reading = random.choice(pool)
        residents.append(
            {
                "id": person + 1,
                "household_id": house,
                "register_key": f"{house}/{person}",
                "name": name,
                "born_on": date(1940, 1, 1) + timedelta(days=random.randrange(22_000)),
                **reading,
            }
        )
        terms += term_rows(person + 1, name, reading["name_order"], houses[house])
    known = (people.start - 1) // A_HOUSE + 1 if people.start else 0
    rows = [
        {"id": house, "code": at.code, "lane": at.lane, "number": at.number}
        for house, at in houses.items()
        if house > known
    ]
    _insert(session, Household, rows)
    _insert(session, Resident, residents)
    insert_terms(session, terms)


def address(house: int) -> Address:
    """Where a household lives: lanes of eight names in forty groups."""
    group, number = house // len(_LANES) % _GROUPS + 1, house // (len(_LANES) * _GROUPS) + 1
    return Address(f"{group}组{_LANES[house % len(_LANES)]}", str(number), f"{house:06}")


def officers_of(people: int) -> tuple[int, int]:
    """Who decides in a village of so many: the last who is enrolled, and a neighbour of theirs."""
    last = min(people, MOST_ENROLLED)
    return last, last - A_HOUSE


def take_office(village: Village, officers: Sequence[int]) -> None:
    """Both become officers as at a founding, with their cards."""
    grants.founding(village, dict.fromkeys(officers, frozenset[Role]({"officer", "clerk"})))


@dataclass
class Book:
    """Appends to the log in bulk. Of the tree it remembers what the next node is made with."""

    session: Session
    size: int = 0
    rows: dict[type[Base], list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    _edge: dict[int, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.size = log_size(self.session)
        for level in range(self.size.bit_length()):
            place = (self.size >> level) - 1
            if place >= 0:
                node = self.session.get_one(LedgerNode, (level, place))
                self._edge[level] = node.hash

    def append(self, kind: str, at: datetime, content: dict[str, Any]) -> int:
        """One entry; it is written with the others by `write`."""
        index, salt, encoded = self.size, secrets.token_bytes(SALT_BYTES), canonical(content)
        committed = commitment(salt, kind, at, encoded)
        self.rows[LedgerEntry].append(
            {"index": index, "kind": kind, "at": at, "commitment": committed}
        )
        self.rows[LedgerContent].append({"index": index, "salt": salt, "content": encoded})
        leaf = merkle.leaf_hash(committed)
        for level, place, found in list(merkle.completed_nodes(index, leaf, self._left)):
            self._edge[level] = found
            self.rows[LedgerNode].append({"level": level, "position": place, "hash": found})
        self.size += 1
        return index

    def _left(self, level: int, _position: int) -> bytes:
        return self._edge[level]

    def write(self) -> None:
        """Write what was appended, tables before those that refer to them."""
        for table in Base.tables():
            _insert(self.session, table, self.rows.pop(table, []))


def _insert(session: Session, table: type[Base], rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(insert(table.__table__), rows)  # type: ignore[arg-type]


class Deeds:
    """Deeds as they stand in log and tables once they are approved, each on the day of it."""

    def __init__(self, village: Village) -> None:
        self.village, self.now = village, village.clock.now()
        with village.read() as session:
            rules = session.scalars(select(RuleVersion).where(RuleVersion.kind == "deed")).all()
            self.rules = [(each.id, each.rule, each.version, each.points) for each in rules]
            everybody = session.scalar(select(func.count(Resident.id))) or 0
            self.case = session.scalar(select(func.max(Case.id))) or 0
        self.people, self.officers = min(everybody, MOST_ENROLLED), officers_of(everybody)

    def book(self, count: int, over: timedelta = timedelta()) -> None:
        """So many deeds, evenly over the time before now: whose, says `whose`."""
        for start in range(0, count, _BATCH // A_DEED):
            with self.village.write() as session:
                book = Book(session)
                for number in range(start, min(start + _BATCH // A_DEED, count)):
                    at = self.now - over + over * (number + 1) / count
                    self._book(book, number, whose(number, count, self.people), at)
                book.write()

    def _book(self, book: Book, number: int, person: int, at: datetime) -> None:
        self.case += 1
        first, second = self.officers
        officer = second if person == first else first
        rule_id, rule, version, points = self.rules[number % len(self.rules)]
        today = village_day(at)
        ends = today + timedelta(days=DEED_DAYS)
        about = {"case": self.case, "reference": f"B-{self.case}"}
        told = {"rule": rule, "version": version, "happened_on": today.isoformat()}
        session = f"{self.case:032}"
        said = {"part_of_day": "", "place": "", "words": "", "session": digest_of(session)}
        approved = due_at(at, "effective", DEED_DAYS, None, ALWAYS_OPEN)
        book.rows[Case].append(
            {
                "id": self.case,
                "reference": about["reference"],
                "kind": "deed",
                "rule_version_id": rule_id,
                "subject_id": person,
                "reporter_id": person,
                "happened_on": today,
                "state": "effective",
                "submitted_at": at,
                "due_at": approved,
                "touch_id": session,
                "handed_in_session": session,
            }
        )
        move = Move(about, at)
        home = {"subject": person, "household": (person - 1) // A_HOUSE + 1}
        review = due_at(at, "submitted", REVIEW_DAYS, None, ALWAYS_OPEN)
        move.write(book, "hand_in", "reporter", person, review, home | told | said)
        self._look(book, officer, person, at)
        move.write(book, "approve", "officer", officer, approved, {})
        counts = {"effective_on": today.isoformat(), "ends_on": ends.isoformat()}
        content = {**about, **told, **counts, "resident": person, "points": points}
        index = book.append("points", at, content)
        line = {"resident_id": person, "case_id": self.case, "points": points}
        days = {"happened_on": today, "effective_on": today, "ends_on": ends}
        book.rows[PointEntry].append({**line, **days, "ledger_index": index})
        content = {**about, "resident": person, "points": points, "why": "deed"}
        index = book.append("wallet", at, content)
        book.rows[WalletMovement].append({**line, "why": "deed", "at": at, "ledger_index": index})

    def _look(self, book: Book, viewer: int, subject: int, at: datetime) -> None:
        about = {"viewer": viewer, "subject": subject, "purpose": "decide_case"}
        index = book.append("record_view", at, about)
        row = {f"{key}_id": about[key] for key in ("viewer", "subject")}
        book.rows[RecordView].append(
            {**row, "purpose": "decide_case", "at": at, "ledger_index": index}
        )


@dataclass(frozen=True)
class Move:
    """The moves of a deed: which case, and when."""

    about: dict[str, Any]
    at: datetime

    def write(
        self,
        book: Book,
        move: str,
        role: str,
        by: int,
        due: datetime | None,
        also: dict[str, Any],
    ) -> None:
        """One of them, as `flow.advance` makes it."""
        handed_in = move == "hand_in"
        of, to = ("draft", "submitted") if handed_in else ("submitted", "effective")
        why = {"reason": "", "sentence": ""} if handed_in else SEEN
        made = {"move": move, "from": of, "to": to, "role": role, "by": by}
        ends = {"due": due and due.isoformat()}
        content = {**self.about, **made, **why, **ends, **also}
        index = book.append("report" if handed_in else "decision", self.at, content)
        row = {"case_id": self.about["case"], "move": move, "from_state": of, "to_state": to}
        book.rows[CaseMove].append(
            {**row, **why, "actor_id": by, "at": self.at, "ledger_index": index}
        )


def whose(number: int, count: int, people: int) -> int:
    """Whose deed the `number`-th is: see `Deeds.book`."""
    first, second = (FEW, MANY) if count >= FEW + MANY else (1, 0)
    if number < first:
        return 1
    if number < first + second:
        return 2
    return 3 + number % (people - 2)
