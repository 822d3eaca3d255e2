"""Codes on a picture or a PDF that somebody saved: a slip that was photographed or scanned."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST_FILE: Final = 50_000_000
LARGEST_PICTURE: Final = 60_000_000
"""Pixels; a telephone's largest photographs have 50 million."""
_PDF_DPI: Final = 300
_PDF_SECONDS: Final = 20
_SIDE: Final = 2_000
"""A code is found best on a picture of about this many pixels a side."""


class NoPictureError(ValueError):
    """The file is no picture that can be opened."""


def codes_on(file: Path) -> list[str]:
    """The texts of the QR codes on a PNG, a JPEG or the first page of a PDF; [] if none is found.

    Raises:
        NoPictureError: it is none of these, is damaged, or is far too large.
        OSError: the file cannot be read.
    """
    if file.stat().st_size > LARGEST_FILE:
        raise NoPictureError("too large")
    raw = file.read_bytes()
    picture = _opened(_page(raw) if raw.startswith(b"%PDF-") else raw)
    for view in _views(picture):
        if found := _codes(view):
            return found
    return []


def _opened(raw: bytes) -> Image:
    from PIL import Image, ImageOps

    try:
        picture = Image.open(io.BytesIO(raw), formats=("PNG", "JPEG", "PPM"))
        if picture.width * picture.height > LARGEST_PICTURE:
            raise NoPictureError("too large")
        return ImageOps.exif_transpose(picture).convert("L")
    except NoPictureError:
        raise
    except Exception as trouble:  # the decoders of a damaged file raise anything
        raise NoPictureError("no picture") from trouble


def _page(pdf: bytes) -> bytes:
    """The first page as a grey picture."""
    if shutil.which("pdftoppm") is None:
        raise NoPictureError("no program for PDFs")
    command = ["pdftoppm", "-gray", "-r", str(_PDF_DPI), "-singlefile", "-"]
    try:
        done = subprocess.run(
            command, input=pdf, capture_output=True, check=True, timeout=_PDF_SECONDS
        )
    except subprocess.SubprocessError as trouble:
        raise NoPictureError("no PDF") from trouble
    return done.stdout


def _views(picture: Image) -> Iterator[Image]:
    """The picture as it is, then as somebody squinting would look at it."""
    from PIL import ImageFilter, ImageOps

    yield picture
    scale = _SIDE / max(picture.size)
    resized = picture.resize(
        (max(1, int(picture.width * scale)), max(1, int(picture.height * scale)))
    )
    yield resized
    yield ImageOps.autocontrast(resized.filter(ImageFilter.MedianFilter(3)), cutoff=2)
    yield resized.filter(ImageFilter.UnsharpMask(radius=3, percent=250))


def _codes(picture: Image) -> list[str]:
    import zxingcpp

    found = zxingcpp.read_barcodes(
        picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    )
    return [bytes(each.bytes).decode("utf-8", "replace") for each in found]
