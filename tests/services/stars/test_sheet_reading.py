"""Visit sheets read from pictures: what the boxes mean, and what every other page is answered."""

from __future__ import annotations

import io
import random
from functools import cache

import pytest
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from kiosk.core.errors import ExpectedError
from kiosk.core.sheet_layout import FormName, form
from kiosk.devices.box_ink import Box
from kiosk.devices.sheet_reader import LineSeen, SheetSeen
from kiosk.documents.visit_sheet import VisitSheet
from kiosk.services.stars import rubrics, sheet_reading
from kiosk.services.stars.rubrics import CURRENT, groups_of
from kiosk.services.stars.sheet_reading import SheetRead
from tests.worlds import photographed
from tests.worlds.photographed import Filled, Hand, Sight

GROUPS = groups_of(rubrics.rubric(CURRENT, "home"))
NAME = FormName("full", "home", "V-26Q4-0017-1-9F3C")
E: Box = "empty"
T: Box = "touched"
M: Box = "marked"
S: Box = "solid"
U: Box = "unsure"
F: Box = "faint"


def understood(changed: dict[str, tuple[Box, ...]]) -> SheetRead:
    """A form on which every item is ticked with yes and nothing was put forward, but for these."""
    lines = []
    for line in form("full", GROUPS).lines:
        asked = line.dimension in ("good_faith", "family_spirit")
        usual: tuple[Box, ...] = (E,) if not line.item else (E, E, E) if asked else (M, E, E)
        boxes = changed.get(line.item or line.dimension, usual)
        lines.append(LineSeen(boxes, b"jpeg"))
    return sheet_reading.understood(SheetSeen(NAME, tuple(lines)), GROUPS)


@pytest.mark.parametrize(
    ("boxes", "answer"),
    [
        ((E, M, E), "no"),
        ((E, E, M), "na"),
        ((T, M, E), "no"),
        ((S, M, E), "no"),
        ((S, S, M), "na"),
        ((E, F, T), "no"),
        ((F, M, E), None),
        ((F, F, E), None),
        ((F, U, E), None),
        ((E, E, E), None),
        ((M, M, E), None),
        ((M, U, E), None),
        ((U, E, E), None),
        ((E, S, E), None),
        ((S, S, E), None),
        ((E, T, E), None),
    ],
)
def test_a_line_is_answered_by_the_printed_rule_or_asked(
    boxes: tuple[Box, ...], answer: str | None
) -> None:
    read = understood({"ditch": boxes})
    assert read.answers.get("ditch") == answer
    assert [each.item for each in read.questions] == ([] if answer else ["ditch"])


def test_a_hand_that_fills_boxes_in_is_understood_and_a_lone_solid_box_beside_ticks_is_not() -> (
    None
):
    looked_at = [each for group in GROUPS[:3] for each in group.items]
    assert understood(dict.fromkeys(looked_at, (E, S, E))).answers["ditch"] == "no"
    assert understood({"ditch": (E, S, E)}).questions


@pytest.mark.parametrize(
    ("changed", "put_forward", "asked"),
    [
        ({}, False, 0),
        ({"good_faith": (M,), "paid_in_time": (M, E, E), "given_back": (E, E, M)}, True, 1),
        ({"good_faith": (F,), "paid_in_time": (M, E, E)}, True, 2),
        ({"good_faith": (F,)}, False, 4),
        ({"good_faith": (U,)}, False, 4),
        ({"good_faith": (S,)}, False, 4),
        ({"paid_in_time": (M, E, E)}, False, 4),
    ],
)
def test_what_was_put_forward_is_certain_or_asked(
    changed: dict[str, tuple[Box, ...]], put_forward: bool, asked: int
) -> None:
    read = understood(changed)
    assert (("good_faith" in read.put_forward), len(read.questions)) == (put_forward, asked)


