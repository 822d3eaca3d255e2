"""The QR scanner: text from outside, told apart by a fixed grammar and a length cap.

A keyboard wedge types what it reads; a serial scanner (USB-CDC) sends bytes and is the only one
to be trusted with Chinese. What is read is a card, a signed note, a recovery sheet's key, or not
recognised; it is never put into a text field, and nothing in it is interpreted. Wedges that cannot
type ``—`` or Chinese lose letters: a note is recognised by its signature all the same and handed on
as it came, and whether it is genuine is for the service that checks papers. What Caps Lock turned
round is turned back.
"""

from __future__ import annotations

import os
import re
import select
import threading
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kiosk.core.card_token import PREFIX, parse_card_token
from kiosk.core.foreign_card import held_up
from kiosk.devices.connection import open_device

LONGEST_SCAN: Final = 4296
"""Bytes: no QR code holds more than 4,296 characters (ISO/IEC 18004, version 40-L)."""

BURST_GAP_MS: Final = 90
"""A scanner's keys follow each other no slower than this; cheap ones take 60 ms a key."""

CARD_GAP_MS: Final = 1000
"""What begins as a card does is held this long for its next key: no field shows a card's secret."""

IDLE_MS: Final = 120
"""A scan is over after this long without a key; Enter does not end it, for a note has lines."""

_SHORTEST_SCAN: Final = 4
_CERTAIN_BURST: Final = 4
"""After so many quick keys nobody is typing, and a slower key in between is a scanner's pause."""

_QUICKEST_HAND_MS: Final = 45
"""A mean of fewer milliseconds a key, 260 words a minute, is no person's typing."""

_QUICKEST_THREE_MS: Final = 25
"""The same of three keys, which a hand may roll over; two may be pressed at once."""

_LONGEST_BURST_OF_A_HAND: Final = 64
"""Keys: nobody types more without a moment's pause."""

_RECONNECT_SECONDS: Final = 2.0
_SERIAL_BAUD: Final = 115200

# AIM identifier of a QR code, which some scanners put in front (ISO/IEC 15424).
_SYMBOLOGY: Final = re.compile(r"\A\]Q[0-6]")
_SYMBOLOGY_BEGUN: Final = re.compile(r"\A\](Q[0-6]?)?")
_LONGEST_CARD: Final = 3 + len(PREFIX) + 27
"""Keys: the identifier, the prefix, and what `kiosk.core.card_token` writes after it."""
# A signed note ends in its key's name, then key id and Ed25519 signature: 68 bytes, which are 91
# characters of base64 and a "=".
_SIGNATURE_AT_END: Final = re.compile(r"(\S+) [A-Za-z0-9+/]{91}=\Z", re.ASCII)
# 14 groups of four of Crockford's letters (kiosk.services.upkeep.recovery_key).
_RECOVERY_KEY: Final = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){13}", re.ASCII)


@dataclass(frozen=True)
class CardScan:
    """A card of this system; whose, and whether it is still good, the access service knows."""

    token: bytes


@dataclass(frozen=True)
class NoteScan:
    """What looks like a signed note, with plain line ends, otherwise as it came."""

    text: str


@dataclass(frozen=True)
class KeyScan:
    """What looks like the key of a recovery sheet; for the one screen that asks for it."""

    text: str = field(repr=False)


@dataclass(frozen=True)
class Unrecognised:
    """Anything else. What was in it is not kept, unless it may be a card of something else."""

    foreign: str = field(default="", repr=False, compare=False)
    """What `kiosk.core.foreign_card` makes of it."""


@dataclass(frozen=True)
class Typed:
    """Keys that a person pressed, given back late but whole."""

    text: str


Scan = CardScan | NoteScan | KeyScan | Unrecognised


def decode(scanned: str) -> Scan:
    """Tell what `scanned` is."""
    if len(scanned.encode("utf-8", "replace")) > LONGEST_SCAN:
        return Unrecognised()
    text = _SYMBOLOGY.sub("", _plain_lines(scanned)).strip()
    if (token := parse_card_token(text)) is not None:
        return CardScan(token)
    if _RECOVERY_KEY.fullmatch(text.upper()):
        return KeyScan(text.upper())
    signed = _SIGNATURE_AT_END.search(text)
    if signed is None:
        return Unrecognised(held_up(text))
    # The key's name is the log's origin, which is always small.
    return NoteScan((_turned_back(text) if signed[1].isupper() else text) + "\n")


def _turned_back(text: str) -> str:
    """`text` with large and small letters exchanged, as Caps Lock does it."""
    return "".join(
        other if len(other := ch.swapcase()) == 1 and other.swapcase() == ch else ch for ch in text
    )


