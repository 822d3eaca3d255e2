"""A difference as it is kept until somebody decides on it, and what the village had then."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from kiosk.core.encoding import digest_of
from kiosk.models.register import Household, Resident
from kiosk.services.register.importing.dates import shown_birth
from kiosk.services.register.importing.differences import Difference, better_birth
from kiosk.services.register.importing.matching import House


@dataclass(frozen=True, kw_only=True)
class Said:
    """What the file says of a person and a house; empty, or None, where it says nothing."""

    home: int = 0
    """The household of the village that the file means; 0 for one that is not there yet."""
    code: str = ""
    lane: str = ""
    number: str = ""
    premises: str = ""
    name: str = ""
    born: str = ""
    """``1956-03-01``: the better of the two births; a day that is not known is the month's last."""
    born_day_known: bool = True
    sex: str = ""
    relation: str = ""
    phone: str = ""
    is_head: bool | None = None
    head_left: int = 0
    """Who is head of the household that a move leaves, where the file says so."""

    def text(self) -> str:
        """As it is kept."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @property
    def born_on(self) -> date | None:
        """The day of birth."""
        return date.fromisoformat(self.born) if self.born else None

    @property
    def birth(self) -> str:
        """As it is shown: ``1956-03`` where the day is not known."""
        return shown_birth(self.born_on, self.born_day_known)

    @property
    def place(self) -> tuple[int, str, str, str]:
        """What tells the households that the file means apart."""
        return self.home, self.code, self.lane, self.number


def read_said(text: str) -> Said:
    """What `Said.text` wrote."""
    return Said(**json.loads(text))


def said_of(difference: Difference, heads: dict[str, int]) -> Said | None:
    """What the file says; None where it names nobody. `heads` are its own, by household."""
    match, house = difference.match, difference.house
    if match is None:
        return Said(**_house(house)) if house is not None else None
    row, known = match.row, difference.known
    born_on, day_known = better_birth(row, known)
    return Said(
        **_house(match.house),
        name=row.name,
        born=born_on.isoformat() if born_on else "",
        born_day_known=day_known,
        sex=row.sex or "",
        relation=row.relation,
        phone=row.phone,
        is_head=row.is_head,
        head_left=heads.get(known.household, 0) if known else 0,
    )


def _house(house: House) -> dict[str, Any]:
    return {
        "home": house.known.id if house.known else 0,
        "code": house.code,
        "lane": house.lane,
        "number": house.number,
        "premises": house.premises,
    }


def seen(person: Resident | None, home: Household | None) -> str:
    """A digest of what the village has of somebody, or of a household; empty for neither."""
    if person is not None:
        born = person.born_on.isoformat() if person.born_on else ""
        return digest_of(
            json.dumps(
                [
                    *(person.household_id, person.active, person.name, born),
                    *(person.born_day_known, person.sex, person.relation),
                    *(person.is_head, person.phone),
                ]
            )
        )
    if home is not None:
        return digest_of(json.dumps([home.code, home.lane, home.number, home.premises]))
    return ""
