"""What the keeper should know of the machine: one sentence each, and whether it is well."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from datetime import datetime, timedelta

import pysqlite3
from sqlalchemy import text

from kiosk import __version__
from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.core.faulty_versions import faulty_versions, installed
from kiosk.core.paths import ASSETS
from kiosk.models.database import UNREADABLE, server_version
from kiosk.services.ledger import last_head, log
from kiosk.services.printing.asking import PrinterState, printer_states
from kiosk.services.rulebook import whereabouts
from kiosk.services.upkeep import (
    backup_places,
    clock_check,
    fire_drill,
    hardware,
    last_verify,
    official_cards,
)
from kiosk.services.upkeep.backup import read_backup
from kiosk.services.upkeep.backup_places import Kept
from kiosk.services.upkeep.check import Action, Check, Phrase
from kiosk.services.upkeep.official_cards import Reissued
from kiosk.services.village import Village

OLDEST_BACKUP = timedelta(days=2)
"""The kiosk backs up daily and when it is closed; two days without one mean that it does not."""
_FEWEST_FONTS = 3
_AT_THE_PAPER = ("out_of_paper", "cover_open", "paper_jam")
_DRILL_GRACE = timedelta(days=5)


def examine(village: Village) -> tuple[Check, ...]:
    """Look everything over, printers included, which may take seconds; nothing is changed."""
    return (*printers(village), *at_hand(village))


def at_hand(village: Village) -> tuple[Check, ...]:
    """What can be looked at without waiting for another machine."""
    return (*_backups(village), *_machine(village), *_program(village))


def troubles(village: Village) -> int:
    """How much of the backups, machine and clock wants a keeper; asked often, so nothing slow."""
    return sum(not each.well for each in (*_backups(village), *_machine(village)))


def printers(village: Village) -> tuple[Check, ...]:
    """Ask both printers how they are: a few seconds where one does not answer."""
    return tuple(_printer(village, each) for each in printer_states(village))


def reissued_phrase(told: Reissued) -> Phrase:
    """What every official is told of cards that were issued at the machine."""
    return Phrase("machine.reissued", (told.at, told.names))


def _printer(village: Village, state: PrinterState) -> Check:
    code, name = f"printer_{state.tray}", Phrase(f"machine.tray_{state.tray}")
    if state.suggested:
        told_own = (name, state.setting, state.suggested)
        return Check(code, Phrase("machine.printer_certificate", told_own), False)
    if state.reason:
        why = Phrase(f"printing.reason_{state.reason}")
        told = (name, state.setting, why)
        paper: Action = "slips" if state.tray == "slip" else "sheets"
        action: Action = paper if state.reason in _AT_THE_PAPER else "look_again"
        return Check(code, Phrase("machine.printer_trouble", told), False, action)
    if state.setting == "file":
        told_file = (name, village.directory.spool)
        return Check(code, Phrase("machine.printer_file", told_file), True, action="papers")
    ready = Phrase("machine.printer_ready", (name, state.setting))
    return Check(code, ready, True, action="papers")


def _backups(village: Village) -> Iterator[Check]:
    if not village.database.is_sqlite:
        yield Check("backup", Phrase("machine.backup_server"), True)
        return
    yield _newest_here(village)
    if last := _last_try(village):
        yield last
    yield _second_place(village)
    if backup_places.kept_in(village.directory.backups):
        yield _drill(village)
    if found := backup_places.strays(village):
        yield Check("backup_strays", Phrase("machine.strays", (found,)), False)


def _newest_here(village: Village) -> Check:
    now = village.clock.now()
    newest = backup_places.newest_in(village.directory.backups, now)
    if newest is None:
        return _backup("backup", Phrase("machine.backup_none"), False)
    if not _opens(village, newest):
        return _backup("backup", Phrase("machine.backup_unreadable", (newest.file,)), False)
    age = _age(now, newest)
    told = Phrase(f"machine.backup_{age}", (newest.made_at,))
    return _backup("backup", told, age == "fresh")


def _backup(code: str, phrase: Phrase, well: bool) -> Check:
    return Check(code, phrase, well, action="back_up")


def _age(now: datetime, newest: Kept) -> str:
    if newest.made_at > now:
        return "ahead"
    return "old" if now - newest.made_at > OLDEST_BACKUP else "fresh"


def _drill(village: Village) -> Check:
    """Whether a backup was restored lately, to try, and what it said."""
    last = fire_drill.last_drill(village)
    if last is None:
        return _tried(Phrase("machine.drill_never"), False)
    if last.failed:
        why = Phrase(f"machine.drill_{last.failed}")
        told = Phrase("machine.drill_failed", (last.at, last.made_at, why))
        return _tried(told, False)
    late = village.clock.now() - last.at > fire_drill.EVERY + _DRILL_GRACE
    key = "machine.drill_old" if late else "machine.drill_passed"
    return _tried(Phrase(key, (last.at, last.made_at)), not late)


def _tried(phrase: Phrase, well: bool) -> Check:
    return Check("drill", phrase, well, action="try_backup")


def _opens(village: Village, newest: Kept) -> bool:
    try:
        next(iter(read_backup(newest.file, village.keys.backup)))
    except (ExpectedError, EnvironmentFault, ValueError):
        return False
    return True


def _last_try(village: Village) -> Check | None:
    """What went wrong the last time; trouble with the second place is told by what it is now."""
    last = backup_places.last_try(village)
    if last is None or not last.trouble or last.trouble.startswith("second_"):
        return None
    why = Phrase(f"error.{last.trouble}", last.values)
    return _backup("backup_failed", Phrase("machine.backup_failed", (last.at, why)), False)


def _second_place(village: Village) -> Check:
    place = backup_places.second_place(village)
    if place is None:
        return _backup("backup_second", Phrase("machine.second_none"), False)
    if trouble := backup_places.trouble_at(village, place):
        told = Phrase(f"error.{trouble}", (place,))
        return Check("backup_second", told, False, action="stick")
    now = village.clock.now()
    newest = backup_places.newest_in(place, now)
    if _refused_to_the_kiosk(village, newest):
        told = Phrase("error.second_read_only", (place,))
        return Check("backup_second", told, False, action="stick")
    if newest is None:
        return _backup("backup_second", Phrase("machine.second_empty", (place,)), False)
    if not _opens(village, newest):
        return _backup("backup_second", Phrase("machine.backup_unreadable", (newest.file,)), False)
    age = _age(now, newest)
    second = Phrase(f"machine.second_{age}", (place, newest.made_at))
    return _backup("backup_second", second, age == "fresh")


def _refused_to_the_kiosk(village: Village, newest: Kept | None) -> bool:
    """Whether the kiosk could not write there when it last tried, and nothing was put there since.

    Its unit may write into fewer places than a command that the keeper types.
    """
    last = backup_places.last_try(village)
    if last is None or last.trouble != "second_read_only":
        return False
    return newest is None or newest.made_at < last.at


def _machine(village: Village) -> Iterator[Check]:
    yield from hardware.checks(village)
    yield _clock(village)
    yield _verified(village)
    if names := whereabouts.refused(village.settings):
        yield Check("places", Phrase("machine.places_refused", (names,)), False)
    if told := official_cards.reissued(village):
        yield Check("cards_reissued", reissued_phrase(told), True)


def _clock(village: Village) -> Check:
    doubt = clock_check.doubt(village)
    key = "machine.clock" if doubt is None else f"machine.clock_{doubt}"
    # What a keeper can confirm; before this program was made no clock is right.
    doubtful = doubt not in (None, "before_program")
    action: Action = "confirm_clock" if doubtful else "set_clock"
    return Check("clock", Phrase(key, (village.clock.now(),)), doubt is None, action=action)


def _verified(village: Village) -> Check:
    """When everything was last held against the log, and what came of it."""
    last = last_verify.last(village)
    if last is None:
        return Check("verify", Phrase("machine.verify_never"), False, action="verify")
    told = (last.at, last.findings or last.entries)
    if last.findings:
        wrong = Phrase("machine.verify_wrong", told)
        return Check("verify", wrong, False, action="verify")
    late = village.clock.now() - last.at > last_verify.GOOD_FOR
    key = "machine.verify_old" if late else "machine.verify_well"
    return Check("verify", Phrase(key, told), not late, action="verify")


def _program(village: Village) -> Iterator[Check]:
    faulty = faulty_versions(pysqlite3.sqlite_version)
    yield _database(village, faulty)
    yield _log(village)
    yield _versions(village)
    fonts = len(list((ASSETS / "fonts").glob("*.ttf")))
    enough = fonts >= _FEWEST_FONTS
    yield Check("fonts", Phrase(f"machine.fonts_{'there' if enough else 'absent'}"), enough)
    yield Check("keys", Phrase("machine.keys", (village.keys.verifier.key_id.hex(),)), True)
    for code, name, number in (
        ("python", "Python", platform.python_version()),
        ("qt", "PySide6", installed("PySide6_Essentials")),
    ):
        well = not _names(faulty, name)
        key = "machine.version" if well else "machine.version_faulty"
        yield Check(code, Phrase(key, (f"{name} {number}",)), well, action="journal")


def _versions(village: Village) -> Check:
    """The program's own version, beside what it stands on."""
    kind = "SQLite" if village.database.is_sqlite else "PostgreSQL"
    told = (
        __version__,
        f"Python {platform.python_version()}",
        f"Qt {installed('PySide6_Essentials')}",
        f"{kind} {server_version(village.database)}",
    )
    return Check("versions", Phrase("machine.versions", told), True, action="update")


