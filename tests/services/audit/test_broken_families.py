"""What happens in families, broken on purpose: the log alone says that it was not allowed.

Each check that the fold holds an entry about a family to is taken out of the service that asks it
first, so that what must not be is written down in good order: no row differs from the log, and
`verify` has to refuse what the log says.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.models.register import Household, Resident
from kiosk.services.audit.tables import verify_village
from kiosk.services.differences import deciding, reading, writing
from kiosk.services.households import carrying_out, checking, events
from kiosk.services.ledger import log
from kiosk.services.my_data import erasure
from kiosk.services.register import entries
from kiosk.services.register.importing import register_file
from kiosk.services.village import Village
from kiosk.services.work import Work
from kiosk.services.work import writing as writing_unit
from tests.services.households.family import clerk, dies, happens, home_of, plan, write
from tests.services.register.registers import HEADINGS, write_csv
from tests.worlds.kept import grown
from tests.worlds.logged import LoggedHamlet, furnish

pytestmark = pytest.mark.long
Patch = pytest.MonkeyPatch
Way = Callable[[LoggedHamlet], object]


@pytest.fixture
def hamlet(sqlite_village: Village, clock: SettableClock) -> LoggedHamlet:
    """A hamlet of which the log knows everything."""
    return grown(LoggedHamlet(sqlite_village, clock), furnish)


# --- what people do meanwhile


def a_birth(hamlet: LoggedHamlet, house: str = "A", session: str = "", minutes: int = 10) -> None:
    """A child is born, the clerk writes it down, and it takes effect after some minutes."""
    born = plan(hamlet, "birth", house, name="林小苗", born_on=hamlet.today.isoformat())
    write(hamlet, born, session or hamlet.sign("K", "clerk"))
    hamlet.clock.advance(minutes=minutes)
    assert events.carry_out_due(hamlet.village) == 1


def a_birth_at_the_clerks_own(hamlet: LoggedHamlet) -> None:
    """The clerk writes down a child of their own."""
    a_birth(hamlet, "K")


def a_birth_in_haste(hamlet: LoggedHamlet) -> None:
    """The timer comes before the ten minutes are over."""
    a_birth(hamlet, minutes=3)


def a_birth_that_the_keeper_writes_down(hamlet: LoggedHamlet) -> None:
    """Somebody without an office for it is at the desk."""
    a_birth(hamlet, session=hamlet.sign("B", "keeper"))


def a_death(hamlet: LoggedHamlet) -> None:
    """Somebody dies, and an officer agrees that it is written down."""
    dies(hamlet, "E")


def a_split(hamlet: LoggedHamlet) -> None:
    """One of two leaves the household for a house of their own, and they stay relatives."""
    happens(hamlet, plan(hamlet, "split", "A", "a", plate="柳荫里9号"))


def a_move(hamlet: LoggedHamlet) -> None:
    """Somebody moves in with a neighbour."""
    happens(hamlet, plan(hamlet, "move", "B", "B", to=home_of(hamlet, "C")))


def a_register_of_the_clerks(hamlet: LoggedHamlet) -> None:
    """This year's register says otherwise of the clerk, who accepts it."""
    accept_register(hamlet, "K")


def a_register(hamlet: LoggedHamlet) -> None:
    """This year's register says otherwise of somebody, and the clerk accepts it."""
    accept_register(hamlet, "E")


def accept_register(hamlet: LoggedHamlet, letter: str) -> None:
    """A file in which one person has another telephone, read and accepted."""
    with hamlet.village.read() as session:
        lines = [
            (
                person.name,
                "",
                str(person.born_on),
                f"{person.household.lane}{person.household.number}",
                person.household.code,
                "",
                "13900001111" if person.id == hamlet.people[letter] else "",
            )
            for person in session.scalars(select(Resident))
        ]
    file = write_csv(hamlet.village.directory.root / "year.csv", [HEADINGS, *lines])
    name = hamlet.village.settings.name["zh"]
    register = register_file.read_register(file, today=hamlet.today, village=name)
    read = reading.Read(file.name, register)
    desk = hamlet.sign("K", "clerk")
    reading.keep(hamlet.village, desk, read, "yearly_register", new_touch_id())
    chosen = deciding.all_of(hamlet.village, desk, "changed")
    done = deciding.decide(hamlet.village, desk, chosen, "accept", new_touch_id())
    assert done.changed == 1


# --- what is broken


def nobody_asks_whose_family(patch: Patch) -> None:
    patch.setattr(checking, "_check_apart", lambda *_: None)


def in_force_at_once(patch: Patch) -> None:
    patch.setattr(events, "TAKEN_BACK_WITHIN", timedelta(minutes=2))


def one_official_is_enough(patch: Patch) -> None:
    patch.setattr(events, "NEEDS_TWO", frozenset[str]())


def the_keeper_may(patch: Patch) -> None:
    patch.setattr(events, "MAY", frozenset({"keeper", "clerk", "officer"}))


