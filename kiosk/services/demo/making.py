"""Making the demo village.

It is made beside the directory in which it is to live and moved there when it is whole, so that a
making that was interrupted leaves nothing behind that looks like a village.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

from sqlalchemy import update

from kiosk.core.clock import SettableClock, village_day
from kiosk.core.errors import EnvironmentFault
from kiosk.core.ids import new_touch_id
from kiosk.core.paths import DataDirectory
from kiosk.core.settings import Settings
from kiosk.core.texts import Texts
from kiosk.models.printing import PrintJob
from kiosk.services.access import grants
from kiosk.services.access.offices import Signature
from kiosk.services.access.roles import Role
from kiosk.services.consent import consents
from kiosk.services.demo.calendar import Calendar
from kiosk.services.demo.cards import DemoCard, card_of, keep_cards
from kiosk.services.demo.hall import Hall, Villager, hall_of
from kiosk.services.demo.past import Deed, Past, adults
from kiosk.services.demo.people import SEED, demo_people, write_register
from kiosk.services.demo.rounds import RoundAtWork
from kiosk.services.demo.script import script
from kiosk.services.demo.years import Years
from kiosk.services.enrolment import explanation, joining
from kiosk.services.letters import letters
from kiosk.services.perks import catalogue
from kiosk.services.register.importing import plan
from kiosk.services.rulebook import book
from kiosk.services.upkeep.opening import found_village
from kiosk.services.village import Village

ENROLLED = 300
_LENGTH = timedelta(days=365)
_NEWLY = timedelta(days=2)
_WANT_SIGN = 0.7
_REGISTER = "demo-register.csv"
_STEPS = 100

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class DemoVillage:
    """A demo village that was made, and the cards to try it with, the resident's first."""

    directory: DataDirectory
    cards: tuple[DemoCard, ...]


def make_demo(
    directory: DataDirectory,
    now: datetime,
    progress: Progress = lambda _done, _of: None,
    *,
    before: timedelta = timedelta(),
) -> DemoVillage:
    """Make a demo village whose past year ends at `now`, and which lived so long `before` it.

    Raises:
        EnvironmentFault: ``village_exists``, ``no_permission``, ``disk_full``.
    """
    if directory.settings.exists():
        raise EnvironmentFault("village_exists", directory.root)
    with _beside(directory) as place:
        cards = _make(place, now.replace(microsecond=0), before, progress)
    progress(_STEPS, _STEPS)
    return DemoVillage(directory, cards)


def _make(
    place: DataDirectory, now: datetime, before: timedelta, progress: Progress
) -> tuple[DemoCard, ...]:
    told = script()
    clock = SettableClock(now - _LENGTH - before)
    name = Texts(told["name"])
    settings = Settings(name, told["origin"], demo=True, places=tuple(told["places"]))
    with found_village(place, settings, clock).closing() as village:
        book.install(village)
        hall = _settle(village)
        progress(10, _STEPS)
        cards = _live(hall, clock, now, lambda part: progress(10 + int(85 * part), _STEPS))
        _papers_came_out(village)
        hall.close()
        keep_cards(village, cards, village_day(now - _LENGTH))
        return cards


def _settle(village: Village) -> Hall:
    """Import the register, as an office would: without those who are not born yet."""
    doors = demo_people(until=village_day(village.clock.now()))
    file = village.directory.root / _REGISTER
    write_register(file, doors)
    plan.apply(village, plan.plan(village, plan.read_register(file)))
    return hall_of(village, Random(SEED))  # noqa: S311  (nothing secret is drawn)