def decode_bytes(scanned: bytes) -> Scan:
    """Tell what the bytes of a serial scanner are: UTF-8, or GB18030 if it was set to that."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return decode(scanned.decode(encoding))
        except UnicodeDecodeError:
            continue
    return decode(scanned.decode("latin-1"))


def _plain_lines(text: str) -> str:
    """One kind of line end, and no other control character."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(ch for ch in lines if ch == "\n" or unicodedata.category(ch) != "Cc")


class WedgeDecoder:
    """Parts a scanner's bursts from a person's typing.

    Feed it every key with `key`, and call `elapsed` at `deadline`; both return what has become
    certain. Times are milliseconds of one steady clock, such as the key events' own.
    """

    def __init__(self) -> None:
        self._keys: list[str] = []
        self._bytes = 0
        self._first_ms = 0
        self._last_ms = 0

    @property
    def deadline(self) -> int | None:
        """When `elapsed` is to be called if no key comes before; None while nothing is held."""
        return self._last_ms + self._patience if self._keys else None

    def key(self, text: str, at_ms: int) -> list[Typed | Scan]:
        """Take the text of one key (Enter's is a line end) pressed at `at_ms`."""
        certain = self.elapsed(at_ms)
        self._last_ms = at_ms
        if not self._keys:
            self._first_ms = at_ms
        if text and self._bytes <= LONGEST_SCAN:
            self._keys.append(text)
            self._bytes += len(text.encode("utf-8", "replace"))
        return certain

    def elapsed(self, at_ms: int) -> list[Typed | Scan]:
        """Say what is certain at `at_ms`."""
        if not self._keys or at_ms - self._last_ms < self._patience:
            return []
        held, by_hand = "".join(self._keys), self._by_hand
        self.clear()
        found = decode(held)
        return [Typed(held) if by_hand and isinstance(found, Unrecognised) else found]

    def clear(self) -> None:
        """Forget what is held, when a session ends."""
        self._keys, self._bytes = [], 0

    @property
    def _patience(self) -> int:
        if len(self._keys) <= _LONGEST_CARD and _is_part_of_a_card("".join(self._keys)):
            return CARD_GAP_MS
        return IDLE_MS if len(self._keys) >= _CERTAIN_BURST else BURST_GAP_MS

    @property
    def _by_hand(self) -> bool:
        """Whether a person may have typed what is held."""
        count = len(self._keys)
        if PREFIX in "".join(self._keys).upper() or count > _LONGEST_BURST_OF_A_HAND:
            return False
        quickest = _QUICKEST_HAND_MS if count >= _SHORTEST_SCAN else _QUICKEST_THREE_MS
        quick = self._last_ms - self._first_ms < quickest * (count - 1)
        return count < _SHORTEST_SCAN - 1 or not quick


def _is_part_of_a_card(held: str) -> bool:
    text = _SYMBOLOGY_BEGUN.sub("", held.strip()).upper()
    return (
        bool(held.strip())
        and PREFIX.startswith(text[: len(PREFIX)])
        and parse_card_token(text) is None
    )


class SerialScanner:
    """Reads a scanner's tty in a thread of its own; comes back by itself when it was unplugged."""

    def __init__(self, path: Path, on_scan: Callable[[Scan], None]) -> None:
        """`on_scan` is called in the scanner's thread."""
        self._path = path
        self._on_scan = on_scan
        self._stopping = threading.Event()
        self._connected = threading.Event()
        self._wake_read, self._wake_write = os.pipe()
        self._thread = threading.Thread(target=self._run, name="scanner", daemon=True)

    def start(self) -> None:
        """Begin to read."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread and close the line."""
        self._stopping.set()
        os.write(self._wake_write, b"x")
        self._thread.join(5)
        os.close(self._wake_read)
        os.close(self._wake_write)

    def problems(self) -> tuple[str, ...]:
        """``scanner_offline`` while the device cannot be opened."""
        return () if self._connected.is_set() else ("scanner_offline",)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                line = open_device(self._path, _SERIAL_BAUD)
            except OSError:
                self._wait(_RECONNECT_SECONDS)
                continue
            try:
                self._connected.set()
                self._read(line.fileno())
            except OSError:
                self._wait(_RECONNECT_SECONDS)
            finally:
                self._connected.clear()
                line.close()

    def _read(self, descriptor: int) -> None:
        """Gather bytes until the line is idle, then say what they are."""
        gathered = bytearray()
        while not self._stopping.is_set():
            idle = IDLE_MS / 1000 if gathered else None
            ready, _, _ = select.select([descriptor, self._wake_read], [], [], idle)
            if descriptor in ready:
                gathered += _received(descriptor)
                del gathered[LONGEST_SCAN + 1 :]
            elif not ready:
                self._on_scan(decode_bytes(bytes(gathered)))
                gathered.clear()

    def _wait(self, seconds: float) -> None:
        select.select([self._wake_read], [], [], seconds)


def _received(descriptor: int) -> bytes:
    content = os.read(descriptor, 4096)
    if not content:
        raise ConnectionResetError("the scanner was unplugged")
    return content
