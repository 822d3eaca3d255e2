"""What inspectors look at, and the stars that follow."""

from __future__ import annotations

import re
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core.dimensions import Dimension
from kiosk.core.errors import ExpectedError
from kiosk.documents.fonts import unprintable
from kiosk.services.stars import rubrics
from kiosk.services.stars.ratings import PUT_FORWARD_ONLY
from kiosk.services.stars.rubrics import ANSWERS, CURRENT, KINDS, Answer

HOME = rubrics.rubric(CURRENT, "home")
PAGE = "docs/decisions/stars-follow-from-what-was-seen.md"


def answered(yes: int, no: int, na: int) -> dict[str, Answer]:
    """The courtyard's five items with so many of each answer, and no other that applies."""
    keys = [each.key for each in HOME.of("courtyard")]
    given: list[Answer] = [*["yes"] * yes, *["no"] * no, *["na"] * na]  # type: ignore[list-item]
    rest: dict[str, Answer] = {each.key: "na" for each in HOME.items if each.key not in keys}
    return rest | dict(zip(keys, given, strict=True))


def entries(**changed: Any) -> list[dict[str, Any]]:
    """Items of every dimension, the first of them changed."""
    plain: list[dict[str, Any]] = [
        {
            "key": f"item_{each}",
            "dimension": each,
            "text": {"zh": "沟里没有垃圾", "en": "A clean ditch"},
        }
        for each in get_args(Dimension)
    ]
    plain[0] |= changed
    return plain


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_premises_has_items_of_each_dimension_fit_for_paper(kind: str) -> None:
    rubric = rubrics.rubric(CURRENT, kind)

    assert all(2 <= len(rubric.of(each)) <= 6 for each in get_args(Dimension))
    assert not any(unprintable(text) for item in rubric.items for text in item.text.values())


def test_an_unknown_kind_is_looked_at_as_a_home_and_an_unknown_version_not_at_all() -> None:
    assert rubrics.rubric(CURRENT, "castle") == HOME
    for version in ("1999-1", "../2026-1", ""):
        with pytest.raises(LookupError):
            rubrics.rubric(version, "home")


def test_the_stars_are_those_of_the_table_in_the_decision() -> None:
    from scripts.house_rules import ROOT

    rows = re.findall(
        r"^\| (\d) \| (\d) \| (\d) \| (\d|not rated) \|", (ROOT / PAGE).read_text(), re.M
    )
    assert len(rows) == 9
    for yes, no, na, stars in rows:
        spare = 5 - int(yes) - int(no) - int(na)
        found = rubrics.stars_of(HOME, answered(int(yes), int(no), int(na) + spare), ())
        assert found == ({} if stars == "not rated" else {"courtyard": int(stars)})


@given(st.lists(st.sampled_from(ANSWERS), min_size=19, max_size=19), st.booleans())
@settings(max_examples=60)
def test_a_better_answer_never_costs_a_star_and_only_what_was_put_forward_is_rated(
    given: list[Answer], forward: bool
) -> None:
    put_forward = PUT_FORWARD_ONLY if forward else frozenset[str]()
    answers = {item.key: each for item, each in zip(HOME.items, given, strict=True)}

    stars = rubrics.stars_of(HOME, answers, put_forward)

    assert set(stars.values()) <= {1, 2, 3, 4, 5}
    assert forward or not PUT_FORWARD_ONLY & stars.keys()
    for key in [key for key, each in answers.items() if each == "no"]:
        better = rubrics.stars_of(HOME, answers | {key: "yes"}, put_forward)
        assert all(better[name] >= count for name, count in stars.items())


def test_what_has_no_answer_is_not_guessed() -> None:
    answers = answered(5, 0, 0)
    del answers["ditch"], answers["bins"]

    with pytest.raises(ExpectedError) as refused:
        rubrics.stars_of(HOME, answers, ())
    assert (refused.value.code, refused.value.values) == ("scoring_unanswered", (2,))
    with pytest.raises(ValueError, match="no answers"):
        rubrics.stars_of(HOME, {"castle": "yes"}, ())


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"text": {"zh": "家里没有佛像", "en": "A clean ditch"}}, "rubric_gate"),
        ({"text": {"zh": "沟里没有垃圾", "en": "Nobody signed a petition"}}, "rubric_gate"),
        ({"key": "party_member"}, "rubric_gate"),
        ({"dimension": "beauty"}, "rubric_wrong"),
        ({"text": {"en": "A clean ditch"}}, "rubric_wrong"),
        ({"text": {"zh": "沟" * 81, "en": "A clean ditch"}}, "rubric_wrong"),
        ({"weight": 3}, "rubric_wrong"),
        ({"key": "item_rules"}, "rubric_wrong"),
    ],
)
def test_an_item_that_reaches_too_far_or_is_no_item_is_refused(
    changed: dict[str, Any], code: str
) -> None:
    assert rubrics.read("2026-1", "home", entries()).items
    with pytest.raises(ExpectedError) as refused:
        rubrics.read("2026-1", "home", entries(**changed))
    assert refused.value.code == code


def test_the_digest_of_a_version_is_the_one_that_rounds_were_opened_with() -> None:
    # A version stays as it is: whoever changes an item makes a new folder.
    assert rubrics.shipped("2026-1").digest.startswith("6def275fb999e35c")
