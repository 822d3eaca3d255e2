"""What a scanner gives: cards, signed notes, and everything else; and who is typing."""

from __future__ import annotations

import base64
import os
import queue
import tty
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.card_token import format_card_token
from kiosk.devices.scanner import (
    IDLE_MS,
    LONGEST_SCAN,
    CardScan,
    KeyScan,
    NoteScan,
    Scan,
    SerialScanner,
    Typed,
    Unrecognised,
    WedgeDecoder,
    decode,
    decode_bytes,
)
from tests.devices.real_printing import wait_for

BITS = bytes(range(16))
CARD = format_card_token(BITS)
SIGNATURE = base64.b64encode(bytes(range(68))).decode()
NOTE = (
    "yangqiao.example/good-deed-book\n418\n"
    "Zm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFyZm8=\n"
    "serial S26Q4-0123\n杨桥村 桥头巷 12-3\n\n"
    f"— yangqiao.example {SIGNATURE}\n"
)


@pytest.mark.parametrize("text", [CARD, CARD + "\r", CARD.lower() + "\r\n", "]Q1" + CARD])
def test_a_card_is_a_card_whatever_the_scanner_adds(text: str) -> None:
    assert decode(text) == CardScan(BITS)


def test_a_note_comes_through_as_it_was_signed() -> None:
    assert decode(NOTE) == NoteScan(NOTE)
    assert decode(NOTE.replace("\n", "\r\n")) == NoteScan(NOTE)
    assert decode("]Q2" + NOTE.replace("\n", "\r") + "\r") == NoteScan(NOTE)


KEY = "-".join(["0A1Z", "HJKM", "NPQR", "STVW", "XYZ2", "3456", "789A"] * 2)


def test_a_recovery_sheets_key_is_told_from_everything_else_and_not_shown() -> None:
    assert decode(f"]Q1{KEY}\r") == KeyScan(KEY)
    assert decode(KEY.lower()) == KeyScan(KEY)
    assert fed(WedgeDecoder(), paced(KEY, 4)) == [KeyScan(KEY)]
    assert KEY not in repr(KeyScan(KEY))
    for other in (KEY[:-1], KEY + "-0000", KEY.replace("A", "I"), KEY.replace("-", "")):
        assert decode(other) == Unrecognised()


@pytest.mark.parametrize("dash", ["", "-", "?", "\ufffd", "â€”", "b\x00\x14", "--"])
def test_a_note_is_still_a_note_when_the_scanner_cannot_type_its_dash(dash: str) -> None:
    mangled = NOTE.replace("—", dash)
    found = decode(mangled)
    assert isinstance(found, NoteScan)
    assert SIGNATURE in found.text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \r\n",
        "https://example.org/pay?sum=1",
        "<b>bold</b>",
        CARD[:-1],
        CARD + CARD,
        SIGNATURE,
        NOTE[:-3],
        NOTE + "rm -rf /\n",
        "x" * (LONGEST_SCAN + 1),
        "善" * (LONGEST_SCAN // 3 + 1) + NOTE,
        "\ud800",
    ],
)
def test_everything_else_is_not_recognised(text: str) -> None:
    assert decode(text) == Unrecognised()


@given(st.text())
def test_no_text_brings_the_decoder_down(text: str) -> None:
    assert decode(text) == Unrecognised()


@given(st.binary())
def test_no_bytes_bring_the_decoder_down(content: bytes) -> None:
    assert decode_bytes(content) == Unrecognised()


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_serial_scanner_may_be_set_to_either_encoding(encoding: str) -> None:
    assert decode_bytes(NOTE.encode(encoding)) == NoteScan(NOTE)


def fed(decoder: WedgeDecoder, keys: Iterable[tuple[str, int]]) -> list[Typed | Scan]:
    """Feed `keys` as a program does, with the timer between them, and wait for the end."""
    found: list[Typed | Scan] = []
    for text, at in keys:
        if decoder.deadline is not None and decoder.deadline <= at:
            found += decoder.elapsed(decoder.deadline)
        found += decoder.key(text, at)
    return found + (decoder.elapsed(decoder.deadline) if decoder.deadline is not None else [])


