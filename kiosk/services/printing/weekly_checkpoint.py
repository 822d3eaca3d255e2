"""The weekly paper checkpoint: where the log stands, signed, for the notice board.

Whoever keeps the slip can show later that no entry before it was changed or lost.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.core import event_log
from kiosk.core.catalogue import Language
from kiosk.core.clock import VILLAGE_ZONE
from kiosk.core.days import plain
from kiosk.core.ids import VillageTouch
from kiosk.models.ledger import LedgerContent
from kiosk.models.printing import PrintJob
from kiosk.services.access import acting
from kiosk.services.ledger import log
from kiosk.services.printing import addressed, code_words, queue
from kiosk.services.printing.queue import ACTIVE
from kiosk.services.signing.signed_note import (
    CheckpointText,
    parse_checkpoint,
    parse_note,
    with_words,
    words_line,
)
from kiosk.services.village import Village
from kiosk.services.work import Work

if TYPE_CHECKING:
    from kiosk.documents.slip import Said

EVERY = timedelta(days=7)
WEEKLY = "W"
"""First letter of the reference: ``W2026-48`` is the checkpoint of the 48th week (ISO 8601)."""
_DIGITS = 8


def queue_checkpoint(village: Village) -> int | None:
    """Queue this week's checkpoint and return its job; None when none is due.

    None is due while one waits for the printer or came out within seven days. One that failed is
    followed by another the next day. Several terminals print one between them.
    """
    now = village.clock.now()
    with village.read() as session:
        if not _is_due(session, now):
            return None
    day = now.astimezone(VILLAGE_ZONE)
    with acting.once_for(
        village, VillageTouch("checkpoint", f"{day:%Y-%m-%d}"), "checkpoint"
    ) as work:
        if work.known is not None or not _is_due(work.session, now):
            return None
        job_id = _queued(work, f"{WEEKLY}{day:%G-%V}")
        work.remember({"job": job_id})
    event_log.record("checkpoint_queued", job=job_id)
    return job_id


def _is_due(session: Session, now: datetime) -> bool:
    if not newest_whole_entry(session):
        return False
    under_way_or_lately = select(PrintJob.id).where(
        PrintJob.paper == "slip",
        PrintJob.reference.startswith(WEEKLY),
        PrintJob.phase.in_(ACTIVE)
        | ((PrintJob.phase != "failed") & (PrintJob.created_at > now - EVERY)),
    )
    return session.scalar(under_way_or_lately.limit(1)) is None


def newest_whole_entry(session: Session) -> int | None:
    """The newest entry whose content is there to be read back; None while the log is empty.

    0 is the entry that founds the village, of which alone nobody needs a paper.
    """
    return session.scalar(select(func.max(LedgerContent.index)))


def _queued(work: Work, reference: str) -> int:
    covers = newest_whole_entry(work.session)
    if covers is None:
        raise ValueError("an empty log has no checkpoint")
    # Nothing was appended in this transaction: what is signed here is on disk already, and the
    # slip says in words exactly what its code says.
    who, day = addressed.anybody(work.village), work.today
    words = code_words.code_words(work.village, who.languages, "checkpoint", reference, day)
    lines = (reference, words_line(words))
    note = log.sign(work, covers, lines)
    told = parse_checkpoint(parse_note(note).text)
    say = partial(_said, work.village, told)
    slip = replace(
        addressed.slip_for(work.village, who, "checkpoint", reference, say), code_words=words
    )
    coded = with_words(words, note)
    job_id = queue.enqueue_slip(work, slip, covers, lines, coded)
    log.keep(work, note, reference, work.session.get_one(PrintJob, job_id).ledger_index)
    return job_id


def _said(village: Village, told: CheckpointText, language: Language) -> Said:
    from kiosk.documents.slip import Said, SlipLine

    def words(name: str, *values: object) -> str:
        return village.catalogue.text(f"checkpoint.{name}", language, *values)

    digits = told.root.hex()
    root = " ".join(digits[at : at + _DIGITS] for at in range(0, len(digits), _DIGITS))
    return Said(
        language,
        (
            words("entries", told.size),
            plain(words("at", village.clock.now())),
            words("root", root),
            words("key"),
            village.keys.verifier.text(),
        ),
        (
            SlipLine(words("pin"), words("pin_lead")),
            SlipLine(words("check", told.size), words("check_lead")),
        ),
    )
