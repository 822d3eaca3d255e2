"""Cards at the desk: what stops a card at once, and what lets it work again, with its holder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from kiosk.core.catalogue import catalogue
from kiosk.core.clock import SettableClock
from kiosk.core.errors import ExpectedError
from kiosk.core.foreign_card import held_up
from kiosk.core.ids import new_touch_id
from kiosk.models.access import Card
from kiosk.models.base import Base
from kiosk.services.access import card_desk, first_pin, grants, pins, sessions, views
from kiosk.services.access.cards import IssuedCard, new_card_number
from kiosk.services.access.offices import Signature
from kiosk.services.enrolment import foreign_card
from kiosk.services.village import Village
from tests.services.access.entries import ledger_of
from tests.services.conftest import Street

Officials = tuple[IssuedCard, IssuedCard]

BUS = "8602-1133-7780-42"
"""What stands on somebody's bus card."""


@pytest.fixture
def clerk(village: Village, officials: Officials) -> str:
    return sessions.sign_in(village, officials[1].token_text, officials[1].pin, official=True).id


@pytest.fixture
def card(village: Village, clerk: str, street: Street) -> IssuedCard:
    """A card of a resident, with its PIN."""
    return grants.issue_card(village, clerk, street.house().people[0])


def refusal(act: Callable[..., object], *said: object) -> str:
    with pytest.raises(ExpectedError) as refused:
        act(*said)
    return refused.value.code


def lost(village: Village, clerk: str, card: IssuedCard) -> None:
    card_desk.report_lost(village, clerk, card.resident_id, new_touch_id())


def found(village: Village, clerk: str, card: IssuedCard, pin: str) -> card_desk.CardAtDesk:
    signature = Signature(card.token_text, pin)
    return card_desk.found_again(village, clerk, card.resident_id, signature, new_touch_id())


def unblocked(village: Village, clerk: str, card: IssuedCard, pin: str) -> card_desk.CardAtDesk:
    signature = Signature(card.token_text, pin)
    return card_desk.unblock(village, clerk, card.resident_id, signature, new_touch_id())


def looked(village: Village, card: IssuedCard, pin: str) -> set[str]:
    """Why officials looked, as the holder sees it."""
    session = sessions.sign_in(village, card.token_text, pin)
    return {each.purpose for each in views.views_of(village, session.id)}


def block_by_wrong_pins(
    village: Village, clock: SettableClock, card: IssuedCard, wrong: str
) -> None:
    for _ in range(pins.BLOCKED_AT):
        with pytest.raises(ExpectedError):
            sessions.sign_in(village, card.token_text, wrong)
        clock.advance(days=1)


def test_a_lost_card_opens_nothing_and_ends_what_it_has_open(
    village: Village, clerk: str, card: IssuedCard
) -> None:
    session = sessions.sign_in(village, card.token_text, card.pin)
    touch = new_touch_id()
    for _ in range(2):  # a double tap
        at_desk = card_desk.report_lost(village, clerk, card.resident_id, touch)
    assert at_desk.state == "lost"
    assert refusal(sessions.still_here, village, session.id) == "session_over"
    for shown in (card.token_text, card.number):
        assert refusal(sessions.sign_in, village, shown, card.pin) == "sign_in_refused"
    assert refusal(first_pin.awaits, village, card.token_text) == "card_is_lost"
    assert not first_pin.awaits(village, card.number), "a number that is typed tells nothing"
    (entry,) = ledger_of(village, "card_lost")
    assert entry["resident"] == card.resident_id


def test_a_lost_card_that_is_found_works_again_with_its_pin_and_its_holder_sees_who_did_it(
    village: Village,
    clerk: str,
    card: IssuedCard,
    wrong_pin: Callable[[IssuedCard], str],
) -> None:
    lost(village, clerk, card)
    assert refusal(found, village, clerk, card, wrong_pin(card)) == "sign_in_refused"
    assert found(village, clerk, card, card.pin).state == "good"
    assert {"card_lost", "card_found"} <= looked(village, card, card.pin)