def paced(text: str, gap_ms: int, start_ms: int = 0) -> list[tuple[str, int]]:
    return [(ch, start_ms + place * gap_ms) for place, ch in enumerate(text)]


@pytest.mark.parametrize("gap_ms", [1, 8, 20, 45, 60, 85])
def test_a_scanners_burst_is_one_scan(gap_ms: int) -> None:
    assert fed(WedgeDecoder(), paced(CARD + "\r", gap_ms)) == [CardScan(BITS)]


def test_a_note_of_several_lines_is_one_scan() -> None:
    assert fed(WedgeDecoder(), paced(NOTE.replace("\n", "\r"), 4)) == [NoteScan(NOTE)]


def test_a_scanner_may_pause_within_a_scan() -> None:
    keys = paced(NOTE[:40], 5) + paced(NOTE[40:], 5, 40 * 5 + 100)
    assert fed(WedgeDecoder(), keys) == [NoteScan(NOTE)]


@pytest.mark.parametrize("gap_ms", [60, 85])
def test_a_cheap_scanners_note_is_understood_or_refused_but_never_typed(gap_ms: int) -> None:
    assert fed(WedgeDecoder(), paced(NOTE, gap_ms)) == [NoteScan(NOTE)]
    assert fed(WedgeDecoder(), paced(NOTE[:-3], gap_ms)) == [Unrecognised()]


@pytest.mark.parametrize("gap_ms", [95, 200, 900])
@pytest.mark.parametrize("text", [CARD, CARD.lower(), "]Q1" + CARD])
def test_a_card_is_read_at_any_pace(gap_ms: int, text: str) -> None:
    assert fed(WedgeDecoder(), paced(text, gap_ms)) == [CardScan(BITS)]


def test_a_whole_card_is_not_held_longer_than_anything_else() -> None:
    decoder = WedgeDecoder()
    keys = paced(CARD, 5)
    for text, at in keys:
        decoder.key(text, at)
    assert decoder.deadline == keys[-1][1] + IDLE_MS


@pytest.mark.parametrize("gap_ms", [5, 60, 300])
@pytest.mark.parametrize("end", [7, 12, 32])
def test_a_card_that_was_read_in_part_shows_nothing_of_its_secret(gap_ms: int, end: int) -> None:
    for text in (CARD[:end], CARD[:end].lower()):
        assert fed(WedgeDecoder(), paced(text, gap_ms)) == [Unrecognised()]


def test_letters_typed_at_once_before_a_card_do_not_let_it_through() -> None:
    found = fed(WedgeDecoder(), paced("ab" + CARD, 60))
    assert not any(isinstance(each, Typed) for each in found)


@pytest.mark.parametrize("gap_ms", [1, 8, 20, 24])
@pytest.mark.parametrize("text", ["123", "12\r", "0042", "A-17", "12345", "6901234", "69012345"])
def test_a_short_code_of_something_else_is_never_typed(gap_ms: int, text: str) -> None:
    assert fed(WedgeDecoder(), paced(text, gap_ms)) == [Unrecognised()]


@pytest.mark.parametrize("text", ["wan", "li n", "chunsheng"])
def test_a_hand_that_rolls_over_the_keys_is_still_typing(text: str) -> None:
    assert fed(WedgeDecoder(), paced(text, 46)) == [Typed(text)]
    rolled = fed(WedgeDecoder(), [("l", 0), ("i", 10), ("n", 60)])
    assert rolled == [Typed("lin")]


@pytest.mark.parametrize("gap_ms", [60, 85])
def test_quick_typing_is_given_back_whole(gap_ms: int) -> None:
    assert fed(WedgeDecoder(), paced("wang xiu ying", gap_ms)) == [Typed("wang xiu ying")]


@pytest.mark.parametrize(
    "text", [NOTE, NOTE.replace("—", "-"), NOTE.replace("杨桥村 桥头巷", "Yangqiao Bridge Lane")]
)
def test_caps_lock_is_turned_back(text: str) -> None:
    assert decode(text.swapcase()) == NoteScan(text)
    assert decode(CARD.swapcase()) == CardScan(BITS)


