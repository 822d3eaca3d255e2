"""Visit sheets on a picture: their codes found, the paper's tilt undone, each box looked at.

Nothing is guessed. A box is said to be empty or marked only where its printed frame was found
where it has to be and the ink leaves no doubt; else it is `unsure`, and a picture of its line goes
with it.
All of this runs in a process of its own (`sheet_reader`).
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from kiosk.core.sheet_layout import Form, FormName, Line, Point, read_mark
from kiosk.devices import box_ink
from kiosk.devices.box_ink import Box
from kiosk.devices.plane import Plane, plane_through

_PIXELS: Final = 8
"""Of a box's picture, for each millimetre."""
_AROUND: Final = 3.4
"""Millimetres of paper that are looked at around a box."""
_REACH: Final = 1.3
"""So far from where its neighbour was found a box is looked for, in millimetres."""
_FARTHEST: Final = 0.42
"""Of the way to the next row: farther from its place no box is believed."""
_SIDE: Final = 2_000
"""A code is found best on a picture of about this many pixels a side."""


@dataclass(frozen=True)
class LineRead:
    """The boxes of a line, and its picture (JPEG)."""

    boxes: tuple[Box, ...]
    picture: bytes


@dataclass
class FormSeen:
    """The codes of one form that were found: the corner to its four points on the picture.

    The points are top left, top right, bottom right, bottom left, as the form is read.
    """

    name: FormName
    corners: dict[int, tuple[Point, ...]] = field(default_factory=dict)


# --- The codes ----------------------------------------------------------------------------------


def forms_on(picture: Image.Image, layouts: Mapping[str, Form]) -> list[FormSeen]:
    """The forms of which a code was found, in the order of the picture, from the top."""
    found: dict[FormName, FormSeen] = {}
    for view, scale in _views(picture):
        _take(found, view, (0.0, 0.0), scale)
        if found and all(len(each.corners) == 4 for each in found.values()):
            break
    for seen in list(found.values()):
        if len(seen.corners) < 4:
            _look_closer(picture, found, seen, layouts[f"{seen.name.size} {seen.name.premises}"])
    return sorted(found.values(), key=lambda each: min(min(each.corners.values()))[1])


def _take(found: dict[FormName, FormSeen], view: Image.Image, start: Point, scale: float) -> None:
    """The codes of a view, which begins at `start` of the picture and is `scale` times as large."""
    for text, points in _codes(view):
        known = read_mark(text)
        if known is not None:
            corner, name = known
            seen = found.setdefault(name, FormSeen(name))
            there = tuple((x / scale + start[0], y / scale + start[1]) for x, y in points)
            seen.corners.setdefault(corner, there)


def _look_closer(
    picture: Image.Image, found: dict[FormName, FormSeen], seen: FormSeen, form: Form
) -> None:
    """Look for the other codes of a form where they have to be, enlarged and sharpened."""
    for _ in range(3):
        before = len(seen.corners)
        plane = plane_through(_pairs(seen, form, straight=before == 1))
        if plane is None:
            return
        for corner in {0, 1, 2, 3} - seen.corners.keys():
            area = _around(plane, form, corner, picture.size, 3.0 if before == 1 else 1.2)
            if area is None:
                continue
            part = picture.crop(area)
            _take(found, _sharpened(part), (float(area[0]), float(area[1])), 2.0)
        if len(seen.corners) in (before, 4):
            return


def _around(
    plane: Plane, form: Form, corner: int, size: tuple[int, int], more: float
) -> tuple[int, int, int, int] | None:
    """Where a code has to be, with so much `more` around it as it is wide."""
    x, y = form.marks[corner]
    near, far = -more * form.mark, (1 + more) * form.mark
    points = [plane.at((x + dx, y + dy)) for dx in (near, far) for dy in (near, far)]
    left, top = (max(0, round(min(each[at] for each in points))) for at in (0, 1))
    right, low = (min(size[at], round(max(each[at] for each in points))) for at in (0, 1))
    within = 20 < right - left < size[0] and 20 < low - top < size[1]
    return (left, top, right, low) if within else None


