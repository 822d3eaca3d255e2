"""What an inspector looks at in a kind of premises, and the stars that follow from it.

A rubric is a list of items, each answered with yes, no, or does not apply. A version is all lists,
and stays as it is: those that the program brings are a folder of files, a village's own stand in
its tables (`checklists`). A round goes on by the one that it was opened with, whose digest it wrote
into the log.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final, Literal, TypeAlias, get_args

from kiosk.core.catalogue import ON_EVERY_PAPER, catalogue
from kiosk.core.dimensions import Dimension
from kiosk.core.encoding import canonical, digest_of
from kiosk.core.errors import ExpectedError
from kiosk.core.paths import ASSETS
from kiosk.core.sheet_layout import PREMISES, Group, Size, form
from kiosk.core.text import clean
from kiosk.core.texts import NO_TEXT, Texts
from kiosk.services.rulebook import gate
from kiosk.services.stars.ratings import DIMENSIONS, MOST_STARS, PUT_FORWARD_ONLY

Answer: TypeAlias = Literal["yes", "no", "na"]
ANSWERS: Final[tuple[Answer, ...]] = get_args(Answer)
CURRENT: Final = "2026-1"
"""The newest that comes with the program: the first round of a village goes by it."""
KINDS: Final = PREMISES
"""The kinds of premises, each with a rubric of its own."""
FEWEST_ITEMS: Final = 2
"""So many have to apply before a dimension is rated: one thing alone makes no stars."""
LONGEST_TEXT: Final = 80
PUT_FORWARD: Final = "put_forward"
"""The list of what is the same for every kind: the dimensions that a household puts forward."""
LISTS: Final = (*KINDS, PUT_FORWARD)
"""The lists of a version."""
_FOLDER: Final = ASSETS / "rubrics"
_VERSION = re.compile(r"[0-9]{4}-[0-9]{1,2}", re.ASCII)
_FIELDS: Final = ("key", "dimension", "text")


@dataclass(frozen=True)
class Item:
    """One thing to look at."""

    key: str
    dimension: str
    text: Texts = NO_TEXT


@dataclass(frozen=True)
class Rubric:
    """What is looked at in one kind of premises, in the order of the sheet."""

    version: str
    kind: str
    items: tuple[Item, ...]

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """Those of its items, in the order of the sign."""
        there = {each.dimension for each in self.items}
        return tuple(each for each in DIMENSIONS if each in there)

    def of(self, dimension: str) -> tuple[Item, ...]:
        """The items of one dimension."""
        return tuple(each for each in self.items if each.dimension == dimension)


Lists = Mapping[str, tuple[Item, ...]]
"""The items of a version, by the names in `LISTS`."""


@dataclass(frozen=True)
class Rubrics:
    """All lists of a version."""

    version: str
    lists: Lists

    def of(self, kind: str) -> Rubric:
        """The rubric of a kind of premises; one that nobody knows is looked at as a home."""
        known = kind if kind in KINDS else KINDS[0]
        return Rubric(self.version, known, (*self.lists[known], *self.lists[PUT_FORWARD]))

    @property
    def digest(self) -> str:
        """SHA-256 over them, words included, in hexadecimal."""
        said = [
            [kind, [[each.key, each.dimension, dict(each.text)] for each in self.of(kind).items]]
            for kind in KINDS
        ]
        return digest_of(canonical(said))


@cache
def shipped(version: str) -> Rubrics:
    """A version that comes with the program.

    Raises:
        LookupError: there is no such version.
        ExpectedError: as `read`.
    """
    return checked(version, {name: _entries(version, name) for name in LISTS})


def rubric(version: str, kind: str) -> Rubric:
    """The rubric of a version that comes with the program, for a kind of premises.

    Raises:
        LookupError, ExpectedError: as `shipped`.
    """
    return shipped(version).of(kind)


def checked(version: str, lists: Mapping[str, Sequence[Mapping[str, Any]]]) -> Rubrics:
    """A version as plain values, checked list by list.

    Raises:
        ExpectedError: as `read`.
    """
    forward = lists[PUT_FORWARD]
    found = {kind: read(version, kind, [*lists[kind], *forward]) for kind in KINDS}
    own = {kind: each.items[: len(lists[kind])] for kind, each in found.items()}
    return Rubrics(version, {**own, PUT_FORWARD: found[KINDS[0]].items[len(lists[KINDS[0]]) :]})


def written(lists: Lists) -> str:
    """As a village's own version is kept, and as its entry says it."""
    said = {
        name: [
            {"key": each.key, "dimension": each.dimension, "text": dict(each.text)}
            for each in lists[name]
        ]
        for name in LISTS
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


@lru_cache(maxsize=16)
def kept(version: str, text: str) -> Rubrics:
    """What `written` wrote; nothing is checked again, since a version stays as it is."""
    said: dict[str, list[dict[str, Any]]] = json.loads(text)
    return Rubrics(
        version,
        {
            name: tuple(
                Item(each["key"], each["dimension"], Texts(each["text"])) for each in said[name]
            )
            for name in LISTS
        },
    )


def groups_of(rubric: Rubric) -> tuple[Group, ...]:
    """The rubric's items as they stand on a form."""
    return tuple(
        Group(each, tuple(item.key for item in rubric.of(each)), each in PUT_FORWARD_ONLY)
        for each in rubric.dimensions
    )


def fits(rubric: Rubric) -> bool:
    """Whether its lines stand on a sheet, and on half of one, between the codes of the corners."""
    forms = (form(size, groups_of(rubric)) for size in get_args(Size))
    return all(each.fits for each in forms)


def read(version: str, kind: str, entries: Sequence[Mapping[str, Any]]) -> Rubric:
    """A rubric as plain values, checked: known keys, closed lists, and the gate.

    Raises:
        ExpectedError: ``rubric_wrong`` (item, what), ``rubric_gate`` (item, words).
    """
    items = tuple(_items(entries))
    there = {each.dimension for each in items}
    for dimension in DIMENSIONS:
        if dimension not in there:
            raise ExpectedError("rubric_wrong", dimension, "dimension")
    return Rubric(version, kind, items)


def stars_of(
    rubric: Rubric, answers: Mapping[str, Answer], put_forward: Collection[str]
) -> dict[str, int]:
    """Dimension to the stars that follow from the answers by item; not rated is absent.

    A star for each full fifth of the items that apply, one at least: five mean that everything was
    in order. What fewer than `FEWEST_ITEMS` apply to is not rated, nor what a household would have
    to put forward (`put_forward` names those dimensions) and did not.

    Raises:
        ExpectedError: ``scoring_unanswered`` (how many items have no answer).
        ValueError: an answer to what is no item, or one that is none.
    """
    keys = {each.key for each in rubric.items}
    if not keys >= answers.keys() or not set(ANSWERS) >= set(answers.values()):
        raise ValueError("no answers to this rubric")
    found: dict[str, int] = {}
    open_ones = 0
    for dimension in rubric.dimensions:
        if dimension in PUT_FORWARD_ONLY and dimension not in put_forward:
            continue
        given = [answers.get(each.key) for each in rubric.of(dimension)]
        open_ones += given.count(None)
        yes, no = given.count("yes"), given.count("no")
        if yes + no >= FEWEST_ITEMS:
            found[dimension] = max(1, MOST_STARS * yes // (yes + no))
    if open_ones:
        raise ExpectedError("scoring_unanswered", open_ones)
    return found


def _entries(version: str, name: str) -> list[dict[str, Any]]:
    file = _FOLDER / version / f"{name}.toml"
    if not _VERSION.fullmatch(version) or not file.is_file():
        raise LookupError(version)
    return list(tomllib.loads(file.read_text("utf-8"))["item"])


def _items(entries: Sequence[Mapping[str, Any]]) -> Iterator[Item]:
    seen: set[str] = set()
    for entry in entries:
        key = str(entry.get("key"))
        wrong = [name for name in _FIELDS if name not in entry] + [
            name for name in entry if name not in _FIELDS
        ]
        if key in seen:
            wrong.append("key")
        if entry.get("dimension") not in DIMENSIONS:
            wrong.append("dimension")
        if wrong:
            raise ExpectedError("rubric_wrong", key, wrong[0])
        seen.add(key)
        yield Item(key, entry["dimension"], _text(key, entry["text"]))


def _text(key: str, given: Mapping[str, str]) -> Texts:
    if not set(catalogue().languages) >= set(given) >= set(ON_EVERY_PAPER):
        raise ExpectedError("rubric_wrong", key, "text")
    texts = {language: clean(text, len(text)) for language, text in given.items()}
    if not all(0 < len(text) <= LONGEST_TEXT for text in texts.values()):
        raise ExpectedError("rubric_wrong", key, "text")
    if findings := gate.check_rule((key.replace("_", " "), *texts.values())):
        raise ExpectedError("rubric_gate", key, findings[0].term)
    return Texts(texts)
