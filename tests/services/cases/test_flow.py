"""The state machine, exhaustively: every track x state x move x role."""

from __future__ import annotations

from itertools import product

import pytest

from kiosk.core.errors import ExpectedError
from kiosk.services.cases.flow import table
from kiosk.services.cases.flow.table import ROLES, STATES, TRACKS, Role, State, Track

# What the design's section 4 says, written down a second time and apart from the table:
# (track, from, move, role) -> to
TELLERS: tuple[Role, ...] = ("subject", "clerk")
TOLD_OF_A_DEED: dict[tuple[str, str, str], str] = {
    (state, "tell", role): state
    for role in TELLERS
    for state in ("declined", "effective", "upheld", "overturned")
}
DEED_OF_ONES_OWN: dict[tuple[str, str, str], str] = {
    ("draft", "hand_in", "reporter"): "submitted",
    ("submitted", "approve", "officer"): "effective",
    ("submitted", "decline", "officer"): "declined",
    ("submitted", "recuse", "officer"): "submitted",
    ("submitted", "return", "officer"): "submitted",
    ("submitted", "withdraw", "reporter"): "withdrawn",
    ("submitted", "merge", "officer"): "withdrawn",
    **TOLD_OF_A_DEED,
    ("declined", "appeal", "subject"): "appealed",
    ("appealed", "uphold", "panel"): "upheld",
    ("appealed", "overturn", "panel"): "effective",
    ("appealed", "reopen", "time"): "submitted",
    ("effective", "end", "time"): "ended",
    ("effective", "correct", "panel"): "overturned",
}
NOMINATION: dict[tuple[str, str, str], str] = {
    ("draft", "hand_in", "reporter"): "submitted",
    ("submitted", "notice", "subject"): "noticed",
    ("submitted", "notice", "clerk"): "noticed",
    ("submitted", "withdraw", "reporter"): "withdrawn",
    ("submitted", "lapse", "time"): "lapsed",
    ("noticed", "accept", "subject"): "accepted",
    ("noticed", "accept", "clerk"): "accepted",
    ("noticed", "decline_nomination", "subject"): "withdrawn",
    ("noticed", "decline_nomination", "clerk"): "withdrawn",
    ("noticed", "withdraw", "reporter"): "withdrawn",
    ("noticed", "lapse", "time"): "lapsed",
    ("accepted", "approve", "officer"): "effective",
    ("accepted", "decline", "officer"): "declined",
    ("accepted", "recuse", "officer"): "accepted",
    ("accepted", "return", "officer"): "accepted",
    ("accepted", "withdraw", "reporter"): "withdrawn",
    ("accepted", "withdraw", "subject"): "withdrawn",
    ("accepted", "merge", "officer"): "withdrawn",
    ("submitted", "disown", "reporter"): "withdrawn",
    ("noticed", "disown", "reporter"): "withdrawn",
    ("accepted", "disown", "reporter"): "withdrawn",
    ("effective", "disown", "reporter"): "overturned",
    **TOLD_OF_A_DEED,
    ("declined", "appeal", "subject"): "appealed",
    ("appealed", "uphold", "panel"): "upheld",
    ("appealed", "overturn", "panel"): "effective",
    ("appealed", "reopen", "time"): "accepted",
    ("effective", "end", "time"): "ended",
    ("effective", "correct", "panel"): "overturned",
}
CONCERN: dict[tuple[str, str, str], str] = {
    ("draft", "hand_in", "reporter"): "submitted",
    ("submitted", "notice", "subject"): "noticed",
    ("submitted", "notice", "clerk"): "noticed",
    ("noticed", "reply", "subject"): "replied",
    ("noticed", "reply", "clerk"): "replied",
    ("noticed", "reply_time_over", "time"): "reply_time_over",
    **{("countersigned", "tell", role): "told" for role in TELLERS},
    **{
        (state, "tell", role): state
        for role in TELLERS
        for state in (
            *("declined", "withdrawn", "ended", "lapsed"),
            *("effective", "overturned"),
        )
    },
    ("countersigned", "lapse", "time"): "lapsed",
    ("told", "appeal", "subject"): "appealed",
    ("told", "take_effect", "time"): "effective",
    ("told", "lapse", "time"): "lapsed",
    ("effective", "lapse", "time"): "lapsed",
    ("appealed", "uphold", "panel"): "upheld",
    ("appealed", "overturn", "panel"): "overturned",
    ("appealed", "lapse", "time"): "lapsed",
    ("upheld", "take_effect", "time"): "effective",
    ("upheld", "lapse", "time"): "lapsed",
    ("decided", "countersign", "second_officer"): "countersigned",
    ("decided", "decline", "second_officer"): "declined",
    ("effective", "end", "time"): "ended",
    ("effective", "correct", "panel"): "overturned",
    ("submitted", "lapse", "time"): "lapsed",
    **{
        (state, move, role): to
        for state in ("replied", "reply_time_over")
        for move, role, to in (
            ("approve", "officer", "decided"),
            ("decline", "officer", "declined"),
        )
    },
    **{
        (state, move, "officer"): state
        for move in ("recuse", "return")
        for state in ("replied", "reply_time_over", "decided")
    },
    **{(state, "lapse", "time"): "lapsed" for state in ("replied", "reply_time_over", "decided")},
    **{
        (state, "withdraw", "reporter"): "withdrawn"
        for state in ("submitted", "noticed", "replied", "reply_time_over", "decided")
    },
    ("effective", "disown", "reporter"): "overturned",
    ("replied", "merge", "officer"): "withdrawn",
    ("reply_time_over", "merge", "officer"): "withdrawn",
    **{
        (state, "disown", "reporter"): "withdrawn"
        for state in (
            *("submitted", "noticed", "replied", "reply_time_over", "decided"),
            *("countersigned", "told", "appealed", "upheld"),
        )
    },
    **{
        (state, "put_right", role): "ended"
        for role in ("officer", "reporter")
        for state in (
            *("submitted", "noticed", "replied", "reply_time_over", "decided"),
            *("countersigned", "told", "appealed", "upheld", "effective"),
        )
    },
}
EXPECTED: dict[Track, dict[tuple[str, str, str], str]] = {
    "own_deed": DEED_OF_ONES_OWN,
    "nomination": NOMINATION,
    "concern": CONCERN,
}
FINAL = {"ended", "withdrawn", "overturned", "lapsed"}