def test_a_human_eye_answers_one_question_after_the_other() -> None:
    read = understood({"good_faith": (U,), "ditch": (M, M, E)})
    ditch, gate = read.questions[0], read.questions[1]
    assert (ditch.item, gate.item, gate.dimension) == ("ditch", "", "good_faith")

    read = read.told(ditch, "no")
    assert read.told(gate, True).put_forward == {"good_faith"}
    assert len(read.told(gate, True).questions) == 3
    without = read.told(gate, False)
    assert (without.questions, without.put_forward) == ((), frozenset())
    assert rubrics.stars_of(rubrics.rubric(CURRENT, "home"), without.answers, ())["courtyard"] == 4


# --- Pictures -----------------------------------------------------------------------------------


@cache
def filled_in() -> tuple[Image.Image, tuple[Filled, ...]]:
    """A sheet with two forms, filled in with ticks."""
    by = random.Random(1)
    forms = tuple(
        photographed.check_form(kind, 1, photographed.new_code(by)) for kind in ("home", "workshop")
    )
    sheet = VisitSheet(village=photographed.VILLAGE, language="zh", forms=forms)
    (page,) = photographed.printed([sheet])
    return page, tuple(Hand(by, "ticks", pencil=False).fill(page, sheet))


def picture(page: Image.Image, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    page.save(out, kind)
    return out.getvalue()


def right(read: SheetRead, filled: Filled) -> bool:
    """As it was meant; what has two answers is asked."""
    asked = [each.item for each in read.questions]
    return (read.name, dict(read.answers), set(read.put_forward), asked) == (
        filled.name,
        filled.answers,
        filled.put_forward,
        filled.both,
    )


@pytest.mark.long
@pytest.mark.parametrize("kind", ["PNG", "PDF"])
def test_a_scan_upside_down_gives_both_forms_as_they_were_filled_in(kind: str) -> None:
    page, filled = filled_in()
    raw = picture(page.rotate(180), kind)

    assert sheet_reading.pages(raw) == 1
    read = sheet_reading.read(raw, 1, rubrics.shipped(CURRENT))

    by_name = {each.name: each for each in read.sheets}
    assert all(right(by_name[each.name], each) for each in filled)


@pytest.mark.long
def test_a_photograph_of_a_photograph_is_read_rightly_or_asked() -> None:
    page, filled = filled_in()
    by = random.Random(2)
    once = photographed.seen(page, Sight(turn=2, lean=0.03, blur=0.8, noise=3, short=2400), by)
    twice = photographed.seen(once, Sight(turn=-3, lean=0.05, blur=0.8, short=2400), by)

    read = sheet_reading.read(photographed.jpeg(twice, 60), 1, rubrics.shipped(CURRENT))

    assert len(read.sheets) == 2
    for each in read.sheets:
        meant = next(some for some in filled if some.name == each.name)
        assert all(meant.answers[key] == said for key, said in each.answers.items())
        assert len(each.questions) < 4


@pytest.mark.long
def test_a_form_of_which_two_corners_are_covered_is_named_and_not_read() -> None:
    page, filled = filled_in()
    covered = page.copy()
    ImageDraw.Draw(covered).rectangle((0, 0, page.width, 200), fill=120)

    read = sheet_reading.read(picture(covered), 1, rubrics.shipped(CURRENT))

    assert [each.name for each in read.sheets] == [filled[1].name]
    assert read.hidden == (filled[0].name,)


def empty_pdf() -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    )


def blank_pdf() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.mark.long
@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (picture(Image.new("L", (900, 1200), 255)), "sheet_none"),
        (blank_pdf(), "sheet_none"),
        (empty_pdf(), "sheet_unreadable"),
        (b"%PDF-1.7 nothing", "sheet_unreadable"),
        (b"no picture", "sheet_unreadable"),
        (b"", "sheet_unreadable"),
        (picture(Image.new("1", (19_000, 19_000))), "sheet_file_too_large"),
        (b"\xff" * (sheet_reading.LARGEST_FILE + 1), "sheet_file_too_large"),
    ],
)
def test_every_other_file_is_answered_with_a_sentence(raw: bytes, code: str) -> None:
    def read() -> None:
        assert sheet_reading.pages(raw) == 1
        sheet_reading.read(raw, 1, rubrics.shipped(CURRENT))

    with pytest.raises(ExpectedError) as refused:
        read()
    assert refused.value.code == code
