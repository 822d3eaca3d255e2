"""What was accepted goes into the register: one entry of the log for people and households.

Nobody is moved here: a move is written down as a life event, and takes effect after ten minutes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from sqlalchemy import or_, select

from kiosk.core.catalogue import CHINESE
from kiosk.core.errors import ExpectedError
from kiosk.core.houses import House
from kiosk.models.differences import RegisterDifference
from kiosk.models.register import DeclaredRelative, Household, Resident
from kiosk.services.access.acting import Acting
from kiosk.services.consent.agreements import must_agree
from kiosk.services.differences.kept import Said, read_said, seen
from kiosk.services.households import events
from kiosk.services.households.plans import Plan, seen_now
from kiosk.services.my_data.houses import has_sign, living
from kiosk.services.register import entries
from kiosk.services.register.entries import Facts
from kiosk.services.register.importing.matching import own_code, register_key
from kiosk.services.register.search_index import index_residents, reading_of
from kiosk.services.stars import door_signs


class Writing:
    """Everything that one decision writes, in its transaction."""

    def __init__(self, work: Acting) -> None:
        self.counts: Counter[str] = Counter()
        self._work = work
        self._near = _near_homes(work)
        self._people: dict[int, Resident] = {}
        self._houses: dict[int, Household] = {}
        self._found_by: set[int] = set()

    def check(self, one: RegisterDifference) -> None:
        """Refuse what concerns the official's own family, or is not as it was shown.

        Raises:
            ExpectedError: ``life_own_family``, ``difference_changed``.
        """
        session = self._work.session
        person = session.get(Resident, one.resident_id) if one.resident_id else None
        home = session.get(Household, one.household_id) if one.kind == "house" else None
        homes = {one.household_id, read_said(one.said).home, person.household_id if person else 0}
        if homes & self._near:
            raise ExpectedError("life_own_family")
        if one.seen != seen(person, home):
            raise ExpectedError("difference_changed")

    def add(self, some: Sequence[RegisterDifference]) -> None:
        """Somebody is in the register from now on; nobody takes part by that alone."""
        (one,) = some
        said, session = read_said(one.said), self._work.session
        home = self._home(said)
        code = home.code if home else said.code or own_code(said.lane, said.number)
        key = register_key(code, said.name, said.born_on, said.born_day_known)
        if session.scalar(select(Resident.id).where(Resident.register_key == key)) is not None:
            raise ExpectedError("namesake_there")
        home = home or self._new_home(said, code)
        person = Resident(
            household=home,
            name=said.name,
            sex=said.sex or None,
            born_on=said.born_on,
            born_day_known=said.born_day_known,
            relation=said.relation,
            is_head=bool(said.is_head),
            phone=said.phone,
            register_key=key,
            **reading_of(said.name),
        )
        session.add(person)
        session.delete(one)
        session.flush()
        self.counts["added"] += 1
        self._took(person)
        if must_agree(person.born_on, self._work.today):
            self._end_sign(home)

    def change(self, some: Sequence[RegisterDifference]) -> None:
        """What is written of somebody is another; where they live is not changed here."""
        (one,) = some
        said, session = read_said(one.said), self._work.session
        person = session.get_one(Resident, one.resident_id)
        key = register_key(
            person.household.code,
            said.name,
            said.born_on or person.born_on,
            said.born_day_known if said.born_on else person.born_day_known,
        )
        other = select(Resident.id).where(Resident.register_key == key, Resident.id != person.id)
        if session.scalar(other) is not None:
            raise ExpectedError("namesake_there")
        agreed = must_agree(person.born_on, self._work.today)
        person.register_key = key
        _take_over(person, said)
        session.flush()
        self.counts["changed"] += 1
        self._took(person)
        if not agreed and must_agree(person.born_on, self._work.today):
            self._end_sign(person.household)
        if one.kind == "doubt" and said.home != person.household_id:
            one.kind, one.why, one.seen = "moved", "", seen(person, None)
        else:
            session.delete(one)

    def change_house(self, some: Sequence[RegisterDifference]) -> None:
        """A household has another number, plate or use; who lives there stays."""
        (one,) = some
        said, session = read_said(one.said), self._work.session
        home = session.get_one(Household, one.household_id)
        taken = select(Household.id).where(Household.code == said.code, Household.id != home.id)
        if session.scalar(taken) is not None:
            raise ExpectedError("house_taken", House(said.lane, said.number).words(CHINESE))
        moved = (home.lane, home.number) != (said.lane, said.number)
        home.code, home.lane, home.number = said.code, said.lane, said.number
        home.premises = said.premises
        for each in living(home):
            each.register_key = register_key(
                home.code, each.name, each.born_on, each.born_day_known
            )
            self._found_by.add(each.id)
        session.delete(one)
        session.flush()
        self.counts["changed_houses"] += 1
        self._houses[home.id] = home
        if moved:
            self._end_sign(home)

    def move(self, some: Sequence[RegisterDifference]) -> None:
        """A family's move is written down at the desk, as every other."""
        said, session = [read_said(each.said) for each in some], self._work.session
        first, people = said[0], tuple(each.resident_id or 0 for each in some)
        there = self._home(first)
        heads = [number for number, each in zip(people, said, strict=True) if each.is_head]
        plan = Plan(
            kind="move",
            household_id=some[0].household_id or 0,
            people=people,
            to=there.id if there else 0,
            plate="" if there else House(first.lane, first.number).words(CHINESE),
            head=heads[0] if len(heads) == 1 else 0,
            head_left=first.head_left,
        )
        self._settle_register()
        events.write_in(self._work, _as_shown(self._work, plan))
        for each in some:
            session.delete(each)
        session.flush()
        self.counts["moved"] += len(some)

    def finish(self) -> None:
        """Say in the log what was written."""
        self._settle_register()
        self._work.session.flush()

    def _settle_register(self) -> None:
        """What was written so far is found, and one entry with a row for each says it."""
        if not self._people and not self._houses:
            return
        index_residents(self._work.session, sorted(self._found_by))
        facts: list[Facts] = [
            *map(entries.of_household, self._houses.values()),
            *map(entries.of_person, self._people.values()),
        ]
        entries.imported(
            self._work,
            facts,
            added=self.counts["added"] - self.counts["_said_added"],
            updated=self.counts["changed"] - self.counts["_said_changed"],
            by=self._work.who.resident_id,
        )
        self.counts["_said_added"] = self.counts["added"]
        self.counts["_said_changed"] = self.counts["changed"]
        self._people, self._houses, self._found_by = {}, {}, set()

    def _took(self, person: Resident) -> None:
        self._people[person.id] = person
        self._found_by.add(person.id)

    def _home(self, said: Said) -> Household | None:
        """The household that the file means, as it is there by now."""
        session = self._work.session
        if said.home:
            return session.get_one(Household, said.home)
        own = own_code(said.lane, said.number)
        same = or_(Household.code == said.code, Household.code == own)
        return session.scalar(select(Household).where(same).order_by(Household.id).limit(1))

    def _new_home(self, said: Said, code: str) -> Household:
        home = Household(
            code=code, lane=said.lane, number=said.number, premises=said.premises or "home"
        )
        self._work.session.add(home)
        self._work.session.flush()
        self.counts["new_houses"] += 1
        self._houses[home.id] = home
        return home

    def _end_sign(self, home: Household) -> None:
        if has_sign(self._work.session, home):
            door_signs.end_outdated(self._work, home.id, self._work.who.resident_id)
            self.counts["ended_signs"] += 1


def _take_over(person: Resident, said: Said) -> None:
    """What the file says is written; what it leaves blank stays."""
    if said.name != person.name:
        person.name = said.name
        for column, value in reading_of(said.name).items():
            setattr(person, column, value)
    if said.born_on is not None:
        person.born_on, person.born_day_known = said.born_on, said.born_day_known
    person.sex = said.sex or person.sex
    person.relation = said.relation or person.relation
    person.phone = said.phone or person.phone
    person.is_head = person.is_head if said.is_head is None else said.is_head


def _as_shown(work: Acting, plan: Plan) -> Plan:
    return replace(plan, seen=seen_now(work.session, plan))


def _near_homes(work: Acting) -> frozenset[int | None]:
    """Where the official lives, and everybody who is declared to be related to them (charter 4)."""
    me = work.who.resident_id
    pairs = select(DeclaredRelative.resident_id, DeclaredRelative.relative_id).where(
        or_(DeclaredRelative.resident_id == me, DeclaredRelative.relative_id == me)
    )
    people = {me, *chain.from_iterable(work.session.execute(pairs).all())}
    homes = select(Resident.household_id).where(Resident.id.in_(people))
    return frozenset(work.session.scalars(homes))
