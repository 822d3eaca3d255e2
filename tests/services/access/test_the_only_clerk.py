"""The only clerk's card is blocked: two officers make another clerk, who helps the first."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk.core.clock import SettableClock
from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.services.access import card_desk, grants, offices, pins, sessions
from kiosk.services.access.cards import IssuedCard
from kiosk.services.access.offices import Change, Signature
from kiosk.services.access.roles import Role
from kiosk.services.village import Village
from tests.services.conftest import Street


def signed(card: IssuedCard) -> Signature:
    return Signature(card.token_text, card.pin)


def at_work(village: Village, card: IssuedCard) -> str:
    return sessions.sign_in(village, card.token_text, card.pin, official=True).id


def blocked(village: Village, clock: SettableClock, card: IssuedCard) -> None:
    wrong = "280417" if card.pin != "280417" else "280418"
    for _ in range(pins.BLOCKED_AT):
        with pytest.raises(ExpectedError):
            sessions.sign_in(village, card.token_text, wrong)
        clock.advance(days=1)
    with pytest.raises(ExpectedError, match="card_blocked"):
        sessions.sign_in(village, card.token_text, card.pin, official=True)


@pytest.mark.long
def test_two_officers_make_another_clerk_who_unblocks_the_card_of_the_first(
    sqlite_village: Village, clock: SettableClock
) -> None:
    village, street = sqlite_village, Street(sqlite_village)
    people = [street.house(date(1970, 5, 6)).people[0] for _ in range(4)]
    officers = frozenset[Role]({"officer"})
    offices_of = {people[0]: officers, people[1]: officers, people[2]: frozenset[Role]({"clerk"})}
    first, second, clerk = grants.founding(village, offices_of)
    helper = grants.issue_card(village, at_work(village, clerk), people[3])
    blocked(village, clock, clerk)

    def unblock(session: str) -> card_desk.CardAtDesk:
        return card_desk.unblock(village, session, people[2], signed(clerk), new_touch_id())

    with pytest.raises(ExpectedError, match="not_allowed"):
        unblock(at_work(village, first))
    change = Change(people[3], "clerk", "elected", street.today)
    officer = at_work(village, first)
    offices.appoint(village, officer, change, signed(second), new_touch_id())
    offices.vouch(village, officer, people[3], signed(first), new_touch_id())
    assert unblock(at_work(village, helper)).state == "good"
    assert at_work(village, clerk)
