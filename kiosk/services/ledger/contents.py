"""What an entry of the log says, for whoever holds something against it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from kiosk.core.encoding import decoded

Told = dict[str, Any]


NAMED_AS = ("resident", "subject", "relative")
"""What the content of an entry calls the person whom it is about."""


def is_about(content: Told, resident_id: int, cases: Collection[int]) -> bool:
    """Whether an entry is about a person, or about one of `cases`, which are those about them."""
    named = any(content.get(key) == resident_id for key in NAMED_AS)
    return named or content.get("case") in cases


def told_in(encoded: bytes | None) -> Told | None:
    """The content; bytes that are none any more say nothing, and the log's own check names them."""
    if encoded is None:
        return None
    try:
        found = decoded(encoded)
    except Exception:
        return {}
    return found if isinstance(found, dict) else {}


def is_of_an_office(content: Told) -> bool:
    """Whether an entry gives somebody an office, or ends it.

    It stays when that person leaves: what they did for others then rests on it.
    """
    return "role" in content and "case" not in content
