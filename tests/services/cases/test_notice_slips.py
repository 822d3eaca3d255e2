from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.models.register import Resident
from kiosk.services.access.views import views_of
from kiosk.services.cases import notices, paper_notices, submit, third_party_names
from kiosk.services.cases.flow import timed_moves
from kiosk.services.ledger import log
from kiosk.services.register.people import declare_relative
from kiosk.services.register.search_index import index_residents
from kiosk.services.work import writing
from tests.services.cases.conftest import Hamlet

Code = Callable[..., str]


@pytest.fixture
def hamlet(sqlite_hamlet: Hamlet) -> Hamlet:
    """Nothing here depends on the kind of database; the journey goes this way on both."""
    return sqlite_hamlet


@pytest.fixture
def clerk(hamlet: Hamlet) -> str:
    return hamlet.sign("Z", "clerk")


def printed(hamlet: Hamlet, clerk: str, case_id: int) -> int:
    return paper_notices.print_notice(hamlet.village, clerk, case_id, new_touch_id())


def hand_over(hamlet: Hamlet, clerk: str, case_id: int, on: date | None = None) -> str:
    day = on or hamlet.today
    return paper_notices.handed_over(hamlet.village, clerk, case_id, day, new_touch_id())


def take_down(
    hamlet: Hamlet, clerk: str, case_id: int, words: str = "", *, back: bool = True
) -> str:
    given = (case_id, "own_words" if words else "not_so", words, back, new_touch_id())
    return paper_notices.take_down_reply(hamlet.village, clerk, *given)


def test_who_was_not_told_stands_on_the_list_until_the_slip_was_handed_over(
    hamlet: Hamlet, clerk: str
) -> None:
    concern = hamlet.hand_in("B", "A", "litter", words="两袋菜叶").case_id
    hamlet.hand_in("C", "D", "help")
    hamlet.hand_in("E", "E", "help")  # a deed of one's own: nobody is to be told
    lines = paper_notices.waiting(hamlet.village, clerk)
    assert [(line.subject_name, line.kind, line.print_job_id) for line in lines] == [
        ("林A", "concern", None), ("林D", "deed", None),
    ]  # fmt: skip
    assert "林B" not in repr(lines)
    assert lines[0].deliver_by == hamlet.today + timedelta(days=30)
    job = printed(hamlet, clerk, concern)
    assert paper_notices.waiting(hamlet.village, clerk)[0].print_job_id == job
    hand_over(hamlet, clerk, concern)
    assert [line.subject_name for line in paper_notices.waiting(hamlet.village, clerk)] == ["林D"]
    taken = paper_notices.to_take_down(hamlet.village, clerk)
    assert [line.case_id for line in taken] == [concern]


def test_the_slip_says_what_and_when_and_that_nothing_was_taken_off(
    hamlet: Hamlet, clerk: str
) -> None:
    concern = hamlet.hand_in("B", "A", "litter", words="两袋菜叶").case_id
    printed(hamlet, clerk, concern)
    slip = hamlet.jobs()[-1].payload
    said = repr((slip["facts"], slip["next_steps"]))
    assert slip["kind"] == "notice"
    assert "两袋菜叶" in said
    assert "2026年11月30日" in said
    assert "现在什么也没有扣" in said
    assert "林B" not in repr(slip)


def test_the_person_sees_that_a_clerk_looked(hamlet: Hamlet, clerk: str) -> None:
    printed(hamlet, clerk, hamlet.hand_in("B", "A", "litter").case_id)
    (look,) = views_of(hamlet.village, hamlet.sign("A"))
    assert (look.viewer_name, look.purpose) == ("林Z", "hand_over_notice")


def test_the_time_to_reply_runs_in_full_from_the_recording(
    hamlet: Hamlet, clerk: str, clock: SettableClock
) -> None:
    concern = hamlet.hand_in("B", "A", "litter").case_id
    printed(hamlet, clerk, concern)
    day = hamlet.today
    clock.advance(days=3)
    clerk = hamlet.sign("Z", "clerk")
    hand_over(hamlet, clerk, concern, day + timedelta(days=1))
    clock.advance(days=7)
    assert (timed_moves.tick(hamlet.village), hamlet.state(concern)) == (0, "noticed")
    clock.advance(days=1)
    assert (timed_moves.tick(hamlet.village), hamlet.state(concern)) == (1, "reply_time_over")


def test_a_day_before_the_print_or_still_to_come_is_refused(
    hamlet: Hamlet, clerk: str, refused: Code
) -> None:
    concern = hamlet.hand_in("B", "A", "litter").case_id
    assert refused(hand_over, hamlet, clerk, concern) == "notice_not_printed"
    printed(hamlet, clerk, concern)
    for off in (-1, 1):
        day = hamlet.today + timedelta(days=off)
        assert refused(hand_over, hamlet, clerk, concern, day) == "notice_day"
    assert hamlet.state(concern) == "submitted"


