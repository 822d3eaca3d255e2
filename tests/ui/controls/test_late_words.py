"""What is told late, while a part is not laid out yet: its height never comes back to it.

A binding of a height that is written again while it is written is a loop. Nested layouts hand a
height on at once, so that it depends on what happens before a frame is drawn: once in ten thousand
windows, on a busy machine. Here what is told comes at every such moment.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlError
from PySide6.QtQuick import QQuickView

from kiosk.app import ROOT, load_fonts
from kiosk.ui.shell.icons import IconProvider

ROUNDS, DEEDS = 24, 10
"""How often something is shown, and how much then happens to it."""
LONG = "a row of words that goes on until it has to be wrapped, and then once more and again "
PIECE = """
import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.record
import kiosk.ui.cases.report
import kiosk.ui.stars
Item {
    id: top
    property string mark: "3"
    property string said: ""
    property bool flag: false
    property int wide: 500
    property int step: 0
    onStepChanged: Theme.textStep = step
    %s
}
"""
CHIP = 'Chip { Layout.fillWidth: true; Layout.maximumWidth: implicitWidth; text: top.mark; visible: text !== "" }'  # noqa: E501
SAID = "AppText { Layout.fillWidth: true; text: top.said; visible: text !== '' }"
PARTS = {
    # With its words in nested layouts, as it had them once, it is caught here.
    "Tile": 'Tile { width: top.wide; icon: "id"; text: "x"; detail: top.said; mark: top.mark; beside: top.flag }',  # noqa: E501
    "Notice": "Notice { width: top.wide; text: top.said; heading: top.mark; slim: top.flag; SecondaryButton { text: top.mark; width: Math.min(implicitWidth, parent.width) } }",  # noqa: E501
    "Card": f"Card {{ width: top.wide; {SAID} {CHIP} RowLayout {{ Layout.fillWidth: true; {CHIP} ColumnLayout {{ Layout.fillWidth: true; {SAID} {CHIP} }} }} }}",  # noqa: E501
    "RowCard": "RowCard { width: top.wide; ListRow { text: top.mark; detail: top.said; slim: top.flag; Chip { text: top.mark } } ListRow { text: top.said; aside: top.mark } }",  # noqa: E501
    "RuleTile": 'RuleTile { width: top.wide; icon: "leaf"; points: 3; text: top.mark; detail: top.said; ends: top.flag ? top.said : ""; note: top.mark }',  # noqa: E501
    "CheckLine": 'CheckLine { width: top.wide; icon: "leaf"; name: top.mark; value: top.said; door: top.flag }',  # noqa: E501
    "RecordLine": 'RecordLine { width: top.wide; points: 3; title: top.mark; detail: top.said; until: top.mark; remark: top.flag ? top.said : ""; last: false; openable: top.flag }',  # noqa: E501
    "NumberCard": "NumberCard { width: top.wide; number: top.step; lying: top.flag }",
    "AnswerRow": 'AnswerRow { width: top.wide; words: top.said; said: top.flag ? "yes" : "no"; named: "x" }',  # noqa: E501
}


@pytest.fixture
def complaints(qapp: QGuiApplication, tmp_path: Path) -> Iterator[Callable[[str], list[str]]]:
    """The loops that the engine finds in a part to which something happens between its frames."""
    load_fonts()
    views: list[QQuickView] = []

    def of(part: str) -> list[str]:
        view, said = QQuickView(), list[str]()
        views.append(view)

        def heard(warnings: list[QQmlError]) -> None:
            # A part that is on its way out may say that it has lost what it was told.
            told = [each.toString() for each in warnings]
            said.extend(each for each in told if "Binding loop" in each)

        view.engine().warnings.connect(heard)
        view.engine().addImportPath(str(ROOT))
        view.engine().addImageProvider("icon", IconProvider())
        file = tmp_path / "Piece.qml"
        file.write_text(PIECE % part, "utf-8")
        for seed in range(ROUNDS):
            view.setSource(QUrl.fromLocalFile(str(file)))  # made anew: nothing of it is laid out
            assert view.errors() == []
            view.setVisible(seed % 2 == 0)
            _happen(view, random.Random(seed))
        return said

    yield of
    for view in views:
        view.close()
        view.deleteLater()


def _happen(view: QQuickView, dice: random.Random) -> None:
    values: dict[str, tuple[object, ...]] = {
        "mark": ("", "3", "12 wait", f"5 wait, {LONG}"),
        "said": ("", "short", LONG, 3 * LONG),
        "flag": (True, False),
        "wide": (250, 500, 900),
        "step": (0, 1, 2, 3),
    }
    for _ in range(DEEDS):
        name = dice.choice(["mark", "mark", "said", "flag", "wide", "step", "frame", "frame"])
        if name == "frame":
            view.grabWindow()
        else:
            view.rootObject().setProperty(name, dice.choice(values[name]))


@pytest.mark.parametrize("name", PARTS)
def test_no_height_comes_back_to_itself(complaints: Callable[[str], list[str]], name: str) -> None:
    assert complaints(PARTS[name]) == []
