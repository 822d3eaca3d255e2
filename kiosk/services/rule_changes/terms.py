"""What holds of every change of a rule: its days, how it stands, and what the log calls it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from sqlalchemy.orm import object_session

from kiosk.core.clock import village_day
from kiosk.models.rulebook import RuleChange
from kiosk.services.access.roles import holders
from kiosk.services.open_days import open_days
from kiosk.services.rule_changes.drafts import Days
from kiosk.services.work import Work

SHOWN_FOR: Final = timedelta(days=14)
"""How long everybody can read a change before the assembly decides on it."""
LAPSES_AFTER: Final = timedelta(days=60)
"""After so many days since it was proposed nobody can adopt it any more."""
BEGINS_WITHIN: Final = timedelta(days=60)
"""How far ahead the first day of a change may lie."""
TAKEN_BACK_WITHIN: Final = timedelta(minutes=10)

RULE_PROPOSED, RULE_ADOPTED = "rule_proposed", "rule_adopted"
ADOPTION_UNDONE, RULE_CHANGE_OVER = "rule_adoption_undone", "rule_change_over"
WAITING, ADOPTED, DONE, WITHDRAWN, LAPSED = "waiting", "adopted", "done", "withdrawn", "lapsed"
"""How a change stands; words at ``rule_changes.state_<state>``."""
MAY: Final = holders("install_rulebook")


def proposed_on(change: RuleChange) -> date:
    """The village's day on which it was proposed."""
    return village_day(change.at)


def days_of(change: RuleChange) -> Days:
    """Its days: proposed, decided from, lapses."""
    proposed, session = proposed_on(change), object_session(change)
    assert session is not None
    told = open_days(session).told
    return Days(proposed, told(proposed + SHOWN_FOR), told(proposed + LAPSES_AFTER))


def may_take_back(work: Work, change: RuleChange, who: int) -> bool:
    """Whether `who` adopted it, and the ten minutes are not over."""
    since = change.adopted_at if change.state == ADOPTED else None
    in_time = since is not None and work.now < since + TAKEN_BACK_WITHIN
    return in_time and who in (change.first_id, change.second_id)
