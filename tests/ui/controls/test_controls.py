"""The controls under a finger: pressed at once, one tap once, nothing from a drag, no clipboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QGuiApplication, QKeyEvent
from PySide6.QtQuick import QQuickItem, QQuickView
from PySide6.QtTest import QTest

from kiosk.app import ROOT, load_fonts
from kiosk.ui.shell.icons import IconProvider
from tests.ui.touch import (
    drag,
    move,
    point_of,
    press,
    release,
    rest,
    see,
    settle,
    tap,
    tap_again,
    tap_at,
    texts,
    write,
)

Show = Callable[[str], QQuickView]


@pytest.fixture
def show(qapp: QGuiApplication, tmp_path: Path) -> Iterator[Show]:
    """Shows a piece of QML, made of the controls, in a window of 800x600."""
    load_fonts()
    qapp.styleHints().setStartDragDistance(30)
    views: list[QQuickView] = []

    def show_one(body: str) -> QQuickView:
        view = QQuickView()
        view.engine().addImportPath(str(ROOT))
        view.engine().addImageProvider("icon", IconProvider())
        view.setResizeMode(QQuickView.ResizeMode.SizeRootObjectToView)
        view.resize(800, 600)
        head = "import QtQuick\nimport QtQuick.Layouts\nimport kiosk.ui.controls\n"
        file = tmp_path / f"Piece{len(views)}.qml"
        file.write_text(head + body, "utf-8")
        view.setSource(QUrl.fromLocalFile(str(file)))
        assert view.errors() == []
        view.show()
        settle()
        views.append(view)
        return view

    yield show_one
    for view in views:
        view.close()
        view.deleteLater()


BUTTON = """
Item {
    property int taps: 0
    PrimaryButton {
        objectName: "button"
        x: 100; y: 100
        width: 300; height: 100
        text: "A"
        onClicked: parent.taps++
    }
}
"""


def taps(view: QQuickView) -> int:
    return int(view.rootObject().property("taps"))


def item(view: QQuickView, name: str) -> QQuickItem:
    found = see(view, name)
    assert found is not None
    return found


def test_a_press_is_visible_at_once_and_a_tap_counts_once(show: Show) -> None:
    view = show(BUTTON)
    place = point_of(view, "button")

    press(view, place)
    assert item(view, "button").property("down") is True
    release(view, place)

    assert item(view, "button").property("down") is False
    assert taps(view) == 1


def test_a_trembling_second_tap_does_not_count(show: Show) -> None:
    view = show(BUTTON)

    place = point_of(view, "button")
    tap_again(view, place)
    tap_again(view, place)
    assert taps(view) == 1

    tap(view, "button")
    assert taps(view) == 2


@pytest.mark.parametrize(("far", "expected"), [(29, 1), (30, 0), (120, 0)])
def test_a_drag_of_thirty_pixels_cancels_the_tap(show: Show, far: int, expected: int) -> None:
    view = show(BUTTON)
    start = point_of(view, "button")

    drag(view, start, start + QPoint(far, 0))

    assert taps(view) == expected


def test_a_finger_that_comes_back_after_a_drag_does_not_tap(show: Show) -> None:
    view = show(BUTTON)
    start = point_of(view, "button")

    press(view, start)
    move(view, start + QPoint(60, 0))
    assert item(view, "button").property("down") is False
    move(view, start)
    release(view, start)

    assert taps(view) == 0


def test_a_disabled_button_takes_no_tap(show: Show) -> None:
    view = show(BUTTON.replace('text: "A"', 'text: "A"; enabled: false'))

    tap(view, "button")

    assert taps(view) == 0


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_a_button_works_from_a_keyboard(show: Show, key: Qt.Key) -> None:
    view = show(BUTTON)
    item(view, "button").forceActiveFocus()
    rest(view)

    QTest.keyClick(view, key)

    assert taps(view) == 1


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_a_key_that_is_held_counts_once(show: Show, key: Qt.Key) -> None:
    view = show(BUTTON)
    item(view, "button").forceActiveFocus()
    rest(view)
    strike(view, QEvent.Type.KeyPress, key)
    for _ in range(20):
        rest(view, 400)
        strike(view, QEvent.Type.KeyRelease, key, again=True)
        strike(view, QEvent.Type.KeyPress, key, again=True)
    assert taps(view) == 0
    strike(view, QEvent.Type.KeyRelease, key)

    assert taps(view) == 1


def strike(view: QQuickView, kind: QEvent.Type, key: Qt.Key, *, again: bool = False) -> None:
    event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "", again)
    QGuiApplication.sendEvent(view, event)


@pytest.mark.parametrize("later_ms", [100, 300, 500])
def test_what_has_just_appeared_takes_no_tap(show: Show, later_ms: int) -> None:
    view = show(BUTTON.replace('text: "A"', 'text: "A"; visible: false'))
    rest(view)
    view.rootObject().childItems()[0].setVisible(True)
    settle()
    rest(view, later_ms)
    tap_again(view, QPoint(250, 150))
    assert taps(view) == 0

    rest(view, 600)
    tap_again(view, QPoint(250, 150))
    assert taps(view) == 1


@pytest.mark.parametrize(("name", "value"), [("y", 180), ("text", "B")])
def test_a_button_that_moved_or_says_something_else_is_as_new_as_one_that_appeared(
    show: Show, name: str, value: object
) -> None:
    view = show(BUTTON)
    rest(view)
    item(view, "button").setProperty(name, value)
    view.grabWindow()
    tap_again(view, QPoint(250, 190))
    assert taps(view) == 0

    tap(view, "button")
    assert taps(view) == 1


def test_what_a_finger_scrolls_takes_a_tap_at_once(show: Show) -> None:
    view = show(
        """
        Item {
            property int taps: 0
            Flickable {
                objectName: "list"
                anchors.fill: parent
                contentHeight: 2000
                QuietButton { objectName: "row"; y: 300; text: "A"; onClicked: taps++ }
            }
        }
        """
    )
    rest(view)
    item(view, "list").setProperty("contentY", 250)
    view.grabWindow()
    tap_again(view, QPoint(20, 70))

    assert taps(view) == 1


WEIGHTY = """
Item {
    property int yes: 0
    PrimaryButton {
        objectName: "ask"
        x: 100; y: PLACE; width: 600; height: 60
        text: "A"
        onClicked: dialog.open()
    }
    ConfirmDialog {
        id: dialog
        question: "Q"; yes: "Y"; no: "N"
        onConfirmed: parent.yes++
    }
}
"""


@pytest.mark.parametrize("place", range(0, 540, 60))
def test_the_yes_of_a_dialog_never_lies_where_the_question_was_asked(
    show: Show, place: int
) -> None:
    view = show(WEIGHTY.replace("PLACE", str(place)))
    point = point_of(view, "ask")
    for wait_ms in (0, 150, 450, 300, 300, 300):
        rest(view, wait_ms)
        tap_again(view, point)
    view.grabWindow()
    yes = item(view, "dialog.yes")

    assert not yes.contains(yes.mapFromScene(QPointF(point)))
    assert view.rootObject().property("yes") == 0
    tap(view, "dialog.yes")
    assert view.rootObject().property("yes") == 1


def test_a_button_in_a_row_takes_its_tap_and_the_row_the_others(show: Show) -> None:
    view = show(
        """
        Item {
            property int taps: 0
            property int rows: 0
            ListRow {
                objectName: "row"
                width: 800
                tappable: true
                text: "Row"
                onClicked: parent.rows++
                QuietButton { objectName: "inner"; text: "B"; onClicked: taps++ }
            }
        }
        """
    )

    tap(view, "inner")
    assert (taps(view), view.rootObject().property("rows")) == (1, 0)

    tap_at(view, QPoint(60, 30))
    assert (taps(view), view.rootObject().property("rows")) == (1, 1)


PAD = """
Item {
    property string got
    NumberPad {
        objectName: "pad"
        label: "PIN"; deleteText: "delete"
        onEntered: number => { parent.got = number; clear(); }
    }
}
"""


def test_the_number_pad_gives_six_digits_once_and_shows_none_of_them(show: Show) -> None:
    view = show(PAD)
    for digit in "2204":
        tap(view, f"pad.{digit}")
    tap(view, "pad.delete")
    keys = set("1234567890")
    assert set(texts(view)) == keys

    for digit in "816":
        tap(view, f"pad.{digit}")

    assert view.rootObject().property("got") == "220816"
    assert item(view, "pad").property("typed") == ""


FIELD = """
Item {
    property string entered
    TextEntry { objectName: "field"; width: 500; label: "name"; longest: 5
                onAccepted: parent.entered = text }
}
"""


def test_a_field_takes_text_up_to_its_length(show: Show) -> None:
    view = show(FIELD)

    write(view, "field", "林春生林春生")

    assert item(view, "field").property("text") == "林春生林春"


def test_a_field_knows_no_clipboard(show: Show) -> None:
    view = show(FIELD)
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("stolen")
    write(view, "field", "abc")

    for key in (Qt.Key.Key_V, Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_X):
        QTest.keyClick(view, key, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(view, Qt.Key.Key_Insert, Qt.KeyboardModifier.ShiftModifier)
    QTest.mouseClick(view, Qt.MouseButton.MiddleButton, pos=point_of(view, "field"))

    assert item(view, "field").property("text") == "abc"
    assert clipboard.text() == "stolen"


def test_enter_accepts_a_field_and_breaks_no_line(show: Show) -> None:
    view = show(FIELD)
    write(view, "field", "abc")

    QTest.keyClick(view, Qt.Key.Key_Return)

    assert view.rootObject().property("entered") == "abc"
    assert item(view, "field").property("text") == "abc"


def test_markup_in_a_text_is_shown_as_it_is_written(show: Show) -> None:
    hostile = '<b>x</b><img src="file:///etc/passwd">'
    view = show('Item { AppText { objectName: "t"; text: name } property string name }')
    view.rootObject().setProperty("name", hostile)
    plain = show('Item { Text { objectName: "t"; text: "x"; textFormat: Text.PlainText } }')

    assert item(view, "t").property("text") == hostile
    assert item(view, "t").property("contentWidth") > 10 * item(plain, "t").property("contentWidth")


DIALOG = """
Item {
    property int yes: 0
    property int below: 0
    QuietButton { objectName: "below"; x: 0; y: 0; text: "C"; onClicked: parent.below++ }
    ConfirmDialog {
        objectName: "dialog"
        question: "Q"; yes: "Y"; no: "N"
        onConfirmed: parent.yes++
    }
}
"""


def test_a_dialog_covers_what_is_below_and_answers_once(show: Show) -> None:
    view = show(DIALOG)
    item_below = point_of(view, "below")
    dialog = view.rootObject().findChild(QQuickItem, "dialog")
    assert dialog is not None
    dialog.setProperty("opened", True)
    settle()

    press(view, item_below)
    release(view, item_below)
    tap(view, "dialog.yes")

    root = view.rootObject()
    assert (root.property("below"), root.property("yes")) == (0, 1)
    assert see(view, "dialog.yes") is None


def test_every_control_tells_a_screen_reader_its_name(show: Show) -> None:
    view = show(BUTTON)
    found = QAccessible.queryAccessibleInterface(item(view, "button"))

    assert found is not None
    assert found.text(QAccessible.Text.Name) == "A"
    assert found.role() == QAccessible.Role.Button