@pytest.mark.parametrize(("late", "code"), [(False, ""), (True, "card_lost_too_long")])
def test_a_lost_card_may_be_found_for_fourteen_days(
    village: Village,
    clock: SettableClock,
    officials: Officials,
    card: IssuedCard,
    clerk: str,
    late: bool,
    code: str,
) -> None:
    lost(village, clerk, card)
    last = card_desk.found_until(clock.moment) - timedelta(seconds=1)
    clock.moment = last + timedelta(seconds=late)
    clerk = sessions.sign_in(village, officials[1].token_text, officials[1].pin, official=True).id
    if code:
        assert refusal(found, village, clerk, card, card.pin) == code
    else:
        assert found(village, clerk, card, card.pin).state == "good"


def test_after_another_card_was_issued_the_lost_one_stays_dead_and_says_so(
    village: Village, clerk: str, card: IssuedCard
) -> None:
    lost(village, clerk, card)
    other = grants.issue_card(village, clerk, card.resident_id)
    assert refusal(found, village, clerk, card, card.pin) == "sign_in_refused"
    assert refusal(first_pin.awaits, village, card.token_text) == "card_replaced"
    assert sessions.sign_in(village, other.token_text, other.pin)


def test_fifteen_wrong_pins_block_a_card_in_the_log_too_and_the_right_one_unblocks_it_at_the_desk(
    village: Village,
    clock: SettableClock,
    officials: Officials,
    card: IssuedCard,
    wrong_pin: Callable[[IssuedCard], str],
) -> None:
    block_by_wrong_pins(village, clock, card, wrong_pin(card))
    assert (card_desk.note_blocked(village), card_desk.note_blocked(village)) == (1, 0)
    (entry,) = ledger_of(village, "card_blocked")
    assert (entry["clerk"], entry["why"]) == (None, "tries")
    assert refusal(sessions.sign_in, village, card.token_text, card.pin) == "card_blocked"
    with village.write() as session:  # whoever forgets the tries unblocks nothing
        session.query(Card).filter_by(number=card.number).one().failures = 0
    assert refusal(sessions.sign_in, village, card.token_text, card.pin) == "sign_in_refused"
    clerk = sessions.sign_in(village, officials[1].token_text, officials[1].pin, official=True).id
    assert unblocked(village, clerk, card, card.pin).state == "good"
    assert "card_unblocked" in looked(village, card, card.pin)


def test_a_blocked_card_has_three_tries_at_the_desk_and_then_a_new_pin_helps(
    village: Village,
    clock: SettableClock,
    officials: Officials,
    card: IssuedCard,
    wrong_pin: Callable[[IssuedCard], str],
) -> None:
    block_by_wrong_pins(village, clock, card, wrong_pin(card))
    clerk = sessions.sign_in(village, officials[1].token_text, officials[1].pin, official=True).id
    codes = [refusal(unblocked, village, clerk, card, wrong_pin(card)) for _ in range(3)]
    assert codes == ["sign_in_refused", "sign_in_refused", "card_desk_tries"]
    assert refusal(unblocked, village, clerk, card, card.pin) == "card_desk_tries"
    said = (village, clerk, card.resident_id, card.token_text, new_touch_id())
    assert card_desk.forget_pin(*said).state == "waits"
    drawn = first_pin.draw(village, card.token_text)
    assert first_pin.try_once(village, drawn, drawn.pin)
    assert {"pin_forgotten"} <= looked(village, card, drawn.pin)
    assert refusal(sessions.sign_in, village, card.token_text, card.pin) == "sign_in_refused"


def test_a_forgotten_pin_waits_fourteen_days_from_the_day_at_the_desk(
    village: Village, clock: SettableClock, officials: Officials, card: IssuedCard
) -> None:
    clock.advance(days=100)
    clerk = sessions.sign_in(village, officials[1].token_text, officials[1].pin, official=True).id
    said = (village, clerk, card.resident_id, card.token_text, new_touch_id())
    card_desk.forget_pin(*said)
    assert first_pin.end_unfetched(village) == 0
    assert first_pin.awaits(village, card.token_text)
    clock.advance(days=first_pin.DAYS + 1)
    assert first_pin.end_unfetched(village) == 1


