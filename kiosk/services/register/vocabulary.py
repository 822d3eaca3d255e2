"""The words of registers and the readings of surnames, read from the assets when first needed."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from typing import Any

from kiosk.core.paths import ASSETS

_FOLDER = ASSETS / "register"
_PUNCTUATION = re.compile(r"[\W_]+")


@cache
def words() -> dict[str, Any]:
    """``words.toml`` as it stands."""
    return tomllib.loads((_FOLDER / "words.toml").read_text("utf-8"))


@cache
def house_sign() -> str:
    """The character after a house number."""
    return str(words()["house"])


@cache
def household_sign() -> str:
    """The character before a household code."""
    return str(words()["household"])


@cache
def pattern(name: str) -> re.Pattern[str]:
    """One of the compiled patterns of ``words.toml``."""
    return re.compile(words()["patterns"][name], re.IGNORECASE)


@cache
def numerals() -> dict[int, str]:
    """Chinese numerals to digits, for `str.translate`; ten is X, twenty 2X."""
    return {ord(sign): digit for digit, signs in words()["numerals"].items() for sign in signs}


@cache
def meanings(table: str) -> dict[str, str]:
    """What each word of ``[headings]`` or ``[cells]`` means, by its plain form."""
    return {plain(word): meaning for meaning, all_ in words()[table].items() for word in all_}


def says(cell: str, meaning: str) -> bool:
    """Whether `cell` is one of the words that mean `meaning` in a cell."""
    return plain(cell) in _cell_words(meaning)


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """`text` without spaces, punctuation, brackets and case, as words are compared."""
    return _PUNCTUATION.sub("", text).casefold()


@cache
def _cell_words(meaning: str) -> frozenset[str]:
    return frozenset(map(plain, words()["cells"][meaning]))


@cache
def everyday_words() -> frozenset[str]:
    """Words of two characters that could be taken for somebody's name."""
    lines = (_FOLDER / "everyday_words.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if line[:1] != "#" for word in line.split())


@cache
def unified_radicals() -> dict[str, str]:
    """The character that each radical of the CJK Radicals Supplement stands for."""
    lines = (_FOLDER / "radicals.txt").read_text("utf-8").splitlines()
    return {pair[0]: pair[1] for line in lines if line[:1] != "#" for pair in line.split()}


@cache
def single_surnames() -> dict[str, tuple[str, ...]]:
    """How single surnames are read where the dictionary would go wrong."""
    return {name: tuple(readings) for name, readings in _surnames()["single"].items()}


@cache
def polyphonic() -> dict[str, tuple[str, ...]]:
    """Characters with several readings in use; a dictionary's archaic ones would find too much."""
    return {character: tuple(readings) for character, readings in _surnames()["polyphonic"].items()}


@cache
def double_surnames() -> dict[str, tuple[tuple[str, ...], ...]]:
    """How the two characters of each double surname are read."""
    return {
        name: tuple((reading,) for reading in readings.split())
        for name, readings in _surnames()["double"].items()
    }


@cache
def _surnames() -> dict[str, Any]:
    return tomllib.loads((_FOLDER / "surnames.toml").read_text("utf-8"))
