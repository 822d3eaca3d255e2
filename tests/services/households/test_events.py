"""What happens in a family: shown first, in force after ten minutes, and taken back before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from kiosk.core.ids import new_touch_id
from kiosk.models.consent import Consent
from kiosk.models.households import LifeEvent
from kiosk.services.cases.conflict_of_interest import why_involved
from kiosk.services.consent import consents
from kiosk.services.households import events
from kiosk.services.ledger import log
from kiosk.services.register.people import declare_relative, related
from kiosk.services.upkeep import clock_check
from kiosk.services.upkeep.scheduler import Caretaker
from kiosk.services.work import writing
from tests.services.access.entries import ledger_of
from tests.services.cases.conftest import Hamlet
from tests.services.households.family import (
    CLERK,
    clerk,
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
CHILD = "林小满"
BORN = "2026-11-20"
GROWN = "1990-05-06"


def codes(preview: events.Preview) -> tuple[set[str], set[str]]:
    told = preview.consequences
    return {each.code for each in told.changes}, {each.code for each in told.stays}


def test_a_child_is_written_down_after_ten_minutes_and_not_before(hamlet: Hamlet) -> None:
    birth = plan(hamlet, "birth", "A", name=CHILD, born_on=hamlet.today.isoformat())
    changes, stays = codes(shown(hamlet, birth))
    assert changes == {"will_come", "will_ask_at_18"}
    assert "stays_numbers" in stays
    write(hamlet, birth)
    hamlet.clock.advance(minutes=9)
    assert events.carry_out_due(hamlet.village) == 0
    assert found(hamlet, CHILD) == []
    hamlet.clock.advance(minutes=1)
    assert events.carry_out_due(hamlet.village) == 1
    assert events.carry_out_due(hamlet.village) == 0
    assert found(hamlet, CHILD) == [CHILD]
    assert person(hamlet, CHILD).household_id == home_of(hamlet, "A")
    assert misfits(hamlet) == []


def test_what_cannot_happen_keeps_nothing_else_back(hamlet: Hamlet) -> None:
    """The row of one family is broken: another family's life goes on, and so do the cases."""
    case_id = hamlet.hand_in("B", "C", "litter").case_id
    findable(hamlet, "B")
    broken = write(hamlet, plan(hamlet, "plate", "A", plate="新街9号"))
    write(hamlet, plan(hamlet, "plate", "B", plate="新街7号"))
    with hamlet.village.write() as session:
        session.get_one(LifeEvent, broken.event_id).plan = "{"
    hamlet.clock.advance(minutes=10)
    with pytest.raises(ValueError, match="property name"):
        events.carry_out_due(hamlet.village)
    assert found(hamlet, "新街7") == ["林B"]
    hamlet.clock.advance(days=60)
    clock_check.confirm(hamlet.village)
    Caretaker(hamlet.village).look_after()
    assert hamlet.state(case_id) == "lapsed"


def test_nothing_in_the_log_and_nothing_left_of_the_plan_names_the_child(hamlet: Hamlet) -> None:
    happens(hamlet, plan(hamlet, "birth", "A", name=CHILD, born_on=hamlet.today.isoformat()))
    with hamlet.village.read() as session:
        told = [log.content_of(session, index) for index in range(log.head(session).size)]
        kept = session.query(LifeEvent).one()
        assert (kept.state, kept.plan) == ("done", "")
    assert CHILD not in str(told)


def test_what_was_taken_back_within_ten_minutes_changed_nothing(
    hamlet: Hamlet, refused: Code
) -> None:
    birth = plan(hamlet, "birth", "A", name=CHILD, born_on=hamlet.today.isoformat())
    line = write(hamlet, birth)
    desk = clerk(hamlet)
    assert [each.event_id for each in events.waiting(hamlet.village, desk)] == [line.event_id]
    touch = new_touch_id()
    events.take_back(hamlet.village, desk, line.event_id, touch)
    events.take_back(hamlet.village, desk, line.event_id, touch)
    assert events.waiting(hamlet.village, desk) == ()
    hamlet.clock.advance(minutes=11)
    assert events.carry_out_due(hamlet.village) == 0
    assert found(hamlet, CHILD) == []
    assert misfits(hamlet) == []
    again = write(hamlet, birth)
    hamlet.clock.advance(minutes=10)
    desk = clerk(hamlet)
    back = (hamlet.village, desk, again.event_id, new_touch_id())
    assert refused(events.take_back, *back) == "life_over"


