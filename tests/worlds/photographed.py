"""Visit sheets as they come back: filled in by hands of several habits, folded, photographed.

A sheet is drawn as a printer draws it, filled in with pen or pencil, and seen as a telephone or a
scanner sees it. All of it follows from a seed. What a hand meant is known, so that a reading of the
picture can be held to it.
"""

from __future__ import annotations

import io
import math
import random
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from kiosk.core.sheet_layout import PREMISES, Form, FormName, Line, Point, Size, form
from kiosk.core.texts import Texts
from kiosk.devices.plane import Plane, plane_through
from kiosk.documents.visit_sheet import CheckForm, CheckItem, VisitSheet, visit_sheets_pdf
from kiosk.services.stars import rubrics
from kiosk.services.stars.ratings import PUT_FORWARD_ONLY
from kiosk.services.stars.rubrics import ANSWERS, CURRENT, Answer

DPI: Final = 200
_DOT: Final = DPI / 25.4
VILLAGE: Final = Texts({"zh": "柳溪村", "en": "Willow Creek"})
Habit = Literal["ticks", "crosses", "fills", "small ticks", "wild ticks"]
HABITS: Final[tuple[Habit, ...]] = ("ticks", "crosses", "fills", "small ticks", "wild ticks")


@dataclass
class Filled:
    """What a hand meant on a form: an answer by item, and what was put forward."""

    name: FormName
    answers: dict[str, Answer] = field(default_factory=dict)
    put_forward: set[str] = field(default_factory=set)
    left_out: list[str] = field(default_factory=list)
    """The items of what was not put forward, which have no answer."""
    both: list[str] = field(default_factory=list)
    """Items of which two boxes are marked: nobody can say what was meant."""
    corrected: int = 0


def check_form(premises: str, seat: int, code: str) -> CheckForm:
    """A form as a village prints it."""
    items = rubrics.rubric(CURRENT, premises).items
    return CheckForm(
        code=code,
        seat=seat,
        premises=premises,
        house=("柳树巷12号", "Willow Lane 12"),
        quarter=("2026 年第四季度", "Fourth quarter of 2026"),
        items=tuple(
            CheckItem(each.key, each.dimension, each.text.said("zh"), each.text.said("en"))
            for each in items
        ),
        asked=tuple(sorted(PUT_FORWARD_ONLY)),
    )


def sheets_for(seed: int, count: int) -> list[VisitSheet]:
    """So many sheets, two in five of them with two forms to be cut apart."""
    by = random.Random(seed)
    return [
        VisitSheet(
            village=VILLAGE,
            language="zh",
            forms=tuple(
                check_form(by.choice(PREMISES), 1 + place % 2, new_code(by))
                for _ in range(2 if place % 5 < 2 else 1)
            ),
        )
        for place in range(count)
    ]


def new_code(by: random.Random) -> str:
    """What a visit's sheet bears."""
    return f"V-26Q4-{by.randrange(400):04}-{by.choice((1, 2))}-{by.randrange(1 << 16):04X}"


def printed(sheets: Sequence[VisitSheet]) -> list[Image.Image]:
    """The sheets as a printer draws them."""
    command = ["pdftoppm", "-gray", "-r", str(DPI), "-"]
    done = subprocess.run(
        command, input=visit_sheets_pdf(tuple(sheets)), capture_output=True, check=True
    )
    stream, pages = io.BytesIO(done.stdout), []
    for _ in sheets:
        kind, size, _depth = (stream.readline() for _ in range(3))
        assert kind == b"P5\n"
        wide, high = map(int, size.split())
        pages.append(Image.frombytes("L", (wide, high), stream.read(wide * high)))
    return pages


# --- The hand -----------------------------------------------------------------------------------


