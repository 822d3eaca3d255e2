"""Encrypting a backup: AES-256-GCM in chunks, the STREAM construction.

Layout: ``VHKBACK1``, a 7-byte random prefix, then chunks of at most 1 MiB plaintext, each with its
16-byte tag. A chunk's nonce is prefix, 4-byte counter and a byte that is 1 on the last chunk alone,
so that no chunk can be dropped, repeated, moved or cut off (Hoang, Reyhanitabar, Rogaway, Vizár:
Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance, CRYPTO 2015, section 7).
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from typing import BinaryIO, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kiosk.core.errors import ExpectedError

MAGIC = b"VHKBACK1"
CHUNK = 1 << 20
_TAG = 16
_PREFIX = 7


class Readable(Protocol):
    """What can be read in pieces; a piece shorter than asked for is the last."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes."""


def seal(plain: Readable, sealed: BinaryIO, key: bytes) -> None:
    """Encrypt all of `plain` into `sealed` with the 32-byte `key`, and put it on disk."""
    prefix, cipher = secrets.token_bytes(_PREFIX), AESGCM(key)
    sealed.write(MAGIC + prefix)
    for number, (chunk, last) in enumerate(_chunks(plain, CHUNK)):
        sealed.write(cipher.encrypt(_nonce(prefix, number, last), chunk, MAGIC))
    sealed.flush()
    os.fsync(sealed.fileno())


def unseal(sealed: BinaryIO, key: bytes) -> Iterator[bytes]:
    """The plaintext, chunk by chunk; believe none of it before the last chunk has come.

    Raises:
        ExpectedError: ``backup_unreadable`` if it is no backup, was changed or cut, or if the key
            is another.
    """
    head = sealed.read(len(MAGIC) + _PREFIX)
    if len(head) != len(MAGIC) + _PREFIX or not head.startswith(MAGIC):
        raise ExpectedError("backup_unreadable")
    prefix, cipher = head[len(MAGIC) :], AESGCM(key)
    for number, (chunk, last) in enumerate(_chunks(sealed, CHUNK + _TAG)):
        try:
            yield cipher.decrypt(_nonce(prefix, number, last), chunk, MAGIC)
        except InvalidTag as trouble:
            raise ExpectedError("backup_unreadable") from trouble


def _nonce(prefix: bytes, number: int, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([last])


def _chunks(stream: Readable, size: int) -> Iterator[tuple[bytes, bool]]:
    chunk = stream.read(size)
    while following := stream.read(size):
        yield chunk, False
        chunk = following
    yield chunk, True
