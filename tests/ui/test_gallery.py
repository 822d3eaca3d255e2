"""Every control stands in the gallery, and nothing of it is cut in any theme or size of text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMetaObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem

from scripts.gallery.window import HERE, MM, Gallery, controls
from tests.ui.touch import ill_placed, items, see, settle

CONTROLS = HERE.parents[1] / "kiosk" / "ui" / "controls"
LOOKLESS = {"Theme", "TapClock"}
"""Singletons: every entry shows what they are."""
WIDTHS = (1280, 800)
"""The same panel across and upright, in pixels."""
HIGH = 8000
"""So high that nothing is out of sight."""

IN_FOCUS = sorted(
    file.stem
    for file in (HERE / "entries").glob("*.qml")
    if "focused: standing" in file.read_text("utf-8")
)


@pytest.fixture(scope="module")
def gallery(qapp: QGuiApplication) -> Iterator[Gallery]:
    gallery = Gallery((WIDTHS[0], HIGH), MM)
    yield gallery
    gallery.close()
    assert gallery.complaints == []


def test_every_control_has_an_entry_and_every_entry_a_control() -> None:
    there = {file.stem for file in CONTROLS.glob("*.qml")} - LOOKLESS
    assert {file.stem for file in (HERE / "entries").glob("*.qml")} == there == set(controls())


@pytest.mark.parametrize("name", controls())
def test_an_entry_shows_its_control_whole_in_every_theme_and_size(
    gallery: Gallery, name: str
) -> None:
    assert f"{name} {{" in (HERE / "entries" / f"{name}.qml").read_text("utf-8")
    gallery.choose(name)
    for width in WIDTHS:
        gallery.window.setWidth(width)
        for contrast in (False, True):
            for step in range(4):
                gallery.theme(textStep=step, highContrast=contrast)
                settle()
                where = f"{width} pixels, step {step}{', contrast' if contrast else ''}"
                assert ill_placed(gallery.window) == [], where
    assert gallery.complaints == []
    assert int(gallery.window.property("tall")) < HIGH


@pytest.mark.parametrize("name", ["ModalCard", "ConfirmDialog"])
def test_what_lies_over_the_whole_window_opens_and_is_whole(gallery: Gallery, name: str) -> None:
    gallery.choose(name)
    gallery.window.setWidth(WIDTHS[1])
    for step in range(4):
        gallery.theme(textStep=step)
        settle()
        opens = see(gallery.window, "gallery.open")
        assert opens is not None
        gallery.rest()
        QMetaObject.invokeMethod(opens, "tap")
        settle()
        card = see(gallery.window, "modal.card")
        assert card is not None
        on_it = [item for item in items(gallery.window) if card.isAncestorOf(item)]
        assert [each for each in ill_placed(gallery.window) if "lies on" not in each] == []
        close = next(each for each in on_it if each.objectName() in ("gallery.close", "dialog.no"))
        gallery.rest()
        QMetaObject.invokeMethod(close, "tap")
        settle()
        assert see(gallery.window, "modal.card") is None


@pytest.mark.parametrize(
    "name",
    [
        file.stem
        for file in sorted((HERE / "entries").glob("*.qml"))
        if "standing" in file.read_text()
    ],
)
def test_what_is_said_to_be_in_focus_is(gallery: Gallery, name: str) -> None:
    gallery.choose("")
    settle()
    gallery.choose(name)
    settle()
    focused = gallery.window.activeFocusItem()
    assert isinstance(focused, QQuickItem)
    assert focused is not gallery.window.contentItem()


def test_a_control_without_an_entry_is_complained_of(gallery: Gallery, tmp_path: Path) -> None:
    gallery.choose("Missing")
    settle()
    assert any("Missing.qml" in each for each in gallery.complaints)
    gallery.complaints.clear()
