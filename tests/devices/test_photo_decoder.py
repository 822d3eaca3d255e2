"""A hostile picture ends a process that holds nothing else, and soon."""

from __future__ import annotations

import io
import os
import signal
import time
from collections.abc import Iterator

import pytest
from PIL import Image

from kiosk.devices import photo_decoder
from kiosk.devices.photo_decoder import (
    MOST_SCANS,
    UNREADABLE,
    PhotoDecoder,
    PictureTooLarge,
    PictureUnreadable,
)

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def decoder() -> Iterator[PhotoDecoder]:
    made = PhotoDecoder()
    yield made
    made.close()


def picture(mode: str, size: tuple[int, int], kind: str = "PNG", **how: object) -> bytes:
    held = io.BytesIO()
    Image.new(mode, size, (9,) * len(mode)).save(held, kind, **how)
    return held.getvalue()


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_the_largest_photograph_that_is_taken_keeps_within_its_memory(
    decoder: PhotoDecoder, mode: str
) -> None:
    drawn = Image.open(io.BytesIO(decoder.draw(picture(mode, (7000, 7000)), 1600)))
    assert (drawn.format, drawn.size) == ("JPEG", (1600, 1600))


def test_a_picture_one_pixel_wide_is_too_large(decoder: PhotoDecoder) -> None:
    with pytest.raises(PictureTooLarge):
        decoder.draw(picture("RGB", (1, 49_000_000)), 1600)


def test_a_picture_of_a_thousand_scans_is_refused_before_it_is_decoded(
    decoder: PhotoDecoder,
) -> None:
    whole = picture("RGB", (2000, 2000), "JPEG", progressive=True)
    last = whole.rindex(b"\xff\xda")
    scan = whole[last : whole.rindex(b"\xff\xd9")]
    assert Image.open(io.BytesIO(decoder.draw(whole, 300))).size == (300, 300)
    begun = time.process_time()
    with pytest.raises(PictureUnreadable):
        decoder.draw(whole[:last] + scan * 1000 + b"\xff\xd9", 300)
    assert time.process_time() - begun < photo_decoder.SECONDS
    assert whole.count(b"\xff\xda") < MOST_SCANS


def test_one_that_keeps_the_decoder_busy_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(_raw: bytes, _side: int) -> None:
        while True:
            pass

    monkeypatch.setattr(photo_decoder, "SECONDS", 1)
    monkeypatch.setattr(photo_decoder, "_opened", endless)
    assert photo_decoder._of_a_child(b"", 300) == UNREADABLE


def test_one_that_wants_too_much_memory_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(_raw: bytes, _side: int) -> bytearray:
        return bytearray(photo_decoder.MEMORY)

    monkeypatch.setattr(photo_decoder, "_opened", greedy)
    assert photo_decoder._of_a_child(b"", 300) == UNREADABLE


def test_a_decoder_that_was_killed_starts_anew(decoder: PhotoDecoder) -> None:
    small = picture("RGB", (40, 40))
    assert decoder.draw(small, 300)
    assert decoder._helper is not None
    os.kill(decoder._helper.pid, signal.SIGKILL)
    decoder._helper.wait()
    assert decoder.draw(small, 300)


def test_the_helper_ends_with_the_program() -> None:
    made = PhotoDecoder()
    made.draw(picture("RGB", (40, 40)), 300)
    helper = made._helper
    assert helper is not None
    assert helper.stdin is not None
    helper.stdin.close()
    assert helper.wait(timeout=30) == 0
    made.close()
