"""The desk for cards by touch: a lost card found again, and one that is not theirs refused."""

from __future__ import annotations

import pytest

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock
from kiosk.core.foreign_card import held_up
from kiosk.services.access import card_desk, sessions
from kiosk.services.village import Village
from tests.ui.enrolment.steps import shown, type_into
from tests.ui.neighbours import CLERK, Neighbours
from tests.ui.touch import see, settle, tap, until, write
from tests.worlds.kept import grown

ME, NEIGHBOUR = "林春生", "李秀兰"


@pytest.fixture
def lane(sqlite_village: Village, clock: SettableClock) -> Neighbours:
    return grown(Neighbours(sqlite_village, clock), neighbourhood)


def neighbourhood(neighbours: Neighbours) -> None:
    neighbours.found()
    neighbours.join(ME)
    neighbours.join(NEIGHBOUR, number="8")


def at_the_desk(stage: MainWindow, lane: Neighbours, who: str = ME) -> None:
    card = lane.cards[CLERK]
    signed_in = sessions.sign_in(lane.village, card.number, card.pin, official=True)
    stage.kiosk.begin_session(signed_in)
    stage.kiosk.open("cards")
    settle()
    write(stage.window, "cards.search.input", who)
    tap(stage.window, "cards.person.0")
    until(lambda: see(stage.window, "cards.state"), "the card")


def enter(stage: MainWindow, lane: Neighbours, who: str) -> None:
    type_into(stage, "number_pad", lane.cards[who].number.replace("-", ""))
    type_into(stage, "pin_pad", lane.cards[who].pin)


def refused(stage: MainWindow, code: str) -> None:
    said = stage.kiosk.text(f"error.{code}")
    until(lambda: see(stage.window, "error") and shown(stage, "error") == said, code)


@pytest.mark.long
def test_a_lost_card_works_again_with_its_holders_pin_and_with_nobody_elses(
    stage: MainWindow, lane: Neighbours
) -> None:
    at_the_desk(stage, lane)
    tap(stage.window, "cards.way.lost")
    tap(stage.window, "dialog.no")
    tap(stage.window, "cards.way.lost")
    tap(stage.window, "dialog.yes")
    tap(stage.window, "cards.way.found")
    enter(stage, lane, NEIGHBOUR)
    refused(stage, "card_of_another")
    tap(stage.window, "other_card")
    enter(stage, lane, ME)
    until(lambda: see(stage.window, "cards.done"), "the end")
    card = lane.cards[ME]
    assert sessions.sign_in(lane.village, card.token_text, card.pin)


@pytest.mark.long
def test_a_card_of_their_own_is_taken_and_one_of_ours_is_refused_with_a_sentence(
    stage: MainWindow, lane: Neighbours
) -> None:
    at_the_desk(stage, lane)
    tap(stage.window, "cards.way.own")
    until(lambda: see(stage.window, "cards.foreign"), "the page")
    stage.kiosk.card_scanned(lane.cards[NEIGHBOUR].token_text)
    refused(stage, "foreign_card_ours")
    stage.kiosk.strange_scan()
    refused(stage, "foreign_card_unfit")
    stage.kiosk.note_scanned("a slip")
    refused(stage, "foreign_card_ours")
    stage.kiosk.strange_scan(held_up("8602-1133-7780-42"))
    until(lambda: see(stage.window, "cards.number"), "its number")
    clerk = lane.at_work(CLERK)
    held = card_desk.holder_of(lane.village, clerk, held_up("8602-1133-7780-42"))
    assert held == lane.people[ME]
    tap(stage.window, "cards.to_person")
    stage.kiosk.strange_scan(held_up("8602-1133-7780-42"))
    until(lambda: see(stage.window, "first_pin.offer"), "the PIN that is offered")
