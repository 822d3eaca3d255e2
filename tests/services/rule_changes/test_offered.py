"""The rules that come with the program: with those of the founding 25 deeds and 10 concerns."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.paths import ASSETS
from kiosk.services.rule_changes.offered import offered
from kiosk.services.rulebook import book
from kiosk.services.rulebook.choosing import TO_CHOOSE
from kiosk.services.rulebook.reading import read_rulebook
from tests.services.cases.conftest import Hamlet
from tests.services.rule_changes import road
from tests.services.rule_changes.road import NEW


def test_with_those_of_the_founding_there_are_25_deeds_and_10_concerns_with_pictures() -> None:
    rules = (*read_rulebook(book.SHIPPED), *read_rulebook(TO_CHOOSE))
    kinds = [each.kind for each in rules]
    assert (kinds.count("deed"), kinds.count("concern")) == (25, 10)
    assert len({each.rule for each in rules}) == len({each.title for each in rules}) == 35
    assert all((ASSETS / "icons" / f"{each.icon}.svg").exists() for each in rules)


def test_what_stands_or_is_proposed_is_not_offered(sqlite_hamlet: Hamlet) -> None:
    hamlet = sqlite_hamlet
    there = offered(hamlet.village, hamlet.officer("Y"))
    assert len(there) == 23
    first, second = there[:2]
    road.comes_into_force(hamlet, replace(NEW, title=first.title))
    road.propose(hamlet, replace(NEW, title=second.title))
    left = offered(hamlet.village, hamlet.officer("Y"))
    assert {each.rule for each in there} - {each.rule for each in left} == {
        first.rule,
        second.rule,
    }
