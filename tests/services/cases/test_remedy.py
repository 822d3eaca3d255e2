from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.core.clock import SettableClock
from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.models.cases import CasePhoto
from kiosk.models.ledger import LedgerContent
from kiosk.services.audit.log import verify_log
from kiosk.services.cases import decide, remedy
from kiosk.services.cases.flow import timed_moves
from kiosk.services.cases.views import own_view
from kiosk.services.ledger import log
from kiosk.services.printing import spooler
from tests.services.cases.conftest import Hamlet

Code = Callable[..., str]
WORDS, REPLY = "倒了两袋菜叶", "那天风很大吹下去的"


@pytest.fixture
def hamlet(sqlite_hamlet: Hamlet) -> Hamlet:
    """On SQLite; the charter's full day goes the same ways on both databases."""
    return sqlite_hamlet


def say(hamlet: Hamlet, letter: str, case_id: int, way: str = "cleaned_up") -> str:
    given = (case_id, way, "下午就扫干净了", new_touch_id())
    return remedy.say_put_right(hamlet.village, hamlet.sign(letter), *given)


def confirm(hamlet: Hamlet, letter: str, case_id: int) -> str:
    session_id = hamlet.sign(letter)
    return remedy.confirm_put_right(hamlet.village, session_id, case_id, new_touch_id())


def counting(hamlet: Hamlet, clock: SettableClock) -> int:
    """A concern about A by B that counts."""
    case_id = hamlet.hand_in("B", "A", "litter", words=WORDS).case_id
    hamlet.reply("A", case_id, "own_words", REPLY)
    hamlet.decide("Y", case_id)
    hamlet.countersign("Z", case_id)
    hamlet.acknowledge("A", case_id)
    clock.advance(days=21)
    timed_moves.tick(hamlet.village)
    spooler.print_next(hamlet.village)
    assert hamlet.number("A") == 45
    return case_id


def written(hamlet: Hamlet) -> str:
    """All content of the ledger that is still there."""
    with hamlet.village.read() as session:
        indexes = [index for (index,) in session.query(LedgerContent.index)]
        return repr([log.content_of(session, index) for index in indexes])


def test_the_reporters_confirmation_ends_a_concern_at_once_and_restores_the_number(
    hamlet: Hamlet, clock: SettableClock
) -> None:
    case_id = counting(hamlet, clock)
    say(hamlet, "A", case_id)
    (line,) = own_view.my_cases(hamlet.village, hamlet.sign("B"))
    assert line.may == ("put_right",)
    confirm(hamlet, "B", case_id)
    assert (hamlet.state(case_id), hamlet.number("A")) == ("ended", 50)


@pytest.mark.parametrize("by", ["officer", "reporter", "time"])
def test_an_ended_concern_vanishes_from_view_and_keeps_only_the_proof(
    hamlet: Hamlet, clock: SettableClock, by: str, refused: Code
) -> None:
    case_id = counting(hamlet, clock)
    with hamlet.village.write() as session:
        session.add(CasePhoto(case_id=case_id, jpeg=b"x", digest="0" * 64, at=clock.now()))
    assert WORDS in written(hamlet)
    if by == "reporter":
        confirm(hamlet, "B", case_id)
    elif by == "officer":
        given = (case_id, "已经收拾干净了。", new_touch_id())
        decide.put_right(hamlet.village, hamlet.officer("Y"), *given)
    else:
        clock.advance(days=180)
        timed_moves.tick(hamlet.village)
    case = hamlet.case(case_id)
    assert (case.state, case.words, case.reply_words) == ("ended", "", "")
    assert WORDS not in written(hamlet)
    assert REPLY not in written(hamlet)
    with hamlet.village.read() as session:
        assert session.query(CasePhoto).count() == 0
    for letter in "AB":
        assert own_view.my_cases(hamlet.village, hamlet.sign(letter)) == ()
    assert hamlet.sum_of("A").lines == ()
    opened = refused(decide.open_case, hamlet.village, hamlet.officer("Y"), case_id)
    assert opened == "unknown_case"
    report = verify_log(hamlet.village)
    assert report.consistent
    assert report.erased >= 6


def test_only_the_person_says_it_and_only_reporter_or_officer_confirm(
    sqlite_hamlet: Hamlet, refused: Code
) -> None:
    hamlet = sqlite_hamlet
    case_id = hamlet.hand_in("B", "A", "litter").case_id
    for letter in "BCaY":
        assert refused(say, hamlet, letter, case_id) == "unknown_case"
    for letter in "ACaY":
        assert refused(confirm, hamlet, letter, case_id) == "unknown_case"
    assert refused(say, hamlet, "A", case_id, "paid_with_money") == "way_missing"
    say(hamlet, "A", case_id)
    view = decide.open_case(hamlet.village, hamlet.officer("Y"), case_id)
    assert (view.put_right_way, view.put_right_words) == ("cleaned_up", "下午就扫干净了")


def test_every_open_state_of_a_concern_offers_the_person_a_way(
    sqlite_hamlet: Hamlet, clock: SettableClock
) -> None:
    hamlet = sqlite_hamlet

    def offered() -> bool:
        (line,) = own_view.my_cases(hamlet.village, hamlet.sign("A"))
        return "say_put_right" in line.may

    case_id = hamlet.hand_in("B", "A", "litter").case_id
    steps: list[Callable[[], object]] = [
        lambda: hamlet.reply("A", case_id),
        lambda: hamlet.decide("Y", case_id),
        lambda: hamlet.countersign("Z", case_id),
    ]
    assert offered()
    for step in steps:
        step()
        assert offered(), hamlet.state(case_id)
    clock.advance(days=21)
    timed_moves.tick(hamlet.village)
    assert offered(), hamlet.state(case_id)


def test_what_has_ended_cannot_be_put_right_twice(
    sqlite_hamlet: Hamlet, clock: SettableClock, refused: Code
) -> None:
    case_id = counting(sqlite_hamlet, clock)
    confirm(sqlite_hamlet, "B", case_id)
    assert refused(confirm, sqlite_hamlet, "B", case_id) == "case_moved_on"
    with pytest.raises(ExpectedError, match="case_moved_on"):
        say(sqlite_hamlet, "A", case_id)


def test_a_paper_on_its_way_is_printed_before_anything_is_forgotten(
    sqlite_hamlet: Hamlet,
) -> None:
    hamlet = sqlite_hamlet
    case_id = hamlet.hand_in("B", "A", "litter", words=WORDS).case_id
    confirm(hamlet, "B", case_id)
    assert WORDS in written(hamlet)
    spooler.print_next(hamlet.village)
    assert {job.phase for job in hamlet.jobs()} == {"done"}
    timed_moves.tick(hamlet.village)
    assert WORDS not in written(hamlet)
    assert hamlet.case(case_id).words == ""
