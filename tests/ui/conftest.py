"""Fixtures: the application, offscreen, and the whole window on a real village file."""

from __future__ import annotations

import gc
import os
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_IM_MODULE"] = ""

from PySide6.QtGui import QGuiApplication

from kiosk.app import LazyVillage, MainWindow, prepare_environment
from kiosk.core.catalogue import CHINESE, Language, catalogue
from kiosk.services.access import languages, sessions
from kiosk.services.village import Village
from kiosk.ui.shell.idle import IdleTimes
from kiosk.ui.shell.reader import Voice
from kiosk.ui.shell.runner import Runner
from kiosk.ui.shell.surroundings import Surroundings
from tests.ui.left import pytest_exception_interact
from tests.ui.touch import let_go, settle, until_answered

__all__ = ["open_stage", "pytest_exception_interact", "qapp_cls", "stage"]

TERMINAL = 1920 / 476
WITH_KEYBOARD = "test_with_keyboard.py"


def pytest_addoption(parser: pytest.Parser) -> None:
    """How much is looked at in the made-up language, and how late answers come."""
    parser.addoption(
        "--every-size", action="store_true", help="every page on every panel, at every size of text"
    )
    parser.addoption(
        "--late", type=int, default=0, metavar="MS", help="each answer comes up to MS ms later"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Qt chooses its keyboard when it starts: those tests need a process without any others."""
    concerned = [item for item in items if item.path.name == WITH_KEYBOARD]
    if len(concerned) == len(items):
        os.environ["QT_IM_MODULE"] = "qtvirtualkeyboard"
        prepare_environment()
    for item in concerned if len(concerned) < len(items) else ():
        item.add_marker(pytest.mark.skip(reason="in a process of its own: pytest " + WITH_KEYBOARD))


@pytest.fixture(autouse=True)
def _late_answers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """With ``--late`` the database thread answers as on a busy machine: now and then too late."""
    if most := request.config.getoption("late", default=0):
        work, dice = Runner._work, random.Random(request.node.nodeid)

        def work_late(*asked: object) -> None:
            time.sleep(dice.random() * most / 1000)
            work(*asked)  # type: ignore[arg-type]

        monkeypatch.setattr(Runner, "_work", work_late)


@pytest.fixture(scope="session")
def qapp_cls() -> type[QGuiApplication]:
    """No widgets: the kiosk has none."""
    return QGuiApplication


@pytest.fixture
def open_stage(
    qapp: QGuiApplication, sqlite_village: Village
) -> Iterator[Callable[..., MainWindow]]:
    """Opens the whole window on the test's village; `idle` and the window's size can be chosen."""
    _forget_tests_before()
    opened: list[MainWindow] = []

    def open_one(
        idle: IdleTimes | None = None,
        size: tuple[int, int] = (1920, 1080),
        mm: float = TERMINAL,
        voice: Voice | None = None,
        language: Language = CHINESE,
    ) -> MainWindow:
        around = Surroundings(
            settings=replace(sqlite_village.settings, language=language),
            catalogue=catalogue(),
            clock=sqlite_village.clock,
            directory=sqlite_village.directory,
            village=lambda: sqlite_village,
            sign_out=sessions.sign_out,
            note_language=languages.note_language,
            backups=LazyVillage(sqlite_village.directory, sqlite_village.clock, sqlite_village),
            voice=voice,
            idle=idle or IdleTimes(),
        )
        stage = MainWindow(around, size=size, mm=mm, motion=False)
        opened.append(stage)
        stage.show()
        settle()
        until_answered(stage)  # a world may yet be copied over its village's file
        return stage

    yield open_one
    for stage in opened:
        stage.close()
        assert stage.complaints == []


def _forget_tests_before() -> None:
    """Collect what they left; what still stands is not gone through when this window closes."""
    let_go()
    gc.collect()
    gc.freeze()


@pytest.fixture
def stage(open_stage: Callable[..., MainWindow]) -> MainWindow:
    """The whole window, at the start screen."""
    return open_stage()
