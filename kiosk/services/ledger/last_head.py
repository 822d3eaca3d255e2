"""What this terminal last knew of the log, kept beside its keys and apart from the database.

A database can be put back to an earlier state without the kiosk: a server restored from a dump, a
file copied over another. Slips would show it one by one; this shows it at the next start. The
file is a help against mistakes, not against somebody who holds the whole machine: against those
stand the slips.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core import event_log
from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.core.paths import write_whole
from kiosk.models.ledger import LedgerEntry, of_kind
from kiosk.services.ledger import log
from kiosk.services.signing.signed_note import CheckpointText, MalformedNote, parse_checkpoint
from kiosk.services.village import Village
from kiosk.services.work import writing

FILE = "last-head"


@dataclass(frozen=True)
class Rollback:
    """The log is not what this terminal knew: entries it knew of, and entries there are."""

    known: int
    there: int


def behind(village: Village) -> Rollback | None:
    """How the log differs from what this terminal knew; None where it goes on from there.

    A log that says itself that it was restored, by an entry new to this terminal, goes on too.
    """
    known = _kept(village)
    if known is None:
        return None
    with village.read() as session:
        there = log.log_size(session)
        if there >= known.size and log.root_at(session, known.size) == known.root:
            return None
        if set(_restores(session)) - set(known.extension):
            return None
        return Rollback(known.size, there)


def is_unknown(village: Village) -> bool:
    """Whether this terminal should know where the log stood and does not: the file is gone.

    Whoever puts an older database, or another village's, in the place of this one takes the file
    away first. So it is not begun anew by itself; `note_restore` does it.
    """
    if _kept(village) is not None:
        return False
    with village.read() as session:
        return log.log_size(session) > 0


def check(village: Village) -> None:
    """Refuse to work on a log that is not the one that this terminal knew.

    Raises:
        EnvironmentFault: ``log_behind`` with both numbers of entries.
    """
    if found := behind(village):
        raise EnvironmentFault("log_behind", found.known, found.there)


def remember(village: Village) -> None:
    """Keep where the log stands now, unless this terminal forgot where it stood before.

    Raises:
        EnvironmentFault: ``log_behind``.
    """
    check(village)
    if not is_unknown(village):
        begin(village)


def begin(village: Village) -> None:
    """Keep where the log stands now, all of it being on disk: at the founding, after a restore."""
    now = standing(village)
    if now != _kept(village):
        write_whole(village.directory.keys / FILE, now.text().encode())


def standing(village: Village) -> CheckpointText:
    """Where the log stands now, and what restores it tells of."""
    with village.read() as session:
        head = log.head(session)
        restores = tuple(_restores(session))
    return CheckpointText(village.settings.origin, head.size, head.root, restores)


def hand_on(keys: Path, standing_elsewhere: str) -> None:
    """Let a new terminal know from its first minute what another one knows; `keys` is its folder.

    Raises:
        MalformedNote: what came is no checkpoint.
    """
    if not (keys / FILE).exists():
        write_whole(keys / FILE, parse_checkpoint(standing_elsewhere).text().encode())


def note_restore(village: Village) -> int:
    """Write into the log that it was put back to an earlier state; how many entries it had.

    Slips that are newer are from now on told "the machine lost entries", never "forged". Call it
    before anybody works on: only what comes after it can be told from what was lost.

    Raises:
        ExpectedError: ``nothing_behind`` where the log goes on from what this terminal knew. One
            that forgot it cannot say so, and what it notes stands for the keeper's own look.
    """
    if behind(village) is None and not is_unknown(village):
        raise ExpectedError("nothing_behind")
    with writing(village) as work:
        log.take_turn(work)
        size = log.log_size(work.session)
        log.append(work, log.RESTORED, {"from": size, "noted_by": "keeper"})
    event_log.record("restored", entries=size, lost=max(_known_size(village) - size, 0))
    begin(village)
    return size


def _known_size(village: Village) -> int:
    known = _kept(village)
    return known.size if known else 0


def _restores(session: Session) -> list[str]:
    """The entries that say that the log was restored, each by its commitment."""
    found = select(LedgerEntry.commitment).where(of_kind(log.RESTORED))
    return [
        base64.b64encode(each).decode()
        for each in session.scalars(found.order_by(LedgerEntry.index))
    ]


def _kept(village: Village) -> CheckpointText | None:
    """What was kept; None before the first time, or when a hand has spoilt it."""
    try:
        return parse_checkpoint((village.directory.keys / FILE).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, MalformedNote):
        return None
