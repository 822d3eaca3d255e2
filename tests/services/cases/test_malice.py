"""Against malice: the sealed reporter, borrowed cards, rings of confirmation, doubles."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.models.ledger import LedgerEntry
from kiosk.services.access.views import views_of
from kiosk.services.cases import decide, disowned, second_review
from kiosk.services.cases.flow import timed_moves
from kiosk.services.cases.views import own_view
from kiosk.services.cases.views.related_cases import BetweenLine
from tests.services.cases.conftest import Hamlet

Code = Callable[..., str]


@pytest.fixture
def hamlet(sqlite_hamlet: Hamlet) -> Hamlet:
    return sqlite_hamlet


# --- The reporter's name


def replied(hamlet: Hamlet) -> int:
    case_id = hamlet.hand_in("B", "A", "litter").case_id
    hamlet.reply("A", case_id)
    return case_id


def unsealed(hamlet: Hamlet, letter: str, case_id: int, touch: str = "") -> decide.Unsealed:
    session_id = hamlet.officer(letter)
    return decide.unseal_reporter(hamlet.village, session_id, case_id, touch or new_touch_id())


def unseal(hamlet: Hamlet, letter: str, case_id: int, touch: str = "") -> str:
    return unsealed(hamlet, letter, case_id, touch).name


def test_the_reporter_of_a_concern_is_sealed_and_each_unsealing_is_logged(hamlet: Hamlet) -> None:
    case_id = replied(hamlet)
    view = decide.open_case(hamlet.village, hamlet.officer("Y"), case_id)
    assert view.reporter_sealed
    assert "林B" not in repr(view)
    for _ in range(2):
        assert unseal(hamlet, "Y", case_id) == "林B"
    with hamlet.village.read() as session:
        assert session.query(LedgerEntry).filter_by(kind="unsealing").count() == 2
    looks = views_of(hamlet.village, hamlet.sign("B"))
    assert [(look.viewer_name, look.purpose) for look in looks] == [("林Y", "unseal_reporter")] * 2


def test_who_does_not_decide_does_not_unseal(hamlet: Hamlet, refused: Code) -> None:
    case_id = hamlet.hand_in("B", "A", "litter").case_id
    assert refused(unseal, hamlet, "Y", case_id) == "case_moved_on"  # nothing to decide yet
    hamlet.reply("A", case_id)
    assert refused(unseal, hamlet, "a", case_id) == "unknown_case"
    for roles in ((), ("clerk",), ("keeper",)):
        session_id = hamlet.sign("C", *roles)
        code = refused(decide.unseal_reporter, hamlet.village, session_id, case_id, new_touch_id())
        assert code == "not_allowed"


def test_one_touch_is_one_unsealing(hamlet: Hamlet) -> None:
    case_id, touch = replied(hamlet), new_touch_id()
    for _ in range(3):
        unseal(hamlet, "Y", case_id, touch)
    assert len(views_of(hamlet.village, hamlet.sign("B"))) == 1


# --- Was it you?


def answer(hamlet: Hamlet, letter: str, case_id: int, mine: bool) -> str:
    session_id = hamlet.sign(letter)
    return disowned.answer(hamlet.village, session_id, case_id, mine, new_touch_id())


def test_a_later_visit_asks_once_about_what_was_reported_of_others(
    hamlet: Hamlet, clock: SettableClock
) -> None:
    then = hamlet.sign("B")
    form = hamlet.form("B", "A", "litter", session_id=then)
    from kiosk.services.cases.submit import hand_in

    case_id = hand_in(hamlet.village, form).case_id
    hamlet.hand_in("B", "B", "help")  # one's own deed is not asked about
    assert disowned.asked(hamlet.village, then) == ()
    clock.advance(minutes=59)  # signed in again at once: nobody is asked about the minute before
    assert disowned.asked(hamlet.village, hamlet.sign("B")) == ()
    clock.advance(minutes=1)
    (line,) = disowned.asked(hamlet.village, hamlet.sign("B"))
    assert (line.case_id, line.subject_name) == (case_id, "林A")
    answer(hamlet, "B", case_id, True)
    assert disowned.asked(hamlet.village, hamlet.sign("B")) == ()
    assert hamlet.state(case_id) == "submitted"


def test_a_no_withdraws_the_report_and_tells_the_officers(hamlet: Hamlet, refused: Code) -> None:
    case_id = replied(hamlet)
    answer(hamlet, "B", case_id, False)
    assert hamlet.state(case_id) == "withdrawn"
    (told,) = disowned.not_theirs(hamlet.village, hamlet.officer("Z"))
    assert told.case_id == case_id
    assert refused(answer, hamlet, "B", case_id, False) == "unknown_case"
    assert refused(disowned.not_theirs, hamlet.village, hamlet.sign("C")) == "not_allowed"


@pytest.mark.parametrize("kind", ["concern", "deed"])
def test_a_no_after_it_counts_restores_the_number_exactly(
    hamlet: Hamlet, clock: SettableClock, kind: str
) -> None:
    if kind == "concern":
        case_id = hamlet.decided_concern()
        clock.advance(days=21)
        timed_moves.tick(hamlet.village)
    else:
        case_id = hamlet.hand_in("B", "A", "help").case_id
        hamlet.accept("A", case_id)
        hamlet.decide("Y", case_id)
    assert hamlet.number("A") != 50
    answer(hamlet, "B", case_id, False)
    assert (hamlet.state(case_id), hamlet.number("A")) == ("overturned", 50)
    assert sum(hamlet.credits()) == 0


def test_nobody_answers_for_somebody_else(hamlet: Hamlet, refused: Code) -> None:
    case_id = replied(hamlet)
    for letter in "ACY":
        assert refused(answer, hamlet, letter, case_id, False) == "unknown_case"


# --- The same deed twice


def test_two_reports_of_one_deed_are_merged_by_an_officer(hamlet: Hamlet, refused: Code) -> None:
    first = hamlet.hand_in("B", "A", "litter", days_ago=1).case_id
    second = hamlet.hand_in("C", "A", "litter").case_id
    other = hamlet.hand_in("C", "D", "litter").case_id
    hamlet.reply("A", second)
    village = hamlet.village
    (line,) = page(hamlet, second).similar
    assert (line.case_id, line.merge_id) == (first, second)
    (other_way,) = page(hamlet, first).similar
    assert (other_way.case_id, other_way.merge_id) == (second, second)  # the later one is closed
    wrong = refused(decide.merge, village, hamlet.officer("Y"), second, other, new_touch_id())
    assert wrong == "not_the_same"
    outcome = decide.merge(village, hamlet.officer("Y"), second, first, new_touch_id())
    assert outcome.state == "withdrawn"
    assert hamlet.case(second).merged_into_id == first
    assert page(hamlet, first).similar == ()


def test_what_cannot_be_closed_yet_is_shown_and_not_offered(hamlet: Hamlet) -> None:
    first = hamlet.hand_in("B", "A", "litter", days_ago=1).case_id
    hamlet.hand_in("C", "A", "litter")  # of which the person has not been told
    (line,) = page(hamlet, first).similar
    assert line.merge_id == 0


def page(hamlet: Hamlet, case_id: int, officer: str = "Y") -> decide.CaseView:
    return decide.open_case(hamlet.village, hamlet.officer(officer), case_id)


def test_an_officer_sees_in_counts_what_lay_between_the_two_before(hamlet: Hamlet) -> None:
    nominated = hamlet.hand_in("A", "B", "help")
    hamlet.hand_in("C", "A", "help")  # of somebody else
    declined = hamlet.hand_in("B", "A", "litter", days_ago=9).case_id
    hamlet.reply("A", declined)
    hamlet.decide("Y", declined, approve=False)
    case_id = replied(hamlet)
    assert page(hamlet, case_id, "Y").between == ()  # counts would tell who reported it
    between = unsealed(hamlet, "Y", case_id).between
    assert between == (
        BetweenLine("about", "concern", (("not_upheld", 1),)),
        BetweenLine("back", "deed", (("open", 1),)),
    )
    assert nominated.reference not in repr(between)  # its page would name a sealed reporter


def test_a_concern_that_another_officer_decided_is_not_counted(hamlet: Hamlet) -> None:
    declined = hamlet.hand_in("B", "A", "litter", days_ago=9).case_id
    hamlet.reply("A", declined)
    hamlet.decide("Y", declined, approve=False)
    assert unsealed(hamlet, "Z", replied(hamlet)).between == ()


def test_a_concern_that_ended_vanished_from_what_lay_between(hamlet: Hamlet) -> None:
    ended = hamlet.hand_in("B", "A", "litter", days_ago=9).case_id
    given = (ended, "收拾干净了。", new_touch_id())
    decide.put_right(hamlet.village, hamlet.officer("Y"), *given)
    assert unsealed(hamlet, "Y", replied(hamlet)).between == ()


def test_an_involved_officer_sees_neither_doubles_nor_history(hamlet: Hamlet) -> None:
    hamlet.hand_in("B", "y", "help", days_ago=2)
    hamlet.hand_in("B", "y", "help", days_ago=1)
    case_id = hamlet.hand_in("B", "y", "help").case_id
    assert page(hamlet, case_id, "Z").similar != ()
    assert page(hamlet, case_id, "Z").between != ()
    view = page(hamlet, case_id, "Y")
    assert (view.similar, view.between) == ((), ())


# --- Neighbours who often confirm one another


def confirmed_deed(hamlet: Hamlet, doer: str, by: str, days_ago: int = 0) -> int:
    case_id = hamlet.hand_in(doer, doer, "help", days_ago=days_ago, witnesses=by).case_id
    hamlet.confirm(by, case_id)
    hamlet.decide("Y", case_id)
    return case_id


def often(hamlet: Hamlet, clock: SettableClock, *pairs: tuple[str, str]) -> list[int]:
    """Each pair of doer and confirmer twice, a month apart."""
    cases = []
    for _ in range(2):
        cases += [confirmed_deed(hamlet, doer, by) for doer, by in pairs]
        clock.advance(days=31)
    return cases


def waiting(hamlet: Hamlet, letter: str) -> list[int]:
    lines = second_review.waiting(hamlet.village, hamlet.officer(letter))
    return [line.case_id for line in lines]


@pytest.mark.long
@pytest.mark.parametrize(
    "pairs",
    [(("A", "B"), ("B", "A")), (("A", "B"), ("B", "C"), ("C", "A"))],
    ids=["two", "three"],
)
def test_a_ring_goes_to_a_second_reader_in_neutral_words_and_the_person_sees_it(
    hamlet: Hamlet, clock: SettableClock, pairs: tuple[tuple[str, str], ...]
) -> None:
    cases = often(hamlet, clock, *pairs)
    before = hamlet.number("A")
    assert waiting(hamlet, "Y") == []  # who decided does not read it again
    found = waiting(hamlet, "Z")
    assert cases[-1] in found
    mine = {line.case_id: line.note_key for line in own_view.my_cases(
        hamlet.village, hamlet.sign("A")
    )}  # fmt: skip
    told = [case_id for case_id in found if mine.get(case_id)]
    assert told
    said = hamlet.village.catalogue.text("reports.note_often", "zh")
    assert not {"作弊", "可疑", "刷分", "串通"} & {said[i : i + 2] for i in range(len(said))}
    assert "read_again" in page(hamlet, told[0], "Z").may
    assert "read_again" not in page(hamlet, told[0], "Y").may
    given = (told[0], "问过，两家互相帮忙。", new_touch_id())
    second_review.read(hamlet.village, hamlet.officer("Z"), *given)
    assert told[0] not in waiting(hamlet, "Z")
    assert "read_again" not in page(hamlet, told[0], "Z").may
    assert hamlet.number("A") == before


def test_once_is_no_ring_and_one_direction_is_none(hamlet: Hamlet, clock: SettableClock) -> None:
    confirmed_deed(hamlet, "A", "B")
    confirmed_deed(hamlet, "B", "A")
    often(hamlet, clock, ("C", "D"))
    assert waiting(hamlet, "Z") == []
