"""The first PIN by touch: offered for a card from the desk, covered, tried once, drawn once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock
from kiosk.services.access import grants, sessions
from kiosk.services.access.cards import IssuedCard
from kiosk.services.access.first_pin import DAYS
from kiosk.services.village import Village
from kiosk.ui.shell.reader import words_of
from tests.ui.enrolment.steps import first_pin_of, hold_up, pin_under, shown, try_it, type_into
from tests.ui.looks import whole_at_every_look
from tests.ui.neighbours import CLERK, Neighbours
from tests.ui.touch import see, settle, tap, texts, until
from tests.worlds.kept import grown

ME = "林春生"


@pytest.fixture
def lane(sqlite_village: Village, clock: SettableClock) -> Neighbours:
    return grown(Neighbours(sqlite_village, clock), neighbourhood)


def neighbourhood(neighbours: Neighbours) -> None:
    neighbours.found()
    neighbours.settle(ME)


@pytest.fixture
def card(lane: Neighbours) -> IssuedCard:
    """As the desk issues it."""
    return grants.issue_card(lane.village, lane.at_work(CLERK), lane.people[ME], with_pin=False)


def wrong(pin: str) -> str:
    return "010203" if pin != "010203" else "010204"


def at_start(stage: MainWindow) -> None:
    until(lambda: stage.kiosk.property("screenName") == "home", "the start")


def test_a_card_held_up_brings_its_pin_and_then_opens_the_record(
    stage: MainWindow, lane: Neighbours, card: IssuedCard
) -> None:
    stage.kiosk.card_scanned(card.token_text)
    until(lambda: see(stage.window, "first_pin.offer"), "the PIN that is offered")
    tap(stage.window, "first_pin.show")
    pin = pin_under(stage)
    stage.kiosk.card_scanned(card.token_text)
    settle()
    assert pin_under(stage) == pin, "a card still before the scanner takes the PIN from nobody"
    try_it(stage, pin)
    tap(stage.window, "first_pin.to_start")
    at_start(stage)
    assert sessions.sign_in(lane.village, card.token_text, pin).resident_id == lane.people[ME]
    assert not any(pin in text.replace(" ", "") for text in texts(stage.window))


def test_who_mistypes_the_new_pin_looks_again(stage: MainWindow, card: IssuedCard) -> None:
    hold_up(stage, card.number)
    tap(stage.window, "first_pin.show")
    pin = pin_under(stage)
    try_it(stage, wrong(pin))
    said = stage.kiosk.text("first_pin.try_again_detail")
    until(lambda: said in texts(stage.window), "what was mistyped")
    tap(stage.window, "first_pin.look_again")
    assert pin_under(stage) == pin
    try_it(stage, pin)
    until(lambda: see(stage.window, "first_pin.done"), "the end")


def test_a_pin_put_away_untried_is_not_given_again_and_the_way_out_is_said(
    stage: MainWindow, card: IssuedCard
) -> None:
    hold_up(stage, card.number)
    tap(stage.window, "first_pin.show")
    pin_under(stage)
    tap(stage.window, "back")
    tap(stage.window, "dialog.no")
    pin_under(stage)
    tap(stage.window, "back")
    tap(stage.window, "dialog.yes")
    at_start(stage)
    hold_up(stage, card.number)
    tap(stage.window, "first_pin.show")
    assert "服务台" in shown(stage, "error")
    assert see(stage.window, "first_pin.hold") is None


def test_a_card_whose_pin_was_not_fetched_in_time_says_what_to_do(
    stage: MainWindow, card: IssuedCard, clock: SettableClock
) -> None:
    clock.advance(days=DAYS + 1)
    stage.kiosk.card_scanned(card.token_text)
    assert stage.kiosk.text("error.card_lapsed") == shown(stage, "error")
    assert stage.kiosk.property("screenName") == "sign_in"


def test_the_pin_is_not_read_aloud(stage: MainWindow, card: IssuedCard) -> None:
    hold_up(stage, card.number)
    tap(stage.window, "first_pin.show")
    pin = pin_under(stage)
    read = words_of(stage.window.contentItem())
    assert pin not in read
    assert "密码" in read


def test_a_card_that_has_its_pin_is_asked_for_it(stage: MainWindow, card: IssuedCard) -> None:
    first_pin_of(stage, card.number)
    tap(stage.window, "first_pin.to_start")
    at_start(stage)
    stage.kiosk.open("sign_in")
    type_into(stage, "number_pad", card.number.replace("-", ""))
    until(lambda: see(stage.window, "pin_pad"), "the PIN that is asked for")
    settle()
    assert stage.kiosk.property("screenName") == "sign_in"


def test_nobody_is_offered_a_pin_while_somebody_else_is_signed_in(
    stage: MainWindow, lane: Neighbours, card: IssuedCard
) -> None:
    of = lane.cards[CLERK]
    session = sessions.sign_in(lane.village, of.number, of.pin, official=True)
    stage.kiosk.begin_session(session)
    stage.kiosk.open("sign_in", {"official": True, "second": True})
    type_into(stage, "number_pad", card.number.replace("-", ""))
    until(lambda: see(stage.window, "pin_pad"), "the PIN that is asked for")
    settle()
    assert stage.kiosk.property("screenName") == "sign_in"


@pytest.mark.parametrize(
    ("size", "mm"),
    [((1920, 1080), 1920 / 476), ((1080, 1920), 1080 / 268), ((1280, 800), 1280 / 261)],
)
def test_every_step_is_whole_in_both_languages_at_every_text_size(
    open_stage: Callable[..., MainWindow], card: IssuedCard, size: tuple[int, int], mm: float
) -> None:
    stage = open_stage(size=size, mm=mm)
    whole = partial(whole_at_every_look, stage)

    hold_up(stage, card.number)
    whole("offer")
    tap(stage.window, "first_pin.show")
    pin = pin_under(stage)
    whole("secret")
    try_it(stage, wrong(pin))
    whole("try")
    type_into(stage, "first_pin.try_pad", pin)
    until(lambda: see(stage.window, "first_pin.done"))
    whole("done")
