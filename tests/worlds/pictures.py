"""Pictures that a visitor brings: a photograph that tells too much, and one that is a bomb."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image

SECRET = "30.1234 N taken at home"


def picture(size: tuple[int, int] = (2400, 1800), kind: str = "JPEG", turn: int = 1) -> bytes:
    drawn = Image.new("RGB", size, (200, 30, 30))
    drawn.paste((30, 30, 200), (0, 0, size[0] // 2, size[1] // 2))
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = SECRET, turn
    held = io.BytesIO()
    drawn.save(held, kind, exif=exif, quality=95)
    return held.getvalue()


def bomb() -> bytes:
    """A PNG of a few hundred bytes that claims to be 60,000 pixels square."""

    def chunk(kind: bytes, held: bytes) -> bytes:
        body = kind + held
        return struct.pack(">I", len(held)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 10_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
