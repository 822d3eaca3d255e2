"""What people type is cleaned once, at the door, and never interpreted."""

from __future__ import annotations

import unicodedata

_FORMAT_AND_CONTROL = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def clean(typed: str, longest: int) -> str:
    """`typed` as NFC without control, format or unassigned characters, at most `longest` long.

    Runs of white space become one space; both ends are stripped.
    """
    composed = unicodedata.normalize("NFC", typed)
    spaced = "".join(" " if ch.isspace() else ch for ch in composed)
    kept = "".join(ch for ch in spaced if unicodedata.category(ch) not in _FORMAT_AND_CONTROL)
    return " ".join(kept.split())[:longest].rstrip()
