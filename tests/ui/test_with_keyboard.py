"""Every screen with a keyboard, above the real one, on a low panel.

Qt chooses its keyboard once, when a program starts: these have a process of their own (conftest).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QRectF
from PySide6.QtQuick import QQuickItem

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock
from kiosk.services.perks import floor
from kiosk.services.upkeep import founding_notes
from kiosk.services.village import Village
from tests.ui import beginnings
from tests.ui.beginnings import ME, NEIGHBOUR, THIRD
from tests.ui.flows import WHEN_AND_WHERE
from tests.ui.neighbours import CLERK, OFFICER, Neighbours
from tests.ui.touch import items, see, settle, tap, tap_at, until, write
from tests.ui.walking import Choice, Digits, Walk

PANELS = {"12.1 inches": 1280 / 261, "10.1 inches": 1280 / 217}
"""Pixels to a millimetre of panels of 1280x800."""
LEAST_ROWS = 3
SAID = "当天下午去看过，很干净。"
UI = Path(__file__).parents[2] / "kiosk" / "ui"


@dataclass(frozen=True)
class Place:
    """Where something is written, and how one gets there."""

    way: tuple[object, ...]
    field: str
    rows: str = ""
    """How the rows that a search brings are called."""
    on: str = ""
    """The button that leads on."""


def opened(who: str, screen: str, **more: object) -> Callable[[Walk], object]:
    return lambda walk: beginnings.come(walk, who, screen, **more)


def nobody_at(screen: str) -> Callable[[Walk], object]:
    return lambda walk: walk.stage.kiosk.open(screen)


def founding_at(step: str) -> Callable[[Walk], object]:
    """The founding, at one of its steps."""

    def come(walk: Walk) -> None:
        founding_notes.write(walk.village.directory, founding_notes.Notes(step=step))
        walk.stage.kiosk.open("found")

    return come


def founded_but_for_the_sheet(walk: Walk) -> None:
    beginnings.a_founding(walk)
    founding_notes.change(walk.village.directory, lambda notes: replace(notes, done=("cards",)))
    walk.stage.kiosk.open("founded")


def a_backup_here(walk: Walk) -> None:
    if not list(walk.village.directory.backups.glob("*.backup")):
        beginnings.a_backup(walk)


def a_keeper_at(screen: str, **more: object) -> Callable[[Walk], object]:
    def come(walk: Walk) -> None:
        if beginnings.KEEPER not in walk.lane.cards:
            beginnings.a_keeper(walk)
        beginnings.come(walk, beginnings.KEEPER, screen, **more)

    return come


def for_everybody_at(screen: str) -> Callable[[Walk], object]:
    def come(walk: Walk) -> None:
        if not floor.open_hand_outs(walk.village):
            beginnings.for_everybody(walk)
        beginnings.come(walk, CLERK, screen)

    return come


def about_me(screen: str) -> Callable[[Walk], object]:
    """The concern that was upheld and not appealed."""
    return lambda walk: beginnings.come(walk, ME, screen, caseId=walk.concern)


TO_WORDS = (opened(ME, "reports", kind="good"), "report.whom.self", *WHEN_AND_WHERE)


def at_home(who: str) -> Callable[[Walk], object]:
    """The household of whoever is signed in at the register desk's first page."""

    def find(walk: Walk) -> None:
        beginnings.come(walk, who, "register")
        write(walk.stage.window, "register.search.input", ME)
        until(lambda: see(walk.stage.window, "register.household.0"), "the household")
        walk.stage.kiosk.putKeyboardAway()

    return find


