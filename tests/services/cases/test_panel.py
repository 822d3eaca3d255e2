from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.models.cases import PanelDraw
from kiosk.models.ledger import LedgerEntry
from kiosk.models.register import DeclaredRelative
from kiosk.services.access.views import views_of
from kiosk.services.audit.log import verify_log
from kiosk.services.cases import appeal, panel_correction, panel_draw
from kiosk.services.cases import panel as case_panel
from kiosk.services.cases.flow import timed_moves
from kiosk.services.cases.views import own_view, panel_view
from kiosk.services.consent.consents import Purpose
from kiosk.services.consent.pauses import pause
from kiosk.services.ledger import log
from kiosk.services.my_data.consent_choices import withdraw
from kiosk.services.my_data.erasure import ask
from kiosk.services.printing import spooler
from tests.services.cases.conftest import Hamlet

Code = Callable[..., str]


@pytest.fixture
def hamlet(sqlite_hamlet: Hamlet) -> Hamlet:
    """On SQLite; the charter's full day goes the same ways on both databases."""
    return sqlite_hamlet


def appealed(hamlet: Hamlet, serving: str = "CDEFG") -> tuple[int, str]:
    """A concern about A by B that both officers upheld, appealed by A; its panel's letters."""
    for letter in sorted(set("FG") & set(serving)):
        hamlet.add(letter)
    hamlet.serve(serving)
    case_id = hamlet.decided_concern()
    return case_id, hamlet.appeal("A", case_id)


def test_three_uninvolved_people_of_three_households_are_drawn(hamlet: Hamlet) -> None:
    hamlet.serve("aB")  # of the person's household, and the reporter
    case_id, panel = appealed(hamlet)
    assert len(panel) == len(set(panel)) == 3
    assert set(panel) <= set("CDEFG")  # nor the officers Y and Z, who decided
    with hamlet.village.read() as session:
        drawn = session.get_one(PanelDraw, case_id)
        assert {each[0] for each in drawn.candidates} == {hamlet.people[x] for x in "CDEFG"}


def test_the_draw_is_recomputed_from_the_ledger_alone(hamlet: Hamlet) -> None:
    case_id, panel = appealed(hamlet)
    with hamlet.village.read() as session:
        seated = [hamlet.people[letter] for letter in panel]
        assert list(panel_draw.drawn_again(session, case_id)) == seated
        kinds = {
            kind: log.content_of(session, index)
            for index, kind in session.query(LedgerEntry.index, LedgerEntry.kind)
            if kind.startswith("panel")
        }
    written = kinds["panel"]
    assert written is not None
    assert written["seated"] == seated
    listed = kinds["panel_list"]
    assert listed is not None
    assert listed["candidates"][0][0] == hamlet.people["C"]


def test_a_changed_list_or_seed_does_not_draw_the_same_panel_unnoticed(hamlet: Hamlet) -> None:
    case_id, _ = appealed(hamlet)
    with hamlet.village.write() as session:
        session.get_one(PanelDraw, case_id).seed = "0" * 64
    with hamlet.village.read() as session, pytest.raises(ValueError, match="seed"):
        panel_draw.drawn_again(session, case_id)


