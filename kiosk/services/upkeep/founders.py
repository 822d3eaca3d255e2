"""Those with whom a village begins: who they are, and which offices its assembly gave them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from kiosk.core.ages import is_adult
from kiosk.core.catalogue import catalogue
from kiosk.core.errors import ExpectedError
from kiosk.core.text import clean
from kiosk.services.access import offices
from kiosk.services.access.roles import ROLES, Role
from kiosk.services.register.importing.blocks import RowRefusal
from kiosk.services.register.importing.rows import LONGEST_NAME, name_as_stored, read_house

FEWEST_HOMES: Final = 2
"""Of so many households the first officers are: two of two households give every later office."""
_PARTS: Final = 5
_DAY: Final = re.compile(r"(\d{4})(?:\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})\D?|(\d{2})(\d{2}))")


@dataclass(frozen=True, kw_only=True)
class Founder:
    """Somebody of the village, as those who found it say; `roles` are empty without an office."""

    name: str
    born_on: date
    lane: str
    number: str
    roles: tuple[Role, ...] = ()

    @property
    def home(self) -> tuple[str, str]:
        """The house, by which those of one household are known."""
        return self.lane, self.number


def founder(
    name: str, born: str, lane: str, number: str, roles: Collection[str], today: date
) -> Founder:
    """Read what was typed of one of them.

    Raises:
        ExpectedError: ``founder_name``, ``founder_birth``, ``founder_house``;
            ``official_under_age`` with the name of somebody too young for an office.
    """
    called = clean(name_as_stored(name), LONGEST_NAME)
    if not called:
        raise ExpectedError("founder_name")
    born_on = day_of(born)
    if born_on is None or born_on > today:
        raise ExpectedError("founder_birth")
    place = clean(lane, 80), clean(number, 80)
    try:
        house = read_house(*place) if all(place) else ("", "")
    except RowRefusal as trouble:
        raise ExpectedError("founder_house") from trouble
    if not all(house):
        raise ExpectedError("founder_house")
    held = tuple(each for each in ROLES if each in roles)
    if held and not is_adult(born_on, today):
        raise ExpectedError("official_under_age", called)
    return Founder(name=called, born_on=born_on, lane=house[0], number=house[1], roles=held)


def day_of(typed: str) -> date | None:
    """The day that somebody typed, year first, with anything or nothing between its parts."""
    found = _DAY.fullmatch(clean(typed, 20))
    if found is None:
        return None
    try:
        return date(*(int(each) for each in found.groups() if each is not None))
    except ValueError:
        return None


def official(told: str, today: date) -> Founder:
    """Read ``name,1970-01-31,lane,number,office``, as the command line is told.

    Raises:
        ExpectedError: ``official_unclear`` with what was told, ``duty_unclear``,
            ``official_under_age``.
    """
    parts = [clean(part, 80) for part in told.replace("\uff0c", ",").split(",")]
    if len(parts) != _PARTS or not all(parts):
        raise ExpectedError("official_unclear", told)
    role = _role(parts[4])
    if role is None:
        raise ExpectedError("duty_unclear", parts[4], told)
    try:
        date.fromisoformat(parts[1])
        return founder(parts[0], parts[1], parts[2], parts[3], [role], today)
    except ValueError as trouble:
        raise ExpectedError("official_unclear", told) from trouble
    except ExpectedError as refusal:
        if refusal.code == "official_under_age":
            raise
        raise ExpectedError("official_unclear", told) from refusal


def together(founders: Iterable[Founder]) -> tuple[Founder, ...]:
    """Each of them once, with every office that they were named with."""
    found: dict[object, Founder] = {}
    for each in founders:
        who = (each.name, each.born_on, each.home)
        before = found[who].roles if who in found else ()
        roles = tuple(role for role in ROLES if role in (*before, *each.roles))
        found[who] = Founder(
            name=each.name, born_on=each.born_on, lane=each.lane, number=each.number, roles=roles
        )
    return tuple(found.values())


def require_offices(founders: Iterable[Founder]) -> None:
    """Refuse a beginning in which no later office could be given, or nobody could sit at the desk.

    Raises:
        ExpectedError: ``founders_incomplete``.
    """
    if missing(founders):
        raise ExpectedError("founders_incomplete")


def missing(founders: Iterable[Founder]) -> tuple[str, ...]:
    """What the first officials lack: ``officers``, ``clerk``."""
    known = tuple(founders)
    homes = {each.home for each in known if "officer" in each.roles}
    lacking = {
        "officers": len(homes) < FEWEST_HOMES,
        "clerk": not any("clerk" in each.roles for each in known),
    }
    return tuple(what for what, lacks in lacking.items() if lacks)


def require_assembly(day: date | None, today: date) -> date:
    """The day of the assembly that chose them, which is not long ago.

    Raises:
        ExpectedError: ``assembly_day``.
    """
    if day is None or not today - offices.ASSEMBLY_WITHIN <= day <= today:
        raise ExpectedError("assembly_day")
    return day


def _role(told: str) -> Role | None:
    """The office that is called so in either language."""
    wanted = told.casefold()
    return next((role for role in ROLES if wanted in {role, *_names_of(role)}), None)


def _names_of(role: Role) -> Iterator[str]:
    for language in catalogue().languages:
        yield catalogue().text(f"access.role_{role}", language).casefold()
