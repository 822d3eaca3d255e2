"""A register comes on a stick: it is read once, held against the village, and kept to decide on.

The stick is needed until the file is read, and not afterwards: what is accepted is what was shown,
whatever happens to the file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Final

from sqlalchemy import delete, insert, select

from kiosk.core import event_log
from kiosk.core.errors import ExpectedError
from kiosk.devices import removable
from kiosk.models.differences import RegisterDifference, RegisterReading
from kiosk.models.register import Household, Resident
from kiosk.services import on_stick
from kiosk.services.access import acting
from kiosk.services.access.roles import holders
from kiosk.services.access.views import record_views
from kiosk.services.differences import refused
from kiosk.services.differences.kept import said_of, seen
from kiosk.services.on_stick import OnStick
from kiosk.services.register.importing import differences, register_file
from kiosk.services.register.importing.differences import Difference
from kiosk.services.register.importing.matching import Matched, match
from kiosk.services.register.importing.register_file import Register
from kiosk.services.village import Village
from kiosk.services.work import Work, writing

MAY = holders("keep_register")
PURPOSES: Final = ("yearly_register", "keep_in_order")
"""For what a register is read; words at ``access.purpose_<purpose>``."""
LONGEST_FILE: Final = 64 * 1024 * 1024
"""Bytes; 100,000 people in a workbook are 6 million."""
KEPT_FOR: Final = timedelta(days=60)
"""How long what nobody decided on is kept."""
READ: Final = "register_read"
_BATCH: Final = 1_000

Progress = Callable[[int, int], None]
"""Told how many are done, and of how many; 0 where nobody knows yet."""


@dataclass(frozen=True)
class Read:
    """What a file says, read to its end."""

    name: str
    register: Register


def sticks_in(setting: str) -> tuple[tuple[int, int], ...]:
    """What tells whether somebody put a drive in or pulled one out since the last look."""
    return tuple(each.identity for each in removable.drives(setting))


def on_sticks(setting: str) -> tuple[OnStick, ...]:
    """The tables on the drives that are in, as `setting` says where, the newest first.

    Raises:
        EnvironmentFault: ``drive_gone``, ``drive_trouble``.
    """
    return on_stick.on_sticks(setting, removable.tables)


def read(
    chosen: OnStick, today: date, name: str, progress: Progress = lambda _done, _of: None
) -> Read:
    """Read a register from its drive; nothing of it is left on this machine's disk.

    `today` and `name` are the village's, as `read_register` wants them.

    Raises:
        ExpectedError: ``register_file_large`` (megabytes at most); as `read_register`.
        EnvironmentFault: ``drive_gone``, ``drive_trouble``.
    """
    raw = removable.read(chosen.drive, chosen.file, LONGEST_FILE, "register_file_large")
    with TemporaryDirectory(prefix="register-") as folder:
        file = Path(folder) / f"register{PurePosixPath(chosen.file.path).suffix.lower()}"
        file.write_bytes(raw)
        register = register_file.read_register(
            file,
            today=today,
            village=name,
            progress=lambda lines: progress(lines, 0),
        )
    return Read(chosen.name, register)


def keep(
    village: Village,
    session_id: str,
    found: Read,
    purpose: str,
    touch: str,
    progress: Progress = lambda _done, _of: None,
) -> int:
    """Hold a register against the village, and keep what differs; how many differences there are.

    What an earlier file said, and nobody decided on, goes. Everybody of the village whose entry
    differs sees that it was looked at, and for what.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``purpose_missing``;
            ``register_other_village``, which changes nothing.
    """
    if purpose not in PURPOSES:
        raise ExpectedError("purpose_missing")
    event_log.record("comparison_started", rows=len(found.register.rows))
    with acting.once(village, session_id, touch, READ, "", MAY) as work:
        if work.known is not None:
            return int(work.known["differences"])
        matched = match(work.session, found.register.rows, work.today)
        differences.check_village(matched)
        differing = differences.find(work.session, matched)
        subjects = {each.known.id for each in differing.differences if each.known is not None}
        if subjects:
            record_views(work, work.who, sorted(subjects), purpose)
        forget(work)
        reading = RegisterReading(
            at=work.now,
            by_id=work.who.resident_id,
            file=found.name,
            people=len(matched.matches),
            unchanged=differing.unchanged,
            refused=len(found.register.refused) + len(matched.refused),
            lines=refused.kept((*found.register.refused, *matched.refused)),
        )
        work.session.add(reading)
        work.session.flush()
        _write(work, reading.id, differing.differences, matched, progress)
        count = len(differing.differences)
        work.remember({"differences": count})
    event_log.record("comparison_ended", differences=count)
    return count


def put_aside(village: Village, session_id: str, touch: str) -> None:
    """Forget what nobody decided on: the comparison is over.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with acting.once(village, session_id, touch, "put_aside", "", MAY) as work:
        if work.known is None:
            forget(work)
            work.remember({"put_aside": True})


def forget_old(village: Village) -> None:
    """Forget what nobody decided on for `KEPT_FOR`; called by the timer, harmless again."""
    with writing(village) as work:
        read_at = work.session.scalar(select(RegisterReading.at))
        if read_at is not None and read_at <= work.now - KEPT_FOR:
            forget(work)


def forget(work: Work) -> None:
    """Nothing stays of what a file says."""
    work.session.execute(delete(RegisterDifference))
    work.session.execute(delete(RegisterReading))


def _write(
    work: Work,
    reading_id: int,
    found: tuple[Difference, ...],
    matched: Matched,
    progress: Progress,
) -> None:
    heads = _heads(matched)
    for start in range(0, len(found), _BATCH):
        some = found[start : start + _BATCH]
        numbers = [each.known.id for each in some if each.known is not None]
        people = work.session.scalars(select(Resident).where(Resident.id.in_(numbers)))
        by_id = {each.id: each for each in people}
        rows = [_row(work, reading_id, each, by_id, heads) for each in some]
        work.session.execute(insert(RegisterDifference), rows)
        progress(start + len(some), len(found))


def _row(
    work: Work,
    reading_id: int,
    found: Difference,
    people: dict[int, Resident],
    heads: dict[str, int],
) -> dict[str, object]:
    person = people[found.known.id] if found.known else None
    home = None
    if found.house is not None and found.house.known is not None:
        home = work.session.get_one(Household, found.house.known.id)
    said = said_of(found, heads)
    house = found.match.house.known if found.match else None
    lives = person.household_id if person else (home.id if home else house.id if house else None)
    return {
        "reading_id": reading_id,
        "kind": found.kind,
        "why": found.why,
        "resident_id": person.id if person else None,
        "household_id": lives,
        "said": said.text() if said else "",
        "seen": seen(person, home),
    }


def _heads(matched: Matched) -> dict[str, int]:
    """Who of the village is head of which household, by its number, as the file says."""
    return {
        each.house.code: each.known.id
        for each in matched.matches
        if each.row.is_head and each.known is not None and each.known.household == each.house.code
    }
