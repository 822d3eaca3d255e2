"""Signing in by touch: card, PIN, what a wrong one says, and where one goes from there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock
from kiosk.core.days import plain
from kiosk.core.ids import new_touch_id
from kiosk.models.cases import Case
from kiosk.models.register import Resident
from kiosk.services.access import pins, sessions
from kiosk.services.access.cards import IssuedCard, check_digit
from kiosk.services.my_data import erasure
from kiosk.services.village import Village
from kiosk.ui.shell.reader import words_of
from tests.ui.looks import whole_at_every_look
from tests.ui.neighbours import OFFICER, Neighbours
from tests.ui.touch import see, settle, tap, texts, until
from tests.worlds.kept import grown


@pytest.fixture
def lane(sqlite_village: Village, clock: SettableClock) -> Neighbours:
    return grown(Neighbours(sqlite_village, clock), neighbourhood)


def neighbourhood(neighbours: Neighbours) -> None:
    neighbours.found()
    neighbours.join("林春生")


def enter(stage: MainWindow, digits: str) -> None:
    for digit in digits.replace("-", ""):
        tap(stage.window, f"pad.{digit}")


def other_pin(card: IssuedCard) -> str:
    return f"{(int(card.pin) + 1) % 10**6:06}"


def error(stage: MainWindow) -> str:
    item = see(stage.window, "error")
    return "" if item is None else str(item.property("text"))


def show_card(stage: MainWindow, number: str) -> None:
    stage.kiosk.open("sign_in")
    until(lambda: see(stage.window, "number_pad"))
    enter(stage, number)
    until(lambda: see(stage.window, "pin_pad"))


def test_a_card_number_and_its_pin_open_one_s_own_record(
    stage: MainWindow, lane: Neighbours
) -> None:
    card = lane.cards["林春生"]
    tap(stage.window, "tile.my_record")
    until(lambda: see(stage.window, "number_pad"))
    enter(stage, card.number)
    until(lambda: see(stage.window, "pin_pad"))
    enter(stage, card.pin)

    until(lambda: stage.kiosk.property("screenName") == "my_record")
    assert stage.kiosk.property("personName") == "林春生"


def test_the_language_of_ones_own_session_is_that_of_ones_papers(
    stage: MainWindow, lane: Neighbours, sqlite_village: Village
) -> None:
    card = lane.cards["林春生"]

    def remembered() -> str:
        with sqlite_village.read() as session:
            who = session.query(Resident).filter(Resident.name == "林春生").one()
            return who.language

    show_card(stage, card.number)
    enter(stage, card.pin)
    until(lambda: remembered() == "zh")
    tap(stage.window, "language")
    until(lambda: remembered() == "en")
    stage.kiosk.endSession()
    assert stage.kiosk.property("language") == "zh"
    settle()
    assert remembered() == "en"  # the start screen's Chinese is nobody's choice


def test_a_scanned_card_leaves_only_the_pin_to_enter(stage: MainWindow, lane: Neighbours) -> None:
    card = lane.cards["林春生"]
    stage.kiosk.card_scanned(card.token_text)
    until(lambda: see(stage.window, "pin_pad"))
    assert not any("林春生" in text for text in texts(stage.window))
    enter(stage, card.pin)

    until(lambda: stage.kiosk.property("signedIn"))


def test_another_card_scanned_meanwhile_takes_the_place_of_the_first(
    stage: MainWindow, lane: Neighbours
) -> None:
    lane.join("李秀兰", number="8")
    stage.kiosk.card_scanned(lane.cards["林春生"].token_text)
    until(lambda: see(stage.window, "pin_pad"))
    stage.kiosk.card_scanned(lane.cards["李秀兰"].token_text)
    ending = lane.cards["李秀兰"].number[-4:]
    until(lambda: any(ending in text for text in texts(stage.window)))
    enter(stage, lane.cards["李秀兰"].pin)

    until(lambda: stage.kiosk.property("personName") == "李秀兰")


def test_a_wrong_pin_says_the_same_as_an_unknown_card(stage: MainWindow, lane: Neighbours) -> None:
    card = lane.cards["林春生"]
    show_card(stage, card.number)
    enter(stage, other_pin(card))
    known = until(lambda: error(stage))
    tap(stage.window, "back")
    enter(stage, "1000000" + check_digit("1000000"))
    until(lambda: see(stage.window, "pin_pad"))
    enter(stage, card.pin)
    unknown = until(lambda: error(stage))

    assert known == unknown == "卡和密码对不上。请再试一次；忘了密码，可以到服务台换个新密码。"
    assert stage.kiosk.property("signedIn") is False


def test_a_wrong_pin_is_wiped_so_that_the_next_one_starts_at_its_first_digit(
    stage: MainWindow, lane: Neighbours
) -> None:
    card = lane.cards["林春生"]
    show_card(stage, card.number)
    enter(stage, other_pin(card))
    until(lambda: error(stage))
    pad = see(stage.window, "pin_pad")
    assert pad is not None
    assert pad.property("typed") == ""
    enter(stage, card.pin)

    until(lambda: stage.kiosk.property("signedIn"))


def test_a_slip_of_the_finger_in_the_card_number_is_told_before_a_pin_is_asked_for(
    stage: MainWindow, lane: Neighbours
) -> None:
    number = lane.cards["林春生"].number
    mistyped = number[:-1] + str((int(number[-1]) + 1) % 10)
    stage.kiosk.open("sign_in")
    enter(stage, mistyped)

    assert "好像有一位不对" in until(lambda: error(stage))
    assert see(stage.window, "pin_pad") is None


def test_deleting_takes_the_last_digit_back(stage: MainWindow, lane: Neighbours) -> None:
    stage.kiosk.open("sign_in")
    enter(stage, "40")
    tap(stage.window, "pad.delete")
    enter(stage, "1")
    pad = see(stage.window, "number_pad")

    assert pad is not None
    assert pad.property("typed") == "41"


def test_after_many_tries_the_seconds_count_down_and_the_keys_rest(
    stage: MainWindow, lane: Neighbours
) -> None:
    card = lane.cards["林春生"]
    show_card(stage, card.number)
    for _ in range(pins.FREE_TRIES):
        stage.kiosk.property("signedIn")
        enter(stage, other_pin(card))
        until(lambda: error(stage))
        QTest.qWait(20)
    assert "请等 15 秒" in until(lambda: error(stage))
    pad = see(stage.window, "pin_pad")
    assert pad is not None
    assert pad.property("enabled") is False

    until(lambda: "请等 14 秒" in error(stage))


def test_a_card_that_was_tried_too_often_is_stopped_and_says_what_to_do(
    stage: MainWindow, lane: Neighbours, clock: SettableClock
) -> None:
    card = lane.cards["林春生"]
    for _ in range(pins.BLOCKED_AT):
        clock.advance(days=1)
        with pytest.raises(Exception, match=r"sign_in_refused|sign_in_wait|card_blocked"):
            _try(lane, card)
    show_card(stage, card.number)
    enter(stage, card.pin)

    assert "这张卡先停用了" in until(lambda: error(stage))
    pad = see(stage.window, "pin_pad")
    assert pad is not None
    assert pad.property("enabled") is False


def _try(lane: Neighbours, card: IssuedCard) -> None:
    from kiosk.services.access import sessions

    sessions.sign_in(lane.village, card.number, other_pin(card))


def test_an_official_goes_on_to_the_desk(stage: MainWindow, lane: Neighbours) -> None:
    card = lane.cards[OFFICER]
    stage.kiosk.open("sign_in", {"official": True})
    enter(stage, card.number)
    until(lambda: see(stage.window, "pin_pad"))
    enter(stage, card.pin)

    until(lambda: stage.kiosk.property("screenName") == "staff")
    assert stage.kiosk.property("official") is True


def test_a_resident_s_card_opens_no_desk(stage: MainWindow, lane: Neighbours) -> None:
    card = lane.cards["林春生"]
    stage.kiosk.open("sign_in", {"official": True})
    enter(stage, card.number)
    until(lambda: see(stage.window, "pin_pad"))
    enter(stage, card.pin)

    assert "没有登记职务" in until(lambda: error(stage))
    assert stage.kiosk.property("signedIn") is False


def test_what_waits_for_the_person_comes_before_where_they_were_going(
    stage: MainWindow, lane: Neighbours
) -> None:
    lane.join("李秀兰", number="8")
    lane.hand_in("李秀兰", "林春生", "help_neighbour", "帮我收稻谷。")
    card = lane.cards["林春生"]
    stage.kiosk.open("sign_in", {"then": "rules"})
    enter(stage, card.number)
    until(lambda: see(stage.window, "pin_pad"))
    enter(stage, card.pin)

    until(lambda: stage.kiosk.property("screenName") == "notices")


def sign_in_with(stage: MainWindow, card: IssuedCard, **opened_with: object) -> None:
    stage.kiosk.open("sign_in", opened_with)
    enter(stage, card.number)
    until(lambda: see(stage.window, "pin_pad"))
    enter(stage, card.pin)


def open_asked(stage: MainWindow) -> None:
    """From one's own book to the question whether it was oneself."""
    if stage.kiosk.property("screenName") != "my_record":
        until(lambda: stage.kiosk.property("screenName") == "notices")
        until(lambda: see(stage.window, "later") and not see(stage.window, "busy"))
        tap(stage.window, "later")
    tap(stage.window, "open_asked")
    until(lambda: see(stage.window, "asked.report"))


