"""Canonical encoding: deterministic CBOR (RFC 8949 section 4.2.1)."""

from __future__ import annotations

import hashlib
from typing import Any

import cbor2


def canonical(value: Any) -> bytes:
    """The one deterministic CBOR encoding of `value` (maps sorted, shortest integers).

    Values are None, bool, int, str, bytes, lists and string-keyed maps; dates travel as ISO text.
    """
    return cbor2.dumps(value, canonical=True)


def decoded(encoded: bytes) -> Any:
    """The value behind a canonical encoding."""
    return cbor2.loads(encoded)


def digest_of(words: str) -> str:
    """SHA-256 of a text in UTF-8, in hex: what an entry of the log says of words it does not hold.

    Short words can be guessed from it; it stands in an entry's content, which is erased with them.
    """
    return hashlib.sha256(words.encode()).hexdigest()