def test_a_card_is_blocked_as_its_holder_wishes_and_typing_its_number_tells_nothing(
    village: Village, clerk: str, card: IssuedCard
) -> None:
    card_desk.block(village, clerk, card.resident_id, new_touch_id())
    assert refusal(sessions.sign_in, village, card.number, card.pin) == "sign_in_refused"
    assert refusal(sessions.sign_in, village, new_card_number(), card.pin) == "sign_in_refused"
    assert refusal(first_pin.awaits, village, card.token_text) == "card_is_blocked"
    assert unblocked(village, clerk, card, card.pin).state == "good"


def test_nobody_does_it_to_their_own_card_or_with_somebody_elses(
    village: Village, officials: Officials, clerk: str, card: IssuedCard
) -> None:
    own = officials[1]
    touch = new_touch_id()
    assert refusal(card_desk.open_card, village, clerk, own.resident_id, touch) == "own_card"
    assert refusal(card_desk.block, village, clerk, own.resident_id, touch) == "own_card"
    said = (village, clerk, card.resident_id, officials[0].token_text, touch)
    assert refusal(card_desk.forget_pin, *said) == "card_of_another"
    lost(village, clerk, card)
    another = Signature(officials[0].token_text, officials[0].pin)
    wrong = (village, clerk, card.resident_id, another, touch)
    assert refusal(card_desk.found_again, *wrong) == "card_of_another"


def test_the_card_of_an_official_with_another_pin_is_vouched_for_anew(
    village: Village, officials: Officials, clerk: str
) -> None:
    officer = officials[0]
    said = (village, clerk, officer.resident_id, officer.token_text, new_touch_id())
    card_desk.forget_pin(*said)
    drawn = first_pin.draw(village, officer.token_text)
    assert first_pin.try_once(village, drawn, drawn.pin)
    with pytest.raises(ExpectedError, match="card_not_vouched"):
        sessions.sign_in(village, officer.token_text, drawn.pin, official=True)


def test_a_card_of_something_else_is_taken_and_nothing_of_it_is_kept(
    village: Village, clerk: str, card: IssuedCard
) -> None:
    number = foreign_card.take(village, clerk, card.resident_id, held_up(BUS))
    assert refusal(sessions.sign_in, village, card.token_text, card.pin) == "sign_in_refused"
    assert first_pin.awaits(village, held_up(BUS))
    drawn = first_pin.draw(village, held_up(BUS))
    assert first_pin.try_once(village, drawn, drawn.pin)
    for shown in (held_up(BUS), number):
        assert sessions.sign_in(village, shown, drawn.pin).resident_id == card.resident_id
    with village.read() as session:
        for table in Base.metadata.sorted_tables:
            assert BUS not in repr(session.execute(table.select()).all())
    assert any(each.get("foreign") for each in ledger_of(village, "card_issued"))


def test_a_card_of_something_else_is_one_persons_and_stays_ended(
    village: Village, clerk: str, card: IssuedCard, officials: Officials
) -> None:
    foreign_card.take(village, clerk, card.resident_id, held_up(BUS))
    said = (village, clerk, officials[0].resident_id, held_up(BUS))
    assert refusal(foreign_card.take, *said) == "foreign_card_taken"
    grants.issue_card(village, clerk, card.resident_id)
    assert refusal(foreign_card.take, *said) == "foreign_card_taken"
    assert refusal(first_pin.awaits, village, held_up(BUS)) == "card_replaced"


@pytest.mark.parametrize(
    ("shown", "code"),
    [
        ("", "foreign_card_unfit"),
        (BUS, "foreign_card_ours"),
        ("VHK1C-00000000000000000000000000Z", "foreign_card_ours"),
        (held_up("ID 110101199003070070"), "foreign_card_identity"),
    ],
)
def test_what_can_be_no_such_card_is_refused(
    village: Village, clerk: str, card: IssuedCard, shown: str, code: str
) -> None:
    assert refusal(foreign_card.take, village, clerk, card.resident_id, shown) == code


def test_the_words_say_how_long_a_lost_card_may_be_found() -> None:
    for language in ("zh", "en"):
        for key in ("error.card_lost_too_long", "cards.sure_lost_detail"):
            assert str(card_desk.FOUND_WITHIN) in catalogue().text(key, language)
        assert str(first_pin.DAYS) in catalogue().text("paper.card_fetch", language)
        for way in ("new", "own", "forgot"):
            assert str(first_pin.DAYS) in catalogue().text(f"cards.done_{way}_detail", language)
