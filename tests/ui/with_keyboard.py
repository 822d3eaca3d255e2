"""Every screen with a keyboard, on a low panel.

Qt chooses its keyboard once, when a program starts, so this runs apart from the other tests:
``KIOSK_TEST_KEYBOARD=qtvirtualkeyboard pytest tests/ui/with_keyboard.py``.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.app import Stage
from kiosk.core.clock import SettableClock
from kiosk.services.access import sessions
from kiosk.services.village import Village
from tests.ui.neighbours import CLERK, OFFICER, Neighbours
from tests.ui.touch import items, see, settle, tap, tap_at, until, write
from tests.worlds.kept import grown

PANELS = {"12.1 inches": 1280 / 261, "10.1 inches": 1280 / 217}
LEAST_ROWS = 3
ME = "林春生"


@pytest.fixture
def lane(sqlite_village: Village, clock: SettableClock) -> Neighbours:
    return grown(Neighbours(sqlite_village, clock), neighbourhood)


def neighbourhood(neighbours: Neighbours) -> None:
    neighbours.found()
    neighbours.clock.advance(days=40)
    neighbours.join(ME)
    neighbours.join("欧阳春", number="2")
    for place, name in enumerate(("李秀兰", "黎春山", "李四", "梁军", "林小燕")):
        neighbours.settle(name, "茶厂路", str(place + 20))


def come_in(stage: Stage, lane: Neighbours, who: str, screen: str, **properties: object) -> None:
    card = lane.cards[who]
    official = who in (CLERK, OFFICER)
    signed_in = sessions.sign_in(lane.village, card.number, card.pin, official=official)
    stage.kiosk.begin_session(signed_in)
    stage.kiosk.open(screen, properties)
    settle()


def to_look_up(stage: Stage, _lane: Neighbours) -> str:
    stage.kiosk.open("look_up")
    return "person."


def to_neighbour(stage: Stage, lane: Neighbours) -> str:
    come_in(stage, lane, ME, "reports", kind="good")
    tap(stage.window, "report.whom.neighbour")
    tap(stage.window, "report.search")
    return "report.person."


def to_witnesses(stage: Stage, lane: Neighbours) -> str:
    to_words(stage, lane)
    tap(stage.window, "report.words_done")
    tap(stage.window, "report.search")
    return "report.person."


def to_signs(stage: Stage, lane: Neighbours) -> str:
    come_in(stage, lane, OFFICER, "signs")
    tap(stage.window, "signs.search")
    return "signs.household."


def to_enrolment(stage: Stage, lane: Neighbours) -> str:
    come_in(stage, lane, CLERK, "enrolment")
    tap(stage.window, "enrol.search")
    return "enrol.person."


def to_words(stage: Stage, lane: Neighbours) -> str:
    come_in(stage, lane, ME, "reports", kind="good")
    tap(stage.window, "report.whom.self")
    for name in ("report.rule.0", "report.quick.1", "report.part.afternoon"):
        tap(stage.window, name)
    tap(stage.window, "report.place.docks_south")
    write(stage.window, "report.words", "扫了两段石阶。")
    return "report.words"


def to_reply(stage: Stage, lane: Neighbours) -> str:
    lane.hand_in("欧阳春", ME, "littering_docks", "两袋菜叶。")
    come_in(stage, lane, ME, "notices")
    tap(stage.window, "reply_words")
    return "reply_words"


def to_taking_down(stage: Stage, lane: Neighbours) -> str:
    lane.hand_in("欧阳春", ME, "littering_docks", "两袋菜叶。")
    come_in(stage, lane, CLERK, "notices_desk")
    tap(stage.window, "notice.print.0")
    tap(stage.window, "notice.handed.0")
    tap(stage.window, "dialog.yes")
    tap(stage.window, "told.reply.0")
    tap(stage.window, "desk.words")
    return "desk.words"


SEARCHES = (to_look_up, to_neighbour, to_witnesses, to_signs, to_enrolment)
FIELDS = (to_words, to_reply, to_taking_down)
Way = Callable[[Stage, Neighbours], str]


def keyboard(stage: Stage) -> QQuickItem | None:
    return next((item for item in items(stage.window) if _is(item, "Keyboard_QMLTYPE")), None)


def _is(item: QQuickItem, kind: str) -> bool:
    return str(item.metaObject().className()).startswith(kind)


def box(item: QQuickItem) -> QRectF:
    return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))


def keyboard_top(stage: Stage) -> float:
    """Where the keyboard begins, once it stands still."""
    until(lambda: keyboard(stage) and QTest.qWait(100) is None, "the keyboard")
    up = until(lambda: keyboard(stage), "the keyboard")
    until(lambda: box(up).bottom() <= stage.window.height() + 1, "the keyboard to be up")
    return float(box(up).top())


def hit(stage: Stage, letter: str) -> None:
    """Tap a key of the keyboard."""
    key = until(lambda: key_of(stage, letter), f"the key {letter}")
    tap_at(stage.window, key.mapToScene(QPointF(key.width() / 2, key.height() / 2)).toPoint())


def key_of(stage: Stage, letter: str) -> QQuickItem | None:
    keys = (item for item in items(stage.window) if "Key" in item.metaObject().className())
    on_it = ((item, item.property("text"), item.property("displayText")) for item in keys)
    return next((item for item, *words in on_it if letter in words), None)


def rows(stage: Stage, begins: str) -> list[QRectF]:
    found = [each for each in items(stage.window) if each.objectName().startswith(begins)]
    return [box(each) for each in found if each.objectName()[len(begins) :].isdigit()]


def field(stage: Stage) -> QQuickItem | None:
    names = ("search", "report.search", "signs.search", "enrol.search")
    return next((item for name in names if (item := see(stage.window, name))), None)


def way_back_is_reachable(stage: Stage, top: float) -> None:
    back = see(stage.window, "back")
    assert back is not None
    assert 0 <= box(back).top() < box(back).bottom() <= top


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("way", SEARCHES)
def test_three_rows_stay_in_sight_and_what_was_spelled_stays_letters(
    open_stage: Callable[..., Stage], lane: Neighbours, way: Way, panel: str
) -> None:
    stage = open_stage(size=(1280, 800), mm=PANELS[panel])
    begins = way(stage, lane)
    top = keyboard_top(stage)
    if way is to_signs:  # a house is mostly looked for by its number
        assert key_of(stage, "1")
        hit(stage, "ABC")
    for letter in "li":
        hit(stage, letter)
    until(lambda: len(rows(stage, begins)) >= LEAST_ROWS, "the people")
    settle()
    seen = [each for each in rows(stage, begins) if each.top() >= 0 and each.bottom() <= top]
    assert len(seen) >= LEAST_ROWS
    assert all(not one.intersects(other) for one in seen for other in seen if one is not other)
    way_back_is_reachable(stage, top)

    tap_at(stage.window, seen[1].center().toPoint())
    until(lambda: not box_is_up(stage), "the keyboard to close")
    left = field(stage)
    assert left is None or left.property("typed") in ("li", "")
    assert see(stage.window, "nobody") is None


def box_is_up(stage: Stage) -> bool:
    up = keyboard(stage)
    return up is not None and box(up).top() < stage.window.height() - 1


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("way", FIELDS)
def test_the_field_and_the_way_back_stay_in_sight(
    open_stage: Callable[..., Stage], lane: Neighbours, way: Way, panel: str
) -> None:
    stage = open_stage(size=(1280, 800), mm=PANELS[panel])
    name = way(stage, lane)
    top = keyboard_top(stage)
    settle()
    written = see(stage.window, name)
    assert written is not None
    assert 0 <= box(written).top() < top
    way_back_is_reachable(stage, top)


def test_after_a_choice_no_guesses_at_a_next_word_are_offered(
    open_stage: Callable[..., Stage], lane: Neighbours
) -> None:
    stage = open_stage(size=(1280, 800), mm=PANELS["12.1 inches"])
    stage.kiosk.open("look_up")
    keyboard_top(stage)
    for letter in "li":
        hit(stage, letter)
    first = until(lambda: candidates(stage), "the candidates")[0]
    tap_at(stage.window, box(first).center().toPoint())
    searched = field(stage)
    assert searched is not None
    until(lambda: searched.property("text") != "", "the character")
    for _ in range(20):
        settle()

    assert candidates(stage) == []


def candidates(stage: Stage) -> list[QQuickItem]:
    """The characters and words that the keyboard offers."""
    return [item for item in items(stage.window) if _is(item, "SelectionListItem_QMLTYPE")]