class Hand:
    """Fills in forms in its own way."""

    def __init__(self, by: random.Random, habit: Habit, *, pencil: bool) -> None:
        self._by, self._habit = by, habit
        self._dark = by.randint(95, 150) if pencil else by.randint(10, 70)
        self._thick = by.uniform(0.35, 0.6) if pencil else by.uniform(0.4, 0.9)

    def fill(self, page: Image.Image, sheet: VisitSheet) -> list[Filled]:
        """Every form of a sheet; draws on `page`."""
        size: Size = "full" if len(sheet.forms) == 1 else "half"
        found = []
        for place, each in enumerate(sheet.forms):
            ink = Image.new("L", page.size, 255)
            drawn = ImageDraw.Draw(ink)
            found.append(self._form(drawn, each, size, place * 148.5))
            soft = ink.filter(ImageFilter.GaussianBlur(0.6))
            page.paste(ImageChops.multiply(page, soft))
        return found

    def _form(self, ink: ImageDraw.ImageDraw, of: CheckForm, size: Size, top: float) -> Filled:
        layout = form(size, of.groups())
        filled = Filled(of.name(size))
        for line in layout.lines:
            self._line(ink, layout, line, filled, top)
        return filled

    def _line(
        self, ink: ImageDraw.ImageDraw, layout: Form, line: Line, filled: Filled, top: float
    ) -> None:
        boxes = [(x, y + top) for x, y in line.boxes]
        if not line.item:
            if self._by.random() < 0.4:
                filled.put_forward.add(line.dimension)
                self._mark(ink, boxes[0], layout.box)
                self._write(ink, line, top)
            return
        if line.dimension in PUT_FORWARD_ONLY and line.dimension not in filled.put_forward:
            filled.left_out.append(line.item)
            return
        meant = self._by.choices(range(3), weights=(7, 3, 2))[0]
        if self._by.random() < 0.05:
            filled.both.append(line.item)
            self._mark(ink, boxes[(meant + 1) % 3], layout.box)
            self._mark(ink, boxes[meant], layout.box)
            return
        filled.answers[line.item] = ANSWERS[meant]
        if self._habit != "fills" and self._by.random() < 0.06:
            filled.corrected += 1
            self._solid(ink, boxes[(meant + 1) % 3], layout.box)
        self._mark(ink, boxes[meant], layout.box)

    def _write(self, ink: ImageDraw.ImageDraw, line: Line, top: float) -> None:
        """A few words before the box, which may come near it."""
        x, y = line.boxes[0][0] - 22, line.top + top + 4
        while x < line.boxes[0][0] - 3:
            self._stroke(ink, [(x + self._jitter(1), y + self._jitter(1.5)) for _ in range(4)])
            x += 4

    def _jitter(self, by: float) -> float:
        return self._by.uniform(-by, by)

    def _stroke(self, ink: ImageDraw.ImageDraw, points: Sequence[Point], thick: float = 0) -> None:
        dots = [(x * _DOT, y * _DOT) for x, y in points]
        wide = max(2, round((thick or self._thick) * _DOT))
        ink.line(dots, fill=self._dark, width=wide, joint="curve")

    def _mark(self, ink: ImageDraw.ImageDraw, box: Point, side: float) -> None:
        if self._habit == "fills":
            self._solid(ink, box, side)
        elif self._habit == "crosses":
            self._cross(ink, box, side)
        else:
            self._tick(ink, box, side)

    def _tick(self, ink: ImageDraw.ImageDraw, box: Point, side: float) -> None:
        size = side * {"small ticks": 0.5, "wild ticks": 1.25}.get(self._habit, 0.85)
        x = box[0] + side / 2 + self._jitter(0.09 * side)
        y = box[1] + side / 2 + self._jitter(0.09 * side)
        self._stroke(
            ink,
            [
                (x - size * 0.42, y + self._jitter(0.3)),
                (x - size * 0.12, y + size * 0.34),
                (x + size * 0.5, y - size * 0.45 + self._jitter(0.3)),
            ],
        )

    def _cross(self, ink: ImageDraw.ImageDraw, box: Point, side: float) -> None:
        reach = side * self._by.uniform(0.3, 0.55)
        x = box[0] + side / 2 + self._jitter(0.08 * side)
        y = box[1] + side / 2 + self._jitter(0.08 * side)
        for way in (1, -1):
            start = (x - reach + self._jitter(0.3), y - way * reach)
            self._stroke(ink, [start, (x + reach, y + way * reach + self._jitter(0.3))])

    def _solid(self, ink: ImageDraw.ImageDraw, box: Point, side: float) -> None:
        """Filled in to and fro until no white is left; the edges are as steady as a hand is."""
        y, thick, points = box[1] + 0.2, max(self._thick, 0.5), []
        while y < box[1] + side - 0.1:
            points += [
                (box[0] + 0.1 + self._jitter(0.25), y),
                (box[0] + side - 0.1 + self._jitter(0.25), y + thick * 0.2),
            ]
            y += thick * 0.42
        self._stroke(ink, points, thick)


