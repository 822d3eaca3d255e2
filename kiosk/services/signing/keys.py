"""The signing key and the pepper: files of the service user alone, outside the database."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.core.errors import EnvironmentFault
from kiosk.core.paths import sync_folder
from kiosk.services.signing.signed_note import MalformedNote, Verifier, parse_verifier, sign

SIGNING_KEY = "signing.key"
PEPPER = "pepper.key"
BACKUP_KEY = "backup.key"
EARLIER = "earlier-keys.txt"
"""Public keys that were in use before, one C2SP verifier key a line: their papers stay genuine."""
KEY_BYTES = 32
_WRITE = stat.S_IWGRP | stat.S_IWOTH


@dataclass(frozen=True, kw_only=True)
class Keys:
    """What only this machine knows."""

    name: str
    signing: Ed25519PrivateKey
    pepper: bytes
    backup: bytes
    """What backups are encrypted with; the keeper's recovery sheet holds it too."""
    earlier: tuple[Verifier, ...] = ()

    @property
    def verifiers(self) -> tuple[Verifier, ...]:
        """Every public key whose papers are ours, today's first."""
        return (self.verifier, *self.earlier)

    @property
    def verifier(self) -> Verifier:
        """The public half, for checking slips and signs."""
        return Verifier(self.name, self.signing.public_key().public_bytes_raw())

    def sign(self, text: str) -> str:
        """The signed note for `text`."""
        return sign(text, self.name, self.signing)

    def __repr__(self) -> str:
        return f"Keys({self.verifier.text()})"


@dataclass(frozen=True)
class KeyFiles:
    """The three secrets as they stand in their files."""

    signing: bytes
    pepper: bytes
    backup: bytes

    @classmethod
    def of(cls, keys: Keys) -> KeyFiles:
        """The secrets behind `keys`."""
        return cls(keys.signing.private_bytes_raw(), keys.pepper, keys.backup)

    def __repr__(self) -> str:
        return "KeyFiles(...)"


def make_keys(folder: Path, name: str, *, backup: bytes | None = None) -> Keys:
    """Draw new keys into `folder`, readable by this user alone.

    `backup` is given when a village is restored on a new machine from its recovery sheet.

    Raises:
        EnvironmentFault: ``keys_exist`` if there are keys already: they are never overwritten.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    for file in (SIGNING_KEY, PEPPER):
        _write_secret(folder / file, secrets.token_bytes(KEY_BYTES))
    _write_secret(folder / BACKUP_KEY, backup or secrets.token_bytes(KEY_BYTES))
    sync_folder(folder)
    return read_keys(folder, name)


def read_keys(folder: Path, name: str) -> Keys:
    """Read the keys of a village.

    Raises:
        EnvironmentFault: ``keys_missing``, ``keys_damaged``, or ``keys_open`` if others may read
            them, or put other ones in their place.
    """
    _refuse_others(folder, _WRITE)
    signing, pepper, backup = (
        _read_secret(folder / file) for file in (SIGNING_KEY, PEPPER, BACKUP_KEY)
    )
    key = Ed25519PrivateKey.from_private_bytes(signing)
    return Keys(
        name=name,
        signing=key,
        pepper=pepper,
        backup=backup,
        earlier=_read_earlier(folder / EARLIER),
    )


def write_keys(folder: Path, files: KeyFiles, verifiers: Iterable[Verifier]) -> None:
    """Put another terminal's keys here, each file whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    keep_earlier(folder, verifiers)
    secrets_of = {PEPPER: files.pepper, BACKUP_KEY: files.backup, SIGNING_KEY: files.signing}
    for name, secret in secrets_of.items():
        fresh = folder / f"{name}.new"
        fresh.unlink(missing_ok=True)
        _write_secret(fresh, secret)
        fresh.replace(folder / name)
    sync_folder(folder)


def replace_signing_key(folder: Path, keys: Keys) -> Keys:
    """Draw a new signing key; the old one's public half is kept, its private half is not."""
    keep_earlier(folder, keys.verifiers)
    fresh = folder / f"{SIGNING_KEY}.new"
    fresh.unlink(missing_ok=True)
    _write_secret(fresh, secrets.token_bytes(KEY_BYTES))
    fresh.replace(folder / SIGNING_KEY)
    sync_folder(folder)
    return read_keys(folder, keys.name)


def keep_earlier(folder: Path, verifiers: Iterable[Verifier]) -> None:
    """Write down public keys that were in use before, beside those already there."""
    file = folder / EARLIER
    lines = [each.text() for each in (*_read_earlier(file), *verifiers)]
    draft = file.with_suffix(".new")
    draft.unlink(missing_ok=True)
    _write_secret(draft, "".join(f"{line}\n" for line in dict.fromkeys(lines)).encode())
    draft.replace(file)
    sync_folder(folder)


def _read_earlier(file: Path) -> tuple[Verifier, ...]:
    if not file.exists():
        return ()
    _refuse_others(file, _WRITE)
    try:
        return tuple(parse_verifier(line) for line in file.read_text("utf-8").splitlines())
    except (OSError, UnicodeDecodeError, MalformedNote) as trouble:
        raise EnvironmentFault("keys_damaged", file) from trouble


def _write_secret(file: Path, secret: bytes) -> None:
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as trouble:
        raise EnvironmentFault("keys_exist", file) from trouble
    with os.fdopen(handle, "wb") as stream:
        stream.write(secret)
        stream.flush()
        os.fsync(stream.fileno())


def _refuse_others(path: Path, may: int) -> None:
    """Refuse a path with which others may do what the bits of `may` say.

    Raises:
        EnvironmentFault: ``keys_open``, ``keys_missing``.
    """
    try:
        mode = path.stat().st_mode
    except OSError as trouble:
        raise EnvironmentFault("keys_missing", path) from trouble
    if mode & may:
        raise EnvironmentFault("keys_open", path)


def _read_secret(file: Path) -> bytes:
    _refuse_others(file, stat.S_IRWXG | stat.S_IRWXO)
    try:
        secret = file.read_bytes()
    except OSError as trouble:
        raise EnvironmentFault("keys_missing", file) from trouble
    if len(secret) != KEY_BYTES:
        raise EnvironmentFault("keys_missing", file)
    return secret
