"""Checklists of a round, for each kind of premises: what is looked at, and the stars that follow.

A thin one, until the files of the languages have them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from kiosk.core.encoding import canonical, digest_of
from kiosk.services.stars.ratings import DIMENSIONS, MOST_STARS, PUT_FORWARD_ONLY

Answer = Literal["yes", "no", "na"]
KINDS: Final = ("home", "shop", "farmyard", "workshop")
CURRENT: Final = "2026-1"


@dataclass(frozen=True)
class Item:
    """Something to be looked at."""

    key: str
    dimension: str


@dataclass(frozen=True)
class Rubric:
    """The checklist of a kind of premises."""

    version: str
    kind: str
    items: tuple[Item, ...]


def rubric(version: str, kind: str) -> Rubric:
    """The checklist of a version for a kind of premises.

    Raises:
        LookupError: there is no such version.
    """
    if version != CURRENT:
        raise LookupError(version)
    items = tuple(Item(f"{each}_{n}", each) for each in DIMENSIONS for n in (1, 2, 3))
    return Rubric(version, kind if kind in KINDS else "home", items)


def digest(version: str) -> str:
    """SHA-256 over the checklists of a version, in hexadecimal."""
    said = [[kind, [[i.key, i.dimension] for i in rubric(version, kind).items]] for kind in KINDS]
    return digest_of(canonical(said))


def stars_of(
    rubric: Rubric, answers: Mapping[str, Answer], put_forward: Collection[str]
) -> dict[str, int]:
    """The stars by dimension: 1 and four more for the share of yes; not rated is absent."""
    found: dict[str, int] = {}
    for dimension in DIMENSIONS:
        if dimension in PUT_FORWARD_ONLY and dimension not in put_forward:
            continue
        given = [answers.get(each.key) for each in rubric.items if each.dimension == dimension]
        counted = [each for each in given if each in ("yes", "no")]
        if counted:
            share = counted.count("yes") / len(counted)
            found[dimension] = 1 + int(share * (MOST_STARS - 1) + 0.5)
    return found
