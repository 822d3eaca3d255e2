"""Wherever a service hands out a day by which something has to be, it says that the hall is closed.

A field of a dataclass that is such a day stands in `DEADLINES` with the question that gives it, or
in `NO_DEADLINE` with the reason why it is none: a new one fails until somebody has said which.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

import kiosk
from kiosk.core.ids import new_touch_id
from kiosk.core.open_days import DayAtTheHall, Span
from kiosk.services import open_days
from kiosk.services.cases import appeal, decide, hand_overs, notices, paper_notices
from kiosk.services.cases.views import own_view, panel_view
from kiosk.services.my_data import erasure
from kiosk.services.perks import redemptions
from kiosk.services.printing.spooler import print_next
from kiosk.services.rule_changes import showing
from kiosk.services.waiting import listed, round_paper
from kiosk.services.work import writing
from tests.services.calendar.conftest import Shop
from tests.services.cases.conftest import Hamlet
from tests.services.rule_changes import road

SERVICES = Path(kiosk.__file__).parent / "services"
NAMES = frozenset(
    {
        *("due_on", "reply_until", "open_until", "counts_until", "sign_until", "until", "by"),
        *(
            "deliver_by",
            "collect_by",
            "panel_by",
            "reply_by",
            "last_day",
            "lapses",
            "decided_from",
            "soonest",
        ),
    }
)
"""What a day is called by which something has to be."""
ELSEWHERE = {
    "Standing.by": "stars/progress.py",
    "VisitLine.by": "stars/visits.py",
    "MyHousehold.reply_by": "stars/my_household.py",
    "CardAtDesk.until": "access/card_desk.py",
    "HandOutLine.last_day": "perks/floor.py",
}
"""Days of a round of visits, the desk for cards and what everybody gets, and the module that hands
each out."""
NO_DEADLINE = {
    "OfficeLine.until": "as its last day",
    "OfficeLine.last_day": "the last day of an office; the hall need not be open for it",
    "SumLine.counts_until": "a line ends by itself, whether anybody comes or not",
    "MySign.until": "as OpenedHousehold.sign_until",
    "Fact.until": "the last day of a sign or of an office, said in a letter",
    "Wording.until": "a letter expires by itself; nobody has to do anything by then",
    "OpenedHousehold.sign_until": "a sign expires by itself; nobody has to do anything by then",
}


def _closed_for_three_months(hamlet: Hamlet) -> None:
    with writing(hamlet.village) as work:
        for part in range(6):
            first = hamlet.today + timedelta(days=1 + 15 * part)
            last = first + timedelta(days=14)
            span = Span(what="closed", first=first, last=last, name="大修 / Repairs")
            open_days.write(work, span, hamlet.people["Z"])


@pytest.fixture
def closed(shop: Shop) -> Shop:
    """Everything that waits for somebody by a day, and no open day for three months."""
    hamlet = shop.hamlet
    hamlet.add("PQ")
    hamlet.add("R")
    hamlet.add("S")
    hamlet.serve("PBRS")
    hamlet.hand_in("B", "B", "help", days_ago=3)
    told = hamlet.hand_in("B", "A", "litter", days_ago=1).case_id
    notices.mark_noticed(hamlet.village, hamlet.sign("A"), told, new_touch_id())
    hamlet.hand_in("B", "P", "litter")  # nobody told P yet
    shop.reserve("A", shop.soap)
    erasure.ask(hamlet.village, hamlet.sign("Q"), new_touch_id())
    road.propose(hamlet, road.OTHER_POINTS)
    declined = hamlet.hand_in("R", "R", "help").case_id
    hamlet.decide("Y", declined, approve=False)
    notices.acknowledge(hamlet.village, hamlet.sign("R"), declined, new_touch_id())
    appealed = hamlet.hand_in("S", "S", "help").case_id
    hamlet.decide("Y", appealed, approve=False)
    notices.acknowledge(hamlet.village, hamlet.sign("S"), appealed, new_touch_id())
    assert hamlet.appeal("S", appealed)
    _closed_for_three_months(hamlet)
    return shop


def _case(shop: Shop, letter: str) -> int:
    return own_view.my_cases(shop.hamlet.village, shop.hamlet.sign(letter))[0].case_id


def _seat(shop: Shop) -> str:
    return shop.hamlet.sign(shop.hamlet.seated(_case(shop, "S"))[0])


DEADLINES: dict[str, Callable[[Shop], date | None]] = {
    "NoticeLine.reply_until": lambda shop: (
        notices.notices(shop.hamlet.village, shop.hamlet.sign("A"))[0].reply_until
    ),
    "CaseLine.due_on": lambda shop: next(
        each.due_on
        for each in own_view.my_cases(shop.hamlet.village, shop.hamlet.sign("B"))
        if each.about_me
    ),
    "QueueLine.due_on": lambda shop: (
        decide.queue(shop.hamlet.village, shop.hamlet.officer("Y"))[0].due_on
    ),
    "CaseView.due_on": lambda shop: (
        decide.open_case(shop.hamlet.village, shop.hamlet.officer("Y"), _case(shop, "B")).due_on
    ),
    "PanelLine.due_on": lambda shop: (
        panel_view.my_panels(shop.hamlet.village, _seat(shop))[0].due_on
    ),
    "PanelView.due_on": lambda shop: (
        panel_view.open_panel_case(shop.hamlet.village, _seat(shop), _case(shop, "S")).due_on
    ),
    "HandOverLine.deliver_by": lambda shop: (
        hand_overs.waiting(shop.hamlet.village, shop.hamlet.sign("Z", "clerk"))[0].deliver_by
    ),
    "NoticeSlipLine.deliver_by": lambda shop: (
        paper_notices.waiting(shop.hamlet.village, shop.hamlet.sign("Z", "clerk"))[0].deliver_by
    ),
    "CaseReceipt.due_on": lambda shop: shop.hamlet.hand_in("A", "A", "docks").due_on,
    "AppealPage.open_until": lambda shop: (
        appeal.appeal_page(shop.hamlet.village, shop.hamlet.sign("R"), _case(shop, "R")).open_until
    ),
    "AppealPage.panel_by": lambda shop: (
        appeal.appeal_page(shop.hamlet.village, shop.hamlet.sign("S"), _case(shop, "S")).panel_by
    ),
    "Wish.last_day": lambda shop: (
        erasure.ask(shop.hamlet.village, shop.hamlet.sign("Q"), new_touch_id()).last_day
    ),
    "Reserved.collect_by": lambda shop: shop.reserve("A", shop.soap).collect_by,
    "VoucherLine.collect_by": lambda shop: (
        redemptions.my_vouchers(shop.hamlet.village, shop.hamlet.sign("A"))[0].collect_by
    ),
    "VoucherView.collect_by": lambda shop: (
        redemptions.look(
            shop.hamlet.village,
            shop.clerk,
            redemptions.my_vouchers(shop.hamlet.village, shop.hamlet.sign("A"))[0].reference,
        ).collect_by
    ),
    "Days.decided_from": lambda shop: showing.shown(shop.hamlet.village)[0].days.decided_from,
    "Days.lapses": lambda shop: showing.shown(shop.hamlet.village)[0].days.lapses,
    "Item.by": lambda shop: listed.items(shop.hamlet.village, shop.hamlet.officer("Y"))[0].by,
    "Waiting.soonest": lambda shop: (
        listed.waiting(shop.hamlet.village, shop.hamlet.officer("Y"))["decide_case"].soonest
    ),
}


@pytest.mark.long
def test_every_day_that_a_service_hands_out_knows_that_the_hall_is_closed(closed: Shop) -> None:
    told = {name: ask(closed) for name, ask in DEADLINES.items()}
    assert [name for name, day in told.items() if not isinstance(day, DayAtTheHall)] == []


@pytest.mark.long
def test_every_slip_with_a_day_by_which_something_has_to_be_says_it(closed: Shop) -> None:
    hamlet, village = closed.hamlet, closed.hamlet.village
    while print_next(village):
        pass
    before = len(hamlet.jobs())
    hamlet.hand_in("A", "A", "docks", days_ago=2)
    closed.reserve("A", closed.soap)
    clerk = hamlet.sign("Z", "clerk")
    paper = paper_notices.waiting(village, clerk)[0]
    paper_notices.print_notice(village, clerk, paper.case_id, new_touch_id())
    invitation = next(e for e in hand_overs.waiting(village, clerk) if e.what == "invitation")
    hand_overs.print_paper(
        village, clerk, invitation.case_id, invitation.resident_id, new_touch_id()
    )
    round_paper.print_round(village, hamlet.officer("Y"), new_touch_id())
    made = hamlet.jobs()[before:]
    unsaid = [each.payload for each in made if "大修，村部不开门" not in str(each.payload)]
    assert unsaid == []
    assert len(made) == 5


def test_a_new_deadline_is_entered_above() -> None:
    """A field that is a day, and called like one by which something has to be."""
    found = set(_fields())
    assert found - DEADLINES.keys() - NO_DEADLINE.keys() - ELSEWHERE.keys() == set()
    assert NO_DEADLINE.keys() | ELSEWHERE.keys() <= found
    for module in ELSEWHERE.values():
        assert "open_days(work.session).told" in (SERVICES / module).read_text("utf-8")


def _fields() -> Iterator[str]:
    for file in SERVICES.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                yield from (f"{node.name}.{each}" for each in _days_of(node))


def _days_of(node: ast.ClassDef) -> Iterator[str]:
    for each in node.body:
        if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
            kind, name = ast.unparse(each.annotation), each.target.id
            if kind in ("date", "date | None") and name in NAMES:
                yield name