def test_the_order_of_the_draw_depends_on_the_seed_and_takes_one_of_a_household() -> None:
    candidates = [(number, number // 2) for number in range(20)]
    orders = {tuple(panel_draw._in_order(str(seed), candidates)) for seed in range(50)}
    assert len(orders) > 40
    assert all(len({each // 2 for each in order}) == len(order) == 10 for order in orders)
    firsts = [panel_draw._in_order(str(seed), candidates)[0] for seed in range(600)]
    assert all(10 < firsts.count(number) < 60 for number in range(20))


def test_a_declared_relative_is_not_drawn(hamlet: Hamlet) -> None:
    low, high = sorted((hamlet.people["A"], hamlet.people["C"]))
    with hamlet.village.write() as session:
        session.add(DeclaredRelative(resident_id=low, relative_id=high))
        session.add(DeclaredRelative(resident_id=high, relative_id=low))
    _, panel = appealed(hamlet, "CDEF")
    assert sorted(panel) == ["D", "E", "F"]


def test_two_votes_overturn_and_the_number_was_never_touched(hamlet: Hamlet) -> None:
    case_id, panel = appealed(hamlet)
    first = hamlet.vote(panel[0], case_id, uphold=False)
    assert (first.state, first.decided, first.votes) == ("appealed", False, 1)
    second = hamlet.vote(panel[2], case_id, uphold=False)
    assert (second.state, second.decided) == ("overturned", True)
    assert second.print_job_id is not None
    assert hamlet.number("A") == 50
    assert hamlet.entries() == []


def test_two_votes_uphold_and_only_then_it_counts(hamlet: Hamlet) -> None:
    case_id, panel = appealed(hamlet)
    hamlet.vote(panel[0], case_id, uphold=True)
    hamlet.vote(panel[1], case_id, uphold=False)
    assert (hamlet.state(case_id), hamlet.number("A")) == ("appealed", 50)
    assert hamlet.vote(panel[2], case_id, uphold=True).state == "upheld"
    timed_moves.tick(hamlet.village)
    assert (hamlet.state(case_id), hamlet.number("A")) == ("effective", 45)


@pytest.mark.long
def test_the_result_slip_says_the_reasons_of_those_who_decided(hamlet: Hamlet) -> None:
    case_id, panel = appealed(hamlet)
    for letter in panel[:2]:
        outcome = hamlet.vote(letter, case_id, uphold=False)
    slip = next(job for job in hamlet.jobs() if job.id == outcome.print_job_id)
    facts = " ".join(slip.payload["facts"])
    assert "申诉结果：改正，不计入" in facts
    assert all(f"小组成员重新问过，{letter}。" in facts for letter in panel[:2])
    spooler.print_next(hamlet.village)
    assert verify_log(hamlet.village).consistent


def test_silence_past_day_fourteen_lapses_a_concern(
    hamlet: Hamlet, clock: SettableClock, refused: Code
) -> None:
    case_id, panel = appealed(hamlet)
    hamlet.vote(panel[0], case_id, uphold=True)
    clock.advance(days=14)
    assert timed_moves.tick(hamlet.village) == 0
    clock.advance(days=1)
    late = refused(hamlet.vote, panel[1], case_id, uphold=True)
    timed_moves.tick(hamlet.village)
    assert (late, hamlet.state(case_id), hamlet.number("A")) == ("case_moved_on", "lapsed", 50)
    assert panel_view.my_panels(hamlet.village, hamlet.sign(panel[1])) == ()


def test_only_who_was_drawn_votes_and_only_once(hamlet: Hamlet, refused: Code) -> None:
    case_id, panel = appealed(hamlet)
    outsider = next(letter for letter in "CDEFG" if letter not in panel)
    for letter in (outsider, "A", "B", "Y", "Z"):
        assert refused(hamlet.vote, letter, case_id, uphold=False) == "no_seat"
        session_id = hamlet.sign(letter)
        opened = refused(panel_view.open_panel_case, hamlet.village, session_id, case_id)
        assert opened == "no_seat"
    hamlet.vote(panel[0], case_id, uphold=False)
    assert refused(hamlet.vote, panel[0], case_id, uphold=False) == "voted_already"


def test_a_vote_needs_a_listed_reason_and_a_sentence(hamlet: Hamlet, refused: Code) -> None:
    case_id, panel = appealed(hamlet)
    for reason, sentence, code in (
        ("", "问过两边。", "reason_missing"),
        ("desk.reason_evidence", "问过两边。", "reason_missing"),  # a reason to uphold
        ("desk.reason_new_facts", "嗯", "sentence_missing"),
        ("desk.reason_new_facts", "他信佛教，不用管。", "words_refused"),
    ):
        session_id = hamlet.sign(panel[0])
        given = (case_id, False, reason, sentence, new_touch_id())
        assert refused(case_panel.vote, hamlet.village, session_id, *given) == code


def test_a_touch_twice_votes_once(hamlet: Hamlet) -> None:
    case_id, panel = appealed(hamlet)
    session_id, touch = hamlet.sign(panel[0]), new_touch_id()
    given = (case_id, False, "desk.reason_new_facts", "问过两边。", touch)
    first = case_panel.vote(hamlet.village, session_id, *given)
    assert case_panel.vote(hamlet.village, session_id, *given) == first
    assert first.votes == 1


def test_a_lay_member_sees_the_case_without_the_reporter_and_the_person_sees_the_look(
    hamlet: Hamlet,
) -> None:
    case_id, panel = appealed(hamlet)
    view = panel_view.open_panel_case(hamlet.village, hamlet.sign(panel[0]), case_id)
    assert (view.subject_name, view.appeal_words) == ("林A", "当时我不在家")
    assert "林B" not in repr(view)
    assert [member.is_lay for member in view.members] == [True] * 3
    assert [made.move for made in view.decisions] == ["approve", "countersign"]
    looked = views_of(hamlet.village, hamlet.sign("A"))[0]
    assert (looked.viewer_name, looked.role, looked.purpose) == (
        f"林{panel[0]}", "panel", "hear_appeal",
    )  # fmt: skip


def test_who_steps_aside_is_followed_by_the_next_in_the_draw(hamlet: Hamlet, refused: Code) -> None:
    case_id, panel = appealed(hamlet)
    village = hamlet.village
    case_panel.step_aside(village, hamlet.sign(panel[0]), case_id, new_touch_id())
    now = hamlet.seated(case_id)
    assert panel[0] not in now
    assert len(now) == 3
    assert refused(hamlet.vote, panel[0], case_id, uphold=True) == "no_seat"
    hamlet.vote(now[2], case_id, uphold=False)
    aside = refused(case_panel.step_aside, village, hamlet.sign(now[2]), case_id, new_touch_id())
    assert aside == "voted_already"


def _withdraws(hamlet: Hamlet, letter: str, purpose: Purpose) -> None:
    withdraw(hamlet.village, hamlet.sign(letter), purpose, new_touch_id())


NOT_ANY_MORE: dict[str, Callable[[Hamlet, str], object]] = {
    "will not serve": lambda hamlet, letter: _withdraws(hamlet, letter, "panel"),
    "has no number": lambda hamlet, letter: _withdraws(hamlet, letter, "number"),
    "rests": lambda hamlet, letter: pause(hamlet.village, hamlet.sign(letter), new_touch_id()),
    "leaves": lambda hamlet, letter: ask(hamlet.village, hamlet.sign(letter), new_touch_id()),
}


@pytest.mark.parametrize("why", NOT_ANY_MORE)
def test_who_would_not_serve_today_does_not_follow(hamlet: Hamlet, why: str) -> None:
    case_id, seated = appealed(hamlet)
    with hamlet.village.read() as session:
        follows = panel_draw.next_of(session, case_id)
    by_number = {number: letter for letter, number in hamlet.people.items()}
    assert follows is not None
    not_any_more = by_number[follows]
    NOT_ANY_MORE[why](hamlet, not_any_more)
    case_panel.step_aside(hamlet.village, hamlet.sign(seated[0]), case_id, new_touch_id())
    (other,) = set("CDEFG") - {*seated, not_any_more}
    assert set(hamlet.seated(case_id)) == {*seated[1:], other}


def test_too_few_people_draw_no_panel_until_there_are_enough(hamlet: Hamlet) -> None:
    case_id, panel = appealed(hamlet, "CD")
    assert panel == ""
    assert case_panel.draw_missing(hamlet.village) == 0
    hamlet.serve("E")
    timed_moves.tick(hamlet.village)
    assert sorted(hamlet.seated(case_id)) == ["C", "D", "E"]


def test_a_second_appeal_is_refused(hamlet: Hamlet, refused: Code) -> None:
    hamlet.serve("CDE")
    case_id = hamlet.hand_in("A", "A", "help").case_id
    hamlet.decide("Y", case_id, approve=False)
    panel = hamlet.appeal("A", case_id)
    again = (case_id, "再说一次", new_touch_id())
    assert refused(appeal.appeal, hamlet.village, hamlet.sign("A"), *again) == "appeal_over"
    for letter in panel[:2]:
        hamlet.vote(letter, case_id, uphold=True)
    assert hamlet.state(case_id) == "upheld"
    again = (case_id, "再说一次", new_touch_id())
    assert refused(appeal.appeal, hamlet.village, hamlet.sign("A"), *again) == "appeal_over"


def test_after_the_panels_silence_a_deed_declined_again_cannot_be_appealed_again(
    hamlet: Hamlet, clock: SettableClock, refused: Code
) -> None:
    hamlet.serve("CDE")
    case_id = hamlet.hand_in("A", "A", "help").case_id
    hamlet.decide("Y", case_id, approve=False)
    hamlet.appeal("A", case_id)
    clock.advance(days=15)
    timed_moves.tick(hamlet.village)
    hamlet.decide("Z", case_id, approve=False)
    again = (case_id, "再说一次", new_touch_id())
    assert refused(appeal.appeal, hamlet.village, hamlet.sign("A"), *again) == "appeal_over"
    (line,) = own_view.my_cases(hamlet.village, hamlet.sign("A"))
    assert "appeal" not in line.may


def test_a_deed_that_is_approved_after_the_panels_silence_is_heard_by_nobody(
    hamlet: Hamlet, clock: SettableClock, refused: Code
) -> None:
    hamlet.serve("CDE")
    case_id = hamlet.hand_in("A", "A", "help").case_id
    hamlet.decide("Y", case_id, approve=False)
    drawn = hamlet.appeal("A", case_id)
    clock.advance(days=15)
    timed_moves.tick(hamlet.village)
    hamlet.decide("Z", case_id)
    assert hamlet.state(case_id) == "effective"
    for letter in drawn:
        assert panel_view.my_panels(hamlet.village, hamlet.sign(letter)) == ()
        assert refused(hamlet.vote, letter, case_id, uphold=False) == "case_moved_on"


def test_an_overturned_refusal_of_a_deed_counts_and_credits_once(hamlet: Hamlet) -> None:
    hamlet.serve("CDE")
    case_id = hamlet.hand_in("A", "A", "help").case_id
    hamlet.decide("Y", case_id, approve=False)
    for letter in hamlet.appeal("A", case_id)[:2]:
        hamlet.vote(letter, case_id, uphold=False)
    assert (hamlet.state(case_id), hamlet.number("A"), hamlet.credits()) == ("effective", 53, [3])


@pytest.mark.parametrize("kind", ["deed", "concern"])
def test_a_correction_by_panel_is_a_reversal_that_restores_the_number_exactly(
    hamlet: Hamlet, clock: SettableClock, kind: str, refused: Code
) -> None:
    hamlet.serve("CDE")
    hamlet.approved_deed("A", "visit")
    before = hamlet.sum_of("A")
    case_id = hamlet.approved_deed("A") if kind == "deed" else hamlet.decided_concern()
    clock.advance(days=21)
    timed_moves.tick(hamlet.village)
    assert hamlet.number("A") != before.number
    hamlet.add("X")
    asked = (case_id, "这一条好像记错了人。", new_touch_id())
    panel_correction.ask_to_correct(hamlet.village, hamlet.officer("X"), *asked)
    panel = hamlet.seated(case_id)
    hamlet.vote(panel[0], case_id, uphold=False)
    outcome = hamlet.vote(panel[1], case_id, uphold=False)
    assert (outcome.state, outcome.decided) == ("overturned", True)
    assert hamlet.sum_of("A") == before
    assert sum(hamlet.credits()) == 6
    assert refused(hamlet.vote, panel[2], case_id, uphold=False) == "case_moved_on"


def test_a_panel_that_keeps_a_line_leaves_everything_as_it_was(
    hamlet: Hamlet, refused: Code
) -> None:
    hamlet.serve("CDE")
    case_id = hamlet.approved_deed("A")
    hamlet.add("X")
    asked = (case_id, "这一条好像记错了人。", new_touch_id())
    panel_correction.ask_to_correct(hamlet.village, hamlet.officer("X"), *asked)
    panel = hamlet.seated(case_id)
    for letter in panel[:2]:
        outcome = hamlet.vote(letter, case_id, uphold=True)
    assert (outcome.state, outcome.decided, hamlet.number("A")) == ("effective", True, 53)
    again = (case_id, "这一条好像记错了人。", new_touch_id())
    code = refused(panel_correction.ask_to_correct, hamlet.village, hamlet.officer("X"), *again)
    assert code == "panel_drawn"


def test_two_findings_of_malice_pause_reporting_about_others_for_ninety_days(
    hamlet: Hamlet, clock: SettableClock, refused: Code
) -> None:
    case_id, panel = appealed(hamlet)
    for letter in panel[:2]:
        hamlet.vote(letter, case_id, uphold=False, malice=True)
    assert refused(hamlet.hand_in, "B", "C", "litter") == "reporting_paused"
    assert refused(hamlet.hand_in, "B", "C", "help") == "reporting_paused"
    assert hamlet.hand_in("B", "B", "help").case_id  # one's own deeds are not touched
    clock.advance(days=90)
    assert hamlet.hand_in("B", "C", "litter").case_id


def test_one_members_finding_or_an_upheld_concern_pauses_nobody(hamlet: Hamlet) -> None:
    case_id, panel = appealed(hamlet)
    hamlet.vote(panel[0], case_id, uphold=False, malice=True)
    hamlet.vote(panel[1], case_id, uphold=False)
    assert hamlet.hand_in("B", "C", "litter").case_id
    assert timedelta(days=case_panel.PAUSE_DAYS).days == 90


def test_an_appeal_begins_from_the_qr_of_ones_own_slip(hamlet: Hamlet, refused: Code) -> None:
    case_id = hamlet.decided_concern()
    village = hamlet.village
    spooler.print_next(village)
    scanned = next(job.qr_text for job in reversed(hamlet.jobs()) if job.paper == "slip")
    assert appeal.case_of_slip(village, hamlet.sign("A"), scanned) == case_id
    assert refused(appeal.case_of_slip, village, hamlet.sign("C"), scanned) == "slip_not_yours"
    for hostile in ("", "x" * 5000, scanned.replace("decision", "decisive"), "%_'\n\n"):
        code = refused(appeal.case_of_slip, village, hamlet.sign("A"), hostile)
        assert code == "slip_not_yours"
