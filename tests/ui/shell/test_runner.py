"""One database thread: answers, refusals and bugs come back to the GUI thread, in order."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from kiosk.core.errors import EnvironmentFault, ExpectedError, KioskError
from kiosk.ui.shell.runner import Runner
from tests.ui.touch import settle, until


@pytest.fixture
def bugs() -> list[BaseException]:
    return []


@pytest.fixture
def runner(qapp: QGuiApplication, bugs: list[BaseException]) -> Iterator[Runner]:
    made = Runner(bugs.append)
    yield made
    made.close()


def test_the_answer_comes_back_on_the_gui_thread_from_another(runner: Runner) -> None:
    seen: list[tuple[str, str, int]] = []

    def ask(number: int) -> tuple[str, int]:
        return threading.current_thread().name, number * 2

    runner.run(ask, 21, done=lambda got: seen.append((threading.current_thread().name, *got)))

    until(lambda: seen)
    here, there, answer = seen[0]
    assert (here, answer) == (threading.current_thread().name, 42)
    assert there.startswith("database")


def test_questions_are_asked_one_after_the_other(runner: Runner) -> None:
    running: list[int] = []
    most: list[int] = []

    def ask(number: int) -> None:
        running.append(number)
        most.append(len(running))
        running.remove(number)

    answered: list[None] = []
    for number in range(20):
        runner.run(ask, number, done=answered.append)

    until(lambda: len(answered) == 20)
    assert set(most) == {1}


@pytest.mark.parametrize("refusal", [ExpectedError("no_display"), EnvironmentFault("disk_full")])
def test_a_refusal_comes_back_as_itself_and_is_no_bug(
    runner: Runner, bugs: list[BaseException], refusal: KioskError
) -> None:
    failed: list[KioskError] = []

    def ask() -> None:
        raise refusal

    runner.run(ask, done=pytest.fail, failed=failed.append)

    until(lambda: failed)
    assert failed == [refusal]
    assert bugs == []


def test_anything_else_is_a_bug(runner: Runner, bugs: list[BaseException]) -> None:
    told: list[object] = []

    runner.run(lambda: dict[str, int]()["a"], done=told.append, failed=told.append)

    until(lambda: bugs)
    assert isinstance(bugs[0], KeyError)
    assert told == []


def test_a_refusal_that_nobody_expects_is_a_bug(runner: Runner, bugs: list[BaseException]) -> None:
    def ask() -> None:
        raise ExpectedError("no_display")

    runner.run(ask)

    until(lambda: bugs)
    assert isinstance(bugs[0], ExpectedError)


def test_an_answer_for_a_screen_that_is_gone_is_dropped(
    runner: Runner, bugs: list[BaseException]
) -> None:
    screen = QObject()
    gone = threading.Event()
    told: list[object] = []

    def ask() -> str:
        gone.wait(5)
        return "late"

    runner.run(ask, done=told.append, owner=screen)
    shiboken6.delete(screen)
    gone.set()
    answered: list[None] = []
    runner.run(lambda: None, done=answered.append)

    until(lambda: answered)
    assert told == []
    assert bugs == []


def test_a_dropped_question_that_was_not_begun_is_never_asked(runner: Runner) -> None:
    begin = threading.Event()
    asked: list[int] = []
    runner.run(begin.wait, 5)

    ticket = runner.run(asked.append, 1)
    ticket.drop()
    begin.set()
    answered: list[None] = []
    runner.run(lambda: None, done=answered.append)

    until(lambda: answered)
    assert asked == []


def test_closing_finishes_what_was_asked(qapp: QGuiApplication) -> None:
    bugs: list[BaseException] = []
    runner = Runner(bugs.append)
    written: list[int] = []
    for number in range(5):
        runner.run(written.append, number)

    runner.close(lambda: written.append(99))

    assert written == [0, 1, 2, 3, 4, 99]
    settle()
    assert bugs == []


def test_what_hangs_on_a_thread_of_its_own_keeps_nobody_else_waiting(
    qapp: QGuiApplication, runner: Runner, bugs: list[BaseException]
) -> None:
    hangs = threading.Event()
    drives, answered = Runner(bugs.append, name="drives"), list[str]()
    drives.run(hangs.wait, 20, done=lambda _: answered.append("drive"))
    runner.run(lambda: None, done=lambda _: answered.append("database"))
    until(lambda: answered == ["database"], "the database")
    hangs.set()
    until(lambda: answered == ["database", "drive"], "the drive")
    drives.close()
