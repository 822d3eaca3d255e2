"""Signing in: tries are counted on disk, and an unknown card tells nothing."""

from __future__ import annotations

import re
from collections.abc import Callable

import argon2.low_level
import pytest

from kiosk.core.card_token import new_card_token
from kiosk.core.clock import SettableClock
from kiosk.core.errors import ExpectedError
from kiosk.models.access import Card, UnknownCardAttempts
from kiosk.services.access import cards, grants, pins, sessions
from kiosk.services.access.cards import IssuedCard
from kiosk.services.upkeep.opening import open_village
from kiosk.services.village import Village
from tests.services.conftest import Street

Officials = tuple[IssuedCard, IssuedCard]
WrongPin = Callable[[IssuedCard], str]


def attempt(village: Village, card: str, pin: str) -> str:
    """What a try is answered with: a code, or a welcome."""
    try:
        sessions.sign_in(village, card, pin)
    except ExpectedError as refused:
        return " ".join([refused.code, *map(str, refused.values)])
    return "welcome"


def failures(village: Village, card: IssuedCard) -> int:
    with village.read() as session:
        return session.query(Card).filter_by(number=card.number).one().failures


def unknown_number() -> str:
    return cards.new_card_number()


def test_a_scanned_card_and_its_pin_open_a_session_without_offices(
    village: Village, officials: Officials
) -> None:
    officer = officials[0]
    person = sessions.sign_in(village, officer.token_text, officer.pin)
    assert (person.resident_id, person.name, person.roles) == (
        officer.resident_id, "林春生", frozenset(),
    )  # fmt: skip


def test_the_printed_number_serves_as_well_however_it_is_typed(
    village: Village, officials: Officials
) -> None:
    card = officials[0]
    for typed in (card.number, card.number.replace("-", ""), f" {card.number.replace('-', ' ')} "):
        assert attempt(village, typed, card.pin) == "welcome"


def test_an_official_sign_in_carries_the_offices_held(
    village: Village, officials: Officials
) -> None:
    officer = sessions.sign_in(village, officials[0].token_text, officials[0].pin, official=True)
    assert officer.roles == {"officer"}


def test_somebody_without_an_office_cannot_sign_in_as_an_official(
    village: Village, officials: Officials, street: Street
) -> None:
    clerk = sessions.sign_in(village, officials[1].token_text, officials[1].pin, official=True)
    card = grants.issue_card(village, clerk.id, street.house().people[0])
    with pytest.raises(ExpectedError) as refused:
        sessions.sign_in(village, card.token_text, card.pin, official=True)
    assert refused.value.code == "no_office"
    assert failures(village, card) == 0


def test_a_wrong_pin_is_refused_and_counted_and_the_right_one_clears_the_count(
    village: Village, officials: Officials, wrong_pin: WrongPin
) -> None:
    card = officials[0]
    assert attempt(village, card.token_text, wrong_pin(card)) == "sign_in_refused"
    assert failures(village, card) == 1
    assert attempt(village, card.token_text, card.pin) == "welcome"
    assert failures(village, card) == 0


def test_the_try_is_on_disk_before_the_pin_is_looked_at(
    village: Village, officials: Officials, monkeypatch: pytest.MonkeyPatch
) -> None:
    def power_cut(*_: object) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(argon2.low_level, "verify_secret", power_cut)
    with pytest.raises(KeyboardInterrupt):
        sessions.sign_in(village, officials[0].token_text, officials[0].pin)
    assert failures(village, officials[0]) == 1


def test_after_five_failures_even_the_right_pin_has_to_wait(
    village: Village, officials: Officials, clock: SettableClock, wrong_pin: WrongPin
) -> None:
    card = officials[0]
    answers = [attempt(village, card.token_text, wrong_pin(card)) for _ in range(5)]
    assert answers == ["sign_in_refused"] * 4 + ["sign_in_wait 15"]
    assert attempt(village, card.token_text, card.pin) == "sign_in_wait 15"
    clock.advance(seconds=14)
    assert attempt(village, card.token_text, card.pin) == "sign_in_wait 1"
    clock.advance(seconds=1)
    assert attempt(village, card.token_text, card.pin) == "welcome"


def test_fifteen_failures_stop_the_card_for_good(
    village: Village, officials: Officials, clock: SettableClock, wrong_pin: WrongPin
) -> None:
    card = officials[0]
    answers = []
    for _ in range(15):
        answers.append(attempt(village, card.number, wrong_pin(card)))
        clock.advance(hours=5)
    waits = [f"sign_in_wait {15 * 2**doublings}" for doublings in range(10)]
    assert answers == ["sign_in_refused"] * 4 + waits + ["card_blocked"]
    clock.advance(days=400)
    assert attempt(village, card.token_text, card.pin) == "card_blocked"


def test_a_restart_forgives_nothing(
    sqlite_village: Village, clock: SettableClock, wrong_pin: WrongPin
) -> None:
    people = Street(sqlite_village).house().people[0]
    (card,) = grants.founding(sqlite_village, {people: frozenset({"officer", "clerk"})})
    for _ in range(5):
        attempt(sqlite_village, card.token_text, wrong_pin(card))
    sqlite_village.database.close()
    with open_village(sqlite_village.directory, clock).closing() as again:
        assert attempt(again, card.token_text, card.pin) == "sign_in_wait 15"


