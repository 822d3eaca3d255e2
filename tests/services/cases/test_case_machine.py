"""Random people, officers, clocks and moves: a few hundred steps here, and as many as one likes.

``KIOSK_STEPS=20000 ./kiosk.sh test tests/services/cases/test_case_machine.py`` is the long form.
The second half breaks the services on purpose: each invariant must be seen to fail. What chance
meets late goes a way that leads there; an honest service goes it, too, and nothing is found.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from kiosk.models.cases import PointEntry
from kiosk.services.cases import conflict_of_interest, decide
from kiosk.services.cases.flow import due_dates, effects, table, timed_moves
from kiosk.services.record import number
from tests.services.cases.case_machine import CaseMachine

pytestmark = pytest.mark.long

STEPS = int(os.environ.get("KIOSK_STEPS", "0"))
AT_ONCE = 60


def drive(examples: int, *, alike: bool, shrink: bool = True) -> None:
    how = settings(
        max_examples=examples,
        stateful_step_count=AT_ONCE,
        derandomize=alike,
        database=None,
        suppress_health_check=list(HealthCheck),
        print_blob=shrink,
        phases=tuple(Phase) if shrink else (Phase.generate,),
    )
    run_state_machine_as_test(CaseMachine, settings=how)


@pytest.mark.timeout(max(120, STEPS))
def test_whatever_anybody_does_the_charter_holds() -> None:
    CaseMachine.steps, CaseMachine.done = 0, {}
    if not STEPS:
        drive(8, alike=True)
        assert CaseMachine.steps >= 300
        assert {"countersign", "tell", "appeal", "take_effect"} <= CaseMachine.done.keys()
        return
    while CaseMachine.steps < STEPS:
        drive(10, alike=False)
    told = sorted(CaseMachine.done.items())
    print(f"{CaseMachine.steps} steps; moves made: {told}")  # noqa: T201
    assert {"take_effect", "overturn", "uphold", "lapse", "disown"} <= CaseMachine.done.keys()


# --- Broken on purpose

Patch = pytest.MonkeyPatch
Way = Callable[[CaseMachine], None]


def appealed_and_silent(machine: CaseMachine) -> None:
    """A concern is upheld, told and appealed, and the panel says nothing for its fourteen days."""
    machine.a_concern_goes_its_way("B", "C", ["Y", "Z", "y", "X"], 7, "", True)
    hold(machine)
    machine.time_goes_by(days=15, tick=True)
    hold(machine)


def effective_and_put_right(machine: CaseMachine) -> None:
    """A concern is upheld, told, appealed, upheld by a panel, takes effect, and is put right."""
    machine.a_concern_goes_its_way("B", "C", ["Y", "Z", "y", "X"], 10, "", True)
    hold(machine)


def countersigned_and_untold(machine: CaseMachine) -> None:
    """Two officers uphold a concern, and in thirty days nobody tells the person of it."""
    machine.a_concern_goes_its_way("B", "C", ["Y", "Z", "y", "X"], 5, "", True)
    hold(machine)
    machine.time_goes_by(days=31, tick=True)
    hold(machine)


def reached_for(by: str, about: str, officer: str, other: str) -> Way:
    """An officer reaches for a deed that they may not decide; another one approves it."""

    def way(machine: CaseMachine) -> None:
        machine.an_officer_reaches_for_a_case(by, about, officer, False, "answer")
        hold(machine)
        case_id = machine.hamlet.cases()
        machine.attempt(lambda: machine.make("approve", other, case_id, True))
        hold(machine)

    return way


def noticed_and_unanswered(machine: CaseMachine) -> None:
    """A concern is noticed, and nobody says anything until it lapses."""
    case_id = machine.hamlet.hand_in("C", "B", "litter").case_id
    machine.attempt(lambda: machine.make("notice", "B", case_id, True))
    hold(machine)
    for days in (8, 31):
        machine.time_goes_by(days=days, tick=True)
        hold(machine)


def hold(machine: CaseMachine) -> None:
    """Everything that must hold after each step."""
    machine.every_move_was_the_right_ones_to_make()
    machine.the_number_is_the_sum_of_its_lines()
    machine.every_open_concern_has_the_day_that_was_told()
    machine.nothing_is_overdue()


def go(way: Way) -> None:
    machine = CaseMachine()
    machine.begin()
    try:
        way(machine)
    finally:
        machine.teardown()


def without_code(code: str) -> Callable[[Patch], None]:
    """Involvement that overlooks one thing."""

    def break_it(patch: Patch) -> None:
        honest = conflict_of_interest.why_involved

        def blind(*given: Any) -> str:
            found = honest(*given)
            return "" if found == code else found

        patch.setattr(conflict_of_interest, "why_involved", blind)

    return break_it


def with_moves(changed: Callable[[table.Move], table.Move]) -> Callable[[Patch], None]:
    """A table in which some rows say something else."""
    return lambda patch: patch.setattr(table, "MOVES", tuple(map(changed, table.MOVES)))


def decided_unheard(row: table.Move) -> table.Move:
    early = row.name == "approve" and row.tracks == table.CONCERN
    return replace(row, from_states=("submitted", *row.from_states)) if early else row


def counts_while_appealed(row: table.Move) -> table.Move:
    if row.name == "take_effect":
        return replace(row, from_states=(*row.from_states, "appealed"))
    if row.name == "lapse" and row.tracks == table.CONCERN:
        kept = tuple(each for each in row.from_states if each != "appealed")
        return replace(row, from_states=kept)
    return row


def counts_untold(row: table.Move) -> table.Move:
    if row.name == "take_effect":
        return replace(row, from_states=(*row.from_states, "countersigned"))
    if row.name == "lapse" and row.tracks == table.CONCERN:
        kept = tuple(each for each in row.from_states if each != "countersigned")
        return replace(row, from_states=kept)
    return row


def silence_upholds(row: table.Move) -> table.Move:
    if row.name == "uphold" and row.tracks == table.CONCERN:
        return replace(row, who=("panel", "time"))
    return counts_while_appealed(row) if row.name == "lapse" else row


def no_time_to_reply(patch: Patch) -> None:
    honest = due_dates.due_at

    def at_once(now: Any, to_state: Any, deadline: Any, standing: Any, hall: Any) -> Any:
        if to_state == "noticed":
            return now + timedelta(hours=1)
        return honest(now, to_state, deadline, standing, hall)

    patch.setattr(due_dates, "due_at", at_once)


def reversal_that_waits(patch: Patch) -> None:
    honest = effects.reverse

    def later(work: Any, case: Any, move: str) -> bool:
        done = honest(work, case, move)
        for entry in work.session.query(PointEntry).filter_by(case_id=case.id):
            entry.ended_on += timedelta(days=30)
        return done

    patch.setitem(effects.WRITES, "reversal", later)


def sum_off_by(points: int, *, told: bool) -> Callable[[Patch], None]:
    """A number that is not the sum of its lines, or lines that go beyond all bounds."""

    def break_it(patch: Patch) -> None:
        honest = number.add_up

        def wrong(*given: Any) -> number.Sum:
            found = honest(*given)
            lines = found.lines
            if told and lines:
                lines = (replace(lines[0], points=lines[0].points + points), *lines[1:])
            return replace(found, number=found.number + points, lines=lines)

        patch.setattr(number, "add_up", wrong)

    return break_it


def set_to(room: object, name: str, value: object) -> Callable[[Patch], None]:
    return lambda patch: patch.setattr(room, name, value)


BROKEN: dict[str, tuple[Callable[[Patch], None], str]] = {
    "officers may decide on themselves": (without_code("own_case"), "themselves"),
    "officers may decide on their report": (without_code("own_report"), "own report"),
    "officers may decide on their household": (without_code("own_household"), "household"),
    "officers may decide on relatives": (without_code("relative"), "declared relative"),
    "one house may countersign": (
        set_to(decide, "second_pair_of_eyes", lambda *_: ""),
        "two houses|nobody",
    ),
    "a concern is decided unheard": (with_moves(decided_unheard), "before notice"),
    "the time to reply is an hour": (no_time_to_reply, "told another day|reply time"),
    "it counts while it is appealed": (
        with_moves(counts_while_appealed),
        "appeal stops|silence lapses",
    ),
    "it counts though nobody told the person": (with_moves(counts_untold), "silence lapses|told"),
    "silence upholds": (with_moves(silence_upholds), "silence lapses"),
    "the timer sleeps": (set_to(timed_moves, "tick", lambda _village: 0), "silence lapses"),
    "the number is one more": (sum_off_by(1, told=False), "sum of its lines"),
    "the number leaves its bounds": (sum_off_by(60, told=True), "0 to 100"),
    "a reversal waits a month": (reversal_that_waits, "restores|sum of its lines|effect"),
}


their_own = reached_for("X", "X", "X", "Y")
their_report = reached_for("X", "Z", "X", "Y")
a_relatives = reached_for("B", "A", "X", "Y")

WAYS: dict[str, Way] = {
    "officers may decide on themselves": their_own,
    "officers may decide on their report": their_report,
    "officers may decide on relatives": a_relatives,
    "the time to reply is an hour": noticed_and_unanswered,
    "the timer sleeps": noticed_and_unanswered,
    "it counts while it is appealed": appealed_and_silent,
    "it counts though nobody told the person": countersigned_and_untold,
    "silence upholds": appealed_and_silent,
    "a reversal waits a month": effective_and_put_right,
}
"""What chance alone meets late, up to a thousand steps."""


@pytest.mark.parametrize(
    ("way", "moves"),
    [
        (appealed_and_silent, {"countersign", "tell", "appeal", "lapse"}),
        (countersigned_and_untold, {"countersign", "lapse"}),
        (effective_and_put_right, {"appeal", "uphold", "take_effect", "put_right"}),
        (noticed_and_unanswered, {"notice", "lapse"}),
        (their_own, {"approve"}),
        (their_report, {"accept", "approve"}),
        (a_relatives, {"accept", "approve"}),
    ],
)
def test_a_way_leads_where_it_should_and_an_honest_service_goes_it(
    way: Way, moves: set[str]
) -> None:
    CaseMachine.done = {}
    go(way)
    assert moves <= CaseMachine.done.keys()


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_service_is_caught(name: str, monkeypatch: Patch) -> None:
    break_it, told = BROKEN[name]
    break_it(monkeypatch)
    way = WAYS.get(name)
    search = partial(go, way) if way else partial(drive, 80, alike=True, shrink=False)
    with pytest.raises(AssertionError, match=told):
        search()
