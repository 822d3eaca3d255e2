"""What people type is cleaned once, at the door, and never interpreted."""

from __future__ import annotations

import unicodedata

_FORMAT_AND_CONTROL = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


_JOINER, _SEAM = "\u2060", "\u200b"
"""Between two characters: no line ends here (UAX 14: WJ), and a line may end here (ZW)."""


def unbroken_path(path: str) -> str:
    """A file's path for a screen: its lines end behind a folder and never within a name."""
    return f"/{_SEAM}".join(_JOINER.join(part) for part in path.split("/"))


def clean(typed: str, longest: int) -> str:
    """`typed` as NFC without control, format or unassigned characters, at most `longest` long.

    Runs of white space become one space; both ends are stripped.
    """
    composed = unicodedata.normalize("NFC", typed)
    spaced = "".join(" " if ch.isspace() else ch for ch in composed)
    kept = "".join(ch for ch in spaced if unicodedata.category(ch) not in _FORMAT_AND_CONTROL)
    return " ".join(kept.split())[:longest].rstrip()
