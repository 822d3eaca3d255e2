"""What belongs to Qt's thread is never destroyed on another."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.ui.shell.gui_thread_gc import Collector
from tests.ui.touch import until


class Round:
    """A cycle, as a view-model that a closure of its own holds is one."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def ended(qapp: QGuiApplication) -> list[threading.Thread]:
    """The threads on which dropped rounds ended; one round was dropped just now."""
    threads: list[threading.Thread] = []
    weakref.finalize(Round(), lambda: threads.append(threading.current_thread()))
    return threads


def churn() -> None:
    """Leave so much garbage on another thread that Python wants to collect all generations."""

    def work() -> None:
        for _ in range(200_000):
            lost: list[object] = []
            lost.append(lost)

    other = threading.Thread(target=work)
    other.start()
    other.join()


@pytest.fixture
def collector(qapp: QGuiApplication) -> Iterator[Collector]:
    """A collector at work."""
    made = Collector()
    yield made
    made.close()


def test_left_to_itself_python_collects_on_any_thread(ended: list[threading.Thread]) -> None:
    churn()
    assert threading.main_thread() not in ended
    assert ended


def test_the_database_thread_collects_nothing(
    collector: Collector, ended: list[threading.Thread]
) -> None:
    churn()
    assert ended == []
    until(lambda: ended, "the collector on this thread")
    assert ended == [threading.main_thread()]


def test_afterwards_python_collects_by_itself_again(qapp: QGuiApplication) -> None:
    collector = Collector()
    assert not gc.isenabled()
    collector.close()
    assert gc.isenabled()