@pytest.mark.parametrize(
    ("name", "days_from_today", "code"),
    [
        (CHILD, 1, "life_birth_future"),
        (CHILD, -400, "life_birth_old"),
        (" ", 0, "life_name"),
    ],
)
def test_a_birth_that_cannot_be_is_refused_with_a_sentence(
    sqlite_hamlet: Hamlet, refused: Code, name: str, days_from_today: int, code: str
) -> None:
    hamlet = sqlite_hamlet
    born = (hamlet.today + timedelta(days=days_from_today)).isoformat()
    birth = plan(hamlet, "birth", "A", name=name, born_on=born)
    assert refused(events.preview, hamlet.village, clerk(hamlet), birth) == code
    assert hamlet.village.catalogue.text(f"error.{code}", "en")


def test_a_birth_date_that_is_none_is_refused(sqlite_hamlet: Hamlet, refused: Code) -> None:
    for written in ("", "yesterday", "2026-02-30", "1850-01-01"):
        birth = plan(sqlite_hamlet, "birth", "A", name=CHILD, born_on=written)
        desk = clerk(sqlite_hamlet)
        assert refused(events.preview, sqlite_hamlet.village, desk, birth) == "life_birth_date"


def test_the_same_person_cannot_come_twice(sqlite_hamlet: Hamlet, refused: Code) -> None:
    hamlet = sqlite_hamlet
    comes = plan(hamlet, "arrival", "A", name=CHILD, born_on=GROWN)
    happens(hamlet, comes)
    desk = clerk(hamlet)
    assert refused(events.preview, hamlet.village, desk, comes) == "namesake_there"


def test_who_moves_in_is_enrolled_in_nothing_and_an_adult_more_ends_the_sign(
    sqlite_hamlet: Hamlet,
) -> None:
    hamlet = sqlite_hamlet
    happens(hamlet, plan(hamlet, "arrival", "A", name=CHILD, born_on=GROWN))
    with hamlet.village.read() as session:
        assert not consents.enrolled(session, person(hamlet, CHILD).id)
        assert consents.standing_purposes(session, person(hamlet, CHILD).id) == ()


def test_nobody_writes_down_what_happens_in_their_own_family(hamlet: Hamlet, refused: Code) -> None:
    desk = clerk(hamlet)
    mine = plan(hamlet, "birth", CLERK, name=CHILD, born_on=hamlet.today.isoformat())
    assert refused(events.preview, hamlet.village, desk, mine) == "life_own_family"
    with writing(hamlet.village) as work:
        declare_relative(work, hamlet.people[CLERK], hamlet.people["B"])
    theirs = plan(hamlet, "birth", "B", name=CHILD, born_on=hamlet.today.isoformat())
    assert refused(events.preview, hamlet.village, desk, theirs) == "life_own_family"
    to_them = plan(hamlet, "move", "A", "A", to=home_of(hamlet, "B"))
    assert refused(events.preview, hamlet.village, desk, to_them) == "life_own_family"


def test_a_resident_and_a_keeper_cannot_write_anything_down(
    sqlite_hamlet: Hamlet, refused: Code
) -> None:
    hamlet = sqlite_hamlet
    birth = plan(hamlet, "birth", "A", name=CHILD, born_on=hamlet.today.isoformat())
    for session in (hamlet.sign("B"), hamlet.sign("C", "keeper")):
        assert refused(events.preview, hamlet.village, session, birth) == "not_allowed"
        assert refused(events.waiting, hamlet.village, session) == "not_allowed"


