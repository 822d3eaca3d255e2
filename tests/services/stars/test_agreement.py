"""Krippendorff's alpha, held to an example that is worked out in print, and to what it must be."""

from __future__ import annotations

import pytest

from kiosk.services.stars.agreement import alpha

IN_PRINT = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
"""K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section E: four observers,
twelve units, some values missing. For ordered values it gives 0.815."""
PUBLIC = ("*****34121133*3", "1*213343*******", "**21344*21133*4")
"""The example of the encyclopaedias: three observers, fifteen units. The library `krippendorff`
0.9.0 gives 0.80672 for ordered values."""


def units(rows: tuple[str, ...]) -> list[list[int]]:
    return [[int(each) for each in unit if each.isdigit()] for unit in zip(*rows, strict=True)]


@pytest.mark.parametrize(("rows", "published"), [(IN_PRINT, 0.815), (PUBLIC, 0.807)])
def test_alpha_is_what_was_published(rows: tuple[str, ...], published: float) -> None:
    found = alpha(units(rows))
    assert found is not None
    assert round(found, 3) == published


def test_who_always_agree_have_one_and_who_always_differ_less_than_none() -> None:
    assert alpha([[1, 1], [3, 3], [5, 5]]) == 1
    found = alpha([[1, 5], [5, 1], [1, 5]])
    assert found is not None
    assert found < 0


@pytest.mark.parametrize("nothing", [[], [[3]], [[4, 4], [4, 4]]])
def test_where_nothing_differs_nothing_can_be_told(nothing: list[list[int]]) -> None:
    assert alpha(nothing) is None