def _views(picture: Image.Image) -> Iterator[tuple[Image.Image, float]]:
    """The picture as it is, then as somebody squinting would look at it, and its scale."""
    yield picture, 1.0
    scale = _SIDE / max(picture.size)
    resized = picture.resize([max(1, round(each * scale)) for each in picture.size])
    yield resized, scale
    yield ImageOps.autocontrast(resized.filter(ImageFilter.MedianFilter(3)), cutoff=2), scale
    yield _sharpened(picture), 2.0


def _sharpened(picture: Image.Image) -> Image.Image:
    """Twice as large, and blur taken back: it finds three times as many of the blurred codes."""
    large = picture.resize((2 * picture.width, 2 * picture.height), Image.Resampling.LANCZOS)
    return large.filter(ImageFilter.UnsharpMask(radius=4, percent=500, threshold=0))


def _codes(picture: Image.Image) -> Iterator[tuple[str, tuple[Point, ...]]]:
    found: Any = zxingcpp.read_barcodes(
        picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    )
    for each in found:
        at = each.position
        corners = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
        yield bytes(each.bytes).decode("utf-8", "replace"), tuple((p.x, p.y) for p in corners)


def plane_of(seen: FormSeen, form: Form) -> Plane | None:
    """From the form's millimetres to the picture's pixels.

    None with fewer than three corners, or where they do not belong together: two copies of a form
    on one picture, or a paper that was cut.
    """
    if len(seen.corners) < 3:
        return None
    pairs = _pairs(seen, form)
    plane = plane_through(pairs)
    if plane is None:
        return None
    pixels = math.dist(*(plane.at(each) for each in form.marks[:2])) / (form.width - 40)
    astray = max(math.dist(plane.at(there), here) for there, here in pairs)
    return plane if astray <= _ASTRAY * pixels else None


_ASTRAY: Final = 5.0
"""Millimetres by which a code may lie beside its place, on a paper that was folded."""


def _pairs(seen: FormSeen, form: Form, straight: bool = False) -> list[tuple[Point, Point]]:
    """Places on the form and on the picture; `straight` as if seen from above, from one code."""
    pairs: list[tuple[Point, Point]] = []
    for corner, points in seen.corners.items():
        x, y = form.marks[corner]
        side = form.mark
        there = ((x, y), (x + side, y), (x + side, y + side), (x, y + side))
        if straight:
            (ax, ay), (bx, by), _, (dx, dy) = points
            points = (*points[:2], (bx + dx - ax, by + dy - ay), points[3])
        pairs += zip(there, points, strict=True)
    return pairs


# --- The boxes ----------------------------------------------------------------------------------


def lines_of(picture: Image.Image, form: Form, plane: Plane, black: float) -> list[LineRead]:
    """What is in the boxes, line by line; `black` as `printed_black` found it."""
    read: list[LineRead] = []
    moved: dict[float, Point | None] = {}
    for line in form.lines:
        before = moved.get(line.left)
        boxes: list[Box] = []
        for place in line.boxes:
            looked = _looked_at(picture, form, plane, place, before, black)
            boxes.append(looked.state)
            before = looked.moved or before
        moved[line.left] = before
        found = _picture_of(picture, form, plane, line, before or (0.0, 0.0))
        read.append(LineRead(tuple(boxes), found))
    return read