def _live(
    hall: Hall, clock: SettableClock, now: datetime, progress: Callable[[float], None]
) -> tuple[DemoCard, ...]:
    """Found the offices, enrol people, and let the year go by."""
    cast = script()["cast"]
    officers = tuple(map(hall.named, cast["officers"]))
    clerk, keeper = hall.named(cast["clerk"]), hall.named(cast["keeper"])
    offices: dict[Villager, Role] = dict.fromkeys(officers, "officer")
    offices |= {clerk: "clerk", keeper: "keeper"}
    founders = {each.id: frozenset([role]) for each, role in offices.items()}
    issued = {card.resident_id: card for card in grants.founding(hall.village, founders)}
    _fill_the_shelf(hall, clerk)
    enrolled = tuple(_enrol(hall, clerk))
    part = 0.0
    if clock.now() < now - _LENGTH:
        part = 1 - _LENGTH / (now - clock.now())
        earlier = Calendar(clock, now - _LENGTH)
        years = Years(
            hall=hall,
            calendar=earlier,
            past=Past(hall, earlier, officers, enrolled),
            clerk=clerk,
            kept=_written(),
            cards=issued,
            join=partial(_enrol_some, hall, clerk),
            fill_the_shelf=partial(_fill_the_shelf, hall, clerk),
        )
        enrolled = years.live(lambda done: progress(part * done))
    past = Past(hall, Calendar(clock, now), officers, enrolled)
    newcomer = hall.named(cast["stories"]["fresh"])
    past.calendar.at(now - _NEWLY, lambda: _enrol_some(hall, clerk, [newcomer]))
    _write_calendar(hall, past)
    second = issued[officers[1].id]
    RoundAtWork(
        hall=hall,
        officer=officers[0],
        second=Signature(second.number, second.pin),
        main=hall.named(cast["stories"]["main"]),
    ).write(past.calendar)
    past.calendar.play(lambda done: progress(part + (1 - part) * done))
    cards = [
        card_of(name, story, grants.issue_card(hall.village, hall.seat(clerk, "clerk"), person.id))
        for story, name in cast["stories"].items()
        if (person := hall.named(name))
    ]
    _one_letter(hall, next(each for each in cards if each.story == "main"))
    return (
        *cards,
        *(card_of(each.name, role, issued[each.id]) for each, role in offices.items()),
    )


def _fill_the_shelf(hall: Hall, clerk: Villager) -> None:
    """What points can be spent on."""
    seat = hall.seat(clerk, "clerk")
    for each in script()["perk"]:
        what = (Texts(each["title"]), each["price"], each["stock"])
        more = {"picture": each["picture"], "per_person": each["per_person"]}
        catalogue.offer(hall.village, seat, *what, new_touch_id(), **more)


def _enrol(hall: Hall, clerk: Villager) -> list[Villager]:
    """Enrol adults at the desk: everybody with a part, and others up to `ENROLLED`."""
    written = _written()
    grown = [each for each in adults(hall) if each.id != clerk.id]
    newcomer = script()["cast"]["stories"]["fresh"]
    known = [each for each in grown if each.name in written and each.name != newcomer]
    others = [each for each in grown if each.name not in written]
    chosen = [*known, *hall.random.sample(others, ENROLLED - len(known))]
    _enrol_some(hall, clerk, chosen)
    return chosen


def _enrol_some(hall: Hall, clerk: Villager, chosen: list[Villager]) -> None:
    """Most of them agree to a sign at their door as well, and some to sit on panels."""
    written = _written()
    cast = script()["cast"]
    serving = {*cast["friends"], cast["stories"]["main"]}
    on_the_wall = {*cast["friends"], cast["stories"]["nomination"]}
    clerk_session = hall.seat(clerk, "clerk")
    for each in chosen:
        wants_sign = each.name in written or hall.random.random() < _WANT_SIGN
        purposes: list[consents.Purpose] = ["number"]
        purposes += ["household_sign"] if wants_sign else []
        purposes += ["panel"] if each.name in serving else []
        purposes += ["thank_you_wall"] if each.name in on_the_wall else []
        purposes += ["letter"] if each.name == script()["cast"]["stories"]["main"] else []
        joining.enrol(
            hall.village,
            clerk_session,
            each.id,
            tuple(purposes),
            new_touch_id(),
            read_aloud=True,
            answers=explanation.UNDERSTOOD,
            language=hall.village.settings.language,
        )


def _written() -> set[str]:
    """Everybody whom the script names for a part or writes out with their family."""
    cast = script()["cast"]
    families = (person["name"] for family in script()["family"] for person in family["people"])
    return {*families, *cast["friends"], cast["replied"]}