def test_two_terminals_at_one_family_the_second_is_told_and_loses_nothing(
    hamlet: Hamlet, refused: Code
) -> None:
    desk = clerk(hamlet)
    birth = plan(hamlet, "birth", "A", name=CHILD, born_on=hamlet.today.isoformat())
    one, other = shown(hamlet, birth, desk), shown(hamlet, birth, desk)
    touch = new_touch_id()
    first = events.write_down(hamlet.village, desk, one.plan, touch)
    again = events.write_down(hamlet.village, desk, one.plan, touch)
    assert first == again
    late = (hamlet.village, desk, other.plan, new_touch_id())
    assert refused(events.write_down, *late) == "life_waits"
    hamlet.clock.advance(minutes=10)
    events.carry_out_due(hamlet.village)
    desk = clerk(hamlet)
    late = (hamlet.village, desk, other.plan, new_touch_id())
    assert refused(events.write_down, *late) in ("life_changed", "namesake_there")
    assert len(found(hamlet, CHILD)) == 1


def test_what_is_not_possible_any_more_is_dropped_and_stands_on_the_desk(hamlet: Hamlet) -> None:
    line = write(hamlet, plan(hamlet, "move", "A", "A", to=home_of(hamlet, "B")))
    with writing(hamlet.village) as work:  # an import says otherwise meanwhile
        declare_relative(work, hamlet.people[CLERK], hamlet.people["B"])
    hamlet.clock.advance(minutes=10)
    assert events.carry_out_due(hamlet.village) == 0
    assert home_of(hamlet, "A") != home_of(hamlet, "B")
    (told,) = events.waiting(hamlet.village, clerk(hamlet))
    assert (told.event_id, told.state) == (line.event_id, "dropped")
    hamlet.clock.advance(days=8)
    assert events.waiting(hamlet.village, clerk(hamlet)) == ()
    assert misfits(hamlet) == []


@pytest.mark.long
def test_who_moves_stays_related_to_who_stays_and_does_not_decide_where_they_came_to(
    hamlet: Hamlet,
) -> None:
    before = {letter: hamlet.number(letter) for letter in "aBCD"}
    to_y = plan(hamlet, "move", "A", "A", to=home_of(hamlet, "Y"))
    changes, stays = codes(shown(hamlet, to_y))
    assert {"will_move", "will_ask_sign", "will_be_kin", "will_not_decide"} <= changes
    assert {"stays_own", "stays_numbers"} <= stays
    case = hamlet.hand_in("A", "A", "help").case_id
    happens(hamlet, to_y)
    assert home_of(hamlet, "A") == home_of(hamlet, "Y")
    assert {letter: hamlet.number(letter) for letter in "aBCD"} == before
    with hamlet.village.read() as session:
        assert related(session, hamlet.people["A"], hamlet.people["a"])
        mine = hamlet.case(case)
        officer = hamlet.people["Y"]
        assert why_involved(session, mine, officer, home_of(hamlet, "Y"))
    assert misfits(hamlet) == []


@pytest.mark.long
def test_a_household_splits_under_a_new_head_and_merges_again_with_a_case_open(
    hamlet: Hamlet, refused: Code
) -> None:
    hamlet.add("KLMN")
    case = hamlet.hand_in("L", "L", "help").case_id
    desk = clerk(hamlet)
    split = plan(hamlet, "split", "K", "LM", plate="新街7号")
    asked = events.preview(hamlet.village, desk, split)
    assert (asked.ask, [name for _, name in asked.candidates]) == ("head", ["林L", "林M"])
    late = (hamlet.village, desk, asked.plan, new_touch_id())
    assert refused(events.write_down, *late) == "life_head"
    happens(hamlet, plan(hamlet, "split", "K", "LM", plate="新街7号", head=hamlet.people["M"]))
    assert home_of(hamlet, "L") == home_of(hamlet, "M") != home_of(hamlet, "K")
    assert person(hamlet, "林M").is_head
    assert not person(hamlet, "林L").is_head
    everyone = plan(hamlet, "move", "K", "KN", to=home_of(hamlet, "L"))
    happens(hamlet, everyone)
    assert len({home_of(hamlet, each) for each in "KLMN"}) == 1
    assert hamlet.state(case) == "submitted"
    hamlet.decide("Y", case)
    assert misfits(hamlet) == []


