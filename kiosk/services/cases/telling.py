"""What somebody has still to be told of a case that is about them, and until when they can appeal.

A decision is told when the person acknowledged it on the screen, or a clerk gave the paper into
their hand: the move ``tell``. To have signed in is not enough. What takes points or refuses them
waits for it (charter 3): the days to appeal run from there, and what nobody told never counts.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from kiosk.models.cases import Case, CaseMove
from kiosk.services.cases.flow import due_dates, table, told_days
from kiosk.services.cases.flow.standing import time_is_over

FRESH_DAYS = 60
"""So long what is over is news; a decision that waits for being told is news until it was."""
_KNOWN_FROM_HERE_ON = frozenset({"tell", "appeal"})
"""Moves by which the person learns, or shows that they know, what was decided before."""
_OF_A_DEED = frozenset({"effective", "declined", "upheld", "overturned"})
_OF_A_CONCERN = frozenset(
    {"countersigned", "declined", "withdrawn", "ended", "lapsed", "upheld", "overturned"}
)
"""States that the person learns of; of a concern only once they know that there is one."""


def news_of(case: Case) -> CaseMove | None:
    """The move of which the person has still to be told, or None."""
    for made in reversed(case.moves):
        if made.move in _KNOWN_FROM_HERE_ON:
            return None
        if made.from_state == made.to_state or made.move == "take_effect":
            continue
        return made if _is_news(case, made) else None
    return None


def is_fresh(case: Case, made: CaseMove, now: datetime) -> bool:
    """Whether `made` still is to be told: what waits for it always is."""
    return waits_to_be_told(case) or made.at > now - timedelta(days=FRESH_DAYS)


def waits_to_be_told(case: Case) -> bool:
    """True while the days to appeal have not begun, because nobody told the person."""
    if case.state == "countersigned":
        return True
    return (case.kind, case.state) == ("deed", "declined") and case.due_at is None


def is_good_news(case: Case) -> bool:
    """True for a good deed that counts: it stands in the person's sum, and nothing waits for it."""
    return (case.kind, case.state) == ("deed", "effective")


def outcome_of(case: Case) -> str:
    """The state as news of it is worded: one that was merged is not over by itself."""
    return "merged" if case.state == "withdrawn" and case.merged_into_id else case.state


def appeal_until(case: Case, now: datetime) -> datetime | None:
    """The moment until which an appeal is open; None where there is none.

    Of what was not told yet: as if it were told now.
    """
    if not in_days_to_appeal(case, now) or appealed_before(case) or time_is_over(case, now):
        return None
    if waits_to_be_told(case):
        return due_dates.due_at(now, "told", table.APPEAL_DAYS, None, told_days.hall_of(case))
    return case.due_at


def in_days_to_appeal(case: Case, now: datetime) -> bool:
    """Whether an appeal would be open, had there been none before; it looks at no move."""
    if waits_to_be_told(case):
        return True
    told = case.state == "told" or (case.kind, case.state) == ("deed", "declined")
    return told and case.due_at is not None and now < case.due_at


def may_appeal(case: Case, now: datetime) -> bool:
    """An appeal is open once, for the days after the person was told."""
    return appeal_until(case, now) is not None


def appealed_before(case: Case) -> bool:
    """True once there was an appeal, whatever came of it."""
    return any(move.move == "appeal" for move in case.moves)


def _is_news(case: Case, made: CaseMove) -> bool:
    if case.kind == "deed":
        begun = made.to_state == "declined" and case.due_at is not None  # the days to appeal run
        return made.to_state in _OF_A_DEED and not begun
    known = any(each.move == "notice" for each in case.moves)
    by_itself = made.move == "end"  # on the day that the person was told
    return known and made.to_state in _OF_A_CONCERN and not by_itself
