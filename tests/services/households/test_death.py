"""A death: what was theirs ends, what is the living's stays, and nobody waits for them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from kiosk.core.ids import new_touch_id
from kiosk.models.access import Card, RoleGrant
from kiosk.models.cases import ConfirmationRequest, PanelDraw
from kiosk.models.consent import Consent
from kiosk.models.ledger import Checkpoint
from kiosk.models.register import Resident
from kiosk.models.stars import DoorSign
from kiosk.services.access import offices
from kiosk.services.cases import panel, panel_draw
from kiosk.services.check.papers import check_paper
from kiosk.services.consent import agreements
from kiosk.services.households import events
from kiosk.services.printing import spooler
from kiosk.services.stars import door_signs
from tests.services.cases.conftest import Hamlet
from tests.services.households.family import (
    clerk,
    dies,
    findable,
    found,
    happens,
    home_of,
    misfits,
    plan,
    shown,
    write,
)
from tests.worlds import stars
from tests.worlds.leaving import leave

Code = Callable[..., str]


def sign_of(hamlet: Hamlet, letters: str) -> str:
    """The household of `letters` has a star, agreed to a sign, and got one."""
    home = home_of(hamlet, letters[0])
    stars.by_a_round(hamlet, home, {"courtyard": 4})
    hamlet.consent([hamlet.people[each] for each in letters], "household_sign")
    desk = clerk(hamlet)
    shown_stars = {"courtyard": 4}
    return door_signs.issue(hamlet.village, desk, home, shown_stars, "A5", new_touch_id()).serial


def in_force(hamlet: Hamlet) -> list[str]:
    with hamlet.village.read() as session:
        return [each.serial for each in session.query(DoorSign).filter_by(ended_at=None)]


@pytest.mark.long
def test_who_died_is_found_by_nobody_and_nothing_of_them_stands(hamlet: Hamlet) -> None:
    hamlet.hand_in("B", "A", "litter")
    hamlet.approved_deed("A")
    hamlet.hand_in("C", "C", "help", witnesses="A")
    hamlet.signature("A")
    findable(hamlet, "A")
    gone, others = hamlet.people["A"], "aBCDE"
    before = {letter: hamlet.number(letter) for letter in others}
    dies(hamlet, "A")
    assert found(hamlet, "林A") == []
    assert {letter: hamlet.number(letter) for letter in others} == before
    with hamlet.village.read() as session:
        assert not session.get_one(Resident, gone).active
        for table, column in (
            (Card, Card.resident_id),
            (Consent, Consent.resident_id),
            (ConfirmationRequest, ConfirmationRequest.witness_id),
        ):
            assert session.scalar(select(table).where(column == gone).limit(1)) is None
    assert misfits(hamlet) == []


@pytest.mark.long
def test_the_sign_and_the_agreement_to_it_are_the_livings(hamlet: Hamlet) -> None:
    serial = sign_of(hamlet, "Aa")
    preview = shown(hamlet, plan(hamlet, "death", "A", "A"))
    assert "stays_living" in {each.code for each in preview.consequences.stays}
    dies(hamlet, "A", "Z")
    assert in_force(hamlet) == [serial]
    home = home_of(hamlet, "a")
    with hamlet.village.read() as session:
        assert agreements.household_agrees(session, home, hamlet.today)
    dies(hamlet, "a", "Z")
    assert in_force(hamlet) == []
    assert misfits(hamlet) == []


def test_a_death_is_agreed_to_by_another_officer_of_another_household(
    hamlet: Hamlet, refused: Code
) -> None:
    death, desk = plan(hamlet, "death", "y", "y"), clerk(hamlet)
    told = shown(hamlet, death, desk).plan
    alone = (hamlet.village, desk, told, new_touch_id())
    assert refused(events.write_down, *alone) == "second_officer"
    family = hamlet.signature("Y")
    assert refused(events.write_down, *alone, family) == "second_household"
    events.write_down(hamlet.village, desk, told, new_touch_id(), hamlet.signature("Z"))
    hamlet.clock.advance(minutes=10)
    assert events.carry_out_due(hamlet.village) == 1


def test_a_death_that_was_written_down_by_mistake_is_taken_back_whole(hamlet: Hamlet) -> None:
    was = hamlet.number("A")
    line = write(hamlet, plan(hamlet, "death", "A", "A"), signature=hamlet.signature("Y"))
    events.take_back(hamlet.village, clerk(hamlet), line.event_id, new_touch_id())
    hamlet.clock.advance(minutes=10)
    assert events.carry_out_due(hamlet.village) == 0
    assert hamlet.number("A") == was


@pytest.mark.long
def test_an_officer_dies_with_a_decision_half_made_and_another_one_finishes_it(
    hamlet: Hamlet,
) -> None:
    case = hamlet.hand_in("B", "A", "litter").case_id
    hamlet.reply("A", case)
    hamlet.decide("Y", case)
    dies(hamlet, "Y", "Z")
    assert hamlet.state(case) == "decided"
    hamlet.countersign("Z", case)
    assert hamlet.state(case) == "countersigned"
    with hamlet.village.read() as session:
        held = session.query(RoleGrant).filter_by(resident_id=hamlet.people["Y"], ended_at=None)
        assert held.all() == []
    assert misfits(hamlet) == []


def test_the_only_clerk_dies_and_an_officer_writes_it_down(hamlet: Hamlet) -> None:
    clerk(hamlet)
    officer, second = hamlet.officer("Y"), hamlet.signature("Z")
    write(hamlet, plan(hamlet, "death", "X", "X"), officer, second)
    hamlet.clock.advance(minutes=10)
    assert events.carry_out_due(hamlet.village) == 1
    held = offices.offices(hamlet.village, hamlet.officer("Y"))
    assert [each.role for each in held if each.last_day is None and each.role == "clerk"] == []
    assert misfits(hamlet) == []


@pytest.mark.long
def test_the_next_in_the_draw_takes_the_seat_of_a_panel_member_who_died(hamlet: Hamlet) -> None:
    hamlet.add("M")
    hamlet.add("N")
    hamlet.serve("CDEMN")
    case = hamlet.decided_concern()
    seated = hamlet.appeal("A", case)
    gone = seated[0]
    dies(hamlet, gone, "Z" if "Z" not in seated and gone not in "Yy" else "Y")
    now = hamlet.seated(case)
    assert gone not in now
    assert set(now) < set(seated) | set("CDEMN")
    assert len(now) == len(seated)
    with hamlet.village.read() as session:
        draw = session.get_one(PanelDraw, case)
        assert hamlet.people[gone] in [number for number, _ in panel_draw.pairs(draw.candidates)]
        assert panel_draw.next_of(session, case) != hamlet.people[gone]
    assert misfits(hamlet) == []


@pytest.mark.long
def test_who_died_before_a_seat_falls_free_does_not_get_it(hamlet: Hamlet) -> None:
    for letter in "MN":
        hamlet.add(letter)
    hamlet.serve("CDEMN")
    case = hamlet.decided_concern()
    seated = hamlet.appeal("A", case)
    with hamlet.village.read() as session:
        follows = panel_draw.next_of(session, case)
    by_number = {number: letter for letter, number in hamlet.people.items()}
    assert follows is not None
    next_one = by_number[follows]
    dies(hamlet, next_one, "Z" if next_one in "Yy" else "Y")
    panel.step_aside(hamlet.village, hamlet.sign(seated[0]), case, new_touch_id())
    assert next_one not in hamlet.seated(case)
    assert misfits(hamlet) == []


@pytest.mark.long
def test_a_death_written_down_late_changes_no_paper_that_was_printed(
    sqlite_hamlet: Hamlet,
) -> None:
    hamlet = sqlite_hamlet
    sign_of(hamlet, "B")
    hamlet.approved_deed("B")
    hamlet.decided_concern("C", "A")
    while spooler.print_next(hamlet.village):
        pass
    with hamlet.village.read() as session:
        notes = [note for (note,) in session.query(Checkpoint.note)]
    assert len(notes) > 3
    hamlet.clock.advance(days=31)
    before = [check_paper(hamlet.village, note) for note in notes]
    dies(hamlet, "A")
    assert [check_paper(hamlet.village, note) for note in notes] == before


def test_one_of_the_others_of_age_becomes_head_and_a_child_alone_does_not(hamlet: Hamlet) -> None:
    hamlet.add("KLM")
    happens(hamlet, plan(hamlet, "split", "K", "LM", plate="新街7号", head=hamlet.people["L"]))
    preview = shown(hamlet, plan(hamlet, "death", "L", "L"))
    said = [each for each in preview.consequences.changes if each.code == "will_be_head"]
    assert [each.names for each in said] == [("林M",)]
    dies(hamlet, "L")
    with hamlet.village.read() as session:
        assert session.get_one(Resident, hamlet.people["M"]).is_head


def test_what_waits_about_somebody_who_left_meanwhile_is_dropped(hamlet: Hamlet) -> None:
    write(hamlet, plan(hamlet, "move", "A", "A", to=home_of(hamlet, "B")))
    leave(hamlet.village, hamlet.sign("A"))
    hamlet.clock.advance(minutes=10)
    assert events.carry_out_due(hamlet.village) == 0
    assert [each.state for each in events.waiting(hamlet.village, clerk(hamlet))] == ["dropped"]
    assert misfits(hamlet) == []
