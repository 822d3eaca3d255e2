"""The state machine of a case, written down once as data (design section 4).

A case is of one of three tracks: a good deed of one's own, a neighbour's nomination, a concern.
Who may make which move from where, how long the next state may last, what the ledger gets, what is
printed and what is forgotten stand in `MOVES`; `advance` does all that a row says, and nothing
else in the program decides it. `docs/` draws this table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

from kiosk.core.errors import ExpectedError

Track = Literal["own_deed", "nomination", "concern"]
State = Literal[
    "draft",
    "submitted",
    "noticed",
    "accepted",
    "replied",
    "reply_time_over",
    "decided",
    "countersigned",
    "told",
    "effective",
    "ended",
    "declined",
    "withdrawn",
    "appealed",
    "upheld",
    "overturned",
    "lapsed",
]
Role = Literal[
    "reporter", "subject", "officer", "second_officer", "clerk", "keeper", "panel", "time"
]
Deadline = int | Literal["kept"] | None
"""Days until the state reached ends by itself; ``kept`` leaves the day that stands; None: never."""

TRACKS: Final[tuple[Track, ...]] = get_args(Track)
STATES: Final[tuple[State, ...]] = get_args(State)
ROLES: Final[tuple[Role, ...]] = get_args(Role)

REPLY_DAYS: Final = 7
APPEAL_DAYS: Final = 20
PANEL_DAYS: Final = 14
REVIEW_DAYS: Final = 7
"""A good deed is looked at by then; it does not lapse when the office is late."""
DECISION_DAYS: Final = 30
"""A concern that two officers did not decide by then lapses in the person's favour."""
NOTICE_DAYS: Final = 30
"""A concern of which the person could not be told by then lapses in the person's favour."""
ACCEPTANCE_DAYS: Final = 60
"""A nomination that the person named did not accept by then lapses; nothing was recorded."""
TELLING_DAYS: Final = 30
"""A decision of two officers of which nobody told the person by then lapses and never counts."""
DEED_DAYS: Final = 365
CONCERN_DAYS: Final = 180


@dataclass(frozen=True)
class Move:
    """One row of the table."""

    name: str
    tracks: tuple[Track, ...]
    from_states: tuple[State, ...]
    to_state: State | Literal["same"]
    who: tuple[Role, ...]
    deadline: Deadline = None
    writes: tuple[str, ...] = ()
    """Kinds of ledger entry; the first is the move's own, the others are words of `effects`."""
    prints: str = ""
    """The kind of slip that the move prints, or empty."""
    hands_over: str = ""
    """The kind of slip that a clerk prints beforehand and hands over with this move, or empty."""
    forgets: bool = False
    """True: what was said in the case is erased, as soon as no paper of it is on its way."""

    def leads_to(self, state: State) -> State:
        """The state that the move reaches from `state`."""
        return state if self.to_state == "same" else self.to_state


DEEDS: Final[tuple[Track, ...]] = ("own_deed", "nomination")
CONCERN: Final[tuple[Track, ...]] = ("concern",)
_OPEN: Final[tuple[State, ...]] = (
    *("submitted", "noticed", "replied", "reply_time_over", "decided"),
    *("countersigned", "told", "appealed", "upheld"),
)
"""A concern on its way: it does not count yet, and may never."""

