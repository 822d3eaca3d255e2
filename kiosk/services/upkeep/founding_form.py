"""The founding as it is asked for on the screen: step by step, each checked before the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from kiosk.core.clock import Clock, village_day
from kiosk.core.errors import ExpectedError
from kiosk.core.paths import DataDirectory
from kiosk.core.settings import PrinterSettings, Settings
from kiosk.core.text import clean
from kiosk.devices.printers import found as found_printers
from kiosk.devices.removable import USB
from kiosk.services.access.roles import ROLES
from kiosk.services.rulebook import choosing
from kiosk.services.rulebook.reading import RuleText
from kiosk.services.upkeep import founders, founding_notes, setup
from kiosk.services.upkeep.founding_notes import Notes, Person
from kiosk.services.upkeep.opening import on_a_server

STEPS: Final = (
    "name",
    "log",
    "terminal",
    "sheets",
    "slips",
    "places",
    "rules",
    "people",
    "assembly",
    "sure",
)
"""What is asked, one after the other; a person is typed on a page of their own."""
NO_PRINTER: Final = "file"
MOST_PLACES: Final = 40
MOST_PEOPLE: Final = 200
ROLLS_MM: Final = (80, 58)
_PERSON: Final = ("person_name", "person_born", "person_lane", "person_number")


@dataclass(frozen=True, kw_only=True)
class Offered:
    """What this machine and the program have to choose from."""

    sheets: tuple[str, ...]
    """Settings of printers that take sheets."""
    slips: tuple[tuple[str, int], ...]
    """Settings of slip printers, each with the width of its roll."""
    rules: tuple[choosing.Tick, ...]


def offered() -> Offered:
    """The printers that are there now, and the rules that come with the program."""
    queues = tuple(f"cups:{each}" for each in found_printers.queues())
    devices = [f"escpos:{each}" for each in found_printers.slip_devices()]
    slips = tuple((each, width) for each in (*devices, *queues) for width in ROLLS_MM)
    return Offered(sheets=queues, slips=slips, rules=choosing.ticks())


def checked(notes: Notes, step: str, clock: Clock) -> Notes:
    """Refuse to leave `step` with what no village can be founded with.

    Raises:
        ExpectedError: what is amiss, as `setup` and `founders` say it.
    """
    check = _CHECKS.get(step)
    if check is not None:
        check(notes, village_day(clock.now()))
    return notes


def with_place(notes: Notes) -> Notes:
    """The place that was typed is on the list.

    Raises:
        ExpectedError: ``place_unclear``.
    """
    both = [clean(notes.typed.get(each, ""), 40) for each in ("place_zh", "place_en")]
    place = " / ".join(each for each in both if each)
    setup.check_places(replace(_nameless(notes), places=(place,)))
    places = tuple(dict.fromkeys((*notes.places, place)))[:MOST_PLACES]
    return replace(notes, places=places, typed=_without(notes, "place_zh", "place_en"))


def with_person(notes: Notes, clock: Clock) -> Notes:
    """The person who was typed is on the list.

    Raises:
        ExpectedError: as `founders.founder`; ``founders_alike`` for one who is on it already.
    """
    typed = [notes.typed.get(each, "") for each in _PERSON]
    name, born, lane, number = typed
    read = founders.founder(name, born, lane, number, notes.roles, village_day(clock.now()))
    person = Person(
        name=read.name,
        born=read.born_on.isoformat(),
        lane=read.lane,
        number=read.number,
        roles=read.roles,
    )
    if any(replace(each, roles=()) == replace(person, roles=()) for each in notes.people):
        raise ExpectedError("founders_alike", read.name)
    people = (*notes.people, person)[:MOST_PEOPLE]
    kept = _without(notes, *_PERSON)
    # Whoever comes next often lives in the same lane.
    kept["person_lane"] = lane
    return replace(notes, people=people, roles=(), typed=kept)


def typed_again(notes: Notes, place: int) -> Notes:
    """The person at `place` of the list is being typed, to be put right."""
    if not 0 <= place < len(notes.people):
        return notes
    person = notes.people[place]
    said = dict(zip(_PERSON, (person.name, person.born, person.lane, person.number), strict=True))
    rest = notes.people[:place] + notes.people[place + 1 :]
    return replace(notes, people=rest, roles=person.roles, typed={**notes.typed, **said})


def missing(notes: Notes, today: date) -> tuple[str, ...]:
    """What the first officials lack still, as `founders.missing` says it."""
    return founders.missing(_founders(notes, today))


def begun(notes: Notes) -> bool:
    """Whether anybody said anything yet."""
    return replace(notes, step="", state="asking") != Notes()


def rules(notes: Notes) -> tuple[RuleText, ...]:
    """The book with which the village begins.

    Raises:
        ExpectedError: ``rulebook_none_chosen``.
    """
    return choosing.chosen(notes.ticked, notes.unticked)


def found(directory: DataDirectory, notes: Notes, clock: Clock, drives: str = USB) -> None:
    """Found the village; what is left then is `founding_left`'s.

    `drives` is where this machine has its sticks.

    Raises:
        ExpectedError: what is amiss with any step.
        EnvironmentFault: ``founding_on_server``; as `setup.found`.
    """
    if on_a_server():
        raise ExpectedError("founding_on_server")
    for step in STEPS:
        checked(notes, step, clock)
    today = village_day(clock.now())
    founding_notes.keep(directory, notes)
    beginning = setup.Beginning(
        settings=replace(_settings(notes), drives=drives),
        founders=_founders(notes, today),
        assembly=founders.day_of(notes.typed.get("assembly", "")),
        rules=rules(notes),
    )
    setup.found(directory, beginning, clock, at_the_screen=True).village.database.close()


def _settings(notes: Notes) -> Settings:
    said = notes.typed
    return Settings(
        name=setup.village_name(said.get("name_zh", ""), said.get("name_en", "")),
        origin=setup.log_origin(said.get("origin", "")),
        terminal=terminal(notes),
        places=notes.places,
        printers=PrinterSettings(
            sign=notes.sign_printer, slip=notes.slip_printer, slip_width_mm=notes.slip_width_mm
        ),
    )


def terminal(notes: Notes) -> str:
    """What this machine is called among others; the usual name where nobody gave it another."""
    return clean(notes.typed.get("terminal", ""), 40) or Settings.terminal


def _nameless(notes: Notes) -> Settings:
    return Settings(setup.village_name("-", "-"), "-", places=notes.places)


def _founders(notes: Notes, today: date) -> tuple[founders.Founder, ...]:
    return founders.together(
        founders.founder(each.name, each.born, each.lane, each.number, each.roles, today)
        for each in notes.people
    )


def _without(notes: Notes, *names: str) -> dict[str, str]:
    return {name: value for name, value in notes.typed.items() if name not in names}


def _check_name(notes: Notes, _today: date) -> None:
    setup.village_name(notes.typed.get("name_zh", ""), notes.typed.get("name_en", ""))


def _check_log(notes: Notes, _today: date) -> None:
    setup.log_origin(notes.typed.get("origin", ""))


def _check_places(notes: Notes, _today: date) -> None:
    setup.check_places(_nameless(notes))


def _check_rules(notes: Notes, _today: date) -> None:
    rules(notes)


def _check_people(notes: Notes, today: date) -> None:
    founders.require_offices(_founders(notes, today))


def _check_assembly(notes: Notes, today: date) -> None:
    founders.require_assembly(founders.day_of(notes.typed.get("assembly", "")), today)


_CHECKS: Final[dict[str, Callable[[Notes, date], None]]] = {
    "name": _check_name,
    "log": _check_log,
    "places": _check_places,
    "rules": _check_rules,
    "people": _check_people,
    "assembly": _check_assembly,
}


def ticked(notes: Notes, key: str) -> Notes:
    """The rule's tick is set, or taken away."""
    begins = {each.rule.rule: each.ticked for each in choosing.ticks()}
    if key not in begins:
        return notes
    listed = notes.unticked if begins[key] else notes.ticked
    turned = tuple(each for each in listed if each != key) if key in listed else (*listed, key)
    if begins[key]:
        return replace(notes, unticked=turned)
    return replace(notes, ticked=turned)


def is_ticked(notes: Notes, tick: choosing.Tick) -> bool:
    """Whether the village begins with the rule."""
    key = tick.rule.rule
    return key not in notes.unticked if tick.ticked else key in notes.ticked


def with_role(notes: Notes, role: str) -> Notes:
    """The office of the person being typed is ticked, or not any more."""
    held = set(notes.roles) ^ {role}
    return replace(notes, roles=tuple(each for each in ROLES if each in held))
