"""The keys of a village for another terminal of it, in a file that the recovery sheet opens.

What makes a further terminal one of this village: the settings, the signing key, the pepper,
the earlier public keys, and where the log stands. They travel sealed with the key on the recovery
sheet, so that whoever finds the stick has nothing.
"""

from __future__ import annotations

import io
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.core import event_log
from kiosk.core.clock import Clock, SystemClock
from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.core.paths import DataDirectory, write_whole
from kiosk.core.settings import parse_settings, read_settings
from kiosk.services.access import peppers
from kiosk.services.ledger import last_head
from kiosk.services.signing.keys import KEY_BYTES, SIGNING_KEY, KeyFiles, read_keys, write_keys
from kiosk.services.signing.sealed_file import seal, unseal
from kiosk.services.signing.signed_note import parse_checkpoint, parse_verifier
from kiosk.services.upkeep.opening import DATABASE_VARIABLE, open_village
from kiosk.services.village import Village
from kiosk.services.work import writing

FORMAT = "village-kiosk/keys/1"
_NO_KEYS = (ExpectedError, ValueError, AttributeError, LookupError, TypeError, RecursionError)
"""What a file brings up that was sealed with the right key, and holds something else."""


@dataclass(frozen=True)
class ImportedKeys:
    """What stands here now: the village's name, and whether settings were made, too.

    `locked_out` is True where no official can sign in with the pepper that came.
    """

    origin: str
    with_settings: bool
    locked_out: bool


def export_keys(village: Village, file: Path) -> None:
    """Write the sealed copy.

    Raises:
        EnvironmentFault: ``no_permission``.
    """
    files = KeyFiles.of(village.keys)
    told = {
        "format": FORMAT,
        "settings": village.directory.settings.read_text("utf-8"),
        "signing": files.signing.hex(),
        "pepper": files.pepper.hex(),
        "verifiers": [each.text() for each in village.keys.verifiers],
        "head": last_head.standing(village).text(),
    }
    try:
        file.touch(mode=0o600)
        with file.open("wb") as sealed:
            seal(io.BytesIO(json.dumps(told).encode()), sealed, village.keys.backup)
    except OSError as trouble:
        raise EnvironmentFault("no_permission", file.parent) from trouble
    event_log.record("keys_exported")


def import_keys(
    directory: DataDirectory, file: Path, key: bytes, clock: Clock | None = None
) -> ImportedKeys:
    """Put the keys into `directory`; settings too, where it has none.

    Keys that are there are replaced only by later ones of the same village. Where a database is in
    reach whose officials' PINs were made with another pepper, its log says so first.

    Raises:
        ExpectedError: ``keys_unreadable`` for another file or recovery key,
            ``backup_other_village``.
        EnvironmentFault: ``keys_exist``, ``no_permission``.
    """
    told = _read(file, key)
    origin = parse_settings(told["settings"]).origin
    has_settings = directory.settings.exists()
    if has_settings and read_settings(directory.settings).origin != origin:
        raise ExpectedError("backup_other_village", origin)
    if (directory.keys / SIGNING_KEY).exists():
        mine = read_keys(directory.keys, origin)
        if mine.verifier.text() not in told["verifiers"]:
            raise EnvironmentFault("keys_exist", directory.keys)
    pepper = bytes.fromhex(told["pepper"])
    locked_out = _note_pepper(directory, pepper, clock or SystemClock())
    try:
        directory.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        for folder in (directory.spool, directory.backups, directory.log):
            folder.mkdir(exist_ok=True, mode=0o700)
        write_keys(
            directory.keys,
            KeyFiles(bytes.fromhex(told["signing"]), pepper, key),
            [parse_verifier(each) for each in told["verifiers"][1:]],
        )
        if "head" in told:  # a file of version 0.1 has none
            last_head.hand_on(directory.keys, told["head"])
        if not has_settings:
            write_whole(directory.settings, told["settings"].encode())
    except OSError as trouble:
        raise EnvironmentFault("no_permission", directory.root) from trouble
    event_log.record("keys_imported")
    return ImportedKeys(origin, not has_settings, locked_out)


def _note_pepper(directory: DataDirectory, pepper: bytes, clock: Clock) -> bool:
    """Write down that the pepper changes, before it does; False where nobody is locked out by it.

    A machine without keys, settings or database is a new one: its village is looked at when it is
    restored there.
    """
    parts = (directory.settings, directory.keys / SIGNING_KEY, directory.database)
    if not all(each.exists() for each in parts[: 2 if DATABASE_VARIABLE in os.environ else 3]):
        return False
    opened = open_village(directory, clock, to_examine=True)
    with opened.closing() as village, writing(village) as work:
        if not peppers.is_another(work.session, pepper):
            return False
        peppers.note_changed(work, pepper)
    return True


def _read(file: Path, key: bytes) -> dict[str, Any]:
    try:
        with file.open("rb") as sealed:
            told: dict[str, Any] = json.loads(b"".join(unseal(sealed, key)))
        lengths = {len(bytes.fromhex(told[name])) for name in ("signing", "pepper")}
        if told["format"] != FORMAT or lengths != {KEY_BYTES}:
            raise ExpectedError("keys_unreadable")
        parse_settings(told["settings"])
        first, *_ = [parse_verifier(each) for each in list(told["verifiers"])]
        signing = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(told["signing"]))
        if first.public_key != signing.public_key().public_bytes_raw():
            raise ExpectedError("keys_unreadable")
        if "head" in told:
            parse_checkpoint(told["head"])
    except OSError as trouble:
        raise EnvironmentFault("no_permission", file) from trouble
    except _NO_KEYS as trouble:
        raise ExpectedError("keys_unreadable") from trouble
    return told
