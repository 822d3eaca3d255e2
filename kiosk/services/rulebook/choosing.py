"""With which of the shipped rules a village begins: ticks, of which some are set."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Final

from kiosk.core.errors import ExpectedError
from kiosk.core.paths import ASSETS
from kiosk.services.rulebook.book import SHIPPED
from kiosk.services.rulebook.reading import RuleText, read_rulebook

TO_CHOOSE: Final = ASSETS / "rules_to_choose.toml"
"""Rules that nobody begins with unless they choose them."""


@dataclass(frozen=True)
class Tick:
    """A shipped rule, which went through the gate, and whether a village begins with it."""

    rule: RuleText
    ticked: bool


@cache
def ticks() -> tuple[Tick, ...]:
    """Every shipped rule, those that are ticked from the start before the others."""
    begun_with = tuple(Tick(each, True) for each in read_rulebook(SHIPPED))
    return (*begun_with, *(Tick(each, False) for each in to_choose()))


@cache
def to_choose() -> tuple[RuleText, ...]:
    """Those that are not ticked, in the order of their file."""
    return read_rulebook(TO_CHOOSE)


def chosen(ticked: Collection[str], unticked: Collection[str] = ()) -> tuple[RuleText, ...]:
    """The book with which a village begins, when these ticks were set and those taken away.

    Raises:
        ExpectedError: ``rule_not_shipped`` (key, every key) where there is no such rule;
            ``rulebook_none_chosen`` where none is left.
    """
    keys = [each.rule.rule for each in ticks()]
    for key in (*ticked, *unticked):
        if key not in keys:
            raise ExpectedError("rule_not_shipped", key, ", ".join(keys))
    book = tuple(
        each.rule
        for each in ticks()
        if (each.ticked or each.rule.rule in ticked) and each.rule.rule not in unticked
    )
    if not book:
        raise ExpectedError("rulebook_none_chosen")
    return book