def _write_calendar(hall: Hall, past: Past) -> None:
    cast = script()["cast"]
    main, nominated, concerned, _fresh = map(hall.named, cast["stories"].values())
    friends = [hall.named(name) for name in cast["friends"]]
    _main_residents_year(past, main, nominated, friends)
    past.nomination(
        main, nominated, Deed(rule="help_neighbour", days_ago=3, words=2), accepted=False
    )
    past.concern(friends[0], concerned, 2, 1)
    past.concern(friends[1], hall.named(cast["replied"]), 11, 0, "own_words")
    past.concern(friends[2], friends[3], 16, 2, "agree", "first")
    past.concern(friends[0], friends[2], 130, 1, "put_right", "cleared")
    past.concern(friends[3], friends[1], 100, 2, "agree", "put_right")
    # Of the five who serve two are part of it, and every officer has a hand in it: the three who
    # are left hear it, whatever the lot says, and the main one is among them.
    past.concern(friends[3], friends[0], 12, 0, "own_words", "appealed")
    past.own_deed(friends[0], Deed(rule="mend_shared_things", days_ago=1, words=0, undecided=True))
    past.own_deed(friends[1], Deed(rule="sort_waste", days_ago=2, words=1, undecided=True))
    past.nomination(
        friends[2], friends[3], Deed(rule="help_neighbour", days_ago=4, words=0, undecided=True)
    )
    past.thanks(friends[0], friends[1], "harvest", 20)
    past.thanks(friends[2], nominated, "home", 34)
    past.thanks(main, friends[2], "found", 48)
    past.many_deeds()
    past.star_round({main.household_id: {"courtyard": 5, "rules": 3, "recycling": 3}})
    past.weekly_ticks()


def _main_residents_year(
    past: Past, main: Villager, nominated: Villager, friends: list[Villager]
) -> None:
    """Four deeds with 15 points, and a house with 2: 50 + 15 + 2 - 0 = 67."""
    past.own_deed(main, Deed(rule="sort_waste", days_ago=143, words=0))
    past.own_deed(
        main, Deed(rule="clean_docks", days_ago=96, words=2, witnesses=tuple(friends[:3]))
    )
    past.own_deed(main, Deed(rule="dedication", days_ago=53, words=0, witnesses=(friends[3],)))
    past.own_deed(
        main, Deed(rule="visit_older_person", days_ago=41, words=0, witnesses=(nominated,))
    )


def _one_letter(hall: Hall, card: DemoCard) -> None:
    """The main resident had a letter made, for the school."""
    seat = hall.seat(hall.named(card.name))
    facts = letters.desk(hall.village, seat).facts
    chosen = tuple(each.key for each in facts if each.kind in ("lives", "joined", "deed"))
    language = hall.village.settings.language
    to = hall.village.catalogue.text("letters.demo_to", language)
    draft = letters.Draft(facts=chosen, to=to, language=language, days=letters.DAYS[-1])
    letters.issue(hall.village, seat, draft, Signature(card.number, card.pin), new_touch_id())


def _papers_came_out(village: Village) -> None:
    """The slips of the past were printed in the past."""
    with village.write() as session:
        session.execute(
            update(PrintJob)
            .where(PrintJob.phase == "waiting")
            .values(phase="done", reason="seen", finished_at=PrintJob.created_at)
        )


@contextmanager
def _beside(directory: DataDirectory) -> Iterator[DataDirectory]:
    """A place beside `directory` whose content moves there at the end, the settings last."""
    staging = DataDirectory(directory.root.with_name(f".{directory.root.name}.making"))
    shutil.rmtree(staging.root, ignore_errors=True)
    try:
        yield staging
        directory.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        for file in sorted(staging.root.iterdir(), key=lambda each: each == staging.settings):
            _move(file, directory.root / file.name)
    except OSError as trouble:
        raise EnvironmentFault("no_permission", directory.root) from trouble
    finally:
        shutil.rmtree(staging.root, ignore_errors=True)


def _move(source: Path, target: Path) -> None:
    if target.is_dir() and not any(target.iterdir()):
        target.rmdir()
    source.rename(target)