AT_HOME = (at_home(CLERK), "register.household.0 register.purpose.0")
REQUEST = (opened(CLERK, "corrections"), "corrections.row.0", "corrections.to_correct")
NEW_RULE = (
    opened(OFFICER, "rule_book"),
    "rule_book.new rule_book.offer.own rule_book.kind.deed rule_book.area.safety",
)
SEARCHES = (
    Place((nobody_at("look_up"),), "search", "person."),
    Place(
        (opened(ME, "reports", kind="good"), "report.whom.neighbour"),
        "report.search",
        "report.person.",
    ),
    Place((*TO_WORDS, "report.words_done"), "report.search", "report.person."),
    Place((opened(ME, "thanks"), "thanks.other"), "thanks.search", "thanks.person."),
    Place((opened(CLERK, "enrolment"),), "enrol.search", "enrol.person."),
    Place((opened(CLERK, "cards"),), "cards.search", "cards.person."),
    Place((opened(OFFICER, "offices"), "offices.appoint"), "offices.search", "offices.person."),
    Place((*AT_HOME, "register.happens.marriage register.from.0"), "whom.search", "whom.person."),
    Place((for_everybody_at("stock"), "stock.give.0"), "stock.search", "stock.person."),
)
HOUSES = (
    Place((opened(CLERK, "signs"),), "signs.search", "signs.household."),
    Place((*REQUEST, "corrections.how.find"), "corrections.search", "corrections.household."),
    Place((opened(CLERK, "register"),), "register.search", "register.household."),
    Place(
        (*AT_HOME, "register.happens.move register.who.0 register.next"),
        "there.search",
        "there.household.",
    ),
)
"""Searches that begin with digits."""
FIELDS = (
    Place((a_keeper_at("guide", task="clock"),), "guide.moment"),
    Place((a_backup_here, nobody_at("restore"), "restore.0"), "restore.key"),
    Place(TO_WORDS, "report.words", on="report.words_done"),
    Place((opened(NEIGHBOUR, "notices"), "reply.own_words"), "reply_words", on="answer"),
    Place(
        (about_me("put_right"), "put_right.apologised"), "put_right.words", on="put_right.hand_in"
    ),
    Place(
        (about_me("appeal"), "appeal.begin", "appeal.ground.0"),
        "appeal.words",
        on="appeal.hand_in",
    ),
    Place(
        (opened(ME, "my_data"), "my_data.correct", "my_data.what.phone"),
        "my_data.words",
        on="my_data.ask",
    ),
    Place(
        (
            lambda walk: walk.lane.enrol(ME, "letter"),
            opened(ME, "letters"),
            "letters.new letters.fact.lives letters.facts_done",
        ),
        "letters.whom",
        on="letters.whom_done",
    ),
    Place((*REQUEST, "corrections.how.plate"), "corrections.plate"),
    Place((*AT_HOME, "register.happens.birth"), "register.name"),
    Place((*NEW_RULE,), "rule.zh", on="rule_book.go_on"),
    Place((*NEW_RULE,), "rule.en", on="rule_book.go_on"),
    Place((opened(CLERK, "hall"), "hall.add.deed"), "hall.zh", on="hall.write"),
    Place((opened(CLERK, "hall"), "hall.add.deed"), "hall.en"),
    Place((opened(CLERK, "stock"), "stock.add stock.picture.tea"), "stock.zh"),
    Place((opened(CLERK, "stock"), "stock.add stock.picture.tea"), "stock.en"),
    Place((*AT_HOME, "register.happens.birth"), "register.born"),
    Place((*AT_HOME, "register.happens.split register.who.0 register.next"), "register.door"),
    Place(
        (opened(OFFICER, "correction"), Digits(beginnings.number_of_the_deed)),
        "panel.sentence",
    ),
    *(
        Place((founding_at(step),), f"found.{name}")
        for step, name in (
            ("name", "name_zh"),
            ("name", "name_en"),
            ("log", "origin"),
            ("terminal", "terminal"),
            ("assembly", "assembly"),
        )
    ),
    *(
        Place((founding_at("places"), "found.add"), f"found.{name}")
        for name in ("place_zh", "place_en")
    ),
    *(
        Place((founding_at("people"), "found.add"), f"found.{name}")
        for name in ("person_name", "person_born", "person_lane", "person_number")
    ),
    # The last: until a founding is over, the start screen leads back to it.
    Place((founded_but_for_the_sheet,), "founded.key"),
)
AT_THE_DESK = (
    Place(
        (
            opened(CLERK, "notices_desk"),
            "notice.print.0 notice.handed.0 dialog.yes told.reply.0 desk.reply.own_words",
        ),
        "desk.words",
        on="desk.hand_in",
    ),
    Place(
        (opened(OFFICER, "desk"), "desk.case.0 case.decline case.reason.0"),
        "case.sentence",
        on="case.confirm",
    ),
    Place(REQUEST, "corrections.value"),
    Place(REQUEST, "corrections.sentence"),
)


