"""What somebody gets who hands in what cannot be taken: an answer in both languages, and no trace.

One test for each case that was named when the room of reports was planned; `docs/charter.md` has
the list.
"""

from __future__ import annotations

import dataclasses
import io
import multiprocessing
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import func, select

from kiosk.core.catalogue import catalogue
from kiosk.core.clock import SettableClock
from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.core.paths import DataDirectory
from kiosk.models import Base
from kiosk.models.cases import Case
from kiosk.services.cases import appeal, decide, disowned, notices, submit
from kiosk.services.cases.flow import table as flow_table
from kiosk.services.cases.flow import timed_moves
from kiosk.services.cases.views import own_view
from kiosk.services.record import my_record
from kiosk.services.upkeep.clock_check import confirm
from kiosk.services.upkeep.opening import open_village
from kiosk.services.upkeep.scheduler import Caretaker
from kiosk.services.wallet.balance import wallet_of
from tests.services.cases.conftest import Hamlet

AT_THE_SCREEN = {"sign_in_session", "role_grant"}
"""What signing in writes, and nothing else."""
A_MINUTE = timedelta(minutes=1)
A_MONTH = timedelta(days=30)


def traces(hamlet: Hamlet) -> dict[str, object]:
    """How many rows every table has, and where every case stands."""
    with hamlet.village.read() as session:
        found: dict[str, object] = {
            table.name: session.scalar(select(func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
            if table.name not in AT_THE_SCREEN
        }
        cases = session.execute(select(Case.id, Case.state, Case.due_at).order_by(Case.id))
        found["states"] = [tuple(row) for row in cases]
    return found


def told(hamlet: Hamlet, step: Callable[..., object], *given: object, **more: object) -> str:
    """The code of a refusal that left no trace and has a whole sentence in both languages."""
    before = traces(hamlet)
    with pytest.raises(ExpectedError) as refusal:
        step(*given, **more)
    assert traces(hamlet) == before
    for language in catalogue().languages:
        assert "%" not in refusal.value.sentence(hamlet.village.catalogue, language)
    return refusal.value.code


# --- Who it is about


def test_a_deed_of_ones_own_is_not_written_down_without_having_joined(hamlet: Hamlet) -> None:
    hamlet.add("N", enrolled=False)
    assert told(hamlet, hamlet.hand_in, "N", "N", "help") == "not_enrolled"


@pytest.mark.parametrize("rule", ["help", "litter"])
@pytest.mark.parametrize("enrolled", [True, False])
def test_a_child_is_not_written_down(hamlet: Hamlet, rule: str, enrolled: bool) -> None:
    hamlet.add("K", born=hamlet.today.replace(year=hamlet.today.year - 17), enrolled=enrolled)
    assert told(hamlet, hamlet.hand_in, "B", "K", rule) == "subject_under_age"
    assert told(hamlet, hamlet.hand_in, "K", "K", "help") == "subject_under_age"


def test_a_deed_of_ones_own_with_a_neighbours_card_ends_when_its_owner_is_asked(
    hamlet: Hamlet, clock: SettableClock
) -> None:
    """A holds B's card and writes down a deed of A's: B is asked, and it was never there."""
    village = hamlet.village
    case_id = hamlet.hand_in("B", "A", "docks").case_id
    hamlet.accept("A", case_id)
    hamlet.decide("Y", case_id)
    assert hamlet.number("A") == 54
    clock.advance(hours=1)
    (line,) = disowned.asked(village, hamlet.sign("B"))
    disowned.answer(village, hamlet.sign("B"), line.case_id, False, new_touch_id())
    with village.read() as session:
        assert (hamlet.number("A"), wallet_of(session, hamlet.people["A"])) == (50, 0)
    assert hamlet.state(case_id) == "overturned"
    again = (village, hamlet.sign("B"), case_id, True, new_touch_id())
    assert told(hamlet, disowned.answer, *again) == "unknown_case"


def test_a_concern_about_oneself_is_none_and_with_a_neighbours_card_it_is_disowned(
    hamlet: Hamlet,
) -> None:
    assert told(hamlet, hamlet.hand_in, "A", "A", "litter") == "concern_about_oneself"
    case_id = hamlet.hand_in("B", "A", "litter").case_id
    disowned.answer(hamlet.village, hamlet.sign("B"), case_id, False, new_touch_id())
    assert hamlet.state(case_id) == "withdrawn"


# --- What it is about


@pytest.mark.parametrize("rule", ["help", "litter"])
def test_the_thirtieth_day_is_taken_and_the_day_after_it_is_not(hamlet: Hamlet, rule: str) -> None:
    assert told(hamlet, hamlet.hand_in, "B", "A", rule, days_ago=31) == "deed_too_old"
    assert told(hamlet, hamlet.hand_in, "B", "A", rule, days_ago=-1) == "deed_in_future"
    assert hamlet.hand_in("B", "A", rule, days_ago=30).case_id


def a_picture() -> bytes:
    raw = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(raw, "JPEG")
    return raw.getvalue()


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (a_picture() + bytes(40 * 1024 * 1024), "photo_too_large"),
        (b"%PDF-1.7 a letter", "photo_unreadable"),
        (b"PK\x03\x04 an archive", "photo_unreadable"),
        (a_picture()[:300], "photo_unreadable"),
        (b"", "photo_unreadable"),
    ],
    ids=["40 MB", "a letter", "an archive", "half a picture", "nothing"],
)
def test_a_file_of_forty_megabytes_or_that_is_no_photograph_hands_in_nothing(
    hamlet: Hamlet, raw: bytes, code: str
) -> None:
    form = dataclasses.replace(hamlet.form("B", "A", "litter"), photos=(a_picture(), raw))
    assert told(hamlet, submit.hand_in, hamlet.village, form) == code


