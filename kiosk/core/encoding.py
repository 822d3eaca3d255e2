"""Canonical encoding: deterministic CBOR (RFC 8949 section 4.2.1)."""

from __future__ import annotations

import hashlib
import secrets
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


def digest_of(words: str | bytes) -> str:
    """SHA-256 of a text in UTF-8, or of a picture, in hex: what the log says of what it lacks.

    Short words can be guessed from it; it stands in an entry's content, which is erased with them.
    """
    return hashlib.sha256(words.encode() if isinstance(words, str) else words).hexdigest()


_SALT_BYTES = 16


def salted_digest(words: str) -> bytes:
    """A salt of 16 bytes and SHA-256 over it and a text in UTF-8: 48 bytes, different each time.

    Two people of one name cannot be told by it. Who has it can still try names one after the other:
    it is erased with them.
    """
    salt = secrets.token_bytes(_SALT_BYTES)
    return salt + hashlib.sha256(salt + words.encode()).digest()


def is_digest_of(digest: bytes, words: str) -> bool:
    """Whether `salted_digest` may have made `digest` of `words`."""
    salt, found = digest[:_SALT_BYTES], digest[_SALT_BYTES:]
    return found == hashlib.sha256(salt + words.encode()).digest()