@pytest.fixture
def borrowed(lane: Neighbours, clock: SettableClock) -> Neighbours:
    """With 林春生's card a concern about a neighbour was handed in; another praises 林春生."""
    lane.join("李秀兰", number="8")
    lane.hand_in("林春生", "李秀兰", "littering_docks", "两袋菜叶。")
    lane.hand_in("李秀兰", "林春生", "help_neighbour", "帮我收稻谷。")
    clock.advance(hours=1)
    return lane


def states(lane: Neighbours) -> list[str]:
    with lane.village.read() as session:
        return [case.state for case in session.query(Case).order_by(Case.id)]


def test_whether_it_was_you_is_asked_beside_ones_own_book_and_never_before_it(
    stage: MainWindow, borrowed: Neighbours
) -> None:
    sign_in_with(stage, borrowed.cards["林春生"], then="rules", thenWith={"title": "x"})
    until(lambda: see(stage.window, "notice.accept"))
    until(lambda: states(borrowed) == ["submitted", "noticed"] and not see(stage.window, "busy"))
    tap(stage.window, "later")
    until(lambda: stage.kiosk.property("screenName") == "rules")
    assert stage.kiosk.property("screenProperties") == {"title": "x"}

    stage.kiosk.open("my_record")
    open_asked(stage)
    said = "".join(texts(stage.window))
    assert "李秀兰" in said
    assert "帮我收稻谷" not in said
    tap(stage.window, "asked.mine")
    until(lambda: stage.kiosk.property("screenName") == "my_record")
    until(lambda: see(stage.window, "number_card"))
    assert see(stage.window, "open_asked") is None
    assert states(borrowed) == ["submitted", "noticed"]


