"""With which rules a village begins: ticks that are set or not, and what the log says then."""

from __future__ import annotations

import pytest

from kiosk.core.errors import ExpectedError
from kiosk.services.rulebook import book
from kiosk.services.rulebook.choosing import chosen, ticks
from kiosk.services.rulebook.reading import read_rulebook
from kiosk.services.village import Village
from tests.services.access.entries import ledger_of


def test_without_a_choice_it_is_the_shipped_book() -> None:
    assert chosen(()) == read_rulebook(book.SHIPPED)


def test_a_village_begins_with_what_was_ticked_and_its_log_says_so(sqlite_village: Village) -> None:
    rules = chosen(["taught", "course_taken"], ["clean_docks"])
    keys = [each.rule for each in rules]
    assert ("taught" in keys, "course_taken" in keys, "clean_docks" in keys) == (True, True, False)
    installed = book.install(sqlite_village, chosen=rules)
    assert list(installed.added) == keys
    assert [each.rule for each in book.current(sqlite_village)] == keys
    said = {each["rule"]: each for each in ledger_of(sqlite_village, "rule_installed")}
    assert list(said) == keys
    assert said["course_taken"]["caps"] == "month:1 year:3"
    assert "caps" not in said["taught"]


def test_the_file_does_not_offer_a_rule_twice() -> None:
    keys = [each.rule.rule for each in ticks()]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("ticked", "unticked", "code"),
    [
        (["nobody_wrote_it"], [], "rule_not_shipped"),
        ([], ["nobody_wrote_it"], "rule_not_shipped"),
        ([], [each.rule.rule for each in ticks()], "rulebook_none_chosen"),
    ],
)
def test_a_choice_that_cannot_be_is_refused(
    ticked: list[str], unticked: list[str], code: str
) -> None:
    with pytest.raises(ExpectedError, match=code):
        chosen(ticked, unticked)
