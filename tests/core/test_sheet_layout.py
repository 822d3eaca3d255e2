"""Where everything stands on a visit sheet."""

from __future__ import annotations

from itertools import combinations
from typing import get_args

import pytest

from kiosk.core.sheet_layout import PREMISES, Form, FormName, Size, form, read_mark
from kiosk.services.stars import rubrics
from kiosk.services.stars.rubrics import groups_of


def layout(size: Size, premises: str) -> Form:
    return form(size, groups_of(rubrics.rubric(rubrics.CURRENT, premises)))


@pytest.mark.parametrize("size", get_args(Size))
@pytest.mark.parametrize("premises", PREMISES)
def test_every_box_has_paper_around_it_and_lies_between_the_codes(
    size: Size, premises: str
) -> None:
    found = layout(size, premises)
    boxes = [box for line in found.lines for box in line.boxes]
    for (ax, ay), (bx, by) in combinations(boxes, 2):
        assert max(abs(ax - bx), abs(ay - by)) >= found.box + 1.7
    for x, y in boxes:
        assert found.marks[0][1] + found.mark < y
        assert y + found.box < found.marks[2][1] - 1
        assert found.marks[0][0] <= x <= found.width - found.marks[0][0] - found.box


@pytest.mark.parametrize("size", get_args(Size))
def test_a_form_has_a_line_for_every_item_and_one_for_each_dimension_that_is_put_forward(
    size: Size,
) -> None:
    lines = layout(size, "farmyard").lines
    items = rubrics.rubric(rubrics.CURRENT, "farmyard").items
    assert [each.item for each in lines if each.item] == [each.key for each in items]
    asked = [(each.dimension, len(each.boxes)) for each in lines if not each.item]
    assert asked == [("good_faith", 1), ("family_spirit", 1)]


@pytest.mark.parametrize("size", get_args(Size))
@pytest.mark.parametrize("premises", PREMISES)
def test_a_code_says_its_corner_and_its_form(size: Size, premises: str) -> None:
    name = FormName(size, premises, "V-26Q4-0017-1-9F3C")
    assert [read_mark(name.mark(corner)) for corner in range(4)] == [(n, name) for n in range(4)]


@pytest.mark.parametrize(
    "text",
    ["", "4AV-26Q4-0017", "0ZV-26Q4-0017", "0A26Q4-0017", "0AV-26q4-0017", "0AV-26Q4-0017\n"],
)
def test_any_other_code_is_no_mark(text: str) -> None:
    assert read_mark(text) is None