def test_who_hands_something_in_and_comes_back_at_once_is_not_asked(
    stage: MainWindow, lane: Neighbours
) -> None:
    lane.join("李秀兰", number="8")
    lane.hand_in("林春生", "李秀兰", "littering_docks", "两袋菜叶。")
    sign_in_with(stage, lane.cards["林春生"])
    until(lambda: see(stage.window, "number_card"))
    assert see(stage.window, "open_asked") is None


def test_a_no_takes_the_report_back_and_says_what_to_do_about_the_card(
    stage: MainWindow, borrowed: Neighbours
) -> None:
    sign_in_with(stage, borrowed.cards["林春生"])
    open_asked(stage)
    tap(stage.window, "asked.not_mine")
    tap(stage.window, "dialog.no")
    assert states(borrowed)[0] == "submitted"
    tap(stage.window, "asked.not_mine")
    tap(stage.window, "dialog.yes")
    until(lambda: see(stage.window, "asked.disowned"))
    assert states(borrowed)[0] == "withdrawn"
    assert "换一张新卡" in "".join(texts(stage.window))
    tap(stage.window, "asked.go_on")
    until(lambda: stage.kiosk.property("screenName") == "my_record")


def test_who_does_not_answer_is_back_at_their_book_and_can_answer_later(
    stage: MainWindow, borrowed: Neighbours
) -> None:
    sign_in_with(stage, borrowed.cards["林春生"])
    open_asked(stage)
    tap(stage.window, "back")
    until(lambda: stage.kiosk.property("screenName") == "my_record")
    open_asked(stage)


