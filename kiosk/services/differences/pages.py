"""What waits to be decided on, as the desk shows it: counts, a page of names, two sides of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.core.errors import ExpectedError
from kiosk.core.houses import House
from kiosk.models.differences import RegisterDifference, RegisterReading
from kiosk.models.register import Household, Resident
from kiosk.services.access import acting
from kiosk.services.differences.kept import Said, read_said
from kiosk.services.differences.reading import MAY
from kiosk.services.register.importing.dates import shown_birth
from kiosk.services.register.importing.differences import KINDS, WHYS, Kind, Why
from kiosk.services.village import Village

PAGE: Final = 12
"""How many are on a page."""
_OF_A_PERSON: Final = ("name", "birth", "sex", "house", "relation", "head", "phone")
_OF_A_HOUSE: Final = ("house", "code", "premises")
FIELDS: Final = frozenset({*_OF_A_PERSON, *_OF_A_HOUSE})
"""What is held side by side; words at ``differences.field_<field>``."""


@dataclass(frozen=True, kw_only=True)
class Overview:
    """A register that was read, and how many of its differences wait, by kind."""

    file: str
    at: datetime
    people: int
    unchanged: int
    refused: int
    counts: tuple[tuple[Kind, int], ...]


@dataclass(frozen=True, kw_only=True)
class DifferenceLine:
    """One difference among others: who, where, and in which of `FIELDS`."""

    difference_id: int
    kind: Kind
    why: Why
    name: str
    """Empty for a household."""
    house: House
    after: House
    """Where the file has them; the same as `house` where it says nothing else."""
    differ: tuple[str, ...]


@dataclass(frozen=True)
class Side:
    """What one side says in one of `FIELDS`, before it is worded."""

    field: str
    here: str
    there: str

    @property
    def differs(self) -> bool:
        """Whether the file says something, and something else."""
        return bool(self.there) and self.here != self.there


@dataclass(frozen=True)
class DifferencePage:
    """One difference, side by side, what differs first.

    `here` is empty of who is not in the register.
    """

    line: DifferenceLine
    sides: tuple[Side, ...]
    household: int = 0
    """Where the person lives in the register here; 0 of who is not in it."""


def overview(village: Village, session_id: str) -> Overview | None:
    """What waits to be decided on; None where no register was read.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with acting.reading(village, session_id, *MAY) as work:
        reading = work.session.scalar(select(RegisterReading))
        if reading is None:
            return None
        by_kind = select(RegisterDifference.kind, func.count()).group_by(RegisterDifference.kind)
        counts = dict(work.session.execute(by_kind).all())
        return Overview(
            file=reading.file,
            at=reading.at,
            people=reading.people,
            unchanged=reading.unchanged,
            refused=reading.refused,
            counts=tuple((kind, counts[kind]) for kind in KINDS if kind in counts),
        )


def page(
    village: Village, session_id: str, kind: Kind, after: int = 0
) -> tuple[DifferenceLine, ...]:
    """The next `PAGE` differences of a kind, in the order of the file, behind the number `after`.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with acting.reading(village, session_id, *MAY) as work:
        some = (
            select(RegisterDifference)
            .where(RegisterDifference.kind == kind, RegisterDifference.id > after)
            .order_by(RegisterDifference.id)
            .limit(PAGE)
        )
        return tuple(_line(work.session, each) for each in work.session.scalars(some))


def open_one(village: Village, session_id: str, difference_id: int) -> DifferencePage:
    """Both sides of one difference; that its person was looked at stands in the log already.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``difference_decided``.
    """
    with acting.reading(village, session_id, *MAY) as work:
        found = work.session.get(RegisterDifference, difference_id)
        if found is None:
            raise ExpectedError("difference_decided")
        sides = [each for each in _sides(work.session, found) if each.here or each.there]
        sides.sort(key=lambda each: not each.differs)
        person = work.session.get(Resident, found.resident_id) if found.resident_id else None
        household = person.household_id if person else found.household_id or 0
        return DifferencePage(_line(work.session, found), tuple(sides), household)


def _line(session: Session, found: RegisterDifference) -> DifferenceLine:
    said = read_said(found.said) if found.said else None
    person = session.get(Resident, found.resident_id) if found.resident_id else None
    home = session.get(Household, found.household_id) if found.household_id else None
    house = House(home.lane, home.number) if home else House()
    there = House(said.lane, said.number) if said else house
    name = person.name if person else (said.name if said else "")
    differ = tuple(each.field for each in _sides(session, found) if each.differs)
    return DifferenceLine(
        difference_id=found.id,
        kind=next(each for each in KINDS if each == found.kind),
        why=next(each for each in WHYS if each == found.why),
        name=name,
        house=house if home else there,
        after=there,
        differ=differ,
    )


def _sides(session: Session, found: RegisterDifference) -> tuple[Side, ...]:
    said = read_said(found.said) if found.said else Said()
    person = session.get(Resident, found.resident_id) if found.resident_id else None
    home = person.household if person else None
    if person is None and found.kind == "house":
        home = session.get_one(Household, found.household_id)
    here, there = _here(person, home), _there(said)
    if person is not None and said.home == person.household_id:
        there["house"] = here["house"]  # another plate is a difference of its own
    fields = _OF_A_HOUSE if found.kind == "house" else _OF_A_PERSON
    return tuple(Side(each, here.get(each, ""), there[each]) for each in fields)


def _here(person: Resident | None, home: Household | None) -> dict[str, str]:
    told: dict[str, str] = {}
    if home is not None:
        told |= _of_house(home)
    if person is not None:
        told |= {
            "name": person.name,
            "birth": shown_birth(person.born_on, person.born_day_known),
            "sex": person.sex or "",
            "relation": person.relation,
            "head": _yes(person.is_head),
            "phone": person.phone,
        }
    return told


def _there(said: Said) -> dict[str, str]:
    return {
        **_of_house(said),
        "name": said.name,
        "birth": said.birth,
        "sex": said.sex,
        "relation": said.relation,
        "head": "" if said.is_head is None else _yes(said.is_head),
        "phone": said.phone,
    }


def _of_house(of: Any) -> dict[str, str]:
    """Lane and number are kept apart by a line end, and worded by who shows them."""
    place = f"{of.lane}\n{of.number}" if of.lane or of.number else ""
    return {"house": place, "code": of.code, "premises": of.premises}


def _yes(said: bool) -> str:
    return "yes" if said else "no"
