"""The signing key and the pepper: files of the service user alone, outside the database."""

from __future__ import annotations

import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.core.errors import EnvironmentFault
from kiosk.services.ledger.notes import Verifier, sign

SIGNING_KEY = "signing.key"
PEPPER = "pepper.key"
KEY_BYTES = 32


@dataclass(frozen=True)
class Keys:
    """What only this machine knows."""

    name: str
    signing: Ed25519PrivateKey
    pepper: bytes

    @property
    def verifier(self) -> Verifier:
        """The public half, for checking slips and signs."""
        return Verifier(self.name, self.signing.public_key().public_bytes_raw())

    def sign(self, text: str) -> str:
        """The signed note for `text`."""
        return sign(text, self.name, self.signing)

    def __repr__(self) -> str:
        return f"Keys({self.verifier.text()})"


def make_keys(folder: Path, name: str) -> Keys:
    """Draw a new signing key and pepper into `folder`, readable by this user alone.

    Raises:
        EnvironmentFault: ``keys_exist`` if there are keys already: they are never overwritten.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    for file in (SIGNING_KEY, PEPPER):
        _write_secret(folder / file, secrets.token_bytes(KEY_BYTES))
    _sync(folder)
    return read_keys(folder, name)


def read_keys(folder: Path, name: str) -> Keys:
    """Read the keys of a village.

    Raises:
        EnvironmentFault: ``keys_missing``, or ``keys_open`` if others may read them.
    """
    signing, pepper = (_read_secret(folder / file) for file in (SIGNING_KEY, PEPPER))
    return Keys(name, Ed25519PrivateKey.from_private_bytes(signing), pepper)


def _write_secret(file: Path, secret: bytes) -> None:
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as trouble:
        raise EnvironmentFault("keys_exist", file) from trouble
    with os.fdopen(handle, "wb") as stream:
        stream.write(secret)
        stream.flush()
        os.fsync(stream.fileno())


def _read_secret(file: Path) -> bytes:
    try:
        secret = file.read_bytes()
        mode = file.stat().st_mode
    except OSError as trouble:
        raise EnvironmentFault("keys_missing", file) from trouble
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise EnvironmentFault("keys_open", file)
    if len(secret) != KEY_BYTES:
        raise EnvironmentFault("keys_missing", file)
    return secret


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
