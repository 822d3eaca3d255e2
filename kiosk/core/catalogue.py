"""Every word that a person reads, on screen, on paper and in the terminal, in every language.

A language is a folder in ``assets/translations`` with a TOML file for each room; a key is
``<file>.<name>``. Every language has the same keys (`scripts.house_rules` holds them to it). Values
are put in at ``%1`` to ``%9``, as Qt's ``arg`` does, so that one sentence serves QML and Python. A
day or a moment among them is said as `kiosk.core.days` says it. Where a language has a form for
one, ``{line|lines}`` holds both: it goes by the value put in last before it.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Final, TypeAlias

from kiosk.core.days import Say, said_day, said_moment
from kiosk.core.paths import ASSETS

TRANSLATIONS: Final = ASSETS / "translations"
Language: TypeAlias = str
"""The name of a language's folder: its code in ISO 639, such as ``zh``."""
CHINESE: Final[Language] = "zh"
"""The language in which a terminal starts unless its settings name another."""
ENGLISH: Final[Language] = "en"
ON_EVERY_PAPER: Final[tuple[Language, Language]] = (CHINESE, ENGLISH)
"""The languages of what is printed for everybody: signs, cards, sealed letters."""
_ROOM = re.compile(r"[a-z_]+")
_PLACE = re.compile(r"%([1-9])|\{([^{}|]*)\|([^{}|]*)\}")
"""Where a value goes, or the forms for one and for any other number."""


class Catalogue:
    """The texts of one folder of languages.

    A file is read when one of its texts is first asked for: reading all of them takes longer than
    anything else of ours on the way to the first frame, which needs three.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._rooms: dict[tuple[Language, str], dict[str, str]] = {}

    def __contains__(self, key: str) -> bool:
        return self._known(key, CHINESE) is not None

    @cached_property
    def languages(self) -> tuple[Language, ...]:
        """The languages that are there: Chinese, English, and the others by their codes."""
        there = {file.parent.name for file in self._folder.glob("*/language.toml")}
        ours = [each for each in (CHINESE, ENGLISH) if each in there]
        return (*ours, *sorted(there - set(ours)))

    def pair(self, first: Language) -> tuple[Language, ...]:
        """`first` and one beside it: for whoever may read either."""
        return (first, *[each for each in self.languages if each != first][:1])

    def keys(self, *rooms: str) -> frozenset[str]:
        """Every key of some rooms, or of all, e.g. ``home.title``."""
        wanted = rooms or [file.stem for file in (self._folder / CHINESE).glob("*.toml")]
        return frozenset(f"{room}.{name}" for room in wanted for name in self._room(CHINESE, room))

    def _known(self, key: str, language: Language) -> str | None:
        room, _, name = key.partition(".")
        return self._room(language, room).get(name)

    def _room(self, language: Language, room: str) -> dict[str, str]:
        place = (language, room)
        if place not in self._rooms:
            file = self._folder / language / f"{room}.toml"
            there = _ROOM.fullmatch(room) and file.exists()
            self._rooms[place] = tomllib.loads(file.read_text("utf-8")) if there else {}
        return self._rooms[place]

    def text(self, key: str, language: Language, *values: object) -> str:
        """The text of `key` in `language`, with `values` put in at their places.

        Raises:
            KeyError: the key is not in the catalogue.
        """
        return _filled(self.template(key, language), values, partial(self._text_in, language))

    def forms(self, key: str, language: Language) -> tuple[str, str]:
        """The text for one and for any other number, its places still open; often the same."""
        template = self.template(key, language)
        one, other = (_PLACE.sub(partial(_form, n), template) for n in (1, 2))
        return one, other

    def template(self, key: str, language: Language) -> str:
        """The text as it is written, its places and its forms open.

        Raises:
            KeyError: the key is not in the catalogue.
        """
        known = self._known(key, language)
        return _own_words(key, language) if known is None else known

    def _text_in(self, language: Language, key: str, *values: object) -> str:
        return self.text(key, language, *values)


def _own_words(key: str, language: Language) -> str:
    """Words of a village's own, which a key carries: ``place.中文 / English``, or ``own.…``."""
    room, _, words = key.partition(".")
    if room not in ("place", "own") or not words:
        raise KeyError(key)
    chinese, _, english = words.partition(" / ")
    return english or chinese if language == ENGLISH else chinese


def _filled(template: str, values: tuple[object, ...], say: Say) -> str:
    counted: object = None

    def put(found: re.Match[str]) -> str:
        nonlocal counted
        if not found[1]:
            return _form(counted, found)
        place = int(found[1])
        if place > len(values):
            return found[0]
        counted = values[place - 1]
        return _said(say, counted)

    return _PLACE.sub(put, template)


def _form(counted: object, found: re.Match[str]) -> str:
    """The form that goes with a number; a place stays as it is."""
    if found[1]:
        return found[0]
    return found[2] if str(counted).lstrip("+-\u2212") == "1" else found[3]


def _said(say: Say, value: object) -> str:
    if isinstance(value, datetime):
        return said_moment(say, value)
    return said_day(say, value) if isinstance(value, date) else str(value)


@cache
def catalogue() -> Catalogue:
    """The shipped catalogue; each of its files is read once."""
    return Catalogue(TRANSLATIONS)