def _database(village: Village, faulty: list[str]) -> Check:
    kind = "SQLite" if village.database.is_sqlite else "PostgreSQL"
    name = f"{kind} {server_version(village.database)}"
    if _names(faulty, "SQLite"):
        return Check("database", Phrase("machine.version_faulty", (name,)), False)
    whole = "whole" if _is_whole(village) else "damaged"
    told, well = Phrase(f"machine.database_{whole}", (name,)), whole == "whole"
    return Check("database", told, well, action="verify" if well else "restore")


def _is_whole(village: Village) -> bool:
    if not village.database.is_sqlite:
        return True
    try:
        with village.read() as session:
            return bool(session.execute(text("PRAGMA quick_check(1)")).scalar_one() == "ok")
    except UNREADABLE:
        return False


def _log(village: Village) -> Check:
    try:
        with village.read() as session:
            size = log.head(session).size
        found = last_head.behind(village)
    except EnvironmentFault as trouble:
        told = Phrase("error.log_damaged", trouble.values)
        return Check("log", told, False, action="verify")
    if found is not None:
        behind = Phrase("error.log_behind", (found.known, found.there))
        return Check("log", behind, False, action="verify")
    if last_head.is_unknown(village):
        return Check("log", Phrase("machine.log_head_unknown"), False, action="verify")
    return Check("log", Phrase("machine.log", (size,)), True, action="verify")


def _names(faulty: list[str], part: str) -> bool:
    return any(subject.startswith(part) for subject in faulty)
