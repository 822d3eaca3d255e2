"""Cells and lines that only look filled: marks for nothing, totals, signatures, notes, headings."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from kiosk.services.register.importing.cells import is_error
from kiosk.services.register.vocabulary import meanings, pattern, plain, says

NoPerson = Literal["blank", "heading", "total", "signature", "note", "nobody", "aside", "section"]
"""What a line is that is passed over.

``section`` names the group or hamlet of the lines below; ``nobody`` is a house or a mark without
anybody in it; ``aside`` somebody whom the office put aside, as dead, moved away or struck off.
"""

_REMEMBERED = 65_536
"""Cells whose meaning is remembered: a register says the same over and over."""
_LONGEST_MARK = 8
_MOST_IN_A_TITLE = 3
"""A group's name stands alone, or with a count or two."""
_KINDS: tuple[NoPerson, ...] = ("total", "signature", "note")
_SAYS_WHO = ("born_on", "sex", "phone", "relation", "identity")
"""Columns that tell of a person, even where the name is missing."""


@lru_cache(maxsize=_REMEMBERED)
def says_nothing(cell: str) -> bool:
    """Whether `cell` is filled only to say that there is nothing: a dash, 0, N/A, an error."""
    text = cell.strip()
    if not text or is_error(text):
        return True
    if pattern("yes_marks").fullmatch(text) or is_ditto(text):
        return False
    return not plain(text).strip("0") or says(text, "unknown")


@lru_cache(maxsize=_REMEMBERED)
def is_ditto(cell: str) -> bool:
    """Whether `cell` means the value above it."""
    if len(cell) > _LONGEST_MARK:
        return False
    return bool(pattern("ditto_marks").fullmatch(cell.strip())) or says(cell, "ditto")


def is_put_aside(told: dict[str, str]) -> bool:
    """Whether a line says that its person died, moved away or was struck off.

    In a column of states or remarks, by a word that says nothing else ("spouse deceased" does); in
    a column for who left, by anything in it but no; or behind the name, in brackets.
    """
    for field, text in told.items():
        if field.startswith("status@") and pattern("aside_state").fullmatch(_compact(text)):
            return True
        if field.startswith("left@") and not (says_nothing(text) or says(text, "no")):
            return True
    return bool(pattern("aside_name").search(_compact(told.get("name", ""))))


def section_named(line: Iterable[str]) -> str:
    """The group or hamlet that a line names for those below it, standing alone; empty if none."""
    texts = list(dict.fromkeys(filter(None, line)))
    if len(texts) > _MOST_IN_A_TITLE:
        return ""
    first, *others = map(_compact, texts or [""])
    found = pattern("section").fullmatch(first)
    is_alone = all(other == first or pattern("total").fullmatch(other) for other in others)
    return found["place"] if found and is_alone else ""


def section_of(titles: Iterable[str]) -> str:
    """The group or hamlet that a sheet's name or a title above its headings tells of."""
    for title in map(_compact, titles):
        found = pattern("section").fullmatch(title) or pattern("section_in_title").search(title)
        if found:
            return str(found["place"])
    return ""


def no_person(told: dict[str, str], line: Iterable[str]) -> NoPerson | None:
    """What a line is if it is no person: by what its known columns say, and by all its cells."""
    name = _compact(told.get("name", ""))
    if meanings("headings").get(plain(name)) == "name":
        return "heading"
    is_named = not says_nothing(name) and not pattern("counted").fullmatch(name)
    if is_named:
        return _kind_of_name(name, told)
    kinds = [kind for text in line if (kind := _kind(_compact(text)))]
    if "signature" in kinds or (kinds and not any(map(str.isdigit, told.get("born_on", "")))):
        return kinds[0]
    return _without_name(told)


def _kind_of_name(name: str, told: dict[str, str]) -> NoPerson | None:
    kind = _kind(name)
    if kind is None and pattern("subtotal").fullmatch(name) and not told.get("born_on"):
        return "total"
    is_somebody = bool(told.get("born_on")) and pattern("an_office").fullmatch(name)
    return None if is_somebody else kind


@lru_cache(maxsize=_REMEMBERED)
def _kind(text: str) -> NoPerson | None:
    return next((kind for kind in _KINDS if pattern(kind).fullmatch(text)), None)


def _without_name(told: dict[str, str]) -> NoPerson | None:
    """A line without a name is somebody whose name is missing, if it says anything of them."""
    said = {name for name, text in told.items() if not says_nothing(text)}
    if said.intersection(_SAYS_WHO):
        return None
    return "nobody" if said - {"ordinal", "name"} else "blank"


@lru_cache(maxsize=_REMEMBERED)
def _compact(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