def test_nobody_but_a_clerk_hands_over_and_not_the_reporter_or_the_person(
    hamlet: Hamlet, refused: Code
) -> None:
    concern = hamlet.hand_in("B", "A", "litter").case_id
    for letter, roles, code in (
        ("C", (), "not_allowed"),
        ("Y", ("officer",), "not_allowed"),
        ("C", ("keeper",), "not_allowed"),
        ("B", ("clerk",), "own_notice"),
        ("A", ("clerk",), "own_notice"),
    ):
        assert refused(printed, hamlet, hamlet.sign(letter, *roles), concern) == code


def test_a_reply_is_taken_down_only_when_it_was_read_back(
    hamlet: Hamlet, clerk: str, refused: Code
) -> None:
    concern = hamlet.hand_in("B", "A", "litter").case_id
    printed(hamlet, clerk, concern)
    assert refused(take_down, hamlet, clerk, concern, "风吹下去的") == "case_moved_on"
    hand_over(hamlet, clerk, concern)
    unread = refused(take_down, hamlet, clerk, concern, "风吹下去的", back=False)
    assert unread == "not_read_back"
    take_down(hamlet, clerk, concern, "风吹下去的")
    case = hamlet.case(concern)
    assert (case.state, case.reply_words) == ("replied", "风吹下去的")
    assert case.moves[-1].actor_id == hamlet.people["Z"]


def test_a_reply_after_the_time_is_refused(
    hamlet: Hamlet, clerk: str, clock: SettableClock, refused: Code
) -> None:
    concern = hamlet.hand_in("B", "A", "litter").case_id
    printed(hamlet, clerk, concern)
    hand_over(hamlet, clerk, concern)
    clock.advance(days=8)
    clerk = hamlet.sign("Z", "clerk")
    assert refused(take_down, hamlet, clerk, concern) == "case_moved_on"
    assert refused(hamlet.reply, "A", concern) == "reply_over"


def test_a_touch_twice_prints_and_records_once(hamlet: Hamlet, clerk: str) -> None:
    concern = hamlet.hand_in("B", "A", "litter").case_id
    touch, before = new_touch_id(), len(hamlet.jobs())
    jobs = {paper_notices.print_notice(hamlet.village, clerk, concern, touch) for _ in range(2)}
    assert len(jobs) == 1
    assert len(hamlet.jobs()) == before + 1


def test_a_nomination_told_on_paper_still_waits_for_the_persons_own_yes(
    hamlet: Hamlet, clerk: str, refused: Code
) -> None:
    case_id = nominated(hamlet, clerk)
    assert hamlet.state(case_id) == "noticed"
    assert refused(take_down, hamlet, clerk, case_id) in ("case_moved_on", "illegal_move")
    hamlet.accept("D", case_id)
    assert hamlet.state(case_id) == "accepted"


def nominated(hamlet: Hamlet, clerk: str, by: str = "C", whom: str = "D") -> int:
    """A nomination of which the person was told on paper."""
    case_id = hamlet.hand_in(by, whom, "help").case_id
    printed(hamlet, clerk, case_id)
    hand_over(hamlet, clerk, case_id)
    return case_id


def answer(
    hamlet: Hamlet, clerk: str, case_id: int, accepts: bool = True, *, back: bool = True
) -> str:
    given = (case_id, accepts, back, new_touch_id())
    return paper_notices.take_down_answer(hamlet.village, clerk, *given)


@pytest.mark.parametrize(("accepts", "state"), [(True, "accepted"), (False, "withdrawn")])
def test_a_yes_or_no_said_at_the_desk_is_written_down_with_clerk_and_day(
    hamlet: Hamlet, clerk: str, accepts: bool, state: str
) -> None:
    case_id = nominated(hamlet, clerk)
    (line,) = paper_notices.to_take_down(hamlet.village, clerk)
    assert (line.case_id, line.kind, line.mine_to_write) == (case_id, "deed", True)
    answer(hamlet, clerk, case_id, accepts)
    case = hamlet.case(case_id)
    made = case.moves[-1]
    assert (case.state, made.actor_id, made.at) == (
        state, hamlet.people["Z"], hamlet.clock.now(),
    )  # fmt: skip
    with hamlet.village.read() as session:
        written = log.content_of(session, made.ledger_index)
    assert written is not None
    assert (written["role"], written["by"], written["read_back"]) == (
        "clerk", hamlet.people["Z"], True,
    )  # fmt: skip
    assert views_of(hamlet.village, hamlet.sign("D"))[0].viewer_name == "林Z"
    assert paper_notices.to_take_down(hamlet.village, clerk) == ()


