"""A village begins: directory, keys, rule book, and the first officials with their cards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from kiosk.core.ages import is_adult
from kiosk.core.catalogue import CHINESE, catalogue
from kiosk.core.clock import Clock
from kiosk.core.errors import ExpectedError
from kiosk.core.paths import DataDirectory
from kiosk.core.settings import Settings
from kiosk.core.text import clean
from kiosk.models.register import Resident
from kiosk.services.access import grants
from kiosk.services.access.roles import ROLES, Role
from kiosk.services.register.importing import plan
from kiosk.services.register.importing.blocks import RowRefusal
from kiosk.services.register.importing.rows import read_house
from kiosk.services.rulebook import book, whereabouts
from kiosk.services.rulebook.reading import RuleText
from kiosk.services.upkeep.official_cards import OfficialCard, on_paper
from kiosk.services.upkeep.opening import found_village
from kiosk.services.village import Village

_PARTS = 5


@dataclass(frozen=True, kw_only=True)
class Official:
    """One of the first officials, as `kiosk init` was told."""

    name: str
    born_on: date
    lane: str
    number: str
    role: Role


def official(told: str, today: date) -> Official:
    """Read ``name,1970-01-31,lane,number,role``.

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
        born_on = date.fromisoformat(parts[1])
        read_house(parts[2], parts[3])
    except (ValueError, RowRefusal) as trouble:
        raise ExpectedError("official_unclear", told) from trouble
    if not is_adult(born_on, today):
        raise ExpectedError("official_under_age", parts[0])
    return Official(name=parts[0], born_on=born_on, lane=parts[2], number=parts[3], role=role)


def _role(told: str) -> Role | None:
    """The office that is called so in either language."""
    wanted = told.casefold()
    return next((role for role in ROLES if wanted in {role, *_names_of(role)}), None)


def _names_of(role: Role) -> Iterator[str]:
    for language in catalogue().languages:
        yield catalogue().text(f"access.role_{role}", language).casefold()


def require_offices(officials: Iterable[Official]) -> None:
    """Refuse a beginning without an officer and a clerk.

    Raises:
        ExpectedError: ``founders_incomplete``.
    """
    if not {"officer", "clerk"} <= {each.role for each in officials}:
        raise ExpectedError("founders_incomplete")


def check_places(settings: Settings) -> None:
    """Refuse places of the village that no report could name.

    Raises:
        ExpectedError: ``place_unclear`` with the first of them.
    """
    if names := whereabouts.refused(settings):
        raise ExpectedError("place_unclear", names[0])


def found(
    directory: DataDirectory,
    settings: Settings,
    clock: Clock,
    officials: Iterable[Official],
    keep: Callable[[OfficialCard], object],
    rules: tuple[RuleText, ...] = (),
) -> Village:
    """Found a village and hand each first official's card to `keep`, once.

    `rules` are those that were chosen for it (`rulebook.choosing`); the shipped book without any.

    Raises:
        ExpectedError: ``founders_incomplete`` without an officer and a clerk, before anything is
            made.
        EnvironmentFault: as `found_village`.
    """
    first = tuple(officials)
    require_offices(first)
    village = found_village(directory, settings, clock)
    book.install(village, chosen=rules)
    rows = (_row(line, each, settings.name[CHINESE]) for line, each in enumerate(first, 1))
    register = plan.Register(tuple(rows))
    plan.apply(village, plan.plan(village, register))
    by_resident = _residents(village, first)
    roles = {resident: frozenset([each.role]) for resident, each in by_resident.items()}
    for issued in grants.founding(village, roles):
        keep(on_paper(village, issued))
    return village


def _row(line: int, told: Official, village: str) -> plan.RegisterRow:
    lane, number = read_house(told.lane, told.number, village)
    return plan.RegisterRow(
        line=line,
        sheet="",
        name=told.name,
        born_on=told.born_on,
        sex=None,
        code="",
        lane=lane,
        number=number,
        premises="",
        is_head=None,
        relation="",
        phone="",
    )


def _residents(village: Village, first: tuple[Official, ...]) -> dict[int, Official]:
    with village.read() as session:
        ids = {
            (name, born_on): resident_id
            for resident_id, name, born_on in session.execute(
                select(Resident.id, Resident.name, Resident.born_on)
            )
        }
    return {ids[each.name, each.born_on]: each for each in first}
