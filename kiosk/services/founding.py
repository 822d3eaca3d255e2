"""A village begins: directory, keys, rule book, and the first officials with their cards."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from kiosk.core.clock import Clock, village_day
from kiosk.core.errors import ExpectedError
from kiosk.core.places import DataDirectory
from kiosk.core.settings import Settings
from kiosk.core.text import clean
from kiosk.documents.enrolment_card import EnrolmentCard, enrolment_card_pdf
from kiosk.models.residents import Resident
from kiosk.services import access, rulebook
from kiosk.services.access.roles import ROLES, Role
from kiosk.services.residents import importing
from kiosk.services.residents.people import is_adult
from kiosk.services.upkeep import found_village
from kiosk.services.village import Village

_PARTS = 5


@dataclass(frozen=True)
class Official:
    """One of the first officials, as `kiosk init` was told."""

    name: str
    born_on: date
    lane: str
    number: str
    role: Role


@dataclass(frozen=True)
class FoundersCard:
    """A first official's card and PIN, shown once; `pdf` is the card to print."""

    name: str
    role: Role
    number: str
    pin: str = field(repr=False)
    pdf: bytes = field(repr=False)


def official(told: str, today: date) -> Official:
    """Read ``name,1970-01-31,lane,number,role``.

    Raises:
        ExpectedError: ``official_unclear`` with what was told; ``under_age``.
    """
    parts = [clean(part, 80) for part in told.replace("，", ",").split(",")]
    if len(parts) != _PARTS or not all(parts) or parts[4] not in ROLES:
        raise ExpectedError("official_unclear", told)
    try:
        born_on = date.fromisoformat(parts[1])
    except ValueError as trouble:
        raise ExpectedError("official_unclear", told) from trouble
    if not is_adult(born_on, today):
        raise ExpectedError("under_age")
    return Official(parts[0], born_on, parts[2], parts[3].removesuffix("号"), parts[4])


def found(
    directory: DataDirectory,
    settings: Settings,
    clock: Clock,
    officials: Iterable[Official],
    keep: Callable[[FoundersCard], object],
) -> Village:
    """Found a village and hand each first official's card to `keep`, once.

    Raises:
        ExpectedError: ``founders_incomplete`` without an officer and a clerk, before anything is
            made.
        EnvironmentFault: as `found_village`.
    """
    first = tuple(officials)
    if not {"officer", "clerk"} <= {each.role for each in first}:
        raise ExpectedError("founders_incomplete")
    village = found_village(directory, settings, clock)
    rulebook.install(village)
    register = importing.Register(tuple(_row(line, each) for line, each in enumerate(first, 1)))
    importing.apply(village, importing.plan(village, register))
    by_resident = _residents(village, first)
    roles = {resident: frozenset([each.role]) for resident, each in by_resident.items()}
    for issued in access.founding(village, roles):
        keep(_card(village, by_resident[issued.resident_id], issued))
    return village


def _row(line: int, told: Official) -> importing.RegisterRow:
    return importing.RegisterRow(
        line=line,
        sheet="",
        name=told.name,
        born_on=told.born_on,
        sex=None,
        code="",
        lane=told.lane,
        number=told.number,
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


def _card(village: Village, told: Official, issued: access.IssuedCard) -> FoundersCard:
    card = EnrolmentCard(
        village_zh=village.settings.name_zh,
        village_en=village.settings.name_en,
        name=told.name,
        card_number=issued.number,
        qr_text=issued.token_text,
        enrolled_on=village_day(village.clock.now()),
    )
    return FoundersCard(told.name, told.role, issued.number, issued.pin, enrolment_card_pdf(card))
