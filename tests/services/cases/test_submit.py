"""Handing in: what is booked, what is refused, and that nothing is booked twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest

from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.models.register import Resident
from kiosk.services.cases import confirmations, decide, duplicates, submit
from kiosk.services.cases.views import own_view
from kiosk.services.ledger import log
from kiosk.services.printing import queue
from kiosk.services.register.people import declare_relative
from kiosk.services.work import writing
from tests.services.cases.conftest import Hamlet

Refused = Callable[..., str]


def test_a_deed_of_ones_own_is_a_case_with_a_receipt_that_says_what_happens_by_when(
    hamlet: Hamlet,
) -> None:
    receipt = hamlet.hand_in("A", "A", "help", words="帮邻居  收稻谷")
    assert receipt.reference == "2026-0001"
    assert receipt.next_key == "reports.next_own_deed"
    assert receipt.due_on == hamlet.today + timedelta(days=7)
    case = hamlet.case(receipt.case_id)
    assert (case.state, case.kind, case.words) == ("submitted", "deed", "帮邻居 收稻谷")
    (job,) = hamlet.jobs()
    assert job.id == receipt.print_job_id
    assert job.covers == case.moves[0].ledger_index
    said = [each["text"] for each in job.payload["next_steps"]]
    assert said[0] == "一位无关的审核员会看，最迟2026年11月30日。"
    assert queue.state(hamlet.village, job.id).phase == "waiting"


def test_a_receipt_can_be_had_in_english(sqlite_hamlet: Hamlet) -> None:
    hamlet = sqlite_hamlet
    form = hamlet.form("A", "A", "help")
    submit.hand_in(hamlet.village, form, "en")
    (job,) = hamlet.jobs()
    assert job.payload["language"] == "en"
    assert "by 30 November 2026." in job.payload["next_steps"][0]["text"]
    assert job.payload["facts"][:2] == ["Good deed: Helping", "Points: +3"]


def test_no_paper_and_no_signed_line_names_anybody(sqlite_hamlet: Hamlet) -> None:
    hamlet = sqlite_hamlet
    hamlet.hand_in("B", "A", "litter", words="两袋菜叶")
    hamlet.hand_in("B", "A", "help")
    for job in hamlet.jobs():
        assert "林" not in str(job.payload) + str(job.note_lines)
        assert all(line.isascii() for line in job.note_lines)


def test_the_same_touch_again_gets_the_same_receipt_and_books_nothing(hamlet: Hamlet) -> None:
    form = hamlet.form("A", "A", "help")
    first = submit.hand_in(hamlet.village, form)
    assert submit.hand_in(hamlet.village, form) == first
    assert (hamlet.cases(), len(hamlet.jobs())) == (1, 1)


def test_references_count_up_through_the_year_and_start_again_with_the_next(
    hamlet: Hamlet,
) -> None:
    first, second = (hamlet.hand_in(each, each, "help") for each in "AB")
    assert (first.reference, second.reference) == ("2026-0001", "2026-0002")
    hamlet.clock.advance(days=60)
    assert hamlet.hand_in("C", "C", "help").reference == "2027-0001"


def test_a_deed_in_the_future_is_refused_and_one_of_thirty_days_ago_is_not(
    hamlet: Hamlet, refused: Refused
) -> None:
    assert refused(hamlet.hand_in, "A", "A", "help", days_ago=-1) == "deed_in_future"
    assert refused(hamlet.hand_in, "A", "A", "help", days_ago=31) == "deed_too_old"
    assert hamlet.cases() == 0
    hamlet.hand_in("A", "A", "help", days_ago=30)
    hamlet.hand_in("A", "A", "help", days_ago=0)


def test_the_day_is_the_villages_day_and_not_that_of_utc(sqlite_hamlet: Hamlet) -> None:
    hamlet = sqlite_hamlet
    hamlet.clock.advance(hours=16)  # 01:00 of the next day in the village, 17:00 UTC of this one
    hamlet.hand_in("A", "A", "help", days_ago=0)
    assert hamlet.today == date(2026, 11, 24)


def test_who_is_not_enrolled_writes_down_no_deed_of_their_own(
    hamlet: Hamlet, refused: Refused
) -> None:
    hamlet.add("N", enrolled=False)
    hamlet.leave("A")
    with hamlet.village.read() as session:
        before = log.head(session)
    assert refused(hamlet.hand_in, "N", "N", "help") == "not_enrolled"
    assert refused(hamlet.hand_in, "A", "A", "help") == "not_enrolled"
    with hamlet.village.read() as session:
        assert hamlet.cases() == 0
        assert log.head(session) == before


def test_a_child_is_refused_with_a_kind_sentence(sqlite_hamlet: Hamlet, refused: Refused) -> None:
    hamlet = sqlite_hamlet
    hamlet.add("K", born=date(2008, 11, 24), enrolled=False)
    assert refused(hamlet.hand_in, "B", "K", "help") == "subject_under_age"
    hamlet.clock.advance(days=1)  # the eighteenth birthday
    assert hamlet.hand_in("B", "K", "help").case_id
    assert refused(hamlet.hand_in, "K", "K", "help") == "not_enrolled"


def test_somebody_who_left_the_register_is_unknown(sqlite_hamlet: Hamlet, refused: Refused) -> None:
    hamlet = sqlite_hamlet
    with hamlet.village.write() as session:
        session.get_one(Resident, hamlet.people["B"]).active = False
    assert refused(hamlet.hand_in, "A", "B", "help") == "resident_unknown"


def test_the_same_deed_twice_is_answered_with_the_first_reference(hamlet: Hamlet) -> None:
    first = hamlet.hand_in("A", "A", "help")
    with pytest.raises(ExpectedError) as refusal:
        hamlet.hand_in("A", "A", "help")
    assert (refusal.value.code, refusal.value.values) == ("already_reported", (first.reference,))
    hamlet.hand_in("A", "A", "help", days_ago=1)
    hamlet.hand_in("A", "A", "docks")


@pytest.mark.parametrize("rule", ["litter", "help"])
def test_a_second_reporter_goes_the_same_way_as_the_first_and_learns_of_no_other(
    hamlet: Hamlet, refused: Refused, rule: str
) -> None:
    first = hamlet.hand_in("B", "A", rule)
    assert duplicate(hamlet, "C", rule) is None
    second = hamlet.hand_in("C", "A", rule)
    assert (second.next_key, second.due_on) == (first.next_key, first.due_on)
    assert hamlet.state(second.case_id) == hamlet.state(first.case_id) == "submitted"
    assert refused(hamlet.hand_in, "B", "A", rule) == "already_reported"
    assert refused(hamlet.hand_in, "C", "A", rule) == "already_reported"


def test_what_two_reported_is_one_thing_once_an_officer_merged_it(hamlet: Hamlet) -> None:
    first = hamlet.hand_in("B", "A", "litter").case_id
    second = hamlet.hand_in("C", "A", "litter").case_id
    for case_id in (first, second):
        hamlet.reply("A", case_id)
    decide.merge(hamlet.village, hamlet.officer("Y"), second, first, new_touch_id())
    assert (hamlet.state(first), hamlet.state(second)) == ("replied", "withdrawn")


def test_a_report_taken_back_can_be_handed_in_again(hamlet: Hamlet, refused: Refused) -> None:
    first = hamlet.hand_in("A", "A", "help")
    touch = new_touch_id()
    for _ in range(2):  # the second tap is harmless
        submit.withdraw(hamlet.village, hamlet.sign("A"), first.case_id, touch)
    assert hamlet.state(first.case_id) == "withdrawn"
    assert hamlet.hand_in("A", "A", "help").reference == "2026-0002"
    again = (hamlet.sign("A"), first.case_id, new_touch_id())
    assert refused(submit.withdraw, hamlet.village, *again) == "case_moved_on"


def test_nobody_takes_back_somebody_elses_report(sqlite_hamlet: Hamlet, refused: Refused) -> None:
    hamlet = sqlite_hamlet
    case_id = hamlet.hand_in("A", "A", "help").case_id
    stranger = hamlet.sign("B")
    step = (hamlet.village, stranger, case_id, new_touch_id())
    assert refused(submit.withdraw, *step) == "unknown_case"


def test_a_possible_duplicate_is_told_to_reporter_and_person_and_to_nobody_else(
    hamlet: Hamlet,
) -> None:
    receipt = hamlet.hand_in("B", "A", "litter")
    asked = {letter: duplicate(hamlet, letter, "litter") for letter in "ABC"}
    told = duplicates.PossibleDuplicate(
        receipt.reference, hamlet.today, "docks_south", to_accept=False
    )
    assert asked == {"A": told, "B": told, "C": None}


def duplicate(
    hamlet: Hamlet, asking: str, rule: str, days_ago: int = 0, others: tuple[str, ...] = ()
) -> duplicates.PossibleDuplicate | None:
    """What somebody who is about to report something of A is asked about."""
    day = hamlet.today - timedelta(days=days_ago)
    given = (hamlet.sign(asking), hamlet.people["A"], hamlet.rules[rule], day)
    return duplicates.possible_duplicate(hamlet.village, *given, others)


def test_the_day_beside_may_be_the_same_thing_and_two_days_off_is_not(hamlet: Hamlet) -> None:
    near = hamlet.hand_in("A", "A", "help", days_ago=3)
    for days_ago, found in ((2, True), (4, True), (1, False), (5, False)):
        told = duplicate(hamlet, "A", "help", days_ago)
        assert (told is not None) == found
        assert told is None or told.reference == near.reference
    of_the_day = hamlet.hand_in("A", "A", "help", days_ago=2)
    nearest = duplicate(hamlet, "A", "help", 2)
    assert nearest is not None
    assert nearest.reference == of_the_day.reference


def test_another_deed_of_the_same_day_is_taken_once_its_giver_said_so(hamlet: Hamlet) -> None:
    first = hamlet.hand_in("A", "A", "help")
    form = replace(hamlet.form("A", "A", "help"), others=(first.reference,))
    second = submit.hand_in(hamlet.village, form)
    third = replace(hamlet.form("A", "A", "help"), others=(first.reference,))
    with pytest.raises(ExpectedError) as refusal:  # nobody said that it is not the second one
        submit.hand_in(hamlet.village, third)
    assert (refusal.value.code, refusal.value.values) == ("already_reported", (second.reference,))
    assert hamlet.cases() == 2


def test_who_said_it_is_another_is_asked_about_the_next_and_then_no_more(hamlet: Hamlet) -> None:
    beside = hamlet.hand_in("A", "A", "help", days_ago=1).reference
    same_day = hamlet.hand_in("A", "A", "help").reference
    others: tuple[str, ...] = ()
    for reference in (same_day, beside):
        told = duplicate(hamlet, "A", "help", others=others)
        assert told is not None
        assert told.reference == reference
        others = (*others, reference)
    assert duplicate(hamlet, "A", "help", others=others) is None


def test_saying_it_is_another_opens_nothing_about_somebody_elses_report(hamlet: Hamlet) -> None:
    first = hamlet.hand_in("B", "A", "litter").reference
    guessed = replace(hamlet.form("C", "A", "litter"), others=(first, "2026-0999"))
    plain = hamlet.hand_in("D", "A", "litter")
    receipt = submit.hand_in(hamlet.village, guessed)
    assert (receipt.next_key, receipt.due_on) == (plain.next_key, plain.due_on)


def test_what_was_declined_and_is_handed_in_as_another_stands_before_the_officer(
    sqlite_hamlet: Hamlet,
) -> None:
    hamlet = sqlite_hamlet
    declined = hamlet.hand_in("A", "A", "help")
    hamlet.decide("Y", declined.case_id, approve=False)
    form = replace(hamlet.form("A", "A", "help"), others=(declined.reference,))
    again = submit.hand_in(hamlet.village, form).case_id
    seen = decide.open_case(hamlet.village, hamlet.officer("Z"), again).similar
    assert [(line.reference, line.state, line.merge_id) for line in seen] == [
        (declined.reference, "declined", 0)
    ]


def test_what_is_over_on_the_day_beside_is_not_asked_about(sqlite_hamlet: Hamlet) -> None:
    hamlet = sqlite_hamlet
    case_id = hamlet.hand_in("A", "A", "help", days_ago=1).case_id
    hamlet.decide("Y", case_id, approve=False)
    assert duplicate(hamlet, "A", "help") is None
    assert duplicate(hamlet, "A", "help", 1) is not None  # a second one of that day is not taken


def test_who_reports_what_a_neighbour_nominated_is_shown_to_accept_it(
    sqlite_hamlet: Hamlet,
) -> None:
    hamlet = sqlite_hamlet
    case_id = hamlet.hand_in("B", "A", "help", days_ago=1).case_id
    mine, theirs = duplicate(hamlet, "A", "help"), duplicate(hamlet, "B", "help")
    assert mine is not None
    assert theirs is not None
    assert (mine.to_accept, theirs.to_accept) == (True, False)
    hamlet.accept("A", case_id)
    accepted = duplicate(hamlet, "A", "help")
    assert accepted is not None
    assert not accepted.to_accept


def test_three_deeds_of_ones_own_wait_at_most(hamlet: Hamlet, refused: Refused) -> None:
    first = hamlet.hand_in("A", "A", "help", days_ago=1)
    for days_ago in (2, 3):
        hamlet.hand_in("A", "A", "help", days_ago=days_ago)
    assert refused(hamlet.hand_in, "A", "A", "docks") == "too_many_pending"
    hamlet.hand_in("A", "B", "help")  # a neighbour's is another matter
    hamlet.decide("Y", first.case_id)
    hamlet.hand_in("A", "A", "docks")


def test_two_concerns_in_thirty_days_at_most_and_taking_one_back_frees_none(
    hamlet: Hamlet,
) -> None:
    first = hamlet.hand_in("B", "A", "litter")
    hamlet.clock.advance(days=3)
    hamlet.hand_in("B", "C", "litter")
    submit.withdraw(hamlet.village, hamlet.sign("B"), first.case_id, new_touch_id())
    with pytest.raises(ExpectedError) as refusal:
        hamlet.hand_in("B", "D", "litter")
    assert refusal.value.code == "too_many_concerns"
    assert refusal.value.values == (2, date(2026, 12, 23))
    hamlet.clock.advance(days=26)
    with pytest.raises(ExpectedError):
        hamlet.hand_in("B", "D", "litter")
    hamlet.clock.advance(days=1)
    assert hamlet.today == date(2026, 12, 23)
    hamlet.hand_in("B", "D", "litter")


def test_a_rule_for_oneself_is_not_for_neighbours(sqlite_hamlet: Hamlet, refused: Refused) -> None:
    hamlet = sqlite_hamlet
    assert refused(hamlet.hand_in, "B", "A", "visit") == "reporter_not_allowed"
    hamlet.hand_in("A", "A", "visit")


def test_a_broken_promise_is_reported_by_the_person_concerned_alone(
    sqlite_hamlet: Hamlet, refused: Refused
) -> None:
    hamlet = sqlite_hamlet
    assert refused(hamlet.hand_in, "B", "A", "repayment") == "reporter_not_allowed"
    official = hamlet.officer("Y")
    claimed = {"concerned": True, "session_id": official}
    assert refused(hamlet.hand_in, "Y", "A", "repayment", **claimed) == "reporter_not_allowed"
    hamlet.hand_in("B", "A", "repayment", concerned=True)


def test_nobody_reports_a_concern_about_themselves_or_their_own_household(
    sqlite_hamlet: Hamlet, refused: Refused
) -> None:
    hamlet = sqlite_hamlet
    assert refused(hamlet.hand_in, "A", "A", "litter") == "concern_about_oneself"
    assert refused(hamlet.hand_in, "a", "A", "litter") == "not_own_household"
    assert refused(hamlet.hand_in, "a", "A", "help") == "not_own_household"


def test_words_are_cleaned_cut_at_four_hundred_and_held_against_the_gate(
    hamlet: Hamlet, refused: Refused
) -> None:
    case_id = hamlet.hand_in("A", "A", "help", words="扫\u202e\u0000地\n\n了" + "扫" * 500).case_id
    words = hamlet.case(case_id).words
    assert words.startswith("扫地 了扫")
    assert len(words) == 400
    assert refused(hamlet.hand_in, "B", "A", "litter", words="他信基督教") == "words_refused"
    assert hamlet.cases() == 1


def test_a_case_keeps_the_rule_version_of_the_day_of_the_deed(
    hamlet: Hamlet, refused: Refused
) -> None:
    old = dict(hamlet.rules)
    hamlet.install(hamlet.today, version=2, points=2)
    before = hamlet.hand_in("A", "A", "help", days_ago=1).case_id
    after = hamlet.hand_in("A", "A", "help", days_ago=0).case_id
    assert hamlet.case(before).rule_version_id == old["help"]
    assert hamlet.case(after).rule_version_id == hamlet.rules["help"]
    hamlet.decide("Y", before)
    hamlet.decide("Y", after)
    assert [entry.points for entry in hamlet.entries()] == [3, 2]


def test_a_rule_that_was_not_in_force_that_day_is_refused(
    sqlite_hamlet: Hamlet, refused: Refused
) -> None:
    hamlet = sqlite_hamlet
    hamlet.clock.moment -= timedelta(days=320)  # 7 January 2026
    hamlet.enrol("B")
    assert refused(hamlet.hand_in, "A", "A", "help", days_ago=10) == "rule_not_yet"


def test_a_session_that_is_over_hands_in_nothing(hamlet: Hamlet, refused: Refused) -> None:
    form = hamlet.form("A", "A", "help")
    hamlet.clock.advance(minutes=10)
    assert refused(submit.hand_in, hamlet.village, form) == "session_over"
    assert hamlet.cases() == 0


def test_a_nomination_tells_the_reporter_that_the_person_is_asked_first(hamlet: Hamlet) -> None:
    receipt = hamlet.hand_in("B", "A", "help")
    assert receipt.next_key == "reports.next_nomination"
    assert hamlet.state(receipt.case_id) == "submitted"
    (line,) = own_view.my_cases(hamlet.village, hamlet.sign("B"))
    assert (line.about_me, line.open, line.may) == (False, True, ("withdraw",))


def test_who_reported_a_concern_sees_that_it_is_in_hand_and_not_what_came_of_it(
    hamlet: Hamlet,
) -> None:
    case_id = hamlet.decided_concern()
    (line,) = own_view.my_cases(hamlet.village, hamlet.sign("B"))
    assert (line.state, line.due_on) == ("in_hand", None)
    (mine,) = own_view.my_cases(hamlet.village, hamlet.sign("A"))
    assert (mine.state, mine.about_me, mine.may) == (
        "told", True, ("appeal", "say_put_right"),
    )  # fmt: skip
    assert hamlet.state(case_id) == "told"


def test_witnesses_are_asked_by_name_and_not_from_the_own_household(
    hamlet: Hamlet, refused: Refused
) -> None:
    assert refused(hamlet.hand_in, "A", "A", "help", witnesses="a") == "confirm_own_household"
    case_id = hamlet.hand_in("A", "A", "help", witnesses="BC").case_id
    asked = [
        [line.case_id for line in confirmations.confirmable(hamlet.village, hamlet.sign(each))]
        for each in "BCD"
    ]
    assert asked == [[case_id], [case_id], []]


def test_four_people_at_four_terminals_get_four_references(hamlet: Hamlet) -> None:
    forms = [hamlet.form(each, each, "help") for each in "ABCD"]
    with ThreadPoolExecutor(4) as pool:
        receipts = list(pool.map(lambda form: submit.hand_in(hamlet.village, form), forms))
    assert {each.reference for each in receipts} == {f"2026-000{n}" for n in (1, 2, 3, 4)}


def test_one_form_handed_in_twice_at_the_same_moment_is_one_case(hamlet: Hamlet) -> None:
    form = hamlet.form("A", "A", "help")
    with ThreadPoolExecutor(4) as pool:
        receipts = list(pool.map(lambda each: submit.hand_in(hamlet.village, each), [form] * 4))
    assert len(set(receipts)) == 1
    assert hamlet.cases() == 1


def test_two_forms_of_one_deed_at_the_same_moment_leave_one_case(hamlet: Hamlet) -> None:
    form = hamlet.form("A", "A", "help")
    forms = [replace(form, touch=new_touch_id()) for _ in range(4)]

    def try_it(each: submit.Submission) -> str:
        try:
            return submit.hand_in(hamlet.village, each).reference
        except ExpectedError as refusal:
            return refusal.code

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(try_it, forms))
    assert answers == ["2026-0001", *["already_reported"] * 3]


def test_a_declared_relative_may_nominate(sqlite_hamlet: Hamlet) -> None:
    hamlet = sqlite_hamlet
    with writing(hamlet.village) as work:
        declare_relative(work, hamlet.people["A"], hamlet.people["B"])
    assert hamlet.hand_in("B", "A", "help").case_id
