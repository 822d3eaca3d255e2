"""A decision as its person sees it, the grounds of an appeal, and its slip: on both databases."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.models.ledger import Checkpoint
from kiosk.services.access.views import views_of
from kiosk.services.cases import appeal as case_appeal
from kiosk.services.cases import panel_correction, slips
from kiosk.services.cases.flow import timed_moves
from kiosk.services.cases.views import panel_view
from kiosk.services.check.papers import PaperCheck, SlipFacts, check_paper
from kiosk.services.ledger import log
from kiosk.services.printing import spooler
from tests.services.cases.conftest import Hamlet

Code = Callable[..., str]


def page(hamlet: Hamlet, letter: str, case_id: int) -> case_appeal.AppealPage:
    return case_appeal.appeal_page(hamlet.village, hamlet.sign(letter), case_id)


def appeal(hamlet: Hamlet, case_id: int, ground: str, words: str = "") -> case_appeal.AppealMade:
    given = (case_id, words, new_touch_id())
    return case_appeal.appeal(hamlet.village, hamlet.sign("A"), *given, ground=ground)


def newest_slip(hamlet: Hamlet) -> PaperCheck:
    """The newest slip out of the printer, as it is read back."""
    while spooler.print_next(hamlet.village):
        pass
    with hamlet.village.read() as session:
        note = session.query(Checkpoint).order_by(Checkpoint.id.desc()).first()
        assert note is not None
        text = note.note
    return check_paper(hamlet.village, text)


def opens(hamlet: Hamlet, found: PaperCheck) -> bool:
    assert isinstance(found.facts, SlipFacts)
    return case_appeal.opens_appeal(found, slips.told_by(hamlet.village, found.facts.lines))


def test_the_page_says_who_decided_what_and_until_when_an_appeal_is_open(hamlet: Hamlet) -> None:
    case_id = hamlet.decided_concern()
    found = page(hamlet, "A", case_id)
    assert [(each.move, each.actor_name) for each in found.decisions] == [
        ("approve", "林Y"),
        ("countersign", "林Z"),
    ]
    assert (found.why_not, found.points) == ("", -5)
    assert found.open_until is not None
    assert (found.open_until - hamlet.today).days == 20
    assert (found.panel_by - hamlet.today).days == 14


def test_nobody_elses_decision_has_a_page(hamlet: Hamlet, refused: Code) -> None:
    case_id = hamlet.decided_concern()
    for letter in "BaY":  # who reported it, who lives with the person, who decided it
        assert refused(page, hamlet, letter, case_id) == "unknown_case"


@pytest.mark.long
def test_what_cannot_be_appealed_says_why(hamlet: Hamlet, clock: SettableClock) -> None:
    hamlet.serve("CDE")
    waiting = hamlet.hand_in("B", "A", "litter", days_ago=9).case_id
    assert page(hamlet, "A", waiting).why_not == "not_decided"
    case_id = hamlet.decided_concern(by="C")
    late = hamlet.decided_concern(about="B", by="C", days_ago=1)
    appeal(hamlet, case_id, "")
    assert page(hamlet, "A", case_id).why_not == "under_way"
    clock.advance(days=15)
    timed_moves.tick(hamlet.village)
    assert page(hamlet, "A", case_id).why_not == "heard"
    clock.advance(days=6)
    assert page(hamlet, "B", late).why_not == "late"  # before the timer looked at it …
    timed_moves.tick(hamlet.village)
    assert page(hamlet, "B", late).why_not == "late"  # … and once it counts


def test_a_concern_that_was_not_upheld_needs_no_appeal(hamlet: Hamlet) -> None:
    case_id = hamlet.hand_in("B", "A", "litter").case_id
    hamlet.reply("A", case_id)
    hamlet.decide("Y", case_id, approve=False)
    assert page(hamlet, "A", case_id).why_not == "closed"
    assert not opens(hamlet, newest_slip(hamlet))


def test_a_ground_is_one_of_the_list_and_stands_in_the_ledger(
    hamlet: Hamlet, refused: Code
) -> None:
    hamlet.serve("CDE")
    case_id = hamlet.decided_concern()
    assert refused(appeal, hamlet, case_id, "reports.ground_done") == "ground_missing"
    appeal(hamlet, case_id, "reports.ground_not_me", "那天我在镇上。")
    (made,) = [each for each in hamlet.case(case_id).moves if each.move == "appeal"]
    with hamlet.village.read() as session:
        content = log.content_of(session, made.ledger_index)
    assert content is not None
    assert (content["reason"], content["sentence"]) == ("reports.ground_not_me", "那天我在镇上。")


def test_the_same_touch_appeals_once_and_gives_the_same_answer(hamlet: Hamlet) -> None:
    hamlet.serve("CDE")
    case_id, touch = hamlet.decided_concern(), new_touch_id()
    first, second = (
        case_appeal.appeal(hamlet.village, hamlet.sign("A"), case_id, "", touch) for _ in range(2)
    )
    assert first == second
    assert [each.move for each in hamlet.case(case_id).moves].count("appeal") == 1


@pytest.mark.long
def test_only_the_slip_of_a_decision_that_is_open_leads_to_an_appeal(hamlet: Hamlet) -> None:
    hamlet.serve("CDE")
    case_id = hamlet.decided_concern()
    decision = newest_slip(hamlet)
    assert opens(hamlet, decision)
    appeal(hamlet, case_id, "")
    appealed = newest_slip(hamlet)
    assert isinstance(appealed.facts, SlipFacts)
    told = slips.told_by(hamlet.village, appealed.facts.lines)
    assert told is not None
    assert (told.kind, told.state, told.points) == ("appeal", "appealed", -5)
    assert not opens(hamlet, appealed)
    assert opens(hamlet, decision)  # the paper does not tell how the case stands now


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("serial S26Q4-0001",),
        ("decision 2026-0001",),
        ("decision 2026-0001", "rule litter -5", "state countersigned on 2026-11-23", "more"),
        ("voucher 2026-0001", "rule litter -5", "state countersigned on 2026-11-23"),
    ],
)
def test_any_other_paper_tells_of_no_case(hamlet: Hamlet, lines: tuple[str, ...]) -> None:
    assert slips.told_by(hamlet.village, lines) is None


def test_an_officer_opens_what_counts_by_its_number_and_the_person_sees_it(
    hamlet: Hamlet, refused: Code
) -> None:
    case_id = hamlet.approved_deed("A")
    reference = hamlet.case(case_id).reference
    found = panel_correction.case_to_correct(hamlet.village, hamlet.officer("Z"), reference)
    assert (found.case_id, found.subject_name, found.points) == (case_id, "林A", 3)
    look = views_of(hamlet.village, hamlet.sign("A"))[0]
    assert (look.viewer_name, look.purpose) == ("林Z", "decide_case")

    def open_as(session_id: str, number: str = reference) -> str:
        return refused(panel_correction.case_to_correct, hamlet.village, session_id, number)

    assert open_as(hamlet.sign("B")) == "not_allowed"
    assert open_as(hamlet.officer("a")) == "own_household"
    assert open_as(hamlet.officer("Z"), "2026-9999") == "no_such_entry"
    hamlet.hand_in("C", "C", "help")
    assert open_as(hamlet.officer("Z"), "2026-0002") == "no_such_entry"  # it does not count yet


def test_the_panel_reads_why_an_officer_asked_for_a_correction(hamlet: Hamlet) -> None:
    hamlet.serve("CDE")
    case_id = hamlet.approved_deed("A")
    asked = (case_id, "那天在修河埠，没有人去清理。", new_touch_id())
    panel_correction.ask_to_correct(hamlet.village, hamlet.officer("Z"), *asked)
    member = hamlet.seated(case_id)[0]
    view = panel_view.open_panel_case(hamlet.village, hamlet.sign(member), case_id)
    assert view.asked_words == asked[1]
    appealed = hamlet.decided_concern(about="B", by="A")
    case_appeal.appeal(hamlet.village, hamlet.sign("B"), appealed, "", new_touch_id())
    member = hamlet.seated(appealed)[0]
    view = panel_view.open_panel_case(hamlet.village, hamlet.sign(member), appealed)
    assert (view.asked_words, view.appeal_ground) == ("", "")
