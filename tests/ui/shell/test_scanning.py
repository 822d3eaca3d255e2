"""What a scanner types goes to the kiosk and never into a field; what a person types does."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest

from kiosk.app import MainWindow
from kiosk.core.card_token import new_card_token, parse_card_token
from kiosk.devices.scanner import CardScan
from kiosk.ui.shell import input_watch, navigation
from kiosk.ui.shell.screens import ScreenEntry, screen_entry
from tests.ui.shell.cards import Somebody, ink_outside_the_card
from tests.ui.touch import see, settle, tap, texts, until, write

FIELD_SCREEN = """
import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell
Page {
    property string card
    TextEntry { objectName: "field"; Layout.fillWidth: true; label: "name"; longest: 500 }
}
"""


@pytest.fixture
def field_stage(stage: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """A screen with a field in which one writes."""
    file = tmp_path / "FieldScreen.qml"
    file.write_text(FIELD_SCREEN, "utf-8")
    entry = ScreenEntry("field", str(file))
    monkeypatch.setattr(
        navigation,
        "screen_entry",
        lambda name: entry if name in ("field", "sign_in") else screen_entry(name),
    )
    stage.kiosk.open("field")
    settle()
    tap(stage.window, "field")
    return stage


def field(stage: MainWindow) -> str:
    found = see(stage.window, "field")
    assert found is not None
    return str(found.property("text"))


def scan(stage: MainWindow, text: str) -> None:
    for character in text:
        key = Qt.Key.Key_Return if character == "\n" else Qt.Key.Key_A
        typed = "\r" if character == "\n" else character
        _key(stage, key, typed)
    QTest.qWait(250)


def _key(stage: MainWindow, key: Qt.Key, text: str, struck_ms: int = 0) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
        event.setTimestamp(struck_ms)
        QGuiApplication.sendEvent(stage.window, event)


def _repeated(stage: MainWindow, key: Qt.Key, text: str, times: int, *, every_ms: int) -> None:
    """The key is held down: the system says it again, each time as an automatic repetition."""
    for _ in range(times):
        event = QKeyEvent(
            QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text, autorep=True
        )
        QGuiApplication.sendEvent(stage.window, event)
        QTest.qWait(every_ms)


def test_a_person_s_keys_reach_the_field_whole_and_in_order(field_stage: MainWindow) -> None:
    for character in "lin chun":
        _key(field_stage, Qt.Key.Key_A, character)
        QTest.qWait(70)

    until(lambda: field(field_stage) == "lin chun", "the text")


def test_a_card_opens_the_sign_in_with_it_and_leaves_the_field_empty(
    field_stage: MainWindow,
) -> None:
    token = new_card_token()

    scan(field_stage, token + "\n")

    assert field_stage.kiosk.property("screenName") == "sign_in"
    assert field_stage.kiosk.property("screenProperties") == {"card": token}
    assert field(field_stage) == ""


def test_a_strange_code_leaves_the_field_alone_and_says_what_to_do(field_stage: MainWindow) -> None:
    scan(field_stage, "https://example.org/hello?a=b\n")

    assert field(field_stage) == ""
    assert any("没有认出这个码" in text for text in texts(field_stage.window))


def test_a_short_code_of_something_else_leaves_the_field_alone(field_stage: MainWindow) -> None:
    scan(field_stage, "0042\n")
    scan(field_stage, "123")
    assert field(field_stage) == ""


def test_a_busy_window_takes_a_scanner_for_no_person(
    field_stage: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    now_ms = 50_000
    monkeypatch.setattr(input_watch, "_now_ms", lambda: now_ms)
    for place, sign in enumerate("https://example.org/hello?a=b"):
        _key(field_stage, Qt.Key.Key_A, sign, 7_000 + 5 * place)
        now_ms += 200  # so long it takes until the window comes to the next key
    now_ms += 5_000
    until(lambda: any("没有认出这个码" in text for text in texts(field_stage.window)), "an answer")
    assert field(field_stage) == ""


def test_a_busy_window_takes_a_person_for_no_scanner(
    field_stage: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    now_ms = 50_000
    monkeypatch.setattr(input_watch, "_now_ms", lambda: now_ms)
    _key(field_stage, Qt.Key.Key_A, "l", 7_000)
    now_ms += 2_000  # meanwhile she goes on typing, and all of it comes at once
    for place, sign in enumerate("in chun", start=1):
        _key(field_stage, Qt.Key.Key_A, sign, 7_000 + 150 * place)
    now_ms += 5_000
    until(lambda: field(field_stage) == "lin chun", "the text")


@pytest.mark.parametrize("delay_ms", [0, 250])
def test_a_key_that_is_held_down_is_no_scan(field_stage: MainWindow, delay_ms: int) -> None:
    write(field_stage.window, "field", "chunsheng")
    _key(field_stage, Qt.Key.Key_Backspace, "\b")
    QTest.qWait(delay_ms)
    _repeated(field_stage, Qt.Key.Key_Backspace, "\b", times=6, every_ms=30)
    until(lambda: field(field_stage) == "ch", "seven letters to go")
    QTest.qWait(250)
    assert field(field_stage) == "ch"
    assert not any("没有认出这个码" in text for text in texts(field_stage.window))


def test_a_repetition_within_a_scan_reaches_no_field_and_spoils_no_card(
    field_stage: MainWindow,
) -> None:
    token = new_card_token()
    for sign in token:
        _key(field_stage, Qt.Key.Key_A, sign)
        _repeated(field_stage, Qt.Key.Key_A, sign, times=1, every_ms=0)
    until(lambda: field_stage.kiosk.property("screenName") == "sign_in", "the sign-in")
    assert field_stage.kiosk.property("screenProperties") == {"card": token}
    assert field(field_stage) == ""


def test_no_more_of_an_endless_burst_is_held_than_a_hand_can_make(field_stage: MainWindow) -> None:
    watch, held = field_stage.input, list[int]()
    _key(field_stage, Qt.Key.Key_A, "a")
    for _ in range(3_000):  # a shift key that is held: it has no text, and ends no burst
        _key(field_stage, Qt.Key.Key_Shift, "")
        held.append(len(watch._held))
    assert max(held) <= 1_000
    QTest.qWait(250)
    assert field(field_stage) == ""
    _key(field_stage, Qt.Key.Key_A, "b")
    until(lambda: field(field_stage) == "b", "what is typed afterwards")


def test_another_card_while_somebody_is_signed_in_asks_and_then_signs_in_the_new_one(
    field_stage: MainWindow,
) -> None:
    field_stage.kiosk.begin_session(Somebody())
    write(field_stage.window, "field", "still to be sent")

    scan(field_stage, new_card_token() + "\n")
    assert field_stage.kiosk.property("screenName") == "field"
    assert ink_outside_the_card(field_stage) == 0
    tap(field_stage.window, "ending.no")
    assert field(field_stage) == "still to be sent"
    assert field_stage.kiosk.property("signedIn") is True

    token = new_card_token()
    scan(field_stage, token + "\n")
    tap(field_stage.window, "ending.yes")
    assert field_stage.kiosk.property("signedIn") is False
    assert field_stage.kiosk.property("screenName") == "sign_in"
    assert field_stage.kiosk.property("screenProperties") == {"card": token}


def test_finishing_with_something_written_asks_first(field_stage: MainWindow) -> None:
    field_stage.kiosk.begin_session(Somebody())
    write(field_stage.window, "field", "half")
    tap(field_stage.window, "end_session")
    assert "还没有提交，真的要结束吗？" in texts(field_stage.window)
    tap(field_stage.window, "ending.no")
    assert field(field_stage) == "half"

    tap(field_stage.window, "end_session")
    tap(field_stage.window, "ending.yes")
    assert field_stage.kiosk.property("atHome") is True
    assert field_stage.kiosk.property("signedIn") is False


def test_back_from_a_slip_never_asks_for_the_pin_of_a_card_held_up_before(
    stage: MainWindow,
) -> None:
    tap(stage.window, "tile.check")
    scan(stage, new_card_token() + "\n")
    assert stage.kiosk.property("screenName") == "sign_in"
    stage.kiosk.note_scanned("nothing of ours")
    until(lambda: stage.kiosk.property("screenName") == "check", "the check")
    tap(stage.window, "back")

    assert stage.kiosk.property("screenName") != "sign_in"


def test_a_scanner_that_is_no_keyboard_may_speak_from_its_own_thread(stage: MainWindow) -> None:
    token = new_card_token()
    bits = parse_card_token(token)
    assert bits is not None

    threading.Thread(target=stage.input.arrived, args=[CardScan(bits)]).start()

    until(lambda: stage.kiosk.property("screenName") == "sign_in", "the sign-in")
    assert stage.kiosk.property("screenProperties") == {"card": token}
