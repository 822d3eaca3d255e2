"""What cannot be right in the register is named by house, and printed as what to ask there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from kiosk.core.houses import House
from kiosk.core.ids import new_touch_id
from kiosk.models.register import Household, Resident
from kiosk.services.check.papers import check_paper
from kiosk.services.households import doctor
from kiosk.services.printing import spooler
from kiosk.services.register.entries import household_changed, person_changed
from kiosk.services.work import writing
from tests.services.cases.conftest import Hamlet
from tests.services.households.family import clerk, happens, home_of, misfits, plan
from tests.worlds.builder import GROWN_UP

Code = Callable[..., str]


def write_of(hamlet: Hamlet, letter: str, **columns: object) -> None:
    """What the register has of somebody, as a register that was brought in may say it."""
    with writing(hamlet.village) as work:
        person = work.session.get_one(Resident, hamlet.people[letter])
        for column, value in columns.items():
            setattr(person, column, value)
        person_changed(work, person, hamlet.people["Z" if letter != "Z" else "B"])


def well(hamlet: Hamlet) -> None:
    """Each household has one head, and nobody was born as another one was."""
    for place, letter in enumerate(hamlet.people):
        head = letter not in "ay"
        write_of(hamlet, letter, is_head=head, born_on=GROWN_UP + timedelta(days=place))


def found(hamlet: Hamlet) -> list[tuple[str, int]]:
    told = doctor.examine(hamlet.village, clerk(hamlet))
    return [(each.code, each.household_id) for each in told]


def test_a_register_that_is_well_has_nothing_to_ask(hamlet: Hamlet, refused: Code) -> None:
    seat = clerk(hamlet)
    well(hamlet)
    assert found(hamlet) == []
    asked = (doctor.print_questions, hamlet.village, seat, new_touch_id())
    assert refused(*asked) == "nothing_to_ask"


def test_each_kind_of_what_cannot_be_right_is_named_with_its_house(hamlet: Hamlet) -> None:
    clerk(hamlet)
    well(hamlet)
    today = hamlet.today
    write_of(hamlet, "B", is_head=False)
    write_of(hamlet, "a", is_head=True)
    write_of(hamlet, "C", born_on=today.replace(year=today.year - 17))
    write_of(hamlet, "D", born_on=today + timedelta(days=1))
    write_of(hamlet, "E", born_on=date(1905, 1, 1))
    write_of(hamlet, "y", name="林Z", born_on=_born(hamlet, "Z"))
    homes = {letter: home_of(hamlet, letter) for letter in "ABCDEYZ"}
    assert set(found(hamlet)) == {
        ("no_head", homes["B"]),
        ("two_heads", homes["A"]),
        ("no_adult", homes["C"]),
        ("no_adult", homes["D"]),
        ("born_ahead", homes["D"]),
        ("born_long_ago", homes["E"]),
        ("twice", homes["Y"]),
        ("twice", homes["Z"]),
    }


def _born(hamlet: Hamlet, letter: str) -> date:
    with hamlet.village.read() as session:
        born = session.get_one(Resident, hamlet.people[letter]).born_on
    assert born is not None
    return born


def test_one_door_with_two_households_is_asked_about_unless_they_parted_behind_it(
    hamlet: Hamlet,
) -> None:
    clerk(hamlet)
    well(hamlet)
    happens(hamlet, plan(hamlet, "split", "A", "a"))
    assert found(hamlet) == []
    with writing(hamlet.village) as work:
        home = work.session.get_one(Household, home_of(hamlet, "B"))
        other = work.session.get_one(Household, home_of(hamlet, "C"))
        home.lane, home.number = other.lane, other.number
        household_changed(work, home, hamlet.people["Z"])
    both = {home_of(hamlet, "B"), home_of(hamlet, "C")}
    assert set(found(hamlet)) == {("one_door", each) for each in both}
    happens(
        hamlet, plan(hamlet, "merge", "B", "B", to=home_of(hamlet, "C"), head=hamlet.people["C"])
    )
    assert found(hamlet) == []


def test_what_to_ask_is_printed_by_house_without_a_name_and_its_code_is_genuine(
    hamlet: Hamlet,
) -> None:
    seat = clerk(hamlet)
    well(hamlet)
    write_of(hamlet, "B", is_head=False)
    touch = new_touch_id()
    job = doctor.print_questions(hamlet.village, seat, touch)
    assert doctor.print_questions(hamlet.village, seat, touch) == job
    while spooler.print_next(hamlet.village):
        pass
    [paper] = [each for each in hamlet.jobs() if each.id == job]
    assert paper.phase == "done"
    with hamlet.village.read() as session:
        home = session.get_one(Household, home_of(hamlet, "B"))
        house = House(home.lane, home.number)
    said = paper.payload["next_steps"]
    assert [each["strong_lead"] for each in said] == [f"{house.words('zh')}："]
    assert "林" not in str(paper.payload["next_steps"])
    assert check_paper(hamlet.village, paper.qr_text).verdict == "genuine"
    assert misfits(hamlet) == []


def test_a_resident_and_a_keeper_do_not_look_the_register_over(
    sqlite_hamlet: Hamlet, refused: Code
) -> None:
    hamlet = sqlite_hamlet
    for session in (hamlet.sign("B"), hamlet.sign("C", "keeper")):
        assert refused(doctor.examine, hamlet.village, session) == "not_allowed"
        asked = (doctor.print_questions, hamlet.village, session, new_touch_id())
        assert refused(*asked) == "not_allowed"
