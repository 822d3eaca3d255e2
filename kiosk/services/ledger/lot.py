"""A lot that nobody can choose and everybody can draw again: the log's own root is its seed.

Who can be drawn is appended to the log first. The seed is SHA-256 over the root after that entry
and what the lot is about: the entry's salt is drawn by the machine in the same moment, so nobody
knows the root beforehand. Each one's place is SHA-256 over seed and number.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def seed_of(root: bytes, about: str) -> str:
    """SHA-256 over the root (32 bytes) and what the lot is about, in hexadecimal."""
    return hashlib.sha256(root + about.encode()).hexdigest()


def ranked(seed: str, numbers: Iterable[int]) -> list[int]:
    """The numbers in the order of the draw."""
    return sorted(numbers, key=lambda each: hashlib.sha256(f"{seed}/{each}".encode()).digest())
