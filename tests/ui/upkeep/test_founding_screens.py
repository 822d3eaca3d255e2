"""The founding at the screen: whole at every look, and nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.app import LazyVillage, MainWindow
from kiosk.core.clock import SettableClock
from kiosk.core.paths import DataDirectory
from kiosk.services.upkeep import founding_form, founding_left, founding_notes
from kiosk.services.upkeep.opening import open_village
from kiosk.services.village import Village
from kiosk.ui.shell.idle import IdleTimes
from tests.ui.looks import every_look
from tests.ui.machine import machine
from tests.ui.panels import PANELS
from tests.ui.touch import ill_placed, ill_sized, see, tap, texts, until, until_answered, write
from tests.worlds.foundings import said

ASIDE = {"places": "found.place_zh", "people": "found.person_name"}
"""Steps with a page of their own behind a button."""


def a_new_machine(tmp_path: Path, clock: SettableClock) -> LazyVillage:
    (tmp_path / "drives").mkdir(exist_ok=True)
    return LazyVillage(DataDirectory(tmp_path / "village"), clock)


@pytest.mark.long
@pytest.mark.parametrize("panel", ["21.5 inches upright", "10.1 inches"])
def test_every_step_is_whole_on_the_smallest_and_the_upright_panel(
    tmp_path: Path, clock: SettableClock, qapp: QGuiApplication, panel: str
) -> None:
    size, mm = PANELS[panel]
    new = a_new_machine(tmp_path, clock)
    notes = replace(said(clock), places=("南塘 / South pond",))
    for step in founding_form.STEPS:
        founding_notes.write(new.directory, replace(notes, step=step))
        with machine(new, tmp_path / "drives", [], size=size, mm=mm) as stage:
            stage.kiosk.open("found")
            shown(stage, "found.found" if step == "sure" else "found.next")
            until_answered(stage)
            whole(stage, step)
            if step in ASIDE:
                tap(stage.window, "found.add")
                shown(stage, ASIDE[step])
                whole(stage, ASIDE[step])


def shown(stage: MainWindow, name: str) -> None:
    until(lambda: see(stage.window, name), name)


def whole(stage: MainWindow, step: str) -> None:
    for look in every_look(stage, sizes=(3, 0)):
        assert ill_placed(stage.window) == [], f"{step} {look}"
        assert ill_sized(stage.window) == [], f"{step} {look}"


@pytest.mark.long
@pytest.mark.parametrize("panel", ["21.5 inches upright", "10.1 inches"])
def test_what_is_left_is_whole_on_the_smallest_and_the_upright_panel(
    tmp_path: Path, clock: SettableClock, qapp: QGuiApplication, panel: str
) -> None:
    size, mm = PANELS[panel]
    new = a_new_machine(tmp_path, clock)
    founding_form.found(new.directory, said(clock), clock)
    (tmp_path / "drives" / "STICK").mkdir()
    (tmp_path / "drives" / "STICK" / "2026.csv").write_text("姓名,门牌号\n林小梅,东街12号", "utf-8")
    for done in range(len(founding_left.STEPS) + 1):
        kept = replace(
            founding_notes.read(new.directory), done=("cards_out", *founding_left.STEPS[:done])
        )
        founding_notes.write(new.directory, kept)
        again = LazyVillage(new.directory, clock)
        with machine(again, tmp_path / "drives", [], size=size, mm=mm) as stage:
            names = ("handed_over", "confirm", "back_up", "put_off", "open")
            shown(stage, f"founded.{names[done]}")
            whole(stage, names[done])


def test_who_is_called_away_finds_what_they_typed(
    tmp_path: Path, clock: SettableClock, qapp: QGuiApplication
) -> None:
    """The idle time takes the screen away, and not the words."""
    new = a_new_machine(tmp_path, clock)
    with machine(new, tmp_path / "drives", []) as stage:
        until(lambda: see(stage.window, "first.found"), "the way to a founding")
        tap(stage.window, "first.found")
        write(stage.window, "found.name_zh", "杨桥村")
        until(lambda: founding_notes.read(new.directory).typed, "that it is kept")
        stage.kiosk.wipe()
        until(lambda: see(stage.window, "first.found"), "the first screen")
        tap(stage.window, "first.found")
        until(lambda: (found := see(stage.window, "found.name_zh")) and found.property("text"))
        tap(stage.window, "found.anew")
        tap(stage.window, "dialog.yes")
        field = until(lambda: see(stage.window, "found.name_zh"), "the form")
        until(lambda: field.property("text") == "", "an empty form")
    assert not new.directory.founding.exists()


def test_where_a_village_stands_the_start_screen_is_everybodys(
    open_stage: Callable[..., MainWindow], sqlite_village: Village
) -> None:
    stage = open_stage(idle=IdleTimes())
    until(lambda: see(stage.window, "tile.my_record"), "the start screen")
    stage.kiosk.open("founded")
    until(lambda: see(stage.window, "error"), "that it is over")
    for each in ("save", "print", "confirm", "back_up", "put_off", "open"):
        assert see(stage.window, f"founded.{each}") is None
    assert not sqlite_village.directory.founding.exists()


@pytest.mark.long
@pytest.mark.parametrize(
    "each_database", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
def test_on_a_server_the_screen_says_who_founds(
    village: Village, clock: SettableClock, qapp: QGuiApplication, tmp_path: Path
) -> None:
    (tmp_path / "drives").mkdir()
    opened = LazyVillage(DataDirectory(tmp_path / "new"), clock)
    with machine(opened, tmp_path / "drives", []) as stage:
        stage.kiosk.open("found")
        until(lambda: see(stage.window, "found.on_server"), "who founds")
        assert see(stage.window, "found.next") is None
        assert stage.kiosk.text("founding.on_server") in texts(stage.window)
    assert not opened.directory.founding.exists()
    del village


def test_a_tick_stays_where_it_is_tapped(
    tmp_path: Path, clock: SettableClock, qapp: QGuiApplication
) -> None:
    new = a_new_machine(tmp_path, clock)
    founding_notes.write(new.directory, replace(said(clock), step="rules"))
    with machine(new, tmp_path / "drives", []) as stage:
        stage.kiosk.open("found")
        until(lambda: see(stage.window, "found.rule.festival"), "the rules")
        tap(stage.window, "found.rule.festival")
        until(lambda: "festival" not in founding_notes.read(new.directory).unticked, "the tick")
        assert see(stage.window, "found.rule.festival"), "it is still in sight"


def test_a_village_founded_by_command_leaves_nothing_to_do_at_the_screen(
    tmp_path: Path, clock: SettableClock
) -> None:
    directory = DataDirectory(tmp_path / "village")
    founding_form.found(directory, said(clock), clock)
    founding_notes.forget(directory)
    with open_village(directory, clock).closing() as village:
        assert not founding_left.is_left(village)
