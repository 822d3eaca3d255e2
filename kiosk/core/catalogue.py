"""Every word that a person reads, on screen, on paper and in the terminal, in both languages.

One TOML file per room in ``assets/translations``; a key is ``<file>.<name>`` and holds ``zh`` and
``en``. Values are put in at ``%1`` to ``%9``, as Qt's ``arg`` does, so that one sentence serves
QML and Python. A day or a moment among them is said as `kiosk.core.days` says it. Where a language
has a form for one, ``{line|lines}`` holds both: it goes by the value put in last before it.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path
from typing import Literal, get_args

from kiosk.core.days import Say, said_day, said_moment
from kiosk.core.paths import ASSETS

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
_ROOM = re.compile(r"[a-z_]+")
_PLACE = re.compile(r"%([1-9])|\{([^{}|]*)\|([^{}|]*)\}")
"""Where a value goes, or the forms for one and for any other number."""


class Catalogue:
    """The texts of one folder of translation files.

    A file is read when one of its texts is first asked for: reading all of them takes longer than
    anything else of ours on the way to the first frame, which needs three.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._rooms: dict[str, dict[str, dict[str, str]]] = {}

    def __contains__(self, key: str) -> bool:
        return self._texts(key) is not None

    def keys(self) -> frozenset[str]:
        """Every key, e.g. ``home.title``."""
        rooms = [file.stem for file in self._folder.glob("*.toml")]
        return frozenset(f"{room}.{name}" for room in rooms for name in self._room(room))

    def _texts(self, key: str) -> dict[str, str] | None:
        room, _, name = key.partition(".")
        return self._room(room).get(name)

    def _room(self, room: str) -> dict[str, dict[str, str]]:
        if room not in self._rooms:
            file = self._folder / f"{room}.toml"
            there = _ROOM.fullmatch(room) and file.exists()
            self._rooms[room] = tomllib.loads(file.read_text("utf-8")) if there else {}
        return self._rooms[room]

    def text(self, key: str, language: Language, *values: object) -> str:
        """The text of `key` in `language`, with `values` put in at their places.

        Raises:
            KeyError: the key is not in the catalogue.
        """
        return _filled(self._template(key, language), values, partial(self._text_in, language))

    def forms(self, key: str, language: Language) -> tuple[str, ...]:
        """The text, its places still open; where a language counts, for one and for others."""
        counted = any("{" in self._template(key, each) for each in LANGUAGES)
        template = self._template(key, language)
        return tuple(_PLACE.sub(partial(_form, n), template) for n in ((1, 2) if counted else (1,)))

    def _template(self, key: str, language: Language) -> str:
        known = self._texts(key)
        return known[language] if known else _own_words(key, language)

    def _text_in(self, language: Language, key: str, *values: object) -> str:
        return self.text(key, language, *values)


def _own_words(key: str, language: Language) -> str:
    """The words of a place of a village's own, which carries them: ``place.中文 / English``."""
    room, _, words = key.partition(".")
    if room != "place" or not words:
        raise KeyError(key)
    chinese, _, english = words.partition(" / ")
    return english or chinese if language == "en" else chinese


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
    return Catalogue(ASSETS / "translations")