def every_combination() -> list[tuple[Track, State, str, Role]]:
    return list(product(TRACKS, STATES, table.MOVE_NAMES, ROLES))


def test_every_state_move_and_role_is_allowed_exactly_where_the_design_says() -> None:
    for track, state, move, role in every_combination():
        wanted = EXPECTED[track].get((state, move, role))
        row = table.find(state, track, move, role)
        assert (row.leads_to(state) if row else None) == wanted, (track, state, move, role)
        assert table.allowed(state, track, move, role) == (wanted is not None)


@pytest.mark.long
def test_what_is_open_to_somebody_is_every_move_allowed_to_one_of_their_roles() -> None:
    for track, state, one, other in product(TRACKS, STATES, ROLES, ROLES):
        roles = (one, other)
        wanted = [
            move
            for move in table.MOVE_NAMES
            if any(table.allowed(state, track, move, role) for role in roles)
        ]
        assert list(table.open_to(state, track, roles)) == wanted
    assert table.open_to("submitted", "own_deed", ()) == ()


@pytest.mark.long
def test_every_illegal_move_is_refused_by_a_typed_error() -> None:
    refused = 0
    for track, state, move, role in every_combination():
        if table.allowed(state, track, move, role):
            assert table.require(state, track, move, role).name == move
            continue
        with pytest.raises(ExpectedError) as refusal:
            table.require(state, track, move, role)
        elsewhere = any(table.allowed(other, track, move, role) for other in STATES)
        assert refusal.value.code == ("case_moved_on" if elsewhere else "illegal_move")
        refused += 1
    assert refused > 7_000


def test_no_two_rows_answer_for_the_same_move() -> None:
    for track, state, move, role in every_combination():
        rows = [
            row
            for row in table.MOVES
            if row.name == move
            and track in row.tracks
            and state in row.from_states
            and role in row.who
        ]
        assert len(rows) <= 1


@pytest.mark.parametrize("track", TRACKS)
def test_every_state_of_a_track_is_reached_and_every_end_is_an_end(track: Track) -> None:
    reached, waiting = {"draft"}, ["draft"]
    while waiting:
        state = waiting.pop()
        for (start, _, _), to in EXPECTED[track].items():
            if start == state and to not in reached:
                reached.add(to)
                waiting.append(to)
    assert reached == {state for key, to in EXPECTED[track].items() for state in (key[0], to)}
    leaving = {start for (start, _, _), to in EXPECTED[track].items() if to != start}
    ends = reached - leaving
    assert ends <= FINAL | {"upheld", "declined"}
    assert FINAL & reached <= ends


def test_a_concern_has_no_way_to_an_effect_round_notice_two_officers_and_the_appeal_time() -> None:
    for must in ("noticed", "decided", "countersigned", "told"):
        ways = {(s, m): to for (s, m, _), to in CONCERN.items() if must not in (s, to)}
        reached, waiting = {"draft"}, ["draft"]
        while waiting:
            state = waiting.pop()
            for (start, _), to in ways.items():
                if start == state and to not in reached:
                    reached.add(to)
                    waiting.append(to)
        assert "effective" not in reached, must


def test_neither_keeper_nor_clerk_nor_reporter_ever_decides() -> None:
    decisions = {"approve", "decline", "countersign", "uphold", "overturn", "correct", "merge"}
    for track, state, move, role in every_combination():
        if move in decisions and table.allowed(state, track, move, role):
            assert role in ("officer", "second_officer", "panel")
        if role == "keeper":
            assert not table.allowed(state, track, move, role)


def test_silence_never_harms_anyone() -> None:
    for track, state, move, role in every_combination():
        if role != "time" or not table.allowed(state, track, move, role):
            continue
        if move == "take_effect":
            assert (track, state) in {("concern", "told"), ("concern", "upheld")}
        else:
            assert move in {"lapse", "reply_time_over", "end", "reopen"}


def test_every_move_writes_to_the_ledger_and_every_state_that_time_ends_has_a_deadline() -> None:
    assert all(row.writes for row in table.MOVES)
    for track, state in product(TRACKS, STATES):
        if not table.moves_by_time(track, state):
            continue
        into = [
            row
            for row in table.MOVES
            if track in row.tracks and row.to_state == state and state != "draft"
        ]
        assert into
        assert all(row.deadline is not None for row in into), (track, state)


def test_the_figures_are_those_of_the_design() -> None:
    def deadline(track: Track, state: State, move: str, role: Role) -> object:
        return table.require(state, track, move, role).deadline

    assert deadline("concern", "submitted", "notice", "subject") == 7
    assert deadline("concern", "decided", "countersign", "second_officer") == 30
    assert deadline("own_deed", "submitted", "decline", "officer") is None
    for role in TELLERS:
        assert deadline("concern", "countersigned", "tell", role) == 20
        assert deadline("own_deed", "declined", "tell", role) == 20
    assert deadline("concern", "told", "appeal", "subject") == 14
    assert deadline("concern", "told", "take_effect", "time") == 180
    assert deadline("own_deed", "submitted", "approve", "officer") == 365
