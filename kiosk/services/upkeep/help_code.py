"""A code for whoever helps from afar: versions, states and error numbers, and nobody's name.

It is made of numbers and of words of this program alone: what is not in the grammar below is no
help code and is not made. So it can be photographed and sent by anybody.
"""

from __future__ import annotations

import platform
import re
import shutil
from dataclasses import dataclass
from typing import Final

import pysqlite3

from kiosk import __version__
from kiosk.core import event_log
from kiosk.core.catalogue import catalogue
from kiosk.core.event_log import Happened
from kiosk.core.faulty_versions import installed
from kiosk.models import migrations
from kiosk.models.database import server_version
from kiosk.services.access import sessions
from kiosk.services.ledger import log
from kiosk.services.upkeep import doctor
from kiosk.services.village import Village

LISTED: Final = 40
"""How many events the keeper reads."""
_TOLD: Final = 6
"""Of how many troubles the code says something, the newest."""
_TROUBLES: Final = frozenset({"bug", "trouble", "backup_failed", "clock_doubted", "paper_held"})
_MOST: Final = 97
"""Modules a side, the quiet zone included: a telephone reads that from a screen."""
GRAMMAR: Final = re.compile(
    r"KIOSK-HELP 1\n"
    r"kiosk [0-9.]+ python [0-9.]+ qt [0-9.]+ (sqlite|postgresql) [0-9.]+ schema [0-9]{4}\n"
    r"log [0-9]+ disk-gb [0-9]+ at [0-9]{8}T[0-9]{4}"
    r"(\nwants [a-z_]+)*"
    r"(\n[0-9]{8}T[0-9]{4} [a-z_]+( [0-9A-F]{4}-[0-9A-F]{4})?( [a-z_]+)?)*"
)
"""All that a help code can be; each word of small letters is one of the catalogue's."""
_MOMENT: Final = "%Y%m%dT%H%M"
_ERROR: Final = re.compile(r"[0-9A-F]{4}-[0-9A-F]{4}")
_NUMBER: Final = re.compile(r"[0-9.]*")


@dataclass(frozen=True)
class Journal:
    """The newest events, and the help code with its picture (SVG)."""

    events: tuple[Happened, ...]
    code: str
    picture: bytes


def journal(village: Village, session_id: str) -> Journal:
    """What happened of late, in the program's own words, and the help code; for the keeper.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    sessions.holding(village, session_id, "back_up")
    events = event_log.recent(village.directory.log, LISTED)
    code = help_code(village, events)
    return Journal(events, code, _picture(code))


def help_code(village: Village, events: tuple[Happened, ...]) -> str:
    """Versions, what wants the keeper, and the newest troubles.

    Raises:
        ValueError: something would stand in it that is neither a number nor a word of the program.
    """
    with village.read() as session:
        size, schema = log.log_size(session), migrations.current(session.connection())
    free = shutil.disk_usage(village.directory.root).free // 1_000_000_000
    wants = (each.phrase.key for each in doctor.at_hand(village) if not each.well)
    troubles = [each for each in events if each.event in _TROUBLES][:_TOLD]
    code = "\n".join(
        (
            "KIOSK-HELP 1",
            f"{_versions(village)} schema {schema}",
            f"log {size} disk-gb {free} at {village.clock.now().strftime(_MOMENT)}",
            *(f"wants {key.partition('.')[2]}" for key in wants),
            *(_trouble(each) for each in troubles),
        )
    )
    if GRAMMAR.fullmatch(code) is None:
        raise ValueError("a help code says something that it must not say")
    return code


def _versions(village: Village) -> str:
    sqlite = village.database.is_sqlite
    kind, number = ("sqlite", pysqlite3.sqlite_version)
    if not sqlite:
        kind, number = "postgresql", server_version(village.database)
    given = {
        "kiosk": __version__,
        "python": platform.python_version(),
        "qt": installed("PySide6_Essentials"),
        kind: number,
    }
    return " ".join(f"{name} {_digits(version)}" for name, version in given.items())


def _digits(version: str) -> str:
    """The numbers that a version begins with: what a distribution adds behind them is left out."""
    found = _NUMBER.match(version)
    return (found[0] if found else "") or "0"


def _trouble(event: Happened) -> str:
    """Number and code where they are what this program writes; anything else is left out."""
    number = event.number if _ERROR.fullmatch(event.number) else ""
    code = event.code if f"error.{event.code}" in catalogue() else ""
    parts = (event.at.strftime(_MOMENT), event.event, number, code)
    return " ".join(part for part in parts if part)


def _picture(code: str) -> bytes:
    """The code as a picture of vectors."""
    from kiosk.documents.qr import QUIET, fitting_code

    symbol = fitting_code(code, _MOST)
    bars = "".join(
        f'<rect x="{x + QUIET}" y="{y + QUIET}" width="{width}" height="{height}"/>'
        for x, y, width, height in symbol.bars()
    )
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {symbol.side} {symbol.side}">'
    ground = f'<rect width="{symbol.side}" height="{symbol.side}" fill="#fff"/>'
    return f'{head}{ground}<g shape-rendering="crispEdges">{bars}</g></svg>'.encode()
