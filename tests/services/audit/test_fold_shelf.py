"""What is counted on the shelf and what everybody gets, and as the log alone gives it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.core.texts import Texts
from kiosk.models.perks import HandedOut
from kiosk.services.access.offices import Signature
from kiosk.services.audit.tables import verify_village
from kiosk.services.ledger import log
from kiosk.services.my_data import data_copy
from kiosk.services.perks import catalogue, floor, redemptions, stock
from kiosk.services.perks.stock import Found
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.services.cases.conftest import refused
from tests.worlds.kept import grown
from tests.worlds.logged import LoggedHamlet, furnish

__all__ = ["refused"]
Refused = Callable[..., str]
RICE = Texts({"zh": "大米", "en": "Rice"})
WINTER = ("过冬", "Winter")


@pytest.fixture
def hamlet(sqlite_village: Village, clock: SettableClock) -> LoggedHamlet:
    """A hamlet of which the log knows everything; K is the clerk, Y and Z are officers."""
    return grown(LoggedHamlet(sqlite_village, clock), furnish)


def clerk(hamlet: LoggedHamlet) -> str:
    return hamlet.sign("K", "clerk")


def rice(hamlet: LoggedHamlet, number: int = 3) -> int:
    given = (RICE, 1, number, new_touch_id())
    return catalogue.offer(hamlet.village, clerk(hamlet), *given).perk_id


def opened(hamlet: LoggedHamlet, perk: int, days: int = 10, by: str = "Y") -> int:
    last, signed = hamlet.today + timedelta(days=days), hamlet.signature(by)
    seat = (hamlet.village, clerk(hamlet))
    floor.start(*seat, perk, WINTER, last, signed, new_touch_id())
    return floor.open_hand_outs(hamlet.village)[-1].hand_out_id


def give(hamlet: LoggedHamlet, out: int, letter: str, seat: str = "") -> floor.Given:
    given = (out, hamlet.people[letter], new_touch_id())
    return floor.hand_over(hamlet.village, seat or clerk(hamlet), *given)


def count(hamlet: LoggedHamlet, perk: int, *found: Any) -> catalogue.PerkLine:
    return stock.count(hamlet.village, clerk(hamlet), perk, Found(*found), new_touch_id())


def findings(hamlet: LoggedHamlet) -> list[str]:
    return [each.name or each.code for each in verify_village(hamlet.village).findings]


@pytest.mark.long
def test_what_is_counted_puts_the_books_right_with_a_reason_and_two_names(
    hamlet: LoggedHamlet, refused: Refused
) -> None:
    perk, signed = rice(hamlet), hamlet.signature("Y")
    hamlet.approved_deed("A")
    redemptions.reserve(hamlet.village, hamlet.sign("A"), perk, new_touch_id())
    assert count(hamlet, perk, 3).stock == 2, "what is kept for people lies there, too"
    (line,) = stock.lines(hamlet.village, clerk(hamlet))
    assert (line.kept, line.counted_on) == (1, hamlet.today)
    assert refused(count, hamlet, perk, 2) == "count_reason"
    assert refused(count, hamlet, perk, 2, "stolen by 林B") == "count_reason"
    assert refused(count, hamlet, perk, 2, "broken") == "count_second"
    assert refused(count, hamlet, perk, 0, "broken") == "count_kept"
    assert refused(count, hamlet, perk, -1, "broken") == "count_unclear"
    bad = Signature(signed.card, "000000")
    assert refused(count, hamlet, perk, 2, "broken", bad) == "sign_in_refused"
    assert refused(count, hamlet, 99, 2) == "perk_unknown"
    assert count(hamlet, perk, 2, "broken", signed).stock == 1
    assert findings(hamlet) == []


@pytest.mark.long
def test_everybody_gets_it_once_joined_or_not_and_nobody_pays(
    hamlet: LoggedHamlet, refused: Refused, clock: SettableClock
) -> None:
    perk = rice(hamlet)
    assert refused(opened, hamlet, perk, -1) == "hand_out_days"
    assert refused(opened, hamlet, 99) == "perk_unknown"
    out = opened(hamlet, perk)
    hamlet.add("N", enrolled=False)
    assert give(hamlet, out, "N").title == RICE
    assert refused(give, hamlet, out, "N") == "hand_out_had"
    assert refused(give, hamlet, out, "K") == "hand_out_own"
    assert refused(give, hamlet, out, "B", hamlet.officer("Y")) == "not_allowed"
    give(hamlet, out, "B")
    (line,) = floor.open_hand_outs(hamlet.village)
    assert (line.handed, line.stock, line.purpose) == (2, 1, "过冬 / Winter")
    held = data_copy.data_copy(hamlet.village, hamlet.sign("B")).content
    assert len(held["handed_out"]) == 1
    give(hamlet, out, "C")
    assert refused(give, hamlet, out, "D") == "hand_out_gone"
    assert findings(hamlet) == []
    hamlet.leave_for_good("B")
    with hamlet.village.read() as session:
        assert session.query(HandedOut).count() == 2
    assert findings(hamlet) == []
    clock.advance(days=11)
    assert floor.open_hand_outs(hamlet.village) == ()
    assert refused(give, hamlet, out, "D") == "hand_out_over"


@pytest.mark.long
def test_entries_that_no_service_would_write_are_named(hamlet: LoggedHamlet) -> None:
    """One village, one pass of the fold; each entry is refused for its own reason."""
    perk = rice(hamlet)
    out = opened(hamlet, perk)
    give(hamlet, out, "B")
    people = hamlet.people
    names = {"by": people["K"], "second": people["Y"]}
    counted = {"perk": perk, "expected": 2, "found": 1, "reason": "broken", **names}
    handing = {"hand_out": out, "by": people["K"]}
    last = (hamlet.today + timedelta(days=3)).isoformat()
    opening = {"perk": perk, "purpose": "过冬", "last_day": last, **names}
    slipped: list[tuple[str, dict[str, Any], str]] = [
        ("perk_counted", {**counted, "count": 7, "expected": 9}, "not what ought to be there"),
        ("perk_counted", {**counted, "count": 8, "reason": ""}, "without a reason"),
        ("perk_counted", {**counted, "count": 9, "second": None}, "without an officer"),
        ("perk_stock", {"perk": perk, "count": 1, "why": "counted"}, "not what was counted"),
        ("handed_out", {**handing, "resident": people["B"]}, "had theirs"),
        ("handed_out", {**handing, "resident": people["K"]}, "to their own household"),
        (
            "handed_out",
            {**handing, "resident": people["C"], "by": people["D"]},
            "without the office",
        ),
        (
            "hand_out_opened",
            {**opening, "hand_out": 7, "second": None},
            "without an officer",
        ),
        ("hand_out_opened", {**opening, "hand_out": 8, "last_day": "2036-01-01"}, "not such days"),
    ]
    with writing(hamlet.village) as work:
        for kind, content, _ in slipped:
            log.append(work, kind, content)
    found = findings(hamlet)
    for kind, _, why in slipped:
        assert f"{kind}: {why}" in found
