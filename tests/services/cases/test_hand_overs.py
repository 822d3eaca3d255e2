"""What has to be carried to whom: results of cases, and invitations to panels."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.models.ledger import LedgerEntry
from kiosk.services.access import views
from kiosk.services.cases import appeal, hand_overs, panel
from kiosk.services.cases.flow import timed_moves
from kiosk.services.cases.hand_overs import HandOverLine
from kiosk.services.cases.views import panel_view
from kiosk.services.printing import spooler
from tests.services.cases.conftest import Hamlet

Code = Callable[..., str]


@pytest.fixture
def hamlet(sqlite_hamlet: Hamlet) -> Hamlet:
    return sqlite_hamlet


def listed(hamlet: Hamlet, clerk: str = "C") -> tuple[HandOverLine, ...]:
    return hand_overs.waiting(hamlet.village, hamlet.sign(clerk, "clerk"))


def names(hamlet: Hamlet) -> list[tuple[str, str]]:
    return [(line.name, line.what) for line in listed(hamlet)]


def hand(hamlet: Hamlet, line: HandOverLine, days_ago: int = 0) -> str:
    given = (line.case_id, line.resident_id, hamlet.today - timedelta(days=days_ago))
    return hand_overs.handed_over(hamlet.village, hamlet.sign("C", "clerk"), *given, new_touch_id())


def later(hamlet: Hamlet) -> None:
    hamlet.clock.advance(minutes=1)


def test_a_decision_stands_on_the_list_until_it_was_handed_over(
    hamlet: Hamlet, refused: Code
) -> None:
    case_id = hamlet.untold_concern("A", "B")
    (line,) = listed(hamlet)
    assert (line.name, line.what, line.kind) == ("林A", "decision", "concern")
    assert line.deliver_by == hamlet.today + timedelta(days=30)
    assert line.print_job_id == hamlet.jobs()[-1].id  # the slip that the decision printed
    assert refused(hand, hamlet, line, 1) == "notice_day"
    hamlet.clock.advance(days=12)
    assert hand(hamlet, line) == hamlet.case(case_id).reference
    assert listed(hamlet) == ()
    with hamlet.village.read() as session:
        kinds = [each.kind for each in session.query(LedgerEntry).order_by(LedgerEntry.index)]
    assert kinds[-1] == "tell"


def test_the_days_to_appeal_run_from_the_day_on_which_the_paper_was_handed_over(
    hamlet: Hamlet, clock: SettableClock
) -> None:
    case_id = hamlet.untold_concern("A", "B")
    clock.advance(days=12)
    hand(hamlet, listed(hamlet)[0])
    clock.advance(days=19)  # a month after the decision
    page = appeal.appeal_page(hamlet.village, hamlet.sign("A"), case_id)
    assert (page.why_not, page.open_until) == ("", hamlet.today + timedelta(days=1))


def test_a_good_deed_that_counts_is_seen_by_whoever_signs_in_first(hamlet: Hamlet) -> None:
    hamlet.approved_deed("A")
    later(hamlet)
    assert names(hamlet) == [("林A", "decision")]
    hamlet.sign("A")
    assert names(hamlet) == []


@pytest.mark.long
def test_each_drawn_member_is_invited_and_the_paper_says_nothing_of_the_case(
    hamlet: Hamlet,
) -> None:
    hamlet.serve("DE")
    hamlet.add("W")
    hamlet.serve("W")
    case_id = hamlet.decided_concern("A", "B")
    drawn = hamlet.appeal("A", case_id)
    assert sorted(names(hamlet)) == sorted((f"林{each}", "invitation") for each in drawn)
    lines = listed(hamlet)
    assert {(line.kind, line.title.said("zh")) for line in lines} == {("", "")}
    clerk = hamlet.sign("C", "clerk")
    given = (lines[0].case_id, lines[0].resident_id, new_touch_id())
    for _ in range(2):  # the second tap is harmless
        job_id = hand_overs.print_paper(hamlet.village, clerk, *given)
    job = hamlet.jobs()[-1]
    assert job.id == job_id
    said = repr((job.payload, job.note_lines))
    for secret in ("林", "倒垃圾", "litter"):
        assert secret not in said
    spooler.print_next(hamlet.village)
    hand(hamlet, listed(hamlet)[0])
    later(hamlet)
    at_home = hamlet.sign(drawn[-1])
    assert len(listed(hamlet)) == 2  # to sign in is not to have read it
    panel_view.open_panel_case(hamlet.village, at_home, case_id)
    assert len(listed(hamlet)) == 1
    assert hamlet.misfits() == []


def test_who_follows_on_a_seat_is_invited_when_all_others_know(hamlet: Hamlet) -> None:
    hamlet.serve("DE")
    for letter in "WV":
        hamlet.add(letter)
        hamlet.serve(letter)
    case_id = hamlet.decided_concern("A", "B")
    first = hamlet.appeal("A", case_id)
    for letter in first:
        later(hamlet)
        panel_view.open_panel_case(hamlet.village, hamlet.sign(letter), case_id)
    assert names(hamlet) == []
    later(hamlet)
    leaving = hamlet.sign(first[0])
    panel.step_aside(hamlet.village, leaving, case_id, new_touch_id())
    (follows,) = set(hamlet.seated(case_id)) - set(first)
    assert (f"林{follows}", "invitation") in names(hamlet)


def test_the_result_of_an_appeal_is_told_and_the_clerk_is_seen_to_have_looked(
    hamlet: Hamlet,
) -> None:
    hamlet.serve("DE")
    hamlet.add("W")
    hamlet.serve("W")
    case_id = hamlet.decided_concern("A", "B")
    for letter in hamlet.appeal("A", case_id)[:2]:
        later(hamlet)
        hamlet.vote(letter, case_id, uphold=False)
    line = next(each for each in listed(hamlet) if each.name == "林A")
    assert (line.what, line.deliver_by) == ("decision", None)
    clerk = hamlet.sign("C", "clerk")
    given = (line.case_id, line.resident_id, new_touch_id())
    hand_overs.print_paper(hamlet.village, clerk, *given)
    later(hamlet)
    look = views.views_of(hamlet.village, hamlet.sign("A"))[0]
    assert (look.viewer_name, look.purpose) == ("林C", "hand_over_notice")


def test_a_clerk_carries_nothing_to_themselves_and_residents_see_no_list(
    hamlet: Hamlet, refused: Code
) -> None:
    hamlet.approved_deed("A")
    later(hamlet)
    assert listed(hamlet, "B") != ()
    assert refused(hand_overs.waiting, hamlet.village, hamlet.officer("Y")) == "not_allowed"
    assert listed(hamlet, "A") == ()


def test_who_need_not_vote_any_more_is_not_invited(hamlet: Hamlet) -> None:
    hamlet.serve("DE")
    hamlet.add("W")
    hamlet.serve("W")
    case_id = hamlet.decided_concern("A", "B")
    drawn = hamlet.appeal("A", case_id)
    for letter in drawn[:2]:
        later(hamlet)
        hamlet.vote(letter, case_id, uphold=True)
    hamlet.clock.advance(days=1)
    timed_moves.tick(hamlet.village)
    assert hamlet.case(case_id).state == "effective"
    assert (f"林{drawn[2]}", "invitation") not in names(hamlet)
    assert panel_view.my_panels(hamlet.village, hamlet.sign(drawn[2])) == ()
