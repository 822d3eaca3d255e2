"""The shortest way of a change of a rule, from an officer's form to the version in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from kiosk.core.ids import new_touch_id
from kiosk.core.texts import Texts
from kiosk.services.access.offices import Signature
from kiosk.services.audit.log import Finding
from kiosk.services.audit.tables import check_tables
from kiosk.services.rule_changes import changes
from kiosk.services.rule_changes.changes import Adoption
from kiosk.services.rule_changes.drafts import Draft
from kiosk.services.rulebook import book
from kiosk.services.work import reading
from tests.services.cases.conftest import Hamlet

NEW = Draft(
    what="new",
    area="helping_others",
    points=4,
    icon="tools",
    title=Texts({"zh": "借出小三轮", "en": "Lent a cart"}),
    text=Texts({"zh": "把小三轮借给邻居运东西，不收钱。", "en": "Lent a cart, without pay."}),
)
OTHER_POINTS = Draft(
    what="changed",
    rule="docks",
    area="care_for_shared_places",
    points=6,
    icon="ripple",
    title=Texts({"zh": "清理河埠", "en": "Cleaning the docks"}),
    text=Texts({"zh": "清理河埠，半个小时。", "en": "Cleaning the docks for half an hour."}),
)
ENDED = Draft(what="ended", rule="visit")


def propose(hamlet: Hamlet, draft: Draft = NEW, by: str = "Y") -> int:
    return _proposed(hamlet, draft, by).change_id


def _proposed(hamlet: Hamlet, draft: Draft, by: str) -> changes.Proposed:
    return changes.propose(hamlet.village, hamlet.officer(by), draft, new_touch_id())


def shown_for(hamlet: Hamlet, days: int = 14) -> None:
    hamlet.clock.advance(days=days)


def adoption(hamlet: Hamlet, *, assembly: int = 0, begins: int = 1) -> Adoption:
    """The assembly so many days ago, the first day so many days ahead."""
    today = hamlet.today
    return Adoption(today - timedelta(days=assembly), today + timedelta(days=begins))


def adopt(
    hamlet: Hamlet,
    change: int,
    *,
    first: str = "Y",
    second: Signature | None = None,
    days: Adoption | None = None,
) -> None:
    changes.adopt(
        hamlet.village,
        hamlet.officer(first),
        change,
        days or adoption(hamlet),
        second or hamlet.signature("Z"),
        new_touch_id(),
    )


def comes_into_force(hamlet: Hamlet, draft: Draft = NEW) -> int:
    """Proposed, shown, adopted, and its ten minutes are over; in force from tomorrow."""
    change = propose(hamlet, draft)
    shown_for(hamlet)
    adopt(hamlet, change)
    hamlet.clock.advance(minutes=10)
    assert changes.move_due(hamlet.village) == 1
    return change


def called(draft: Draft, zh: str) -> Draft:
    return replace(draft, title=Texts({"zh": zh, "en": zh}))


def points(hamlet: Hamlet, rule: str, day: date) -> int | None:
    with hamlet.village.read() as session:
        found = book.rule_on(session, rule, day)
        return found.points if found else None


def misfits(hamlet: Hamlet) -> list[Finding]:
    """What of the rules is not as the log gives it, or nobody was allowed to write."""
    with reading(hamlet.village) as work:
        every = check_tables(work).findings
    return [each for each in every if each.name.startswith("rule")]