def printed_black(picture: Image.Image, form: Form, plane: Plane) -> float:
    """How light the print's black is beside its paper's white: 0 is black, 1 no print at all."""
    found = []
    for x, y in form.marks:
        patch = _straightened(picture, plane, (x, y), form.mark, form.mark)
        levels = sorted(patch.tobytes())
        white = levels[len(levels) * 9 // 10] or 1
        found.append(levels[len(levels) // 12] / white)
    return sorted(found)[len(found) // 2]


@dataclass(frozen=True)
class _Looked:
    state: Box
    moved: Point | None
    """Where the frame was found, beside where it had to be, in millimetres."""


def _looked_at(
    picture: Image.Image,
    form: Form,
    plane: Plane,
    place: Point,
    neighbour: Point | None,
    black: float,
) -> _Looked:
    """One box; `neighbour` is by how much the one before lay beside its place, if it was found."""
    side = form.box + 2 * _AROUND
    before, reach = (neighbour, _REACH) if neighbour else ((0.0, 0.0), _FARTHEST * form.row)
    start = (place[0] - _AROUND + before[0], place[1] - _AROUND + before[1])
    patch = _straightened(picture, plane, start, side, side)
    across = _frame_at(_columns(patch, form.box), form.box, reach)
    down = _frame_at(
        _columns(patch.transpose(Image.Transpose.TRANSPOSE), form.box), form.box, reach
    )
    if across is None or down is None:
        return _Looked("unsure", None)
    moved = (before[0] + across / _PIXELS, before[1] + down / _PIXELS)
    if max(abs(moved[0]), abs(moved[1])) > _FARTHEST * form.row:
        return _Looked("unsure", None)
    start = (_AROUND * _PIXELS + across, _AROUND * _PIXELS + down)
    return _Looked(box_ink.judged(patch, start, form.box, _PIXELS, black), moved)


def _straightened(
    picture: Image.Image, plane: Plane, start: Point, width: float, height: float
) -> Image.Image:
    """A part of the form, given in millimetres, as if it had been scanned."""
    size = (round(width * _PIXELS), round(height * _PIXELS))
    return picture.transform(
        size,
        Image.Transform.PERSPECTIVE,
        plane.seen_from(start, 1 / _PIXELS),
        Image.Resampling.BICUBIC,
        fillcolor=255,
    )


def _columns(patch: Image.Image, box: float) -> list[float]:
    """How dark each column is, beside the box's own height, without what other lines draw there."""
    middle, half = patch.height / 2, box * _PIXELS * 0.36
    part = patch.crop((0, round(middle - half), patch.width, round(middle + half)))
    row = part.resize((patch.width, 1), Image.Resampling.BOX)
    return [255 - level for level in row.tobytes()]


def _frame_at(dark: list[float], box: float, reach_mm: float) -> int | None:
    """By how many pixels a frame lies beside its place; None where there is no frame."""
    first = round(_AROUND * _PIXELS)
    second = first + round(box * _PIXELS)
    reach = min(round(reach_mm * _PIXELS), first - 6)

    def line(at: int, outward: int) -> float:
        """How much darker than the paper outside it, and than what is inside."""
        here = max(dark[at - 1], dark[at], dark[at + 1]) * 0.5 + dark[at] * 0.5
        outside, inside = dark[at + 5 * outward], dark[at - 5 * outward]
        return here - outside + 0.5 * max(0.0, here - inside)

    scored = [
        (min(a, b) + 0.25 * (a + b), -abs(by), by)
        for by in range(-reach, reach + 1)
        for a, b in [(line(first + by, -1), line(second + by, 1))]
    ]
    best = max(scored)
    floor = sorted(dark)[len(dark) // 8]
    contrast = max(dark) - floor
    weakest = min(line(first + best[2], -1), line(second + best[2], 1))
    return best[2] if weakest >= max(_FAINTEST_FRAME, 0.25 * contrast) else None


_FAINTEST_FRAME: Final = 14
"""Levels of grey, of 255."""


def _picture_of(picture: Image.Image, form: Form, plane: Plane, line: Line, moved: Point) -> bytes:
    """The line's boxes with a little around them, where they were found, for a human eye."""
    first, last = line.boxes[0], line.boxes[-1]
    start = (first[0] - 3 + moved[0], first[1] - 1.5 + moved[1])
    width = last[0] - first[0] + form.box + 6
    out = io.BytesIO()
    _straightened(picture, plane, start, width, form.box + 3).save(out, "JPEG", quality=80)
    return out.getvalue()


def read_forms(
    picture: Image.Image, layouts: Mapping[str, Form]
) -> list[tuple[FormSeen, list[LineRead] | None]]:
    """Each form on the picture with its lines; None of a form of which a corner too many is hidden.

    `layouts` are the forms by size and kind of premises, ``full home``.
    """
    read: list[tuple[FormSeen, list[LineRead] | None]] = []
    for seen in forms_on(picture, layouts):
        form = layouts[f"{seen.name.size} {seen.name.premises}"]
        plane = plane_of(seen, form)
        if plane is None:
            read.append((seen, None))
            continue
        black = printed_black(picture, form, plane)
        read.append((seen, lines_of(picture, form, plane, black)))
    return read
