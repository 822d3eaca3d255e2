"""By touch: what a letter says is ticked, another's card does not sign it, and it is ended."""

from __future__ import annotations

import pytest

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock
from kiosk.services.letters import letters
from kiosk.services.printing import spooler
from kiosk.services.village import Village
from tests.ui.beginnings import ME, NEIGHBOUR, agreed_to_letters, neighbourhood
from tests.ui.neighbours import Neighbours
from tests.ui.touch import ill_placed, ill_sized, see, tap, texts, until, write
from tests.ui.walking import Walk
from tests.worlds.kept import grown


@pytest.fixture
def lane(sqlite_village: Village, clock: SettableClock) -> Neighbours:
    return grown(Neighbours(sqlite_village, clock), neighbourhood)


@pytest.fixture
def at_letters(stage: MainWindow, lane: Neighbours) -> MainWindow:
    """My letters, of somebody who agreed to them."""
    agreed_to_letters(Walk(stage, lane))
    stage.kiosk.begin_session(lane.signed_in(ME))
    stage.kiosk.open("letters")
    until(lambda: see(stage.window, "letters.new"), "the list")
    return stage


def steps(stage: MainWindow, *names: str) -> None:
    for name in names:
        until(lambda each=name: see(stage.window, each), name)  # type: ignore[misc]
        tap(stage.window, name)


def says(stage: MainWindow, *words: str) -> None:
    until(lambda: all(any(each in shown for shown in texts(stage.window)) for each in words))


def digits(stage: MainWindow, number: str) -> None:
    for digit in filter(str.isdigit, number):
        steps(stage, f"pad.{digit}")


def signed(stage: MainWindow, lane: Neighbours, whose: str) -> None:
    until(lambda: see(stage.window, "number_pad"), "the number pad")
    digits(stage, lane.cards[whose].number)
    until(lambda: see(stage.window, "pin_pad"), "the PIN pad")
    digits(stage, lane.cards[whose].pin)


def composed(stage: MainWindow, *facts: str, to: str = "") -> None:
    steps(stage, "letters.new", *(f"letters.fact.{each}" for each in facts), "letters.facts_done")
    if to:
        until(lambda: see(stage.window, "letters.whom"), "the line")
        write(stage.window, "letters.whom.input", to)
    steps(stage, "letters.whom_done", "letters.choice.0", "letters.choice.0")
    until(lambda: see(stage.window, "letters.picture"), "the picture")


@pytest.mark.long
def test_it_is_signed_with_ones_own_card_alone_and_says_what_was_ticked(
    at_letters: MainWindow, lane: Neighbours
) -> None:
    stage = at_letters
    composed(stage, "lives", "number", to="村小学")
    steps(stage, "letters.sign")
    signed(stage, lane, NEIGHBOUR)
    says(stage, "这是别人的卡。请用自己的卡签名。")
    assert letters.desk(lane.village, lane.at_home(ME)).letters == ()
    signed(stage, lane, ME)
    until(lambda: see(stage.window, "letters.signed"), "that it is signed")
    (made,) = letters.desk(lane.village, lane.at_home(ME)).letters
    assert made.to == "村小学"
    assert any("分数" in each for each in made.facts)
    while spooler.print_next(lane.village):
        pass
    steps(stage, "letters.to_list")
    says(stage, "致：村小学", made.reference)
    steps(stage, "letters.end.0", "dialog.yes")
    says(stage, "证明信收回了，上面的内容已经删掉。")
    assert see(stage.window, "letters.letter.0") is None


@pytest.mark.long
def test_what_a_letter_cannot_be_for_is_said_and_nothing_is_signed(
    at_letters: MainWindow, lane: Neighbours
) -> None:
    stage = at_letters
    steps(stage, "letters.new", "letters.fact.lives", "letters.facts_done")
    until(lambda: see(stage.window, "letters.whom"), "the line")
    write(stage.window, "letters.whom.input", "党支部")
    steps(stage, "letters.whom_done", "letters.choice.0", "letters.choice.0")
    says(stage, "不能写在信里。请只写给谁。")
    assert see(stage.window, "letters.picture") is None


@pytest.mark.long
def test_without_ticks_there_is_no_way_on(at_letters: MainWindow) -> None:
    stage = at_letters
    steps(stage, "letters.new")
    until(lambda: see(stage.window, "letters.facts_done"), "the facts")
    button = see(stage.window, "letters.facts_done")
    assert button is not None
    assert not button.property("enabled")


@pytest.mark.long
def test_who_has_not_agreed_is_led_to_where_one_agrees(stage: MainWindow, lane: Neighbours) -> None:
    stage.kiosk.begin_session(lane.signed_in(NEIGHBOUR))
    stage.kiosk.open("letters")
    until(lambda: see(stage.window, "letters.not_agreed"), "that they have not agreed")
    assert see(stage.window, "letters.new") is None
    steps(stage, "letters.consents")
    until(lambda: stage.kiosk.property("screenName") == "consents", "the consents")


@pytest.mark.long
def test_nothing_is_cut_off_or_too_small_on_the_way(at_letters: MainWindow) -> None:
    stage = at_letters
    for way in (
        (),
        ("letters.new",),
        ("letters.fact.lives", "letters.facts_done"),
        ("letters.whom_done",),
        ("letters.choice.0",),
        ("letters.choice.1",),
    ):
        steps(stage, *way)
        until(lambda: not ill_placed(stage.window), "that nothing is cut off")
        assert ill_sized(stage.window) == []
