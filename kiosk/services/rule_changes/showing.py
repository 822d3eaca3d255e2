"""The changes of the rules that are under way, as everybody may read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from kiosk.core.clock import village_day
from kiosk.core.texts import Texts
from kiosk.models.rulebook import RuleChange
from kiosk.services.access import acting
from kiosk.services.rule_changes import checklist, drafts
from kiosk.services.rule_changes.checklist import ChecklistDifference
from kiosk.services.rule_changes.drafts import CHECKLIST, KINDS, Days, Difference, What
from kiosk.services.rule_changes.terms import ADOPTED, DONE, MAY, WAITING, days_of, may_take_back
from kiosk.services.village import Village
from kiosk.services.work import Work, reading


@dataclass(frozen=True, kw_only=True)
class ChangeLine:
    """A change as everybody may read it; who proposed it stands in the log."""

    change_id: int
    what: What
    rule: str
    state: str
    title: Texts
    difference: Difference | ChecklistDifference
    days: Days
    begins: date | None
    own: bool = False
    """Whether who asks proposed it."""
    undone: bool = False
    """Whether its adoption can still be taken back."""


def shown(village: Village) -> tuple[ChangeLine, ...]:
    """What is proposed, or adopted and not yet in force, the oldest first; for everybody."""
    with reading(village) as work:
        return tuple(_line(work, each) for each in _to_show(work))


def on_the_start_screen(village: Village) -> tuple[ChangeLine, ...]:
    """Of these, what was proposed within 14 days, and what was adopted and does not hold yet."""
    today = village_day(village.clock.now())
    found = shown(village)
    return tuple(each for each in found if each.state != WAITING or today < each.days.decided_from)


def under_way(village: Village, session_id: str) -> tuple[ChangeLine, ...]:
    """The same for an officer, who may have proposed one or taken part in adopting it.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with acting.reading(village, session_id, *MAY) as work:
        who = work.who.resident_id
        return tuple(_line(work, each, who) for each in _to_show(work))


def _to_show(work: Work) -> Iterable[RuleChange]:
    ahead = (RuleChange.state == DONE) & (RuleChange.begins > work.today)
    under_way = RuleChange.state.in_((WAITING, ADOPTED)) | ahead
    return work.session.scalars(select(RuleChange).where(under_way).order_by(RuleChange.id)).all()


def _line(work: Work, change: RuleChange, who: int | None = None) -> ChangeLine:
    found: Difference | ChecklistDifference
    if change.what == CHECKLIST:
        found, title = checklist.difference(work.session, change), checklist.title(work.village)
    else:
        found = drafts.difference(work.session, change)
        named = found.after or found.before
        title = named.title if named else Texts({})
    return ChangeLine(
        change_id=change.id,
        what=next(each for each in KINDS if each == change.what),
        rule=change.rule,
        state=change.state,
        title=title,
        difference=found,
        days=days_of(change),
        begins=change.begins,
        own=who == change.by_id,
        undone=who is not None and may_take_back(work, change, who),
    )
