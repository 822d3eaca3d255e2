"""A sign as a telephone takes it: on a wall, from the side, not quite sharp, in weak light."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image, ImageFilter

from kiosk.devices.plane import Point, plane_through

FROM_THE_SIDE: Sequence[Point] = ((250, 210), (2180, 330), (2100, 1640), (290, 1560))
"""Where the corners of the paper are, in pixels; the wall has 2,400 by 1,800."""
_WALL = (120, 96, 80)


def on_a_wall(
    sign: Image.Image, corners: Sequence[Point] = FROM_THE_SIDE, *, blur: float = 1.2
) -> Image.Image:
    """A photograph of it."""
    wall = Image.new("RGB", (2400, 1800), _WALL)
    width, height = sign.size
    paper = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)]
    plane = plane_through(list(zip(corners, paper, strict=True)))
    assert plane is not None
    numbers = plane.seen_from((0, 0), 1)
    kind = Image.Transform.PERSPECTIVE
    seen = sign.convert("RGB").transform(wall.size, kind, numbers, Image.Resampling.BILINEAR)
    there = Image.new("L", sign.size, 255).transform(wall.size, kind, numbers)
    wall.paste(seen, mask=there)
    return wall.filter(ImageFilter.GaussianBlur(blur))


def from_30_cm(page: Image.Image) -> Image.Image:
    """The same paper, a little from the side and not quite sharp."""
    width, height = page.size
    lean = 0.02 * width
    corners = (
        (90 + lean, 60),
        (90 + width, 60 + lean),
        (70 + width, 60 + height),
        (60, 40 + height),
    )
    return on_a_wall(page, corners, blur=1.0)


def weaker(picture: Image.Image, contrast: float) -> Image.Image:
    """The same in so weak a light, from 0 to 1, around a middle grey."""
    return picture.point(lambda shade: round(128 + (shade - 128) * contrast))


def covered(picture: Image.Image, box: tuple[int, int, int, int]) -> Image.Image:
    """The same with a patch of mud on it."""
    left = picture.copy()
    left.paste((70, 60, 50) if picture.mode == "RGB" else 60, box)
    return left