# --- When it comes


@pytest.mark.parametrize("looked_at", [False, True], ids=["before the timer", "after the timer"])
def test_a_reply_after_the_time_is_told_that_it_is_over_and_that_an_appeal_is_open(
    hamlet: Hamlet, looked_at: bool
) -> None:
    case_id = hamlet.hand_in("B", "A", "litter").case_id
    notices.mark_noticed(hamlet.village, hamlet.sign("A"), case_id, new_touch_id())
    hamlet.clock.advance(days=8)
    if looked_at:
        timed_moves.tick(hamlet.village)
    assert told(hamlet, hamlet.reply, "A", case_id) == "reply_over"
    timed_moves.tick(hamlet.village)
    hamlet.decide("Y", case_id)
    hamlet.countersign("Z", case_id)
    hamlet.serve("CDE")
    assert len(hamlet.appeal("A", case_id)) == 3


@pytest.mark.long
def test_a_second_appeal_is_refused_wherever_the_first_one_led(hamlet: Hamlet) -> None:
    village = hamlet.village
    hamlet.serve("CDE")
    case_id = hamlet.decided_concern()
    panel = hamlet.appeal("A", case_id)

    def again() -> str:
        given = (case_id, "再说一次", new_touch_id())
        return told(hamlet, appeal.appeal, village, hamlet.sign("A"), *given)

    assert again() == "appeal_over"
    for letter in panel[:2]:
        hamlet.vote(letter, case_id, uphold=True)
    assert (again(), hamlet.state(case_id)) == ("appeal_over", "upheld")
    timed_moves.tick(village)
    assert (again(), hamlet.state(case_id), hamlet.number("A")) == ("appeal_over", "effective", 45)
    other = hamlet.decided_concern("A", "C", days_ago=1)
    hamlet.clock.advance(days=21)
    given = (other, "来晚了", new_touch_id())
    assert told(hamlet, appeal.appeal, village, hamlet.sign("A"), *given) == "appeal_over"
    timed_moves.tick(village)
    assert told(hamlet, appeal.appeal, village, hamlet.sign("A"), *given) == "appeal_over"


