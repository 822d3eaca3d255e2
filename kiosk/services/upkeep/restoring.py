"""Putting a village back from the screen: which backups there are, what one is, and doing it.

A backup is copied to this machine before anything else happens, and opened whole, so that a stick
that is pulled out in the middle leaves the present village as it was. The recovery sheet's key is
asked for on every machine, the village's own too: what goes back in time takes two things, the
keeper's office (or a machine without a village) and the sheet that is locked away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from kiosk.core.clock import Clock
from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.core.paths import DataDirectory
from kiosk.core.settings import Settings, UnreadableSettings, parse_settings
from kiosk.core.texts import Texts
from kiosk.devices import removable
from kiosk.devices.removable import Drive, DriveFile
from kiosk.services.access import sessions
from kiosk.services.ledger import log
from kiosk.services.upkeep import backup_places, official_cards, private_files
from kiosk.services.upkeep.backup import BackupHeader
from kiosk.services.upkeep.opening import on_a_server, open_village
from kiosk.services.upkeep.recovery_key import parse_key
from kiosk.services.upkeep.restore import (
    RestoreReport,
    look,
    require_folder,
    require_same_village,
    restore,
)
from kiosk.services.village import Village

Place = Literal["here", "second", "drive"]
MOST_OF_A_PLACE: Final = 12
"""How many backups of one place are offered, the newest."""
USUAL_SECOND: Final = "/mnt/backup"
"""Where docs/operations.md has the second place mounted, for a machine that has no settings yet."""
BEYOND_OPENING: Final = frozenset({"no_village", "database_missing", "database_damaged"})
"""Why a village is not opened, where putting one back is the way out."""


@dataclass(frozen=True)
class Offered:
    """A backup that lies somewhere: by its name it is of `made_at`."""

    place: Place
    drive: Drive
    file: DriveFile
    made_at: datetime


@dataclass(frozen=True)
class Wish:
    """Which backup somebody wants back, the key as it was typed, and their session, if any."""

    session_id: str
    chosen: Offered
    typed: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What a backup holds, and what would be lost beside what is here now.

    `lost` is None where nobody can tell: no village is here, or it cannot be read. `goes_on` is
    False where the present log is not the one that the backup's went on to be.
    """

    village: Texts
    made_at: datetime
    entries: int
    lost: int | None
    goes_on: bool


@dataclass(frozen=True)
class PutBack:
    """What came of it; the cards are those of the officials, where their PINs opened nothing."""

    report: RestoreReport
    cards: int = 0
    cards_in: Path | None = None
    """Where the cards' sheets lie, unless the printer has printed them."""


def offered(directory: DataDirectory, settings: Settings) -> tuple[Offered, ...]:
    """The backups here, in the second place, and on every drive that is in; newest first in each.

    A place that cannot be read offers nothing; nor does any where the village is on a server, into
    which no file of this kind is put back.
    """
    if on_a_server():
        return ()
    places: list[tuple[Place, Drive | None]] = [
        ("here", removable.folder_as_drive(directory.backups))
    ]
    second = Path(settings.backup_to or USUAL_SECOND)
    places.append(("second", removable.folder_as_drive(second)))
    places += [("drive", each) for each in removable.drives(settings.drives)]
    return tuple(
        each for place, drive in places if drive is not None for each in _of_a_place(place, drive)
    )


def village_here(opened: Callable[[], Village]) -> Village | None:
    """The village that `opened` opens; None where there is none, or it is past opening.

    Raises:
        EnvironmentFault: every other reason why it does not open; nothing is put back over those.
    """
    try:
        return opened()
    except EnvironmentFault as trouble:
        if trouble.code in BEYOND_OPENING:
            return None
        raise


def preview(here: Village | None, directory: DataDirectory, wish: Wish) -> Preview:
    """What a backup is; nothing is changed.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed`` where a village is `here` and it is not
            its keeper who asks; ``recovery_key_wrong``, ``backup_unreadable``,
            ``backup_other_village``.
        EnvironmentFault: ``restore_not_here`` where the village is on a server; ``drive_gone``,
            ``drive_trouble``.
    """
    require_folder()
    _require_keeper(here, wish)
    header = _header(wish)
    require_same_village(directory, header)
    lost, goes_on = _beside(here, header) if here else (None, True)
    return Preview(
        village=_name_in(header),
        made_at=datetime.fromisoformat(header.made_at),
        entries=header.entries,
        lost=lost,
        goes_on=goes_on,
    )


def put_back(
    here: Village | None,
    directory: DataDirectory,
    wish: Wish,
    clock: Clock,
    let_go: Callable[[], None],
) -> PutBack:
    """Copy the backup here, call `let_go`, which closes the village, and put the backup back.

    Officials whose PINs open nothing any more get new cards. Whatever fails leaves the village that
    was here.

    Raises:
        ExpectedError, EnvironmentFault: as `preview` and `restore`; ``disk_full``.
    """
    require_folder()
    _require_keeper(here, wish)
    key, chosen = parse_key(wish.typed), wish.chosen
    try:
        directory.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        with private_files.plain_copy(directory, "restoring") as shelf:
            file = shelf / "chosen.backup"
            with file.open("xb") as target:
                removable.copy_out(chosen.drive, chosen.file, target)
            require_same_village(directory, look(file, key))
            let_go()
            report = restore(directory, file, key, clock)
    except OSError as trouble:
        raise EnvironmentFault("disk_full") from trouble
    return _with_cards(directory, clock, report) if report.locked_out else PutBack(report)


def _with_cards(directory: DataDirectory, clock: Clock, report: RestoreReport) -> PutBack:
    with open_village(directory, clock).closing() as village:
        ready = official_cards.reissue(village)
        printed = official_cards.prints_sheets(village)
        if printed and not official_cards.print_out(village, ready):
            return PutBack(report, len(ready))
        return PutBack(report, len(ready), directory.spool)


def _of_a_place(place: Place, drive: Drive) -> Iterator[Offered]:
    try:
        found = removable.backups(drive)
    except EnvironmentFault:
        return
    named = ((each, backup_places.moment_of(each.name)) for each in found)
    known = [Offered(place, drive, file, moment) for file, moment in named if moment is not None]
    yield from sorted(known, key=lambda each: each.made_at, reverse=True)[:MOST_OF_A_PLACE]


def _require_keeper(here: Village | None, wish: Wish) -> None:
    """Without a village nobody holds an office: there the sheet's key alone has to do."""
    if here is not None:
        sessions.holding(here, wish.session_id, "back_up")


def _header(wish: Wish) -> BackupHeader:
    key = parse_key(wish.typed)
    try:
        return look(wish.chosen.drive.folder / wish.chosen.file.path, key)
    except (OSError, EnvironmentFault) as trouble:
        raise EnvironmentFault("drive_gone") from trouble


def _name_in(header: BackupHeader) -> Texts:
    try:
        return parse_settings(header.settings).name
    except UnreadableSettings as trouble:
        raise ExpectedError("backup_unreadable") from trouble


def _beside(village: Village, header: BackupHeader) -> tuple[int, bool]:
    """How many entries the present log has beyond the backup's, and whether it went on from it."""
    with village.read() as session:
        size = log.log_size(session)
        known = header.entries <= size and log.root_at(session, header.entries).hex() == header.root
    return max(size - header.entries, 0), known