class Typing(Walk):
    """Gets to where something is written, and looks at what the keyboard leaves."""

    @property
    def window(self):  # type: ignore[no-untyped-def]
        return self.stage.window

    def get_to(self, place: Place) -> None:
        self.step = place
        for step in place.way:
            if isinstance(step, str):
                for name in step.split():
                    tap(self.window, name)
                    self.quiet()
            elif isinstance(step, Choice):
                tap(self.window, step.name)
            elif isinstance(step, Digits):
                for digit in filter(str.isdigit, step.of(self)):
                    tap(self.window, f"pad.{digit}")
            else:
                step(self)  # type: ignore[operator]
            self.quiet()
        tap(self.window, place.field)

    def leave(self) -> None:
        self.stage.kiosk.putKeyboardAway()
        self.stage.kiosk.wipe()
        self.quiet()
        until(lambda: not self.is_up(), "the keyboard to close")

    # --- The keyboard

    def keyboard(self) -> QQuickItem | None:
        kinds = ((item, str(item.metaObject().className())) for item in items(self.window))
        return next((item for item, kind in kinds if kind.startswith("Keyboard_QMLTYPE")), None)

    def is_up(self) -> bool:
        up = self.keyboard()
        return up is not None and box(up).top() < self.window.height() - 1

    def top(self) -> float:
        """Where the keyboard begins, once all stands still."""
        until(self.is_up, "the keyboard")
        before: list[QRectF] = []
        while before != (now := [box(item) for item in items(self.window)]):
            before = now
            self.window.grabWindow()
            settle()
        up = self.keyboard()
        assert up is not None
        assert box(up).bottom() <= self.window.height() + 1
        return float(box(up).top())

    def key(self, letter: str) -> QQuickItem | None:
        keys = (item for item in items(self.window) if "Key" in item.metaObject().className())
        return next((item for item in keys if item.property("text") == letter), None)

    def hit(self, letter: str) -> None:
        key = until(lambda: self.key(letter), f"the key {letter} for {self.step}")
        tap_at(self.window, box(key).center().toPoint())

    def candidates(self) -> list[QQuickItem]:
        """The characters and words that the keyboard offers."""
        return [
            item
            for item in items(self.window)
            if str(item.metaObject().className()).startswith("SelectionListItem_QMLTYPE")
        ]

    # --- What is in sight above it

    def found(self, begins: str) -> list[QRectF]:
        """What can be tapped of each row."""
        found = [each for each in items(self.window) if each.objectName().startswith(begins)]
        rows = [each for each in found if each.objectName()[len(begins) :].isdigit()]
        return [box(each).adjusted(0, spare(each), 0, -spare(each)) for each in rows]

    def until_found(self, place: Place) -> None:
        until(lambda: len(self.found(place.rows)) >= LEAST_ROWS, f"rows of {place}")

    def look(self, panel: str) -> None:
        """The field and the way back are in sight; of a search also three rows."""
        place, top = self.step, self.top()
        assert isinstance(place, Place)
        for name in (place.field, "back"):
            item = see(self.window, name)
            seen = item is not None and 0 <= box(item).top() < box(item).bottom() <= top
            if not seen and not (name == place.field and item and self.is_long(item, top)):
                self.faults.append(f"{name} is hidden by the keyboard on {panel}")
        if not place.rows:
            return
        found = self.found(place.rows)
        shown = [each for each in found if each.top() >= 0 and each.bottom() <= top]
        if len(shown) < LEAST_ROWS:
            self.faults.append(
                f"{len(shown)} rows for {place.rows} on {panel}: the keyboard is at {top:.0f}, "
                f"they end at {[round(each.bottom()) for each in found]}"
            )
        if any(one.intersects(other) for one in shown for other in shown if one is not other):
            self.faults.append(f"rows under {place.field} lie on each other on {panel}")

    def is_long(self, field: QQuickItem, top: float) -> bool:
        """A field of several lines that shows its beginning is enough."""
        return 0 <= box(field).top() < top - 60

    def go_on(self, place: Place) -> None:
        """Write something and go on: the keyboard goes with the page that it belonged to."""
        if not place.on:
            return
        write(self.window, place.field, SAID)
        tap(self.window, place.on)
        self.quiet()
        if see(self.window, "dialog.yes"):
            tap(self.window, "dialog.yes")
            self.quiet()
        if see(self.window, "error"):
            self.faults.append(f"{place.on} was refused")
        if self.is_up():
            self.faults.append(f"the keyboard stays after {place.on}")

    def look_on_every_panel(self) -> None:
        place = self.step
        assert isinstance(place, Place)
        theme = self.stage.engine.singletonInstance("kiosk.ui.controls", "Theme")
        assert isinstance(theme, QObject)
        for panel, mm in PANELS.items():
            theme.setProperty("mm", mm)
            if not place.rows:  # the keyboard is called anew; a search would lose its letters
                self.stage.kiosk.putKeyboardAway()
                self.quiet()
                tap(self.window, place.field)
            self.quiet()
            self.look(panel)


