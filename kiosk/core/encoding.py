"""Canonical encoding: deterministic CBOR (RFC 8949 section 4.2.1)."""

from __future__ import annotations

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
