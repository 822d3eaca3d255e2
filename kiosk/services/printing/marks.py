"""Who stands on a paper: a mark in the queue, a name only on the paper itself.

The queue lives for years and goes into every backup, so nobody's name is written into it. A mark
stands for a resident's name or house until the paper is rendered; of somebody who left, nothing is
found any more.
"""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy.orm import Session

from kiosk.core.catalogue import Language
from kiosk.core.houses import house_words
from kiosk.models.register import Resident

# Code points for private use: what people type is cleaned of them (`kiosk.core.text`).
_MARK = re.compile("\ue000(?P<what>[nh])(?P<id>[0-9]{1,18})\ue001")


def name_mark(resident_id: int) -> str:
    """What stands for a resident's name."""
    return f"\ue000n{resident_id}\ue001"


def house_mark(resident_id: int) -> str:
    """What stands for the lane and number of a resident's house."""
    return f"\ue000h{resident_id}\ue001"


def marked_resident(mark: str) -> int | None:
    """Whom a mark stands for; None for what is no mark."""
    found = _MARK.fullmatch(mark)
    return int(found["id"]) if found else None


def marked(value: Any, name: str, resident_id: int) -> Any:
    """Plain values in which a mark stands for the name of a resident, wherever it is said."""
    if isinstance(value, str):
        return value.replace(name, name_mark(resident_id)) if name else value
    if isinstance(value, dict):
        return {key: marked(each, name, resident_id) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [marked(each, name, resident_id) for each in value]
    return value


def without_marks(text: str) -> str:
    """The words that are there already."""
    return _MARK.sub("", text)


def named(session: Session, value: Any, language: Language) -> Any:
    """Plain values with the names and houses that their marks stand for."""
    if isinstance(value, str):
        return _MARK.sub(lambda found: _said(session, found, language), value)
    if isinstance(value, dict):
        return {key: named(session, each, language) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [named(session, each, language) for each in value]
    return value


def _said(session: Session, mark: re.Match[str], language: Language) -> str:
    person = session.get(Resident, int(mark["id"]))
    if person is None or not person.name:
        return ""
    if mark["what"] == "n":
        return person.name
    return house_words(person.household.lane, person.household.number, language)
