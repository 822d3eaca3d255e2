"""Moving away, two households that become one, and what was written wrongly is put right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import select

from kiosk.core.ids import new_touch_id
from kiosk.models.access import Card
from kiosk.models.consent import Consent
from kiosk.models.register import Household, Resident
from kiosk.services.households import desk, events
from kiosk.services.households.desk import OpenedHousehold
from kiosk.services.households.plans import Plan
from kiosk.services.register.entries import person_changed
from kiosk.services.work import writing
from tests.services.cases.conftest import Hamlet
from tests.services.households.family import (
    CLERK,
    clerk,
    dies,
    findable,
    found,
    happens,
    home_of,
    misfits,
    person,
    plan,
    shown,
    write,
)

Code = Callable[..., str]
BORN = "1960-02-01"


def opened(hamlet: Hamlet, home: int) -> OpenedHousehold:
    return desk.open_household(hamlet.village, clerk(hamlet), home, "keep_in_order")


def heads_at(hamlet: Hamlet, home: int) -> list[str]:
    with hamlet.village.read() as session:
        here = select(Resident.name).where(Resident.household_id == home, Resident.active)
        return list(session.scalars(here.where(Resident.is_head)))


def said(hamlet: Hamlet, what: Plan) -> set[str]:
    told = shown(hamlet, what).consequences
    return {each.code for each in (*told.changes, *told.stays)}


# --- moving away


def test_who_moves_away_is_found_by_nobody_and_the_others_keep_all(
    hamlet: Hamlet, refused: Code
) -> None:
    hamlet.approved_deed("A")
    hamlet.hand_in("C", "C", "help", witnesses="A")
    findable(hamlet, "A")
    gone, was = hamlet.people["A"], hamlet.number("a")
    leaves = plan(hamlet, "move_out", "A", "A")
    assert {"will_leave", "will_end", "will_copy", "stays_living"} <= said(hamlet, leaves)
    alone = (hamlet.village, clerk(hamlet), shown(hamlet, leaves).plan, new_touch_id())
    assert refused(events.write_down, *alone) == "second_officer"
    happens(hamlet, leaves, hamlet.signature("Y"))
    assert found(hamlet, "林A") == []
    assert hamlet.number("a") == was
    with hamlet.village.read() as session:
        assert not session.get_one(Resident, gone).active
        for table in (Card, Consent):
            assert session.scalar(select(table).where(table.resident_id == gone).limit(1)) is None
    assert misfits(hamlet) == []


def test_all_of_a_household_move_away_and_its_house_is_free(hamlet: Hamlet) -> None:
    findable(hamlet, "Aa")
    home = home_of(hamlet, "A")
    happens(hamlet, plan(hamlet, "move_out", "A", "Aa"), hamlet.signature("Y"))
    assert found(hamlet, "河埠路1") == []
    with hamlet.village.read() as session:
        house = session.get_one(Household, home)
        plate = f"{house.lane}{house.number}号"
    happens(hamlet, plan(hamlet, "move", "B", "B", plate=plate))
    assert misfits(hamlet) == []


def test_an_office_is_laid_down_before_its_holder_moves_away(hamlet: Hamlet, refused: Code) -> None:
    hamlet.officer("Y")
    leaves = plan(hamlet, "move_out", "Y", "Y")
    seat = clerk(hamlet)
    assert refused(events.preview, hamlet.village, seat, leaves) == "life_office_first"


# --- two become one


def test_two_households_become_one_with_the_head_that_was_chosen(
    hamlet: Hamlet, refused: Code
) -> None:
    case = hamlet.hand_in("A", "A", "help").case_id
    before = {letter: hamlet.number(letter) for letter in "AaBC"}
    left, there = home_of(hamlet, "A"), home_of(hamlet, "B")
    one = plan(hamlet, "merge", "A", "Aa", to=there)
    asked = events.preview(hamlet.village, clerk(hamlet), one)
    assert asked.ask == "head"
    assert {name for _, name in asked.candidates} == {"林A", "林a", "林B"}
    happens(hamlet, plan(hamlet, "merge", "A", "Aa", to=there, head=hamlet.people["a"]))
    assert {home_of(hamlet, letter) for letter in "AaB"} == {there}
    assert heads_at(hamlet, there) == ["林a"]
    assert heads_at(hamlet, left) == []
    assert {letter: hamlet.number(letter) for letter in "AaBC"} == before
    assert hamlet.state(case) == "submitted"
    assert misfits(hamlet) == []
    some = plan(hamlet, "merge", "A", "A", to=home_of(hamlet, "C"))
    assert refused(events.preview, hamlet.village, clerk(hamlet), some) == "life_changed"
    nowhere = plan(hamlet, "merge", "A", "AaB", plate="新街9号")
    assert refused(events.preview, hamlet.village, clerk(hamlet), nowhere) == "household_unknown"


# --- somebody is still here


def test_who_was_written_down_as_dead_is_here_again_and_joins_anew(
    hamlet: Hamlet, refused: Code
) -> None:
    hamlet.approved_deed("A")
    findable(hamlet, "A")
    home, who, others = home_of(hamlet, "A"), hamlet.people["A"], "aBC"
    dies(hamlet, "A")
    before = {letter: hamlet.number(letter) for letter in others}
    hamlet.clock.advance(days=31)
    (gone,) = opened(hamlet, home).gone
    assert (gone.resident_id, gone.kind) == (who, "death")
    wrong = plan(hamlet, "still_here", "a", "A", name="林A", born_on=BORN)
    assert {"will_be_here", "will_not_return", "stays_numbers"} <= said(hamlet, wrong)
    alone = (hamlet.village, clerk(hamlet), shown(hamlet, wrong).plan, new_touch_id())
    assert refused(events.write_down, *alone) == "second_officer"
    happens(hamlet, wrong, hamlet.signature("Z"))
    assert found(hamlet, "林A") == ["林A"]
    assert person(hamlet, "林A").id == who
    assert opened(hamlet, home).gone == ()
    assert {letter: hamlet.number(letter) for letter in others} == before
    hamlet.enrol("A")
    assert hamlet.number("A") == 50
    assert misfits(hamlet) == []
    again = (hamlet.village, clerk(hamlet), wrong)
    assert refused(events.preview, *again) == "life_not_gone"
    dies(hamlet, "A")
    assert found(hamlet, "林A") == []
    assert misfits(hamlet) == []


def test_nobody_comes_back_under_a_birth_date_that_lies_ahead_or_as_a_namesake(
    sqlite_hamlet: Hamlet, refused: Code
) -> None:
    hamlet = sqlite_hamlet
    dies(hamlet, "A")
    born = person(hamlet, "林a").born_on
    assert born is not None
    tomorrow = (hamlet.today + timedelta(days=1)).isoformat()
    for name, day, code in (
        ("林A", tomorrow, "life_birth_future"),
        ("", BORN, "life_name"),
        ("林A", "someday", "life_birth_date"),
        ("林a", born.isoformat(), "namesake_there"),
    ):
        wrong = plan(hamlet, "still_here", "a", "A", name=name, born_on=day)
        assert refused(events.preview, hamlet.village, clerk(hamlet), wrong) == code


def test_a_household_that_became_empty_by_mistake_is_found_at_the_desk(hamlet: Hamlet) -> None:
    home = home_of(hamlet, "B")
    happens(hamlet, plan(hamlet, "move_out", "B", "B"), hamlet.signature("Y"))
    (line,) = events.waiting(hamlet.village, clerk(hamlet))
    assert (line.household_id, line.state, line.kind) == (home, "done", "move_out")
    assert [each.kind for each in opened(hamlet, home).gone] == ["move_out"]
    wrong = plan(hamlet, "still_here", "B", "B", name="林B", born_on=BORN)
    happens(hamlet, wrong, hamlet.signature("Y"))
    assert events.waiting(hamlet.village, clerk(hamlet)) == ()
    assert heads_at(hamlet, home) == ["林B"]
    assert misfits(hamlet) == []


# --- head, plate, birthday, an entry too many


def test_two_heads_become_one_and_a_child_does_not(hamlet: Hamlet, refused: Code) -> None:
    home = home_of(hamlet, "A")
    with writing(hamlet.village) as work:
        for letter in "Aa":
            resident = work.session.get_one(Resident, hamlet.people[letter])
            resident.is_head = True
            person_changed(work, resident, hamlet.people["Z"])
    happens(hamlet, plan(hamlet, "new_head", "A", "a"))
    assert heads_at(hamlet, home) == ["林a"]
    again = (hamlet.village, clerk(hamlet), plan(hamlet, "new_head", "A", "a"))
    assert refused(events.preview, *again) == "life_head_already"
    happens(hamlet, plan(hamlet, "birth", "A", name="林小满", born_on=hamlet.today.isoformat()))
    hamlet.people["k"] = person(hamlet, "林小满").id
    child = (hamlet.village, clerk(hamlet), plan(hamlet, "new_head", "A", "k"))
    assert refused(events.preview, *child) == "life_head_age"
    assert misfits(hamlet) == []


def test_a_wrong_plate_is_put_right_for_all_who_live_there(hamlet: Hamlet, refused: Code) -> None:
    home = home_of(hamlet, "A")
    happens(hamlet, plan(hamlet, "plate", "A", plate="新街9号"))
    assert home_of(hamlet, "A") == home_of(hamlet, "a") == home
    assert sorted(found(hamlet, "新街9")) == ["林A", "林a"]
    same = (hamlet.village, clerk(hamlet), plan(hamlet, "plate", "A", plate="新街9号"))
    assert refused(events.preview, *same) == "same_house"
    assert misfits(hamlet) == []


def test_a_wrong_plate_is_put_right_at_a_door_where_nobody_lives_any_more(hamlet: Hamlet) -> None:
    """Both households are known by their plates: the register gives neither of them a code."""
    hamlet.add("PQ")
    findable(hamlet, "Q")
    for letter, plate in (("a", "新街7号"), ("Q", "新街9号")):
        happens(hamlet, plan(hamlet, "split", letter, letter, plate=plate))
    happens(hamlet, plan(hamlet, "move_out", "a", "a"), hamlet.signature("Y"))
    happens(hamlet, plan(hamlet, "plate", "Q", plate="新街7号"))
    assert found(hamlet, "新街7") == ["林Q"]
    assert misfits(hamlet) == []


def test_a_wrong_birthday_is_put_right_and_none_that_lies_ahead(
    hamlet: Hamlet, refused: Code
) -> None:
    happens(hamlet, plan(hamlet, "birthday", "A", "A", born_on="1961-03-04"))
    assert person(hamlet, "林A").born_on == date(1961, 3, 4)
    ahead = (hamlet.today + timedelta(days=1)).isoformat()
    for day, code in ((ahead, "life_birth_future"), ("1961-03-04", "life_birth_same")):
        wrong = plan(hamlet, "birthday", "A", "A", born_on=day)
        assert refused(events.preview, hamlet.village, clerk(hamlet), wrong) == code
    assert misfits(hamlet) == []


def test_of_two_entries_of_one_person_the_empty_one_goes(hamlet: Hamlet, refused: Code) -> None:
    findable(hamlet, "A")
    born = person(hamlet, "林A").born_on
    assert born is not None
    arrives = plan(hamlet, "arrival", "B", name="林A", born_on=born.isoformat())
    happens(hamlet, arrives)
    with hamlet.village.read() as session:
        both = set(session.scalars(select(Resident.id).where(Resident.name == "林A")))
    (hamlet.people["2"],) = both - {hamlet.people["A"]}
    seat = clerk(hamlet)
    of_the_first = plan(hamlet, "twice", "A", "A")
    assert refused(events.preview, hamlet.village, seat, of_the_first) == "life_other_entry"
    happens(hamlet, plan(hamlet, "twice", "B", "2"), hamlet.signature("Y"))
    assert found(hamlet, "林A") == ["林A"]
    assert hamlet.number("A") == 50
    assert refused(events.preview, hamlet.village, clerk(hamlet), of_the_first) == "life_not_twice"
    assert misfits(hamlet) == []


def test_nobody_puts_right_what_is_written_of_their_own_family(
    sqlite_hamlet: Hamlet, refused: Code
) -> None:
    hamlet = sqlite_hamlet
    seat = clerk(hamlet)
    mine = plan(hamlet, "birthday", CLERK, CLERK, born_on=BORN)
    assert refused(events.preview, hamlet.village, seat, mine) == "life_own_family"
    line = write(hamlet, plan(hamlet, "plate", "A", plate="新街9号"))
    events.take_back(hamlet.village, clerk(hamlet), line.event_id, new_touch_id())
    assert found(hamlet, "新街9") == []
