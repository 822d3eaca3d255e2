"""A village begins: directory, keys, rule book, and the first officials with their cards.

The command line and the screen go the same way. Nothing of it is a village until all of it is on
disk, the officials' sheets included: the settings are written last.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy import select

from kiosk.core.catalogue import CHINESE, ENGLISH
from kiosk.core.clock import Clock, village_day
from kiosk.core.errors import ExpectedError
from kiosk.core.paths import DataDirectory
from kiosk.core.settings import Settings
from kiosk.core.text import clean
from kiosk.core.texts import Texts
from kiosk.models.register import Resident
from kiosk.services.access import grants
from kiosk.services.access.roles import Role
from kiosk.services.register.importing import addresses, plan
from kiosk.services.rulebook import book, whereabouts
from kiosk.services.rulebook.reading import RuleText
from kiosk.services.upkeep import founding_notes, official_cards
from kiosk.services.upkeep.founders import Founder, require_assembly, require_offices, together
from kiosk.services.upkeep.opening import begin_village, end_founding, on_a_server
from kiosk.services.village import Village

LONGEST_ORIGIN: Final = 60
"""Characters; the origin stands twice in every QR code."""
LONGEST_NAME: Final = 40
"""Characters of the village's name."""
_DRAWN: Final = "23456789abcdefghjkmnpqrstuvwxyz"
_DRAWN_LETTERS: Final = 6


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """With what a village begins."""

    settings: Settings
    founders: tuple[Founder, ...]
    assembly: date | None
    """The day on which the village's assembly chose the first officials."""
    rules: tuple[RuleText, ...] = ()
    """Those that were chosen for it (`rulebook.choosing`); the shipped book without any."""


@dataclass(frozen=True)
class Founded:
    """The village, open, and the sheets of its officials, which lie in the spool."""

    village: Village
    sheets: tuple[official_cards.PutDown, ...]


def village_name(zh: str, en: str) -> Texts:
    """The village's name in the languages of every paper.

    Raises:
        ExpectedError: ``village_name_missing``.
    """
    name = Texts({CHINESE: clean(zh, LONGEST_NAME), ENGLISH: clean(en, LONGEST_NAME)})
    if not all(name.values()):
        raise ExpectedError("village_name_missing")
    return name


def log_origin(typed: str) -> str:
    """The permanent name of the village's log, as it was typed.

    Raises:
        ExpectedError: ``origin_missing``, ``origin_unclear``.
    """
    origin = typed.strip()
    if not origin:
        raise ExpectedError("origin_missing")
    if not re.fullmatch(r"[a-z0-9.-]+(/[a-z0-9.-]+)*", origin) or len(origin) > LONGEST_ORIGIN:
        raise ExpectedError("origin_unclear", origin)
    return origin


def drawn_origin(name_en: str) -> str:
    """A name for the log of a village that has no domain: its own, and letters drawn by lot.

    No two villages draw the same; nobody is given it who did not ask for it.
    """
    name = re.sub(r"[^a-z0-9]+", "-", name_en.lower()).strip("-")[:24].strip("-") or "village"
    lot = "".join(secrets.choice(_DRAWN) for _ in range(_DRAWN_LETTERS))
    return f"{name}-{lot}/good-deed-book"


def check_places(settings: Settings) -> None:
    """Refuse places of the village that no report could name.

    Raises:
        ExpectedError: ``place_unclear`` with the first of them.
    """
    if names := whereabouts.refused(settings):
        raise ExpectedError("place_unclear", names[0])


def found(
    directory: DataDirectory, beginning: Beginning, clock: Clock, *, at_the_screen: bool = False
) -> Founded:
    """Found a village; whatever cuts it short leaves none, and the next founding begins anew.

    `at_the_screen` keeps the notes of the founding, which say what is left to do there
    (`founding_left`); otherwise they go.

    Raises:
        ExpectedError: ``founders_incomplete``, ``assembly_day``, ``place_unclear``, before
            anything is made.
        EnvironmentFault: as `begin_writing` and `begin_village`.
    """
    first = together(beginning.founders)
    require_offices(first)
    assembly = require_assembly(beginning.assembly, village_day(clock.now()))
    check_places(beginning.settings)
    if not on_a_server():
        founding_notes.begin_writing(directory)
    try:
        village = begin_village(directory, beginning.settings, clock)
        try:
            sheets = _made(village, beginning, first, assembly)
        except BaseException:
            village.database.close()
            raise
    except BaseException:
        founding_notes.sweep(directory)
        raise
    if at_the_screen:
        key = village.keys.verifier.text()
        founding_notes.change(directory, lambda notes: replace(notes, key=key))
    end_founding(village)
    if at_the_screen:
        # What was typed is in the register now.
        founding_notes.write(directory, founding_notes.Notes(state="founded", key=key))
    else:
        founding_notes.forget(directory)
    return Founded(village, sheets)


def _made(
    village: Village, beginning: Beginning, first: tuple[Founder, ...], assembly: date
) -> tuple[official_cards.PutDown, ...]:
    """The book, the people, the offices and the sheets of their cards."""
    book.install(village, chosen=beginning.rules)
    at_home = _as_stored(first, village.settings.name[CHINESE])
    rows = (_row(line, each) for line, each in enumerate(at_home, 1))
    outcome = plan.apply(village, plan.plan(village, plan.Register(tuple(rows))))
    if outcome.refused:
        raise ExpectedError("founders_alike", at_home[outcome.refused[0].line - 1].name)
    roles = _offices(village, at_home)
    issued = grants.founding(village, roles, assembly)
    cards = [official_cards.on_paper(village, each) for each in issued]
    return official_cards.put_down(village, cards)


def _as_stored(founders: tuple[Founder, ...], village: str) -> tuple[Founder, ...]:
    """Each with their lane as the register has it, without the village's own name before it."""
    lanes = addresses.without_village({each.lane for each in founders}, village)
    return tuple(replace(each, lane=lanes[each.lane] or each.lane) for each in founders)


def _row(line: int, told: Founder) -> plan.RegisterRow:
    return plan.RegisterRow(
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


def _offices(village: Village, founders: tuple[Founder, ...]) -> dict[int, frozenset[Role]]:
    with village.read() as session:
        rows = session.scalars(select(Resident)).all()
        ids = {
            (each.name, each.born_on, each.household.lane, each.household.number): each.id
            for each in rows
        }
    return {
        ids[each.name, each.born_on, *each.home]: frozenset(each.roles)
        for each in founders
        if each.roles
    }