# --- The way back -------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Sight:
    """How a sheet is seen; lengths in pixels of the picture but where it says otherwise."""

    turn: float = 0.0
    """Degrees."""
    lean: float = 0.0
    """How much nearer one side of the paper is than the other: 0 is straight from above."""
    short: int = 1900
    """The picture's shorter side: 1,500 are three megapixels, 3,000 are twelve."""
    blur: float = 0.0
    shake: int = 0
    shadow: float = 0.0
    """How much darker the paper is there, of 1."""
    shadow_edge: float = 60.0
    light: float = 0.0
    """How much darker the far corner is, of 1."""
    noise: float = 0.0
    """Levels of grey."""
    quality: int = 85
    creases: tuple[float, ...] = ()
    """Where the sheet was folded, of its height."""
    lift: float = 0.0
    """How far a fold stands up, of the paper's width."""
    pale: float = 0.0
    """How much of the print is missing at one side, of 1: a cartridge that runs out there."""


def at_random(by: random.Random) -> Sight:
    """As people take pictures."""
    folded = by.random() < 0.45
    return Sight(
        turn=by.choice((0, 0, 0, 90, 180, 270)) + by.uniform(-14, 14),
        lean=by.uniform(0, 0.16),
        short=by.choice((1500, 1900, 2400, 3000)),
        blur=by.uniform(0, 1.9),
        shake=by.choice((0, 0, 0, 3)),
        shadow=by.choice((0.0, by.uniform(0.15, 0.5))),
        shadow_edge=by.uniform(12, 120),
        light=by.uniform(0, 0.4),
        noise=by.uniform(0, 9),
        quality=by.randint(38, 92),
        creases=tuple(by.uniform(0.15, 0.85) for _ in range(by.randint(1, 2))) if folded else (),
        lift=by.uniform(0.002, 0.012),
        pale=by.choice((0.0, 0.0, by.uniform(0.2, 0.6))),
    )


def scanned(by: random.Random) -> Sight:
    """As a flat-bed scanner sees it, laid down a little crooked."""
    return Sight(turn=by.choice((0, 90, 180, 270)) + by.uniform(-2, 2), short=1700, quality=75)


def pale_on_one_side(page: Image.Image, sight: Sight) -> Image.Image:
    """The print as it comes from a cartridge that runs out at its right."""
    if not sight.pale:
        return page
    slope = Image.linear_gradient("L").rotate(90).resize(page.size)
    missing = slope.point(lambda level: round(level * sight.pale))
    return Image.composite(Image.new("L", page.size, 255), page, missing)


