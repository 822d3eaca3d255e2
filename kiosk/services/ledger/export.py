"""The log without anybody's data, for whoever wants to check it without the kiosk."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select

from kiosk.core.errors import EnvironmentFault
from kiosk.models.ledger import LedgerEntry
from kiosk.services.ledger import log
from kiosk.services.village import Village


def export_log(village: Village, file: Path) -> int:
    """Write the log's commitments to `file` and return how many there are.

    The first line is a JSON header with ``origin``, ``keys`` (C2SP verifier keys) and ``until``:
    for how many entries at most each replaced one of them signed. Each further line is one
    commitment in base64. A commitment is salted: it says nothing about anybody.
    `packaging/verifier/verify_log.py` reads it.

    Raises:
        EnvironmentFault: ``no_permission`` if the file cannot be written.
    """
    count = -1  # the header is no entry
    draft = file.with_name(file.name + ".new")
    try:
        with draft.open("w", encoding="utf-8") as stream:
            for line in lines(village):
                stream.write(line)
                count += 1
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(file)
    except OSError as trouble:
        raise EnvironmentFault("no_permission", file.parent) from trouble
    return count


def lines(village: Village) -> Iterator[str]:
    """What `export_log` writes: the header, and a line for each commitment."""
    keys = [each.text() for each in village.keys.verifiers]
    with village.read() as session:
        until = {key: end for key, end in log.key_ends(session).items() if key in keys}
    header = {"origin": village.settings.origin, "keys": keys, "until": until}
    yield json.dumps(header) + "\n"
    for commitment in _commitments(village):
        yield base64.b64encode(commitment).decode() + "\n"


def _commitments(village: Village) -> Iterator[bytes]:
    query = select(LedgerEntry.commitment).order_by(LedgerEntry.index)
    with village.read() as session:
        yield from session.scalars(query.execution_options(yield_per=1_000))
