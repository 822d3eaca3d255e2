"""What waits for an official, counted for the tiles they begin at."""

from __future__ import annotations

import pytest

from kiosk.core.ids import new_touch_id
from kiosk.models.printing import PrintJob
from kiosk.services.cases import decide
from kiosk.services.households import events
from kiosk.services.my_data import corrections
from kiosk.services.waiting import listed as waiting
from tests.services.cases.conftest import Hamlet
from tests.services.households.family import clerk, plan, write


def test_an_officer_is_told_of_what_is_theirs_to_decide_and_its_first_day(
    sqlite_hamlet: Hamlet,
) -> None:
    hamlet = sqlite_hamlet
    hamlet.hand_in("A", "A", "help")
    hamlet.hand_in("B", "A", "litter")  # waits for A to be told
    waits = waiting.waiting(hamlet.village, hamlet.officer("Y"))
    [line] = decide.queue(hamlet.village, hamlet.officer("Y"))
    assert waits["decide_case"] == waiting.Waiting(1, line.due_on)
    assert "back_up" not in waits
    assert "tend_printer" not in waits


def test_a_clerk_is_told_of_papers_to_carry_and_wishes_to_answer(sqlite_hamlet: Hamlet) -> None:
    hamlet = sqlite_hamlet
    hamlet.hand_in("B", "A", "litter")
    clerk = hamlet.sign("Z", "clerk")
    before = waiting.waiting(hamlet.village, clerk)
    assert before["hand_over_notice"].count == 1
    assert before["hand_over_notice"].soonest is not None
    assert before["correct_register"].count == 0
    corrections.ask_correction(hamlet.village, hamlet.sign("A"), "name", "写错了。", new_touch_id())
    assert waiting.waiting(hamlet.village, clerk)["correct_register"].count == 1


def test_what_can_still_be_taken_back_at_the_register_is_counted_and_nothing_after_that(
    sqlite_hamlet: Hamlet,
) -> None:
    hamlet = sqlite_hamlet
    seat = clerk(hamlet)
    assert waiting.waiting(hamlet.village, seat)["keep_register"].count == 0
    born = hamlet.today.isoformat()
    write(hamlet, plan(hamlet, "birth", "A", name="林小满", born_on=born), seat)
    assert waiting.waiting(hamlet.village, seat)["keep_register"].count == 1
    hamlet.clock.advance(minutes=10)
    events.carry_out_due(hamlet.village)
    assert waiting.waiting(hamlet.village, clerk(hamlet))["keep_register"].count == 0


def test_a_resident_is_told_of_nothing_but_their_own_seat(sqlite_hamlet: Hamlet) -> None:
    waits = waiting.waiting(sqlite_hamlet.village, sqlite_hamlet.sign("A"))
    assert set(waits) <= {"hear_appeal"}


@pytest.mark.parametrize(
    ("phase", "reason", "wants"),
    [
        ("waiting", "", 0),
        ("waiting", "paper_out", 1),
        ("unknown", "power_went", 1),
        ("failed", "bug", 1),
        ("failed", "called_off", 0),
        ("done", "", 0),
    ],
)
def test_a_paper_that_is_stuck_or_doubtful_wants_a_look_for_some_days(
    sqlite_hamlet: Hamlet, phase: str, reason: str, wants: int
) -> None:
    hamlet = sqlite_hamlet
    case_id = hamlet.hand_in("A", "A", "help").case_id
    assert case_id
    with hamlet.village.write() as session:
        job = session.query(PrintJob).one()
        job.phase, job.reason = phase, reason
    clerk = hamlet.sign("Z", "clerk")
    assert waiting.waiting(hamlet.village, clerk)["tend_printer"].count == wants
    hamlet.clock.advance(days=4)
    assert waiting.waiting(hamlet.village, hamlet.sign("Z", "clerk"))["tend_printer"].count == 0


def test_who_decides_nothing_about_printers_does_not_count_papers(sqlite_hamlet: Hamlet) -> None:
    assert "tend_printer" not in waiting.waiting(sqlite_hamlet.village, sqlite_hamlet.officer("Y"))
