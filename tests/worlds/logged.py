"""A hamlet of which the log knows everything: every row in it came through a service.

`Hamlet` puts people, offices, sessions and consents into the tables by hand, so no entry bears them
out. Here the register is imported, the offices are founded and granted, cards are issued and PINs
typed, people join at the desk. What is held against the log whole stands on this one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from sqlalchemy import select

from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.core.paths import DataDirectory
from kiosk.core.settings import Settings
from kiosk.models.access import RoleGrant
from kiosk.models.register import Household, Resident
from kiosk.services.access import grants, offices, sessions
from kiosk.services.access.offices import Change, Signature
from kiosk.services.access.roles import Role
from kiosk.services.enrolment import explanation, joining
from kiosk.services.register.importing import plan
from kiosk.services.register.importing.rows import RegisterRow
from kiosk.services.rulebook import book
from kiosk.services.upkeep.opening import found_village
from kiosk.services.village import Village
from tests.services.cases.conftest import Hamlet
from tests.worlds.builder import Home, Person
from tests.worlds.leaving import leave
from tests.worlds.names import YANGQIAO

FOUNDED = datetime(2026, 9, 21, 1, 0, tzinfo=UTC)
"""Two months before the clock at which the tests' days begin: the rules are in force by then."""
BEGINS = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
OFFICES: dict[str, frozenset[Role]] = {
    "Y": frozenset({"officer"}),
    "Z": frozenset({"officer", "clerk"}),
    "K": frozenset({"clerk", "keeper"}),
}
"""The founders, by their letters."""
SHIPPED = {
    "help": "help_neighbour",
    "docks": "clean_docks",
    "visit": "visit_older_person",
    "litter": "littering_docks",
    "repayment": "late_repayment",
}
"""What the hamlet calls a rule, and what it is called in the book that the program brings."""


@dataclass
class LoggedHamlet(Hamlet):
    """The hamlet's short ways, each through the doors that people take."""

    cards: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Number and PIN of everybody's card."""

    def found(self) -> None:
        """The rules, the first three houses and the first officials with their cards."""
        book.install(self.village)
        current = {each.rule: each.rule_version_id for each in book.current(self.village)}
        self.rules.update({short: current[name] for short, name in SHIPPED.items()})
        for letters in ("Yy", "Z", "K"):
            self.add(letters, enrolled=False)
        offices = {self.people[letter]: roles for letter, roles in OFFICES.items()}
        for card in grants.founding(self.village, offices):
            self.cards[card.resident_id] = (card.number, card.pin)
        for letter in ("Y", "y", "Z", "K"):
            self.enrol(letter)

    def home(
        self,
        people: Iterable[Person],
        *,
        code: str,
        lane: str,
        number: str,
        premises: str = "home",
        found_by_name: bool = True,
    ) -> Home:
        """More people in the house `code`, as a register brings them."""
        named = [each.name for each in people]
        rows = tuple(
            RegisterRow(
                line=line,
                sheet="",
                name=each.name,
                born_on=each.born_on,
                sex=None,
                code=code,
                lane=lane,
                number=number,
                premises=premises,
                is_head=None,
                relation="",
                phone="",
            )
            for line, each in enumerate(people, start=1)
        )
        plan.apply(self.village, plan.plan(self.village, plan.Register(rows)))
        with self.village.read() as session:
            house = session.scalar(select(Household.id).where(Household.code == code))
            assert house is not None
            there = session.scalars(select(Resident).where(Resident.household_id == house))
            ids = {each.name: each.id for each in there}
        return Home(house, tuple(ids[name] for name in named))

    def open_session(self, resident_id: int, *roles: str) -> str:
        """Card and PIN; an office that they do not hold yet is given to them first."""
        for role in roles:
            self._appoint(resident_id, role)
        number, pin = self._card(resident_id)
        if roles:
            self._vouch(resident_id)
        return sessions.sign_in(self.village, number, pin, official=bool(roles)).id

    def _appoint(self, resident_id: int, role: str) -> None:
        with self.village.read() as session:
            held = select(RoleGrant.id).where(
                RoleGrant.resident_id == resident_id,
                RoleGrant.role == role,
                RoleGrant.ended_at.is_(None),
            )
            if session.scalar(held) is not None:
                return
        change = Change(resident_id, role, "elected", self.today)  # type: ignore[arg-type]
        second = self.signature("Z")
        offices.appoint(self.village, self.officer("Y"), change, second, new_touch_id())

    def signature(self, letter: str) -> Signature:
        """Card and PIN of somebody who agrees."""
        return self.own_signature(letter)

    def own_signature(self, letter: str) -> Signature:
        """Card and PIN of somebody who signs for themselves."""
        return Signature(*self._card(self.people[letter]))

    def _vouch(self, resident_id: int) -> None:
        """By an officer of another household, where nobody did before."""
        with self.village.read() as session:
            card = offices.card_of(session, resident_id)
            if card is None or card.vouched_at is not None:
                return
        by = self.signature("Z" if resident_id == self.people["y"] else "Y")
        seat = self.officer("Y")
        offices.vouch(self.village, seat, resident_id, by, new_touch_id())

    def end_office(self, letter: str, role: Role) -> None:
        """An officer of another household ends an office."""
        change = Change(self.people[letter], role, "term_over", self.today)
        second = self.signature("Z")
        offices.end(self.village, self.officer("Y"), change, second, new_touch_id())

    def leave_for_good(self, letter: str) -> None:
        """Everything about somebody is erased, at their own wish."""
        leave(self.village, self.sign(letter))

    def _card(self, resident_id: int) -> tuple[str, str]:
        if resident_id not in self.cards:
            made = grants.issue_card(self.village, self.sign("K", "clerk"), resident_id)
            self.cards[resident_id] = (made.number, made.pin)
        return self.cards[resident_id]

    def consent(self, resident_ids: Iterable[int], purpose: str) -> None:
        """At the desk, with a clerk who is somebody else."""
        for each in resident_ids:
            clerk = "K" if each == self.people["Z"] else "Z"
            joining.enrol(
                self.village,
                self.sign(clerk, "clerk"),
                each,
                (purpose,),  # type: ignore[arg-type]
                new_touch_id(),
                read_aloud=True,
                answers=explanation.UNDERSTOOD,
            )

    def install(self, valid_from: date, version: int = 1, points: int = 0) -> None:
        """The book is the one that the program brings; `found` puts it in force."""
        raise NotImplementedError


def furnish(hamlet: LoggedHamlet) -> LoggedHamlet:
    """The houses of the hamlet, and everybody in them a member, since two months ago."""
    hamlet.clock.moment = FOUNDED
    hamlet.found()
    for letters in ("Aa", "B", "C", "D", "E"):
        hamlet.add(letters)
    hamlet.clock.moment = BEGINS
    return hamlet


def logged_hamlet(directory: DataDirectory, drives: str = "") -> LoggedHamlet:
    """A hamlet that is founded in `directory`."""
    settings = Settings(
        YANGQIAO,
        "yangqiao.example/good-deed-book",
        places=("docks_south", "docks_north"),
        drives=drives,
    )
    clock = SettableClock(FOUNDED)
    village: Village = found_village(directory, settings, clock)
    return furnish(LoggedHamlet(village, clock))
