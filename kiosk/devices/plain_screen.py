"""Words on a screen that no compositor could draw on: into the kernel's own framebuffer.

The text console has no Chinese characters; the framebuffer below it takes any picture (Linux,
Documentation/fb/framebuffer.rst; what it looks like stands in sysfs).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from kiosk.core.paths import ASSETS

DEVICE: Final = Path("/dev/fb0")
ABOUT: Final = Path("/sys/class/graphics/fb0")
CONSOLE: Final = Path("/dev/tty1")
_FONT: Final = ASSETS / "fonts" / "NotoSansSC-Regular.ttf"
_GROUND, _INK = (255, 255, 255), (20, 20, 20)


@dataclass(frozen=True)
class Framebuffer:
    """Its size in pixels, bits of a pixel, and bytes of a line."""

    width: int
    height: int
    bits: int
    line: int


def show(
    sentences: Sequence[str], device: Path = DEVICE, about: Path = ABOUT, console: Path = CONSOLE
) -> bool:
    """Put `sentences` on the screen, a paragraph each; False where only the console took them."""
    try:
        found = framebuffer(about)
        with device.open("r+b", buffering=0) as screen:
            screen.write(as_bytes(picture(sentences, found.width, found.height), found))
    except (OSError, ValueError):
        _on_the_console(sentences, console)
        return False
    return True


def framebuffer(about: Path) -> Framebuffer:
    """What the kernel says of it.

    Raises:
        OSError, ValueError: there is none, or one of another kind.
    """
    width, _, height = (about / "virtual_size").read_text("ascii").strip().partition(",")
    bits = int((about / "bits_per_pixel").read_text("ascii"))
    line = int((about / "stride").read_text("ascii"))
    if bits not in (16, 32):
        raise ValueError(f"{bits} bits")
    return Framebuffer(int(width), int(height), bits, line)


def picture(sentences: Sequence[str], width: int, height: int) -> Image.Image:
    """The sentences in dark letters on white, as large as a hall's screen wants them."""
    image = Image.new("RGB", (width, height), _GROUND)
    pen = ImageDraw.Draw(image)
    size = max(18, min(width, height) // 22)
    font = ImageFont.truetype(str(_FONT), size)
    margin, top = width // 12, height // 8
    for sentence in sentences:
        for line in _broken(sentence, font, width - 2 * margin):
            pen.text((margin, top), line, fill=_INK, font=font)
            top += round(1.5 * size)
        top += size
    return image


def as_bytes(image: Image.Image, found: Framebuffer) -> bytes:
    """The picture as the framebuffer keeps it: blue first, or five, six and five bits."""
    lines = []
    for row in range(image.height):
        strip = image.crop((0, row, image.width, row + 1))
        if found.bits == 32:
            packed = strip.tobytes("raw", "BGRX")
        else:
            pixels = strip.tobytes()
            packed = b"".join(
                (
                    (pixels[at] >> 3 << 11) | (pixels[at + 1] >> 2 << 5) | pixels[at + 2] >> 3
                ).to_bytes(2, "little")
                for at in range(0, len(pixels), 3)
            )
        lines.append(packed[: found.line].ljust(found.line, b"\0"))
    return b"".join(lines)


def _broken(sentence: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Between words, and between Chinese characters."""
    lines, now = [], ""
    for piece in _pieces(sentence):
        if now and font.getlength(now + piece.rstrip()) > width:
            lines.append(now.rstrip())
            now = piece.lstrip()
        else:
            now += piece
    return [*lines, now]


def _pieces(sentence: str) -> list[str]:
    pieces, word = [], ""
    for sign in sentence:
        if sign.isascii() and sign != " ":
            word += sign
            continue
        pieces.append(word + sign if sign == " " else word)
        word = ""
        if sign != " ":
            pieces.append(sign)
    return [each for each in (*pieces, word) if each]


def _on_the_console(sentences: Sequence[str], console: Path) -> None:
    try:
        with console.open("w", encoding="utf-8") as screen:
            screen.write("\n\n".join(sentences) + "\n")
    except OSError:
        return
