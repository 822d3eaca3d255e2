"""A sentence on a screen on which no compositor could draw."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from kiosk.devices import plain_screen

SENTENCES = ("善行存折在这个屏幕上画不出来。" * 4, "The kiosk cannot draw on this screen. " * 4)


def a_framebuffer(folder: Path, bits: int) -> tuple[Path, Path]:
    """Its file, and what the kernel says of it; a line is longer than its pixels."""
    width, height = 640, 400
    about = folder / "fb0"
    about.mkdir()
    line = width * bits // 8 + 64
    told = {"virtual_size": f"{width},{height}", "bits_per_pixel": bits, "stride": line}
    for name, value in told.items():
        (about / name).write_text(f"{value}\n")
    device = folder / "fb"
    device.write_bytes(b"\x55" * (line * height))
    return device, about


@pytest.mark.parametrize("bits", [16, 32])
def test_it_is_drawn_for_either_kind_of_pixel(tmp_path: Path, bits: int) -> None:
    device, about = a_framebuffer(tmp_path, bits)
    size = device.stat().st_size
    assert plain_screen.show(SENTENCES, device, about, tmp_path / "none")
    raw, line = device.read_bytes(), 640 * bits // 8 + 64
    assert len(raw) == size
    rows = b"".join(raw[at : at + line - 64] for at in range(0, size, line))
    mode = "BGRX" if bits == 32 else "BGR;16"
    drawn = Image.frombytes("RGB", (640, 400), rows, "raw", mode)
    meant = plain_screen.picture(SENTENCES, 640, 400)
    near = [
        abs(one - other) <= 8 for one, other in zip(drawn.tobytes(), meant.tobytes(), strict=True)
    ]
    assert all(near)


def test_nothing_runs_off_the_screen() -> None:
    """Broken between words and between characters, with a margin all around."""
    picture = plain_screen.picture(SENTENCES, 640, 400).convert("L").point(lambda each: each < 128)
    left, top, right, bottom = picture.getbbox() or (0, 0, 0, 0)
    assert left >= 640 // 14
    assert right <= 640 - 640 // 14
    assert 0 < top < bottom < 400


def test_where_there_is_no_framebuffer_the_console_has_it(tmp_path: Path) -> None:
    console = tmp_path / "tty1"
    shown = plain_screen.show(SENTENCES, tmp_path / "none", tmp_path / "none", console)
    assert not shown
    assert all(each in console.read_text("utf-8") for each in SENTENCES)
    assert not plain_screen.show(SENTENCES, tmp_path / "x", tmp_path / "x", tmp_path / "x" / "y")