def spare(row: QQuickItem) -> float:
    """How far a row reaches beyond what can be tapped of it."""
    return float(row.property("spare") or 0)


def box(item: QQuickItem) -> QRectF:
    return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))


@pytest.fixture
def walk(
    open_stage: Callable[..., MainWindow], sqlite_village: Village, clock: SettableClock
) -> Typing:
    """A lane in which several names begin with li; two have joined."""
    lane = Neighbours(sqlite_village, clock)
    lane.found()
    clock.advance(days=40)
    lane.join(ME)
    lane.join(NEIGHBOUR, number="8")
    for place, name in enumerate(("黎春山", "李四", "梁军", "林小燕")):
        lane.settle(name, "里茶路", str(place + 20))
    stage = open_stage(size=(1280, 800), mm=PANELS["12.1 inches"])
    return Typing(stage, lane)


def test_three_rows_stay_in_sight_and_what_was_spelled_stays_letters(walk: Typing) -> None:
    beginnings.wrong("house", "我搬到里茶路了。")(walk)
    for place in SEARCHES:
        walk.get_to(place)
        walk.top()
        for letter in "li":
            walk.hit(letter)
        walk.until_found(place)
        walk.look_on_every_panel()

        top = walk.top()
        shown = [each for each in walk.found(place.rows) if 0 <= each.top() < each.bottom() <= top]
        assert not walk.faults, "; ".join(walk.faults)
        tap_at(walk.window, shown[1].center().toPoint())
        until(lambda: not walk.is_up(), f"the keyboard to close after {place}")
        left = see(walk.window, place.field)
        assert left is None or left.property("typed") in ("li", ""), place
        assert see(walk.window, "nobody") is None, place
        walk.leave()
    assert not walk.faults, "; ".join(walk.faults)


def test_three_houses_stay_in_sight_under_a_search_that_begins_with_digits(walk: Typing) -> None:
    beginnings.wrong("house", "我搬到里茶路了。")(walk)
    for place in HOUSES:
        walk.get_to(place)
        walk.top()
        walk.hit("2")
        walk.until_found(place)
        walk.look_on_every_panel()
        walk.leave()
    assert not walk.faults, "; ".join(walk.faults)


