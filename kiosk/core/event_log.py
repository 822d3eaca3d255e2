"""The program's own log: JSON lines, one event id each, with a sentence in the catalogue.

A line can hold only numbers and codes (ASCII letters, digits and ``_.:-/+``), so that no name,
report, PIN or QR content can get into it (design section 8).
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from logging.handlers import RotatingFileHandler
from os import SEEK_END
from pathlib import Path

from kiosk.core.catalogue import ENGLISH, catalogue
from kiosk.core.clock import VILLAGE_ZONE
from kiosk.core.ids import new_trouble_number

FILE = "kiosk.jsonl"
LARGEST_FILE = 5_000_000
KEPT_FILES = 5
_READ = 100_000
"""Bytes of the newest file in which the last events are looked for: some five hundred."""
_CODE = re.compile(r"[A-Za-z0-9_.:/+-]{0,80}")
_logger = logging.getLogger("kiosk")


def keep_journal(folder: Path) -> None:
    """Write events to ``kiosk.jsonl`` in `folder`, rotated at 5 MB, six files in all.

    Where the file cannot be written they go to the error channel: no kiosk stands still for want
    of a log of its own, and no full disk fills the screen with tracebacks.
    """
    logging.raiseExceptions = False
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        target: logging.Handler = RotatingFileHandler(
            folder / FILE, maxBytes=LARGEST_FILE, backupCount=KEPT_FILES, encoding="utf-8"
        )
    except OSError:
        target = logging.StreamHandler()
    target.setFormatter(logging.Formatter("%(message)s"))
    for old in list(_logger.handlers):
        _logger.removeHandler(old)
        old.close()
    _logger.addHandler(target)
    _logger.setLevel(logging.INFO)
    _logger.propagate = False


def record(event: str, /, **fields: int | str) -> None:
    """Log `event` (a key ``journal.<event>`` of the catalogue) with numbers and codes.

    Raises:
        ValueError: a field holds something that is neither, or the event is not in the catalogue.
    """
    for name, value in fields.items():
        if isinstance(value, str) and not _CODE.fullmatch(value):
            raise ValueError(f"field {name} of {event} is not a code")
    sentence = catalogue().text(f"journal.{event}", ENGLISH)
    line = {
        "at": datetime.now(VILLAGE_ZONE).isoformat(),
        "event": event,
        "sentence": sentence,
        **fields,
    }
    _logger.info(json.dumps(line))


def record_bug(trouble: BaseException) -> str:
    """Log a bug by its type and the places it went through; returns the number to read out.

    The message of the exception is left out, since it may quote what somebody typed.
    """
    number = new_trouble_number()
    frames = traceback.extract_tb(trouble.__traceback__)[-8:]
    road = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames]
    record("bug", number=number, kind=type(trouble).__name__, road="+".join(road)[-80:])
    return number


@dataclass(frozen=True)
class Happened:
    """An event of the log: its words are at ``journal.<event>``; `number` is that of a bug."""

    at: datetime
    event: str
    number: str = ""
    code: str = ""


def recent(folder: Path, most: int) -> tuple[Happened, ...]:
    """The newest events that were written into `folder`, at most `most`, the newest first.

    A line that a power cut left half, or that another program wrote, is passed over.
    """
    try:
        with (folder / FILE).open("rb") as stream:
            stream.seek(max(0, stream.seek(0, SEEK_END) - _READ))
            lines = stream.read().splitlines()
    except OSError:
        return ()
    found = (_happened(line) for line in reversed(lines))
    return tuple(islice((each for each in found if each is not None), most))


def _happened(line: bytes) -> Happened | None:
    try:
        told = json.loads(line)
        fields = [str(told.get(name, "")) for name in ("number", "code")]
        event = str(told["event"])
        if f"journal.{event}" not in catalogue() or not all(map(_CODE.fullmatch, fields)):
            return None
        return Happened(datetime.fromisoformat(told["at"]), event, *fields)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