def seen(page: Image.Image, sight: Sight, by: random.Random) -> Image.Image:
    """A sheet as it is on the picture."""
    paper = _folded(page, sight, by)
    upright = abs(math.sin(math.radians(sight.turn))) < 0.7
    wide, high = (sight.short, sight.short * 4 // 3)[:: 1 if upright else -1]
    plane = _thrown(paper, (wide, high), sight, by)
    table = Image.effect_noise((wide // 8, high // 8), 40).resize((wide, high))
    table = table.point(lambda level: level * 3 // 5)
    mask = _drawn(Image.new("L", paper.size, 255), plane, (wide, high), 0)
    picture = Image.composite(_drawn(paper, plane, (wide, high), 255), table, mask)
    picture = ImageChops.multiply(picture, _lit((wide, high), sight, by))
    picture = picture.filter(ImageFilter.GaussianBlur(sight.blur))
    if sight.shake:
        row = [1 / sight.shake] * sight.shake
        kernel = [0.0] * 25
        kernel[12 - sight.shake // 2 : 12 + sight.shake // 2 + 1] = row
        picture = picture.filter(ImageFilter.Kernel((5, 5), kernel, 1))
    if sight.noise:
        grain = _grain((wide, high), sight.noise, by)
        picture = ImageChops.add(picture, grain, 1, -128)
    return picture


def jpeg(picture: Image.Image, quality: int) -> bytes:
    """As a telephone keeps it."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def _grain(size: tuple[int, int], levels: float, by: random.Random) -> Image.Image:
    """Noise that follows from the seed: a tile of it, again and again."""
    tile = bytes(min(255, max(0, round(by.gauss(128, levels)))) for _ in range(251 * 251))
    one = Image.frombytes("L", (251, 251), tile)
    grain = Image.new("L", size)
    for x in range(0, size[0], 251):
        for y in range(0, size[1], 251):
            grain.paste(one, (x, y))
    return grain


def _folded(page: Image.Image, sight: Sight, by: random.Random) -> Image.Image:
    """A fold stands up a little: the paper beside it is moved, lighter here and darker there."""
    for crease in sight.creases:
        y, lift = round(page.height * crease), page.width * sight.lift
        wide, high = page.size
        moved = by.uniform(-1, 1) * lift
        quads = [
            ((0, 0, wide, y), (0, 0, -moved, y + lift, wide + moved, y - lift, wide, 0)),
            ((0, y, wide, high), (-moved, y + lift, 0, high, wide, high, wide + moved, y - lift)),
        ]
        page = page.transform(
            page.size, Image.Transform.MESH, quads, Image.Resampling.BICUBIC, fillcolor=255
        )
        shade = Image.new("L", page.size, 255)
        shade.paste(by.randint(215, 245), (0, y, wide, high))
        line = ImageDraw.Draw(shade)
        line.line([(0, y), (wide, y)], fill=by.randint(165, 225), width=by.randint(2, 5))
        page = ImageChops.multiply(page, shade.filter(ImageFilter.GaussianBlur(1.5)))
    return page


def _thrown(paper: Image.Image, size: tuple[int, int], sight: Sight, by: random.Random) -> Plane:
    """From the picture's pixels back to the paper's."""
    wide, high = paper.size
    angle = math.radians(sight.turn)
    corners: list[Point] = []
    for x, y in ((-wide, -high), (wide, -high), (wide, high), (-wide, high)):
        near = 1 + sight.lean * (y / high) * 0.5 + sight.lean * 0.4 * (x / wide)
        u = (x * math.cos(angle) - y * math.sin(angle)) / 2 * near
        v = (x * math.sin(angle) + y * math.cos(angle)) / 2 * near
        corners.append((u, v))
    reach_x, reach_y = (max(abs(c[at]) for c in corners) for at in (0, 1))
    scale = min(size[0] / 2 / reach_x, size[1] / 2 / reach_y) * by.uniform(0.88, 0.97)
    there = [(size[0] / 2 + u * scale, size[1] / 2 + v * scale) for u, v in corners]
    here = [(0.0, 0.0), (float(wide), 0.0), (float(wide), float(high)), (0.0, float(high))]
    plane = plane_through(list(zip(there, here, strict=True)))
    assert plane is not None
    return plane


def _drawn(paper: Image.Image, plane: Plane, size: tuple[int, int], outside: int) -> Image.Image:
    coefficients = plane.seen_from((0.0, 0.0), 1.0)
    scale = abs(plane.at((1.0, 0.0))[0] - plane.at((0.0, 0.0))[0])
    source = paper.filter(ImageFilter.BoxBlur(0.5)) if scale > 1 else paper
    return source.transform(
        size,
        Image.Transform.PERSPECTIVE,
        coefficients,
        Image.Resampling.BICUBIC,
        fillcolor=outside,
    )


def _lit(size: tuple[int, int], sight: Sight, by: random.Random) -> Image.Image:
    """Light that fades to one corner, and the shadow of a hand or a telephone."""
    slope = Image.linear_gradient("L").rotate(by.choice((0, 90, 180, 270))).resize(size)
    light = slope.point(lambda level: round(250 - level * sight.light))
    if not sight.shadow:
        return light
    small = (size[0] // 4, size[1] // 4)
    shade = Image.new("L", small, 255)
    draw = ImageDraw.Draw(shade)
    x, y = by.uniform(0, small[0]), by.uniform(0, small[1])
    points = [
        (x + math.cos(turn) * small[0] * 0.45, y + math.sin(turn) * small[1] * 0.35)
        for turn in (by.uniform(0, 1) + step * 1.25 for step in range(5))
    ]
    draw.polygon(points, fill=round(255 * (1 - sight.shadow)))
    shade = shade.filter(ImageFilter.GaussianBlur(sight.shadow_edge / 4)).resize(size)
    return ImageChops.multiply(light, shade)
