"""What the paper tests look at: the page as a printer or a phone sees it."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from tests.qr import qr_codes

NOTE = (
    "yangqiao.village/good-deed-book\n"
    "1234\n"
    "qINS1GRFHWaScHE1xXUbEUfQi8j8C8HKgA9UhHhNIR8=\n"
    "ref 2026-0417\n"
    "kind receipt\n"
    "记一件好事：陪老人出门办事 +6\n"
    "\n"
    "— yangqiao.village/good-deed-book " + ("AbCd9/+z" * 12)[:92] + "\n"
)
LONG_NOTE = NOTE.replace("+6\n", "+6\n" + "河埠头清理，三户确认，两位审核员签字。" * 2 + "\n")

Rendered = Callable[..., Image.Image]


@pytest.fixture
def rendered(tmp_path: Path) -> Rendered:
    """Renders a page of a PDF, by default the first, at so many dots per inch, in grey."""

    def render(pdf: bytes, dpi: int, page: int = 1) -> Image.Image:
        file = tmp_path / "page.pdf"
        file.write_bytes(pdf)
        command = ["pdftoppm", "-gray", "-r", str(dpi), "-f", str(page), "-singlefile", str(file)]
        return Image.open(
            io.BytesIO(subprocess.run(command, capture_output=True, check=True).stdout)
        )

    return render


def code_on(image: Image.Image) -> bytes:
    """The bytes of the one QR code on the image."""
    (found,) = qr_codes(image.convert("L"))
    return bytes(found.bytes)


@pytest.fixture
def read_code() -> Callable[[Image.Image], bytes]:
    """Reads the one QR code on an image."""
    return code_on


@pytest.fixture
def note() -> str:
    """A signed note as a slip carries it."""
    return NOTE


@pytest.fixture
def long_note() -> str:
    """A signed note of more than 390 bytes."""
    assert 390 < len(LONG_NOTE.encode()) < 430
    return LONG_NOTE


def is_embedded(font: DictionaryObject) -> bool:
    """Whether the file carries the font's outlines."""
    return "/FontFile2" in cast("DictionaryObject", font["/FontDescriptor"])


def text_of(pdf: bytes) -> str:
    """The text of all pages, as a reader or a search sees it."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


@pytest.fixture
def read_text() -> Callable[[bytes], str]:
    """Reads the text of a PDF."""
    return text_of


@pytest.fixture
def embedded() -> Callable[[DictionaryObject], bool]:
    """Whether a PDF carries a font's outlines."""
    return is_embedded


@pytest.fixture
def fonts_of() -> Callable[[bytes], list[DictionaryObject]]:
    """The fonts that the first page of a PDF uses to draw words."""

    def fonts(pdf: bytes) -> list[DictionaryObject]:
        resources = cast("DictionaryObject", PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"])
        named = cast("DictionaryObject", resources["/Font"]).values()
        return [cast("DictionaryObject", font.get_object()) for font in named]

    return fonts
