"""What a move does besides being made: for each word of the table the function that does it.

A table that says what nothing does is an error as soon as this is imported.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import product
from typing import Any, Final

from sqlalchemy import select

from kiosk.core.catalogue import CHINESE
from kiosk.core.errors import ExpectedError
from kiosk.models.cases import Case, PointEntry
from kiosk.services.cases.flow import table
from kiosk.services.cases.flow.standing import signed_points, state_of, track_of
from kiosk.services.cases.flow.table import CONCERN_DAYS, DEED_DAYS, Move
from kiosk.services.cases.slips import SLIPS
from kiosk.services.ledger import log
from kiosk.services.wallet import balance
from kiosk.services.work import Work

Write = Callable[[Work, Case, str], object]
"""What a further word of `writes` does after the move of that name."""
_WHY: Final = {
    "disown": "not_theirs",
    "put_right": "put_right",
    "correct": "corrected",
    "lapse": "untold",  # nothing stands, but for an earlier version
}
"""Why what a case counted for ended, by the move that ends it: words of the log."""


def add_points(work: Work, case: Case, _move: str) -> None:
    """The case's points count from today, with the points of the day of the deed."""
    today = work.today
    days = CONCERN_DAYS if case.kind == "concern" else DEED_DAYS
    ends_on = today + timedelta(days=days)
    content = {
        **_about(case),
        "rule": case.rule_version.rule,
        "version": case.rule_version.version,
        "points": signed_points(case),
        "happened_on": case.happened_on.isoformat(),
        "effective_on": today.isoformat(),
        "ends_on": ends_on.isoformat(),
    }
    work.session.add(
        PointEntry(
            resident_id=case.subject_id,
            case_id=case.id,
            points=signed_points(case),
            happened_on=case.happened_on,
            effective_on=today,
            ends_on=ends_on,
            ledger_index=log.append(work, "points", content),
        )
    )


def move_wallet(work: Work, case: Case, _move: str) -> None:
    """What counts now is credited once; what does not any more takes what is left of it back.

    Once: the case's id is unique among the movements.

    Raises:
        ValueError: of a concern, which never moves a wallet: the table is wrong.
    """
    points = signed_points(case)
    if points < 0:
        raise ValueError("a concern moves no wallet")
    if case.state == "effective":
        balance.move(work, _about(case), points, "deed", credits_case=case.id)
        return
    left = min(points, max(balance.wallet_of(work.session, case.subject_id), 0))
    if left > 0:
        balance.move(work, _about(case), -left, "reversal")


def reverse(work: Work, case: Case, move: str) -> bool:
    """End the case's line of the sum today.

    Nothing is deleted: the reversal is an entry of its own. False when the line was over already.

    Raises:
        NoResultFound: the case never counted, and the table is wrong.
    """
    entry = work.session.scalars(select(PointEntry).where(PointEntry.case_id == case.id)).one()
    today = work.today
    if entry.ended_on is not None or entry.ends_on <= today:
        return False
    entry.ended_on = today
    content = {
        **_about(case),
        "points": -entry.points,
        "reverses": entry.ledger_index,
        "why": _WHY[move],
        "ended_on": today.isoformat(),
    }
    log.append(work, "reversal", content)
    return True


WRITES: Final[dict[str, Write]] = {
    "points": add_points,
    "wallet": move_wallet,
    "reversal": reverse,
}


def print_to_hand_over(work: Work, case: Case, move: str, covers: int) -> int:
    """Queue the paper that a clerk gives into the person's hand to make `move`; its job.

    It is about entry `covers` of the log. Printing it changes nothing, however often.

    Raises:
        ExpectedError: ``case_moved_on``; ``illegal_move`` when no clerk ever makes the move, or
            none hands anything over with it.
    """
    row = table.require(state_of(case), track_of(case), move, "clerk")
    if not row.hands_over:
        raise ExpectedError("illegal_move")
    return SLIPS[row.hands_over](work, case, covers, CHINESE)


def check(rows: Sequence[Move]) -> None:
    """Refuse a table that nobody could do what it says.

    Raises:
        ValueError: with the move: nothing is done for a word of it, no clerk is there to hand its
            paper over, or another row answers for the same step.
    """
    answered: set[tuple[str, str, str, str]] = set()
    for row in rows:
        _check_words(row)
        steps = set(product((row.name,), row.tracks, row.from_states, row.who))
        if steps & answered:
            raise ValueError(f"two rows answer for the move {row.name}")
        answered |= steps


def _check_words(row: Move) -> None:
    papers = [word for word in (row.prints, row.hands_over) if word]
    unknown = [word for word in row.writes[1:] if word not in WRITES]
    unknown += [word for word in papers if word not in SLIPS]
    if unknown or not row.writes:
        raise ValueError(f"the move {row.name} says {unknown}, and nothing does that")
    if "reversal" in row.writes and row.name not in _WHY:
        raise ValueError(f"the move {row.name} reverses, and nothing says why")
    if row.hands_over and "clerk" not in row.who:
        raise ValueError(f"the move {row.name} hands over, and no clerk makes it")


def _about(case: Case) -> dict[str, Any]:
    """Whose number or wallet it is, and for which case."""
    return {"case": case.id, "reference": case.reference, "resident": case.subject_id}


check(table.MOVES)
