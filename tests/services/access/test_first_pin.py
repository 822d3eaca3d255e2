"""The first PIN of a card from the desk: no official sees it, and it is drawn and tried once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.core.card_token import new_card_token
from kiosk.core.catalogue import catalogue
from kiosk.core.clock import SettableClock
from kiosk.core.errors import ExpectedError
from kiosk.models.access import Card
from kiosk.services.access import first_pin, grants, pins, sessions
from kiosk.services.access.cards import IssuedCard
from kiosk.services.village import Village
from tests.services.access.entries import ledger_of
from tests.services.conftest import Street

Officials = tuple[IssuedCard, IssuedCard]

GUESS = "924713"


@pytest.fixture
def clerk(village: Village, officials: Officials) -> str:
    return sessions.sign_in(village, officials[1].token_text, officials[1].pin, official=True).id


@pytest.fixture
def holder(street: Street) -> int:
    return street.house().people[0]


@pytest.fixture
def card(village: Village, clerk: str, holder: int) -> IssuedCard:
    """As the desk issues it."""
    return grants.issue_card(village, clerk, holder, with_pin=False)


def refusal(village: Village, card: str, pin: str = GUESS) -> str:
    with pytest.raises(ExpectedError) as refused:
        sessions.sign_in(village, card, pin)
    return refused.value.code


def drawn_again(village: Village, card: str) -> str:
    with pytest.raises(ExpectedError) as refused:
        first_pin.draw(village, card)
    return refused.value.code


def test_the_desk_issues_a_card_that_has_no_pin_and_opens_nothing(
    village: Village, card: IssuedCard
) -> None:
    assert card.pin == ""
    for guess in (GUESS, "000000", "123456"):
        assert refusal(village, card.number, guess) == "sign_in_refused"
    with village.read() as session:
        assert session.query(Card).filter_by(number=card.number).one().failures == 3


@pytest.mark.parametrize("shown", ["token_text", "number"])
def test_its_holder_draws_a_pin_tries_it_and_signs_in(
    village: Village, card: IssuedCard, holder: int, shown: str
) -> None:
    held_up = getattr(card, shown)
    assert first_pin.awaits(village, held_up)
    drawn = first_pin.draw(village, held_up)
    assert first_pin.try_once(village, drawn, drawn.pin)
    assert not first_pin.awaits(village, held_up)
    assert sessions.sign_in(village, held_up, drawn.pin).resident_id == holder


def test_a_pin_that_was_drawn_opens_nothing_before_it_was_tried(
    village: Village, card: IssuedCard
) -> None:
    drawn = first_pin.draw(village, card.token_text)
    assert refusal(village, card.token_text, drawn.pin) == "sign_in_refused"
    assert not first_pin.try_once(village, drawn, GUESS)
    assert refusal(village, card.token_text, drawn.pin) == "sign_in_refused"
    with village.read() as session:
        assert session.query(Card).filter_by(number=card.number).one().pin_hash == pins.NOT_TRIED
    assert first_pin.try_once(village, drawn, drawn.pin), "mistyping costs nothing"


def test_a_pin_is_drawn_once_and_then_only_a_new_card_helps(
    village: Village, clerk: str, card: IssuedCard, holder: int
) -> None:
    drawn = first_pin.draw(village, card.token_text)
    assert first_pin.awaits(village, card.token_text), "its holder is told what became of it"
    assert drawn_again(village, card.token_text) == "pin_was_drawn"
    other = grants.issue_card(village, clerk, holder, with_pin=False)
    with pytest.raises(ExpectedError, match="pin_was_drawn"):
        first_pin.try_once(village, drawn, drawn.pin)
    again = first_pin.draw(village, other.token_text)
    assert first_pin.try_once(village, again, again.pin)
    with pytest.raises(ExpectedError, match="pin_was_drawn"):
        first_pin.try_once(village, again, again.pin)


def test_an_unknown_card_and_one_that_has_its_pin_are_answered_alike(
    village: Village, officials: Officials, card: IssuedCard
) -> None:
    ended = grants.issue_card(
        village,
        sessions.sign_in(village, officials[1].number, officials[1].pin, official=True).id,
        card.resident_id,
        with_pin=False,
    )
    for strange in (new_card_token(), officials[0].token_text, card.number):
        assert not first_pin.awaits(village, strange)
        assert drawn_again(village, strange) == "sign_in_refused"
    assert first_pin.awaits(village, ended.token_text)


def test_a_card_without_a_pin_costs_a_guess_the_same_as_an_unknown_one(
    village: Village, card: IssuedCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    really = pins.PinHasher.hash

    def counted(hasher: pins.PinHasher, pin: str, bearer: pins.Bearer) -> str:
        made.append(pin)
        return really(hasher, pin, bearer)

    monkeypatch.setattr(pins.PinHasher, "hash", counted)
    for shown in (card.token_text, new_card_token()):
        assert refusal(village, shown) == "sign_in_refused"
    assert made == [GUESS, GUESS]


def test_tries_from_before_there_was_a_pin_do_not_stop_its_holder(
    village: Village, card: IssuedCard, holder: int
) -> None:
    with village.write() as session:
        session.query(Card).filter_by(number=card.number).one().failures = pins.BLOCKED_AT
    assert refusal(village, card.number) == "card_blocked"
    drawn = first_pin.draw(village, card.number)
    assert first_pin.try_once(village, drawn, drawn.pin)
    assert sessions.sign_in(village, card.number, drawn.pin).resident_id == holder


def test_the_log_says_that_a_pin_was_drawn_and_nothing_of_it(
    village: Village, card: IssuedCard, holder: int
) -> None:
    drawn = first_pin.draw(village, card.token_text)
    (entry,) = ledger_of(village, "pin_drawn")
    assert set(entry) == {"card", "resident"}
    assert entry["resident"] == holder
    assert drawn.pin not in repr(drawn)
    assert first_pin.try_once(village, drawn, drawn.pin)
    (bound,) = ledger_of(village, "pin_bound")
    assert bound["card"] == entry["card"]


@pytest.mark.parametrize("is_drawn", [False, True])
def test_a_card_whose_pin_nobody_fetches_ends_after_fourteen_days_and_says_so(
    village: Village, clock: SettableClock, card: IssuedCard, holder: int, is_drawn: bool
) -> None:
    if is_drawn:
        first_pin.draw(village, card.token_text)
    clock.moment = first_pin.lapses(clock.moment) - timedelta(seconds=1)
    assert first_pin.end_unfetched(village) == 0
    assert first_pin.awaits(village, card.number)
    clock.advance(seconds=1)
    assert lapsed(village, card), "whether or not the timer came"
    assert first_pin.end_unfetched(village) == 1
    assert first_pin.end_unfetched(village) == 0
    assert lapsed(village, card)
    assert refusal(village, card.number) == "sign_in_refused"
    (entry,) = ledger_of(village, "card_lapsed")
    assert set(entry) == {"card", "resident"}
    assert entry["resident"] == holder


def lapsed(village: Village, card: IssuedCard) -> bool:
    refused = []
    for shown in (card.number, card.token_text):
        with pytest.raises(ExpectedError) as refusal:
            first_pin.awaits(village, shown)
        refused.append(refusal.value.code)
    return refused == ["card_lapsed", "card_lapsed"]


def test_whose_card_lapsed_gets_another_and_the_old_one_says_so(
    village: Village, clock: SettableClock, officials: Officials, card: IssuedCard, holder: int
) -> None:
    clock.advance(days=first_pin.DAYS + 1)
    first_pin.end_unfetched(village)
    clerk = sessions.sign_in(village, officials[1].token_text, officials[1].pin, official=True).id
    other = grants.issue_card(village, clerk, holder, with_pin=False)
    assert not first_pin.awaits(village, card.number)
    with pytest.raises(ExpectedError, match="card_replaced"):
        first_pin.awaits(village, card.token_text)
    assert drawn_again(village, card.token_text) == "sign_in_refused"
    drawn = first_pin.draw(village, other.token_text)
    assert first_pin.try_once(village, drawn, drawn.pin)
    clock.advance(days=first_pin.DAYS + 1)
    assert first_pin.end_unfetched(village) == 0
    assert sessions.sign_in(village, other.token_text, drawn.pin).resident_id == holder


def test_the_words_say_how_long_a_card_waits() -> None:
    for language in ("zh", "en"):
        for key in ("error.card_lapsed", "enrolment.hand_over_detail"):
            assert str(first_pin.DAYS) in catalogue().text(key, language)
