"""A slip that somebody photographed is read as a scanner would read it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from PIL import Image, ImageFilter

from kiosk.devices.image_codes import NoPictureError, codes_on
from kiosk.documents.slip import Slip, slip_pdf, slip_raster
from tests.worlds.names import YANGQIAO

NOTE = (
    "yangqiao.example/good-deed-book\n1234\nqINS1GRFHWaScHE1xXUbEUfQi8j8C8HKgA9UhHhNIR8=\n"
    "记一件好事：陪老人出门办事 +6\n\n"
    "— yangqiao.example/good-deed-book " + ("AbCd9/+z" * 12)[:92] + "\n"
)
SLIP = Slip(YANGQIAO, "zh", "receipt", "2026-0417", ("好事 +6",), (), NOTE)


def on_a_table(slip: Image.Image, tilt: float, side: int) -> Image.Image:
    """A photograph: grey table, a slip lying askew in half light, out of focus and noisy."""
    table = Image.new("L", (1400, 1900), 120)
    paper = slip.convert("L").point(lambda dot: 60 if dot < 128 else 225)
    table.paste(paper.resize((paper.width * 3 // 2, paper.height * 3 // 2)), (180, 60))
    width, height = table.size
    # Seen from the lower edge: what is far away is narrower.
    seen = table.transform(
        table.size,
        Image.Transform.QUAD,
        (0, 0, -40, height, width + 40, height, width, 0),
        Image.Resampling.BICUBIC,
    ).rotate(tilt, Image.Resampling.BICUBIC, expand=True, fillcolor=120)
    blurred = seen.filter(ImageFilter.GaussianBlur(1.2))
    chance = random.Random(tilt)
    noise = Image.frombytes("L", blurred.size, chance.randbytes(blurred.width * blurred.height))
    return Image.blend(blurred, noise, 0.12).resize((side, side * seen.height // seen.width))


@pytest.mark.long
@pytest.mark.parametrize("width", [58, 80])
@pytest.mark.parametrize("tilt", [0, 7, -15, 90, 183])
def test_a_photograph_of_a_slip_is_read(width: int, tilt: int, tmp_path: Path) -> None:
    paper = slip_raster(SLIP, 58 if width == 58 else 80)
    photograph = on_a_table(paper, tilt, 2400)
    photograph.save(tmp_path / "slip.jpg", quality=70)
    assert codes_on(tmp_path / "slip.jpg") == [NOTE]


def test_the_slip_itself_is_read_as_picture_and_as_pdf(tmp_path: Path) -> None:
    slip_raster(SLIP, 80).save(tmp_path / "slip.png")
    (tmp_path / "slip.pdf").write_bytes(slip_pdf(SLIP, 80))
    assert codes_on(tmp_path / "slip.png") == [NOTE]
    assert codes_on(tmp_path / "slip.pdf") == [NOTE]


def test_a_telephone_that_lay_on_its_side_says_so_and_is_understood(tmp_path: Path) -> None:
    picture = slip_raster(SLIP, 80).convert("L")
    exif = Image.Exif()
    exif[0x0112] = 6
    picture.rotate(90, expand=True).save(tmp_path / "slip.jpg", exif=exif)
    assert codes_on(tmp_path / "slip.jpg") == [NOTE]


def test_a_picture_without_a_code_has_none(tmp_path: Path) -> None:
    Image.new("L", (800, 600), 200).save(tmp_path / "wall.png")
    assert codes_on(tmp_path / "wall.png") == []


def cut(picture: bytes) -> bytes:
    return picture[: len(picture) // 2]


@pytest.mark.parametrize(
    "raw",
    [
        *(b"", b"\0\1\2", b"%PDF-1.7\nno pages", b"\x89PNG\r\n\x1a\n", b"GIF89a"),
        *(b"P%d\n" % kind + bytes(range(128, 256)) * 40 for kind in range(1, 8)),
    ],
)
def test_what_is_no_picture_is_refused(raw: bytes, tmp_path: Path) -> None:
    (tmp_path / "slip").write_bytes(raw)
    with pytest.raises(NoPictureError):
        codes_on(tmp_path / "slip")


@pytest.mark.parametrize("size", [(1, 1), (1, 5_000), (5_000, 1), (2, 3)])
def test_a_picture_as_thin_as_can_be_has_no_code(size: tuple[int, int], tmp_path: Path) -> None:
    Image.new("RGB", size, "white").save(tmp_path / "line.png")
    assert codes_on(tmp_path / "line.png") == []


@pytest.mark.long
def test_a_torn_or_far_too_large_picture_is_refused(tmp_path: Path) -> None:
    whole = tmp_path / "slip.png"
    slip_raster(SLIP, 80).save(whole)
    whole.write_bytes(cut(whole.read_bytes()))
    with pytest.raises(NoPictureError):
        codes_on(whole)
    Image.new("1", (20_000, 20_000)).save(tmp_path / "huge.png")
    with pytest.raises(NoPictureError):
        codes_on(tmp_path / "huge.png")
