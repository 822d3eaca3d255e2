"""The officer's desk: who may decide, with which words, and what a decision books."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.models.ledger import LedgerEntry
from kiosk.services.access import views
from kiosk.services.cases import decide as case_decide
from kiosk.services.cases import reasons
from kiosk.services.cases.confirmations import ask_to_confirm
from kiosk.services.cases.notices import mark_noticed
from kiosk.services.ledger import log
from kiosk.services.printing import marks
from kiosk.services.register.people import declare_relative
from kiosk.services.work import writing
from tests.services.cases.conftest import Hamlet

Refused = Callable[..., str]


def kinds(hamlet: Hamlet) -> list[str]:
    with hamlet.village.read() as session:
        return [each.kind for each in session.query(LedgerEntry).order_by(LedgerEntry.index)]


def relatives(hamlet: Hamlet, one: str, other: str) -> None:
    with writing(hamlet.village) as work:
        declare_relative(work, hamlet.people[one], hamlet.people[other])


def why_not(hamlet: Hamlet, officer: str) -> list[str]:
    return [line.why_not for line in case_decide.queue(hamlet.village, hamlet.officer(officer))]


def test_an_approved_deed_counts_credits_the_wallet_once_and_prints_its_slip(
    hamlet: Hamlet,
) -> None:
    case_id = hamlet.hand_in("A", "A", "help").case_id
    hamlet.officer("Y")
    before = kinds(hamlet)
    outcome = hamlet.decide("Y", case_id)
    assert outcome.state == "effective"
    booked = kinds(hamlet)[len(before) :]
    assert [kind for kind in booked if not kind.startswith("sign")] == [
        "decision",
        "points",
        "wallet",
        "paper",
        "to_hand_over",
    ]
    (entry,) = hamlet.entries()
    assert (entry.points, entry.effective_on) == (3, hamlet.today)
    assert entry.ends_on == hamlet.today + timedelta(days=365)
    assert hamlet.credits() == [3]
    assert hamlet.number("A") == 53
    slip = hamlet.jobs()[-1]
    assert slip.id == outcome.print_job_id
    assert slip.payload["kind"] == "decision"
    officer = marks.name_mark(hamlet.people["Y"])
    assert slip.payload["facts"][1:] == [
        "分数：+3",
        "结果：成立，已计入",
        f"审核员 {officer}：审核员亲自看过",
        "当天看过现场。",
    ]


def test_a_declined_deed_books_nothing_and_its_slip_says_how_to_disagree(hamlet: Hamlet) -> None:
    case_id = hamlet.hand_in("A", "A", "help").case_id
    hamlet.decide("Y", case_id, approve=False)
    assert (hamlet.entries(), hamlet.credits(), hamlet.number("A")) == ([], [], 50)
    (step,) = hamlet.jobs()[-1].payload["next_steps"]
    assert step["strong_lead"] == "不同意？"
    assert "从这张单子交到您手里的那天算起有 20 天" in step["text"]


def test_the_same_touch_decides_once(hamlet: Hamlet) -> None:
    case_id = hamlet.hand_in("A", "A", "help").case_id
    touch = new_touch_id()
    outcomes = {
        case_decide.decide(
            hamlet.village,
            hamlet.officer("Y"),
            case_id,
            True,
            "desk.reason_seen",
            "当天看过现场。",
            touch,
        )
        for _ in range(3)
    }
    assert len(outcomes) == 1
    assert hamlet.credits() == [3]


def test_the_queue_has_ones_own_first_and_the_most_urgent_before_the_others(
    hamlet: Hamlet,
) -> None:
    aside = hamlet.hand_in("C", "C", "help").case_id
    concern = hamlet.hand_in("B", "A", "litter").case_id
    hamlet.reply("A", concern)  # thirty days
    hamlet.clock.advance(days=1)
    deed = hamlet.hand_in("A", "A", "help").case_id  # seven days, and came later
    by = hamlet.officer("Y")
    case_decide.recuse(hamlet.village, by, aside, new_touch_id())
    lines = case_decide.queue(hamlet.village, by)
    assert [line.case_id for line in lines] == [deed, concern, aside]
    assert [line.mine_to_decide for line in lines] == [True, True, False]
    assert [line.may_return for line in lines] == [False, False, True]


def test_the_queue_is_oldest_first_with_days_in_sight(hamlet: Hamlet) -> None:
    first = hamlet.hand_in("C", "C", "help").case_id
    hamlet.clock.advance(days=1)
    second = hamlet.hand_in("A", "A", "help").case_id
    third = hamlet.hand_in("B", "A", "litter").case_id
    hamlet.reply("A", third)
    lines = case_decide.queue(hamlet.village, hamlet.officer("Y"))
    assert [line.case_id for line in lines] == [first, second, third]
    assert all(line.mine_to_decide for line in lines)
    assert [line.lapses for line in lines] == [False, False, True]
    assert lines[0].due_on == hamlet.today + timedelta(days=6)
    assert lines[2].due_on == hamlet.today + timedelta(days=30)
    assert lines[1].points == 3
    assert not any(word in repr(lines) for word in ("林", "河埠路"))  # whom it is about is a look
    hamlet.clock.advance(days=8)
    assert [line.overdue for line in case_decide.queue(hamlet.village, hamlet.officer("Y"))] == [
        True,
        True,
        False,
    ]


def test_what_waits_for_the_person_is_not_in_the_queue(hamlet: Hamlet) -> None:
    hamlet.hand_in("B", "A", "help")
    hamlet.hand_in("B", "A", "litter")
    assert case_decide.queue(hamlet.village, hamlet.officer("Y")) == ()


@pytest.mark.parametrize("roles", [(), ("clerk",), ("keeper",), ("clerk", "keeper")])
def test_resident_clerk_and_keeper_see_no_queue_open_no_case_and_decide_nothing(
    sqlite_hamlet: Hamlet, refused: Refused, roles: tuple[str, ...]
) -> None:
    hamlet = sqlite_hamlet
    case_id = hamlet.hand_in("A", "A", "help").case_id
    by = hamlet.sign("B", *roles)
    args = (hamlet.village, by, case_id, True, "desk.reason_seen", "当天看过现场。")
    assert refused(case_decide.queue, hamlet.village, by) == "not_allowed"
    assert refused(case_decide.open_case, hamlet.village, by, case_id) == "not_allowed"
    assert refused(case_decide.decide, *args, new_touch_id()) == "not_allowed"
    assert refused(case_decide.countersign, *args, new_touch_id()) == "not_allowed"
    assert refused(case_decide.recuse, hamlet.village, by, case_id, new_touch_id()) == "not_allowed"
    step = (hamlet.village, by, case_id, "收拾好了呀", new_touch_id())
    assert refused(case_decide.put_right, *step) == "not_allowed"
    assert hamlet.state(case_id) == "submitted"


@pytest.mark.long
def test_nobody_decides_on_themselves_their_household_a_relative_or_their_own_report(
    hamlet: Hamlet, refused: Refused
) -> None:
    relatives(hamlet, "Y", "C")
    cases = {
        "own_case": hamlet.hand_in("Y", "Y", "help").case_id,
        "own_household": hamlet.hand_in("y", "y", "help").case_id,
        "relative": hamlet.hand_in("C", "C", "help").case_id,
        "own_report": hamlet.hand_in("Y", "B", "help").case_id,
    }
    hamlet.accept("B", cases["own_report"])
    for code, case_id in cases.items():
        for approve in (True, False):
            assert refused(hamlet.decide, "Y", case_id, approve=approve) == code
    assert why_not(hamlet, "Y") == list(cases)
    assert why_not(hamlet, "Z") == ["", "", "", ""]
    for case_id in cases.values():
        hamlet.decide("Z", case_id)


def test_the_household_and_relatives_of_the_reporter_are_involved_too(
    hamlet: Hamlet, refused: Refused
) -> None:
    by_household = hamlet.hand_in("y", "A", "help").case_id
    hamlet.accept("A", by_household)
    relatives(hamlet, "B", "Y")
    by_relative = hamlet.hand_in("B", "A", "docks").case_id
    hamlet.accept("A", by_relative)
    assert refused(hamlet.decide, "Y", by_household) == "own_household"
    assert refused(hamlet.decide, "Y", by_relative) == "relative"


def test_who_confirmed_a_deed_does_not_decide_on_it(
    sqlite_hamlet: Hamlet, refused: Refused
) -> None:
    hamlet = sqlite_hamlet
    case_id = hamlet.hand_in("A", "A", "help", witnesses="Y").case_id
    hamlet.confirm("Y", case_id)
    assert refused(hamlet.decide, "Y", case_id) == "own_confirmation"
    hamlet.decide("Z", case_id)


def test_a_decision_needs_a_listed_reason_and_a_sentence_of_four_letters(
    sqlite_hamlet: Hamlet, refused: Refused
) -> None:
    hamlet = sqlite_hamlet
    case_id = hamlet.hand_in("A", "A", "help").case_id

    def decide(reason: str, sentence: str) -> object:
        return case_decide.decide(
            hamlet.village, hamlet.officer("Y"), case_id, True, reason, sentence, new_touch_id()
        )

    for reason in ("", "because", "desk.reason_unclear", "desk.reason_evidence"):
        assert refused(decide, reason, "当天看过现场。") == "reason_missing"
    for sentence in ("", "看过了", "。。。。。。", "\u200b\u200b\u200b\u200b"):
        assert refused(decide, "desk.reason_seen", sentence) == "sentence_missing"
    assert refused(decide, "desk.reason_seen", "他信基督教所以不行") == "words_refused"
    assert hamlet.state(case_id) == "submitted"
    decide("desk.reason_seen", "看过现场")


def test_every_listed_reason_has_words_in_both_languages(sqlite_hamlet: Hamlet) -> None:
    hamlet = sqlite_hamlet
    for keys in reasons.REASONS.values():
        assert len(keys) >= 3
        for key in keys:
            assert len(key) <= 30
            for language in ("zh", "en"):
                assert hamlet.village.catalogue.text(key, language)


def test_opening_a_case_is_seen_by_the_person_with_name_and_purpose(hamlet: Hamlet) -> None:
    case_id = hamlet.hand_in("B", "A", "litter", words="两袋菜叶").case_id
    hamlet.reply("A", case_id, "own_words", "第二天捡上来了")
    view = case_decide.open_case(hamlet.village, hamlet.officer("Y"), case_id)
    assert (view.reporter_name, view.subject_name, view.words) == ("", "林A", "两袋菜叶")
    assert (view.reply_choice, view.reply_words) == ("own_words", "第二天捡上来了")
    assert view.may == ("approve", "decline", "recuse", "put_right", "merge", "unseal")
    assert (view.why_not, view.days_left, view.lapses) == ("", 30, True)
    assert [(step.key, step.done, step.current) for step in view.steps] == [
        ("submitted", True, False),
        ("noticed", True, False),
        ("replied", True, False),
        ("first", False, True),
        ("second", False, False),
        ("told", False, False),
        ("appeal", False, False),
    ]
    (look,) = views.views_of(hamlet.village, hamlet.sign("A"))
    assert (look.viewer_name, look.purpose, look.at) == (
        "林Y",
        "decide_case",
        hamlet.clock.now(),
    )
    assert "record_view" in kinds(hamlet)


def test_a_case_is_not_opened_without_a_listed_purpose(
    sqlite_hamlet: Hamlet, refused: Refused
) -> None:
    hamlet = sqlite_hamlet
    case_id = hamlet.hand_in("A", "A", "help").case_id
    by = hamlet.officer("Y")
    assert refused(case_decide.open_case, hamlet.village, by, case_id, "") == "purpose_missing"
    assert refused(case_decide.open_case, hamlet.village, by, case_id + 9) == "unknown_case"


def test_an_officer_involved_in_a_concern_neither_opens_it_nor_learns_that_it_is_there(
    hamlet: Hamlet, refused: Refused
) -> None:
    case_id = hamlet.hand_in("B", "y", "litter").case_id
    hamlet.reply("y", case_id)
    by = hamlet.officer("Y")
    assert refused(case_decide.open_case, hamlet.village, by, case_id) == "unknown_case"
    assert case_decide.queue(hamlet.village, by) == ()
    assert views.views_of(hamlet.village, hamlet.sign("y")) == ()


def test_an_officer_who_is_involved_in_a_deed_reads_it_without_a_button(hamlet: Hamlet) -> None:
    case_id = hamlet.hand_in("B", "y", "help").case_id
    hamlet.accept("y", case_id)
    view = case_decide.open_case(hamlet.village, hamlet.officer("Y"), case_id)
    assert (view.may, view.why_not, view.reporter_name) == ((), "own_household", "")
    assert view.confirmations == ()
    assert "林B" not in str(view)


def test_stepping_aside_is_one_tap_is_recorded_and_leaves_the_case_to_others(
    hamlet: Hamlet, refused: Refused
) -> None:
    case_id = hamlet.hand_in("A", "A", "help").case_id
    for _ in range(2):  # tapping again changes nothing
        outcome = case_decide.recuse(hamlet.village, hamlet.officer("Y"), case_id, new_touch_id())
    assert (outcome.state, outcome.print_job_id) == ("submitted", None)
    assert [move.move for move in hamlet.case(case_id).moves] == ["hand_in", "recuse"]
    assert "recusal" in kinds(hamlet)
    assert refused(hamlet.decide, "Y", case_id) == "recused"
    assert why_not(hamlet, "Y") == ["recused"]
    hamlet.decide("Z", case_id)


def test_stepping_aside_is_taken_back_by_the_same_officer_until_somebody_decides(
    hamlet: Hamlet, refused: Refused
) -> None:
    case_id = hamlet.hand_in("B", "A", "litter").case_id
    hamlet.reply("A", case_id)

    def back(letter: str) -> case_decide.CaseOutcome:
        return case_decide.come_back(
            hamlet.village, hamlet.officer(letter), case_id, new_touch_id()
        )

    assert refused(back, "Y") == "case_moved_on"  # there is nothing to take back
    for _ in range(2):  # one can step aside again
        case_decide.recuse(hamlet.village, hamlet.officer("Y"), case_id, new_touch_id())
        assert refused(back, "Z") == "case_moved_on"
        assert back("Y").state == "replied"
    assert [each.move for each in hamlet.case(case_id).moves][-4:] == ["recuse", "return"] * 2
    assert kinds(hamlet).count("recusal") == 4
    hamlet.decide("Y", case_id)
    case_decide.recuse(hamlet.village, hamlet.officer("Z"), case_id, new_touch_id())
    assert back("Z").state == "decided"
    case_decide.recuse(hamlet.village, hamlet.officer("Z"), case_id, new_touch_id())
    hamlet.add("W")
    hamlet.countersign("W", case_id)
    assert refused(back, "Z") == "case_moved_on"


def test_after_stepping_aside_no_button_is_left_that_only_refuses(hamlet: Hamlet) -> None:
    case_id = hamlet.hand_in("A", "A", "help").case_id
    by = hamlet.officer("Y")
    case_decide.recuse(hamlet.village, by, case_id, new_touch_id())
    view = case_decide.open_case(hamlet.village, by, case_id)
    assert (view.may, view.why_not) == (("return",), "recused")
    assert (view.reporter_name, view.reporter_sealed) == ("林A", False)  # who did it themselves


@pytest.mark.parametrize(
    ("officers", "rule", "enough"),
    [
        ("YZ", "litter", False),
        ("YZ", "help", True),
        ("Yy", "help", True),
        ("Y", "help", False),
        ("Yy", "litter", False),
        ("YZE", "litter", True),
    ],
)
def test_the_page_says_whether_the_others_could_still_decide(
    hamlet: Hamlet, officers: str, rule: str, enough: bool
) -> None:
    case_id = hamlet.hand_in("B" if rule == "litter" else "A", "A", rule).case_id
    if rule == "litter":
        hamlet.reply("A", case_id)
    for letter in officers:
        hamlet.officer(letter)
    view = case_decide.open_case(hamlet.village, hamlet.officer("Y"), case_id)
    assert view.leaves_enough == enough


def test_the_second_officer_reads_what_the_first_one_decided_before_deciding(
    hamlet: Hamlet,
) -> None:
    case_id = hamlet.hand_in("B", "A", "litter").case_id
    hamlet.reply("A", case_id)
    assert case_decide.open_case(hamlet.village, hamlet.officer("Z"), case_id).first_word is None
    hamlet.decide("Y", case_id)
    first = case_decide.open_case(hamlet.village, hamlet.officer("Z"), case_id).first_word
    assert first is not None
    assert (first.actor_name, first.reason) == ("林Y", "desk.reason_evidence")
    assert first.sentence == "当天看过现场。"


def test_stepping_aside_does_not_give_the_office_more_time(hamlet: Hamlet) -> None:
    case_id = hamlet.hand_in("B", "A", "litter").case_id
    hamlet.reply("A", case_id)
    due = hamlet.case(case_id).due_at
    hamlet.clock.advance(days=3)
    case_decide.recuse(hamlet.village, hamlet.officer("Y"), case_id, new_touch_id())
    assert hamlet.case(case_id).due_at == due


def test_a_concern_needs_notice_and_a_reply_before_anybody_decides(
    hamlet: Hamlet, refused: Refused
) -> None:
    case_id = hamlet.hand_in("B", "A", "litter").case_id
    assert refused(hamlet.decide, "Y", case_id) == "case_moved_on"
    mark_noticed(hamlet.village, hamlet.sign("A"), case_id, new_touch_id())
    assert refused(hamlet.decide, "Y", case_id) == "case_moved_on"
    view = case_decide.open_case(hamlet.village, hamlet.officer("Y"), case_id)
    assert (view.may, view.why_not) == (("put_right",), "waiting_for_reply")


def test_a_concern_needs_a_second_officer_of_another_household(
    hamlet: Hamlet, refused: Refused
) -> None:
    case_id = hamlet.hand_in("B", "A", "litter").case_id
    hamlet.reply("A", case_id)
    first = hamlet.decide("Y", case_id)
    assert (first.state, first.print_job_id) == ("decided", None)
    assert refused(hamlet.countersign, "Y", case_id) == "second_officer_same_person"
    assert refused(hamlet.countersign, "y", case_id) == "second_officer_same_household"
    assert refused(hamlet.decide, "Z", case_id) == "case_moved_on"
    assert why_not(hamlet, "Y") == ["second_officer_same_person"]
    assert why_not(hamlet, "y") == ["second_officer_same_household"]
    view = case_decide.open_case(hamlet.village, hamlet.officer("Z"), case_id)
    assert view.may == ("countersign", "decline", "recuse", "put_right", "unseal")
    second = hamlet.countersign("Z", case_id)
    assert second.state == "countersigned"
    assert hamlet.jobs()[-1].id == second.print_job_id
    assert (hamlet.entries(), hamlet.number("A")) == ([], 50)


def test_countersigning_what_was_not_decided_is_refused(hamlet: Hamlet, refused: Refused) -> None:
    case_id = hamlet.hand_in("B", "A", "litter").case_id
    hamlet.reply("A", case_id)
    assert refused(hamlet.countersign, "Z", case_id) == "case_moved_on"
    deed = hamlet.hand_in("C", "C", "help").case_id
    assert refused(hamlet.countersign, "Z", deed) == "illegal_move"


@pytest.mark.parametrize("second", [False, True])
def test_either_officer_ends_a_concern_by_not_upholding_it(
    sqlite_hamlet: Hamlet, second: bool
) -> None:
    hamlet = sqlite_hamlet
    case_id = hamlet.hand_in("B", "A", "litter").case_id
    hamlet.reply("A", case_id)
    if second:
        hamlet.decide("Y", case_id)
        outcome = hamlet.countersign("Z", case_id, approve=False)
    else:
        outcome = hamlet.decide("Y", case_id, approve=False)
    assert outcome.state == "declined"
    assert hamlet.jobs()[-1].payload["facts"][1] == "结果：不成立，不留记录"
    view = case_decide.open_case(hamlet.village, hamlet.officer("Z"), case_id)
    done = [step.key for step in view.steps if step.done]
    assert done[-1] == ("second" if second else "first")
    assert view.why_not == "closed"


def test_two_officers_at_the_same_moment_decide_once(hamlet: Hamlet) -> None:
    case_id = hamlet.hand_in("A", "A", "help").case_id
    sessions = [hamlet.officer(letter) for letter in "YZ"]

    def decide(by: str) -> str:
        try:
            return case_decide.decide(
                hamlet.village,
                by,
                case_id,
                True,
                "desk.reason_seen",
                "当天看过现场。",
                new_touch_id(),
            ).state
        except ExpectedError as refusal:
            return refusal.code

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(decide, sessions))
    assert answers == ["case_moved_on", "effective"]
    assert (len(hamlet.entries()), hamlet.credits()) == (1, [3])


def test_who_left_the_programme_meanwhile_is_decided_on_no_more(
    hamlet: Hamlet, refused: Refused
) -> None:
    case_id = hamlet.hand_in("A", "A", "help").case_id
    hamlet.leave("A")
    assert refused(hamlet.decide, "Y", case_id) == "not_enrolled"
    hamlet.decide("Y", case_id, approve=False)


@pytest.mark.parametrize("stage", ["noticed", "replied", "decided", "countersigned", "effective"])
def test_what_was_put_right_ends_at_once_and_vanishes_from_view(
    sqlite_hamlet: Hamlet, stage: str
) -> None:
    hamlet = sqlite_hamlet
    from kiosk.services.cases.flow import timed_moves
    from kiosk.services.cases.views import own_view

    case_id = hamlet.hand_in("B", "A", "litter").case_id
    mark_noticed(hamlet.village, hamlet.sign("A"), case_id, new_touch_id())
    if stage != "noticed":
        hamlet.reply("A", case_id)
    if stage in ("decided", "countersigned", "effective"):
        hamlet.decide("Y", case_id)
    if stage in ("countersigned", "effective"):
        hamlet.countersign("Z", case_id)
    if stage == "effective":
        hamlet.acknowledge("A", case_id)
        hamlet.clock.advance(days=21)
        timed_moves.tick(hamlet.village)
        assert hamlet.number("A") == 45
    assert hamlet.state(case_id) == stage
    outcome = case_decide.put_right(
        hamlet.village, hamlet.officer("Z"), case_id, "已经清理干净。", new_touch_id()
    )
    assert outcome.state == "ended"
    assert hamlet.number("A") == 50
    assert ("reversal" in kinds(hamlet)) == (stage == "effective")
    assert own_view.my_cases(hamlet.village, hamlet.sign("A")) == ()


def test_a_good_deed_is_nothing_to_put_right(sqlite_hamlet: Hamlet, refused: Refused) -> None:
    hamlet = sqlite_hamlet
    case_id = hamlet.hand_in("A", "A", "help").case_id
    by = hamlet.officer("Y")
    step = (hamlet.village, by, case_id, "已经清理干净。", new_touch_id())
    assert refused(case_decide.put_right, *step) == "illegal_move"


def test_a_case_shows_who_did_what_and_who_confirmed(hamlet: Hamlet) -> None:
    case_id = hamlet.hand_in("A", "A", "help").case_id
    ask_to_confirm(hamlet.village, hamlet.sign("A"), case_id, hamlet.people["B"], new_touch_id())
    hamlet.confirm("B", case_id)
    hamlet.decide("Y", case_id)
    view = case_decide.open_case(hamlet.village, hamlet.officer("Z"), case_id)
    assert view.confirmations == ("林B",)
    assert [(move.move, move.actor_name, move.reason) for move in view.moves] == [
        ("hand_in", "林A", ""),
        ("approve", "林Y", "desk.reason_seen"),
    ]
    assert all(step.done for step in view.steps)


def test_the_ledger_knows_ids_and_no_names(hamlet: Hamlet) -> None:
    hamlet.decided_concern()
    hamlet.approved_deed("C")
    with hamlet.village.read() as session:
        for index in range(log.head(session).size):
            assert "林" not in str(log.content_of(session, index))
