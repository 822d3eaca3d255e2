"""The codes on a photograph, and around each the paper that it stands on, as if seen from in front.

It is read in a process of its own, with limits of time and memory, from a JPEG that `photo_decoder`
drew anew: what somebody put on a stick breaks nothing here.
"""

from __future__ import annotations

import base64
import io
import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kiosk.devices.photo_decoder import PictureUnreadable, drawn
from kiosk.devices.plane import Point, plane_through
from kiosk.devices.sheet_reader import PageUnreadable, limited

if TYPE_CHECKING:
    import zxingcpp
    from PIL.Image import Image

LONGEST_SIDE: Final = 3_000
"""Pixels: a code that is a fifteenth as wide as the picture has 200 of them to a side."""
_SIDES: Final = (None, 2_000, 1_200)
"""As it is, and smaller: what is blurred or of a screen's stripes is read best from afar."""
_SIGN: Final = (210.0, 148.5)
_CODE: Final = (148.0, 69.5, 194.0, 115.5)
"""Where the code stands on a door sign, in millimetres, nearly: modules are of whole dots."""
_AROUND: Final = 6.0
_STEP: Final = 210.0 / 1_400


@dataclass(frozen=True)
class PhotographedCode:
    """A code's text, and the paper around it as a JPEG."""

    text: str
    picture: bytes


def photographed(raw: bytes) -> tuple[PhotographedCode, ...]:
    """The codes on a photograph, the largest first; none where none can be read.

    Raises:
        PictureTooLarge: by its pixels.
        PictureUnreadable: for whatever is no photograph, or takes too long.
    """
    fresh = drawn(raw, LONGEST_SIDE)
    try:
        told = json.loads(limited([sys.executable, "-P", "-m", __name__], fresh))
    except PageUnreadable as trouble:
        raise PictureUnreadable from trouble
    return tuple(PhotographedCode(each["text"], base64.b64decode(each["picture"])) for each in told)


# --- In the process of its own ------------------------------------------------------------------


def answer(jpeg: bytes) -> list[dict[str, Any]]:
    """Each code with its picture, the largest first."""
    from PIL import Image

    picture = Image.open(io.BytesIO(jpeg), formats=("JPEG",)).convert("RGB")
    for side in _SIDES:
        scale = min(1.0, side / max(picture.size)) if side else 1.0
        found = _codes(picture, scale)
        if found:
            found.sort(key=lambda each: -_size(each[1]))
            return [_told(picture, text, corners) for text, corners in found]
    return []


def _codes(picture: Image, scale: float) -> list[tuple[str, list[Point]]]:
    import zxingcpp

    grey = picture.convert("L")
    if scale < 1:
        grey = grey.resize((int(grey.width * scale), int(grey.height * scale)), reducing_gap=2.0)
    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    return [
        (bytes(each.bytes).decode("utf-8", "replace"), _corners(each, scale))
        for each in zxingcpp.read_barcodes(grey, formats=formats)
    ]


def _corners(found: zxingcpp.Barcode, scale: float) -> list[Point]:
    at = found.position
    corners = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
    return [(each.x / scale, each.y / scale) for each in corners]


def _size(corners: list[Point]) -> float:
    """Twice the area (the shoelace formula)."""
    turned = [*corners[1:], corners[0]]
    pairs = zip(corners, turned, strict=True)
    return abs(sum(x * v - u * y for (x, y), (u, v) in pairs))


def _told(picture: Image, text: str, corners: list[Point]) -> dict[str, Any]:
    kept = io.BytesIO()
    (_from_in_front(picture, corners) or picture).save(kept, "JPEG", quality=82)
    return {"text": text, "picture": base64.b64encode(kept.getvalue()).decode()}


def _from_in_front(picture: Image, corners: list[Point]) -> Image | None:
    """The sign around its code; what is not on the picture stays white."""
    from PIL import Image

    left, top, right, bottom = _CODE
    on_the_sign = [(left, top), (right, top), (right, bottom), (left, bottom)]
    plane = plane_through(list(zip(on_the_sign, corners, strict=True)))
    if plane is None:
        return None
    size = [int((side + 2 * _AROUND) / _STEP) for side in _SIGN]
    numbers = plane.seen_from((-_AROUND, -_AROUND), _STEP)
    return picture.transform(
        (size[0], size[1]),
        Image.Transform.PERSPECTIVE,
        numbers,
        Image.Resampling.BILINEAR,
        fillcolor="white",
    )


if __name__ == "__main__":
    print(json.dumps(answer(sys.stdin.buffer.read())))  # noqa: T201 - it is the answer