def test_who_asked_to_leave_is_told_each_time_with_whose_card_and_stays_with_one_tap(
    stage: MainWindow, lane: Neighbours
) -> None:
    card = lane.cards["林春生"]
    mine = sessions.sign_in(lane.village, card.number, card.pin).id
    asked = erasure.ask(lane.village, mine, new_touch_id())
    for _ in range(2):
        sign_in_with(stage, card)
        until(lambda: see(stage.window, "leaving.wish"), "the wish")
        said = plain("".join(texts(stage.window)))
        assert "过了2026年11月30日" in said
        assert asked.issued_by
        assert asked.issued_by in said
        tap(stage.window, "leaving.go_on")
        until(lambda: stage.kiosk.property("screenName") == "my_record")
        stage.kiosk.endSession()
        until(lambda: not stage.kiosk.property("signedIn"))
    sign_in_with(stage, card, then="rules")
    until(lambda: see(stage.window, "leaving.wish"), "the wish")
    tap(stage.window, "leaving.stay")
    until(lambda: see(stage.window, "leaving.stays"), "that nothing is erased")
    assert erasure.wish(lane.village, lane.at_home("林春生")) is None
    tap(stage.window, "leaving.go_on")
    until(lambda: stage.kiosk.property("screenName") == "rules")


def test_an_official_is_asked_about_their_own_card_too(
    stage: MainWindow, lane: Neighbours, clock: SettableClock
) -> None:
    lane.hand_in(OFFICER, "林春生", "help_neighbour")
    clock.advance(hours=1)
    sign_in_with(stage, lane.cards[OFFICER], official=True)
    until(lambda: see(stage.window, "asked.report"))
    tap(stage.window, "asked.mine")
    until(lambda: stage.kiosk.property("screenName") == "staff")


def test_the_question_is_read_aloud_in_whole_sentences(
    stage: MainWindow, borrowed: Neighbours
) -> None:
    sign_in_with(stage, borrowed.cards["林春生"])
    open_asked(stage)
    report = until(lambda: see(stage.window, "asked.report"))
    read = words_of(report)
    assert "李秀兰" in read
    assert stage.kiosk.text("sign_in.asked_why") in read


@pytest.mark.parametrize(
    ("size", "mm"),
    [((1920, 1080), 1920 / 476), ((1080, 1920), 1080 / 268), ((1280, 800), 1280 / 261)],
)
def test_the_question_and_its_answer_are_whole_at_every_text_size(
    open_stage: Callable[..., MainWindow], borrowed: Neighbours, size: tuple[int, int], mm: float
) -> None:
    stage = open_stage(size=size, mm=mm)
    sign_in_with(stage, borrowed.cards["林春生"])
    open_asked(stage)
    whole_at_every_look(stage)
    tap(stage.window, "asked.not_mine")
    tap(stage.window, "dialog.yes")
    until(lambda: see(stage.window, "asked.disowned"))
    whole_at_every_look(stage)


def test_the_screen_that_asked_for_a_sign_in_gets_what_it_was_opened_with(
    stage: MainWindow, lane: Neighbours
) -> None:
    card = lane.cards["林春生"]
    stage.kiosk.open("sign_in", {"then": "rules", "thenWith": {"title": "x"}})
    enter(stage, card.number)
    until(lambda: see(stage.window, "pin_pad"))
    enter(stage, card.pin)
    until(lambda: stage.kiosk.property("screenName") == "rules")

    assert stage.kiosk.property("screenProperties") == {"title": "x"}
    tap(stage.window, "back")
    tap(stage.window, "ending.yes")
    assert stage.kiosk.property("atHome") is True


def test_the_card_to_try_in_a_demo_village_needs_one_tap(
    stage: MainWindow, lane: Neighbours
) -> None:
    stage.kiosk.demo_card = lane.cards["林春生"]
    stage.kiosk.open("sign_in")
    tap(stage.window, "use_demo_card")
    until(lambda: see(stage.window, "pin_pad"))
    enter(stage, lane.cards["林春生"].pin)

    until(lambda: stage.kiosk.property("personName") == "林春生")


def test_a_real_village_shows_no_card_to_try(stage: MainWindow, lane: Neighbours) -> None:
    stage.kiosk.open("sign_in")
    until(lambda: see(stage.window, "number_pad"))

    assert see(stage.window, "use_demo_card") is None