@pytest.mark.parametrize("gap_ms", [90, 150, 400])
def test_a_persons_typing_is_given_back_key_by_key(gap_ms: int) -> None:
    found = fed(WedgeDecoder(), paced("wang xiu ying", gap_ms))
    assert found == [Typed(ch) for ch in "wang xiu ying"]


def test_two_keys_pressed_almost_together_are_still_typing() -> None:
    found = fed(WedgeDecoder(), [("l", 0), ("i", 20), (" ", 200), ("n", 380)])
    assert "".join(each.text for each in found if isinstance(each, Typed)) == "li n"


def test_a_person_who_types_right_before_a_scan_does_not_spoil_it() -> None:
    keys = [("a", 0), ("b", 180), *paced(CARD, 6, 400)]
    assert fed(WedgeDecoder(), keys) == [Typed("a"), Typed("b"), CardScan(BITS)]


def test_two_scans_one_after_the_other_are_two() -> None:
    keys = paced(CARD, 5) + paced(CARD, 5, 1000)
    assert fed(WedgeDecoder(), keys) == [CardScan(BITS), CardScan(BITS)]


def test_an_endless_burst_is_not_kept_and_not_recognised() -> None:
    decoder = WedgeDecoder()
    assert fed(decoder, paced("7" * 20_000, 1)) == [Unrecognised()]
    assert decoder.deadline is None


def test_nothing_is_left_in_the_decoder_after_a_session() -> None:
    decoder = WedgeDecoder()
    for text, at in paced(CARD, 5):
        decoder.key(text, at)
    decoder.clear()
    assert decoder.elapsed(10_000) == []


@given(st.lists(st.tuples(st.characters(codec="utf-8"), st.integers(0, 300)), max_size=60))
def test_no_key_of_a_person_is_lost_or_doubled(gaps: list[tuple[str, int]]) -> None:
    now, keys = 0, []
    for text, gap in gaps:
        now += max(gap, 46)
        keys.append((text, now))
    found = fed(WedgeDecoder(), keys)
    assert all(isinstance(each, Typed) for each in found)  # also of those who type quickly
    assert "".join(each.text for each in found if isinstance(each, Typed)) == "".join(
        text for text, _ in keys
    )


def test_a_serial_scanner_reads_notes_with_chinese_from_a_real_tty() -> None:
    near, far = os.openpty()
    tty.setraw(near)
    scans: queue.Queue[Scan] = queue.Queue()
    scanner = SerialScanner(Path(os.ttyname(far)), scans.put)
    scanner.start()
    wait_for(lambda: scanner.problems() == ())
    os.write(near, NOTE.encode()[:100])
    os.write(near, NOTE.encode()[100:])
    assert scans.get(timeout=5) == NoteScan(NOTE)
    os.write(near, CARD.encode() + b"\r\n")
    assert scans.get(timeout=5) == CardScan(BITS)
    os.write(near, b"7" * 3000)
    assert scans.get(timeout=5) == Unrecognised()
    scanner.stop()
    os.close(far)
    os.close(near)


def test_a_scanner_that_is_plugged_in_later_is_found(tmp_path: Path) -> None:
    near, far = os.openpty()
    path = tmp_path / "ttyACM0"
    scans: queue.Queue[Scan] = queue.Queue()
    scanner = SerialScanner(path, scans.put)
    scanner.start()
    assert scanner.problems() == ("scanner_offline",)
    path.symlink_to(os.ttyname(far))
    wait_for(lambda: scanner.problems() == ())
    os.write(near, CARD.encode())
    assert scans.get(timeout=5) == CardScan(BITS)
    scanner.stop()
    os.close(far)
    os.close(near)


def test_a_scanner_that_is_not_there_can_be_stopped_at_once(tmp_path: Path) -> None:
    scanner = SerialScanner(tmp_path / "absent", lambda _: None)
    scanner.start()
    scanner.stop()
    assert scanner.problems() == ("scanner_offline",)