def test_setting_the_clock_back_does_not_stretch_a_wait(
    village: Village, officials: Officials, clock: SettableClock, wrong_pin: WrongPin
) -> None:
    card = officials[0]
    for _ in range(5):
        attempt(village, card.token_text, wrong_pin(card))
    clock.advance(days=-30)
    assert attempt(village, card.token_text, card.pin) == "sign_in_wait 15"
    clock.advance(seconds=15)
    assert attempt(village, card.token_text, card.pin) == "welcome"


@pytest.mark.parametrize("draw_unknown", [new_card_token, unknown_number])
def test_an_unknown_card_gets_the_same_answers_and_waits_as_a_wrong_pin(
    village: Village,
    officials: Officials,
    clock: SettableClock,
    wrong_pin: WrongPin,
    draw_unknown: Callable[[], str],
) -> None:
    known, unknown = officials[0], draw_unknown()
    seen = []
    for step in range(20):
        seen.append(
            (attempt(village, known.token_text, wrong_pin(known)),
             attempt(village, unknown, wrong_pin(known)))
        )  # fmt: skip
        clock.advance(seconds=10 if step < 8 else 20_000)
    assert [pair[0] for pair in seen] == [pair[1] for pair in seen]
    assert {pair[0].split()[0] for pair in seen} == {
        "sign_in_refused", "sign_in_wait", "card_blocked",
    }  # fmt: skip


def test_an_unknown_card_costs_exactly_one_hash_of_the_same_cost_as_a_wrong_pin(
    village: Village,
    officials: Officials,
    wrong_pin: WrongPin,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    costs: list[str] = []
    hash_secret, verify_secret = argon2.low_level.hash_secret, argon2.low_level.verify_secret

    def counted_hash(secret: bytes, salt: bytes, **cost: object) -> bytes:
        made = hash_secret(secret, salt, **cost)  # type: ignore[arg-type]
        costs.append(made.decode().rsplit("$", 2)[0])
        return made

    def counted_verify(stored: bytes, secret: bytes, kind: argon2.low_level.Type) -> bool:
        costs.append(stored.decode().rsplit("$", 2)[0])
        return verify_secret(stored, secret, kind)

    monkeypatch.setattr(argon2.low_level, "hash_secret", counted_hash)
    monkeypatch.setattr(argon2.low_level, "verify_secret", counted_verify)
    attempt(village, officials[0].token_text, wrong_pin(officials[0]))
    attempt(village, new_card_token(), wrong_pin(officials[0]))
    attempt(village, unknown_number(), wrong_pin(officials[0]))
    assert len(costs) == 3
    assert set(costs) == {f"$argon2id$v=19$m={pins.SHIPPED.memory_kib},t=1,p=1"}


def test_what_was_shown_of_an_unknown_card_is_not_kept(
    village: Village, officials: Officials
) -> None:
    number = unknown_number()
    attempt(village, number, "482915")
    with village.read() as session:
        (key,) = [row.key for row in session.query(UnknownCardAttempts)]
    assert number.encode() not in key
    assert len(key) == 32


@pytest.mark.parametrize(
    ("shown", "answer"),
    [("", "card_unreadable"), ("VHK1C-" + "Z" * 27, "card_unreadable"),
     ("hello", "card_unreadable"), ("1234567", "card_number_mistyped"),
     ("12345678", "card_number_mistyped"),
     ("https://example.com/" * 9, "card_unreadable"), ("' OR 1=1 --", "card_unreadable")],
)  # fmt: skip
def test_what_is_no_card_is_said_to_be_none_and_counts_nothing(
    village: Village, shown: str, answer: str
) -> None:
    assert attempt(village, shown, "482915") == answer
    with village.read() as session:
        assert session.query(UnknownCardAttempts).count() == 0


def test_a_malformed_pin_is_not_counted(village: Village, officials: Officials) -> None:
    assert attempt(village, officials[0].token_text, "12345") == "pin_form"
    assert failures(village, officials[0]) == 0


def test_a_card_held_up_is_named_by_what_is_printed_on_it_and_a_strange_one_alike(
    village: Village, officials: Officials
) -> None:
    ours = cards.card_by_token(village, officials[0].token_text)
    assert ours.number == f"···{officials[0].number[-4:]}"

    token = new_card_token()
    shown = cards.card_by_token(village, token)
    assert shown.card == token
    assert re.fullmatch(r"···\d{4}", shown.number)
    assert cards.card_by_token(village, token).number == shown.number
    assert token not in repr(shown)


def test_every_single_wrong_digit_of_a_card_number_is_found(sqlite_village: Village) -> None:
    number = cards.new_card_number().replace("-", "")
    for place in range(8):
        for digit in "0123456789":
            typed = number[:place] + digit + number[place + 1 :]
            if typed == number:
                continue
            with pytest.raises(ExpectedError):
                cards.read_card(sqlite_village, typed)