def also(spoil: Callable[[Work, int], object]) -> Callable[[Patch], None]:
    """What was planned is carried out, and something else with it."""

    def break_it(patch: Patch) -> None:
        honest = carrying_out.carry_out

        def broken(work: Work, plan: Any, by: int) -> None:
            honest(work, plan, by)
            spoil(work, by)

        patch.setattr(carrying_out, "carry_out", broken)

    return break_it


def gone_one_is_back(work: Work, by: int) -> None:
    gone = work.session.scalars(select(Resident).where(~Resident.active)).first()
    assert gone is not None
    gone.active = True
    entries.person_changed(work, gone, by)


def nobody_that_there_was(work: Work, by: int) -> None:
    somebody = work.session.scalars(select(Resident).where(Resident.name == "林D")).one()
    entries.newcomer(work, somebody, by)


def clerk_has_another_plate(work: Work, by: int) -> None:
    home = work.session.get_one(Household, work.session.get_one(Resident, by).household_id)
    home.number = "99号"
    entries.household_changed(work, home, by)


def related_once_more(work: Work, by: int) -> None:
    wife, husband = (
        work.session.scalars(select(Resident.id).where(Resident.name == name)).one()
        for name in ("林A", "林a")
    )
    log.append(work, entries.RELATIVE_DECLARED, {"resident": wife, "relative": husband, "by": by})


def ended_though_none(work: Work, by: int) -> None:
    log.append(work, entries.RELATIVE_ENDED, {"resident": 1, "relative": 3, "by": by})


def nobody_asks_whose_line(patch: Patch) -> None:
    patch.setattr(writing, "_near_homes", lambda _work: frozenset[int]())


def a_line_moves_somebody(patch: Patch) -> None:
    honest = writing.Writing.change

    def broken(self: writing.Writing, some: Any) -> None:
        (one,) = some
        session = self._work.session
        elsewhere = select(Resident.household_id).where(Resident.name == "林D").scalar_subquery()
        moved = update(Resident).where(Resident.id == one.resident_id)
        session.execute(moved.values(household_id=elsewhere))
        honest(self, some)

    patch.setattr(writing.Writing, "change", broken)


BROKEN: dict[str, tuple[Callable[[Patch], None], Way, str]] = {
    "a birth in the clerk's own family": (
        nobody_asks_whose_family,
        a_birth_at_the_clerks_own,
        "one's own",
    ),
    "what happens takes effect too soon": (in_force_at_once, a_birth_in_haste, "not in its time"),
    "a death that one official writes down": (
        one_official_is_enough,
        a_death,
        "without a second officer",
    ),
    "a birth that the keeper writes down": (
        the_keeper_may,
        a_birth_that_the_keeper_writes_down,
        "without the office",
    ),
    "somebody comes who was there": (also(nobody_that_there_was), a_move, "was there"),
    "the clerk's own plate": (also(clerk_has_another_plate), a_move, "one's own"),
    "relatives said twice": (also(related_once_more), a_split, "said before"),
    "relatives who were none": (also(ended_though_none), a_birth, "were not related"),
    "a line of the register about the clerk": (
        nobody_asks_whose_line,
        a_register_of_the_clerks,
        "one's own",
    ),
    "a line of the register that moves somebody": (a_line_moves_somebody, a_register, "moved"),
    "somebody who had gone is back": (also(gone_one_is_back), a_death, "had gone"),
}
"""How it is broken, what happens meanwhile, and what the log is refused for."""


@pytest.mark.parametrize("name", BROKEN)
def test_what_a_broken_desk_writes_of_a_family_is_refused_by_the_log_alone(
    name: str, hamlet: LoggedHamlet, monkeypatch: Patch
) -> None:
    break_it, way, why = BROKEN[name]
    break_it(monkeypatch)
    way(hamlet)
    findings = verify_village(hamlet.village).findings
    assert any(each.code == "not_allowed" and why in each.name for each in findings), findings


def test_who_lays_down_their_office_within_the_ten_minutes_wrote_it_down_in_it(
    hamlet: LoggedHamlet,
) -> None:
    desk = clerk(hamlet)
    write(hamlet, plan(hamlet, "death", "E", "E"), desk, hamlet.signature("Y"))
    hamlet.end_office("X", "clerk")
    hamlet.clock.advance(minutes=10)
    assert events.carry_out_due(hamlet.village) == 1
    assert verify_village(hamlet.village).findings == ()


def test_a_death_that_somebody_else_wrote_down_is_not_theirs(hamlet: LoggedHamlet) -> None:
    write(hamlet, plan(hamlet, "death", "E", "E"), clerk(hamlet), hamlet.signature("Y"))
    with writing_unit(hamlet.village) as work:
        erasure.erase_who_is_gone(work, hamlet.people["E"], erasure.DIED, hamlet.people["Z"])
    findings = {(each.code, each.name) for each in verify_village(hamlet.village).findings}
    assert ("not_allowed", "left: was not written down") in findings


@pytest.mark.parametrize("way", [a_birth, a_death, a_split, a_move, a_register])
def test_what_an_honest_desk_writes_of_a_family_leaves_nothing_to_find(
    way: Way, hamlet: LoggedHamlet
) -> None:
    way(hamlet)
    assert verify_village(hamlet.village).findings == ()