def test_a_door_of_somebody_else_and_ones_own_are_no_place_to_move_to(
    sqlite_hamlet: Hamlet, refused: Code
) -> None:
    hamlet = sqlite_hamlet
    desk = clerk(hamlet)
    for written, code in (
        ("河埠路3号", "life_house_taken"),
        ("在河边", "house_unclear"),
        ("", "same_house"),
    ):
        go = plan(hamlet, "move", "A", "Aa", plate=written)
        assert refused(events.preview, hamlet.village, desk, go) == code
    alone = plan(hamlet, "split", "A", "Aa", plate="新街9号")
    assert refused(events.preview, hamlet.village, desk, alone) == "life_lives_alone"
    nobody = plan(hamlet, "move", "A", plate="新街9号")
    assert refused(events.preview, hamlet.village, desk, nobody) == "life_nobody"
    here = plan(hamlet, "move", "A", "A", to=home_of(hamlet, "A"))
    assert refused(events.preview, hamlet.village, desk, here) == "same_house"


@pytest.mark.long
def test_a_marriage_brings_a_villager_and_their_wallet_or_somebody_from_elsewhere(
    hamlet: Hamlet,
) -> None:
    hamlet.approved_deed("A")
    was = hamlet.number("A")
    happens(hamlet, plan(hamlet, "marriage", "B", "A"))
    assert home_of(hamlet, "A") == home_of(hamlet, "B")
    assert hamlet.number("A") == was
    happens(hamlet, plan(hamlet, "marriage", "C", name=CHILD, born_on=GROWN))
    assert person(hamlet, CHILD).household_id == home_of(hamlet, "C")
    assert misfits(hamlet) == []


def test_who_is_away_counts_as_resting_and_comes_back_as_they_went(
    hamlet: Hamlet, refused: Code
) -> None:
    was = hamlet.number("A")
    happens(hamlet, plan(hamlet, "away", "A", "A"))
    with hamlet.village.read() as session:
        assert not consents.enrolled(session, hamlet.people["A"])
    desk = clerk(hamlet)
    again = plan(hamlet, "away", "A", "A")
    assert refused(events.preview, hamlet.village, desk, again) == "life_away_already"
    happens(hamlet, plan(hamlet, "back", "A", "A"))
    assert hamlet.number("A") == was
    desk = clerk(hamlet)
    again = plan(hamlet, "back", "A", "A")
    assert refused(events.preview, hamlet.village, desk, again) == "life_not_away"
    assert misfits(hamlet) == []


def test_an_event_that_nobody_showed_for_ten_minutes_is_found_in_the_log(
    sqlite_hamlet: Hamlet,
) -> None:
    hamlet = sqlite_hamlet
    happens(hamlet, plan(hamlet, "birth", "A", name=CHILD, born_on=hamlet.today.isoformat()))
    (said,) = ledger_of(hamlet.village, "life_event")
    assert said["by"] == hamlet.people[CLERK]
    with writing(hamlet.village) as work:
        event = LifeEvent(
            kind="birth",
            household_id=home_of(hamlet, "B"),
            by_id=hamlet.people[CLERK],
            at=work.now,
            plan="",
            state="waiting",
        )
        work.session.add(event)
    assert any(each.name.startswith("life_event") for each in misfits(hamlet))


def test_consents_to_a_sign_were_for_the_other_door(sqlite_hamlet: Hamlet) -> None:
    hamlet = sqlite_hamlet
    hamlet.consent([hamlet.people["A"]], "household_sign")
    happens(hamlet, plan(hamlet, "move", "A", "A", to=home_of(hamlet, "B")))
    with hamlet.village.read() as session:
        sign = session.query(Consent).filter_by(
            resident_id=hamlet.people["A"], purpose="household_sign"
        )
        assert sign.one().withdrawn_at is not None
