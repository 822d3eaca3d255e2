"""What the log of an earlier version did not say, said by one entry, once.

The entries of version 0.1 name neither the village nor what was erased, and tell nothing of the
register. At the first opening by a program that knows better one entry says what stands in the
tables at that moment; from there on the log alone decides. A village that was carried over, or
founded, before every paper had an entry of its own is carried over once more, for its papers.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from kiosk.core import event_log
from kiosk.models.access import Card
from kiosk.models.cases import Case
from kiosk.models.ledger import Checkpoint, LedgerContent, LedgerErasure
from kiosk.models.printing import PrintJob
from kiosk.services.access.offices import VOUCHED
from kiosk.services.cases.flow import forgetting
from kiosk.services.ledger import erasing, founding, last_head, log, rows
from kiosk.services.printing import recorded
from kiosk.services.printing.in_hand import NOT_KEPT
from kiosk.services.register import entries
from kiosk.services.rulebook import book
from kiosk.services.stars import ratings
from kiosk.services.village import Village
from kiosk.services.work import Work, reading, writing


def carry_over(village: Village) -> int | None:
    """Write the entry where one is wanted, and return its index; None where none is.

    Wanted is one where the log has entries and none of them says whose it is, or of which papers it
    does not tell. Several terminals of one server write one between them.
    """
    with reading(village) as work:
        if not _is_wanted(work):
            return None
    if last_head.is_unknown(village):
        last_head.begin(village)  # before the entry: afterwards nobody would come here again
    with writing(village) as work:
        log.take_turn(work)
        if not _is_wanted(work):
            return None
        if founding.trouble(work):
            index = _carry_all(work)
        else:
            once_more = {**_listed(work), erasing.ERASES: []}
            index = log.append(work, founding.CARRIED_OVER, once_more)
        _record_papers(work)
    event_log.record("carried_over", entry=index)
    return index


def _carry_all(work: Work) -> int:
    content = {
        **founding.told(work.village),
        **_listed(work),
        VOUCHED: _cards_that_open(work),
    }
    index = rows.append(work, founding.CARRIED_OVER, content, entries.carried(work.session))
    _say_numbers(work)
    for case in work.session.scalars(select(Case).order_by(Case.id)).all():
        forgetting.say_what_remains(work, case)
    return index


def _cards_that_open(work: Work) -> list[int]:
    """The cards that open an office, for which nobody had to vouch in version 0.1."""
    vouched = select(Card.id).where(Card.vouched_at.is_not(None))
    return list(work.session.scalars(vouched.order_by(Card.id)))


def _say_numbers(work: Work) -> None:
    """Append what entries of version 0.1 do not say of rules and rounds."""
    told = {"rules": book.numbers(work.session), "rounds": ratings.numbers(work.session)}
    log.append(work, "numbered", told)


def _is_wanted(work: Work) -> bool:
    why = founding.trouble(work)
    return why == "log_not_founded" or (
        not why and log.log_size(work.session) > 0 and not founding.tells_of_papers(work.session)
    )


def _listed(work: Work) -> dict[str, Any]:
    """What was erased and announced by nobody, as in version 0.1, and signed papers without entry.

    The kinds and moments are those of all that was erased before, whoever announced it.
    """
    erased = select(LedgerErasure.index).order_by(LedgerErasure.index)
    unannounced = erased.where(LedgerErasure.by.is_(None))
    papers = (
        select(Checkpoint.paper, Checkpoint.reference, Checkpoint.signature)
        .outerjoin(LedgerContent, LedgerContent.index == Checkpoint.paper)
        .where(LedgerContent.index.is_(None))
        .order_by(Checkpoint.id)
    )
    return {
        **erasing.listing(work.session, work.session.scalars(erased).all()),
        erasing.ERASES: list(work.session.scalars(unannounced)),
        erasing.SIGNED: erasing.told_signed(work.session.execute(papers)),
    }


def _record_papers(work: Work) -> None:
    """An entry for each paper that has none of its own; of one that was erased nothing is left."""
    told: set[int | None] = {None}
    for job in work.session.scalars(select(PrintJob).order_by(PrintJob.id)).all():
        if not job.payload and job.paper not in NOT_KEPT:
            work.session.delete(job)
            continue
        if job.ledger_index in told:
            case = select(Case.id).where(Case.reference == job.reference)
            recorded.record(work, job, work.session.scalar(case))
        told.add(job.ledger_index)
    work.session.flush()
