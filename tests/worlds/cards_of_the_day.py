"""What the desk does with cards on a full day."""

from __future__ import annotations

from kiosk.core.card_token import new_card_token
from kiosk.core.foreign_card import held_up
from kiosk.core.ids import new_touch_id
from kiosk.services.access import card_desk, first_pin, grants, offices
from kiosk.services.enrolment import foreign_card
from tests.services.cases.conftest import Hamlet


def see_to_cards(hamlet: Hamlet) -> None:
    """F's card is lost and found, blocked and unblocked, and gets another PIN; G has a bus card."""
    village, clerk = hamlet.village, hamlet.sign("Z", "clerk")
    issued = grants.issue_card(village, clerk, hamlet.people["F"])
    person, shown = issued.resident_id, offices.Signature(issued.token_text, issued.pin)
    card_desk.open_card(village, clerk, person, new_touch_id())
    card_desk.holder_of(village, clerk, shown.card)
    card_desk.report_lost(village, clerk, person, new_touch_id())
    card_desk.found_again(village, clerk, person, shown, new_touch_id())
    card_desk.block(village, clerk, person, new_touch_id())
    card_desk.unblock(village, clerk, person, shown, new_touch_id())
    card_desk.forget_pin(village, clerk, person, shown.card, new_touch_id())
    drawn = first_pin.draw(village, shown.card)
    first_pin.try_once(village, drawn, drawn.pin)
    own = held_up(f"BUS-{new_card_token()[-9:]}")
    foreign_card.take(village, clerk, hamlet.people["G"], own)
    card_desk.note_blocked(village)
