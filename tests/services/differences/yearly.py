"""Last year's register is in; this year's comes on a stick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.models.register import Household, Resident
from kiosk.services.audit.log import Finding
from kiosk.services.audit.tables import check_tables
from kiosk.services.differences import deciding, pages, reading
from kiosk.services.differences.deciding import Decision, Outcome
from kiosk.services.differences.reading import Read
from kiosk.services.on_stick import OnStick
from kiosk.services.register.importing import plan as importing_plan
from kiosk.services.register.importing.differences import Kind
from kiosk.services.village import Village
from kiosk.services.work import reading as read_unit
from tests.services.register.registers import CHEN, HEADINGS, LIN, WANG, write_csv
from tests.worlds.builder import Builder, Person

Line = tuple[str, ...]
ZHAO = ("赵敏", "女", "1985-02-11", "西街3号", "0013", "妻", "")
LAST_YEAR = (LIN, CHEN, WANG, ZHAO)
STICK = "stick"


def otherwise(line: Line, **columns: str) -> Line:
    """A line that says something else."""
    names = ("name", "sex", "born_on", "number", "code", "relation", "phone")
    return tuple(columns.get(name, was) for name, was in zip(names, line, strict=True))


@dataclass
class Office(Builder):
    """The office on the day the new register comes."""

    clock: SettableClock
    sticks: Path
    clerk: str = ""
    """A session of somebody of another house, who keeps the register."""

    def put_on_stick(self, lines: Sequence[Line], name: str = "2027年名册.csv") -> OnStick:
        """The file as the desk finds it."""
        folder = self.sticks / STICK
        folder.mkdir(parents=True, exist_ok=True)
        write_csv(folder / name, [HEADINGS, *lines])
        return next(each for each in reading.on_sticks(str(self.sticks)) if each.name == name)

    def read(self, chosen: OnStick) -> Read:
        """A file as the desk reads it."""
        return reading.read(chosen, self.today, self.village.settings.name["zh"])

    def hold_beside(self, *lines: Line, session: str = "") -> int:
        """Read a register and hold it against the village; how many differences there are."""
        found = self.read(self.put_on_stick(lines))
        who = session or self.clerk
        return reading.keep(self.village, who, found, "yearly_register", new_touch_id())

    def waiting(self, kind: Kind) -> list[pages.DifferenceLine]:
        """What waits, of a kind."""
        return list(pages.page(self.village, self.clerk, kind))

    def counts(self) -> dict[str, int]:
        """How much waits, by kind."""
        found = pages.overview(self.village, self.clerk)
        assert found is not None
        return dict(found.counts)

    def decide(self, kind: Kind, decision: Decision = "accept", session: str = "") -> Outcome:
        """Decide on all of a kind, as it was told beforehand."""
        who = session or self.clerk
        chosen = deciding.all_of(self.village, who, kind)
        told = deciding.rehearse(self.village, who, chosen, decision)
        done = deciding.decide(self.village, who, chosen, decision, new_touch_id())
        assert done == told
        return done

    def person(self, name: str) -> Resident:
        """The person of the register who is called so."""
        with self.village.read() as session:
            found = session.scalars(select(Resident).where(Resident.name == name)).one()
            session.expunge(found)
            return found

    def house_of(self, name: str) -> Household:
        """Where somebody lives."""
        with self.village.read() as session:
            found = session.scalars(select(Resident).where(Resident.name == name)).one().household
            session.expunge(found)
            return found

    def misfits(self) -> list[Finding]:
        """What the tables say that the log does not give; of the clerk's office it says nothing."""
        with read_unit(self.village) as work:
            return list(check_tables(work).findings)


def _office(village: Village, clock: SettableClock, folder: Path) -> Office:
    file = write_csv(folder / "last_year.csv", [HEADINGS, *LAST_YEAR])
    plan = importing_plan.plan(village, importing_plan.read_register(file))
    importing_plan.apply(village, plan)
    village = replace(village, settings=replace(village.settings, drives=str(folder / "sticks")))
    made = Office(village, clock, folder / "sticks")
    home = made.home(
        [Person("clerk", "钱办事", date(1980, 1, 1))], code="0099", lane="南街", number="9"
    )
    made.clerk = made.open_session(home.people[0], "clerk")
    return made


@pytest.fixture
def office(village: Village, clock: SettableClock, tmp_path: Path) -> Office:
    """On both databases."""
    return _office(village, clock, tmp_path)


@pytest.fixture
def sqlite_office(sqlite_village: Village, clock: SettableClock, tmp_path: Path) -> Office:
    """On SQLite."""
    return _office(sqlite_village, clock, tmp_path)
