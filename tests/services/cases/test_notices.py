"""Being told, and answering: accept, decline, reply."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from kiosk.core.ids import new_touch_id
from kiosk.services.cases import notices
from kiosk.services.cases.views import own_view
from tests.services.cases.conftest import Hamlet

Refused = Callable[..., str]


def told(hamlet: Hamlet, letter: str) -> tuple[notices.NoticeLine, ...]:
    return notices.notices(hamlet.village, hamlet.sign(letter))


def test_a_nomination_is_told_with_the_name_of_the_neighbour_who_wrote_it_down(
    hamlet: Hamlet,
) -> None:
    hamlet.hand_in("B", "A", "help", words="帮我收了稻谷")
    (line,) = told(hamlet, "A")
    assert (line.needs, line.from_whom, line.points) == ("accept", "林B", 3)
    assert line.words == "帮我收了稻谷"
    assert told(hamlet, "B") == told(hamlet, "C") == ()


def test_a_concern_is_told_without_the_name_of_its_reporter(hamlet: Hamlet) -> None:
    hamlet.hand_in("B", "A", "litter")
    (line,) = told(hamlet, "A")
    assert (line.needs, line.from_whom, line.points) == ("reply", "", -5)


def test_the_time_to_reply_runs_from_the_moment_the_person_was_told(hamlet: Hamlet) -> None:
    case_id = hamlet.hand_in("B", "A", "litter").case_id
    hamlet.clock.advance(days=5)
    touch = new_touch_id()
    line = notices.mark_noticed(hamlet.village, hamlet.sign("A"), case_id, touch)
    assert line.state == "noticed"
    assert line.reply_until == hamlet.today + timedelta(days=7)
    assert hamlet.case(case_id).noticed_at == hamlet.clock.now()
    hamlet.clock.advance(days=2)
    again = notices.mark_noticed(hamlet.village, hamlet.sign("A"), case_id, touch)
    other = notices.mark_noticed(hamlet.village, hamlet.sign("A"), case_id, new_touch_id())
    assert again == other == line


def test_a_notice_is_new_until_it_was_seen(hamlet: Hamlet) -> None:
    case_id = hamlet.hand_in("B", "A", "litter").case_id
    (new,) = notices.notices(hamlet.village, hamlet.sign("A"))
    assert (new.case_id, new.state) == (case_id, "submitted")
    notices.mark_noticed(hamlet.village, hamlet.sign("A"), case_id, new_touch_id())
    (seen,) = notices.notices(hamlet.village, hamlet.sign("A"))
    assert (seen.case_id, seen.state) == (case_id, "noticed")


def test_nobody_answers_for_another_person(sqlite_hamlet: Hamlet, refused: Refused) -> None:
    hamlet = sqlite_hamlet
    case_id = hamlet.hand_in("B", "A", "litter").case_id
    for letter in "aBC":
        by = hamlet.sign(letter)
        step = (hamlet.village, by, case_id, new_touch_id())
        assert refused(notices.mark_noticed, *step) == "unknown_case"
        assert refused(hamlet.reply, letter, case_id) == "unknown_case"
    assert hamlet.state(case_id) == "submitted"


def test_a_nomination_accepted_goes_to_the_officers_and_counts_nothing_before(
    hamlet: Hamlet,
) -> None:
    case_id = hamlet.hand_in("B", "A", "help").case_id
    hamlet.accept("A", case_id)
    case = hamlet.case(case_id)
    assert [move.move for move in case.moves] == ["hand_in", "notice", "accept"]
    assert case.state == "accepted"
    assert hamlet.number("A") == 50


def test_a_nomination_not_wished_for_ends_there_and_cannot_be_made_again_by_accepting(
    hamlet: Hamlet, refused: Refused
) -> None:
    case_id = hamlet.hand_in("B", "A", "help").case_id
    notices.decline_nomination(hamlet.village, hamlet.sign("A"), case_id, new_touch_id())
    assert hamlet.state(case_id) == "withdrawn"
    assert refused(hamlet.accept, "A", case_id) == "case_moved_on"


def test_a_concern_cannot_be_accepted_and_a_nomination_not_replied_to(
    sqlite_hamlet: Hamlet, refused: Refused
) -> None:
    hamlet = sqlite_hamlet
    concern = hamlet.hand_in("B", "A", "litter").case_id
    deed = hamlet.hand_in("B", "A", "help").case_id
    assert refused(hamlet.accept, "A", concern) == "illegal_move"
    assert refused(hamlet.reply, "A", deed) == "illegal_move"
    assert hamlet.state(concern) == hamlet.state(deed) == "submitted"


def test_a_reply_is_listed_or_in_own_words_which_are_cleaned(
    sqlite_hamlet: Hamlet, refused: Refused
) -> None:
    hamlet = sqlite_hamlet
    case_id = hamlet.hand_in("B", "A", "litter").case_id
    assert refused(hamlet.reply, "A", case_id, "shrug") == "reply_missing"
    assert refused(hamlet.reply, "A", case_id, "own_words", " \u200b ") == "reply_missing"
    hamlet.reply("A", case_id, "own_words", "风吹下去的，\n第二天我捡上来了。")
    case = hamlet.case(case_id)
    assert case.reply_words == "风吹下去的， 第二天我捡上来了。"
    assert (case.reply_choice, case.replied_at) == ("own_words", hamlet.clock.now())
    assert refused(hamlet.reply, "A", case_id) == "case_moved_on"


def test_the_last_day_to_reply_counts_to_its_end_and_the_next_day_is_too_late(
    hamlet: Hamlet, refused: Refused
) -> None:
    early, late = (hamlet.hand_in(by, "A", "litter", days_ago=n) for n, by in enumerate("BC"))
    for case in (early, late):
        notices.mark_noticed(hamlet.village, hamlet.sign("A"), case.case_id, new_touch_id())
    hamlet.clock.advance(days=7, hours=14)  # 23:00 of the seventh day
    hamlet.reply("A", early.case_id)
    hamlet.clock.advance(hours=1)  # midnight; nobody has looked at the clock yet
    assert refused(hamlet.reply, "A", late.case_id) == "reply_over"


def test_one_sees_only_ones_own_cases_and_what_one_may_do(hamlet: Hamlet) -> None:
    deed = hamlet.hand_in("A", "A", "help").case_id
    concern = hamlet.hand_in("B", "A", "litter").case_id
    lines = own_view.my_cases(hamlet.village, hamlet.sign("A"))
    assert {line.case_id: line.may for line in lines} == {
        deed: ("withdraw",),
        concern: ("notice", "say_put_right"),
    }
    assert own_view.my_cases(hamlet.village, hamlet.sign("C")) == ()