def test_a_second_officer_who_is_on_leave_lets_it_lapse_and_harms_nobody(hamlet: Hamlet) -> None:
    case_id = hamlet.hand_in("B", "A", "litter").case_id
    hamlet.reply("A", case_id)
    hamlet.decide("Y", case_id)
    hamlet.officer("Z")
    hamlet.clock.advance(days=flow_table.DECISION_DAYS)
    timed_moves.tick(hamlet.village)
    assert hamlet.state(case_id) == "decided"
    hamlet.clock.advance(days=1)
    assert told(hamlet, hamlet.countersign, "Z", case_id) == "case_moved_on"  # back too late
    timed_moves.tick(hamlet.village)
    assert (hamlet.state(case_id), hamlet.number("A")) == ("lapsed", 50)
    (line,) = own_view.my_cases(hamlet.village, hamlet.sign("A"))
    assert (line.state, line.may) == ("lapsed", ())
    assert told(hamlet, hamlet.countersign, "Z", case_id) == "case_moved_on"


# --- Two at once


def given_to(hamlet: Hamlet, case_id: int, *, approve: bool) -> tuple[Any, ...]:
    kind = hamlet.case(case_id).kind
    reasons = {
        ("deed", True): "desk.reason_seen",
        ("deed", False): "desk.reason_unclear",
        ("concern", True): "desk.reason_evidence",
        ("concern", False): "desk.reason_unproven",
    }
    return (case_id, approve, reasons[kind, approve], "当天看过现场。", new_touch_id())


