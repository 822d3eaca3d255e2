"""The shortest way through a life event, and what the register says afterwards."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from kiosk.core.ids import new_touch_id
from kiosk.models.register import Resident
from kiosk.services.access.offices import Signature
from kiosk.services.audit.log import Finding
from kiosk.services.audit.tables import check_tables
from kiosk.services.households import events
from kiosk.services.households.plans import Kind, Plan
from kiosk.services.register.search import search
from kiosk.services.register.search_index import index_residents
from kiosk.services.work import reading
from tests.services.cases.conftest import Hamlet

OF_FAMILIES = ("household", "life_event", "resident", "declared_relative", "pause", "card")
"""How the names of their tables begin."""
CLERK = "X"
"""Lives in a house of their own, and keeps the register."""


def clerk(hamlet: Hamlet) -> str:
    """A session at the register desk."""
    if CLERK not in hamlet.people:
        hamlet.add(CLERK)
    return hamlet.sign(CLERK, "clerk")


def home_of(hamlet: Hamlet, letter: str) -> int:
    """In which household somebody lives."""
    with hamlet.village.read() as session:
        return session.get_one(Resident, hamlet.people[letter]).household_id


def plan(hamlet: Hamlet, kind: Kind, house: str, who: str = "", **more: object) -> Plan:
    """What is to happen in the household of `house`, to each of the letters of `who`."""
    people = tuple(hamlet.people[each] for each in who)
    return Plan(kind=kind, household_id=home_of(hamlet, house), people=people, **more)  # type: ignore[arg-type]


def shown(hamlet: Hamlet, what: Plan, session: str = "") -> events.Preview:
    """As the desk shows it; a head that has to be chosen is the first that there is."""
    at_the_desk = session or clerk(hamlet)
    preview = events.preview(hamlet.village, at_the_desk, what)
    while preview.ask:
        first = preview.candidates[0][0]
        of_those_who_go = preview.ask == "head"
        what = replace(what, head=first) if of_those_who_go else replace(what, head_left=first)
        preview = events.preview(hamlet.village, at_the_desk, what)
    return preview


def write(
    hamlet: Hamlet, what: Plan, session: str = "", signature: Signature | None = None
) -> events.EventLine:
    """Show it, and write it down."""
    at_the_desk = session or clerk(hamlet)
    preview = shown(hamlet, what, at_the_desk)
    return events.write_down(hamlet.village, at_the_desk, preview.plan, new_touch_id(), signature)


def happens(hamlet: Hamlet, what: Plan, signature: Signature | None = None) -> None:
    """It is written down, and its ten minutes go by."""
    write(hamlet, what, signature=signature)
    hamlet.clock.advance(minutes=10)
    assert events.carry_out_due(hamlet.village) == 1


def dies(hamlet: Hamlet, letter: str, second: str = "Y") -> None:
    """A death is written down, another officer agrees, and its ten minutes go by."""
    signature = hamlet.signature(second)
    happens(hamlet, plan(hamlet, "death", letter, letter), signature)


def person(hamlet: Hamlet, name: str) -> Resident:
    """The person of the register who is called so."""
    with hamlet.village.read() as session:
        found = session.scalars(select(Resident).where(Resident.name == name)).one()
        session.expunge(found)
        return found


def found(hamlet: Hamlet, typed: str) -> list[str]:
    """Who is found by what somebody types."""
    return [row.name for row in search(hamlet.village, typed).rows]


def findable(hamlet: Hamlet, letters: str) -> None:
    """Let them be found by what somebody types, which the hamlet spares itself."""
    with hamlet.village.write() as session:
        index_residents(session, [hamlet.people[each] for each in letters])
    for each in letters:
        assert f"林{each}" in found(hamlet, f"林{each}")


def misfits(hamlet: Hamlet) -> list[Finding]:
    """What of families and cases is not as the log gives it."""
    with reading(hamlet.village) as work:
        every = check_tables(work).findings
    return [*hamlet.misfits(), *(each for each in every if each.name.startswith(OF_FAMILIES))]