MOVES: Final[tuple[Move, ...]] = (
    # A good deed of one's own.
    Move(
        "hand_in",
        ("own_deed",),
        ("draft",),
        "submitted",
        ("reporter",),
        REVIEW_DAYS,
        ("report",),
        "receipt",
    ),
    Move(
        "approve",
        ("own_deed",),
        ("submitted",),
        "effective",
        ("officer",),
        DEED_DAYS,
        ("decision", "points", "wallet"),
        "decision",
    ),
    Move(
        "decline",
        ("own_deed",),
        ("submitted",),
        "declined",
        ("officer",),
        None,
        ("decision",),
        "decision",
    ),
    Move("merge", ("own_deed",), ("submitted",), "withdrawn", ("officer",), None, ("merge",)),
    Move("recuse", ("own_deed",), ("submitted",), "same", ("officer",), "kept", ("recusal",)),
    Move("return", ("own_deed",), ("submitted",), "same", ("officer",), "kept", ("recusal",)),
    Move(
        "withdraw", ("own_deed",), ("submitted",), "withdrawn", ("reporter",), None, ("withdrawal",)
    ),
    Move("reopen", ("own_deed",), ("appealed",), "submitted", ("time",), REVIEW_DAYS, ("lapse",)),
    # A neighbour's nomination: it is the person's to accept.
    Move(
        "hand_in",
        ("nomination",),
        ("draft",),
        "submitted",
        ("reporter",),
        ACCEPTANCE_DAYS,
        ("report",),
        "receipt",
    ),
    Move(
        "notice",
        ("nomination",),
        ("submitted",),
        "noticed",
        ("subject", "clerk"),
        "kept",
        ("notice",),
        hands_over="notice",
    ),
    Move(
        "accept",
        ("nomination",),
        ("noticed",),
        "accepted",
        ("subject", "clerk"),  # said to the clerk, written down and read back
        REVIEW_DAYS,
        ("acceptance",),
    ),
    Move(
        "decline_nomination",
        ("nomination",),
        ("noticed",),
        "withdrawn",
        ("subject", "clerk"),
        None,
        ("withdrawal",),
    ),
    Move(
        "approve",
        ("nomination",),
        ("accepted",),
        "effective",
        ("officer",),
        DEED_DAYS,
        ("decision", "points", "wallet"),
        "decision",
    ),
    Move(
        "decline",
        ("nomination",),
        ("accepted",),
        "declined",
        ("officer",),
        None,
        ("decision",),
        "decision",
    ),
    Move("merge", ("nomination",), ("accepted",), "withdrawn", ("officer",), None, ("merge",)),
    Move(
        "disown",  # it was not they who handed it in
        ("nomination",),
        ("submitted", "noticed", "accepted"),
        "withdrawn",
        ("reporter",),
        None,
        ("withdrawal",),
    ),
    Move(
        "disown",
        ("nomination",),
        ("effective",),
        "overturned",
        ("reporter",),
        None,
        ("withdrawal", "reversal", "wallet"),
    ),
    Move("recuse", ("nomination",), ("accepted",), "same", ("officer",), "kept", ("recusal",)),
    Move("return", ("nomination",), ("accepted",), "same", ("officer",), "kept", ("recusal",)),
    Move(
        "withdraw",
        ("nomination",),
        ("submitted", "noticed"),
        "withdrawn",
        ("reporter",),
        None,
        ("withdrawal",),
    ),
    Move(
        "withdraw",
        ("nomination",),
        ("accepted",),
        "withdrawn",
        ("subject", "reporter"),
        None,
        ("withdrawal",),
    ),
    Move("lapse", ("nomination",), ("submitted", "noticed"), "lapsed", ("time",), None, ("lapse",)),
    Move("reopen", ("nomination",), ("appealed",), "accepted", ("time",), REVIEW_DAYS, ("lapse",)),
    # Both kinds of good deed: a declined one can be appealed, a counted one ends. The days to
    # appeal run from the day on which the person was told.
    Move(
        "tell",
        DEEDS,
        ("declined",),
        "same",
        ("subject", "clerk"),
        APPEAL_DAYS,
        ("tell",),
        hands_over="decision",
    ),
    Move(
        "tell",
        DEEDS,
        ("effective", "upheld", "overturned"),
        "same",
        ("subject", "clerk"),
        "kept",
        ("tell",),
        hands_over="decision",
    ),
    Move(
        "appeal", DEEDS, ("declined",), "appealed", ("subject",), PANEL_DAYS, ("appeal",), "appeal"
    ),
    Move("uphold", DEEDS, ("appealed",), "upheld", ("panel",), None, ("decision",), "decision"),
    Move(
        "overturn",
        DEEDS,
        ("appealed",),
        "effective",
        ("panel",),
        DEED_DAYS,
        ("decision", "points", "wallet"),
        "decision",
    ),
    Move("end", DEEDS, ("effective",), "ended", ("time",), None, ("end",)),
    # A concern: notice, reply, two officers, the person told of it, time to appeal, and only then
    # an effect.
    Move(
        "hand_in",
        CONCERN,
        ("draft",),
        "submitted",
        ("reporter",),
        NOTICE_DAYS,
        ("report",),
        "receipt",
    ),
    Move(
        "notice",
        CONCERN,
        ("submitted",),
        "noticed",
        ("subject", "clerk"),
        REPLY_DAYS,
        ("notice",),
        hands_over="notice",
    ),
    Move(
        "reply",
        CONCERN,
        ("noticed",),
        "replied",
        ("subject", "clerk"),  # said to the clerk, written down and read back
        DECISION_DAYS,
        ("reply",),
    ),
    Move(
        "reply_time_over",
        CONCERN,
        ("noticed",),
        "reply_time_over",
        ("time",),
        DECISION_DAYS,
        ("lapse",),
    ),
    Move(
        "approve",
        CONCERN,
        ("replied", "reply_time_over"),
        "decided",
        ("officer",),
        "kept",
        ("decision",),
    ),
    Move(
        "decline",
        CONCERN,
        ("replied", "reply_time_over"),
        "declined",
        ("officer",),
        None,
        ("decision",),
        "decision",
    ),
    Move(
        "countersign",
        CONCERN,
        ("decided",),
        "countersigned",
        ("second_officer",),
        TELLING_DAYS,
        ("decision",),
        "decision",
    ),
    Move(
        "tell",
        CONCERN,
        ("countersigned",),
        "told",
        ("subject", "clerk"),  # the one acknowledged it on screen, the other handed it over
        APPEAL_DAYS,
        ("tell",),
        hands_over="decision",
    ),
    Move(
        "tell",  # how it ended, or that it was upheld on appeal
        CONCERN,
        ("declined", "withdrawn", "ended", "lapsed", "effective", "overturned"),
        "same",
        ("subject", "clerk"),
        "kept",
        ("tell",),
        hands_over="decision",
    ),
    Move(
        "decline",
        CONCERN,
        ("decided",),
        "declined",
        ("second_officer",),
        None,
        ("decision",),
        "decision",
    ),
    Move(
        "recuse",
        CONCERN,
        ("replied", "reply_time_over", "decided"),
        "same",
        ("officer",),
        "kept",
        ("recusal",),
    ),
    Move(
        "return",  # nobody decided since the same officer stepped aside
        CONCERN,
        ("replied", "reply_time_over", "decided"),
        "same",
        ("officer",),
        "kept",
        ("recusal",),
    ),
    Move(
        "withdraw",
        CONCERN,
        ("submitted", "noticed", "replied", "reply_time_over", "decided"),
        "withdrawn",
        ("reporter",),
        None,
        ("withdrawal",),
    ),
    Move(
        "merge",
        CONCERN,
        ("replied", "reply_time_over"),
        "withdrawn",
        ("officer",),
        None,
        ("merge",),
    ),
    Move("disown", CONCERN, _OPEN, "withdrawn", ("reporter",), None, ("withdrawal",)),
    Move(
        "disown",
        CONCERN,
        ("effective",),
        "overturned",
        ("reporter",),
        None,
        ("withdrawal", "reversal"),
    ),
    Move(
        "put_right",
        CONCERN,
        _OPEN,
        "ended",
        ("officer",),
        None,
        ("end",),
        "decision",
        forgets=True,
    ),
    Move("put_right", CONCERN, _OPEN, "ended", ("reporter",), None, ("end",), forgets=True),
    Move(
        "put_right",
        CONCERN,
        ("effective",),
        "ended",
        ("officer",),
        None,
        ("end", "reversal"),
        "decision",
        forgets=True,
    ),
    Move(
        "put_right",
        CONCERN,
        ("effective",),
        "ended",
        ("reporter",),
        None,
        ("end", "reversal"),
        forgets=True,
    ),
    Move(
        "take_effect",
        CONCERN,
        ("told", "upheld"),
        "effective",
        ("time",),
        CONCERN_DAYS,
        ("effect", "points"),
    ),
    # … or, where it would take effect, when the person is not enrolled any more.
    Move(
        "lapse",
        CONCERN,
        tuple(state for state in _OPEN if state != "noticed"),
        "lapsed",
        ("time",),
        None,
        ("lapse",),
    ),
    Move("end", CONCERN, ("effective",), "ended", ("time",), None, ("end",), forgets=True),
    Move(
        "lapse",  # an earlier version gave it effect, and nobody had told the person
        CONCERN,
        ("effective",),
        "lapsed",
        ("time",),
        None,
        ("lapse", "reversal"),
    ),
    Move("appeal", CONCERN, ("told",), "appealed", ("subject",), PANEL_DAYS, ("appeal",), "appeal"),
    Move("uphold", CONCERN, ("appealed",), "upheld", ("panel",), 0, ("decision",), "decision"),
    Move(
        "overturn",
        CONCERN,
        ("appealed",),
        "overturned",
        ("panel",),
        None,
        ("decision",),
        "decision",
    ),
    # A correction is a reversal.
    Move(
        "correct",
        DEEDS,
        ("effective",),
        "overturned",
        ("panel",),
        None,
        ("decision", "reversal", "wallet"),
        "decision",
    ),
    Move(
        "correct",
        CONCERN,
        ("effective",),
        "overturned",
        ("panel",),
        None,
        ("decision", "reversal"),
        "decision",
    ),
)