def at_one_moment(*steps: Callable[[], Any]) -> list[str]:
    """What each thread was told: a state, or the code of its refusal."""
    begin, answers = threading.Barrier(len(steps)), []

    def run(step: Callable[[], Any]) -> None:
        begin.wait()
        try:
            answers.append(step().state)
        except ExpectedError as refused:
            answers.append(refused.code)

    threads = [threading.Thread(target=run, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


@pytest.mark.parametrize("second", [True, False], ids=["both approve", "one declines"])
@pytest.mark.parametrize("kind", ["help", "litter", "countersigned"])
def test_two_officers_at_one_moment_decide_once_and_the_other_is_told(
    hamlet: Hamlet, kind: str, second: bool
) -> None:
    by = "A" if kind == "help" else "B"
    case_id = hamlet.hand_in(by, "A", "help" if kind == "help" else "litter").case_id
    hamlet.add("X")
    door = decide.decide
    if kind != "help":
        hamlet.reply("A", case_id)
    if kind == "countersigned":
        hamlet.decide("Y", case_id)
        door = decide.countersign
    sessions = [hamlet.officer(letter) for letter in "XZ"]
    given = [given_to(hamlet, case_id, approve=approve) for approve in (True, second)]
    answers = at_one_moment(
        lambda: door(hamlet.village, sessions[0], *given[0]),
        lambda: door(hamlet.village, sessions[1], *given[1]),
    )
    assert answers.count("case_moved_on") == 1
    moves = [move.move for move in hamlet.case(case_id).moves]
    decided = sum(move in ("approve", "decline", "countersign") for move in moves)
    assert decided == (2 if kind == "countersigned" else 1)
    assert len(hamlet.entries()) == len(hamlet.credits()) == ("effective" in answers)


def decide_elsewhere(root: Path, moment: datetime, session_id: str, given: Any, done: Any) -> None:
    """A terminal of its own, in a process of its own."""
    with open_village(DataDirectory(root), SettableClock(moment)).closing() as village:
        done.put("ready")
        try:
            done.put(decide.decide(village, session_id, *given).state)
        except ExpectedError as refused:
            done.put(refused.code)


@pytest.mark.long
def test_two_terminals_in_processes_of_their_own_decide_once(hamlet: Hamlet) -> None:
    case_id = hamlet.hand_in("A", "A", "help").case_id
    spawn = multiprocessing.get_context("spawn")
    answers: Any = spawn.Queue()
    root, now = hamlet.village.directory.root, hamlet.clock.now()
    terminals = [
        spawn.Process(
            target=decide_elsewhere,
            args=(root, now, hamlet.officer(letter), given_to(hamlet, case_id, approve=True)),
            kwargs={"done": answers},
        )
        for letter in "YZ"
    ]
    for terminal in terminals:
        terminal.start()
    told_to = sorted(answers.get(timeout=120) for _ in range(4))
    for terminal in terminals:
        terminal.join(60)
    assert told_to == ["case_moved_on", "effective", "ready", "ready"]
    assert len(hamlet.credits()) == len(hamlet.entries()) == 1


# --- A clock that is moved


def submitted(hamlet: Hamlet) -> int:
    return hamlet.hand_in("B", "A", "litter").case_id


def noticed(hamlet: Hamlet) -> int:
    case_id = submitted(hamlet)
    notices.mark_noticed(hamlet.village, hamlet.sign("A"), case_id, new_touch_id())
    return case_id


def replied(hamlet: Hamlet) -> int:
    case_id = submitted(hamlet)
    hamlet.reply("A", case_id)
    return case_id


def unanswered(hamlet: Hamlet) -> int:
    case_id = noticed(hamlet)
    hamlet.clock.advance(days=8)
    timed_moves.tick(hamlet.village)
    return case_id


def decided(hamlet: Hamlet) -> int:
    case_id = replied(hamlet)
    hamlet.decide("Y", case_id)
    return case_id


def appealed(hamlet: Hamlet) -> int:
    hamlet.serve("CDE")
    case_id = hamlet.decided_concern()
    hamlet.appeal("A", case_id)
    return case_id


def counting(hamlet: Hamlet) -> int:
    case_id = hamlet.decided_concern()
    hamlet.clock.advance(days=21)
    timed_moves.tick(hamlet.village)
    return case_id


def nominated(hamlet: Hamlet) -> int:
    return hamlet.hand_in("B", "A", "docks").case_id


def told_of_it(hamlet: Hamlet) -> int:
    case_id = nominated(hamlet)
    notices.mark_noticed(hamlet.village, hamlet.sign("A"), case_id, new_touch_id())
    return case_id


def declined_and_appealed(hamlet: Hamlet) -> int:
    hamlet.serve("CDE")
    case_id = hamlet.hand_in("A", "A", "help").case_id
    hamlet.decide("Y", case_id, approve=False)
    hamlet.appeal("A", case_id)
    return case_id


def nominated_declined_and_appealed(hamlet: Hamlet) -> int:
    hamlet.serve("CDE")
    case_id = nominated(hamlet)
    hamlet.accept("A", case_id)
    hamlet.decide("Y", case_id, approve=False)
    hamlet.appeal("A", case_id)
    return case_id


def approved(hamlet: Hamlet) -> int:
    return hamlet.approved_deed("A")


DEADLINES: dict[tuple[str, str], tuple[Callable[[Hamlet], int], str, int]] = {
    ("concern", "submitted"): (submitted, "lapsed", 50),
    ("concern", "noticed"): (noticed, "reply_time_over", 50),
    ("concern", "replied"): (replied, "lapsed", 50),
    ("concern", "reply_time_over"): (unanswered, "lapsed", 50),
    ("concern", "decided"): (decided, "lapsed", 50),
    ("concern", "countersigned"): (lambda hamlet: hamlet.untold_concern(), "lapsed", 50),
    ("concern", "told"): (lambda hamlet: hamlet.decided_concern(), "effective", 45),
    ("concern", "appealed"): (appealed, "lapsed", 50),
    ("concern", "effective"): (counting, "ended", 50),
    ("nomination", "submitted"): (nominated, "lapsed", 50),
    ("nomination", "noticed"): (told_of_it, "lapsed", 50),
    ("nomination", "appealed"): (nominated_declined_and_appealed, "accepted", 50),
    ("own_deed", "appealed"): (declined_and_appealed, "submitted", 50),
    ("own_deed", "effective"): (approved, "ended", 50),
}
"""Every state that time ends: the way there, what it leads to, and the number after it."""
by_deadline = pytest.mark.parametrize("deadline", DEADLINES, ids="-".join)


def test_every_deadline_of_the_table_is_tried() -> None:
    same_way = {("nomination", "effective"), ("concern", "upheld")}  # upheld: at once
    timed = {
        (track, state)
        for track in flow_table.TRACKS
        for state in flow_table.STATES
        if flow_table.moves_by_time(track, state)
    }
    assert timed == DEADLINES.keys() | same_way


@by_deadline
def test_a_clock_moved_a_month_back_and_forth_around_a_deadline_changes_nothing(
    sqlite_hamlet: Hamlet, deadline: tuple[str, str]
) -> None:
    hamlet = sqlite_hamlet
    way, after, number = DEADLINES[deadline]
    case_id = way(hamlet)
    due_at = hamlet.case(case_id).due_at
    assert due_at is not None
    reached = hamlet.clock.moment
    before = (hamlet.state(case_id), len(hamlet.case(case_id).moves))
    for moment in (due_at - A_MINUTE, reached - A_MONTH, reached, due_at - A_MINUTE):
        hamlet.clock.moment = moment
        assert timed_moves.tick(hamlet.village) == 0
        assert (hamlet.state(case_id), len(hamlet.case(case_id).moves)) == before
    hamlet.clock.moment = due_at
    assert timed_moves.tick(hamlet.village) == 1
    assert (hamlet.state(case_id), hamlet.number("A")) == (after, number)
    for moment in (due_at - A_MONTH, due_at - A_MINUTE, due_at):
        hamlet.clock.moment = moment
        assert timed_moves.tick(hamlet.village) == 0
        assert hamlet.state(case_id) == after
        assert hamlet.number("A") in (50, number)
    assert hamlet.number("A") == number


@by_deadline
def test_a_clock_that_is_doubted_ends_nothing_until_the_keeper_has_looked(
    sqlite_hamlet: Hamlet, deadline: tuple[str, str]
) -> None:
    hamlet = sqlite_hamlet
    way, after, _ = DEADLINES[deadline]
    case_id = way(hamlet)
    due_at = hamlet.case(case_id).due_at
    assert due_at is not None
    before = hamlet.state(case_id)
    Caretaker(hamlet.village).step()  # the last moment at which the clock was trusted
    for moment in (due_at + timedelta(days=400), hamlet.clock.moment - A_MONTH):
        hamlet.clock.moment = moment
        Caretaker(hamlet.village).step()
        assert hamlet.state(case_id) == before
    hamlet.clock.moment = due_at
    confirm(hamlet.village)
    Caretaker(hamlet.village).step()
    assert hamlet.state(case_id) == after


def test_with_the_clock_a_month_back_a_reply_and_an_appeal_are_still_in_time(
    hamlet: Hamlet,
) -> None:
    """Whoever was given seven days has them, whatever the clock does in between."""
    hamlet.serve("CDE")
    case_id = noticed(hamlet)
    hamlet.clock.advance(days=-30)
    assert hamlet.reply("A", case_id)
    assert [move.move for move in hamlet.case(case_id).moves] == ["hand_in", "notice", "reply"]
    hamlet.clock.advance(days=30)
    hamlet.decide("Y", case_id)
    hamlet.countersign("Z", case_id)
    hamlet.clock.advance(days=-30)
    assert len(hamlet.appeal("A", case_id)) == 3


def test_what_was_put_right_does_not_count_again_when_the_clock_is_set_back(
    hamlet: Hamlet,
) -> None:
    case_id = counting(hamlet)
    hamlet.clock.advance(days=60)
    given = (case_id, "已经收拾干净了。", new_touch_id())
    decide.put_right(hamlet.village, hamlet.officer("Y"), *given)
    for days in (0, -30, -1):
        hamlet.clock.advance(days=days)
        assert hamlet.number("A") == 50
        record = my_record.opened(hamlet.village, hamlet.sign("A")).record
        assert (record.lines, record.coming) == ((), ())
