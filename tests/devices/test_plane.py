"""A flat paper on a picture."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.plane import Plane, plane_through

NUMBERS = st.floats(-0.4, 0.4)


@given(st.tuples(*[NUMBERS] * 4), st.tuples(*[st.floats(-0.0009, 0.0009)] * 2))
def test_a_plane_is_found_again_from_places_on_it(
    turned: tuple[float, ...], lean: tuple[float, ...]
) -> None:
    a, b, d, e = turned
    plane = Plane((a + 6, b, 900, d, e + 6, 400, *lean))
    there = [(x, y) for x in (10.0, 25.0, 190.0) for y in (10.0, 140.0, 280.0)]

    found = plane_through([(each, plane.at(each)) for each in there])

    assert found is not None
    assert found.at((77.0, 133.0)) == pytest.approx(plane.at((77.0, 133.0)), abs=0.01)


def test_the_numbers_for_pixels_say_the_same() -> None:
    plane = Plane((6, 0.5, 900, -0.4, 6.2, 400, 0.0004, -0.0003))
    a, b, c, d, e, f, g, h = plane.seen_from((30.0, 50.0), 0.125)
    u, v = 16, 24
    depth = g * u + h * v + 1
    seen = ((a * u + b * v + c) / depth, (d * u + e * v + f) / depth)
    assert seen == pytest.approx(plane.at((30 + u * 0.125, 50 + v * 0.125)))


def test_points_on_one_line_make_no_plane() -> None:
    assert plane_through([((x, x), (x, 2 * x)) for x in (0.0, 1.0, 2.0, 3.0)]) is None
