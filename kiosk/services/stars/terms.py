"""The words of a round: its entries in the log, what becomes of a visit, how long each takes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from kiosk.core.clock import start_of_day
from kiosk.core.open_days import OpenDays
from kiosk.services.access.roles import holders
from kiosk.services.stars.ratings import first_day

ROUND_OPENED: Final = "round_opened"
INSPECTORS_LISTED, INSPECTORS_DRAWN = "inspectors_listed", "inspectors_drawn"
INSPECTOR_ANSWERED: Final = "inspector_answered"
VISITS_LISTED, VISITS_DRAWN = "visits_listed", "visits_drawn"
VISIT_SEATED, VISIT_SCORED = "visit_seated", "visit_scored"
HOUSEHOLD_LOOKED: Final = "household_looked"
VISIT_TOLD, VISIT_AGREED, VISIT_OVER = "visit_told", "visit_agreed", "visit_over"
LOOK_ASKED: Final = "look_asked"
ROUND_CLOSED: Final = "round_closed"

OPEN, TO_TELL, TOLD, EFFECTIVE = "open", "to_tell", "told", "effective"
MISSED, LAPSED, GONE = "missed", "lapsed", "gone"
UNDER_WAY: Final = (OPEN, TO_TELL, TOLD)
"""States of a visit that is not over."""

FIRST, AGAIN, APPEAL = 1, 2, 3
"""Looks: the round's own, the new one that a household asks for, the one after its appeal."""
OWN: Final = 0
"""The household's look at itself, and the number of its seat."""
SEATS: Final = {FIRST: 2, AGAIN: 2, APPEAL: 3}
"""How many look; one more where two are too far apart."""
APART: Final = 1
"""So many stars may two differ on a dimension without a third look."""
YES, NO = "yes", "no"
MISSING, THIRD, ASKED = "missing", "third", "asked"
"""Why somebody is drawn after the round was, beside `LEFT_WHY`."""

REPLY_DAYS: Final = 7
"""Whole days that a household has to reply, after the day on which it was told."""
APPEAL_DAYS: Final = 14
"""Whole days in which an appeal is heard, or what was seen lapses."""
CLOSES_AFTER: Final = timedelta(days=30)
"""A round ends by itself so long after its quarter."""
APPEALS_WITHIN: Final = 20
"""Whole days in which stars that took effect can still be appealed."""
LEFT_WHY: Final = ("ill", "away", "no_time", "too_near", "gone")
"""Why somebody else looks; words at ``stars.left_<why>``. The last two the program finds."""
MAY = holders("inspect_household")


def end_of(day: date, days: int) -> datetime:
    """The moment at which `days` whole days after `day` are over."""
    return start_of_day(day + timedelta(days=days + 1))


def reply_ends(hall: OpenDays, day: date) -> datetime:
    """When the time of a household that was told on `day` is over: not on a closed day."""
    return start_of_day(hall.next_open(day + timedelta(days=REPLY_DAYS)) + timedelta(days=1))


def last_day(year: int, quarter: int) -> date:
    """The last day on which a quarter's round is under way, if nobody closes it before."""
    years, quarters = divmod(quarter, 4)
    return first_day(year + years, quarters + 1) - timedelta(days=1) + CLOSES_AFTER


def invited_about(round_id: int) -> str:
    """What the lot of a round's inspectors is about."""
    return f"inspectors {round_id}"


def visits_about(round_id: int) -> str:
    """What the lot of a round's visits is about."""
    return f"visits {round_id}"