SECOND: Final[Role] = "second_officer"
MOVE_NAMES: Final[tuple[str, ...]] = tuple(dict.fromkeys(move.name for move in MOVES))


def find(state: State, track: Track, move: str, role: Role) -> Move | None:
    """The row by which `role` may make `move` of a case of `track` in `state`, or None."""
    for row in MOVES:
        fits = row.name == move and track in row.tracks and state in row.from_states
        if fits and role in row.who:
            return row
    return None


def allowed(state: State, track: Track, move: str, role: Role) -> bool:
    """True when `role` may make `move` from `state`."""
    return find(state, track, move, role) is not None


def require(state: State, track: Track, move: str, role: Role) -> Move:
    """The row of a legal move.

    Raises:
        ExpectedError: ``case_moved_on`` when the case is not in a state for it any more (or yet),
            ``illegal_move`` when this role never makes this move on this track.
    """
    row = find(state, track, move, role)
    if row is not None:
        return row
    ever = any(each.name == move and track in each.tracks and role in each.who for each in MOVES)
    raise ExpectedError("case_moved_on" if ever else "illegal_move")


def moves_by_time(track: Track, state: State) -> tuple[Move, ...]:
    """What time does to a case of `track` in `state` when its day is over."""
    return tuple(
        row
        for row in MOVES
        if "time" in row.who and track in row.tracks and state in row.from_states
    )
