"""qmllint sees through to Python: a screen that does not fit its view-model is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.qml_lint import PACKAGE, ROOT, lint

VIEW_MODEL = """
from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.ui.shell.row import Row

QML_IMPORT_NAME = "{package}.hall"
QML_IMPORT_MAJOR_VERSION = 1


class Base(QObject):
    busyChanged = Signal()

    @Property(bool, notify=busyChanged)
    def busy(self) -> bool:
        return False


@QmlElement
class Bench(Row):
    maker: str


@QmlElement
class Lamp(Row):
    place: str
    lit: bool
    bench: Bench | None = None


@QmlElement
class HallViewModel(Base):
    @Property(list, constant=True)
    def lamps(self) -> list[Lamp]:
        return []

    @Property(Lamp, constant=True)
    def door(self) -> Lamp | None:
        return None

    @Property(str, constant=True)
    def greeting(self) -> str:
        return ""

    @Slot(str)
    def greet(self, name: str) -> None: ...
"""

SCREEN = """pragma ComponentBehavior: Bound
import QtQuick
import {package}.hall

Item {{
    id: root
    required property HallViewModel viewModel
    enabled: !root.viewModel.busy
    objectName: root.viewModel.greeting
    Component.onCompleted: root.viewModel.greet("all")

    Repeater {{
        model: root.viewModel.lamps

        Item {{
            id: lamp

            required property Lamp modelData

            objectName: modelData.place
            visible: lamp.modelData.lit && root.viewModel.door.lit

            Text {{
                text: lamp.modelData.bench.maker
            }}
        }}
    }}
}}
"""


def linted(folder: Path, package: str, screen: str, monkeypatch: pytest.MonkeyPatch) -> str:
    room = folder / package / "hall"
    room.mkdir(parents=True)
    (room / "view_model.py").write_text(VIEW_MODEL.format(package=package), "utf-8")
    (room / "Hall.qml").write_text(screen, "utf-8")
    (room / "qmldir").write_text(f"module {package}.hall\nHall 1.0 Hall.qml\n", "utf-8")
    monkeypatch.syspath_prepend(str(folder))
    code, words = lint(folder, package, folder / "mirror")
    assert (code != 0) == bool(words)
    return words


def test_qmllint_knows_what_a_view_model_offers_and_inherits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert linted(tmp_path, "well", SCREEN.format(package="well"), monkeypatch) == ""


@pytest.mark.parametrize(
    ("package", "right", "wrong"),
    [
        ("misspelt_property", "greeting", "greating"),
        ("misspelt_inherited", "busy", "bussy"),
        ("misspelt_slot", "greet(", "great("),
        ("misspelt_type", "HallViewModel", "HullViewModel"),
        ("misspelt_in_a_row", "modelData.place", "modelData.plaice"),
        ("misspelt_from_within", "lamp.modelData.lit", "lamp.modelData.lid"),
        ("misspelt_in_its_row", "bench.maker", "bench.made"),
        ("misspelt_words", "door.lit", "door.lid"),
        ("wrong_type", "objectName: root.viewModel.greeting", "enabled: root.viewModel.greeting"),
    ],
)
def test_qmllint_finds_a_screen_that_does_not_fit_its_view_model(
    package: str, right: str, wrong: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = SCREEN.format(package=package).replace(right, wrong, 1)
    assert "Warning: " in linted(tmp_path, package, screen, monkeypatch)


@pytest.mark.long
def test_every_screen_fits_its_view_model(tmp_path: Path) -> None:
    assert lint(ROOT, PACKAGE, tmp_path / "mirror") == (0, "")
