"""Words that are judged by what is said of them: places, visits, money, families.

A lane called after a church is a lane, and its steps are swept; whoever goes to church is nobody's
business. An older neighbour is looked in on; who else visits whom, and when, is private. A purse is
given back; whoever gives money buys nothing. Neighbours settle a quarrel; a family's own is its
own. What stands near a word decides: in Chinese so many characters, else so many words. The words
stand in ``assets/gate_kinds.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from kiosk.core.catalogue import CHINESE, Language
from kiosk.core.paths import ASSETS

KINDS_FILE: Final = ASSETS / "gate_kinds.toml"
KINDS: Final = ("visits", "money", "family", "homes", "watching", "complaining")
"""What no rule may be about, for all that its single words are harmless."""
MONEY: Final = "money"
"""What is refused beside the subjects of the charter: points are not bought."""
_NEAR: Final = {CHINESE: 12, "": 8}
"""Characters, or words, within which one is said of the other; "" for every spelt language."""

_HERE: Final = "here"
"""Stands for the place itself where what is said of it is looked at."""

Span = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class _Places:
    names: re.Pattern[str]
    """The whole name of a place, such as a lane."""
    parts: re.Pattern[str]
    """What is a part of a place or beside it: excused where somebody does something there."""
    going: re.Pattern[str]


@dataclass(frozen=True, kw_only=True)
class _Kind:
    area: str
    found: re.Pattern[str]
    kindly: re.Pattern[str]
    """What may be said: where this stands near, nothing is refused."""


@cache
def languages() -> tuple[Language, ...]:
    """Of which it knows what is said in them."""
    return tuple(key.removesuffix("_named") for key in _table()["places"] if key.endswith("_named"))


def excused(text: str, language: Language) -> Iterator[Span]:
    """The spans of names and parts of places, of which nobody is said to go there.

    `text` is folded and plain; pieces are parted by a line feed.
    """
    places = _places(language)
    if places is None:
        return
    for pattern, takes_an_act in ((places.names, False), (places.parts, True)):
        for found in pattern.finditer(text):
            beside = _around(text, found.span(), language).replace(found.group(), _HERE)
            goes = places.going.search(beside) is not None
            if not goes and (not takes_an_act or names_act(beside, language)):
                yield found.span()


def names_act(text: str, language: Language) -> bool:
    """Whether somebody does something there that others can see; `text` as for `excused`."""
    acts = _acts(language)
    return acts is not None and acts.search(text) is not None


@cache
def _acts(language: Language) -> re.Pattern[str] | None:
    words = _table()["acts"].get(language)
    return None if words is None else _compiled(_any(words), language)


def refused(text: str, language: Language) -> Iterator[tuple[Span, str]]:
    """What no rule may be about, with its subject; `text` as for `excused`."""
    for kind in _kinds(language):
        for found in kind.found.finditer(text):
            if not kind.kindly.search(_around(text, found.span(), language)):
                yield found.span(), kind.area


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(KINDS_FILE.read_text("utf-8"))


@cache
def _places(language: Language) -> _Places | None:
    words = _table()["places"]
    if f"{language}_named" not in words:
        return None
    named, after, part = (_any(words[f"{language}_{each}"]) for each in ("named", "after", "part"))
    if language == CHINESE:
        names, parts = (
            rf"(?:{named}){{1,2}}[\u4e00-\u9fff]{{0,4}}?{each}" for each in (after, part)
        )
    else:
        before = _any(words[f"{language}_before"])
        names = rf"\b{named}(?: \w+)? {after}\b"
        parts = (
            rf"\b{named}(?: \w+)? {part}\b"
            rf"|\b{before} (?:the |our |an? )?(?:old |new |village |little )?{named}\b"
        )
    going = _any(words[f"{language}_going"])
    return _Places(
        names=re.compile(names), parts=re.compile(parts), going=_compiled(going, language)
    )


@cache
def _kinds(language: Language) -> tuple[_Kind, ...]:
    return tuple(_kind(table, language) for each in KINDS if language in (table := _table()[each]))


def _kind(table: dict[str, Any], language: Language) -> _Kind:
    patterns = []
    words, near = _any(table[language]), table.get(f"{language}_with")
    if near is None:
        patterns.append(words)
    else:
        beside = _any(near)
        between = _between(language)
        patterns += [f"{words}{between}{beside}", f"{beside}{between}{words}"]
    if alone := table.get(f"{language}_alone"):
        patterns.append(_any(alone))
    return _Kind(
        area=table["area"],
        found=_compiled(_any(patterns), language),
        kindly=_compiled(_any(table[f"{language}_kind"]), language),
    )


def _between(language: Language) -> str:
    if language == CHINESE:
        return rf"[^\n]{{0,{_NEAR[CHINESE]}}}?"
    return rf"(?: \w+){{0,{_NEAR['']}}}? "


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(words)})"


def _compiled(pattern: str, language: Language) -> re.Pattern[str]:
    return re.compile(pattern if language == CHINESE else rf"\b{pattern}\b")


def _around(text: str, span: Span, language: Language) -> str:
    """What stands near a span, in the same piece."""
    reach = _NEAR[CHINESE] if language == CHINESE else 6 * _NEAR[""]
    start = max(text.rfind("\n", 0, span[0]) + 1, span[0] - reach)
    end = text.find("\n", span[1])
    return text[start : min(len(text) if end < 0 else end, span[1] + reach)]