def test_an_answer_is_written_down_only_after_it_was_read_back_and_the_notice_given(
    hamlet: Hamlet, clerk: str, refused: Code
) -> None:
    untold = hamlet.hand_in("C", "D", "help").case_id
    assert refused(answer, hamlet, clerk, untold) == "case_moved_on"
    case_id = nominated(hamlet, clerk, "B", "E")
    assert refused(answer, hamlet, clerk, case_id, back=False) == "not_read_back"
    assert hamlet.state(case_id) == "noticed"


def test_a_concern_is_never_accepted_for_somebody(
    hamlet: Hamlet, clerk: str, refused: Code
) -> None:
    concern = hamlet.hand_in("B", "A", "litter").case_id
    printed(hamlet, clerk, concern)
    hand_over(hamlet, clerk, concern)
    assert refused(answer, hamlet, clerk, concern) == "illegal_move"


def test_no_clerk_writes_an_answer_down_for_themselves_their_household_or_a_relative(
    hamlet: Hamlet, clerk: str, refused: Code
) -> None:
    case_id = nominated(hamlet, clerk, "C", "A")
    with writing(hamlet.village) as work:
        declare_relative(work, hamlet.people["A"], hamlet.people["E"])
    for letter, roles, code in (
        ("D", (), "not_allowed"),
        ("Y", ("officer",), "not_allowed"),
        ("A", ("clerk",), "own_notice"),
        ("C", ("clerk",), "own_notice"),
        ("a", ("clerk",), "own_household_notice"),
        ("E", ("clerk",), "own_household_notice"),
    ):
        session_id = hamlet.sign(letter, *roles)
        assert refused(answer, hamlet, session_id, case_id) == code, letter
    (line,) = paper_notices.to_take_down(hamlet.village, hamlet.sign("a", "clerk"))
    assert not line.mine_to_write


def test_a_reply_of_ones_own_household_is_left_to_another_clerk_without_telling_who_reported(
    hamlet: Hamlet, clerk: str, refused: Code
) -> None:
    theirs = hamlet.hand_in("B", "A", "litter").case_id
    by_family = hamlet.hand_in("a", "D", "litter").case_id
    for case_id in (theirs, by_family):
        printed(hamlet, clerk, case_id)
        hand_over(hamlet, clerk, case_id)
    family = hamlet.sign("a", "clerk")
    assert refused(take_down, hamlet, family, theirs) == "own_household_notice"
    # A was the reporter's own household here: turning them away would say so.
    assert take_down(hamlet, hamlet.sign("A", "clerk"), by_family)


# --- Words that name somebody else


@pytest.fixture
def named(hamlet: Hamlet) -> Hamlet:
    """C is called 王小梅, D is John Smith, E is 王小."""
    with hamlet.village.write() as session:
        for letter, name in (("A", "林春生"), ("C", "王小梅"), ("D", "John Smith"), ("E", "王小")):
            session.get_one(Resident, hamlet.people[letter]).name = name
        index_residents(session, list(hamlet.people.values()))
    return hamlet


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("是王小梅叫他倒的", "王小梅"),
        ("和John Smith一起", None),  # no space before it: not read as a name
        ("and john smith helped", "john smith"),
        ("林春生倒了两袋菜叶", None),  # the person concerned
        ("两袋菜叶", None),
        ("", None),
    ],
)
def test_a_third_persons_name_is_found(named: Hamlet, words: str, name: str | None) -> None:
    with named.village.read() as session:
        allowed = (named.people["A"], named.people["B"])
        assert third_party_names.named_in(session, words, allowed) == name


def test_a_report_that_names_somebody_else_is_refused_and_leaves_nothing(
    named: Hamlet, refused: Code
) -> None:
    assert refused(named.hand_in, "B", "A", "litter", words="和王小梅一起倒的") == (
        "words_name_somebody"
    )
    assert named.cases() == 0
    session_id, subject = named.sign("B"), named.people["A"]
    asked = third_party_names.third_person_in(
        named.village, session_id, subject, "和王小梅一起倒的"
    )
    assert asked == "王小梅"
    assert named.hand_in("B", "A", "litter", words="林春生倒了菜叶").case_id


def test_a_reply_cannot_be_used_to_try_out_who_reported(named: Hamlet, refused: Code) -> None:
    case_id = named.hand_in("C", "A", "litter").case_id
    for words in ("是王小梅说的吧", "John Smith said so"):
        assert refused(named.reply, "A", case_id, "own_words", words) == "words_name_somebody"
    named.reply("A", case_id, "own_words", "不是我林春生")
    assert named.state(case_id) == "replied"


def test_words_about_a_helper_name_who_was_asked_to_confirm(named: Hamlet) -> None:
    form = named.form("A", "A", "help", words="和王小梅一起", witnesses="C")
    assert submit.hand_in(named.village, form).case_id
    assert notices.REPLY_CHOICES[-1] == "own_words"
