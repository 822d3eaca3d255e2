"""The state machine of a case, written down once as data (design section 4).

A case is of one of three tracks: a good deed of one's own, a neighbour's nomination, a concern.
Who may make which move from where, how long the next state may last, what the ledger gets, what is
printed and what is forgotten stand in `MOVES`; `advance` does all that a row says, and nothing
else in the program decides it. `docs/` draws this table.
"""

from __future__ import annotations

from collections.abc import Collection
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


@dataclass(frozen=True, kw_only=True)
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
        name="hand_in",
        tracks=("own_deed",),
        from_states=("draft",),
        to_state="submitted",
        who=("reporter",),
        deadline=REVIEW_DAYS,
        writes=("report",),
        prints="receipt",
    ),
    Move(
        name="approve",
        tracks=("own_deed",),
        from_states=("submitted",),
        to_state="effective",
        who=("officer",),
        deadline=DEED_DAYS,
        writes=("decision", "points", "wallet"),
        prints="decision",
    ),
    Move(
        name="decline",
        tracks=("own_deed",),
        from_states=("submitted",),
        to_state="declined",
        who=("officer",),
        deadline=None,
        writes=("decision",),
        prints="decision",
    ),
    Move(
        name="merge",
        tracks=("own_deed",),
        from_states=("submitted",),
        to_state="withdrawn",
        who=("officer",),
        deadline=None,
        writes=("merge",),
    ),
    Move(
        name="recuse",
        tracks=("own_deed",),
        from_states=("submitted",),
        to_state="same",
        who=("officer",),
        deadline="kept",
        writes=("recusal",),
    ),
    Move(
        name="return",
        tracks=("own_deed",),
        from_states=("submitted",),
        to_state="same",
        who=("officer",),
        deadline="kept",
        writes=("recusal",),
    ),
    Move(
        name="withdraw",
        tracks=("own_deed",),
        from_states=("submitted",),
        to_state="withdrawn",
        who=("reporter",),
        deadline=None,
        writes=("withdrawal",),
    ),
    Move(
        name="reopen",
        tracks=("own_deed",),
        from_states=("appealed",),
        to_state="submitted",
        who=("time",),
        deadline=REVIEW_DAYS,
        writes=("lapse",),
    ),
    # A neighbour's nomination: it is the person's to accept.
    Move(
        name="hand_in",
        tracks=("nomination",),
        from_states=("draft",),
        to_state="submitted",
        who=("reporter",),
        deadline=ACCEPTANCE_DAYS,
        writes=("report",),
        prints="receipt",
    ),
    Move(
        name="notice",
        tracks=("nomination",),
        from_states=("submitted",),
        to_state="noticed",
        who=("subject", "clerk"),
        deadline="kept",
        writes=("notice",),
        hands_over="notice",
    ),
    Move(
        name="accept",
        tracks=("nomination",),
        from_states=("noticed",),
        to_state="accepted",
        who=("subject", "clerk"),  # said to the clerk, written down and read back
        deadline=REVIEW_DAYS,
        writes=("acceptance",),
    ),
    Move(
        name="decline_nomination",
        tracks=("nomination",),
        from_states=("noticed",),
        to_state="withdrawn",
        who=("subject", "clerk"),
        deadline=None,
        writes=("withdrawal",),
    ),
    Move(
        name="approve",
        tracks=("nomination",),
        from_states=("accepted",),
        to_state="effective",
        who=("officer",),
        deadline=DEED_DAYS,
        writes=("decision", "points", "wallet"),
        prints="decision",
    ),
    Move(
        name="decline",
        tracks=("nomination",),
        from_states=("accepted",),
        to_state="declined",
        who=("officer",),
        deadline=None,
        writes=("decision",),
        prints="decision",
    ),
    Move(
        name="merge",
        tracks=("nomination",),
        from_states=("accepted",),
        to_state="withdrawn",
        who=("officer",),
        deadline=None,
        writes=("merge",),
    ),
    Move(
        name="disown",  # it was not they who handed it in
        tracks=("nomination",),
        from_states=("submitted", "noticed", "accepted"),
        to_state="withdrawn",
        who=("reporter",),
        deadline=None,
        writes=("withdrawal",),
    ),
    Move(
        name="disown",
        tracks=("nomination",),
        from_states=("effective",),
        to_state="overturned",
        who=("reporter",),
        deadline=None,
        writes=("withdrawal", "reversal", "wallet"),
    ),
    Move(
        name="recuse",
        tracks=("nomination",),
        from_states=("accepted",),
        to_state="same",
        who=("officer",),
        deadline="kept",
        writes=("recusal",),
    ),
    Move(
        name="return",
        tracks=("nomination",),
        from_states=("accepted",),
        to_state="same",
        who=("officer",),
        deadline="kept",
        writes=("recusal",),
    ),
    Move(
        name="withdraw",
        tracks=("nomination",),
        from_states=("submitted", "noticed"),
        to_state="withdrawn",
        who=("reporter",),
        deadline=None,
        writes=("withdrawal",),
    ),
    Move(
        name="withdraw",
        tracks=("nomination",),
        from_states=("accepted",),
        to_state="withdrawn",
        who=("subject", "reporter"),
        deadline=None,
        writes=("withdrawal",),
    ),
    Move(
        name="lapse",
        tracks=("nomination",),
        from_states=("submitted", "noticed"),
        to_state="lapsed",
        who=("time",),
        deadline=None,
        writes=("lapse",),
    ),
    Move(
        name="reopen",
        tracks=("nomination",),
        from_states=("appealed",),
        to_state="accepted",
        who=("time",),
        deadline=REVIEW_DAYS,
        writes=("lapse",),
    ),
    # Both kinds of good deed: a declined one can be appealed, a counted one ends. The days to
    # appeal run from the day on which the person was told.
    Move(
        name="tell",
        tracks=DEEDS,
        from_states=("declined",),
        to_state="same",
        who=("subject", "clerk"),
        deadline=APPEAL_DAYS,
        writes=("tell",),
        hands_over="decision",
    ),
    Move(
        name="tell",
        tracks=DEEDS,
        from_states=("effective", "upheld", "overturned"),
        to_state="same",
        who=("subject", "clerk"),
        deadline="kept",
        writes=("tell",),
        hands_over="decision",
    ),
    Move(
        name="appeal",
        tracks=DEEDS,
        from_states=("declined",),
        to_state="appealed",
        who=("subject",),
        deadline=PANEL_DAYS,
        writes=("appeal",),
        prints="appeal",
    ),
    Move(
        name="uphold",
        tracks=DEEDS,
        from_states=("appealed",),
        to_state="upheld",
        who=("panel",),
        deadline=None,
        writes=("decision",),
        prints="decision",
    ),
    Move(
        name="overturn",
        tracks=DEEDS,
        from_states=("appealed",),
        to_state="effective",
        who=("panel",),
        deadline=DEED_DAYS,
        writes=("decision", "points", "wallet"),
        prints="decision",
    ),
    Move(
        name="end",
        tracks=DEEDS,
        from_states=("effective",),
        to_state="ended",
        who=("time",),
        deadline=None,
        writes=("end",),
    ),
    # A concern: notice, reply, two officers, the person told of it, time to appeal, and only then
    # an effect.
    Move(
        name="hand_in",
        tracks=CONCERN,
        from_states=("draft",),
        to_state="submitted",
        who=("reporter",),
        deadline=NOTICE_DAYS,
        writes=("report",),
        prints="receipt",
    ),
    Move(
        name="notice",
        tracks=CONCERN,
        from_states=("submitted",),
        to_state="noticed",
        who=("subject", "clerk"),
        deadline=REPLY_DAYS,
        writes=("notice",),
        hands_over="notice",
    ),
    Move(
        name="reply",
        tracks=CONCERN,
        from_states=("noticed",),
        to_state="replied",
        who=("subject", "clerk"),  # said to the clerk, written down and read back
        deadline=DECISION_DAYS,
        writes=("reply",),
    ),
    Move(
        name="reply_time_over",
        tracks=CONCERN,
        from_states=("noticed",),
        to_state="reply_time_over",
        who=("time",),
        deadline=DECISION_DAYS,
        writes=("lapse",),
    ),
    Move(
        name="approve",
        tracks=CONCERN,
        from_states=("replied", "reply_time_over"),
        to_state="decided",
        who=("officer",),
        deadline="kept",
        writes=("decision",),
    ),
    Move(
        name="decline",
        tracks=CONCERN,
        from_states=("replied", "reply_time_over"),
        to_state="declined",
        who=("officer",),
        deadline=None,
        writes=("decision",),
        prints="decision",
    ),
    Move(
        name="countersign",
        tracks=CONCERN,
        from_states=("decided",),
        to_state="countersigned",
        who=("second_officer",),
        deadline=TELLING_DAYS,
        writes=("decision",),
        prints="decision",
    ),
    Move(
        name="tell",
        tracks=CONCERN,
        from_states=("countersigned",),
        to_state="told",
        who=("subject", "clerk"),  # the one acknowledged it on screen, the other handed it over
        deadline=APPEAL_DAYS,
        writes=("tell",),
        hands_over="decision",
    ),
    Move(
        name="tell",  # how it ended, or that it was upheld on appeal
        tracks=CONCERN,
        from_states=("declined", "withdrawn", "ended", "lapsed", "effective", "overturned"),
        to_state="same",
        who=("subject", "clerk"),
        deadline="kept",
        writes=("tell",),
        hands_over="decision",
    ),
    Move(
        name="decline",
        tracks=CONCERN,
        from_states=("decided",),
        to_state="declined",
        who=("second_officer",),
        deadline=None,
        writes=("decision",),
        prints="decision",
    ),
    Move(
        name="recuse",
        tracks=CONCERN,
        from_states=("replied", "reply_time_over", "decided"),
        to_state="same",
        who=("officer",),
        deadline="kept",
        writes=("recusal",),
    ),
    Move(
        name="return",  # nobody decided since the same officer stepped aside
        tracks=CONCERN,
        from_states=("replied", "reply_time_over", "decided"),
        to_state="same",
        who=("officer",),
        deadline="kept",
        writes=("recusal",),
    ),
    Move(
        name="withdraw",
        tracks=CONCERN,
        from_states=("submitted", "noticed", "replied", "reply_time_over", "decided"),
        to_state="withdrawn",
        who=("reporter",),
        deadline=None,
        writes=("withdrawal",),
    ),
    Move(
        name="merge",
        tracks=CONCERN,
        from_states=("replied", "reply_time_over"),
        to_state="withdrawn",
        who=("officer",),
        deadline=None,
        writes=("merge",),
    ),
    Move(
        name="disown",
        tracks=CONCERN,
        from_states=_OPEN,
        to_state="withdrawn",
        who=("reporter",),
        deadline=None,
        writes=("withdrawal",),
    ),
    Move(
        name="disown",
        tracks=CONCERN,
        from_states=("effective",),
        to_state="overturned",
        who=("reporter",),
        deadline=None,
        writes=("withdrawal", "reversal"),
    ),
    Move(
        name="put_right",
        tracks=CONCERN,
        from_states=_OPEN,
        to_state="ended",
        who=("officer",),
        deadline=None,
        writes=("end",),
        prints="decision",
        forgets=True,
    ),
    Move(
        name="put_right",
        tracks=CONCERN,
        from_states=_OPEN,
        to_state="ended",
        who=("reporter",),
        deadline=None,
        writes=("end",),
        forgets=True,
    ),
    Move(
        name="put_right",
        tracks=CONCERN,
        from_states=("effective",),
        to_state="ended",
        who=("officer",),
        deadline=None,
        writes=("end", "reversal"),
        prints="decision",
        forgets=True,
    ),
    Move(
        name="put_right",
        tracks=CONCERN,
        from_states=("effective",),
        to_state="ended",
        who=("reporter",),
        deadline=None,
        writes=("end", "reversal"),
        forgets=True,
    ),
    Move(
        name="take_effect",
        tracks=CONCERN,
        from_states=("told", "upheld"),
        to_state="effective",
        who=("time",),
        deadline=CONCERN_DAYS,
        writes=("effect", "points"),
    ),
    # … or, where it would take effect, when the person is not enrolled any more.
    Move(
        name="lapse",
        tracks=CONCERN,
        from_states=tuple(state for state in _OPEN if state != "noticed"),
        to_state="lapsed",
        who=("time",),
        deadline=None,
        writes=("lapse",),
    ),
    Move(
        name="end",
        tracks=CONCERN,
        from_states=("effective",),
        to_state="ended",
        who=("time",),
        deadline=None,
        writes=("end",),
        forgets=True,
    ),
    Move(
        name="lapse",  # an earlier version gave it effect, and nobody had told the person
        tracks=CONCERN,
        from_states=("effective",),
        to_state="lapsed",
        who=("time",),
        deadline=None,
        writes=("lapse", "reversal"),
    ),
    Move(
        name="appeal",
        tracks=CONCERN,
        from_states=("told",),
        to_state="appealed",
        who=("subject",),
        deadline=PANEL_DAYS,
        writes=("appeal",),
        prints="appeal",
    ),
    Move(
        name="uphold",
        tracks=CONCERN,
        from_states=("appealed",),
        to_state="upheld",
        who=("panel",),
        deadline=0,
        writes=("decision",),
        prints="decision",
    ),
    Move(
        name="overturn",
        tracks=CONCERN,
        from_states=("appealed",),
        to_state="overturned",
        who=("panel",),
        deadline=None,
        writes=("decision",),
        prints="decision",
    ),
    # A correction is a reversal.
    Move(
        name="correct",
        tracks=DEEDS,
        from_states=("effective",),
        to_state="overturned",
        who=("panel",),
        deadline=None,
        writes=("decision", "reversal", "wallet"),
        prints="decision",
    ),
    Move(
        name="correct",
        tracks=CONCERN,
        from_states=("effective",),
        to_state="overturned",
        who=("panel",),
        deadline=None,
        writes=("decision", "reversal"),
        prints="decision",
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


def open_to(state: State, track: Track, roles: Collection[Role]) -> tuple[str, ...]:
    """The moves that somebody with any of `roles` may make from `state`, in the table's order."""
    found = {
        row.name
        for row in MOVES
        if track in row.tracks and state in row.from_states and any(r in row.who for r in roles)
    }
    return tuple(name for name in MOVE_NAMES if name in found)


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
