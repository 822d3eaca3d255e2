"""A view-model asks services: busy meanwhile, a sentence when refused, both languages."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication

from kiosk.app import MainWindow
from kiosk.core.catalogue import catalogue
from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.services.rulebook import book
from kiosk.services.village import Village
from kiosk.ui.shell.row import Row
from kiosk.ui.shell.view_model import ViewModel
from tests.ui.touch import see, settle, tap, texts, until


class Bench(Row):
    maker: str


class Lamp(Row):
    place: str
    lit: bool = True
    benches: list[Bench]
    best: Bench | None = None


class Asking(ViewModel):
    def __init__(self, stage: MainWindow) -> None:
        super().__init__(stage)
        self.answers: list[Any] = []
        self.worded_in: list[str] = []
        self.setProperty("kiosk", stage.kiosk)

    def worded(self) -> None:
        self.worded_in.append(self.shell.tongue)

    def put(self, function: Callable[..., Any], *arguments: object, newest: bool = False) -> None:
        self.ask(function, *arguments, then=self.answers.append, newest=newest)


@pytest.fixture
def asking(stage: MainWindow) -> Asking:
    return Asking(stage)


def test_the_service_gets_the_village_and_its_answer_comes_back(asking: Asking) -> None:
    def greeting(village: Village, name: str) -> str:
        return f"{village.settings.name['en']}: {name}"

    asking.put(greeting, "x")
    assert asking.property("busy") is True

    until(lambda: asking.answers)
    assert asking.answers == ["Yangqiao: x"]
    assert asking.property("busy") is False


def test_a_second_tap_while_busy_asks_nothing(asking: Asking) -> None:
    asked: list[int] = []

    asking.put(lambda _village: asked.append(1))
    asking.put(lambda _village: asked.append(2))

    until(lambda: asking.answers)
    settle()
    assert asked == [1]


def test_while_typing_only_the_newest_question_is_answered(asking: Asking) -> None:
    begin = threading.Event()

    def find(_village: Village, typed: str) -> str:
        begin.wait(5)
        return typed

    for typed in ("l", "li", "lin"):
        asking.put(find, typed, newest=True)
    begin.set()

    until(lambda: asking.answers)
    settle()
    assert asking.answers == ["lin"]


@pytest.mark.parametrize("refusal", [ExpectedError("no_display"), EnvironmentFault("disk_full")])
def test_a_refusal_is_one_sentence_in_the_language_on_the_screen(
    asking: Asking, stage: MainWindow, refusal: Exception
) -> None:
    def refuse(_village: Village) -> None:
        raise refusal

    asking.put(refuse)
    until(lambda: asking.property("error"))

    code = refusal.args[0]
    assert asking.property("error") == catalogue().text(f"error.{code}", "zh")
    stage.kiosk.switchLanguage()
    assert asking.property("error") == catalogue().text(f"error.{code}", "en")
    assert asking.property("busy") is False


def test_the_next_question_takes_the_sentence_away(asking: Asking) -> None:
    def refuse(_village: Village) -> None:
        raise ExpectedError("no_display")

    asking.put(refuse)
    until(lambda: asking.property("error"))

    asking.put(lambda _village: "well")

    assert asking.property("error") == ""


def test_texts_made_in_python_follow_the_language(asking: Asking, stage: MainWindow) -> None:
    stage.kiosk.switchLanguage()

    assert asking.worded_in == ["zh", "en"]


def test_the_rules_show_every_rule_in_force_with_its_points(
    stage: MainWindow, sqlite_village: Village
) -> None:
    book.install(sqlite_village)
    rules = book.current(sqlite_village)
    assert rules

    tap(stage.window, "tile.rules")

    until(lambda: rules[0].title["zh"] in texts(stage.window), "the rules")
    shown = texts(stage.window)
    assert {rule.title["zh"] for rule in rules} <= set(shown)
    assert see(stage.window, "more") is not None


def test_a_row_says_its_fields_to_qml_by_name_and_type() -> None:
    best = Bench(maker="Li")
    row = Lamp(place="bridge", benches=[Bench(maker="Wu")], best=best)

    assert (row.property("place"), row.property("lit")) == ("bridge", True)
    assert (row.place, row.lit, row.best) == ("bridge", True, best)
    described = row.metaObject()
    types = {
        name: str(described.property(described.indexOfProperty(name)).typeName())
        for name in ("place", "lit", "benches")
    }
    assert types == {"place": "QString", "lit": "bool", "benches": "QVariantList"}


def test_a_row_never_changes() -> None:
    row = Bench(maker="Li")

    assert not row.setProperty("maker", "Wu")
    with pytest.raises(AttributeError):
        row.maker = "Wu"  # type: ignore[misc]
    assert row.maker == "Li"


def test_a_row_outlives_its_delegate_however_late_the_loop_deletes_it(
    stage: MainWindow, sqlite_village: Village
) -> None:
    book.install(sqlite_village)
    stage.kiosk.open("rules")
    until(lambda: book.current(sqlite_village)[0].title["zh"] in texts(stage.window), "the rules")
    stage.kiosk.switchLanguage()
    for _ in range(20):
        QCoreApplication.processEvents()  # which leaves what is to be deleted to a real loop
        time.sleep(0.01)
    settle()
    assert stage.complaints == []


def test_rows_go_when_others_are_shown_but_not_before_the_screen_heard_of_it(
    asking: Asking,
) -> None:
    gone: list[str] = []
    bench = Bench(maker="Li")
    first = [Lamp(place="bridge", benches=[bench])]
    first[0].destroyed.connect(lambda: gone.append("lamp"))
    bench.destroyed.connect(lambda: gone.append("bench"))

    second = asking.renewed(asking.renewed([], first), [Lamp(place="market", benches=[])])
    assert gone == []

    until(lambda: sorted(gone) == ["bench", "lamp"], "they go together")

    second[0].destroyed.connect(lambda: gone.append("the last"))
    shiboken6.delete(asking)
    assert "the last" not in gone, "a delegate may still look at it"
    until(lambda: "the last" in gone, "it goes with the screen")
