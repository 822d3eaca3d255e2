"""What the log says of the register: who lives where since when, without a name in it.

An import is one entry with a row for each person and household that it made or changed; a later
change of one of them is an entry of its own, which says everything anew. Names and plates are
there as salted digests: enough to find one that was changed, not to read it. What is about a person
is erased with them; a household is nobody's alone and stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from kiosk.core.encoding import salted_digest
from kiosk.models.register import DeclaredRelative, Household, ImportRun, Resident
from kiosk.services.ledger import log, rows
from kiosk.services.work import Work

PERSON, HOUSEHOLD = "person", "household"
"""What a row under an entry is about; its number follows, then its facts, in their order."""
RELATIVES, IMPORT = "relatives", "import"
"""What of a village of an earlier version stands in rows beside these (`carried`)."""
REGISTER_IMPORTED = "register_imported"
PERSON_CHANGED = "person_changed"
HOUSEHOLD_CHANGED = "household_changed"
RELATIVE_DECLARED = "relative_declared"
RELATIVE_ENDED = "relative_ended"


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonFacts:
    """What the log says of a person: all that somebody could be decided on by."""

    resident_id: int
    household_id: int
    born_on: date | None
    born_day_known: bool
    active: bool
    is_head: bool
    name: str
    pinyin: str

    def told(self) -> dict[str, Any]:
        """The facts as an entry says them; the order is that of a row."""
        return {
            "resident": self.resident_id,
            "household": self.household_id,
            "born_on": self.born_on.isoformat() if self.born_on else None,
            "born_day_known": self.born_day_known,
            "active": self.active,
            "is_head": self.is_head,
            "name": salted_digest(self.name),
            "pinyin": salted_digest(self.pinyin),
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class HouseholdFacts:
    """What the log says of a household."""

    household_id: int
    code: str
    lane: str
    number: str
    premises: str

    def told(self) -> dict[str, Any]:
        """The facts as an entry says them; the order is that of a row."""
        return {
            "household": self.household_id,
            "code": salted_digest(self.code),
            "lane": salted_digest(self.lane),
            "number": salted_digest(self.number),
            "premises": self.premises,
        }


Facts = PersonFacts | HouseholdFacts
PERSON_COLUMNS = (
    Resident.id.label("resident_id"),
    *(Resident.household_id, Resident.born_on, Resident.born_day_known),
    *(Resident.active, Resident.is_head, Resident.name, Resident.pinyin),
)
"""What is read of the register to say `PersonFacts`."""
HOUSEHOLD_COLUMNS = (
    Household.id.label("household_id"),
    *(Household.code, Household.lane, Household.number, Household.premises),
)
"""What is read of the register to say `HouseholdFacts`."""
_BATCH = 1_000


def as_rows(facts: Iterable[Facts]) -> Iterator[list[Any]]:
    """The rows under an entry that say these facts."""
    for each in facts:
        what = PERSON if isinstance(each, PersonFacts) else HOUSEHOLD
        yield [what, *each.told().values()]


_TOLD = {
    PERSON: (
        *("resident", "household", "born_on", "born_day_known", "active", "is_head"),
        *("name", "pinyin"),
    ),
    HOUSEHOLD: ("household", "code", "lane", "number", "premises"),
}
"""What an entry calls the facts; in a row their values stand in this order."""


def told_in_row(row: list[Any]) -> dict[str, Any]:
    """The facts of a row under an entry, as an entry of its own would say them.

    Raises:
        LookupError, ValueError: it is about something else, or says more or less.
    """
    what, *values = row
    return dict(zip(_TOLD[what], values, strict=True))


def of_person(person: Resident) -> PersonFacts:
    """What stands in the register of a person."""
    return PersonFacts(
        resident_id=person.id,
        household_id=person.household_id,
        born_on=person.born_on,
        born_day_known=person.born_day_known,
        active=person.active,
        is_head=person.is_head,
        name=person.name,
        pinyin=person.pinyin,
    )


def of_household(home: Household) -> HouseholdFacts:
    """What stands in the register of a household."""
    return HouseholdFacts(
        household_id=home.id,
        code=home.code,
        lane=home.lane,
        number=home.number,
        premises=home.premises,
    )


def whole_register(session: Session) -> Iterator[Facts]:
    """Everybody and every household as they stand in the register, those who left included."""
    for row in session.execute(_slowly(HOUSEHOLD_COLUMNS, Household.id)):
        yield HouseholdFacts(**row._mapping)
    for row in session.execute(_slowly(PERSON_COLUMNS, Resident.id)):
        yield PersonFacts(**row._mapping)


def carried(session: Session) -> Iterator[list[Any]]:
    """The rows that say the whole register, its imports and relatives, of an earlier version."""
    yield from as_rows(whole_register(session))
    for pair in session.scalars(select(DeclaredRelative)):
        yield [RELATIVES, pair.resident_id, pair.relative_id]
    for run in session.scalars(select(ImportRun).order_by(ImportRun.id)):
        counts = (run.added, run.updated, run.unchanged, run.refused)
        yield [IMPORT, run.id, run.at.isoformat(), *counts]


def _slowly(columns: tuple[Any, ...], by: Any) -> Select[Any]:
    return select(*columns).order_by(by).execution_options(yield_per=_BATCH)


def person_changed(work: Work, person: Resident, by: int) -> None:
    """Say in the log what the register has of a person from now on, and who wrote it."""
    work.session.flush()
    log.append(work, PERSON_CHANGED, {**of_person(person).told(), "by": by})


def newcomer(work: Work, person: Resident, by: int) -> None:
    """Say in the log what the register has of somebody who is new in it, and who wrote it."""
    work.session.flush()
    log.append(work, PERSON_CHANGED, {**of_person(person).told(), "by": by, "came": True})


def household_changed(work: Work, home: Household, by: int) -> None:
    """Say in the log what the register has of a household from now on, and who wrote it."""
    work.session.flush()
    log.append(work, HOUSEHOLD_CHANGED, {**of_household(home).told(), "by": by})


def imported(
    work: Work,
    facts: Iterable[Facts],
    *,
    added: int,
    updated: int = 0,
    unchanged: int = 0,
    refused: int = 0,
    by: int | None = None,
) -> int:
    """Say of an import what it counted, and the people and households that it wrote; its number.

    `by` is who accepted it at the desk, person by person: it moves nobody, and nobody of theirs.
    """
    counts = {"added": added, "updated": updated, "unchanged": unchanged, "refused": refused}
    run = ImportRun(at=work.now, **counts)
    work.session.add(run)
    work.session.flush()
    said = {"run": run.id, **counts} | ({} if by is None else {"by": by})
    rows.append(work, REGISTER_IMPORTED, said, as_rows(facts))
    return run.id