def test_the_field_and_the_way_back_stay_in_sight(walk: Typing) -> None:
    beginnings.lay_people(walk)
    beginnings.counted_deed(walk)
    beginnings.wrong("house", "我搬到里茶路了。")(walk)
    walk.concern = beginnings.upheld(walk)
    walk.lane.hand_in(THIRD, NEIGHBOUR, "littering_docks", "两袋菜叶。")
    for place in FIELDS:
        walk.get_to(place)
        walk.look_on_every_panel()
        walk.go_on(place)
        walk.leave()
    assert not walk.faults, "; ".join(walk.faults)


def test_the_field_and_the_way_back_stay_in_sight_at_the_desk(walk: Typing) -> None:
    beginnings.deed(walk)
    beginnings.concern(walk)
    beginnings.wrong("born_on", "我是三月初二生的。")(walk)
    for place in AT_THE_DESK:
        walk.get_to(place)
        walk.look_on_every_panel()
        walk.go_on(place)
        walk.leave()
    assert not walk.faults, "; ".join(walk.faults)


def test_after_a_choice_no_guesses_at_a_next_word_are_offered(walk: Typing) -> None:
    walk.get_to(SEARCHES[0])
    walk.top()
    for letter in "li":
        walk.hit(letter)
    first = until(walk.candidates, "the candidates")[0]
    tap_at(walk.window, box(first).center().toPoint())
    until(lambda: walk.find("search").property("text") != "", "the character")
    for _ in range(20):
        settle()

    assert walk.candidates() == []


def test_the_keyboard_goes_on_the_way_back(walk: Typing) -> None:
    beginnings.wrong("house", "我搬到里茶路了。")(walk)
    for place in (*SEARCHES, *HOUSES, FIELDS[0]):
        walk.get_to(place)
        walk.top()
        tap(walk.window, "back")
        until(lambda: not walk.is_up(), f"the keyboard to close after {place}")
        walk.leave()


def test_what_is_asked_for_the_first_time_over_a_search_takes_the_focus_once(walk: Typing) -> None:
    kiosk = walk.stage.kiosk
    cards: tuple[tuple[Callable[[], object], Callable[[], object]], ...] = (
        (kiosk.idle.count_down, kiosk.idle.touched),
        (kiosk.leave, kiosk.stay),
        (lambda: kiosk.apologise(RuntimeError()), lambda: tap(walk.window, "start_again")),
    )
    for ask, answer in cards:
        walk.get_to(SEARCHES[3])
        walk.top()
        ask()
        until(lambda: see(walk.window, "modal.card"), "the card")
        until(lambda: not walk.is_up(), "the keyboard to make way for the card")
        answer()
        until(lambda: see(walk.window, "modal.card") is None, "the card to go")
        assert walk.stage.complaints == []
        walk.leave()


def test_every_field_of_the_screens_is_among_these() -> None:
    found = {field for file in UI.rglob("*.qml") for field in fields_of(file.read_text("utf-8"))}
    assert found == {place.field for place in (*SEARCHES, *HOUSES, *FIELDS, *AT_THE_DESK)}


SAYS = {
    **dict.fromkeys(("TextEntry", "SearchField"), ("objectName", "")),
    **dict.fromkeys(("SearchBar", "FindPerson", "FindHousehold"), ("prefix", "search")),
    "Field": ("named", ""),
    **dict.fromkeys(("SentenceStep", "DecidingPage"), ("named", ".sentence")),
}
"""What has a field: the property that names it, and what the part adds to that."""


def fields_of(text: str) -> Iterator[str]:
    """The names of the fields that a file has, but for those that its user names."""
    pieces = re.split(rf"(?m)^ *({'|'.join(SAYS)}) {{$", text)
    for item, body in zip(pieces[1::2], pieces[2::2], strict=True):
        says, ending = SAYS[item]
        told = re.search(rf"\b{says}: (.*)", body)
        if told is None and ending:
            yield ending
        elif told and (quoted := re.fullmatch(r'"([\w.]+)"', told[1])):
            yield quoted[1] + ending
